/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Offers. The token exists in the mail and, hashed, in the row; the program
 * forgets it when the act is done.
 */
#include "services/vehicle_offer.h"

#include "forms/answer.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/cbor.h"
#include "lib/crypto.h"
#include "lib/db.h"
#include "lib/envelope.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/text.h"
#include "schema/registry.h"
#include "schema/statements.h"
#include "services/act.h"
#include "services/casework.h"
#include "services/email.h"
#include "services/mail.h"
#include "services/room.h"
#include "services/session.h"
#include "services/vault.h"

enum {
	LAYOUT = 1
};

static struct envelope_place
place_of(const struct offer *o)
{
	return (struct envelope_place){
		.table = TABLE_VEHICLE_OFFER,
		.class = CLASS_OFFER,
		.row = o->id,
		.version = (uint32_t)o->version,
	};
}

static bool
put(struct act *act, struct offer *o, struct err *e)
{
	struct buf b = buf_new(act_arena(act), 128);
	struct bytes sealed;

	cbor_put_array(&b, 2);
	cbor_put_uint(&b, LAYOUT);
	cbor_put_text(&b, o->address);
	o->version++;
	if (!act_seal(act, o->application, place_of(o), buf_bytes(&b),
	    &sealed, e))
		return false;
	act_put(act, o->version == 1 ? QUERY_VEHICLE_OFFER_INSERT
	    : QUERY_VEHICLE_OFFER_UPDATE, TABLE_VEHICLE_OFFER,
	    (struct db_value[]){ db_uuid(o->id), db_int(o->version),
	    db_uuid(o->application), db_uuid(o->vehicle), db_uuid(o->buyer),
	    db_text(o->state), db_bytes(o->token_hash), db_uuid(o->cause),
	    db_bytes(sealed) }, 9);
	return true;
}

bool
vehicle_offer_make(struct act *act, const struct application *a,
    const struct form *form, struct uuid event, struct err *e)
{
	struct arena *arena = act_arena(act);
	struct secret token = crypto_new_key();
	struct hash h = crypto_sha256(secret_bytes(&token));
	const char *path = arena_printf(arena, "/vehicles/offers/%s",
	    str_base64url(arena, secret_bytes(&token)));
	struct offer o = {
		.id = uuid_new(),
		.application = a->id,
		.vehicle = a->thing,
		.state = "open",
		.token_hash = bytes(h.b, sizeof h.b),
		.cause = event,
	};

	secret_wipe(&token, sizeof token);
	return email_parse(arena, answer_text(form, "buyer-email", 0, NULL),
	    &o.address, e) && put(act, &o, e)
	    && mail_offer(act, o.id, o.address, text_tag(), path, e);
}

static bool
take(struct room *room, struct arena *arena, struct db_rows *rows,
    struct offer *o, bool *found, struct err *e)
{
	struct err why = { 0 };
	struct db_row row;
	struct bytes sealed, plain, address;
	struct cbor c;

	*found = db_count(rows) > 0;
	if (!*found)
		return true;
	row = db_row(rows, 0);
	o->id = db_take_uuid(&row);
	o->version = (int32_t)db_take_int(&row);
	o->application = db_take_uuid(&row);
	o->vehicle = db_take_uuid(&row);
	o->buyer = db_take_uuid(&row);
	o->state = db_take_text(&row);
	o->token_hash = db_take_bytes(&row);
	o->cause = db_take_uuid(&row);
	sealed = db_take_bytes(&row);
	o->address = "";
	if (sealed.n == 0)
		return true;	/* the buyer was erased */
	if (!vault_open(room->vault, arena, place_of(o), sealed, &plain,
	    &why)) {
		if (err_is(&why, "erased"))
			return true;
		if (e != NULL)
			*e = why;
		return false;
	}
	c = cbor_read(plain);
	cbor_array_of(&c, 2);
	if (cbor_uint(&c) != LAYOUT)
		return err_set(e, ERR_SYSTEM, "an offer of another layout");
	address = cbor_text(&c);
	o->address = arena_strndup(arena, (const char *)address.p, address.n);
	return cbor_end(&c, e);
}

bool
vehicle_offer_find(struct room *room, struct arena *arena, const char *token,
    struct offer *o, bool *found, struct err *e)
{
	struct db_rows *rows;
	struct bytes raw;

	*found = false;
	if (!str_unbase64url(arena, token, &raw, NULL)
	    || raw.n != SECRET_SIZE)
		return true;
	return db_ask(room->db, arena, QUERY_VEHICLE_OFFER_BY_TOKEN,
	    (struct db_value[]){ db_bytes(raw) }, 1, &rows, e)
	    && take(room, arena, rows, o, found, e);
}

bool
vehicle_offer_of(struct room *room, struct arena *arena,
    struct uuid application, struct offer *o, bool *found, struct err *e)
{
	struct db_rows *rows;

	return db_ask(room->db, arena, QUERY_VEHICLE_OFFER_OF,
	    (struct db_value[]){ db_uuid(application) }, 1, &rows, e)
	    && take(room, arena, rows, o, found, e);
}

bool
vehicle_offer_bought(struct room *room, struct arena *arena,
    struct uuid subject, struct offer_bought **out, size_t *n, struct err *e)
{
	struct db_rows *rows;

	if (!db_ask(room->db, arena, QUERY_VEHICLE_BOUGHT,
	    (struct db_value[]){ db_uuid(subject) }, 1, &rows, e))
		return false;
	*n = db_count(rows);
	*out = arena_array(arena, *n, sizeof **out);
	for (size_t i = 0; i < *n; i++) {
		struct db_row row = db_row(rows, i);

		(*out)[i].vehicle = db_take_uuid(&row);
		(*out)[i].reference = db_take_text(&row);
		(*out)[i].state = db_take_text(&row);
	}
	return true;
}

struct accepting {
	struct offer		 offer;
	struct application	*after;
	struct uuid		*event;
};

static bool
accept_body(struct act *act, void *arg, struct err *e)
{
	struct accepting *a = arg;
	struct offer o = a->offer;
	struct uuid event;

	if (!casework_step(act, &(struct casework_step){
	    .application = o.application, .action = "accept",
	    .role = "other" }, a->after, &event, e))
		return false;
	o.state = "accepted";
	o.buyer = act_session(act)->subject;
	o.cause = event;
	if (!put(act, &o, e))
		return false;
	return act_say(act, &(struct act_entry){
	    .type = EVENT_UPDATE, .purpose = PURPOSE_APPLICATION,
	    .subject = o.buyer, .application = o.application }, a->event, e);
}

bool
vehicle_offer_accept(struct room *room, struct arena *arena,
    const struct session *session, const struct offer *offer,
    struct application *after, struct uuid *event, struct err *e)
{
	struct accepting a = { *offer, after, event };

	return act_run(room, arena, session, accept_body, &a, e);
}

bool
vehicle_offer_end(struct act *act, const struct application *a,
    const char *state, struct uuid event, struct err *e)
{
	struct offer o;
	bool found;

	if (!vehicle_offer_of(act_room(act), act_arena(act), a->id, &o,
	    &found, e))
		return false;
	if (!found || !str_equal(o.state, "open"))
		return true;
	o.state = state;
	o.cause = event;
	return put(act, &o, e);
}

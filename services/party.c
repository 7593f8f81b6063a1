/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Profiles as a service takes and keeps them. An older profile that arrives
 * after a newer one is done with and changes nothing.
 *
 * message = CBOR [1, profile version, name, national id, birth date,
 *           language]
 * row     = CBOR [1, name, national id, birth date, language]
 */
#include "services/party.h"

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/cbor.h"
#include "lib/db.h"
#include "lib/envelope.h"
#include "lib/err.h"
#include "schema/registry.h"
#include "schema/statements.h"
#include "services/act.h"
#include "services/message.h"
#include "services/room.h"
#include "services/session.h"
#include "services/vault.h"

enum {
	LAYOUT = 1
};

/* The row as it is, or is to be. */
struct kept {
	struct uuid	 id;
	int32_t		 row_version;	/* 0: there is none */
	int32_t		 profile_version;
	struct bytes	 data;
};

/* One handling of one message. */
struct taking {
	const struct message	*message;
	struct party		 party;
	int32_t			 version;
	struct kept		 kept;
};

static void
put_fields(struct buf *b, const struct party *p)
{
	cbor_put_text(b, p->name);
	cbor_put_text(b, p->national_id);
	if (p->born != DATE_NONE)
		cbor_put_int(b, p->born);
	else
		cbor_put_null(b);
	cbor_put_text(b, p->language);
}

static const char *
text_or_null(struct arena *arena, struct cbor *c)
{
	struct bytes t;

	if (cbor_null(c))
		return NULL;
	t = cbor_text(c);
	return arena_strndup(arena, (const char *)t.p, t.n);
}

static void
take_fields(struct arena *arena, struct cbor *c, struct party *p)
{
	p->name = text_or_null(arena, c);
	p->national_id = text_or_null(arena, c);
	p->born = cbor_null(c) ? DATE_NONE
	    : (date)cbor_int_in(c, DATE_NONE + 1, INT32_MAX);
	p->language = text_or_null(arena, c);
}

struct bytes
party_encode(struct arena *arena, const struct party *p, int32_t version)
{
	struct buf b = buf_new(arena, 128);

	cbor_put_array(&b, 6);
	cbor_put_uint(&b, LAYOUT);
	cbor_put_int(&b, version);
	put_fields(&b, p);
	return buf_bytes(&b);
}

bool
party_decode(struct arena *arena, struct bytes in, struct party *p,
    int32_t *version, struct err *e)
{
	struct cbor c = cbor_read(in);
	uint64_t layout;

	cbor_array_of(&c, 6);
	layout = cbor_uint(&c);
	*version = (int32_t)cbor_int_in(&c, 1, INT32_MAX);
	take_fields(arena, &c, p);
	if (!cbor_end(&c, e))
		return err_at(e, "profile");
	if (layout != LAYOUT || p->name == NULL || p->language == NULL)
		return err_set(e, ERR_INPUT, "a profile of another layout");
	return true;
}

static struct envelope_place
place_of(const struct kept *k)
{
	return (struct envelope_place){
		.table = TABLE_CASEWORK_PARTY,
		.class = CLASS_PARTY,
		.row = k->id,
		.version = (uint32_t)k->row_version,
	};
}

static bool
find(struct room *room, struct arena *arena, struct uuid subject,
    struct kept *out, struct err *e)
{
	struct db_rows *rows;
	struct db_row row;

	*out = (struct kept){ .row_version = 0 };
	if (!db_ask(room->db, arena, QUERY_PARTY_GET, (struct db_value[]){
	    db_int(room->code), db_uuid(subject) }, 2, &rows, e))
		return false;
	if (db_count(rows) == 0)
		return true;
	row = db_row(rows, 0);
	out->id = db_take_uuid(&row);
	out->row_version = (int32_t)db_take_int(&row);
	out->profile_version = (int32_t)db_take_int(&row);
	out->data = db_take_bytes(&row);
	return true;
}

bool
party_get(struct room *room, struct arena *arena, struct uuid subject,
    struct party *out, bool *found, struct err *e)
{
	struct bytes plain;
	struct kept kept;
	struct cbor c;

	*found = false;
	if (!find(room, arena, subject, &kept, e))
		return false;
	if (kept.row_version == 0)
		return true;
	if (!vault_open(room->vault, arena, place_of(&kept), kept.data,
	    &plain, e))
		return err_at(e, "party");
	c = cbor_read(plain);
	if (!cbor_array_of(&c, 5) || cbor_uint(&c) != LAYOUT)
		return err_set(e, ERR_SYSTEM, "a party of another layout");
	take_fields(arena, &c, out);
	*found = cbor_end(&c, e);
	return *found || err_at(e, "party");
}

/* The row as the profile makes it: a first one, or the next version. */
static bool
put(struct act *act, const struct taking *t, struct err *e)
{
	struct buf plain = buf_new(act_arena(act), 128);
	struct kept k = t->kept;
	bool first = k.row_version == 0;
	struct bytes sealed;

	if (first)
		k.id = uuid_new();
	k.row_version++;
	cbor_put_array(&plain, 5);
	cbor_put_uint(&plain, LAYOUT);
	put_fields(&plain, &t->party);
	if (!act_seal(act, t->message->ref, place_of(&k), buf_bytes(&plain),
	    &sealed, e))
		return false;
	act_put(act, first ? QUERY_CASEWORK_PARTY_INSERT
	    : QUERY_CASEWORK_PARTY_UPDATE, TABLE_CASEWORK_PARTY,
	    (struct db_value[]){ db_uuid(k.id), db_int(k.row_version),
	    db_int(act_room(act)->code), db_uuid(t->message->ref),
	    db_uuid(t->message->id), db_int(t->version), db_bytes(sealed) },
	    7);
	return act_say(act, &(struct act_entry){
	    .type = first ? EVENT_CREATE : EVENT_UPDATE,
	    .purpose = PURPOSE_ACCOUNT, .subject = t->message->ref }, NULL,
	    e);
}

static bool
take_body(struct act *act, void *arg, struct err *e)
{
	struct taking *t = arg;

	if (!find(act_room(act), act_arena(act), t->message->ref, &t->kept,
	    e))
		return false;
	message_done(act, t->message);
	return t->version <= t->kept.profile_version || put(act, t, e);
}

bool
party_handle(struct room *room, struct arena *arena, const struct message *m,
    struct err *e)
{
	struct taking t = { .message = m };

	return party_decode(arena, m->body, &t.party, &t.version, e)
	    && act_run(room, arena, NULL, take_body, &t, e);
}

bool
party_apply(struct room *room, struct arena *arena,
    const struct session *session, struct err *e)
{
	static const struct message_handler profile = {
		MESSAGE_PROFILE, party_handle
	};

	if (session == NULL || session->kind != SESSION_CITIZEN
	    || !session->profile_waits)
		return true;
	return message_work_ref(room, arena, &profile, session->subject, e);
}

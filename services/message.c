/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sending and taking messages. Who may send which kind to whom is the table
 * below; the receiver checks it, whatever the row says.
 */
#include "services/message.h"

#include <stdio.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/cbor.h"
#include "lib/crypto.h"
#include "lib/db.h"
#include "lib/envelope.h"
#include "lib/err.h"
#include "lib/log.h"
#include "lib/str.h"
#include "schema/statements.h"
#include "services/act.h"
#include "services/room.h"

enum {
	ATTEMPTS = 12,
	FIRST_WAIT_S = 30,
	LONGEST_WAIT_S = 3600,
	MOST_OF_REF = 20
};

/* from, to: a room, or ROOM_NONE for any. */
static const struct {
	const char	*name;
	enum room_code	 from, to;
} kinds[] = {
	[MESSAGE_PROFILE]	= { "profile", ROOM_ACCOUNT, ROOM_NONE },
	[MESSAGE_MAIL]		= { "mail", ROOM_NONE, ROOM_ACCOUNT },
	[MESSAGE_DELIVER]	= { "deliver", ROOM_ACCOUNT, ROOM_COURIER },
	[MESSAGE_OFFER_MAIL]	= { "offer-mail", ROOM_VEHICLE, ROOM_COURIER },
	[MESSAGE_DELIVERED]	= { "delivered", ROOM_COURIER, ROOM_NONE },
	[MESSAGE_ERASE_START]	= { "erase-start", ROOM_GENERAL,
				    ROOM_ACCOUNT },
	[MESSAGE_ERASE_ASK]	= { "erase-ask", ROOM_ACCOUNT, ROOM_NONE },
	[MESSAGE_ERASE_ANSWER]	= { "erase-answer", ROOM_NONE, ROOM_ACCOUNT },
	[MESSAGE_ERASE]		= { "erase", ROOM_ACCOUNT, ROOM_NONE },
	[MESSAGE_ERASED]	= { "erased", ROOM_NONE, ROOM_ACCOUNT },
	[MESSAGE_COPY_ASK]	= { "copy-ask", ROOM_ACCOUNT, ROOM_NONE },
	[MESSAGE_COPY]		= { "copy", ROOM_NONE, ROOM_ACCOUNT },
};
_Static_assert(sizeof kinds / sizeof *kinds == MESSAGE__MAX, "a kind is bare");

struct taken {
	struct message	 message;
	enum room_code	 to;
	const char	*kind;
	instant		 first_due;
	struct bytes	 envelope;
	struct bytes	 signature;
};

const char *
message_kind_name(enum message_kind kind)
{
	return kinds[kind].name;
}

static struct envelope_place
place_of(struct uuid id)
{
	return (struct envelope_place){
		.table = TABLE_OPS_MESSAGE,
		.class = CLASS_MESSAGE,
		.row = id,
		.version = 1,
	};
}

static struct bytes
signed_text(struct arena *arena, const struct taken *t)
{
	struct buf b = buf_new(arena, 192);
	struct hash h = crypto_sha256(t->envelope);

	buf_puts(&b, "cs-msg/1\n");
	cbor_put_array(&b, 7);
	cbor_put_bytes(&b, uuid_bytes(&t->message.id));
	cbor_put_uint(&b, t->message.from);
	cbor_put_uint(&b, t->to);
	cbor_put_text(&b, t->kind);
	cbor_put_bytes(&b, uuid_bytes(&t->message.ref));
	cbor_put_int(&b, t->first_due);
	cbor_put_bytes(&b, bytes(h.b, sizeof h.b));
	return buf_bytes(&b);
}

bool
message_send(struct act *act, enum room_code to, enum message_kind kind,
    struct uuid ref, instant due, struct bytes body, struct uuid *id,
    struct err *e)
{
	struct room *room = act_room(act);
	const struct keyring_public *receiver =
	    keyring_find(&room->publics, (uint16_t)to);
	uint8_t signature[CRYPTO_SIGNATURE];
	struct taken t = {
		.message = { .id = uuid_new(),
		    .from = (enum room_code)room->code, .kind = kind,
		    .ref = ref },
		.to = to,
		.kind = kinds[kind].name,
		.first_due = due == INSTANT_NONE ? act_now(act) : due,
	};

	if (receiver == NULL)
		return err_set(e, ERR_SYSTEM, "room %d has no public key", to);
	if (!envelope_seal_to(act_arena(act), receiver->agree, (uint16_t)to,
	    receiver->epoch, place_of(t.message.id), body, &t.envelope, e))
		return false;
	crypto_sign(&room->ring.sign_seed, signed_text(act_arena(act), &t),
	    signature);
	act_add(act, QUERY_MESSAGE_SEND, (struct db_value[]){
	    db_uuid(t.message.id), db_int(t.message.from), db_int(to),
	    db_text(t.kind), db_uuid(ref), db_instant(t.first_due),
	    db_bytes(t.envelope),
	    db_bytes(bytes(signature, sizeof signature)) }, 8, NULL);
	act_sent(act, t.message.id);
	if (id != NULL)
		*id = t.message.id;
	return true;
}

void
message_done(struct act *act, const struct message *m)
{
	act_add(act, QUERY_MESSAGE_DONE, (struct db_value[]){
	    db_uuid(m->id) }, 1, NULL);
}

/* NULL for no row. */
static struct taken *
take_row(struct arena *arena, const struct db_rows *rows)
{
	struct taken *t = arena_alloc(arena, sizeof *t);
	struct db_row row;

	if (db_count(rows) == 0)
		return NULL;
	row = db_row(rows, 0);
	t->message.id = db_take_uuid(&row);
	t->message.from = (enum room_code)db_take_int(&row);
	t->to = (enum room_code)db_take_int(&row);
	t->kind = db_take_text(&row);
	t->message.ref = db_take_uuid(&row);
	t->first_due = db_take_instant(&row);
	t->message.attempts = (int)db_take_int(&row);
	t->envelope = db_take_bytes(&row);
	t->signature = db_take_bytes(&row);
	return t;
}

static bool
take(struct room *room, struct arena *arena, struct taken **out,
    struct err *e)
{
	struct db_rows *rows;

	if (!db_ask(room->db, arena, QUERY_MESSAGE_TAKE, (struct db_value[]){
	    db_int(room->code) }, 1, &rows, e))
		return false;
	*out = take_row(arena, rows);
	return true;
}

/* Is it what its sender wrote, and may the sender write that? */
static bool
verify(struct room *room, struct arena *arena, struct taken *t,
    struct err *e)
{
	const struct keyring_public *sender =
	    keyring_find(&room->publics, (uint16_t)t->message.from);
	unsigned k = 0;

	while (k < MESSAGE__MAX && !str_equal(kinds[k].name, t->kind))
		k++;
	if (k == MESSAGE__MAX || sender == NULL
	    || (kinds[k].from != ROOM_NONE && kinds[k].from != t->message.from)
	    || (kinds[k].to != ROOM_NONE
	        && (unsigned)kinds[k].to != room->code))
		return err_set(e, ERR_DENIED, "no such message by that room");
	t->message.kind = (enum message_kind)k;
	if (!crypto_verify(sender->sign, signed_text(arena, t),
	    t->signature))
		return err_set(e, ERR_DENIED, "a message's signature fails");
	return envelope_open_by(arena, &room->ring.agree_private,
	    place_of(t->message.id), t->envelope, &t->message.body, e);
}

static void
fail(struct room *room, struct arena *arena, const struct taken *t,
    const struct err *why)
{
	char id[UUID_TEXT];

	log_error("message-failed", why);
	log_event(LOG_ALARM, "message-failed", "id",
	    uuid_text(t->message.id, id), "kind", t->kind, NULL);
	if (!db_ask(room->db, arena, QUERY_MESSAGE_FAIL, (struct db_value[]){
	    db_uuid(t->message.id) }, 1, NULL, NULL))
		log_event(LOG_ERROR, "message-not-marked", "id", id, NULL);
}

static void
try_later(struct room *room, struct arena *arena, const struct taken *t,
    const struct err *why)
{
	int wait = FIRST_WAIT_S;

	if (t->message.attempts >= ATTEMPTS) {
		fail(room, arena, t, why);
		return;
	}
	log_error("message-later", why);
	for (int i = 1; i < t->message.attempts && wait < LONGEST_WAIT_S; i++)
		wait *= 2;
	if (wait > LONGEST_WAIT_S)
		wait = LONGEST_WAIT_S;
	if (!db_ask(room->db, arena, QUERY_MESSAGE_LATER, (struct db_value[]){
	    db_uuid(t->message.id),
	    db_instant(clock_now() + (int64_t)wait * 1000) }, 2, NULL, NULL))
		log_event(LOG_WARNING, "message-not-postponed", NULL);
}

static void
handle(struct room *room, struct arena *arena, struct taken *t,
    const struct message_handler *handlers, size_t n)
{
	struct err e = { 0 };

	if (!verify(room, arena, t, &e)) {
		fail(room, arena, t, &e);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		if (handlers[i].kind != t->message.kind)
			continue;
		if (!handlers[i].handle(room, arena, &t->message, &e))
			try_later(room, arena, t, &e);
		return;
	}
	err_set(&e, ERR_SYSTEM, "this room handles no such message");
	fail(room, arena, t, &e);
}

int
message_work(struct room *room, struct arena *arena,
    const struct message_handler *handlers, size_t n, int most)
{
	struct err e = { 0 };
	struct taken *t;
	int done = 0;

	while (done < most) {
		arena_reset(arena);
		if (!take(room, arena, &t, &e)) {
			log_error("message-take", &e);
			return done;
		}
		if (t == NULL)
			return done;
		handle(room, arena, t, handlers, n);
		done++;
	}
	return done;
}

/* What does not verify is failed, and does not stop the request. */
static bool
handle_now(struct room *room, struct arena *arena, struct taken *t,
    const struct message_handler *handler, struct err *e)
{
	struct err why = { 0 };

	if (!verify(room, arena, t, &why)) {
		fail(room, arena, t, &why);
		return true;
	}
	if (handler->handle(room, arena, &t->message, &why)
	    || why.code == ERR_CONFLICT)
		return true;
	if (e != NULL)
		*e = why;
	return false;
}

bool
message_work_ref(struct room *room, struct arena *arena,
    const struct message_handler *handler, struct uuid ref, struct err *e)
{
	struct db_rows *rows;
	struct taken *t;

	for (int i = 0; i < MOST_OF_REF; i++) {
		if (!db_ask(room->db, arena, QUERY_PARTY_MESSAGE,
		    (struct db_value[]){ db_int(room->code),
		    db_text(kinds[handler->kind].name), db_uuid(ref) }, 3,
		    &rows, e))
			return false;
		if ((t = take_row(arena, rows)) == NULL)
			return true;
		if (!handle_now(room, arena, t, handler, e))
			return false;
	}
	return true;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The account's row and its credential, sealed anew under each row version;
 * password work and tokens. Only the files of services/account.h and
 * services/entrance.c call it.
 */
#include "services/account_row.h"

#include <string.h>
#include <time.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/cbor.h"
#include "lib/conf.h"
#include "lib/db.h"
#include "lib/envelope.h"
#include "lib/err.h"
#include "lib/password.h"
#include "lib/str.h"
#include "schema/registry.h"
#include "schema/statements.h"
#include "services/act.h"
#include "services/keyring.h"
#include "services/room.h"
#include "services/session.h"
#include "services/vault.h"

enum {
	LAYOUT = 1,
	SLOT_TRIES = 20,
	SLOT_PAUSE_MS = 50
};

/* RFC 9106 4, the second recommended option, on one lane. */
static const struct password_cost cost = { 3, 64 * 1024 };

bool
account_refuse(struct err *e, const char *rule, const char *why)
{
	err_rule(e, rule, why);
	if (e != NULL)
		e->code = ERR_INPUT;
	return false;
}

struct bytes
account_index(struct room *room, struct arena *arena, const char *email)
{
	return vault_index(room->vault, arena, COLUMN_IDENTITY_ACCOUNT_EMAIL,
	    bytes_of(email));
}

static void
take(struct db_row row, struct account *a)
{
	*a = (struct account){ .id = db_take_uuid(&row) };
	a->version = (int32_t)db_take_int(&row);
	a->person = db_take_uuid(&row);
	a->kind = db_take_text(&row);
	a->state = db_take_text(&row);
	a->email = db_take_bytes(&row);
	a->credential = db_take_bytes(&row);
	a->handle = db_take_text(&row);
	a->office = db_take_uuid(&row);
	a->language = db_take_text(&row);
	a->created_at = db_take_instant(&row);
}

bool
account_by_email(struct room *room, struct arena *arena, struct bytes index,
    struct account *out, bool *found, struct err *e)
{
	struct db_rows *rows;

	if (!db_ask(room->db, arena, QUERY_ACCOUNT_BY_EMAIL,
	    (struct db_value[]){ db_bytes(index) }, 1, &rows, e))
		return false;
	*found = db_count(rows) > 0;
	if (*found)
		take(db_row(rows, 0), out);
	return true;
}

bool
account_by_id(struct room *room, struct arena *arena, struct uuid id,
    struct account *out, struct err *e)
{
	struct db_rows *rows;

	if (!db_ask(room->db, arena, QUERY_ACCOUNT_BY_ID,
	    (struct db_value[]){ db_uuid(id) }, 1, &rows, e))
		return false;
	if (db_count(rows) == 0)
		return err_set(e, ERR_ABSENT, "no such account");
	take(db_row(rows, 0), out);
	return true;
}

static struct envelope_place
place_of(const struct account *a)
{
	return (struct envelope_place){
		.table = TABLE_IDENTITY_ACCOUNT,
		.class = CLASS_CREDENTIAL,
		.row = a->id,
		.version = (uint32_t)a->version,
	};
}

bool
account_open(struct room *room, struct arena *arena, struct account *a,
    struct err *e)
{
	struct bytes plain, text;
	struct cbor c;
	uint64_t layout;

	if (!vault_open(room->vault, arena, place_of(a), a->credential,
	    &plain, e))
		return err_at(e, "credential");
	c = cbor_read(plain);
	cbor_array_of(&c, 2);
	layout = cbor_uint(&c);
	text = cbor_text(&c);
	if (!cbor_end(&c, e) || layout != LAYOUT)
		return err_set(e, ERR_SYSTEM,
		    "a credential of another layout");
	a->hash = arena_strndup(arena, (const char *)text.p, text.n);
	return true;
}

bool
account_write(struct act *act, const struct account *a, struct err *e)
{
	struct buf plain = buf_new(act_arena(act), 128);
	bool first = a->version == 0;
	struct account next = *a;

	next.version++;
	cbor_put_array(&plain, 2);
	cbor_put_uint(&plain, LAYOUT);
	cbor_put_text(&plain, a->hash);
	if (!act_seal(act, a->person, place_of(&next), buf_bytes(&plain),
	    &next.credential, e))
		return false;
	act_put(act, first ? QUERY_IDENTITY_ACCOUNT_INSERT
	    : QUERY_IDENTITY_ACCOUNT_UPDATE, TABLE_IDENTITY_ACCOUNT,
	    (struct db_value[]){ db_uuid(next.id), db_int(next.version),
	    db_uuid(next.person), db_text(next.kind), db_text(next.state),
	    db_bytes(next.email), db_bytes(next.credential),
	    db_text(next.handle), db_uuid(next.office),
	    db_text(next.language), db_instant(next.created_at) }, 11);
	return true;
}

static void
nap(void)
{
	const struct timespec t = { .tv_nsec = SLOT_PAUSE_MS * 1000000L };

	nanosleep(&t, NULL);
}

static bool
slot_take(struct room *room, struct arena *arena, int64_t *slot,
    struct err *e)
{
	struct db_rows *rows;
	struct db_row row;

	for (int i = 0; i < SLOT_TRIES; i++) {
		if (!db_ask(room->db, arena, QUERY_ACCOUNT_SLOT_TAKE, NULL, 0,
		    &rows, e))
			return false;
		row = db_row(rows, 0);
		if ((*slot = db_take_int(&row)) != 0)
			return true;
		nap();
	}
	err_rule(e, "hash_busy", "two passwords are being checked already");
	if (e != NULL)
		e->code = ERR_BUSY;
	return false;
}

/* Should this fail the connection is gone, and the place with it. */
static void
slot_give(struct room *room, struct arena *arena, int64_t slot)
{
	(void)db_ask(room->db, arena, QUERY_ACCOUNT_SLOT_GIVE,
	    (struct db_value[]){ db_int(slot) }, 1, NULL, NULL);
}

bool
account_hash(struct room *room, struct arena *arena, const char *password,
    const char **hash, struct err *e)
{
	struct secret pepper = keyring_derive(&room->ring, "cs-pepper/1");
	int64_t slot;
	bool ok;

	if (!slot_take(room, arena, &slot, e))
		return false;
	ok = password_hash(arena, &pepper, cost, bytes_of(password), hash, e);
	slot_give(room, arena, slot);
	secret_wipe(&pepper, sizeof pepper);
	return ok;
}

bool
account_verify(struct room *room, struct arena *arena, const char *hash,
    const char *password, bool *right, struct err *e)
{
	struct secret pepper = keyring_derive(&room->ring, "cs-pepper/1");
	int64_t slot;

	if (!slot_take(room, arena, &slot, e))
		return false;
	*right = password_check(&pepper, cost, hash, bytes_of(password));
	slot_give(room, arena, slot);
	secret_wipe(&pepper, sizeof pepper);
	return true;
}

bool
account_stale(const char *hash)
{
	return password_stale(hash, cost);
}

const char *
account_token(struct arena *arena, struct bytes *hash)
{
	struct secret token = crypto_new_key();
	struct hash h = crypto_sha256(secret_bytes(&token));

	*hash = arena_dup(arena, bytes(h.b, sizeof h.b));
	return str_base64url(arena, secret_bytes(&token));
}

bool
account_token_hash(struct arena *arena, const char *text, struct bytes *hash)
{
	struct bytes raw;
	struct hash h;

	if (!str_unbase64url(arena, text, &raw, NULL) || raw.n != SECRET_SIZE)
		return false;
	h = crypto_sha256(raw);
	*hash = arena_dup(arena, bytes(h.b, sizeof h.b));
	return true;
}

struct session *
account_session(struct arena *arena, const struct account *a)
{
	struct session *s = arena_alloc(arena, sizeof *s);
	bool staff = str_equal(a->kind, "staff");

	*s = (struct session){
		.id = uuid_new(),
		.kind = staff ? SESSION_STAFF : SESSION_CITIZEN,
		.account = a->id,
		.subject = a->person,
		.office = a->office,
		.handle = a->handle,
		.language = a->language,
		.token = crypto_new_key(),
	};
	return s;
}

void
account_session_put(struct act *act, const struct session *s)
{
	static const char *const kinds[] = {
		[SESSION_CITIZEN]	= "citizen",
		[SESSION_STAFF]		= "staff",
		[SESSION_LINK]		= "link",
	};
	const struct conf *conf = act_room(act)->conf;
	struct hash h = crypto_sha256(secret_bytes(&s->token));

	act_add(act, QUERY_SESSION_INSERT, (struct db_value[]){
	    db_uuid(s->id), db_text(kinds[s->kind]), db_uuid(s->account),
	    db_uuid(s->subject), db_uuid(s->application),
	    db_text(s->language),
	    db_int(conf_int(conf, "program", "idle_minutes")),
	    db_int(conf_int(conf, "program", "absolute_hours")) }, 8, NULL);
	act_add(act, QUERY_SESSION_TOKEN_PUT, (struct db_value[]){
	    db_bytes(bytes(h.b, sizeof h.b)), db_uuid(s->id),
	    db_int(act_room(act)->code) }, 3, NULL);
	act_become(act, s);
}

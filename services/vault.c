/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The vault: finding, making and holding data keys. Only this file asks the
 * key database; only services/act.c seals for an act.
 */
#include "services/vault.h"

#include <stdio.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/clock.h"
#include "lib/db.h"
#include "lib/err.h"
#include "lib/log.h"
#include "schema/key_statements.h"
#include "schema/registry.h"
#include "schema/statements.h"
#include "services/keyring.h"

enum {
	HELD = 256,		/* keys in memory, a power of two */
	TRIES = 4,
	INDEX_VERSION = 1,
	HELD_MS = 5 * 60 * 1000,
	DAY_MS = 24 * 60 * 60 * 1000,
	REAPED = 200		/* keys looked at in one step */
};

struct vault {
	const struct keyring	*ring;
	struct db		*data;
	struct db		*keys;
	struct vault_key	 held[HELD];	/* by unit; id 0: empty */
	struct vault_key	 opening[HELD];	/* by key id */
	int64_t			 since;		/* the oldest may be held */
	char			 reaped[40];	/* how far: PostgreSQL's text, … */
	uint64_t		 reaped_id;	/* … for it is finer than ours */
};

struct vault *
vault_new(struct arena *arena, const struct keyring *ring, struct db *data,
    struct db *keys)
{
	struct vault *v = arena_alloc(arena, sizeof *v);

	v->ring = ring;
	v->data = data;
	v->keys = keys;
	v->since = clock_monotonic();
	snprintf(v->reaped, sizeof v->reaped, "-infinity");
	return v;
}

void
vault_forget(struct vault *v)
{
	secret_wipe(v->held, sizeof v->held);
	secret_wipe(v->opening, sizeof v->opening);
	v->since = clock_monotonic();
}

/* What another process dropped must not live on here. */
static void
forget_old(struct vault *v)
{
	if (clock_monotonic() - v->since >= HELD_MS)
		vault_forget(v);
}

static struct vault_key *
place_of_unit(struct vault *v, struct uuid unit)
{
	return &v->held[(unit.b[15] ^ unit.b[14] ^ unit.b[9]) % HELD];
}

static struct vault_key *
place_of_id(struct vault *v, uint64_t id)
{
	return &v->opening[id % HELD];
}

static struct hash
check_value(const struct secret *key)
{
	struct hash kcv;

	crypto_expand(key, bytes_of("cs-kcv/1"), kcv.b, sizeof kcv.b);
	return kcv;
}

/* A wrapped key is an envelope under the service key of its epoch, at the
 * place of its own row. */
static struct envelope_place
wrapping(struct uuid unit, uint32_t version)
{
	return (struct envelope_place){
		.table = TABLE_KEYS_SUBJECT_KEY,
		.class = CLASS_KEY,
		.row = unit,
		.version = version,
	};
}

/* Columns: key_id, unit, version, epoch, wrapped, kcv, created. */
static bool
unwrap(struct vault *v, struct arena *arena, struct db_row *row,
    struct vault_key *key, struct err *e)
{
	struct bytes wrapped, kcv, plain;
	const struct secret *service;
	struct hash expected;

	key->id = (uint64_t)db_take_int(row);
	key->unit = db_take_uuid(row);
	key->version = (uint32_t)db_take_int(row);
	service = keyring_service(v->ring, (uint32_t)db_take_int(row));
	wrapped = db_take_bytes(row);
	kcv = db_take_bytes(row);
	/* What no entry names is reaped after a day, or soon after: an old
	 * key is not worth the question. */
	key->created = db_take_instant(row);
	key->young = clock_now() - key->created <= 30 * (int64_t)DAY_MS;
	if (service == NULL)
		return err_set(e, ERR_SYSTEM, "a key's epoch is gone");
	if (!envelope_open(arena, service, wrapping(key->unit, key->version),
	    wrapped, &plain, e))
		return err_at(e, "data key");
	if (plain.n != SECRET_SIZE)
		return err_set(e, ERR_SYSTEM, "a data key has another size");
	memcpy(key->key.b, plain.p, SECRET_SIZE);
	expected = check_value(&key->key);
	if (!secret_same(bytes(expected.b, sizeof expected.b), kcv))
		return err_set(e, ERR_SYSTEM, "a data key is not the one");
	key->kcv = expected;
	return true;
}

static bool
ask_fresh(struct vault *v, struct arena *arena, struct vault_key *key,
    struct err *e)
{
	struct db_rows *rows;

	if (!key->young)
		return true;
	if (!db_ask(v->data, arena, QUERY_AUDIT_KEY_SEEN,
	    (struct db_value[]){ db_int((int64_t)key->id) }, 1, &rows, e))
		return false;
	key->fresh = db_count(rows) == 0;
	key->young = false;
	return true;
}

static bool
find(struct vault *v, struct arena *arena, struct uuid unit,
    struct vault_key *out, bool *found, struct err *e)
{
	struct db_rows *rows;
	struct vault_key key = { 0 };
	struct db_row row;

	*found = false;
	if (!db_ask(v->keys, arena, KEY_QUERY_FIND, (struct db_value[]){
	    db_int(v->ring->room), db_uuid(unit) }, 2, &rows, e))
		return false;
	if (db_count(rows) == 0)
		return true;
	row = db_row(rows, 0);
	if (!unwrap(v, arena, &row, &key, e))
		return false;
	*out = key;
	*found = true;
	return true;
}

static bool
make(struct vault *v, struct arena *arena, struct uuid unit, struct err *e)
{
	const struct keyring_epoch *service =
	    keyring_newest(v->ring->service, v->ring->services);
	struct secret key = crypto_new_key();
	struct hash kcv = check_value(&key);
	struct bytes wrapped;
	uint64_t id;

	crypto_random(&id, sizeof id);
	if (!envelope_seal(arena, &service->key, v->ring->room,
	    service->epoch, wrapping(unit, 1), secret_bytes(&key), &wrapped,
	    e))
		return false;
	secret_wipe(&key, sizeof key);
	return db_ask(v->keys, arena, KEY_QUERY_INSERT, (struct db_value[]){
	    db_int((int64_t)id), db_int(v->ring->room), db_uuid(unit),
	    db_int(1), db_int(service->epoch), db_bytes(wrapped),
	    db_bytes(bytes(kcv.b, sizeof kcv.b)) }, 7, NULL, e);
}

/* The newest in the key database, made if there is none. */
static bool
find_or_make(struct vault *v, struct arena *arena, struct uuid unit,
    struct vault_key *place, struct err *e)
{
	bool found = false;

	for (int i = 0; i < TRIES && !found; i++) {
		struct err made = { 0 };

		if (!find(v, arena, unit, place, &found, e))
			return false;
		if (found || make(v, arena, unit, &made))
			continue;
		/* a conflict is another worker's key, or a key id drawn
		 * twice: both are settled by looking again */
		if (made.code != ERR_CONFLICT && made.code != ERR_UNKNOWN) {
			if (e != NULL)
				*e = made;
			return false;
		}
	}
	if (!found && !find(v, arena, unit, place, &found, e))
		return false;
	return found || err_set(e, ERR_SYSTEM, "no data key could be made");
}

static bool
hold(struct vault *v, struct arena *arena, struct uuid unit,
    struct vault_key *place, struct err *e)
{
	if (place->id != 0 && uuid_equal(place->unit, unit))
		return ask_fresh(v, arena, place, e);
	if (!find_or_make(v, arena, unit, place, e))
		return false;
	*place_of_id(v, place->id) = *place;
	return ask_fresh(v, arena, place, e);
}

bool
vault_key(struct vault *v, struct arena *arena, struct uuid unit,
    struct vault_key **out, struct err *e)
{
	struct vault_key *place = place_of_unit(v, unit);

	forget_old(v);
	*out = place;
	if (!hold(v, arena, unit, place, e))
		return false;
	/* about to be reaped: only a new one is safe to seal with */
	if (place->fresh && clock_now() - place->created > DAY_MS / 2)
		return vault_drop(v, arena, place->id, e)
		    && hold(v, arena, unit, place, e);
	return true;
}

void
vault_named(struct vault *v, uint64_t id)
{
	for (size_t i = 0; i < HELD; i++)
		if (v->held[i].id == id)
			v->held[i].fresh = false;
}

bool
vault_seal(struct vault *v, struct arena *arena, const struct vault_key *key,
    struct envelope_place place, struct bytes plain, struct bytes *sealed,
    struct err *e)
{
	return envelope_seal(arena, &key->key, v->ring->room, key->id, place,
	    plain, sealed, e);
}

static bool
key_by_id(struct vault *v, struct arena *arena, uint64_t id,
    struct vault_key **out, struct err *e)
{
	struct vault_key *place = place_of_id(v, id);
	struct db_rows *rows;
	struct vault_key key = { 0 };
	struct db_row row;

	forget_old(v);
	if (place->id == id && id != 0) {
		*out = place;
		return true;
	}
	if (!db_ask(v->keys, arena, KEY_QUERY_GET, (struct db_value[]){
	    db_int((int64_t)id) }, 1, &rows, e))
		return false;
	if (db_count(rows) == 0) {
		err_set(e, ERR_ABSENT, "the key of this record was dropped");
		if (e != NULL)
			memcpy(e->constraint, "erased", sizeof "erased");
		return false;
	}
	row = db_row(rows, 0);
	if (!unwrap(v, arena, &row, &key, e))
		return false;
	*place = key;
	*out = place;
	/* what is read is often written next */
	if (db_take_bool(&row))
		*place_of_unit(v, key.unit) = key;
	return true;
}

/* We sealed it and opened it again before it was stored: whoever finds it
 * otherwise has no malformed input, but a record that somebody changed. */
static bool
refuse(struct envelope_place place, struct err *e)
{
	const struct registry_table *table = registry_table(place.table);
	char row[UUID_TEXT];

	log_event(LOG_ALARM, "envelope-refused", "table", table != NULL ?
	    table->name : "-", "row", uuid_text(place.row, row), NULL);
	err_set(e, ERR_SYSTEM, "an envelope does not open");
	if (e != NULL)
		memcpy(e->constraint, VAULT_REFUSED, sizeof VAULT_REFUSED);
	return false;
}

bool
vault_open(struct vault *v, struct arena *arena, struct envelope_place place,
    struct bytes sealed, struct bytes *plain, struct err *e)
{
	struct envelope_head head;
	struct vault_key *key;

	if (!envelope_head(sealed, &head, NULL) || head.suite != ENVELOPE_KEY ||
	    head.service != v->ring->room)
		return refuse(place, e);
	if (!key_by_id(v, arena, head.key_id, &key, e))
		return false;
	return envelope_open(arena, &key->key, place, sealed, plain, NULL) ||
	    refuse(place, e);
}

bool
vault_reveal(struct vault *v, struct arena *arena,
    struct envelope_place place, struct bytes sealed,
    uint8_t revealed[ENVELOPE_REVEALED], struct err *e)
{
	struct envelope_head head;
	struct vault_key *key;

	if (!envelope_head(sealed, &head, e))
		return false;
	if (head.suite != ENVELOPE_KEY || head.service != v->ring->room)
		return err_set(e, ERR_INPUT, "the envelope does not open");
	return key_by_id(v, arena, head.key_id, &key, e)
	    && envelope_reveal(arena, &key->key, place, sealed, revealed, e);
}

struct bytes
vault_index(const struct vault *v, struct arena *arena, uint32_t column,
    struct bytes normalised)
{
	struct buf info = buf_new(arena, 32);
	struct buf out = buf_new(arena, VAULT_INDEX);
	struct secret key;
	struct hash h;

	buf_puts(&info, "cs-bi/1");
	buf_u16(&info, v->ring->room);
	buf_u16(&info, (uint16_t)(column / 100));
	buf_u16(&info, (uint16_t)(column % 100));
	buf_u8(&info, INDEX_VERSION);
	crypto_expand(&v->ring->index_root, buf_bytes(&info), key.b,
	    sizeof key.b);
	h = crypto_hmac(secret_bytes(&key), normalised);
	buf_u8(&out, INDEX_VERSION);
	buf_put(&out, h.b, VAULT_INDEX - 1);
	secret_wipe(&key, sizeof key);
	return buf_bytes(&out);
}

/* ---- the end of keys */

bool
vault_list(struct vault *v, struct arena *arena, struct uuid unit,
    uint64_t id[VAULT_VERSIONS], size_t *n, struct err *e)
{
	struct db_rows *rows;

	if (!db_ask(v->keys, arena, KEY_QUERY_UNIT, (struct db_value[]){
	    db_int(v->ring->room), db_uuid(unit), db_int(VAULT_VERSIONS) }, 3,
	    &rows, e))
		return false;
	*n = db_count(rows);
	for (size_t i = 0; i < *n; i++) {
		struct db_row row = db_row(rows, i);

		id[i] = (uint64_t)db_take_int(&row);
	}
	return true;
}

static void
forget(struct vault *v, uint64_t id)
{
	for (size_t i = 0; i < HELD; i++) {
		if (v->held[i].id == id)
			secret_wipe(&v->held[i], sizeof v->held[i]);
		if (v->opening[i].id == id)
			secret_wipe(&v->opening[i], sizeof v->opening[i]);
	}
}

bool
vault_drop(struct vault *v, struct arena *arena, uint64_t id, struct err *e)
{
	forget(v, id);
	return db_ask(v->keys, arena, KEY_QUERY_DROP, (struct db_value[]){
	    db_int((int64_t)id) }, 1, NULL, e);
}

/* One key of the way: it stays if an entry names it. */
static bool
reap_one(struct vault *v, struct arena *arena, uint64_t id, size_t *n,
    struct err *e)
{
	struct vault_key key = { .id = id, .young = true };

	if (!ask_fresh(v, arena, &key, e))
		return false;
	if (!key.fresh)
		return true;
	++*n;
	return vault_drop(v, arena, id, e);
}

bool
vault_reap(struct vault *v, struct arena *arena, size_t *n, struct err *e)
{
	struct db_rows *rows;

	*n = 0;
	if (!db_ask(v->keys, arena, KEY_QUERY_OLD, (struct db_value[]){
	    db_int(v->ring->room), db_text(v->reaped),
	    db_int((int64_t)v->reaped_id),
	    db_instant(clock_now() - DAY_MS), db_int(REAPED) }, 5, &rows, e))
		return false;
	for (size_t i = 0; i < db_count(rows); i++) {
		struct db_row row = db_row(rows, i);
		uint64_t id = (uint64_t)db_take_int(&row);

		if (!reap_one(v, arena, id, n, e))
			return false;
		snprintf(v->reaped, sizeof v->reaped, "%s",
		    db_take_text(&row));
		v->reaped_id = id;
	}
	return true;
}

bool
vault_holders(struct vault *v, struct arena *arena, struct uuid unit,
    enum room_code **out, struct err *e)
{
	struct db_rows *rows;
	enum room_code *room;

	if (!db_ask(v->keys, arena, KEY_QUERY_HOLDERS, (struct db_value[]){
	    db_uuid(unit) }, 1, &rows, e))
		return false;
	*out = room = arena_array(arena, db_count(rows) + 1, sizeof *room);
	for (size_t i = 0; i < db_count(rows); i++) {
		struct db_row row = db_row(rows, i);

		room[i] = (enum room_code)db_take_int(&row);
	}
	room[db_count(rows)] = ROOM_NONE;
	return true;
}

struct uuid
vault_own_unit(uint16_t room, int year)
{
	/* version 8 (RFC 9562 5.8): ours to define, and no person's */
	return (struct uuid){ {
		[0] = (uint8_t)(year >> 8), [1] = (uint8_t)year,
		[6] = 0x80, [8] = 0x80,
		[14] = (uint8_t)(room >> 8), [15] = (uint8_t)room,
	} };
}

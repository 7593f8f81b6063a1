/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Opening a room. Each room logs in to both databases as its own role, so
 * what it may do there is the database's decision, not this program's.
 */
#include "services/room.h"

#include <string.h>

#include "lib/arena.h"
#include "lib/conf.h"
#include "lib/db.h"
#include "lib/err.h"
#include "schema/key_statements.h"
#include "schema/registry.h"
#include "schema/statements.h"
#include "services/form_store.h"
#include "services/quorum.h"
#include "services/vault.h"

enum {
	TIMEOUT_MS = 20 * 1000,
	RETRY_MS = 500
};

static bool
connect_to(struct room *room, const char *database,
    const struct db_statement *table, size_t n, struct db **out,
    struct err *e)
{
	struct db_conf conf = {
		.conninfo = arena_printf(room->arena,
		    "%s user=room_%s application_name=%s gssencmode=disable",
		    conf_text(room->conf, "database", database), room->name,
		    room->name),
		.statements = table,
		.n = n,
		.role = room->code,
		.timeout_ms = TIMEOUT_MS,
		.retry_ms = RETRY_MS,
	};

	return db_open(&conf, out, e) || err_at(e, database);
}

bool
room_open(struct arena *arena, const struct conf *conf, uint16_t code,
    struct writer_slot *slot, struct room **out, struct err *e)
{
	struct room *room = arena_alloc(arena, sizeof *room);
	const char *dir = conf_text(conf, "path", "keys");

	room->witnesses = arena_alloc(arena, sizeof *room->witnesses);
	room->code = code;
	room->name = registry_room_name(code);
	room->conf = conf;
	room->arena = arena;
	if (!keyring_load(dir, room->name, &room->ring, e)
	    || !keyring_load_public(dir, &room->publics, e)
	    || !quorum_load(arena, conf_text(conf, "log", "witnesses"),
	    room->witnesses, e))
		return false;
	if (room->ring.room != code)
		return err_set(e, ERR_SYSTEM, "the key file is another room's");
	if (!connect_to(room, "data", statements, QUERY__MAX, &room->db, e))
		return false;
	if (!connect_to(room, "keys", key_statements, KEY_QUERY__MAX,
	    &room->keys, e)) {
		db_close(room->db);
		return false;
	}
	room->vault = vault_new(arena, &room->ring, room->db, room->keys);
	room->forms = form_store_new(room);
	room->limit_key = keyring_derive(&room->ring, "cs-limit/1");
	writer_start(&room->writer, slot);
	*out = room;
	return true;
}

void
room_close(struct room *room)
{
	db_close(room->db);
	db_close(room->keys);
	vault_forget(room->vault);
	form_store_free(room->forms);
	secret_wipe(&room->ring, sizeof room->ring);
}

/* What is counted by is never stored, only a keyed hash of it. */
static struct db_value
counted(struct room *room, struct arena *arena, struct bytes value)
{
	struct hash h = crypto_hmac(secret_bytes(&room->limit_key), value);

	return db_bytes(arena_dup(arena, bytes(h.b, 16)));
}

bool
room_try(struct room *room, struct arena *arena, const char *kind,
    struct bytes value, int seconds, int most, bool *allowed, struct err *e)
{
	struct db_rows *rows;
	struct db_row row;

	if (!db_ask(room->db, arena, QUERY_OPS_TRY, (struct db_value[]){
	    db_text(kind), counted(room, arena, value),
	    db_int(seconds), db_int(most) }, 4, &rows, e))
		return false;
	row = db_row(rows, 0);
	*allowed = db_take_bool(&row);
	return true;
}

bool
room_forgive(struct room *room, struct arena *arena, const char *kind,
    struct bytes value, struct err *e)
{
	return db_ask(room->db, arena, QUERY_OPS_FORGIVE, (struct db_value[]){
	    db_text(kind), counted(room, arena, value) }, 2, NULL, e);
}

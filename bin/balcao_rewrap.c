/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rewrapping, a hundred keys a transaction. The envelopes have the form that
 * services/vault.c gives them.
 */
#include "bin/balcao_rewrap.h"

#include "lib/arena.h"
#include "lib/db.h"
#include "lib/envelope.h"
#include "lib/err.h"
#include "schema/key_statements.h"
#include "schema/registry.h"
#include "services/keyring.h"

/* Columns: key_id, unit, version, epoch, wrapped. */
static bool
add_one(struct db_act *act, struct arena *arena, const struct keyring *ring,
    struct db_row row, struct err *e)
{
	const struct keyring_epoch *newest =
	    keyring_newest(ring->service, ring->services);
	int64_t id = db_take_int(&row);
	struct envelope_place place = {
		.table = TABLE_KEYS_SUBJECT_KEY,
		.class = CLASS_KEY,
		.row = db_take_uuid(&row),
		.version = (uint32_t)db_take_int(&row),
	};
	int64_t epoch = db_take_int(&row);
	const struct secret *old = keyring_service(ring, (uint32_t)epoch);
	struct bytes plain, wrapped;

	if (old == NULL || !envelope_open(arena, old, place,
	    db_take_bytes(&row), &plain, NULL))
		return err_set(e, ERR_SYSTEM, "data key %llx of epoch %lld "
		    "does not open: the key database was changed; nothing was "
		    "retired", (unsigned long long)id, (long long)epoch);
	if (!envelope_seal(arena, &newest->key, ring->room, newest->epoch,
	    place, plain, &wrapped, e))
		return false;
	db_act_add(act, KEY_QUERY_REWRAP, (struct db_value[]){ db_int(id),
	    db_int(epoch), db_int(newest->epoch), db_bytes(wrapped) }, 4,
	    NULL);
	return true;
}

static bool
rewrap_some(struct db *db, struct arena *arena, const struct keyring *ring,
    size_t *n, struct err *e)
{
	uint32_t newest =
	    keyring_newest(ring->service, ring->services)->epoch;
	struct db_rows *rows;
	struct db_act *act;

	if (!db_ask(db, arena, KEY_QUERY_BEHIND, (struct db_value[]){
	    db_int(ring->room), db_int(newest) }, 2, &rows, e))
		return false;
	*n = db_count(rows);
	if (*n == 0)
		return true;
	act = db_act_new(db, arena);
	for (size_t i = 0; i < *n; i++)
		if (!add_one(act, arena, ring, db_row(rows, i), e)) {
			db_act_abandon(act);
			return false;
		}
	return db_act_fly(act, e) && db_act_commit(act, e);
}

bool
rewrap_room(struct db *db, const struct keyring *ring, size_t *keys,
    struct err *e)
{
	struct arena *arena = arena_new(0);
	size_t n = 0;
	bool ok;

	*keys = 0;
	do {
		ok = rewrap_some(db, arena, ring, &n, e);
		*keys += ok ? n : 0;
		arena_reset(arena);
	} while (ok && n > 0);
	if (ok)
		ok = db_ask(db, arena, KEY_QUERY_ROOM_RETIRE,
		    (struct db_value[]){ db_int(ring->room),
		    db_int(ring->epoch) }, 2, NULL, e);
	arena_free(arena);
	return ok;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Proofs by SQL: at most 256 rows a level of tiles. Nothing here is believed
 * for being in the database; who gets a proof checks it.
 */
#include "services/proof.h"

#include <string.h>

#include "audit/tile.h"
#include "lib/arena.h"
#include "lib/db.h"
#include "lib/err.h"
#include "schema/statements.h"

static bool
read_rows(const struct proof_rows *p, const struct tile *t,
    struct db_rows **rows, struct err *e)
{
	int64_t first = (int64_t)(t->index * TILE_WIDTH);
	int64_t end = first + t->width;

	if (t->level == 0)
		return db_ask(p->db, p->arena, QUERY_LOG_LEAVES,
		    (struct db_value[]){ db_int(p->year), db_int(first),
		    db_int(end) }, 3, rows, e);
	return db_ask(p->db, p->arena, QUERY_LOG_NODES, (struct db_value[]){
	    db_int(p->year), db_int(t->level * TILE_HEIGHT), db_int(first),
	    db_int(end) }, 4, rows, e);
}

static bool
read_tile(void *arg, const struct tile *t, struct bytes *out, struct err *e)
{
	struct proof_rows *p = arg;
	struct db_rows *rows;
	uint8_t *all;

	/* A path asks for several nodes of a tile, one after another. */
	*out = p->hashes;
	if (p->hashes.p != NULL && p->last.level == t->level &&
	    p->last.index == t->index && p->last.width == t->width)
		return true;
	if (!read_rows(p, t, &rows, e))
		return false;
	if (db_count(rows) != t->width)
		return err_set(e, ERR_SYSTEM, "year %d, level %u, tile %llu: "
		    "%zu of %u hashes are there", p->year, t->level,
		    (unsigned long long)t->index, db_count(rows), t->width);
	all = arena_alloc(p->arena, (size_t)t->width * CRYPTO_HASH);
	for (size_t i = 0; i < t->width; i++) {
		struct db_row row = db_row(rows, i);
		struct bytes hash = db_take_bytes(&row);

		if (hash.n != CRYPTO_HASH)
			return err_set(e, ERR_SYSTEM, "a hash has 32 bytes");
		memcpy(all + i * CRYPTO_HASH, hash.p, hash.n);
	}
	p->last = *t;
	*out = p->hashes = bytes(all, (size_t)t->width * CRYPTO_HASH);
	return true;
}

struct tile_source
proof_source(struct proof_rows *p, uint64_t size)
{
	return (struct tile_source){ .read = read_tile, .arg = p,
	    .size = size };
}

static bool
find_checkpoint(struct db *db, struct arena *arena, struct proof_found *p,
    struct err *e)
{
	struct db_value place[] = { db_int(p->year),
	    db_int((int64_t)p->index) };
	struct db_rows *rows;
	struct db_row row;

	if (!db_ask(db, arena, QUERY_LOG_COSIGNED, place, 2, &rows, e))
		return false;
	if (db_count(rows) == 0) {
		if (!db_ask(db, arena, QUERY_LOG_SIGNED, place, 2, &rows, e))
			return false;
		if (db_count(rows) == 0)
			return true;
		p->state = PROOF_FEW;
		row = db_row(rows, 0);
		p->size = (uint64_t)db_take_int(&row);
		p->note = db_take_bytes(&row);
		return true;
	}
	row = db_row(rows, 0);
	p->size = (uint64_t)db_take_int(&row);
	p->note = db_take_bytes(&row);
	p->cosignatures = (unsigned)db_take_int(&row);
	p->state = PROOF_READY;
	return true;
}

bool
proof_find(struct db *db, struct arena *arena, struct uuid event,
    struct proof_found *p, struct err *e)
{
	struct proof_rows from = { .db = db, .arena = arena };
	struct tile_source source;
	struct db_rows *rows;
	struct db_row row;
	struct bytes leaf;

	*p = (struct proof_found){ .state = PROOF_LATER };
	if (!db_ask(db, arena, QUERY_LOG_PLACE, (struct db_value[]){
	    db_uuid(event) }, 1, &rows, e))
		return false;
	if (db_count(rows) == 0)
		return true;
	row = db_row(rows, 0);
	p->year = (int)db_take_int(&row);
	p->index = (uint64_t)db_take_int(&row);
	leaf = db_take_bytes(&row);
	memcpy(p->leaf.b, leaf.p, sizeof p->leaf.b);
	if (!find_checkpoint(db, arena, p, e))
		return false;
	if (p->state == PROOF_LATER)
		return true;
	from.year = p->year;
	source = proof_source(&from, p->size);
	return tree_prove_inclusion(p->index, p->size, tile_get, &source,
	    &p->path, e);
}

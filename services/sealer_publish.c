/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From places in the database to a signed log on disk. Everything is read
 * from the database again, a few tiles at a time, so that what a crash left
 * undone is done in the same way as what is new.
 */
#include "services/sealer.h"

#include <stdio.h>
#include <string.h>

#include "audit/checkpoint.h"
#include "audit/note.h"
#include "audit/tile.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/clock.h"
#include "lib/db.h"
#include "lib/err.h"
#include "lib/str.h"
#include "schema/statements.h"
#include "services/origin.h"
#include "services/proof.h"
#include "services/room.h"
#include "services/sealer_state.h"
#include "services/shelf.h"
#include "services/signing.h"

enum {
	SOME = 16		/* bundles that are read at once */
};

/* ---- tiles and bundles ---- */

/* Some bundles and the level-0 tiles above them, from the same rows. */
struct group {
	struct sealer	*s;
	struct arena	*arena;
	const struct shard *shard;
	const struct db_rows *rows;
	uint64_t	 first;		/* bundle */
};

/* A bundle's leaves must be those that were given their places. */
static bool
put_leaf(const struct group *g, struct db_row row, struct buf *bundle,
    struct buf *tile, struct err *e)
{
	struct bytes hash = db_take_bytes(&row), leaf = db_take_bytes(&row);
	struct hash is = tree_leaf(leaf);

	if (leaf.p == NULL || !bytes_equal(hash, bytes(is.b, sizeof is.b)))
		return err_set(e, ERR_CONFLICT, "year %d, behind entry %llu: "
		    "a leaf is gone or was changed; run balcao audit seq",
		    g->shard->year, (unsigned long long)(g->first *
		    TILE_WIDTH));
	buf_put(tile, is.b, sizeof is.b);
	return tile_put_entry(bundle, leaf, e);
}

static bool
put_group(const struct group *g, struct shelf *bundles, struct shelf *tiles,
    struct err *e)
{
	size_t n = db_count(g->rows), at = 0;
	struct tile t = { .index = g->first };
	char path[TILE_PATH];

	for (; at < n; t.index++) {
		struct buf bundle = buf_new(g->arena, TILE_WIDTH * 360);
		struct buf tile = buf_new(g->arena, TILE_BYTES);

		for (t.width = 0; t.width < TILE_WIDTH && at < n; t.width++)
			if (!put_leaf(g, db_row(g->rows, at++), &bundle,
			    &tile, e))
				return false;
		t.entries = true;
		shelf_put(bundles, tile_path(&t, path), buf_bytes(&bundle));
		t.entries = false;
		shelf_put(tiles, tile_path(&t, path), buf_bytes(&tile));
	}
	return shelf_settle(bundles, e) && shelf_settle(tiles, e);
}

/* From this bundle on, as many as are read at once. */
static bool
put_some(struct sealer *s, struct arena *arena, const struct shard *shard,
    uint64_t first, struct err *e)
{
	struct group g = { .s = s, .arena = arena, .shard = shard,
	    .first = first };
	uint64_t from = first * TILE_WIDTH, end = from + SOME * TILE_WIDTH;
	struct shelf bundles, tiles;
	struct db_rows *rows;

	if (end > shard->size)
		end = shard->size;
	if (!db_ask(s->room->db, arena, QUERY_SEALER_BUNDLE,
	    (struct db_value[]){ db_int(shard->year), db_int((int64_t)from),
	    db_int((int64_t)end) }, 3, &rows, e))
		return false;
	if (db_count(rows) != end - from)
		return err_set(e, ERR_SYSTEM, "year %d: the index has a hole "
		    "behind entry %llu", shard->year,
		    (unsigned long long)from);
	g.rows = rows;
	shelf_begin(&bundles, arena, sealer_folder(s, arena, shard->year));
	shelf_begin(&tiles, arena, sealer_folder(s, arena, shard->year));
	return put_group(&g, &bundles, &tiles, e);
}

/* The tiles above. */
static bool
put_nodes(struct sealer *s, struct arena *arena, const struct shard *shard,
    struct err *e)
{
	uint64_t old = shard->published, size = shard->size;
	struct proof_rows rows = { .db = s->room->db, .arena = arena,
	    .year = shard->year };
	struct tile_source source = proof_source(&rows, size);
	char path[TILE_PATH];
	struct shelf shelf;
	struct tile t;
	bool more;

	shelf_begin(&shelf, arena, sealer_folder(s, arena, shard->year));
	for (more = tile_first(old, size, &t); more;
	    more = tile_next(old, size, &t)) {
		struct bytes content;

		if (t.entries || t.level == 0)
			continue;
		if (!source.read(source.arg, &t, &content, e))
			return false;
		shelf_put(&shelf, tile_path(&t, path), content);
	}
	return shelf_settle(&shelf, e);
}

static bool
put_tiles(struct sealer *s, struct arena *arena, const struct shard *shard,
    struct err *e)
{
	uint64_t i = shard->published / TILE_WIDTH;

	for (; i * TILE_WIDTH < shard->size; i += SOME) {
		struct arena *a = arena_new(0);
		bool ok = put_some(s, a, shard, i, e);

		arena_free(a);
		if (!ok)
			return false;
	}
	return put_nodes(s, arena, shard, e);
}

/* A tile that is full no longer needs its parts. They stay until the one to
 * its right has come, for whoever is reading. */
static void
clear_parts(struct sealer *s, struct arena *arena, const struct shard *shard)
{
	const char *folder = sealer_folder(s, arena, shard->year);
	uint64_t last = shard->published / TILE_WIDTH;
	char path[TILE_PATH];

	if (shard->size / TILE_WIDTH == last || last == 0)
		return;
	for (int entries = 0; entries < 2; entries++) {
		const struct tile t = { .entries = entries != 0,
		    .index = last - 1, .width = TILE_WIDTH };

		shelf_clear(arena, arena_printf(arena, "%s/%s.p", folder,
		    tile_path(&t, path)));
	}
}

/* ---- the signature ---- */

static bool
rolled_back(struct err *e, int year, uint64_t is, uint64_t was)
{
	err_set(e, ERR_CONFLICT, "the log of %d was signed with %llu "
	    "entries and the database has %llu: it is not the one that was "
	    "signed, or an older state of it. Restore the newest, or run "
	    "balcao audit adopt", year, (unsigned long long)was,
	    (unsigned long long)is);
	snprintf(e->constraint, sizeof e->constraint, "log_rolled_back");
	return false;
}

static bool
ask(struct sealer *s, struct arena *arena, const struct signing_question *q,
    struct signing_answer *a, struct err *e)
{
	return signing_ask(arena, s->socket, q, a, e);
}

bool
sealer_compare(struct sealer *s, struct arena *arena, int year,
    const struct shard *shard, struct err *e)
{
	const struct signing_question q = {
		.origin = origin_of(arena, s->authority, year) };
	uint64_t size = shard != NULL ? shard->size : 0;
	struct checkpoint signed_last;
	struct signing_answer a;
	struct hash root;

	if (!ask(s, arena, &q, &a, e))
		return false;
	if (a.verdict != SIGNING_OLD)
		return err_set(e, ERR_SYSTEM, "signer: %s", a.words);
	if (a.size > size)
		return rolled_back(e, year, size, a.size);
	if (a.size < size || size == 0)
		return true;
	root = shard_root(shard);
	if (!checkpoint_read(arena, a.note, &signed_last, NULL, e))
		return false;
	return tree_same(&signed_last.root, &root) ||
	    rolled_back(e, year, size, a.size);
}

/* The proof that what was signed last is the beginning of this tree. */
static bool
prove(struct sealer *s, struct arena *arena, const struct shard *shard,
    struct signing_question *q, uint64_t old, struct err *e)
{
	struct proof_rows rows = { .db = s->room->db, .arena = arena,
	    .year = shard->year };
	struct tile_source source = proof_source(&rows, shard->size);

	q->old = old;
	q->path.n = 0;
	return old == 0 || old == shard->size || tree_prove_consistency(old,
	    shard->size, tile_get, &source, &q->path, e);
}

static bool
check_note(const struct sealer *s, struct arena *arena,
    const struct signing_question *q, struct bytes whole, struct err *e)
{
	struct checkpoint c;
	struct note_key key;
	struct note note;

	if (!checkpoint_read(arena, whole, &c, &note, e) ||
	    !origin_key(q->origin, s->public, &key, e))
		return false;
	return (str_equal(c.origin, q->origin) && c.size == q->size &&
	    tree_same(&c.root, &q->root) &&
	    note_check(&note, &key, NULL) == NOTE_GOOD) ||
	    err_set(e, ERR_SYSTEM, "the signer's answer is not the "
	    "checkpoint that was asked for");
}

static bool
sign(struct sealer *s, struct arena *arena, const struct shard *shard,
    struct bytes *note, struct err *e)
{
	struct signing_question q = {
		.origin = origin_of(arena, s->authority, shard->year),
		.size = shard->size,
		.root = shard_root(shard),
	};
	struct signing_answer a;

	if (!prove(s, arena, shard, &q, shard->published, e) ||
	    !ask(s, arena, &q, &a, e))
		return false;
	if (a.verdict == SIGNING_OLD && a.size <= shard->size &&
	    (!prove(s, arena, shard, &q, a.size, e) ||
	    !ask(s, arena, &q, &a, e)))
		return false;
	if (a.verdict == SIGNING_SHRINK || a.verdict == SIGNING_FORK ||
	    a.verdict == SIGNING_PROOF)
		return rolled_back(e, shard->year, shard->size, a.size);
	if (a.verdict != SIGNING_DONE)
		return err_set(e, ERR_LOST, "signer: %.100s", a.words);
	*note = a.note;
	return check_note(s, arena, &q, a.note, e);
}

/* ---- publication ---- */

static bool
put_keys(struct sealer *s, struct arena *arena, int year, struct err *e)
{
	const char *path = arena_printf(arena, "%s/keys",
	    sealer_folder(s, arena, year));
	struct note_key key;
	struct bytes now, then;
	struct buf b = buf_new(arena, 256);

	if (!origin_key(origin_of(arena, s->authority, year), s->public, &key,
	    e))
		return false;
	buf_printf(&b, "%s\n", note_key_text(arena, &key));
	for (size_t i = 0; i < s->quorum.n; i++)
		if (s->quorum.node[i].witness)
			buf_printf(&b, "%s\n", note_key_text(arena,
			    &s->quorum.node[i].key));
	now = buf_bytes(&b);
	return shelf_read(arena, path, &then, e) && (bytes_equal(now, then) ||
	    shelf_replace(arena, path, now, 0444, e));
}

static bool
publish(struct sealer *s, struct arena *arena, struct shard *shard,
    struct err *e)
{
	const char *folder = sealer_folder(s, arena, shard->year);
	struct bytes note;

	if (!put_tiles(s, arena, shard, e) || !put_keys(s, arena, shard->year, e))
		return false;
	sealer_step(s, SEALER_SHELVED);
	if (!sign(s, arena, shard, &note, e))
		return false;
	sealer_step(s, SEALER_SIGNED);
	if (!db_ask(s->room->db, arena, QUERY_SEALER_CHECKPOINT,
	    (struct db_value[]){ db_int(shard->year),
	    db_int((int64_t)shard->size), db_bytes(note),
	    db_instant(clock_now()) }, 4, NULL, e))
		return false;
	sealer_step(s, SEALER_KEPT);
	if (!shelf_replace(arena, arena_printf(arena, "%s/checkpoint",
	    folder), note, 0444, e))
		return false;
	sealer_step(s, SEALER_PUBLISHED);
	clear_parts(s, arena, shard);
	shard->published = shard->size;
	return true;
}

/* A crash may have left the newest checkpoint without its name. */
static bool
is_published(struct sealer *s, struct arena *arena, const struct shard *shard)
{
	const char *path = arena_printf(arena, "%s/checkpoint",
	    sealer_folder(s, arena, shard->year));
	struct checkpoint c;
	struct bytes file;

	return shelf_read(arena, path, &file, NULL) && file.p != NULL &&
	    checkpoint_read(arena, file, &c, NULL, NULL) &&
	    c.size == shard->size;
}

bool
sealer_publish(struct sealer *s, struct arena *arena, struct err *e)
{
	if (!s->loaded && !sealer_ready(s, arena, e))
		return false;
	for (size_t i = 0; i < s->shards; i++) {
		struct shard *shard = &s->shard[i];

		if (shard->size == 0 || (shard->size == shard->published &&
		    (shard->seen || is_published(s, arena, shard))))
			continue;
		if (!publish(s, arena, shard, e))
			return false;
		shard->seen = true;
	}
	s->published = clock_monotonic();
	return true;
}

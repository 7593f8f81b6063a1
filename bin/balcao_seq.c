/* SPDX-License-Identifier: Apache-2.0 */
/*
 * audit seq: does the index say what the leaves say? Each year's places are
 * walked from the first: dense, each with its leaf, each tile's root and each
 * checkpoint, kept or published, as the leaves make them. Then what has no
 * place is looked for. Whether the published tiles say the same is
 * balcao-verify's question.
 */
#include "bin/balcao_broken.h"

#include <inttypes.h>
#include <string.h>

#include "audit/checkpoint.h"
#include "audit/note.h"
#include "bin/balcao_published.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/clock.h"
#include "lib/conf.h"
#include "lib/db.h"
#include "lib/err.h"
#include "lib/str.h"
#include "schema/registry.h"
#include "schema/statements.h"
#include "services/keyring.h"
#include "services/origin.h"
#include "services/room.h"
#include "services/shard.h"

enum {
	SOME = 2048,		/* the LIMIT of balcao_seq */
	SETTLE_MS = 10 * 1000	/* until what was signed is published */
};

struct walk {
	struct room	*room;
	struct broken_list *list;
	struct arena	*arena;		/* for some places at a time */
	struct note_key	 key;		/* the log's */
	const char	*origin;
	int		 year;
	int64_t		 size;		/* so far; the sequencer goes on */
	struct hash	 root;		/* likewise */
	struct published published[PUBLISHED_FILES];
	int64_t		 idx;		/* that has to come */
	int64_t		 nodes;
	struct shard	 shard;		/* as the leaves make it */
	bool		 broken;	/* the first place is enough */
};

static void
broken(struct walk *w, const char *what, struct uuid event)
{
	w->broken = true;
	broken_add(w->list, arena_printf(w->arena, "log %d, place %lld",
	    w->year, (long long)w->idx), what, event);
}

/* ---- tiles ---- */

static uint64_t
u64_of(const uint8_t *p)
{
	uint64_t n = 0;

	for (int i = 0; i < 8; i++)
		n = n << 8 | p[i];
	return n;
}

static bool
check_node(struct walk *w, const uint8_t *node, struct err *e)
{
	struct db_rows *rows;
	struct db_row row;

	w->nodes++;
	if (!db_ask(w->room->db, w->arena, QUERY_BALCAO_NODE,
	    (struct db_value[]){ db_int(w->year), db_int(node[0]),
	    db_int((int64_t)u64_of(node + 1)) }, 3, &rows, e))
		return false;
	if (db_count(rows) == 0) {
		broken(w, "the root of the tile that ends here is gone",
		    (struct uuid){ { 0 } });
		return true;
	}
	row = db_row(rows, 0);
	if (!bytes_equal(db_take_bytes(&row), bytes(node + 9, CRYPTO_HASH)))
		broken(w, "the root of the tile that ends here is not that "
		    "of its leaves", (struct uuid){ { 0 } });
	return true;
}

/* ---- checkpoints ---- */

static void
judge_checkpoint(struct walk *w, struct bytes whole)
{
	struct hash root = shard_root(&w->shard);
	struct checkpoint c;
	struct note note;

	if (!checkpoint_read(w->arena, whole, &c, &note, NULL) ||
	    !str_equal(c.origin, w->origin) ||
	    c.size != (uint64_t)w->idx)
		broken(w, "the checkpoint of this size cannot be read",
		    (struct uuid){ { 0 } });
	else if (note_check(&note, &w->key, NULL) != NOTE_GOOD)
		broken(w, "the checkpoint of this size is not signed by the "
		    "log's key", (struct uuid){ { 0 } });
	else if (!tree_same(&c.root, &root))
		broken(w, "the checkpoint of this size has another root than "
		    "the leaves before it", (struct uuid){ { 0 } });
}

/* The checkpoints of some places, in order. */
struct points {
	struct db_rows	*rows;
	size_t		 at;
};

static void
check_points(struct walk *w, struct points *p)
{
	while (p->at < db_count(p->rows)) {
		struct db_row row = db_row(p->rows, p->at);
		int64_t size = db_take_int(&row);

		if (size != w->idx)
			return;
		p->at++;
		judge_checkpoint(w, db_take_bytes(&row));
	}
}

/* ---- what is published ---- */

static void
broken_file(struct walk *w, const struct published *p, const char *what)
{
	w->broken = true;
	broken_add(w->list, arena_printf(w->arena, "log %d, the published "
	    "%s", w->year, p->name), what, (struct uuid){ { 0 } });
}

/* Where the walk has come to. */
static void
check_published(struct walk *w)
{
	struct hash root;

	for (int i = 0; i < PUBLISHED_FILES && !w->broken; i++) {
		const struct published *p = &w->published[i];

		if (!p->there || p->fault != NULL ||
		    p->checkpoint.size != (uint64_t)w->idx)
			continue;
		root = shard_root(&w->shard);
		if (!tree_same(&p->checkpoint.root, &root))
			broken_file(w, p, arena_printf(w->arena, "it has "
			    "another root than the first %" PRId64 " leaves "
			    "in this database", w->idx));
	}
}

static bool
check_newest(struct walk *w, struct err *e)
{
	const struct published *p = &w->published[0];
	struct db_rows *rows;
	struct db_row row;
	int64_t size;

	if (!db_ask(w->room->db, w->arena, QUERY_BALCAO_CHECKPOINT,
	    (struct db_value[]){ db_int(w->year) }, 1, &rows, e))
		return false;
	if (db_count(rows) == 0)
		return true;
	row = db_row(rows, 0);
	size = db_take_int(&row);
	db_take_bytes(&row);
	if (db_take_instant(&row) > clock_now() - SETTLE_MS)
		return true;
	if (!p->there)
		broken_file(w, p, "it is gone");
	else if (p->checkpoint.size < (uint64_t)size)
		broken_file(w, p, arena_printf(w->arena, "it is an older one, "
		    "of %" PRIu64 " entries; of %" PRId64 " has been signed",
		    p->checkpoint.size, size));
	return true;
}

static bool
check_files(struct walk *w, struct err *e)
{
	size_t years;
	int year[PUBLISHED_YEARS];

	for (int i = 0; i < PUBLISHED_FILES && !w->broken; i++) {
		const struct published *p = &w->published[i];

		if (p->fault != NULL)
			broken_file(w, p, arena_printf(w->arena, "it %s",
			    p->fault));
		else if (p->there && p->checkpoint.size > (uint64_t)w->idx)
			broken_file(w, p, arena_printf(w->arena, "it has %"
			    PRIu64 " entries, and this database %" PRId64,
			    p->checkpoint.size, w->idx));
	}
	published_years(w->room, year, &years);
	return w->broken || years == 0 || check_newest(w, e);
}

/* ---- places ---- */

static bool
check_place(struct walk *w, struct db_row row, struct err *e)
{
	struct buf nodes = buf_new(w->arena, SHARD_NODE);
	int64_t idx = db_take_int(&row);
	struct uuid event = db_take_uuid(&row);
	struct bytes hash = db_take_bytes(&row), leaf = db_take_bytes(&row);
	struct hash is = tree_leaf(leaf);
	bool ok = true;

	if (idx != w->idx) {
		broken(w, "the index has a hole here",
		    (struct uuid){ { 0 } });
		return true;
	}
	if (leaf.p == NULL)
		broken(w, "its leaf is gone", event);
	else if (!bytes_equal(hash, bytes(is.b, sizeof is.b)))
		broken(w, "its leaf is not the one that was given this place",
		    event);
	shard_add(&w->shard, &is, &nodes);
	w->idx++;
	for (size_t i = 0; ok && !w->broken && i < nodes.n; i += SHARD_NODE)
		ok = check_node(w, nodes.p + i, e);
	return ok;
}

static bool
check_some(struct walk *w, size_t *n, struct err *e)
{
	int64_t end = w->size - w->idx > SOME ? w->idx + SOME : w->size;
	struct points points = { .at = 0 };
	struct db_rows *rows;

	if (!db_ask(w->room->db, w->arena, QUERY_BALCAO_SEQ,
	    (struct db_value[]){ db_int(w->year), db_int(w->idx) }, 2, &rows,
	    e) || !db_ask(w->room->db, w->arena, QUERY_BALCAO_CHECKPOINTS,
	    (struct db_value[]){ db_int(w->year), db_int(w->idx),
	    db_int(end) }, 3, &points.rows, e))
		return false;
	*n = db_count(rows);
	for (size_t i = 0; i < *n && w->idx < end && !w->broken; i++) {
		if (!check_place(w, db_row(rows, i), e))
			return false;
		check_points(w, &points);
		check_published(w);
	}
	if (!w->broken && points.at < db_count(points.rows))
		broken(w, "a checkpoint has more entries than the index",
		    (struct uuid){ { 0 } });
	return true;
}

static bool
check_end(struct walk *w, struct err *e)
{
	struct hash is = shard_root(&w->shard);
	struct db_rows *rows;
	struct db_row row;

	if (w->size != w->idx)
		broken(w, "the index ends here, and the sequencer was "
		    "elsewhere", (struct uuid){ { 0 } });
	else if (!tree_same(&w->root, &is))
		broken(w, "the tree of all leaves has another root than was "
		    "kept", (struct uuid){ { 0 } });
	if (w->broken)
		return true;
	if (!db_ask(w->room->db, w->arena, QUERY_BALCAO_NODE_COUNT,
	    (struct db_value[]){ db_int(w->year), db_int(w->size) }, 2,
	    &rows, e))
		return false;
	row = db_row(rows, 0);
	if (db_take_int(&row) != w->nodes)
		broken(w, "there are roots of tiles that no leaves make",
		    (struct uuid){ { 0 } });
	return true;
}

static bool
check_year(struct walk *w, struct err *e)
{
	size_t n = SOME;
	bool ok = true;

	w->arena = arena_new(0);
	while (ok && !w->broken && n == SOME && w->idx < w->size) {
		ok = check_some(w, &n, e);
		arena_reset(w->arena);
	}
	if (ok && !w->broken)
		ok = check_end(w, e);
	if (ok && !w->broken)
		ok = check_files(w, e);
	arena_free(w->arena);
	return ok;
}

/* ---- what has no place ---- */

static bool
check_unplaced(struct room *room, struct broken_list *list, struct err *e)
{
	struct db_rows *rows;
	char text[UUID_TEXT];

	if (!db_ask(room->db, list->arena, QUERY_BALCAO_UNPLACED, NULL, 0,
	    &rows, e))
		return false;
	for (size_t i = 0; i < db_count(rows); i++) {
		struct db_row row = db_row(rows, i);
		struct uuid event = db_take_uuid(&row);

		broken_add(list, arena_printf(list->arena, "entry %s",
		    uuid_text(event, text)), "it was passed over and has no "
		    "place in the log", event);
	}
	return true;
}

/* A year that is not there has no leaf. */
static bool
read_state(struct walk *w, struct err *e)
{
	struct db_rows *rows;

	w->root = tree_empty();
	if (!db_ask(w->room->db, w->list->arena, QUERY_SEALER_STATES, NULL, 0,
	    &rows, e))
		return false;
	for (size_t i = 0; i < db_count(rows); i++) {
		struct db_row row = db_row(rows, i);
		struct bytes root;

		if (db_take_int(&row) != w->year)
			continue;
		w->size = db_take_int(&row);
		db_take_int(&row);
		root = db_take_bytes(&row);
		if (root.n == CRYPTO_HASH)
			memcpy(w->root.b, root.p, root.n);
	}
	return true;
}

/* What is published is read first: the database is as far, or further. */
static bool
walk_year(struct room *room, int year, struct broken_list *list,
    size_t *places, struct err *e)
{
	const char *authority = conf_text(room->conf, "authority", "origin");
	const struct keyring_public *public = keyring_find(&room->publics,
	    ROOM_SIGNER);
	struct walk w = { .room = room, .list = list, .year = year };

	w.origin = origin_of(list->arena, authority, year);
	w.shard.year = year;
	if (public == NULL)
		return err_set(e, ERR_SYSTEM, "the signer has no public key");
	if (!origin_key(w.origin, public->sign, &w.key, e))
		return false;
	published_read(room, list->arena, year, &w.key, w.published);
	if (!read_state(&w, e) || !check_year(&w, e))
		return false;
	*places += (size_t)w.idx;
	return true;
}

static void
add_year(int years[PUBLISHED_YEARS], size_t *n, int year)
{
	for (size_t i = 0; i < *n; i++)
		if (years[i] == year)
			return;
	if (*n < PUBLISHED_YEARS)
		years[(*n)++] = year;
}

bool
broken_seq(struct room *room, struct broken_list *list, size_t *places,
    struct err *e)
{
	int years[PUBLISHED_YEARS];
	struct db_rows *rows;
	size_t n;

	*places = 0;
	published_years(room, years, &n);
	if (!db_ask(room->db, list->arena, QUERY_SEALER_STATES, NULL, 0,
	    &rows, e))
		return false;
	for (size_t i = 0; i < db_count(rows); i++) {
		struct db_row row = db_row(rows, i);

		add_year(years, &n, (int)db_take_int(&row));
	}
	for (size_t i = 0; i < n; i++)
		if (!walk_year(room, years[i], list, places, e))
			return false;
	return check_unplaced(room, list, e);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Adoption, year by year, a few bundles an act: it can be stopped and run
 * again. Only `balcao audit adopt` calls it.
 */
#include "services/adopt.h"

#include <stdlib.h>
#include <string.h>

#include "audit/checkpoint.h"
#include "audit/entry.h"
#include "audit/tile.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/conf.h"
#include "lib/db.h"
#include "lib/err.h"
#include "lib/str.h"
#include "schema/registry.h"
#include "schema/statements.h"
#include "services/act.h"
#include "services/keyring.h"
#include "services/leafcheck.h"
#include "services/origin.h"
#include "services/room.h"
#include "services/shard.h"
#include "services/shelf.h"
#include "services/standing.h"

enum {
	SOME = 16		/* bundles of an act */
};

struct adopting {
	struct room	*room;
	const char	*folder;	/* of the year */
	struct adoption	*result;
	struct checkpoint signed_last;
	struct shard	 shard;		/* as the database has it */
	bool		 fresh;		/* it has no row for the year */
	int64_t		 low;
};

/* ---- what was signed ---- */

static bool
read_signed(struct room *room, struct arena *arena, int year,
    const char *path, struct checkpoint *c, struct err *e)
{
	const char *origin = origin_of(arena, conf_text(room->conf,
	    "authority", "origin"), year);
	const struct keyring_public *public = keyring_find(&room->publics,
	    ROOM_SIGNER);
	struct note_key key;
	struct bytes file;
	struct note note;

	c->size = 0;
	if (!shelf_read(arena, path, &file, e))
		return false;
	if (file.p != NULL && file.n > 7 && memcmp(file.p, "signed ", 7)
	    == 0) {
		const uint8_t *line = memchr(file.p, '\n', file.n);

		if (line != NULL)
			file = bytes(line + 1, (size_t)(file.p + file.n -
			    line - 1));
	}
	if (file.p == NULL)
		return true;
	if (public == NULL || !origin_key(origin, public->sign, &key, e) ||
	    !checkpoint_read(arena, file, c, &note, e))
		return err_at(e, path);
	return (str_equal(c->origin, origin) && note_check(&note, &key, NULL)
	    == NOTE_GOOD) || err_set(e, ERR_CONFLICT, "%.150s is not signed "
	    "by the log's key", path);
}

/* The signer's record, where it can be read, is the last word: a crash may
 * have kept its checkpoint from being published. */
static bool
find_signed(struct room *room, struct arena *arena, int year,
    struct checkpoint *newest, struct err *e)
{
	const char *published = arena_printf(arena, "%s/%d/checkpoint",
	    conf_text(room->conf, "path", "tiles"), year);
	const char *record = arena_printf(arena, "%s/%d",
	    conf_text(room->conf, "path", "signer"), year);
	struct checkpoint c;

	if (!read_signed(room, arena, year, published, newest, e))
		return false;
	if (read_signed(room, arena, year, record, &c, NULL) &&
	    c.size > newest->size)
		*newest = c;
	return true;
}

/* ---- bundles ---- */

struct some {
	struct adopting	*a;
	struct leaf	*leaf;
	size_t		 n;
	uint64_t	 from;
	struct shard	 shard;
	struct buf	 seq, nodes, chains;
};

/* A bundle as it was published for this tree, or the full one. */
static bool
read_bundle(const struct adopting *a, struct arena *arena, uint64_t index,
    struct bytes *out, struct err *e)
{
	struct tile t = { .entries = true, .index = index };
	char name[TILE_PATH];

	t.width = tile_width(0, index, a->signed_last.size);
	if (!shelf_read(arena, arena_printf(arena, "%s/%s", a->folder,
	    tile_path(&t, name)), out, e))
		return false;
	t.width = TILE_WIDTH;
	if (out->p == NULL && !shelf_read(arena, arena_printf(arena, "%s/%s",
	    a->folder, tile_path(&t, name)), out, e))
		return false;
	return out->p != NULL || err_set(e, ERR_CONFLICT, "%.100s/%s is not "
	    "there, and the database lacks its entries", a->folder, name);
}

static bool
take_leaf(struct some *s, struct arena *arena, struct bytes bytes_of_leaf,
    struct err *e)
{
	struct adoption *r = s->a->result;
	struct leaf *leaf = &s->leaf[s->n++];
	struct hash hash = tree_leaf(bytes_of_leaf);
	struct entry_read read;

	if (!entry_parse(bytes_of_leaf, &read, e))
		return false;
	leaf->bytes = bytes_of_leaf;
	leaf->year = origin_year_at((instant)read.at);
	memcpy(leaf->event.b, read.id.p, UUID_SIZE);
	buf_put(&s->seq, leaf->event.b, UUID_SIZE);
	buf_put(&s->seq, hash.b, sizeof hash.b);
	shard_add(&s->shard, &hash, &s->nodes);
	if (r->rescued++ == 0 || (instant)read.at < r->first)
		r->first = (instant)read.at;
	if ((instant)read.at > r->last)
		r->last = (instant)read.at;
	(void)arena;
	return true;
}

/* From the database's end to that of the SOMEth bundle, or of the log. */
static bool
read_some(struct some *s, struct arena *arena, struct err *e)
{
	struct adopting *a = s->a;
	uint64_t end = (a->shard.size / TILE_WIDTH + SOME) * TILE_WIDTH;

	if (end > a->signed_last.size)
		end = a->signed_last.size;
	while (s->shard.size < end) {
		uint64_t index = s->shard.size / TILE_WIDTH;
		uint64_t i = index * TILE_WIDTH;
		struct bytes all, entry;
		size_t at = 0;

		if (!read_bundle(a, arena, index, &all, e))
			return false;
		for (; at < all.n && s->shard.size < end; i++) {
			if (!tile_take_entry(all, &at, &entry, e))
				return false;
			if (i == s->shard.size &&
			    !take_leaf(s, arena, entry, e))
				return false;
		}
		if (s->shard.size < end && s->shard.size / TILE_WIDTH ==
		    index)
			return err_set(e, ERR_CONFLICT, "bundle %llu of the "
			    "log is too short", (unsigned long long)index);
	}
	return true;
}

static bool
rescue_body(struct act *act, void *arg, struct err *e)
{
	const struct some *s = arg;
	const struct db_value year = db_int(s->shard.year);
	const struct db_value low = db_int(s->a->low);
	const struct db_value from = db_int((int64_t)s->from);
	struct hash root = shard_root(&s->shard);

	(void)e;
	if (s->a->fresh)
		act_add(act, QUERY_SEALER_YEAR_NEW, (struct db_value[]){ year,
		    low }, 2, NULL);
	act_add(act, QUERY_SEALER_ADVANCE, (struct db_value[]){ year, from,
	    db_int((int64_t)s->shard.size),
	    db_bytes(bytes(root.b, sizeof root.b)), low }, 5, NULL);
	act_add(act, QUERY_SEALER_SEQ, (struct db_value[]){ year, from,
	    db_bytes(buf_bytes(&s->seq)) }, 3, NULL);
	if (s->nodes.n > 0)
		act_add(act, QUERY_SEALER_NODES, (struct db_value[]){ year,
		    db_bytes(buf_bytes(&s->nodes)) }, 2, NULL);
	if (s->chains.n > 0)
		act_add(act, QUERY_SEALER_CHAINS, (struct db_value[]){
		    db_bytes(buf_bytes(&s->chains)) }, 1, NULL);
	for (size_t i = 0; i < s->n; i++)
		act_add(act, QUERY_ADOPT_RESCUE, (struct db_value[]){ year,
		    db_int((int64_t)(s->from + i)),
		    db_bytes(s->leaf[i].bytes) }, 3, NULL);
	return true;
}

static bool
rescue_some(struct adopting *a, struct arena *arena, bool write,
    struct err *e)
{
	const size_t most = SOME * TILE_WIDTH;
	struct some s = {
		.a = a,
		.leaf = arena_array(arena, most, sizeof *s.leaf),
		.from = a->shard.size,
		.shard = a->shard,
		.seq = buf_new(arena, most * SHARD_SEQ),
		.nodes = buf_new(arena, SHARD_NODE * (SOME + 2)),
		.chains = buf_new(arena, LEAFCHECK_CHAIN * 16),
	};

	if (!read_some(&s, arena, e))
		return false;
	if (write && (!leafcheck_all(arena, a->room->db, NULL, NULL, s.leaf,
	    s.n, &s.chains, e) || !act_run(a->room, arena, NULL, rescue_body,
	    &s, e)))
		return false;
	a->fresh = a->fresh && !write;
	a->shard = s.shard;
	return true;
}

/* First without writing: does what is there lead to the signed root? */
static bool
rescue_all(struct adopting *a, bool write, struct err *e)
{
	struct hash root;
	bool ok = true;

	while (ok && a->shard.size < a->signed_last.size) {
		struct arena *arena = arena_new(0);

		ok = rescue_some(a, arena, write, e);
		arena_free(arena);
	}
	if (!ok)
		return false;
	root = shard_root(&a->shard);
	return tree_same(&root, &a->signed_last.root) || err_set(e,
	    ERR_CONFLICT, "the log of %d as it was signed does not go on "
	    "from what this database has: one of them was changed. Nothing "
	    "was adopted", a->shard.year);
}

/* ---- a year ---- */

static bool
find_state(struct adopting *a, struct arena *arena, int year,
    struct err *e)
{
	struct hash root = tree_empty();
	uint64_t size = 0;
	struct db_rows *rows;

	a->fresh = true;
	if (!db_ask(a->room->db, arena, QUERY_SEALER_STATES, NULL, 0, &rows,
	    e))
		return false;
	for (size_t i = 0; i < db_count(rows); i++) {
		struct db_row row = db_row(rows, i);
		bool is = db_take_int(&row) == year;
		int64_t n = db_take_int(&row), low = db_take_int(&row);
		struct bytes b = db_take_bytes(&row);

		if (low > a->low)
			a->low = low;
		if (!is || b.n != CRYPTO_HASH)
			continue;
		a->fresh = false;
		size = (uint64_t)n;
		memcpy(root.b, b.p, sizeof root.b);
	}
	return shard_load(&a->shard, arena, a->room->db, year, size, &root,
	    e);
}

static bool
adopt_year(struct room *room, struct arena *arena, int year,
    struct adoption *result, struct err *e)
{
	struct adoption count = *result;
	struct adopting a = { .room = room, .result = &count };
	struct shard before;
	bool fresh;

	a.folder = arena_printf(arena, "%s/%d", conf_text(room->conf, "path",
	    "tiles"), year);
	if (!find_signed(room, arena, year, &a.signed_last, e) ||
	    !find_state(&a, arena, year, e))
		return false;
	if (a.shard.size >= a.signed_last.size)
		return true;
	before = a.shard;
	fresh = a.fresh;
	if (!rescue_all(&a, false, e))
		return false;
	a.shard = before;
	a.fresh = fresh;
	a.result = result;
	return rescue_all(&a, true, e);
}

/* ---- all ---- */

struct telling {
	const struct adoption *result;
	bool		 cluster;
};

static bool
tell_body(struct act *act, void *arg, struct err *e)
{
	const struct telling *t = arg;
	const struct db_value n = db_int((int64_t)t->result->rescued);
	const struct entry_value values[] = {
		{ COLUMN_AUDIT_RESCUED_IDX, &n },
	};

	if (t->cluster) {
		act_add(act, QUERY_ADOPT_CLUSTER, NULL, 0, NULL);
		act_add(act, QUERY_ADOPT_SWEEP, NULL, 0, NULL);
	}
	return act_say(act, &(struct act_entry){
	    .type = EVENT_CONFIGURATION,
	    .purpose = PURPOSE_OPERATION,
	    .table = TABLE_AUDIT_CLUSTER,
	    .values = values,
	    .n = sizeof values / sizeof *values }, NULL, e);
}

static bool
lock(struct room *room, struct arena *arena, struct err *e)
{
	struct db_rows *rows;
	struct db_row row;

	if (!db_ask(room->db, arena, QUERY_SEALER_LOCK, NULL, 0, &rows, e))
		return false;
	row = db_row(rows, 0);
	return db_take_bool(&row) || err_set(e, ERR_BUSY, "a sequencer works "
	    "on this database: stop all programs first");
}

bool
adopt_run(struct room *room, struct arena *arena, struct adoption *result,
    struct err *e)
{
	int now = origin_year_at(clock_now());
	struct telling telling = { .result = result };
	struct err why = { 0 };

	*result = (struct adoption){ .cluster = false };
	if (!lock(room, arena, e))
		return false;
	if (!standing_check(room, arena, &why)) {
		if (!standing_refused(&why)) {
			*e = why;
			return false;
		}
		result->cluster = err_is(&why, STANDING_CLUSTER);
	}
	telling.cluster = result->cluster;
	for (int year = now - 1; year <= now; year++)
		if (!adopt_year(room, arena, year, result, e))
			return false;
	return (!result->cluster && result->rescued == 0) || act_run(room,
	    arena, NULL, tell_body, &telling, e);
}

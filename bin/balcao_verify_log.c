/* SPDX-License-Identifier: Apache-2.0 */
/*
 * balcao-verify log: every entry is hashed into the tree, every tile compared
 * with what its entries make, and the root with the one that was signed.
 * Where bundle and tile differ, the signed root says which of them is wrong.
 */
#include "bin/balcao_verify_log.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "audit/tile.h"
#include "audit/tree.h"
#include "bin/balcao_verify.h"
#include "bin/balcao_verify_file.h"
#include "lib/arena.h"
#include "lib/err.h"

/* The tile of a level that is being filled. */
struct level {
	struct tree	tree;		/* over its hashes alone */
	struct hash	hash[TILE_WIDTH];
	uint64_t	index;
};

struct walk {
	struct verify	*v;
	struct folder	 bundles, tiles;
	struct level	 level[TILE_LEVELS];
	uint64_t	 size;
	log_entry	*each;
	void		*arg;
	bool		 ours;
	/* From the first bundle on that differs from its tile: the tree that
	 * the tiles make. */
	bool		 split;
	struct tree	 other;
	char		 differs[TILE_PATH + 32];
	char		 bad_tile[TILE_PATH];
	uint64_t	 bad_tiles;
};

/* The tree of all entries so far: level by level, each tile's peaks. */
static struct tree
whole(const struct walk *w)
{
	struct tree t = { 0 };

	for (unsigned l = TILE_LEVELS; l-- > 0;) {
		const struct tree *part = &w->level[l].tree;

		t.size = t.size << TILE_HEIGHT | part->size;
		memcpy(&t.peak[l * TILE_HEIGHT], part->peak,
		    TILE_HEIGHT * sizeof t.peak[0]);
	}
	return t;
}

static void
note_bad_tile(struct walk *w, const struct tile *tile)
{
	if (w->bad_tiles++ == 0)
		tile_path(tile, w->bad_tile);
}

/* Where the first bundle begins that differs, all tiles still agree. */
static void
split(struct walk *w, const uint8_t *hashes)
{
	struct level *l = &w->level[0];
	uint64_t width = l->tree.size;
	struct tile bundle = { .entries = true, .index = l->index,
	    .width = (unsigned)width };
	char name[TILE_PATH];
	unsigned at = 0;

	while (memcmp(hashes + at * CRYPTO_HASH, l->hash[at].b,
	    CRYPTO_HASH) == 0)
		at++;
	snprintf(w->differs, sizeof w->differs, "%s, entry %u",
	    tile_path(&bundle, name), at + 1);
	l->tree.size = 0;
	w->other = whole(w);
	l->tree.size = width;
	w->split = true;
}

static void
follow_tiles(struct walk *w, const uint8_t *hashes, bool same)
{
	struct hash h;

	if (same && !w->split)
		return;
	if (!w->split)
		split(w, hashes);
	for (uint64_t i = 0; i < w->level[0].tree.size; i++) {
		memcpy(h.b, hashes + i * CRYPTO_HASH, CRYPTO_HASH);
		tree_add(&w->other, &h);
	}
}

static bool
compare(struct walk *w, unsigned level, struct err *e)
{
	struct level *l = &w->level[level];
	struct tile tile = { .level = level, .index = l->index,
	    .width = (unsigned)l->tree.size };
	struct err why = { 0 };
	char name[TILE_PATH];
	struct bytes file;
	bool same;

	if (!folder_tile(&w->tiles, &tile, &file, &why)) {
		if (why.code == ERR_SYSTEM)
			return err_set(e, why.code, "%s", why.text);
		report_broken(&w->v->report, tile_path(&tile, name),
		    "A tile is missing or cut: %s.", why.text);
		return true;
	}
	same = memcmp(file.p, l->hash, file.n) == 0;
	if (!same)
		note_bad_tile(w, &tile);
	if (level == 0)
		follow_tiles(w, file.p, same);
	return true;
}

static void
add_hash(struct level *l, const struct hash *h)
{
	l->hash[l->tree.size] = *h;
	tree_add(&l->tree, h);
}

/* A bundle's entries are all in: compare their tile, and each that this one
 * fills above it. */
static bool
finish_bundle(struct walk *w, struct err *e)
{
	for (unsigned level = 0; level < TILE_LEVELS - 1; level++) {
		struct level *l = &w->level[level];
		struct hash root;

		if (!compare(w, level, e))
			return false;
		if (l->tree.size < TILE_WIDTH)
			return true;
		root = l->tree.peak[TILE_HEIGHT];
		l->tree.size = 0;
		l->index++;
		add_hash(&w->level[level + 1], &root);
		if (w->level[level + 1].tree.size < TILE_WIDTH)
			return true;
	}
	return true;
}

/* The rightmost tiles above the entries. */
static bool
finish_rest(struct walk *w, struct err *e)
{
	for (unsigned level = 1; level < TILE_LEVELS; level++)
		if (w->level[level].tree.size > 0 && !compare(w, level, e))
			return false;
	return true;
}

static void
look_at(struct walk *w, const struct tile *bundle, unsigned i,
    struct bytes leaf)
{
	uint64_t index = bundle->index * TILE_WIDTH + i;
	struct entry_read r;
	struct err why = { 0 };
	char name[TILE_PATH];

	if (entry_parse(leaf, &r, &why)) {
		if (w->each != NULL)
			w->each(w->arg, index, leaf, &r);
		return;
	}
	if (index == 0) {
		w->ours = false;
		return;
	}
	report_broken(&w->v->report, arena_printf(w->v->arena,
	    "%s, entry %u", tile_path(bundle, name), i + 1),
	    "Entry %" PRIu64 " (%s, entry %u) is none of ours: %s.", index,
	    tile_path(bundle, name), i + 1, why.text);
}

/* The byte before an entry is the low one of its length, which has been read:
 * as RFC 6962's 0x00 it saves a call for each leaf. */
static struct hash
leaf_hash_in_place(uint8_t *entry, size_t n)
{
	entry[-1] = 0;
	return crypto_sha256(bytes(entry - 1, n + 1));
}

static bool
walk_bundle(struct walk *w, const struct tile *bundle, struct err *e)
{
	struct err why = { 0 };
	char name[TILE_PATH];
	struct bytes leaf;
	struct hash h;
	size_t n, at = 0;
	uint8_t *p;
	unsigned i;

	if (!folder_read(&w->bundles, bundle, &p, &n, &why)) {
		if (why.code == ERR_SYSTEM)
			return err_set(e, why.code, "%s", why.text);
		report_broken(&w->v->report, tile_path(bundle, name),
		    "A bundle is missing: %s.", why.text);
		return err_set(e, ERR_ABSENT, "%s", why.text);
	}
	for (i = 0; i < bundle->width; i++) {
		if (!tile_take_entry(bytes(p, n), &at, &leaf, &why))
			break;
		if (w->ours)
			look_at(w, bundle, i, leaf);
		h = leaf_hash_in_place(p + (leaf.p - p), leaf.n);
		add_hash(&w->level[0], &h);
	}
	if (i == bundle->width && (at == n || bundle->width < TILE_WIDTH))
		return finish_bundle(w, e);
	report_broken(&w->v->report, tile_path(bundle, name), "%s does not "
	    "hold %u entries: %s.", tile_path(bundle, name), bundle->width,
	    i < bundle->width ? why.text : "bytes left over");
	return err_set(e, ERR_ABSENT, "%s", name);
}

static bool
walk_all(struct walk *w, struct err *e)
{
	struct tile t;

	for (bool more = tile_first(0, w->size, &t); more && t.entries;
	    more = tile_next(0, w->size, &t))
		if (!walk_bundle(w, &t, e))
			return false;
	return finish_rest(w, e);
}

static void
say_root(struct walk *w, const struct signed_checkpoint *c)
{
	struct report *r = &w->v->report;
	struct tree tree = whole(w);
	struct hash root = tree_root(&tree), other = tree_root(&w->other);

	if (tree_same(&root, &c->checkpoint.root)) {
		report_put(r, FINDING_PROVED, "All %" PRIu64 " entries make "
		    "the root that the checkpoint says.", w->size);
		if (w->bad_tiles > 0)
			report_broken(r, w->bad_tile, "%" PRIu64 " tiles are "
			    "not what the entries make, the first is %s.",
			    w->bad_tiles, w->bad_tile);
		else
			report_put(r, FINDING_PROVED, "Every tile is what the "
			    "entries make.");
		return;
	}
	if (w->split && tree_same(&other, &c->checkpoint.root))
		report_broken(r, w->differs, "%s was changed: the tile above "
		    "it, and not it, leads to the root.", w->differs);
	else if (w->bad_tiles > 0)
		report_broken(r, w->split ? w->differs : w->bad_tile,
		    "Entries and tiles differ (%s, %s), and neither make the "
		    "root that the checkpoint says.", w->split ? w->differs
		    : "entries", w->bad_tile);
	else
		report_broken(r, c->file, "Entries and tiles make another "
		    "root than the one in %s.", c->file);
}

bool
log_walk(struct verify *v, const char *path, log_entry *each, void *arg,
    bool *ours, struct err *e)
{
	const char *file = v->checkpoint != NULL ? v->checkpoint
	    : arena_printf(v->arena, "%s/checkpoint", path);
	struct walk *w = arena_alloc(v->arena, sizeof *w);
	struct signed_checkpoint c;
	struct err why = { 0 };
	bool good;

	if (!verify_read_checkpoint(v, file, &c, &good, e))
		return false;
	*ours = false;
	if (!good)
		return true;
	verify_signatures(v, &c);
	w->v = v;
	w->bundles = (struct folder){ .path = path, .arena = v->arena };
	w->tiles = w->bundles;
	w->size = c.checkpoint.size;
	w->ours = !v->opaque;
	w->each = each;
	w->arg = arg;
	if (!walk_all(w, &why)) {
		*ours = w->ours;
		return why.code == ERR_ABSENT
		    || err_set(e, why.code, "%s", why.text);
	}
	say_root(w, &c);
	*ours = w->ours;
	return true;
}

bool
verify_log(struct verify *v, struct err *e)
{
	bool ours;

	if (!log_walk(v, v->file[0], NULL, NULL, &ours, e))
		return false;
	if (ours)
		report_put(&v->report, FINDING_PROVED, "Each entry that was "
		    "read is of our kind, in its one right form.");
	else
		report_put(&v->report, FINDING_ASIDE, "What the entries say: "
		    "they are not of our kind, or --opaque was given.");
	return true;
}

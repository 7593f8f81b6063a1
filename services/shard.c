/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The right edge of a tree. It repeats no arithmetic of audit/tree.c: each
 * tile on its way is a small tree of its own, and the root is what is left
 * when all their peaks are folded together from the right.
 */
#include "services/shard.h"

#include <string.h>

#include "lib/buf.h"
#include "lib/err.h"
#include "services/proof.h"

static void
put_node(struct buf *nodes, unsigned level, uint64_t index,
    const struct hash *hash)
{
	buf_u8(nodes, (uint8_t)(level * TILE_HEIGHT));
	buf_u64(nodes, index);
	buf_put(nodes, hash->b, sizeof hash->b);
}

void
shard_add(struct shard *s, const struct hash *leaf, struct buf *nodes)
{
	struct hash hash = *leaf;

	s->size++;
	for (unsigned l = 0; l < TILE_LEVELS; l++) {
		tree_add(&s->edge[l], &hash);
		if (s->edge[l].size < TILE_WIDTH)
			return;
		hash = tree_root(&s->edge[l]);
		memset(&s->edge[l], 0, sizeof s->edge[l]);
		put_node(nodes, l + 1, (s->size >> (TILE_HEIGHT * (l + 1))) - 1,
		    &hash);
	}
}

struct hash
shard_root(const struct shard *s)
{
	struct hash root = tree_empty();
	bool any = false;

	for (unsigned l = 0; l < TILE_LEVELS; l++)
		for (unsigned i = 0; i < TILE_HEIGHT; i++) {
			const struct tree *t = &s->edge[l];

			if ((t->size >> i & 1) == 0)
				continue;
			root = any ? tree_node(&t->peak[i], &root) :
			    t->peak[i];
			any = true;
		}
	return root;
}

static bool
load_level(struct shard *s, unsigned level, struct tile_source *source,
    struct err *e)
{
	uint64_t all = s->size >> (TILE_HEIGHT * level);
	struct tile t = { .level = level, .index = all / TILE_WIDTH,
	    .width = (unsigned)(all % TILE_WIDTH) };
	struct bytes hashes;

	if (t.width == 0)
		return true;
	if (!source->read(source->arg, &t, &hashes, e))
		return false;
	for (unsigned i = 0; i < t.width; i++) {
		struct hash h;

		memcpy(h.b, hashes.p + (size_t)i * CRYPTO_HASH, sizeof h.b);
		tree_add(&s->edge[level], &h);
	}
	return true;
}

bool
shard_load(struct shard *s, struct arena *arena, struct db *db, int year,
    uint64_t size, const struct hash *root, struct err *e)
{
	struct proof_rows rows = { .db = db, .arena = arena, .year = year };
	struct tile_source source = proof_source(&rows, size);
	struct hash is;

	memset(s, 0, sizeof *s);
	s->year = year;
	s->size = size;
	for (unsigned l = 0; l < TILE_LEVELS; l++)
		if (!load_level(s, l, &source, e))
			return false;
	is = shard_root(s);
	return tree_same(&is, root) || err_set(e, ERR_SYSTEM, "year %d: the "
	    "index of %llu entries does not have the root that was kept; run "
	    "balcao audit seq", year, (unsigned long long)size);
}

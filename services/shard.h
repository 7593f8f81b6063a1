/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A year's log as the sequencer holds it: its size, and the right edge of its
 * tree - for each level of tiles the tile that is not full yet. That is all
 * it takes to go on, to know the root, and to see tiles fill up.
 */
#ifndef SERVICES_SHARD_H
#define SERVICES_SHARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "audit/tile.h"
#include "audit/tree.h"

struct arena;
struct buf;
struct db;
struct err;

enum {
	SHARD_NODE = 1 + 8 + CRYPTO_HASH,	/* level | index | hash */
	SHARD_SEQ = 16 + CRYPTO_HASH		/* event id | leaf hash */
};

struct shard {
	int		 year;
	uint64_t	 size;
	bool		 closed;
	int64_t		 mark;		/* 0: none was taken */
	uint64_t	 published;	/* size of its newest checkpoint */
	bool		 seen;		/* its file is known to be there */
	struct hash	 taken;		/* of the cosigned note kept last */
	struct tree	 edge[TILE_LEVELS];
};

/* Read the right edge of this year's tree of size leaves, and compare its
 * root. ERR_SYSTEM: the index is not what it was. */
bool	shard_load(struct shard *, struct arena *, struct db *, int year,
	    uint64_t size, const struct hash *root, struct err *e);

/* One leaf more. Each tile that it fills is added to nodes, SHARD_NODE bytes
 * a tile. */
void	shard_add(struct shard *, const struct hash *leaf,
	    struct buf *nodes);

struct hash	shard_root(const struct shard *);

#endif

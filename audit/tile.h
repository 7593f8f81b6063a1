/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tiles and entry bundles of C2SP tlog-tiles: their names, which of them a
 * tree has, what is in them. Nothing here opens a file.
 *
 * A tile of level L holds up to 256 hashes, each over 256^L leaves; hash i of
 * tile (L, N) is the subtree (8 L, 256 N + i) of audit/tree.h. A bundle holds
 * the entries below the level-0 tile of its index, each as u16 length | bytes.
 */
#ifndef AUDIT_TILE_H
#define AUDIT_TILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "audit/tree.h"
#include "lib/bytes.h"

struct buf;
struct err;

enum {
	TILE_WIDTH = 256,
	TILE_HEIGHT = 8,
	TILE_LEVELS = 8,	/* 256^8 > 2^63 */
	TILE_BYTES = TILE_WIDTH * CRYPTO_HASH,
	TILE_PATH = 64,		/* of any name, with its NUL */
	TILE_ENTRY_MAX = UINT16_MAX
};

struct tile {
	bool		entries;	/* a bundle; level is 0 */
	unsigned	level;
	uint64_t	index;
	unsigned	width;		/* 1 to 256; 256 is a full one */
};

/* "tile/0/x001/234.p/7", "tile/entries/000". */
const char	*tile_path(const struct tile *, char out[TILE_PATH]);
/* The one that has exactly this name. ERR_INPUT. */
bool		 tile_parse(const char *, struct tile *, struct err *e);

/*
 * What a tree of so many leaves has that one of old leaves had not (old = 0:
 * all), bundles first, then tiles level by level, each from left to right:
 *
 *	for (more = tile_first(old, size, &t); more; more = tile_next(old,
 *	    size, &t))
 */
bool		 tile_first(uint64_t old, uint64_t size, struct tile *);
bool		 tile_next(uint64_t old, uint64_t size, struct tile *);

/* The width of a tile of that level and index in a tree of this size; 0 is
 * no tile. */
unsigned	 tile_width(unsigned level, uint64_t index, uint64_t size);

/*
 * Tiles as the nodes of a tree, for tree_prove_*() and tree_load(). read()
 * hands out width * 32 bytes, which stay as they are until its next call.
 */
struct tile_source {
	bool		(*read)(void *arg, const struct tile *,
			    struct bytes *, struct err *e);
	void		*arg;
	uint64_t	 size;		/* of the tree whose tiles are asked */
};

/* A tree_get; arg is a struct tile_source. */
bool		 tile_get(void *source, unsigned level, uint64_t index,
		    struct hash *, struct err *e);

/* A bundle. put: n <= TILE_ENTRY_MAX, or ERR_LIMIT. */
bool		 tile_put_entry(struct buf *, struct bytes entry,
		    struct err *e);

/* Entry by entry from *at (0 at first); at the end it is all.n. ERR_INPUT:
 * cut off within an entry. The caller counts them. */
bool		 tile_take_entry(struct bytes all, size_t *at,
		    struct bytes *entry, struct err *e);

#endif

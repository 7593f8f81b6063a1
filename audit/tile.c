/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names and contents of tiles. Nothing here opens a file: the sealer writes
 * them, balcao-verify reads them, nginx serves them.
 */
#include "audit/tile.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "lib/buf.h"
#include "lib/err.h"

enum {
	GROUP = 1000,		/* three digits of an index a path element */
	GROUPS = 7,		/* 2^63 has nineteen digits */
	PREFIX = 2		/* u16 length of an entry */
};

const char *
tile_path(const struct tile *t, char out[TILE_PATH])
{
	uint64_t left = t->index, unit = 1;
	size_t n;

	if (t->entries)
		n = (size_t)snprintf(out, TILE_PATH, "tile/entries/");
	else
		n = (size_t)snprintf(out, TILE_PATH, "tile/%u/", t->level);
	while (left / unit >= GROUP)
		unit *= GROUP;
	for (; unit >= GROUP; unit /= GROUP)
		n += (size_t)snprintf(out + n, TILE_PATH - n,
		    "x%03" PRIu64 "/", left / unit % GROUP);
	n += (size_t)snprintf(out + n, TILE_PATH - n, "%03" PRIu64,
	    left % GROUP);
	if (t->width < TILE_WIDTH)
		snprintf(out + n, TILE_PATH - n, ".p/%u", t->width);
	return out;
}

/* Decimal digits from *s on; at most six of them. */
static unsigned
take_digits(const char **s)
{
	unsigned value = 0;

	for (int i = 0; i < 6 && **s >= '0' && **s <= '9'; i++, ++*s)
		value = value * 10 + (unsigned)(**s - '0');
	return value;
}

static bool
take_word(const char **s, const char *word)
{
	size_t n = strlen(word);

	if (strncmp(*s, word, n) != 0)
		return false;
	*s += n;
	return true;
}

/* Read loosely, then written again: only the one right name is the same. */
bool
tile_parse(const char *path, struct tile *out, struct err *e)
{
	struct tile t = { .width = TILE_WIDTH };
	const char *s = path;
	char again[TILE_PATH];
	bool more = take_word(&s, "tile/");

	t.entries = take_word(&s, "entries/");
	if (!t.entries) {
		t.level = take_digits(&s);
		more = take_word(&s, "/") && more;
	}
	for (int i = 0; more && i < GROUPS; i++) {
		more = take_word(&s, "x");
		t.index = t.index * GROUP + take_digits(&s) % GROUP;
		more = more && take_word(&s, "/");
	}
	if (take_word(&s, ".p/"))
		t.width = take_digits(&s);
	if (t.level >= TILE_LEVELS || t.width == 0 || t.width > TILE_WIDTH
	    || strlen(path) >= TILE_PATH
	    || strcmp(tile_path(&t, again), path) != 0)
		return err_set(e, ERR_INPUT, "no name of a tile");
	*out = t;
	return true;
}

/* How many hashes level L has over so many leaves. */
static uint64_t
hashes_at(unsigned level, uint64_t size)
{
	return size >> (TILE_HEIGHT * level);
}

unsigned
tile_width(unsigned level, uint64_t index, uint64_t size)
{
	uint64_t n = level < TILE_LEVELS ? hashes_at(level, size) : 0;

	if (index > n / TILE_WIDTH)
		return 0;
	return index < n / TILE_WIDTH ? TILE_WIDTH
	    : (unsigned)(n % TILE_WIDTH);
}

/* The first of this kind and level that the old tree had not, or had not in
 * this width; then the next level's. */
static bool
first_from(uint64_t old, uint64_t size, struct tile *t)
{
	for (; t->level < TILE_LEVELS; t->level++) {
		uint64_t had = hashes_at(t->level, old);

		t->index = had / TILE_WIDTH;
		t->width = tile_width(t->level, t->index, size);
		if (t->width > 0 && hashes_at(t->level, size) > had)
			return true;
	}
	return false;
}

bool
tile_first(uint64_t old, uint64_t size, struct tile *t)
{
	*t = (struct tile){ .entries = true };
	return size > old && first_from(old, size, t);
}

bool
tile_next(uint64_t old, uint64_t size, struct tile *t)
{
	t->index++;
	t->width = tile_width(t->level, t->index, size);
	if (t->width > 0)
		return true;
	if (t->entries)
		t->entries = false;
	else
		t->level++;
	return first_from(old, size, t);
}

/* The root of the subtree over n hashes, a power of two of them. */
static struct hash
fold(const uint8_t *hashes, unsigned n)
{
	struct tree t = { 0 };
	struct hash h;

	for (unsigned i = 0; i < n; i++) {
		memcpy(h.b, hashes + i * sizeof h.b, sizeof h.b);
		tree_add(&t, &h);
	}
	return tree_root(&t);
}

bool
tile_get(void *arg, unsigned level, uint64_t index, struct hash *out,
    struct err *e)
{
	const struct tile_source *source = arg;
	unsigned up = level % TILE_HEIGHT;
	uint64_t first = index << up;
	struct tile t = { .level = level / TILE_HEIGHT,
	    .index = first / TILE_WIDTH };
	struct bytes hashes;
	unsigned at = (unsigned)(first % TILE_WIDTH);

	t.width = tile_width(t.level, t.index, source->size);
	if (t.width < at + (1u << up))
		return err_set(e, ERR_INPUT, "no such node in this tree");
	if (!source->read(source->arg, &t, &hashes, e))
		return false;
	if (hashes.n != (size_t)t.width * CRYPTO_HASH)
		return err_set(e, ERR_INPUT, "a tile of another length");
	*out = fold(hashes.p + (size_t)at * CRYPTO_HASH, 1u << up);
	return true;
}

bool
tile_put_entry(struct buf *b, struct bytes entry, struct err *e)
{
	if (entry.n > TILE_ENTRY_MAX)
		return err_set(e, ERR_LIMIT, "an entry too long for a bundle");
	buf_u16(b, (uint16_t)entry.n);
	buf_put_bytes(b, entry);
	return true;
}

bool
tile_take_entry(struct bytes all, size_t *at, struct bytes *entry,
    struct err *e)
{
	size_t left = all.n - *at, n;

	if (left < PREFIX)
		return err_set(e, ERR_INPUT, "a bundle cut off at byte %zu",
		    *at);
	n = (size_t)all.p[*at] << 8 | all.p[*at + 1];
	if (left - PREFIX < n)
		return err_set(e, ERR_INPUT, "a bundle cut off at byte %zu",
		    *at);
	*entry = bytes(all.p + *at + PREFIX, n);
	*at += PREFIX + n;
	return true;
}

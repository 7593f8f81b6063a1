/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Fuzz target: the first byte chooses between a receipt's contents, a leaf
 * and a bundle. What is read is written again to the same bytes.
 */
#include "tests/fuzz/target.h"

#include "audit/chain.h"
#include "audit/entry.h"
#include "audit/receipt.h"
#include "audit/tile.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"

enum what {
	RECEIPT,
	LEAF,
	BUNDLE,
	TILE_NAME,
	WHAT__MAX
};

static struct arena *arena;

static void
try_receipt(struct bytes in)
{
	struct entry_read leaf;
	struct receipt r;
	struct bytes plain;
	struct err e = { 0 };

	if (!receipt_decode(arena, in, &r, &e)) {
		require(e.code == ERR_INPUT, "a refusal says why");
		return;
	}
	require(bytes_equal(receipt_encode(arena, &r), in),
	    "written again, a receipt is the same");
	if (!receipt_check(arena, &r, &leaf, &e)) {
		require(e.code == ERR_INPUT && e.text[0] != '\0',
		    "a refusal says why");
		return;
	}
	for (size_t i = 0; i < r.rows; i++)
		for (size_t k = 0; k < r.row[i].openings; k++)
			require(receipt_open(arena, &r.row[i],
			    &r.row[i].opening[k], &plain, NULL),
			    "what was checked opens");
}

static void
try_leaf(struct bytes in)
{
	struct entry_read r;
	struct chain c = { 0 };
	struct err e = { 0 };

	if (!entry_parse(in, &r, &e)) {
		require(e.code == ERR_INPUT, "a refusal says why");
		return;
	}
	chain_follow(&c, &r, in, &e);
	require(c.next == r.sequence + 1, "a chain goes on behind it");
	require(!chain_follow(&c, &r, in, &e), "an entry comes once");
}

static void
try_bundle(struct bytes in)
{
	struct buf again = buf_new(arena, in.n);
	struct bytes entry;
	struct err e = { 0 };
	size_t at = 0;

	while (at < in.n && tile_take_entry(in, &at, &entry, &e))
		require(tile_put_entry(&again, entry, NULL), "it fits");
	require(at == in.n ? bytes_equal(buf_bytes(&again), in)
	    : e.code == ERR_INPUT, "a bundle is the same, or refused");
}

static void
try_name(struct bytes in)
{
	const char *name = arena_strndup(arena, (const char *)in.p, in.n);
	char again[TILE_PATH];
	struct tile t;

	if (tile_parse(name, &t, NULL))
		require(strcmp(tile_path(&t, again), name) == 0,
		    "written again, a name is the same");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static void (*const try[WHAT__MAX])(struct bytes) = {
		[RECEIPT] = try_receipt,
		[LEAF] = try_leaf,
		[BUNDLE] = try_bundle,
		[TILE_NAME] = try_name,
	};
	struct err e;

	if (arena == NULL) {
		require(crypto_init(&e), "OpenSSL starts");
		arena = arena_new(0);
	}
	if (size == 0)
		return 0;
	try[data[0] % WHAT__MAX](bytes(data + 1, size - 1));
	arena_reset(arena);
	return 0;
}

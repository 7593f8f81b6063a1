/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tiles: their names both ways, which of them a tree has, bundles, and the
 * nodes of a tree found in them.
 */
#include "audit/tile.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"

#define COUNT(array)	(sizeof(array) / sizeof *(array))

enum {
	LEAVES = 70000
};

static struct arena *arena;
static struct hash *leaves;

static int
setup(void **state)
{
	(void)state;
	arena = arena_new(0);
	if (!crypto_init(NULL))
		return -1;
	leaves = arena_array(arena, LEAVES, sizeof *leaves);
	for (size_t i = 0; i < LEAVES; i++)
		leaves[i] = tree_leaf(bytes(&i, sizeof i));
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void
names(void **state)
{
	static const struct {
		struct tile	 tile;
		const char	*name;
	} facts[] = {
		{ { false, 0, 0, 256 }, "tile/0/000" },
		{ { false, 0, 999, 256 }, "tile/0/999" },
		{ { false, 0, 1000, 256 }, "tile/0/x001/000" },
		{ { false, 3, 1234067, 256 }, "tile/3/x001/x234/067" },
		{ { false, 0, 273, 112 }, "tile/0/273.p/112" },
		{ { false, 7, 0, 1 }, "tile/7/000.p/1" },
		{ { true, 0, 0, 255 }, "tile/entries/000.p/255" },
		{ { true, 0, 12345, 256 }, "tile/entries/x012/345" },
		{ { true, 0, (UINT64_C(1) << 55) - 1, 256 },
		    "tile/entries/x036/x028/x797/x018/x963/967" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		char name[TILE_PATH];
		struct tile t;

		assert_string_equal(tile_path(&facts[i].tile, name),
		    facts[i].name);
		assert_true(tile_parse(facts[i].name, &t, NULL));
		assert_true(t.entries == facts[i].tile.entries
		    && t.level == facts[i].tile.level
		    && t.index == facts[i].tile.index
		    && t.width == facts[i].tile.width);
	}
}

static void
names_refused(void **state)
{
	static const char *const facts[] = {
		"", "tile", "tile/", "tile/0", "tile/0/", "tile/0/0",
		"tile/0/00", "tile/0/0000", "tile/0/1000", "tile/00/000",
		"tile/8/000", "tile/64/000", "tile/-1/000", "tile/ 0/000",
		"tile/0/000/", "tile/0/x000/000", "tile/0/x001/x000",
		"tile/0/001/000", "tile/0/x001/00", "tile/0/x1/000",
		"tile/0/000.p", "tile/0/000.p/", "tile/0/000.p/0",
		"tile/0/000.p/256", "tile/0/000.p/01", "tile/0/000.p/257",
		"tile/0/000.p/1/", "tile/0/000.q/1", "tile/entries",
		"tile/entries/", "tile/entries/0/000", "tile/entries/00a",
		"/tile/0/000", "tile//000", "tile/0/000 ", "tile/0/000.p/1 ",
		"checkpoint", "tile/data/000", "../tile/0/000",
		"tile/0/x001/x001/x001/x001/x001/x001/x001/x001/001",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		struct err e = { 0 };
		struct tile t;

		if (tile_parse(facts[i], &t, &e))
			fail_msg("taken: \"%s\"", facts[i]);
		assert_int_equal(e.code, ERR_INPUT);
	}
}

/* The names of what a tree has, one a word. */
static const char *
listed(uint64_t old, uint64_t size)
{
	struct buf b = buf_new(arena, 64);
	char name[TILE_PATH];
	struct tile t;

	for (bool more = tile_first(old, size, &t); more;
	    more = tile_next(old, size, &t))
		buf_printf(&b, "%s ", tile_path(&t, name) + strlen("tile/"));
	return buf_text(&b);
}

static void
what_a_tree_has(void **state)
{
	static const struct {
		uint64_t	 old, size;
		const char	*names;
	} facts[] = {
		{ 0, 0, "" },
		{ 0, 1, "entries/000.p/1 0/000.p/1 " },
		{ 1, 1, "" },
		{ 2, 1, "" },
		{ 1, 3, "entries/000.p/3 0/000.p/3 " },
		{ 0, 255, "entries/000.p/255 0/000.p/255 " },
		{ 0, 256, "entries/000 0/000 1/000.p/1 " },
		{ 255, 256, "entries/000 0/000 1/000.p/1 " },
		{ 256, 257, "entries/001.p/1 0/001.p/1 " },
		{ 256, 512, "entries/001 0/001 1/000.p/2 " },
		{ 255, 513, "entries/000 entries/001 entries/002.p/1 "
		    "0/000 0/001 0/002.p/1 1/000.p/2 " },
		{ 65535, 65536, "entries/255 0/255 1/000 2/000.p/1 " },
		{ 69999, 70000, "entries/273.p/112 0/273.p/112 " },
	};
	unsigned count[TILE_LEVELS] = { 0 }, bundles = 0;
	struct tile t;

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++)
		assert_string_equal(listed(facts[i].old, facts[i].size),
		    facts[i].names);
	for (bool more = tile_first(0, 70000, &t); more;
	    more = tile_next(0, 70000, &t)) {
		bundles += t.entries;
		count[t.level] += !t.entries;
	}
	/* tlog-tiles' own example. */
	assert_true(bundles == 274 && count[0] == 274 && count[1] == 2
	    && count[2] == 1 && count[3] == 0);
	assert_int_equal(tile_width(0, 273, 70000), 112);
	assert_int_equal(tile_width(1, 1, 70000), 17);
	assert_int_equal(tile_width(2, 0, 70000), 1);
	assert_int_equal(tile_width(3, 0, 70000), 0);
	assert_int_equal(tile_width(0, 274, 70000), 0);
}

/* One tile, from the leaves, as its definition says. */
static bool
read_tile(void *arg, const struct tile *tile, struct bytes *out,
    struct err *e)
{
	const uint64_t *size = arg;
	size_t each = (size_t)1 << (TILE_HEIGHT * tile->level);
	struct buf b = buf_new(arena, TILE_BYTES);

	(void)e;
	assert_true(tile->width == tile_width(tile->level, tile->index,
	    *size));
	for (unsigned i = 0; i < tile->width; i++) {
		struct tree t = { 0 };
		struct hash h;

		for (size_t k = 0; k < each; k++)
			tree_add(&t, &leaves[(tile->index * TILE_WIDTH + i)
			    * each + k]);
		h = tree_root(&t);
		buf_put(&b, h.b, sizeof h.b);
	}
	*out = buf_bytes(&b);
	return true;
}

static void
nodes_in_tiles(void **state)
{
	static const uint64_t sizes[] = { 1, 2, 255, 256, 257, 700, 66000 };

	(void)state;
	for (size_t i = 0; i < COUNT(sizes); i++) {
		uint64_t size = sizes[i], at[] = { 0, size / 2, size - 1 };
		struct tile_source source = { read_tile, &size, size };
		struct tree whole = { 0 }, loaded;
		struct hash root, again;

		for (size_t k = 0; k < size; k++)
			tree_add(&whole, &leaves[k]);
		root = tree_root(&whole);
		assert_true(tree_load(&loaded, size, tile_get, &source,
		    NULL));
		again = tree_root(&loaded);
		assert_true(tree_same(&root, &again));
		for (size_t k = 0; k < COUNT(at); k++) {
			struct tree_path path;

			assert_true(tree_prove_inclusion(at[k], size,
			    tile_get, &source, &path, NULL));
			assert_true(tree_check_inclusion(at[k], size,
			    &leaves[at[k]], &path, &root, NULL));
		}
		assert_false(tile_get(&source, 0, size, &again, NULL));
		assert_false(tile_get(&source, 63, 0, &again, NULL));
	}
}

static void
bundles(void **state)
{
	struct buf b = buf_new(arena, 64), large = buf_new(arena, 64);
	struct bytes entry, all;
	size_t at = 0;
	struct err e;

	(void)state;
	assert_true(tile_put_entry(&b, bytes_of("one"), NULL));
	assert_true(tile_put_entry(&b, bytes_of(""), NULL));
	assert_true(tile_put_entry(&b, bytes_of("three"), NULL));
	all = buf_bytes(&b);
	assert_true(bytes_equal(all, bytes("\0\3one\0\0\0\5three", 14)));
	assert_true(tile_take_entry(all, &at, &entry, NULL));
	assert_true(bytes_equal(entry, bytes_of("one")));
	assert_true(tile_take_entry(all, &at, &entry, NULL));
	assert_int_equal(entry.n, 0);
	assert_true(tile_take_entry(all, &at, &entry, NULL));
	assert_true(bytes_equal(entry, bytes_of("three")) && at == all.n);
	assert_false(tile_take_entry(all, &at, &entry, &e));
	for (size_t cut = 8; cut < all.n; cut++) {
		at = 7;
		assert_false(tile_take_entry(bytes(all.p, cut), &at, &entry,
		    &e));
		assert_int_equal(e.code, ERR_INPUT);
	}
	assert_true(tile_put_entry(&large, bytes(leaves, TILE_ENTRY_MAX),
	    NULL));
	assert_false(tile_put_entry(&large, bytes(leaves,
	    TILE_ENTRY_MAX + 1), &e));
	assert_int_equal(e.code, ERR_LIMIT);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(names),
		cmocka_unit_test(names_refused),
		cmocka_unit_test(what_a_tree_has),
		cmocka_unit_test(nodes_in_tiles),
		cmocka_unit_test(bundles),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("tile", tests, setup, teardown);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Receipts and promises: everything that one shows is bound to the leaf, each
 * flipped bit of its contents is refused, and so is everything that shows
 * what the leaf does not commit to. And the chains of writers.
 */
#include "audit/receipt.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "audit/chain.h"
#include "audit/image.h"
#include "audit/proof.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/cbor.h"
#include "lib/err.h"
#include "schema/registry.h"
#include "tests/unit/made_log.h"

enum {
	FILING = 3
};

static struct arena *arena;
static struct made_log made;
static struct receipt sound;

static int
setup(void **state)
{
	(void)state;
	arena = arena_new(0);
	made_log_init(&made, arena);
	for (int i = 0; i < 6; i++)
		made_log_add(&made, i % 2);
	sound = made.receipt[FILING];
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

/* A copy whose rows, values and images can be changed. */
static struct receipt
copy(void)
{
	struct bytes b = receipt_encode(arena, &sound);
	struct receipt r;

	assert_true(receipt_decode(arena, b, &r, NULL));
	return r;
}

/* What is wrong with it, or "" when nothing is. */
static const char *
fault_of(const struct receipt *r)
{
	struct entry_read leaf;
	struct err e = { 0 };

	if (receipt_check(arena, r, &leaf, &e))
		return "";
	assert_int_equal(e.code, ERR_INPUT);
	return arena_strdup(arena, e.text);
}

static void
read_as_written(void **state)
{
	struct receipt r = copy();
	struct entry_read leaf;
	struct bytes plain;

	(void)state;
	assert_true(bytes_equal(receipt_encode(arena, &r),
	    receipt_encode(arena, &sound)));
	assert_true(receipt_check(arena, &r, &leaf, NULL));
	assert_int_equal(leaf.type, EVENT_CREATE);
	assert_int_equal(r.values, 4);
	assert_int_equal(r.images, 2);
	assert_int_equal(r.rows, 1);
	assert_true(receipt_open(arena, &r.row[0], &r.row[0].opening[0],
	    &plain, NULL));
	assert_true(bytes_equal(plain, bytes_of(MADE_ANSWERS)));
}

static void
a_system_entry_shows_its_room(void **state)
{
	(void)state;
	assert_string_equal(fault_of(&made.receipt[0]), "");
}

static void
each_flipped_bit_is_refused(void **state)
{
	struct bytes b = receipt_encode(arena, &sound);
	uint8_t *p = arena_alloc(arena, b.n);
	struct arena *a = arena_new(0);
	size_t in_leaf = 0;

	(void)state;
	memcpy(p, b.p, b.n);
	for (size_t bit = 0; bit < 8 * b.n; bit++) {
		struct entry_read leaf;
		struct receipt r;
		struct hash h;

		p[bit / 8] ^= (uint8_t)(1 << bit % 8);
		if (receipt_decode(a, bytes(p, b.n), &r, NULL)
		    && receipt_check(a, &r, &leaf, NULL)) {
			/* Only of the leaf, which the tree commits to. */
			h = tree_leaf(r.leaf);
			assert_false(tree_same(&h, &made.hash[FILING]));
			in_leaf++;
		}
		p[bit / 8] ^= (uint8_t)(1 << bit % 8);
		arena_reset(a);
	}
	assert_true(in_leaf > 0);
	arena_free(a);
}

static void
faults_are_named(void **state)
{
	struct receipt r = copy();

	(void)state;
	r.salt.b[0] ^= 1;
	assert_string_equal(fault_of(&r), "the salt: it opens none of the "
	    "leaf's commitments");
	r = copy();
	r.value[1].value = r.value[0].value;
	assert_string_equal(fault_of(&r), "the value of field 10: the leaf "
	    "commits to another");
	r = copy();
	r.image[1].version++;
	assert_string_equal(fault_of(&r), "the list of row images: field 13 "
	    "commits to another");
	r = copy();
	r.images = 0;
	r.rows = 0;
	assert_string_equal(fault_of(&r), "the list of row images: field 13 "
	    "commits to another");
	r = copy();
	r.row[0].image = 1;
	assert_string_equal(fault_of(&r), "row 1: its image is another");
	r = copy();
	r.row[0].n--;
	assert_string_equal(fault_of(&r), "row 1: its image is another");
	r = copy();
	r.row[0].opening[0].key = bytes(arena_alloc(arena, RECEIPT_KEY),
	    RECEIPT_KEY);
	assert_string_equal(fault_of(&r), "row 1: the key of column 6 does "
	    "not open it");
	r = copy();
	r.row[0].opening[0].column = 1;
	assert_string_equal(fault_of(&r), "row 1: the key of column 2 does "
	    "not open it");
	r = copy();
	r.leaf.n--;
	assert_memory_equal(fault_of(&r), "the leaf: record: ", 18);
	/* An entry that commits to no case opens none. */
	r = made.receipt[0];
	r.value[r.values++] = (struct receipt_value){ 15,
	    sound.value[3].value };
	assert_string_equal(fault_of(&r), "the value of field 15: the leaf "
	    "commits to another");
	/* Nor to any row. */
	r = made.receipt[0];
	r.image = sound.image;
	r.images = 2;
	assert_string_equal(fault_of(&r), "the list of row images: field 13 "
	    "commits to another");
}

/* Another row's true values under this row's image. */
static void
nothing_is_shown_that_is_not_committed_to(void **state)
{
	struct receipt r = copy();
	const struct receipt *other = &made.receipt[FILING + 1];

	(void)state;
	r.row[0].columns = other->row[0].columns;
	r.row[0].opening = other->row[0].opening;
	assert_string_equal(fault_of(&r), "row 1: its image is another");
	r = copy();
	r.image = other->image;
	r.row[0] = other->row[0];
	assert_string_equal(fault_of(&r), "the list of row images: field 13 "
	    "commits to another");
	r = copy();
	r.row[0].opening = other->row[0].opening;
	assert_string_equal(fault_of(&r), "row 1: the key of column 6 does "
	    "not open it");
}

/* It is written and not read again; the next one is sound. */
static void
refused(struct receipt *r, const char *why)
{
	struct receipt out;
	struct err e = { 0 };

	assert_false(receipt_decode(arena, receipt_encode(arena, r), &out,
	    &e));
	assert_non_null(strstr(e.text, why));
	*r = copy();
}

static void
layouts_refused(void **state)
{
	struct receipt r = copy();
	struct receipt_value *v = r.value;
	struct receipt_value kept;
	struct receipt_row twice[2];
	struct receipt out;
	struct err e;

	(void)state;
	r.values = 0;
	refused(&r, "not one value");
	kept = v[0];
	v[0] = v[1];
	v[1] = kept;
	refused(&r, "values out of order");
	v[1] = v[0];
	refused(&r, "values out of order");
	v[0].field = 8;
	refused(&r, "a value of a field that has none");
	v[3].field = 16;
	refused(&r, "a value of a field that has none");
	v[0].value.n = 15;
	refused(&r, "a value of another size");
	v[1].value.n = 2;
	refused(&r, "a value of another size");
	r.row[0].image = 2;
	refused(&r, "rows out of order, or of no image");
	twice[0] = twice[1] = r.row[0];
	r.row = twice;
	r.rows = 2;
	refused(&r, "rows out of order, or of no image");
	r.row[0].opening[0].column = 6;
	refused(&r, "a key of another size, or of no column");
	r.row[0].opening[0].key.n = 43;
	refused(&r, "a key of another size, or of no column");
	r.row[0].n = RECEIPT_COLUMNS + 1;
	refused(&r, "too many columns");
	assert_false(receipt_decode(arena, bytes_of(""), &out, &e));
	assert_false(receipt_decode(arena, bytes("\x80", 1), &out, &e));
}

static void
cut_anywhere(void **state)
{
	struct bytes b = receipt_encode(arena, &sound);
	struct receipt r;

	(void)state;
	for (size_t n = 0; n < b.n; n++)
		assert_false(receipt_decode(arena, bytes(b.p, n), &r, NULL));
}

static void
promises(void **state)
{
	struct hash leaf = made.hash[0];
	uint8_t signature[CRYPTO_SIGNATURE];
	struct bytes b;

	(void)state;
	leaf = tree_empty();
	b = promise_bytes(arena, "town.example/log/2026", &leaf, 1767225660);
	assert_true(bytes_equal(b, bytes_of("cs-promise/1\n"
	    "town.example/log/2026\n"
	    "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
	    "1767225660\n")));
	crypto_sign(&made.seed, b, signature);
	assert_true(promise_check(arena, made.key.public,
	    "town.example/log/2026", &leaf, 1767225660,
	    bytes(signature, sizeof signature)));
	assert_false(promise_check(arena, made.key.public,
	    "town.example/log/2027", &leaf, 1767225660,
	    bytes(signature, sizeof signature)));
	assert_false(promise_check(arena, made.key.public,
	    "town.example/log/2026", &leaf, 1767225661,
	    bytes(signature, sizeof signature)));
	assert_false(promise_check(arena, made.key.public,
	    "town.example/log/2026", &made.hash[0], 1767225660,
	    bytes(signature, sizeof signature)));
}

/* ---- chains */

static const char *
follow(struct chain *c, struct bytes leaf)
{
	struct entry_read r;
	struct err e = { 0 };

	assert_true(entry_parse(leaf, &r, NULL));
	return chain_follow(c, &r, leaf, &e) ? ""
	    : arena_strdup(arena, e.text);
}

static void
chains_hold(void **state)
{
	struct chain c[MADE_WRITERS] = { 0 };

	(void)state;
	for (size_t i = 0; i < made.n; i++)
		assert_string_equal(follow(&c[i % 2], made.leaf[i]), "");
	assert_int_equal(c[0].next, 3);
}

static void
broken_chains(void **state)
{
	struct chain c = { 0 }, again;
	struct entry_read r;

	(void)state;
	assert_string_equal(follow(&c, made.leaf[2]), "a chain that begins "
	    "with number 1");
	/* Told once: the chain goes on behind it. */
	assert_string_equal(follow(&c, made.leaf[4]), "");
	c = (struct chain){ 0 };
	follow(&c, made.leaf[0]);
	again = c;
	assert_string_equal(follow(&c, made.leaf[4]), "number 2 where 1 "
	    "should be");
	c = again;
	assert_string_equal(follow(&c, made.leaf[0]), "number 0 where 1 "
	    "should be");
	c = again;
	assert_string_equal(follow(&c, made.leaf[3]), "an entry of another "
	    "writer");
	c = again;
	c.last.b[0] ^= 1;
	assert_string_equal(follow(&c, made.leaf[2]), "it names another entry "
	    "before it");
	c = again;
	c.closed = true;
	assert_string_equal(follow(&c, made.leaf[2]), "an entry after its "
	    "writer closed");
	c = again;
	c.room++;
	assert_string_equal(follow(&c, made.leaf[2]), "an entry of another "
	    "room in this chain");
	c = (struct chain){ 0 };
	assert_true(entry_parse(made.leaf[2], &r, NULL));
	chain_join(&c, &r);
	assert_string_equal(follow(&c, made.leaf[2]), "");
	assert_string_equal(follow(&c, made.leaf[4]), "");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(read_as_written),
		cmocka_unit_test(a_system_entry_shows_its_room),
		cmocka_unit_test(each_flipped_bit_is_refused),
		cmocka_unit_test(faults_are_named),
		cmocka_unit_test(nothing_is_shown_that_is_not_committed_to),
		cmocka_unit_test(layouts_refused),
		cmocka_unit_test(cut_anywhere),
		cmocka_unit_test(promises),
		cmocka_unit_test(chains_hold),
		cmocka_unit_test(broken_chains),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("receipt", tests, setup, teardown);
}

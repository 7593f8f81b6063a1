/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The Merkle tree: against the definition of RFC 6962 2.1 written out as it
 * stands there, against other people's vectors, and at its largest sizes.
 */
#include "audit/tree.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"
#include "tests/unit/vectors.h"

enum {
	SMALL = 70,		/* every pair of sizes up to this */
	FILES = 256
};

static struct arena *arena;
static struct hash leaves[SMALL];

static int
setup(void **state)
{
	(void)state;
	arena = arena_new(0);
	for (int i = 0; i < SMALL; i++) {
		const uint8_t entry = (uint8_t)i;

		if (!crypto_init(NULL))
			return -1;
		leaves[i] = tree_leaf(bytes(&entry, 1));
	}
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

/* MTH(D[first:end]), by its definition. */
static struct hash
root_of(size_t first, size_t end)
{
	size_t half = 1;
	struct hash left, right;

	if (first == end)
		return tree_empty();
	if (end - first == 1)
		return leaves[first];
	while (half * 2 < end - first)
		half *= 2;
	left = root_of(first, first + half);
	right = root_of(first + half, end);
	return tree_node(&left, &right);
}

static bool
get(void *arg, unsigned level, uint64_t index, struct hash *out,
    struct err *e)
{
	size_t end = (size_t)((index + 1) << level);

	(void)e;
	assert_true(end <= *(const size_t *)arg);
	*out = root_of((size_t)(index << level), end);
	return true;
}

static void
published_roots(void **state)
{
	json_t *all = vectors_load("transparency-dev-merkle/"
	    "rfc6962_small_trees.json");
	const json_t *inputs = vectors_in(all, "leaf_inputs_hex");
	const json_t *roots = vectors_in(all, "root_by_size_hex");
	struct tree t = { 0 };

	(void)state;
	assert_true(json_array_size(roots) == json_array_size(inputs) + 1);
	for (size_t i = 0; i < json_array_size(roots); i++) {
		struct hash root = tree_root(&t), leaf;
		struct bytes input;

		assert_string_equal(str_hex(arena,
		    bytes(root.b, sizeof root.b)),
		    json_string_value(json_array_get(roots, i)));
		if (i == json_array_size(inputs))
			break;
		assert_true(str_unhex(arena, json_string_value(
		    json_array_get(inputs, i)), &input, NULL));
		leaf = tree_leaf(input);
		tree_add(&t, &leaf);
	}
	vectors_free(all);
}

static bool
take_hash(const char *base64, struct hash *out)
{
	struct bytes b;

	if (!str_unbase64(arena, base64, &b, NULL) || b.n != sizeof out->b)
		return false;
	memcpy(out->b, b.p, b.n);
	return true;
}

/* false where a hash has not 32 bytes, or there are too many: such a proof
 * cannot even be written down. */
static bool
take_path(const json_t *test, struct tree_path *path)
{
	const json_t *proof = vectors_in(test, "proof");

	path->n = json_array_size(proof);
	if (path->n > TREE_PATH)
		return false;
	for (size_t i = 0; i < path->n; i++)
		if (!take_hash(json_string_value(json_array_get(proof, i)),
		    &path->hash[i]))
			return false;
	return true;
}

/* Read as a real: 2^64 - 1 is more than JSON's library takes. */
static uint64_t
number(const json_t *test, const char *field)
{
	double value = json_real_value(vectors_in(test, field));

	return value >= 0x1p63 ? UINT64_MAX : (uint64_t)(int64_t)value;
}

static bool
inclusion_holds(const json_t *test)
{
	struct tree_path path;
	struct hash leaf, root;

	return take_path(test, &path)
	    && take_hash(vectors_text(test, "leafHash"), &leaf)
	    && take_hash(vectors_text(test, "root"), &root)
	    && tree_check_inclusion(number(test, "leafIdx"),
	    number(test, "treeSize"), &leaf, &path, &root, NULL);
}

static bool
consistency_holds(const json_t *test)
{
	struct tree_path path;
	struct hash old, root;

	return take_path(test, &path)
	    && take_hash(vectors_text(test, "root1"), &old)
	    && take_hash(vectors_text(test, "root2"), &root)
	    && tree_check_consistency(number(test, "size1"),
	    number(test, "size2"), &path, &old, &root, NULL);
}

static char *found[FILES];
static size_t files;

static int
note_file(const char *path, const struct stat *st, int type, struct FTW *f)
{
	(void)st;
	(void)f;
	if (type != FTW_F || strstr(path, ".json") == NULL)
		return 0;
	/* Roots of twelve bytes, which "do not matter": to us they do. */
	if (strstr(path, "sizes-are-equal-one-and-proof-is-empty") != NULL)
		return 0;
	assert_true(files < FILES);
	found[files++] = strdup(path);
	return 0;
}

static size_t
hold_all(const char *folder, bool (*holds)(const json_t *))
{
	char *root = vectors_path_or_skip(folder);

	files = 0;
	assert_int_equal(nftw(root, note_file, 8, FTW_PHYS), 0);
	free(root);
	for (size_t i = 0; i < files; i++) {
		json_error_t why;
		json_t *test = json_load_file(found[i],
		    JSON_DECODE_INT_AS_REAL, &why);

		if (test == NULL)
			fail_msg("%s: %s", found[i], why.text);
		if (holds(test) == json_is_true(vectors_in(test, "wantErr")))
			fail_msg("%s: another verdict", found[i]);
		json_decref(test);
		free(found[i]);
	}
	print_message("# %s: %zu vectors\n", folder, files);
	return files;
}

static void
published_inclusion_proofs(void **state)
{
	(void)state;
	assert_int_equal(hold_all("transparency-dev-merkle/inclusion",
	    inclusion_holds), 98);
}

static void
published_consistency_proofs(void **state)
{
	(void)state;
	assert_int_equal(hold_all("transparency-dev-merkle/consistency",
	    consistency_holds), 97);
}

static void
grows_to_the_defined_root(void **state)
{
	struct tree t = { 0 }, loaded;

	(void)state;
	for (size_t size = 0; size <= SMALL; size++) {
		struct hash want = root_of(0, size), root = tree_root(&t);

		assert_true(tree_same(&root, &want));
		assert_true(tree_load(&loaded, size, get, &size, NULL));
		root = tree_root(&loaded);
		assert_true(tree_same(&root, &want));
		if (size < SMALL)
			tree_add(&t, &leaves[size]);
	}
}

static void
every_leaf_is_proved(void **state)
{
	(void)state;
	for (size_t size = 1; size <= SMALL; size++) {
		struct hash root = root_of(0, size);

		for (size_t i = 0; i < size; i++) {
			struct tree_path path;
			struct err e;

			assert_true(tree_prove_inclusion(i, size, get, &size,
			    &path, NULL));
			assert_true(tree_check_inclusion(i, size, &leaves[i],
			    &path, &root, NULL));
			assert_false(tree_check_inclusion(i, size,
			    &leaves[(i + 1) % SMALL], &path, &root, &e));
			path.n++;
			assert_false(tree_check_inclusion(i, size, &leaves[i],
			    &path, &root, &e));
			assert_int_equal(e.code, ERR_INPUT);
			if (path.n < 2)
				continue;
			path.n -= 2;
			assert_false(tree_check_inclusion(i, size, &leaves[i],
			    &path, &root, &e));
		}
	}
}

static void
every_beginning_is_proved(void **state)
{
	(void)state;
	for (size_t size = 1; size <= SMALL; size++)
		for (size_t old = 1; old <= size; old++) {
			struct hash root = root_of(0, size);
			struct hash was = root_of(0, old);
			struct tree_path path;

			assert_true(tree_prove_consistency(old, size, get,
			    &size, &path, NULL));
			assert_true(tree_check_consistency(old, size, &path,
			    &was, &root, NULL));
			was.b[31] ^= 1;
			assert_false(tree_check_consistency(old, size, &path,
			    &was, &root, NULL));
			was.b[31] ^= 1;
			root.b[0] ^= 0x80;
			assert_false(tree_check_consistency(old, size, &path,
			    &was, &root, NULL));
			root.b[0] ^= 0x80;
			if (path.n == 0)
				continue;
			path.n--;
			assert_false(tree_check_consistency(old, size, &path,
			    &was, &root, NULL));
		}
}

static void
refused(void **state)
{
	struct tree_path path = { 0 };
	size_t size = 4;
	struct err e;

	(void)state;
	assert_false(tree_prove_inclusion(4, 4, get, &size, &path, &e));
	assert_false(tree_prove_inclusion(0, 0, get, &size, &path, &e));
	assert_false(tree_prove_consistency(0, 4, get, &size, &path, &e));
	assert_false(tree_prove_consistency(5, 4, get, &size, &path, &e));
	assert_false(tree_check_consistency(0, 0, &path, leaves, leaves, &e));
	assert_false(tree_check_inclusion(0, 0, leaves, &path, leaves, &e));
}

/* A tree of equal leaves: a perfect subtree's hash is its level's. */
static bool
get_equal(void *arg, unsigned level, uint64_t index, struct hash *out,
    struct err *e)
{
	const struct hash *levels = arg;

	(void)e;
	assert_true(index < TREE_SIZE_MAX >> level);
	*out = levels[level];
	return true;
}

static void
largest_trees(void **state)
{
	static const uint64_t sizes[] = { TREE_SIZE_MAX, TREE_SIZE_MAX - 1,
	    (UINT64_C(1) << 62) + 1, (UINT64_C(1) << 40) + 5 };
	struct hash levels[TREE_LEVELS] = { leaves[0] };
	struct tree_path path;

	(void)state;
	for (int i = 1; i < TREE_LEVELS; i++)
		levels[i] = tree_node(&levels[i - 1], &levels[i - 1]);
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		const uint64_t size = sizes[i];
		const uint64_t at[] = { 0, 1, size / 2, size - 2, size - 1 };
		struct tree t;
		struct hash root;

		assert_true(tree_load(&t, size, get_equal, levels, NULL));
		root = tree_root(&t);
		for (size_t k = 0; k < sizeof at / sizeof *at; k++) {
			struct tree old;
			struct hash was;

			assert_true(tree_prove_inclusion(at[k], size,
			    get_equal, levels, &path, NULL));
			assert_true(tree_check_inclusion(at[k], size,
			    &leaves[0], &path, &root, NULL));
			assert_true(tree_load(&old, at[k] + 1, get_equal,
			    levels, NULL));
			was = tree_root(&old);
			assert_true(tree_prove_consistency(at[k] + 1, size,
			    get_equal, levels, &path, NULL));
			assert_true(tree_check_consistency(at[k] + 1, size,
			    &path, &was, &root, NULL));
		}
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(published_roots),
		cmocka_unit_test(published_inclusion_proofs),
		cmocka_unit_test(published_consistency_proofs),
		cmocka_unit_test(grows_to_the_defined_root),
		cmocka_unit_test(every_leaf_is_proved),
		cmocka_unit_test(every_beginning_is_proved),
		cmocka_unit_test(refused),
		cmocka_unit_test(largest_trees),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("tree", tests, setup, teardown);
}

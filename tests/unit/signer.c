/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the signer signs, and what it refuses, one by one. Each test begins
 * with an empty folder of records.
 */
#include "services/signer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "audit/checkpoint.h"
#include "audit/note.h"
#include "lib/arena.h"
#include "lib/clock.h"
#include "lib/crypto.h"
#include "lib/err.h"
#include "lib/log.h"
#include "services/origin.h"
#include "services/shelf.h"
#include "services/signing.h"

enum {
	LEAVES = 40
};

static const char authority[] = "log.test.example";

static struct arena *arena;
static const char *folder;
static struct signer *signer;
static struct secret seed;
static struct hash leaf[LEAVES];
static int year;

static int
start(void **state)
{
	struct err e;

	(void)state;
	log_init("test", LOG_ALARM + 1);
	if (!crypto_init(&e))
		return 1;
	arena = arena_new(0);
	memset(seed.b, 7, sizeof seed.b);
	for (unsigned i = 0; i < LEAVES; i++)
		leaf[i] = tree_leaf(bytes(&i, sizeof i));
	return 0;
}

static int
end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void
open_signer(void)
{
	struct err e;

	if (!signer_open(arena, folder, authority, &seed, &signer, &e))
		fail_msg("%s", e.text);
}

static int
each(void **state)
{
	char dir[] = "/tmp/balcao-signer-XXXXXX";

	(void)state;
	clock_shift(0);
	year = origin_year_at(clock_now());
	if (mkdtemp(dir) == NULL)
		return 1;
	folder = arena_strdup(arena, dir);
	open_signer();
	return 0;
}

static int
after(void **state)
{
	(void)state;
	shelf_clear(arena, folder);
	return 0;
}

/* The tree's own nodes, from its leaves. */
static bool
get(void *arg, unsigned level, uint64_t index, struct hash *out,
    struct err *e)
{
	struct tree t = { .size = 0 };
	uint64_t first = index << level;

	(void)e;
	(void)arg;
	for (uint64_t i = first; i < first + (UINT64_C(1) << level); i++)
		tree_add(&t, &leaf[i]);
	*out = tree_root(&t);
	return true;
}

static struct hash
root_of(uint64_t size)
{
	struct tree t = { .size = 0 };

	for (uint64_t i = 0; i < size; i++)
		tree_add(&t, &leaf[i]);
	return tree_root(&t);
}

static struct signing_question
question(uint64_t old, uint64_t size)
{
	struct signing_question q = {
		.origin = origin_of(arena, authority, year),
		.size = size,
		.root = root_of(size),
		.old = old,
	};

	if (old > 0 && old < size)
		assert_true(tree_prove_consistency(old, size, get, NULL,
		    &q.path, NULL));
	return q;
}

static struct signing_answer
ask(const struct signing_question *q)
{
	struct signing_answer a;

	assert_true(signing_take_answer(arena, signer_answer(signer, arena,
	    signing_put_question(arena, q)), &a, NULL));
	return a;
}

static enum signing_verdict
verdict(uint64_t old, uint64_t size)
{
	struct signing_question q = question(old, size);

	return ask(&q).verdict;
}

static void
a_log_grows_under_signatures(void **state)
{
	uint8_t public[CRYPTO_PUBLIC];
	struct signing_question q;
	struct signing_answer a;
	struct checkpoint c;
	struct note_key key;
	struct note note;

	(void)state;
	assert_int_equal(verdict(0, 3), SIGNING_DONE);
	q = question(3, 17);
	a = ask(&q);
	assert_int_equal(a.verdict, SIGNING_DONE);
	assert_int_equal(a.size, 17);
	assert_true(checkpoint_read(arena, a.note, &c, &note, NULL));
	assert_string_equal(c.origin, q.origin);
	assert_int_equal(c.size, 17);
	assert_true(tree_same(&c.root, &q.root));
	crypto_sign_public(&seed, public);
	assert_true(origin_key(q.origin, public, &key, NULL));
	assert_int_equal(note_check(&note, &key, NULL), NOTE_GOOD);
	/* Asked again, it says the same. */
	assert_true(bytes_equal(ask(&q).note, a.note));
}

static void
its_record_outlives_it(void **state)
{
	struct signing_question record = { .origin = NULL };
	struct signing_answer a;

	(void)state;
	assert_int_equal(verdict(0, 5), SIGNING_DONE);
	open_signer();
	record.origin = origin_of(arena, authority, year);
	a = ask(&record);
	assert_int_equal(a.verdict, SIGNING_OLD);
	assert_int_equal(a.size, 5);
	assert_int_equal(verdict(0, 9), SIGNING_OLD);
	assert_int_equal(verdict(5, 9), SIGNING_DONE);
}

static void
what_it_refuses(void **state)
{
	struct signing_question q;

	(void)state;
	assert_int_equal(verdict(0, 20), SIGNING_DONE);
	assert_int_equal(verdict(0, 19), SIGNING_SHRINK);
	q = question(0, 20);
	q.root.b[0] ^= 1;
	assert_int_equal(ask(&q).verdict, SIGNING_FORK);
	q = question(20, 30);
	q.root.b[31] ^= 1;
	assert_int_equal(ask(&q).verdict, SIGNING_PROOF);
	q = question(20, 30);
	q.path.hash[0].b[0] ^= 1;
	assert_int_equal(ask(&q).verdict, SIGNING_PROOF);
	q = question(20, 30);
	q.path.n--;
	assert_int_equal(ask(&q).verdict, SIGNING_PROOF);
	q = question(16, 30);
	assert_int_equal(ask(&q).verdict, SIGNING_OLD);
	q = question(20, 30);
	q.origin = "elsewhere.example/log/2026";
	assert_int_equal(ask(&q).verdict, SIGNING_ORIGIN);
	q.origin = "log.test.example/log/26";
	assert_int_equal(ask(&q).verdict, SIGNING_ORIGIN);
	q.origin = "log.test.example/log/2026/";
	assert_int_equal(ask(&q).verdict, SIGNING_ORIGIN);
	q = question(20, 30);
	q.size = TREE_SIZE_MAX + 1;
	assert_int_equal(ask(&q).verdict, SIGNING_MALFORMED);
	/* None of it moved the record. */
	assert_int_equal(verdict(20, 30), SIGNING_DONE);
}

static void
time_does_not_go_back(void **state)
{
	(void)state;
	clock_shift(60 * 60 * 1000);
	assert_int_equal(verdict(0, 4), SIGNING_DONE);
	clock_shift(0);
	assert_int_equal(verdict(4, 8), SIGNING_TIME);
	clock_shift(60 * 60 * 1000 + 1000);
	assert_int_equal(verdict(4, 8), SIGNING_DONE);
}

static void
years_begin_once_and_in_order(void **state)
{
	struct signing_question q;

	(void)state;
	assert_int_equal(verdict(0, 4), SIGNING_DONE);
	q = question(0, 4);
	q.origin = origin_of(arena, authority, year - 1);
	assert_int_equal(ask(&q).verdict, SIGNING_YEAR);
	q.origin = origin_of(arena, authority, year + 1);
	assert_int_equal(ask(&q).verdict, SIGNING_YEAR);
	clock_shift(INT64_C(366) * 86400 * 1000);
	assert_int_equal(ask(&q).verdict, SIGNING_DONE);
	/* The year before goes on to its end, and a later look agrees. */
	assert_int_equal(verdict(4, 8), SIGNING_DONE);
	open_signer();
	q.origin = origin_of(arena, authority, year - 1);
	assert_int_equal(ask(&q).verdict, SIGNING_YEAR);
}

static void
what_is_no_question(void **state)
{
	static const struct bytes cases[] = {
		{ (const uint8_t *)"", 0 },
		{ (const uint8_t *)"\x80", 1 },
		{ (const uint8_t *)"\x86\x02", 2 },
		{ (const uint8_t *)"sign this", 9 },
	};
	struct signing_answer a;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_true(signing_take_answer(arena, signer_answer(signer,
		    arena, cases[i]), &a, NULL));
		assert_int_equal(a.verdict, SIGNING_MALFORMED);
	}
}

static void
overwrite(const char *path, const char *text)
{
	struct err e;

	if (!shelf_replace(arena, path, bytes_of(text), 0600, &e))
		fail_msg("%s", e.text);
}

/* Neither a cut record nor one of another key is believed. */
static void
a_broken_record_stops_it(void **state)
{
	const char *path = arena_printf(arena, "%s/%d", folder, year);
	struct secret other = { { 1 } };
	struct err e;

	(void)state;
	assert_int_equal(verdict(0, 4), SIGNING_DONE);
	assert_false(signer_open(arena, folder, authority, &other, &signer,
	    &e));
	open_signer();
	overwrite(path, "signed 1\n");
	assert_int_equal(verdict(4, 8), SIGNING_BROKEN);
	assert_false(signer_open(arena, folder, authority, &seed, &signer,
	    &e));
	assert_int_equal(e.code, ERR_INPUT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_log_grows_under_signatures,
		    each, after),
		cmocka_unit_test_setup_teardown(its_record_outlives_it, each,
		    after),
		cmocka_unit_test_setup_teardown(what_it_refuses, each, after),
		cmocka_unit_test_setup_teardown(time_does_not_go_back, each,
		    after),
		cmocka_unit_test_setup_teardown(years_begin_once_and_in_order,
		    each, after),
		cmocka_unit_test_setup_teardown(what_is_no_question, each,
		    after),
		cmocka_unit_test_setup_teardown(a_broken_record_stops_it,
		    each, after),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("signer", tests, start, end);
}

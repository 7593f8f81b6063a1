/* SPDX-License-Identifier: Apache-2.0 */
/*
 * URL-encoded names and values: what is read, what is rejected, and that
 * what was escaped reads back as it was.
 */
#include "cgi-bin/query.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"

#define COUNT(array)	(sizeof(array) / sizeof *(array))

static struct arena *arena;

static int
open_arena(void **state)
{
	(void)state;
	arena = arena_new(0);
	return 0;
}

static int
close_arena(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void
pairs_are_read_in_order(void **state)
{
	static const struct {
		const char	*in;
		struct pair	 pair[3];
		size_t		 n;
	} cases[] = {
		{ "", { { NULL, NULL } }, 0 },
		{ "&", { { NULL, NULL } }, 0 },
		{ "a=1", { { "a", "1" } }, 1 },
		{ "a", { { "a", "" } }, 1 },
		{ "a=", { { "a", "" } }, 1 },
		{ "a=1&b=2&a=3",
		    { { "a", "1" }, { "b", "2" }, { "a", "3" } }, 3 },
		{ "&a=1&&b=2&", { { "a", "1" }, { "b", "2" } }, 2 },
		{ "a=1=2", { { "a", "1=2" } }, 1 },
		{ "a+b=c+d", { { "a b", "c d" } }, 1 },
		{ "a=%2B%26%3D%25", { { "a", "+&=%" } }, 1 },
		{ "a=%41%7a", { { "a", "Az" } }, 1 },
		{ "a=%C3%A9", { { "a", "\xC3\xA9" } }, 1 },
		{ "a=%c3%a9", { { "a", "\xC3\xA9" } }, 1 },
		{ "n\xC3\xA3o=x", { { "n\xC3\xA3o", "x" } }, 1 },
		{ "a=%0D%0A", { { "a", "\r\n" } }, 1 },
		{ "a=1;b=2", { { "a", "1;b=2" } }, 1 },
		{ "a=%F0%9F%90%84", { { "a", "\xF0\x9F\x90\x84" } }, 1 },
	};
	struct err e = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct pairs p = { .n = 0 };

		assert_true(query_parse(arena, bytes_of(cases[i].in), &p,
		    &e));
		assert_int_equal(p.n, cases[i].n);
		for (size_t k = 0; k < p.n; k++) {
			assert_string_equal(p.pair[k].name,
			    cases[i].pair[k].name);
			assert_string_equal(p.pair[k].value,
			    cases[i].pair[k].value);
		}
	}
}

static void
what_is_damaged_is_rejected_whole(void **state)
{
	static const char *const cases[] = {
		"a=%", "a=%4", "a=%4g", "a=%g4", "a=%%41", "a=% 41", "%",
		"a=1&b=%", "%zz=1",
		"a=%00", "%00=1", "a=x%00y",
		"a=%FF", "a=%C3", "a=%C3%28", "a=%C0%80", "a=%C1%81",
		"a=%E0%80%AF", "a=%ED%A0%80", "a=%F4%90%80%80", "a=%F8%88",
		"%C3=1", "a=\xFF", "a=\x80", "a=%C3&b=%A9",
		"=", "=1", "a=1&=2", "&=&",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct pairs p = { .n = 0 };
		struct err e = { 0 };

		assert_true(query_parse(arena, bytes_of("kept=1"), &p, &e));
		assert_false(query_parse(arena, bytes_of(cases[i]), &p, &e));
		assert_int_equal(e.code, ERR_INPUT);
		assert_int_equal(p.n, 1);
		assert_string_equal(query_find(&p, "kept"), "1");
	}
}

static void
a_raw_nul_is_rejected(void **state)
{
	struct pairs p = { .n = 0 };
	struct err e = { 0 };

	(void)state;
	assert_false(query_parse(arena, bytes("a=\0b", 4), &p, &e));
	assert_int_equal(e.code, ERR_INPUT);
}

static void
there_are_at_most_500_pairs(void **state)
{
	struct pairs p = { .n = 0 };
	struct buf b = buf_new(arena, 0);
	struct err e = { 0 };

	(void)state;
	for (int i = 0; i < QUERY_PAIRS; i++)
		buf_printf(&b, "n%d=%d&", i, i);
	assert_true(query_parse(arena, buf_bytes(&b), &p, &e));
	assert_int_equal(p.n, QUERY_PAIRS);
	assert_string_equal(query_find(&p, "n499"), "499");
	assert_false(query_parse(arena, bytes_of("one=more"), &p, &e));
	assert_int_equal(e.code, ERR_LIMIT);
	assert_int_equal(p.n, QUERY_PAIRS);
}

static void
a_name_is_at_most_256_bytes(void **state)
{
	char name[QUERY_NAME + 2] = { 0 };
	struct pairs p = { .n = 0 };
	struct err e = { 0 };

	(void)state;
	memset(name, 'n', QUERY_NAME);
	assert_true(query_parse(arena, bytes_of(name), &p, &e));
	name[QUERY_NAME] = 'n';
	assert_false(query_parse(arena, bytes_of(name), &p, &e));
	assert_int_equal(e.code, ERR_INPUT);
}

static void
all_values_of_a_name_are_found(void **state)
{
	struct pairs p = { .n = 0 };
	struct err e = { 0 };
	size_t i = 0;

	(void)state;
	assert_true(query_parse(arena, bytes_of("a=1&b=2&a=3&A=4"), &p, &e));
	assert_string_equal(query_find(&p, "a"), "1");
	assert_null(query_find(&p, "c"));
	assert_string_equal(query_next(&p, "a", &i), "1");
	assert_string_equal(query_next(&p, "a", &i), "3");
	assert_null(query_next(&p, "a", &i));
}

static void
paths_are_read(void **state)
{
	static const struct {
		const char	*in;
		const char	*path;	/* NULL: rejected */
	} cases[] = {
		{ "/", "/" },
		{ "/a/b-c", "/a/b-c" },
		{ "/a+b", "/a+b" },
		{ "/%61", "/a" },
		{ "/n%C3%A3o", "/n\xC3\xA3o" },
		{ "/%2e%2e/x", "/../x" },
		{ "/a%2Fb", NULL },
		{ "/a%2fb", NULL },
		{ "/a%00", NULL },
		{ "/a%", NULL },
		{ "/%C3", NULL },
		{ "/\xFF", NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *path = NULL;
		struct err e = { 0 };

		assert_int_equal(query_path(arena, bytes_of(cases[i].in),
		    &path, &e), cases[i].path != NULL);
		if (cases[i].path != NULL)
			assert_string_equal(path, cases[i].path);
		else
			assert_int_equal(e.code, ERR_INPUT);
	}
}

static void
what_was_escaped_reads_back(void **state)
{
	static const char *const values[] = {
		"", "plain-._~", "a b", "a+b", "100 %", "a&b=c", "/x?y#z",
		"n\xC3\xA3o", "\r\n\t", "\"<>'", "\xF0\x9F\x90\x84",
	};
	struct pairs none = { .n = 0 };

	(void)state;
	assert_string_equal(query_address(arena, "/a", &none, NULL), "/a");
	for (size_t i = 0; i < COUNT(values); i++) {
		struct pair pair[] = {
			{ "lang", "en" }, { "to", values[i] },
		};
		struct pairs out = { pair, 2, 2 }, in = { .n = 0 };
		const char *address = query_address(arena, "/a", &out,
		    "lang");
		struct err e = { 0 };

		assert_true(query_parse(arena, bytes_of(strchr(address, '?')
		    + 1), &in, &e));
		assert_int_equal(in.n, 1);
		assert_string_equal(query_find(&in, "to"), values[i]);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(pairs_are_read_in_order),
		cmocka_unit_test(what_is_damaged_is_rejected_whole),
		cmocka_unit_test(a_raw_nul_is_rejected),
		cmocka_unit_test(there_are_at_most_500_pairs),
		cmocka_unit_test(a_name_is_at_most_256_bytes),
		cmocka_unit_test(all_values_of_a_name_are_found),
		cmocka_unit_test(paths_are_read),
		cmocka_unit_test(what_was_escaped_reads_back),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("query", tests, open_arena,
	    close_arena);
}

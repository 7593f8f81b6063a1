/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Text at the edge, as lists of facts: what is UTF-8, what is a number, what
 * is base64, and all that only looks like it.
 */
#include "lib/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "lib/arena.h"
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
utf8_by_table_3_7(void **state)
{
	static const struct {
		const char	*text;
		size_t		 n;
		bool		 valid;
	} facts[] = {
		{ "", 0, true },
		{ "plain", 5, true },
		{ "\x7f", 1, true },
		{ "S\xc3\xa3o", 4, true },
		{ "\xc2\x80", 2, true },
		{ "\xdf\xbf", 2, true },
		{ "\xe0\xa0\x80", 3, true },
		{ "\xed\x9f\xbf", 3, true },
		{ "\xee\x80\x80", 3, true },
		{ "\xef\xbf\xbf", 3, true },
		{ "\xf0\x90\x80\x80", 4, true },
		{ "\xf4\x8f\xbf\xbf", 4, true },
		{ "\0", 1, false },		/* NUL */
		{ "a\0b", 3, false },
		{ "\x80", 1, false },		/* a tail without its head */
		{ "\xbf", 1, false },
		{ "\xc0\x80", 2, false },	/* longer than needed */
		{ "\xc1\xbf", 2, false },
		{ "\xe0\x9f\xbf", 3, false },
		{ "\xf0\x8f\xbf\xbf", 4, false },
		{ "\xed\xa0\x80", 3, false },	/* surrogates */
		{ "\xed\xbf\xbf", 3, false },
		{ "\xf4\x90\x80\x80", 4, false }, /* beyond U+10FFFF */
		{ "\xf5\x80\x80\x80", 4, false },
		{ "\xff", 1, false },
		{ "\xc3", 1, false },		/* cut short */
		{ "\xe2\x82", 2, false },
		{ "\xf0\x9f\x98", 3, false },
		{ "\xc3\x41", 2, false },	/* a wrong tail */
		{ "\xe2\x82\x41", 3, false },
		{ "\xf0\x9f\x98\x41", 4, false },
		{ "S\xe3o", 3, false },		/* Latin-1 */
	};

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++)
		if (str_utf8(bytes(facts[i].text, facts[i].n)) !=
		    facts[i].valid)
			fail_msg("fact %zu", i);
	assert_true(str_utf8(bytes(NULL, 0)));
}

static void
code_points_one_by_one(void **state)
{
	static const uint32_t expected[] = {
		'a', 0xe7, 0x20ac, 0x1f600, 'z', 0
	};
	const char *s = "a\xc3\xa7\xe2\x82\xac\xf0\x9f\x98\x80z";

	(void)state;
	assert_int_equal(str_length(s), 5);
	assert_int_equal(str_length(""), 0);
	for (size_t i = 0; i < COUNT(expected); i++)
		assert_int_equal(str_next(&s), expected[i]);
	assert_int_equal(str_next(&s), 0);
}

/* Not promised, but whoever forgets to check must not read past the end. */
static void
malformed_text_still_ends(void **state)
{
	(void)state;
	assert_int_equal(str_length("\xf0"), 1);
	assert_int_equal(str_length("a\xe2\x82"), 3);
}

static void
what_a_line_may_hold(void **state)
{
	static const struct {
		uint32_t	c;
		bool		printable;
	} facts[] = {
		{ 0x00, false }, { '\t', false }, { '\n', false },
		{ 0x1f, false }, { ' ', true }, { '~', true },
		{ 0x7f, false }, { 0x80, false }, { 0x9f, false },
		{ 0xa0, true }, { 0xe7, true }, { 0x200d, true },
		{ 0x2027, true }, { 0x2028, false }, { 0x2029, false },
		{ 0x202a, false }, { 0x202e, false }, { 0x202f, true },
		{ 0x2065, true }, { 0x2066, false }, { 0x2069, false },
		{ 0x206a, true }, { 0xd7ff, true }, { 0xd800, false },
		{ 0xdfff, false }, { 0xe000, true }, { 0xfdcf, true },
		{ 0xfdd0, false }, { 0xfdef, false }, { 0xfdf0, true },
		{ 0xfffd, true }, { 0xfffe, false }, { 0xffff, false },
		{ 0x1f600, true }, { 0x1fffe, false }, { 0x10fffd, true },
		{ 0x10ffff, false }, { 0x110000, false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++)
		if (str_printable(facts[i].c) != facts[i].printable)
			fail_msg("U+%04X", facts[i].c);
}

static void
integers(void **state)
{
	static const struct {
		const char	*text;
		int64_t		 min, max;
		int64_t		 value;
	} facts[] = {
		{ "0", 0, 0, 0 },
		{ "7", 0, 9, 7 },
		{ "-1", -1, 1, -1 },
		{ "10", INT64_MIN, INT64_MAX, 10 },
		{ "9223372036854775807", 0, INT64_MAX, INT64_MAX },
		{ "-9223372036854775808", INT64_MIN, 0, INT64_MIN },
		{ "-9223372036854775807", INT64_MIN, 0, -INT64_MAX },
	};
	int64_t value;
	struct err e;

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		assert_true(str_int(facts[i].text, facts[i].min, facts[i].max,
		    &value, &e));
		assert_int_equal(value, facts[i].value);
	}
}

static void
no_integers(void **state)
{
	static const struct {
		const char	*text;
		int64_t		 min, max;
	} facts[] = {
		{ NULL, 0, 9 }, { "", 0, 9 }, { "-", -9, 9 }, { "+1", 0, 9 },
		{ " 1", 0, 9 }, { "1 ", 0, 9 }, { "1\n", 0, 9 },
		{ "01", 0, 9 }, { "00", 0, 9 }, { "-0", -9, 9 },
		{ "-01", -9, 9 }, { "--1", -9, 9 }, { "1.0", 0, 9 },
		{ "1e1", 0, 99 }, { "0x1", 0, 9 }, { "1,000", 0, 9999 },
		{ "a", 0, 99 }, { "\xd9\xa1", 0, 9 }, { "\xef\xbc\x91", 0, 9 },
		{ "10", 0, 9 }, { "-1", 0, 9 }, { "4", 5, 9 },
		{ "9223372036854775808", INT64_MIN, INT64_MAX },
		{ "-9223372036854775809", INT64_MIN, INT64_MAX },
		{ "18446744073709551615", INT64_MIN, INT64_MAX },
		{ "18446744073709551616", INT64_MIN, INT64_MAX },
		{ "99999999999999999999999", INT64_MIN, INT64_MAX },
	};
	int64_t value = 77;
	struct err e;

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		e.code = ERR_NONE;
		if (str_int(facts[i].text, facts[i].min, facts[i].max, &value,
		    &e))
			fail_msg("%s is a number", facts[i].text);
		assert_int_equal(e.code, ERR_INPUT);
		assert_int_equal(value, 77);
	}
}

static void
unsigned_integers(void **state)
{
	static const struct {
		const char	*text;
		uint64_t	 max;
		bool		 valid;
		uint64_t	 value;
	} facts[] = {
		{ "0", 0, true, 0 },
		{ "18446744073709551615", UINT64_MAX, true, UINT64_MAX },
		{ "18446744073709551616", UINT64_MAX, false, 0 },
		{ "36893488147419103232", UINT64_MAX, false, 0 },
		{ "10", 9, false, 0 },
		{ "-1", 9, false, 0 },
		{ "-0", 9, false, 0 },
		{ "01", 9, false, 0 },
		{ "", 9, false, 0 },
		{ NULL, 9, false, 0 },
	};
	struct err e;

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		uint64_t value = 0;

		assert_int_equal(str_uint(facts[i].text, facts[i].max, &value,
		    &e), facts[i].valid);
		assert_true(value == facts[i].value);
	}
}

static void
comparing(void **state)
{
	(void)state;
	assert_true(str_equal("a", "a"));
	assert_true(str_equal(NULL, NULL));
	assert_false(str_equal("a", "A"));
	assert_false(str_equal("", NULL));
	assert_false(str_equal(NULL, ""));
	assert_true(str_starts("benefit", "bene"));
	assert_true(str_starts("benefit", ""));
	assert_false(str_starts("bene", "benefit"));
	assert_false(str_starts(NULL, ""));
	assert_true(str_empty(NULL));
	assert_true(str_empty(""));
	assert_false(str_empty(" "));
}

static void
trimming_and_case(void **state)
{
	static const struct {
		const char	*text, *trimmed;
	} facts[] = {
		{ "", "" },
		{ " \t\r\n\v\f", "" },
		{ "a", "a" },
		{ "  a b  ", "a b" },
		{ "\xc2\xa0" "a\xe3\x80\x80", "a" },
		{ "\xe2\x80\x80\xe2\x80\x8a" "a", "a" },
		{ "\xe2\x80\x8b" "a", "\xe2\x80\x8b" "a" },
		{ "\xc3\xa0", "\xc3\xa0" },	/* ends in A0, is no blank */
	};

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++)
		assert_string_equal(str_trim(arena, facts[i].text),
		    facts[i].trimmed);
	assert_string_equal(str_upper(arena, "az[`{\xc3\xa7" "1"),
	    "AZ[`{\xc3\xa7" "1");
	assert_string_equal(str_lower(arena, "AZ[@\xc3\x87" "1"),
	    "az[@\xc3\x87" "1");
}

static void
hex(void **state)
{
	static const char *const refused[] = {
		"0", "abc", "0g", "g0", "AB", "0x", " 00", "0 ", "\xc3\xa7",
	};
	struct bytes out;
	struct err e;

	(void)state;
	assert_string_equal(str_hex(arena, bytes("\x00\x1f\xff", 3)), "001fff");
	assert_string_equal(str_hex(arena, bytes(NULL, 0)), "");
	assert_true(str_unhex(arena, "001fff", &out, &e));
	assert_true(bytes_equal(out, bytes("\x00\x1f\xff", 3)));
	assert_true(str_unhex(arena, "", &out, &e));
	assert_int_equal(out.n, 0);
	for (size_t i = 0; i < COUNT(refused); i++)
		if (str_unhex(arena, refused[i], &out, &e))
			fail_msg("%s is taken for hex", refused[i]);
}

/* RFC 4648 10, and two that use the last digits of the alphabets. */
static void
base64(void **state)
{
	static const struct {
		const char	*plain, *standard, *url;
	} facts[] = {
		{ "", "", "" },
		{ "f", "Zg==", "Zg" },
		{ "fo", "Zm8=", "Zm8" },
		{ "foo", "Zm9v", "Zm9v" },
		{ "foob", "Zm9vYg==", "Zm9vYg" },
		{ "fooba", "Zm9vYmE=", "Zm9vYmE" },
		{ "foobar", "Zm9vYmFy", "Zm9vYmFy" },
		{ "\xfb\xef\xbe", "++++", "----" },
		{ "\xff\xff\xff", "////", "____" },
	};
	struct bytes out;
	struct err e;

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		struct bytes plain = bytes_of(facts[i].plain);

		assert_string_equal(str_base64(arena, plain),
		    facts[i].standard);
		assert_string_equal(str_base64url(arena, plain), facts[i].url);
		assert_true(str_unbase64(arena, facts[i].standard, &out, &e));
		assert_true(bytes_equal(out, plain));
		assert_true(str_unbase64url(arena, facts[i].url, &out, &e));
		assert_true(bytes_equal(out, plain));
	}
}

static void
every_byte_by_base64(void **state)
{
	uint8_t all[256];
	struct bytes out;
	struct err e;

	(void)state;
	for (size_t i = 0; i < sizeof all; i++)
		all[i] = (uint8_t)i;
	for (size_t n = 0; n <= sizeof all; n++) {
		struct bytes b = bytes(all, n);

		assert_true(str_unbase64(arena, str_base64(arena, b), &out,
		    &e));
		assert_true(bytes_equal(out, b));
		assert_true(str_unbase64url(arena, str_base64url(arena, b),
		    &out, &e));
		assert_true(bytes_equal(out, b));
		assert_true(str_unhex(arena, str_hex(arena, b), &out, &e));
		assert_true(bytes_equal(out, b));
	}
}

static void
no_base64(void **state)
{
	static const char *const standard[] = {
		"Z", "Zg", "Zg=", "Zm8", "=", "==", "====", "Z===", "Zg==Zg==",
		"Zh==", "Zm9=", "Zg==\n", "Zm9v\n", " Zm9", "Zm-_", "Zm=v",
		"Zm9v=", "Zm9v==", "Zm9v====", "Z\xc3\xa7z",
	};
	static const char *const url[] = {
		"Z", "Zg==", "Zm9vY", "Zh", "Zm9", "Zm+/", "Zm9v ", "Zm 9",
	};
	struct bytes out = bytes("untouched", 9);
	struct err e;

	(void)state;
	for (size_t i = 0; i < COUNT(standard); i++)
		if (str_unbase64(arena, standard[i], &out, &e))
			fail_msg("%s is taken for base64", standard[i]);
	for (size_t i = 0; i < COUNT(url); i++)
		if (str_unbase64url(arena, url[i], &out, &e))
			fail_msg("%s is taken for base64url", url[i]);
	assert_int_equal(e.code, ERR_INPUT);
	assert_true(bytes_equal(out, bytes_of("untouched")));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(utf8_by_table_3_7),
		cmocka_unit_test(code_points_one_by_one),
		cmocka_unit_test(malformed_text_still_ends),
		cmocka_unit_test(what_a_line_may_hold),
		cmocka_unit_test(integers),
		cmocka_unit_test(no_integers),
		cmocka_unit_test(unsigned_integers),
		cmocka_unit_test(comparing),
		cmocka_unit_test(trimming_and_case),
		cmocka_unit_test(hex),
		cmocka_unit_test(base64),
		cmocka_unit_test(every_byte_by_base64),
		cmocka_unit_test(no_base64),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("str", tests, open_arena,
	    close_arena);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The CBOR subset: RFC 8949 Appendix A both ways, then everything that is
 * CBOR but not ours, and everything that is no CBOR at all.
 */
#include "lib/cbor.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/str.h"

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

static struct bytes
unhex(const char *hex)
{
	struct bytes b;

	assert_true(str_unhex(arena, hex, &b, NULL));
	return b;
}

static const char *
hex_of(const struct buf *b)
{
	return str_hex(arena, buf_bytes(b));
}

static void
unsigned_integers(void **state)
{
	static const struct {
		uint64_t	 value;
		const char	*hex;
	} facts[] = {
		{ 0, "00" },
		{ 1, "01" },
		{ 10, "0a" },
		{ 23, "17" },
		{ 24, "1818" },
		{ 25, "1819" },
		{ 100, "1864" },
		{ 255, "18ff" },
		{ 256, "190100" },
		{ 1000, "1903e8" },
		{ 65535, "19ffff" },
		{ 65536, "1a00010000" },
		{ 1000000, "1a000f4240" },
		{ UINT32_MAX, "1affffffff" },
		{ UINT64_C(1) << 32, "1b0000000100000000" },
		{ UINT64_C(1000000000000), "1b000000e8d4a51000" },
		{ UINT64_MAX, "1bffffffffffffffff" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		struct buf b = buf_new(arena, 0);
		struct cbor c = cbor_read(unhex(facts[i].hex));

		cbor_put_uint(&b, facts[i].value);
		assert_string_equal(hex_of(&b), facts[i].hex);
		assert_int_equal(cbor_peek(&c), CBOR_UINT);
		assert_true(cbor_uint(&c) == facts[i].value);
		assert_true(cbor_end(&c, NULL));
	}
}

static void
signed_integers(void **state)
{
	static const struct {
		int64_t		 value;
		enum cbor_type	 type;
		const char	*hex;
	} facts[] = {
		{ 0, CBOR_UINT, "00" },
		{ 1000, CBOR_UINT, "1903e8" },
		{ INT64_MAX, CBOR_UINT, "1b7fffffffffffffff" },
		{ -1, CBOR_NEGATIVE, "20" },
		{ -10, CBOR_NEGATIVE, "29" },
		{ -24, CBOR_NEGATIVE, "37" },
		{ -25, CBOR_NEGATIVE, "3818" },
		{ -100, CBOR_NEGATIVE, "3863" },
		{ -1000, CBOR_NEGATIVE, "3903e7" },
		{ INT64_MIN, CBOR_NEGATIVE, "3b7fffffffffffffff" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		struct buf b = buf_new(arena, 0);
		struct cbor c = cbor_read(unhex(facts[i].hex));

		cbor_put_int(&b, facts[i].value);
		assert_string_equal(hex_of(&b), facts[i].hex);
		assert_int_equal(cbor_peek(&c), facts[i].type);
		assert_true(cbor_int(&c) == facts[i].value);
		assert_true(cbor_end(&c, NULL));
		c = cbor_read(unhex(facts[i].hex));
		cbor_int_in(&c, facts[i].value, facts[i].value);
		assert_true(cbor_end(&c, NULL));
		c = cbor_read(unhex(facts[i].hex));
		cbor_int_in(&c, 0, INT64_MAX);
		assert_int_equal(cbor_end(&c, NULL), facts[i].value >= 0);
	}
}

static void
byte_strings(void **state)
{
	static const char *const facts[][2] = {
		{ "", "40" },
		{ "01020304", "4401020304" },
		{ "00", "4100" },
		{ "000102030405060708090a0b0c0d0e0f1011121314151617",
		    "5818000102030405060708090a0b0c0d0e0f1011121314151617" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		struct bytes value = unhex(facts[i][0]);
		struct buf b = buf_new(arena, 0);
		struct cbor c = cbor_read(unhex(facts[i][1]));

		cbor_put_bytes(&b, value);
		assert_string_equal(hex_of(&b), facts[i][1]);
		assert_int_equal(cbor_peek(&c), CBOR_BYTES);
		assert_true(bytes_equal(cbor_bytes(&c), value));
		assert_true(cbor_end(&c, NULL));
	}
}

static void
text_strings(void **state)
{
	static const char *const facts[][2] = {
		{ "", "60" },
		{ "a", "6161" },
		{ "IETF", "6449455446" },
		{ "\"\\", "62225c" },
		{ "\xc3\xbc", "62c3bc" },
		{ "\xe6\xb0\xb4", "63e6b0b4" },
		{ "\xf0\x90\x85\x91", "64f0908591" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		struct buf b = buf_new(arena, 0);
		struct cbor c = cbor_read(unhex(facts[i][1]));

		cbor_put_text(&b, facts[i][0]);
		assert_string_equal(hex_of(&b), facts[i][1]);
		assert_int_equal(cbor_peek(&c), CBOR_TEXT);
		assert_true(bytes_equal(cbor_text(&c), bytes_of(facts[i][0])));
		assert_true(cbor_end(&c, NULL));
	}
}

static void
simple_values(void **state)
{
	struct buf b = buf_new(arena, 0);
	struct cbor c;

	(void)state;
	cbor_put_bool(&b, false);
	cbor_put_bool(&b, true);
	cbor_put_null(&b);
	cbor_put_text(&b, NULL);
	assert_string_equal(hex_of(&b), "f4f5f6f6");
	c = cbor_read(buf_bytes(&b));
	assert_int_equal(cbor_peek(&c), CBOR_BOOL);
	assert_false(cbor_null(&c));
	assert_false(cbor_bool(&c));
	assert_int_equal(cbor_peek(&c), CBOR_BOOL);
	assert_true(cbor_bool(&c));
	assert_int_equal(cbor_peek(&c), CBOR_NULL);
	assert_true(cbor_null(&c));
	assert_true(cbor_null(&c));
	assert_false(cbor_null(&c));
	assert_true(cbor_end(&c, NULL));
}

/* [1, [2, 3], [4, 5]] and [1 .. 25], of Appendix A. */
static void
arrays(void **state)
{
	struct buf b = buf_new(arena, 0);
	struct cbor c;

	(void)state;
	cbor_put_array(&b, 3);
	cbor_put_uint(&b, 1);
	cbor_put_array(&b, 2);
	cbor_put_uint(&b, 2);
	cbor_put_uint(&b, 3);
	cbor_put_array(&b, 2);
	cbor_put_uint(&b, 4);
	cbor_put_uint(&b, 5);
	assert_string_equal(hex_of(&b), "8301820203820405");

	c = cbor_read(buf_bytes(&b));
	assert_int_equal(cbor_peek(&c), CBOR_ARRAY);
	assert_true(cbor_array_of(&c, 3));
	assert_int_equal(cbor_uint(&c), 1);
	assert_int_equal(cbor_array(&c), 2);
	assert_int_equal(cbor_uint(&c), 2);
	assert_int_equal(cbor_int(&c), 3);
	assert_true(cbor_array_of(&c, 2));
	assert_int_equal(cbor_uint(&c), 4);
	assert_int_equal(cbor_uint(&c), 5);
	assert_true(cbor_end(&c, NULL));

	c = cbor_read(unhex("98190102030405060708090a0b0c0d0e0f"
	    "101112131415161718181819"));
	assert_true(cbor_array_of(&c, 25));
	for (uint64_t i = 1; i <= 25; i++)
		assert_true(cbor_uint(&c) == i);
	assert_true(cbor_end(&c, NULL));
	c = cbor_read(unhex("80"));
	assert_true(cbor_array_of(&c, 0));
	assert_true(cbor_end(&c, NULL));
}

/* Read one value of whatever type stands there. */
static void
read_any(struct cbor *c)
{
	switch (cbor_peek(c)) {
	case CBOR_UINT:
		cbor_uint(c);
		break;
	case CBOR_NEGATIVE:
		cbor_int(c);
		break;
	case CBOR_BYTES:
		cbor_bytes(c);
		break;
	case CBOR_TEXT:
		cbor_text(c);
		break;
	case CBOR_ARRAY:
		for (size_t n = cbor_array(c); n > 0; n--)
			read_any(c);
		break;
	case CBOR_BOOL:
		cbor_bool(c);
		break;
	case CBOR_NULL:
		cbor_null(c);
		break;
	}
}

static void
refused(void **state)
{
	static const struct {
		const char	*hex;
		const char	*text;
	} facts[] = {
		{ "", "ends too early, at byte 0" },
		/* not the shortest form */
		{ "1800", "longer form than needed, at byte 0" },
		{ "1817", "longer form than needed, at byte 0" },
		{ "190000", "longer form than needed, at byte 0" },
		{ "1900ff", "longer form than needed, at byte 0" },
		{ "1a0000ffff", "longer form than needed, at byte 0" },
		{ "1b00000000ffffffff", "longer form than needed" },
		{ "3817", "longer form than needed, at byte 0" },
		{ "3900ff", "longer form than needed, at byte 0" },
		{ "5800", "longer form than needed, at byte 0" },
		{ "78016b", "longer form than needed, at byte 0" },
		{ "820198011801", "longer form than needed, at byte 2" },
		/* indefinite lengths */
		{ "5f42010243030405ff", "indefinite length, at byte 0" },
		{ "7f657374726561646d696e67ff", "indefinite length" },
		{ "9fff", "indefinite length, at byte 0" },
		{ "82019f0203ff", "indefinite length, at byte 2" },
		{ "1f", "indefinite length" },
		/* reserved lengths */
		{ "1c", "reserved length, at byte 0" },
		{ "1d", "reserved length" },
		{ "1e", "reserved length" },
		{ "5c", "reserved length" },
		/* what other people's CBOR has */
		{ "a0", "do not use, at byte 0" },
		{ "a201020304", "do not use, at byte 0" },
		{ "8201a0", "do not use, at byte 2" },
		{ "c11a514b67b0", "do not use" },
		{ "c249010000000000000000", "do not use" },
		{ "f90000", "do not use" },
		{ "fa47c35000", "do not use" },
		{ "fb3ff199999999999a", "do not use" },
		{ "f97e00", "do not use" },
		{ "f7", "do not use" },
		{ "f0", "do not use" },
		{ "f8ff", "do not use" },
		{ "f814", "do not use" },
		{ "e0", "do not use" },
		{ "ff", "do not use" },
		/* too large for us */
		{ "3b8000000000000000", "too large, at byte 0" },
		{ "813bffffffffffffffff", "too large, at byte 1" },
		/* text that is none */
		{ "6100", "not UTF-8, or holds a NUL, at byte 0" },
		{ "61ff", "not UTF-8" },
		{ "62c328", "not UTF-8" },
		{ "63eda080", "not UTF-8" },
		{ "820161c3", "not UTF-8, or holds a NUL, at byte 2" },
		/* lies about the size */
		{ "81", "more items than there are bytes, at byte 0" },
		{ "820102", NULL },
		{ "8301", "more items than there are bytes" },
		{ "9affffffff00", "more items than there are bytes" },
		{ "9bffffffffffffffff00", "more items than there are bytes" },
		{ "4201", "ends too early, at byte 0" },
		{ "5affffffff00", "ends too early, at byte 0" },
		{ "5bffffffffffffffff00", "ends too early, at byte 0" },
		{ "7bffffffffffffffff61", "ends too early, at byte 0" },
		{ "828101", "ends too early, at byte 3" },
		/* more than one value */
		{ "0000", "bytes left over, at byte 1" },
		{ "8100f6", "bytes left over, at byte 2" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		struct cbor c = cbor_read(unhex(facts[i].hex));
		struct err e = { .code = ERR_NONE, .text = "" };

		read_any(&c);
		assert_int_equal(cbor_end(&c, &e), facts[i].text == NULL);
		if (facts[i].text == NULL)
			continue;
		assert_int_equal(e.code, ERR_INPUT);
		if (strstr(e.text, facts[i].text) == NULL)
			fail_msg("%s: %s", facts[i].hex, e.text);
	}
}

/* Whichever function asks for a type, the others are a fault to it. */
static void
another_type_is_a_fault(void **state)
{
	static const struct {
		const char	*hex;
		enum cbor_type	 type;
	} facts[] = {
		{ "01", CBOR_UINT }, { "20", CBOR_NEGATIVE },
		{ "4100", CBOR_BYTES }, { "6161", CBOR_TEXT },
		{ "80", CBOR_ARRAY }, { "f5", CBOR_BOOL }, { "f6", CBOR_NULL },
	};
	enum { ASKED_INT, ASKED_UINT, ASKED_BYTES, ASKED_TEXT, ASKED_ARRAY,
	    ASKED_BOOL, ASKED_NULL, ASKED__MAX };

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++)
		for (int asked = 0; asked < ASKED__MAX; asked++) {
			struct cbor c = cbor_read(unhex(facts[i].hex));
			enum cbor_type t = facts[i].type;
			bool right = false;

			switch (asked) {
			case ASKED_INT:
				cbor_int(&c);
				right = t == CBOR_UINT || t == CBOR_NEGATIVE;
				break;
			case ASKED_UINT:
				cbor_uint(&c);
				right = t == CBOR_UINT;
				break;
			case ASKED_BYTES:
				cbor_bytes(&c);
				right = t == CBOR_BYTES;
				break;
			case ASKED_TEXT:
				cbor_text(&c);
				right = t == CBOR_TEXT;
				break;
			case ASKED_ARRAY:
				cbor_array(&c);
				right = t == CBOR_ARRAY;
				break;
			case ASKED_BOOL:
				cbor_bool(&c);
				right = t == CBOR_BOOL;
				break;
			case ASKED_NULL:
				assert_null(c.fault);
				right = cbor_null(&c);
				assert_int_equal(right, t == CBOR_NULL);
				break;
			}
			assert_int_equal(cbor_end(&c, NULL), right);
		}
}

static void
an_array_of_another_length(void **state)
{
	static const char *const facts[] = { "8101", "83010203", "80", "02" };
	struct err e;

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		struct cbor c = cbor_read(unhex(facts[i]));

		assert_false(cbor_array_of(&c, 2));
		assert_false(cbor_end(&c, &e));
		assert_int_equal(c.at, 0);
	}
}

static void
after_the_first_fault_all_is_nothing(void **state)
{
	struct cbor c = cbor_read(unhex("8318010501"));
	const char *fault;
	struct err e;

	(void)state;
	assert_true(cbor_array_of(&c, 3));
	assert_int_equal(cbor_uint(&c), 0);
	fault = c.fault;
	assert_non_null(fault);
	assert_int_equal(cbor_uint(&c), 0);
	assert_int_equal(cbor_int(&c), 0);
	assert_null(cbor_bytes(&c).p);
	assert_null(cbor_text(&c).p);
	assert_int_equal(cbor_array(&c), 0);
	assert_false(cbor_array_of(&c, 0));
	assert_false(cbor_bool(&c));
	assert_false(cbor_null(&c));
	assert_int_equal(cbor_peek(&c), CBOR_NULL);
	assert_ptr_equal(c.fault, fault);
	assert_int_equal(c.at, 1);
	assert_false(cbor_end(&c, &e));
	assert_string_equal(e.text, "record: a number in a longer form than "
	    "needed, at byte 1");
}

static void
put_record(struct buf *b)
{
	cbor_put_array(b, 9);
	cbor_put_uint(b, 300);
	cbor_put_int(b, -70000);
	cbor_put_uint(b, UINT64_MAX);
	cbor_put_bytes(b, bytes("\0\1\2\3\4\5\6\7\10\11\12\13\14\15\16\17"
	    "\20\21\22\23\24\25\26\27\30\31", 26));
	cbor_put_text(b, "Avenida S\xc3\xa3o Jo\xc3\xa3o");
	cbor_put_array(b, 2);
	cbor_put_bool(b, true);
	cbor_put_null(b);
	cbor_put_null(b);
	cbor_put_bool(b, false);
	cbor_put_array(b, 0);
}

static void
truncated_at_each_byte(void **state)
{
	struct buf b = buf_new(arena, 0);
	struct bytes all;
	struct cbor c;

	(void)state;
	put_record(&b);
	all = buf_bytes(&b);
	c = cbor_read(all);
	read_any(&c);
	assert_true(cbor_end(&c, NULL));
	for (size_t n = 0; n < all.n; n++) {
		/* A block of its own, so that a read beyond it is seen. */
		uint8_t *own = malloc(n);

		if (n > 0)
			memcpy(own, all.p, n);
		c = cbor_read(bytes(own, n));
		read_any(&c);
		if (cbor_end(&c, NULL))
			fail_msg("%zu of %zu bytes are enough", n, all.n);
		assert_true(c.at <= n);
		free(own);
	}
}

/* A reader that accepts must give back what the writer would write. */
static void
copy_any(struct cbor *c, struct buf *b)
{
	struct bytes s;
	size_t n;

	switch (cbor_peek(c)) {
	case CBOR_UINT:
		cbor_put_uint(b, cbor_uint(c));
		break;
	case CBOR_NEGATIVE:
		cbor_put_int(b, cbor_int(c));
		break;
	case CBOR_BYTES:
		cbor_put_bytes(b, cbor_bytes(c));
		break;
	case CBOR_TEXT:
		s = cbor_text(c);
		cbor_put_text(b, arena_strndup(arena, (const char *)s.p, s.n));
		break;
	case CBOR_ARRAY:
		n = cbor_array(c);
		cbor_put_array(b, n);
		for (; n > 0; n--)
			copy_any(c, b);
		break;
	case CBOR_BOOL:
		cbor_put_bool(b, cbor_bool(c));
		break;
	case CBOR_NULL:
		cbor_null(c);
		cbor_put_null(b);
		break;
	}
}

static void
one_value_has_one_encoding(void **state)
{
	struct buf b = buf_new(arena, 0);
	unsigned accepted = 0;

	(void)state;
	put_record(&b);
	for (size_t at = 0; at < b.n; at++)
		for (unsigned bit = 0; bit < 8; bit++) {
			struct bytes changed = arena_dup(arena, buf_bytes(&b));
			struct buf again = buf_new(arena, 0);
			uint8_t *p = arena_alloc(arena, changed.n);
			struct cbor c;

			memcpy(p, changed.p, changed.n);
			p[at] ^= (uint8_t)(1 << bit);
			changed.p = p;
			c = cbor_read(changed);
			copy_any(&c, &again);
			if (!cbor_end(&c, NULL))
				continue;
			assert_true(bytes_equal(buf_bytes(&again), changed));
			accepted++;
		}
	assert_true(accepted > 0);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(unsigned_integers),
		cmocka_unit_test(signed_integers),
		cmocka_unit_test(byte_strings),
		cmocka_unit_test(text_strings),
		cmocka_unit_test(simple_values),
		cmocka_unit_test(arrays),
		cmocka_unit_test(refused),
		cmocka_unit_test(another_type_is_a_fault),
		cmocka_unit_test(an_array_of_another_length),
		cmocka_unit_test(after_the_first_fault_all_is_nothing),
		cmocka_unit_test(truncated_at_each_byte),
		cmocka_unit_test(one_value_has_one_encoding),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("cbor", tests, open_arena,
	    close_arena);
}

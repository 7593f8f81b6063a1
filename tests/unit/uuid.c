/* SPDX-License-Identifier: Apache-2.0 */
/*
 * UUIDs: their bits, their order, their text.
 */
#include "lib/uuid.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "lib/clock.h"
#include "lib/crypto.h"
#include "lib/err.h"

#define COUNT(array)	(sizeof(array) / sizeof *(array))

static int
open_crypto(void **state)
{
	(void)state;
	return crypto_init(NULL) ? 0 : -1;
}

static int64_t
millisecond(struct uuid u)
{
	int64_t ms = 0;

	for (int i = 0; i < 6; i++)
		ms = ms << 8 | u.b[i];
	return ms;
}

static void
version_variant_and_time(void **state)
{
	/* The instant of RFC 9562's example, A.6: 2022-02-22T19:22:22Z. */
	static const int64_t facts[] = {
		0, 1, INT64_C(0x017f22e279b0), (INT64_C(1) << 48) - 1,
	};

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		struct uuid u = uuid_at(facts[i]);

		assert_true(millisecond(u) == facts[i]);
		assert_int_equal(u.b[6] >> 4, 7);
		assert_int_equal(u.b[8] >> 6, 2);
	}
}

static void
a_new_one_has_the_clocks_time(void **state)
{
	static const int64_t shifts[] = { 0, 86400000, -86400000 };

	(void)state;
	for (size_t i = 0; i < COUNT(shifts); i++) {
		int64_t before, after, ms;

		clock_shift(shifts[i]);
		before = clock_now();
		ms = millisecond(uuid_new());
		after = clock_now();
		assert_true(before <= ms && ms <= after);
	}
	clock_shift(0);
}

/* 74 bits that are each sometimes set and sometimes not, none of the rest. */
static void
seventy_four_random_bits(void **state)
{
	struct uuid ever = uuid_at(0), always = ever;
	int bits = 0;

	(void)state;
	for (int round = 0; round < 200; round++) {
		struct uuid u = uuid_at(0);

		for (int i = 0; i < UUID_SIZE; i++) {
			ever.b[i] |= u.b[i];
			always.b[i] &= u.b[i];
		}
	}
	for (int i = 0; i < UUID_SIZE; i++)
		bits += __builtin_popcount(ever.b[i] ^ always.b[i]);
	assert_int_equal(bits, 74);
}

static void
later_sorts_later(void **state)
{
	(void)state;
	for (int64_t ms = INT64_C(0x0180000000ff) - 300; ms < INT64_C(
	    0x018000000200); ms++) {
		struct uuid a = uuid_at(ms), b = uuid_at(ms + 1);

		assert_true(memcmp(a.b, b.b, UUID_SIZE) < 0);
	}
}

static void
nil_and_equal(void **state)
{
	struct uuid nil = { { 0 } }, u = uuid_new(), other = u;

	(void)state;
	assert_true(uuid_is_nil(nil));
	assert_false(uuid_is_nil(u));
	assert_true(uuid_equal(u, other));
	for (int i = 0; i < UUID_SIZE; i++) {
		other = u;
		other.b[i] ^= 1;
		assert_false(uuid_equal(u, other));
		other = nil;
		other.b[i] = 0x80;
		assert_false(uuid_is_nil(other));
	}
}

static void
text_there_and_back(void **state)
{
	static const struct {
		const char	*text, *canonical;
	} facts[] = {
		{ "017f22e2-79b0-7cc3-98c4-dc0c0c07398f",
		    "017f22e2-79b0-7cc3-98c4-dc0c0c07398f" },
		{ "017F22E2-79B0-7CC3-98C4-DC0C0C07398F",
		    "017f22e2-79b0-7cc3-98c4-dc0c0c07398f" },
		{ "00000000-0000-0000-0000-000000000000",
		    "00000000-0000-0000-0000-000000000000" },
		{ "ffffffff-ffff-FFFF-ffff-ffffffffffff",
		    "ffffffff-ffff-ffff-ffff-ffffffffffff" },
		{ "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
		    "f81d4fae-7dec-11d0-a765-00a0c91e6bf6" },
	};
	static const uint8_t expected[UUID_SIZE] = {
		0x01, 0x7f, 0x22, 0xe2, 0x79, 0xb0, 0x7c, 0xc3,
		0x98, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f,
	};
	char text[UUID_TEXT];
	struct uuid u;

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		assert_true(uuid_parse(facts[i].text, &u, NULL));
		assert_string_equal(uuid_text(u, text), facts[i].canonical);
	}
	assert_true(uuid_parse(facts[0].text, &u, NULL));
	assert_memory_equal(u.b, expected, UUID_SIZE);
}

static void
no_uuids(void **state)
{
	static const char *const facts[] = {
		"",
		"017f22e2",
		"017f22e279b07cc398c4dc0c0c07398f",
		"017f22e2-79b0-7cc3-98c4-dc0c0c07398",
		"017f22e2-79b0-7cc3-98c4-dc0c0c07398f0",
		"{017f22e2-79b0-7cc3-98c4-dc0c0c07398f}",
		"urn:uuid:017f22e2-79b0-7cc3-98c4-dc0c0c07398f",
		" 017f22e2-79b0-7cc3-98c4-dc0c0c07398f",
		"017f22e2-79b0-7cc3-98c4-dc0c0c07398f\n",
		"017f22e2-79b0-7cc3-98c4-dc0c0c07398g",
		"g17f22e2-79b0-7cc3-98c4-dc0c0c07398f",
		"017f22e27-9b0-7cc3-98c4-dc0c0c07398f",
		"017f22e2-79b0-7cc3-98c4+dc0c0c07398f",
		"017f22e2_79b0_7cc3_98c4_dc0c0c07398f",
		"-17f22e2-79b0-7cc3-98c4-dc0c0c07398f",
		"0x7f22e2-79b0-7cc3-98c4-dc0c0c07398f",
		"------------------------------------",
	};
	struct uuid u = { { 0 } };
	struct err e;

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		e.code = ERR_NONE;
		if (uuid_parse(facts[i], &u, &e))
			fail_msg("%s is a UUID", facts[i]);
		assert_int_equal(e.code, ERR_INPUT);
	}
	assert_false(uuid_parse(NULL, &u, &e));
	assert_true(uuid_is_nil(u));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(version_variant_and_time),
		cmocka_unit_test(a_new_one_has_the_clocks_time),
		cmocka_unit_test(seventy_four_random_bits),
		cmocka_unit_test(later_sorts_later),
		cmocka_unit_test(nil_and_equal),
		cmocka_unit_test(text_there_and_back),
		cmocka_unit_test(no_uuids),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("uuid", tests, open_crypto, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Comparing and wiping secrets. That the comparison takes the same time
 * wherever two differ is read from the code, not measured.
 */
#include "lib/secret.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void
equal_to_the_last_bit(void **state)
{
	struct secret a, b;

	(void)state;
	for (size_t i = 0; i < SECRET_SIZE; i++)
		a.b[i] = (uint8_t)(i * 7);
	b = a;
	assert_true(secret_equal(&a, &b));
	for (size_t bit = 0; bit < SECRET_SIZE * 8; bit++) {
		b.b[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_false(secret_equal(&a, &b));
		b.b[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	assert_true(secret_equal(&a, &b));
}

static void
same_looks_at_the_length(void **state)
{
	static const struct {
		const char	*a, *b;
		bool		 same;
	} facts[] = {
		{ "", "", true },
		{ "token", "token", true },
		{ "token", "tokens", false },
		{ "token", "", false },
		{ "token", "Token", false },
		{ "token", "tokem", false },
		{ "ab", "ba", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
		assert_int_equal(secret_same(bytes_of(facts[i].a),
		    bytes_of(facts[i].b)), facts[i].same);
	assert_true(secret_same(bytes(NULL, 0), bytes("", 0)));
}

static void
wiped_and_no_further(void **state)
{
	uint8_t b[8] = { 1, 2, 3, 4, 5, 6, 7, 8 };
	static const uint8_t expected[8] = { 0, 0, 0, 0, 0, 0, 7, 8 };

	(void)state;
	secret_wipe(b, 6);
	assert_memory_equal(b, expected, sizeof b);
	secret_wipe(b, 0);
	assert_memory_equal(b, expected, sizeof b);
}

static void
bytes_of_a_secret(void **state)
{
	struct secret s = { { 1, 2, 3 } };

	(void)state;
	assert_ptr_equal(secret_bytes(&s).p, s.b);
	assert_int_equal(secret_bytes(&s).n, SECRET_SIZE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equal_to_the_last_bit),
		cmocka_unit_test(same_looks_at_the_length),
		cmocka_unit_test(wiped_and_no_further),
		cmocka_unit_test(bytes_of_a_secret),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

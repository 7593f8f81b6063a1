/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Drawing plates: of the right shape, with the last digit that was wished
 * for, and with every letter and digit in every place where it may be.
 */
#include "services/vehicle_plate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "lib/crypto.h"
#include "lib/err.h"

enum {
	DRAWS = 4000
};

static int
open_crypto(void **state)
{
	struct err e;

	(void)state;
	return crypto_init(&e) ? 0 : -1;
}

static void
every_draw_is_a_new_plate(void **state)
{
	char plate[PLATE_LENGTH + 1];

	(void)state;
	for (int i = 0; i < DRAWS; i++) {
		vehicle_plate_draw(VEHICLE_PLATE_ANY, plate);
		assert_true(plate_valid(plate));
		assert_false(plate_is_old(plate));
	}
}

static void
every_sign_is_drawn(void **state)
{
	static const int kinds[PLATE_LENGTH] = { 26, 26, 26, 10, 26, 10, 10 };
	int seen[PLATE_LENGTH][256] = { { 0 } }, different;
	char plate[PLATE_LENGTH + 1];

	(void)state;
	for (int i = 0; i < DRAWS; i++) {
		vehicle_plate_draw(VEHICLE_PLATE_ANY, plate);
		for (size_t at = 0; at < PLATE_LENGTH; at++)
			seen[at][(unsigned char)plate[at]]++;
	}
	for (size_t at = 0; at < PLATE_LENGTH; at++) {
		different = 0;
		for (size_t sign = 0; sign < 256; sign++)
			different += seen[at][sign] > 0;
		assert_int_equal(different, kinds[at]);
	}
}

static void
a_wish_is_kept(void **state)
{
	static const struct {
		enum vehicle_plate_last	 wish;
		int			 rest;
	} wishes[] = {
		{ VEHICLE_PLATE_EVEN, 0 },
		{ VEHICLE_PLATE_ODD, 1 },
	};
	char plate[PLATE_LENGTH + 1];
	int seen[10] = { 0 };

	(void)state;
	for (size_t w = 0; w < 2; w++)
		for (int i = 0; i < DRAWS; i++) {
			vehicle_plate_draw(wishes[w].wish, plate);
			assert_true(plate_valid(plate));
			assert_int_equal((plate[PLATE_LENGTH - 1] - '0') % 2,
			    wishes[w].rest);
			seen[plate[PLATE_LENGTH - 1] - '0']++;
		}
	for (int digit = 0; digit < 10; digit++)
		assert_true(seen[digit] > 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_draw_is_a_new_plate),
		cmocka_unit_test(every_sign_is_drawn),
		cmocka_unit_test(a_wish_is_kept),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, open_crypto, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The table of countries: whole, in order, and named in both languages.
 */
#include "forms/country.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "lib/text.h"

static void
countries_in_order(void **state)
{
	size_t n = 0;

	(void)state;
	for (; countries[n].code != NULL; n++) {
		assert_true(country_is(countries[n].code));
		assert_true(n == 0 || strcmp(countries[n - 1].code,
		    countries[n].code) < 0);
	}
	assert_int_equal(n, 249);
	assert_false(country_is("UK"));
	assert_false(country_is("br"));
	assert_false(country_is(""));
	assert_string_equal(country_name("DE"), "Germany");
	assert_true(text_use("pt-BR"));
	assert_string_equal(country_name("DE"), "Alemanha");
	assert_string_equal(country_name("ZZ"), "ZZ");
	assert_true(text_use("en"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(countries_in_order),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

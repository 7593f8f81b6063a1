/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Filling a struct err: always false, never too long, never with a NULL in
 * the way.
 */
#include "lib/err.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void
set_fills_and_says_false(void **state)
{
	struct err e;

	(void)state;
	memset(&e, 'x', sizeof e);
	assert_false(err_set(&e, ERR_LIMIT, "%d of %d", 3, 2));
	assert_int_equal(e.code, ERR_LIMIT);
	assert_string_equal(e.constraint, "");
	assert_string_equal(e.text, "3 of 2");
}

static void
a_rule_names_itself(void **state)
{
	struct err e;

	(void)state;
	assert_false(err_rule(&e, "lien_free", "the vehicle has a lien"));
	assert_int_equal(e.code, ERR_DENIED);
	assert_string_equal(e.text, "the vehicle has a lien");
	assert_true(err_is(&e, "lien_free"));
	assert_false(err_is(&e, "lien"));
	assert_false(err_set(&e, ERR_INPUT, "something else"));
	assert_false(err_is(&e, "lien_free"));
}

static void
at_puts_the_place_before(void **state)
{
	struct err e;

	(void)state;
	err_rule(&e, "two_eyes", "needs a second person");
	assert_false(err_at(&e, "decide"));
	assert_false(err_at(&e, "benefit"));
	assert_string_equal(e.text, "benefit: decide: needs a second person");
	assert_int_equal(e.code, ERR_DENIED);
	assert_true(err_is(&e, "two_eyes"));
}

static void
long_texts_are_cut(void **state)
{
	struct err e;
	char name[200];

	(void)state;
	memset(name, 'n', sizeof name - 1);
	name[sizeof name - 1] = '\0';
	err_set(&e, ERR_SYSTEM, "%0500d", 1);
	assert_int_equal(strlen(e.text), sizeof e.text - 1);
	for (int i = 0; i < 5; i++)
		err_at(&e, "somewhere");
	assert_true(strlen(e.text) < sizeof e.text);
	assert_memory_equal(e.text, "somewhere: somewhere: ", 22);
	err_rule(&e, name, "text");
	assert_int_equal(strlen(e.constraint), sizeof e.constraint - 1);
}

static void
nobody_asking_is_fine(void **state)
{
	(void)state;
	assert_false(err_set(NULL, ERR_INPUT, "%s", "unheard"));
	assert_false(err_rule(NULL, "rule", "unheard"));
	assert_false(err_at(NULL, "unheard"));
}

static void
every_code_has_a_name(void **state)
{
	static const struct {
		enum err_code	 code;
		const char	*name;
	} facts[] = {
		{ ERR_NONE, "none" },
		{ ERR_INPUT, "input" },
		{ ERR_ABSENT, "absent" },
		{ ERR_DENIED, "denied" },
		{ ERR_CONFLICT, "conflict" },
		{ ERR_LIMIT, "limit" },
		{ ERR_BUSY, "busy" },
		{ ERR_LOST, "lost" },
		{ ERR_UNKNOWN, "unknown" },
		{ ERR_SYSTEM, "system" },
		{ ERR__MAX, "none" },
	};

	(void)state;
	assert_int_equal(sizeof facts / sizeof *facts, ERR__MAX + 1);
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
		assert_string_equal(err_name(facts[i].code), facts[i].name);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(set_fills_and_says_false),
		cmocka_unit_test(a_rule_names_itself),
		cmocka_unit_test(at_puts_the_place_before),
		cmocka_unit_test(long_texts_are_cut),
		cmocka_unit_test(nobody_asking_is_fine),
		cmocka_unit_test(every_code_has_a_name),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("err", tests, NULL, NULL);
}

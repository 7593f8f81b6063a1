/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The auditors' words against the register: no code may be on a page by its
 * own name, and no two codes may read alike.
 */
#include "cgi-bin/audit_words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "lib/str.h"

enum {
	CODES = 256
};

static const char *
event_word(unsigned code)
{
	return audit_words_event((enum event_type)code);
}

static const char *
room_word(unsigned code)
{
	return audit_words_room((enum room_code)code);
}

static const char *
purpose_word(unsigned code)
{
	return audit_words_purpose((enum purpose)code);
}

static const struct {
	const char	*what;
	const char	*(*name)(unsigned code);	/* the register's */
	const char	*(*word)(unsigned code);
	unsigned	 least;		/* codes that there are */
} tables[] = {
	{ "event", registry_event_name, event_word, 16 },
	{ "room", registry_room_name, room_word, 16 },
	{ "purpose", registry_purpose_name, purpose_word, 12 },
};

static void
every_code_has_a_word(void **state)
{
	(void)state;
	for (size_t t = 0; t < sizeof tables / sizeof *tables; t++) {
		unsigned n = 0;

		for (unsigned code = 1; code < CODES; code++) {
			const char *name = tables[t].name(code);

			if (str_equal(name, "none"))
				continue;
			n++;
			if (str_equal(tables[t].word(code), name))
				fail_msg("%s %s has no word",
				    tables[t].what, name);
		}
		assert_in_range(n, tables[t].least, CODES);
	}
}

static void
no_two_codes_read_alike(void **state)
{
	(void)state;
	for (size_t t = 0; t < sizeof tables / sizeof *tables; t++)
		for (unsigned a = 1; a < CODES; a++)
			for (unsigned b = 1; b < a; b++) {
				if (str_equal(tables[t].name(a), "none")
				    || str_equal(tables[t].name(b), "none"))
					continue;
				assert_string_not_equal(tables[t].word(a),
				    tables[t].word(b));
			}
}

static void
what_is_unknown_reads_as_the_register_writes_it(void **state)
{
	(void)state;
	assert_string_equal(event_word(9999), registry_event_name(9999));
	assert_string_equal(room_word(9999), registry_room_name(9999));
	assert_string_equal(purpose_word(9999), registry_purpose_name(9999));
	assert_string_equal(audit_words_table(TABLE_AUDIT_Q), "audit.q");
	assert_string_equal(audit_words_table(0), "");
	assert_string_equal(audit_words_table(9999), "");
}

static void
outcomes_differ_in_word_and_colour(void **state)
{
	(void)state;
	for (int a = OUTCOME_OK; a <= OUTCOME_ERROR; a++)
		for (int b = OUTCOME_OK; b < a; b++) {
			assert_string_not_equal(audit_words_outcome(
			    (enum entry_outcome)a), audit_words_outcome(
			    (enum entry_outcome)b));
			assert_int_not_equal(audit_words_colour(
			    (enum entry_outcome)a), audit_words_colour(
			    (enum entry_outcome)b));
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_code_has_a_word),
		cmocka_unit_test(no_two_codes_read_alike),
		cmocka_unit_test(what_is_unknown_reads_as_the_register_writes_it),
		cmocka_unit_test(outcomes_differ_in_word_and_colour),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

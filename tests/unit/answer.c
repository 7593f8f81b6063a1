/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Answers as they are read, by people and by services; what is said where
 * one is wrong; and that no answer does harm, whatever it holds.
 */
#include "forms/answer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "forms/sentence.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/text.h"
#include "lib/xml.h"
#include "tests/unit/club.h"
#include "tests/unit/vectors.h"

#define COUNT(array)	(sizeof(array) / sizeof *(array))

static void
answers_are_read(void **state)
{
	static const char expected[] =
	    "one|Full name|Ana Lima\n"
	    "one|Date of birth|29 February 2008\n"
	    "one|Kind|Full\n"
	    "one|Extras|\n"
	    "one|Home|\n"
	    "two|Name|Bia\n"
	    "two|Age|7\n"
	    "two|Swims|Yes\n"
	    "three|Monthly payment|R$\xc2\xa0" "150.00\n"
	    "three|Half a year|R$\xc2\xa0" "902.50\n"
	    "three|A year|R$\xc2\xa0" "1,805.01\n"
	    "three|Fee|R$\xc2\xa0" "5.01\n"
	    "last|Place|\n"
	    "last|I agree|Yes\n";
	struct form *f = club_filled();
	struct buf out = buf_new(club_arena, 400);
	struct answer *list;
	size_t n;

	(void)state;
	assert_true(text_use("en"));
	list = answer_list(club_arena, f, &n);
	for (size_t i = 0; i < n; i++)
		buf_printf(&out, "%s|%s|%s\n", list[i].page->name,
		    list[i].label, list[i].value);
	assert_string_equal(buf_text(&out), expected);
	form_free(f);
}

static void
answers_are_typed(void **state)
{
	static const struct form_field fields[] = {
		{ "who", "A" }, { "born", "2000-01-01" }, { "kind", "full" },
		{ "extras", "gym" }, { "extras", "boat" },
		{ "home-country", "BR" }, { "home-street", "Rua A" },
		{ "home-city", "Recife" }, { "home-state", "PE" },
		{ "home-postcode", "50000-000" },
	};
	struct form *f = club_filled();
	date born = DATE_NONE;

	(void)state;
	assert_null(form_take(f, club_one, 0, fields, COUNT(fields)));
	assert_true(date_parse("2000-01-01", &born, NULL));
	assert_int_equal(answer_date(f, "born", 0), born);
	assert_int_equal(answer_date(f, "who", 0), DATE_NONE);
	assert_int_equal(answer_int(f, "age", 1, -1), 7);
	assert_int_equal(answer_int(f, "who", 0, -1), -1);
	assert_true(answer_true(f, "agree", 0));
	assert_true(answer_true(f, "swims", 1));
	assert_false(answer_true(f, "who", 0));
	assert_true(answer_chosen(f, "extras", 0, "boat"));
	assert_true(answer_chosen(f, "extras", 0, "gym"));
	assert_false(answer_chosen(f, "extras", 0, "sauna"));
	assert_string_equal(answer_text(f, "home", 0, "city"), "Recife");
	assert_string_equal(answer_text(f, "home", 0, "postcode"), "50000000");
	assert_null(answer_text(f, "home", 0, "number"));
	assert_null(answer_text(f, "home", 0, "planet"));
	assert_null(answer_text(f, "home", 0, NULL));
	assert_null(answer_text(f, "who", 0, "city"));
	assert_null(answer_text(f, "none", 0, NULL));
	assert_null(answer_text(f, "who", 1, NULL));
	form_free(f);
}

static void
sentences(void **state)
{
	static const struct {
		const char	*item;
		struct type_fault fault;
		const char	*sentence;
	} facts[] = {
		{ "who", { .code = TYPE_FINE }, "" },
		{ "who", { .code = TYPE_MISSING }, "Enter your full name" },
		{ "kind", { .code = TYPE_MISSING }, "Select the kind" },
		{ "agree", { .code = TYPE_DECLARE },
		  "Confirm the declaration to continue" },
		{ "born", { .code = TYPE_CONSTRAINT },
		  "You must be 18 or over" },
		{ "who", { .code = TYPE_CONSTRAINT },
		  "Full name does not fit the other answers" },
		{ "born", { .code = TYPE_PART_MISSING, .part = "month" },
		  "Date of birth: enter the month" },
		{ "born", { .code = TYPE_DATE }, "Date of birth must be a "
		  "real date" },
		{ "home", { .code = TYPE_PART_MISSING, .part = "street" },
		  "Home: enter the street" },
		{ "who", { .code = TYPE_TOO_LONG, .high = 200 },
		  "Full name must have 200 characters or fewer" },
		{ "pay", { .code = TYPE_TOO_LOW, .low = 1000 },
		  "Monthly payment must be R$\xc2\xa0" "10.00 or more" },
		{ "age", { .code = TYPE_TOO_HIGH, .high = 17 },
		  "Age must be 17 or less" },
		{ "extras", { .code = TYPE_TOO_MANY, .high = 2 },
		  "Extras: choose 2 or fewer" },
	};
	struct form *f = form_new(club_arena, club, &club_world);
	const struct form_error *error;

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++)
		assert_string_equal(sentence_of(club_arena,
		    definition_item(club, facts[i].item), &facts[i].fault),
		    facts[i].sentence);
	error = form_check_page(f, club_two);
	assert_string_equal(sentence_error(club_arena, error),
	    "Child 1: Enter the child's name");
	assert_true(form_remove_entry(f, club->repeats, 1, NULL));
	error = form_check_page(f, club_two);
	assert_string_equal(sentence_error(club_arena, error),
	    "Child: add 1 or more");
	for (enum type_code code = TYPE_FINE + 1; code < TYPE__MAX; code++) {
		struct type_fault fault = { .code = code, .part = "day" };
		const char *said = sentence_of(club_arena, club->items, &fault);

		assert_true(strlen(said) > 10);
		assert_null(strchr(said, '{'));
	}
	form_free(f);
}

static void
hold_hostile(const char *text)
{
	struct form_field fields[12];
	struct form *f = form_new(club_arena, club, &club_world), *again;
	static const char *const names[] = {
		"who", "born-day", "born-month", "born-year", "born", "kind",
		"why", "extras", "home-country", "home-lines", "home-state",
		"home-street",
	};
	struct bytes draft;

	for (size_t i = 0; i < COUNT(fields); i++)
		fields[i] = (struct form_field){ names[i], text };
	form_take(f, club_one, 0, fields, COUNT(fields));
	fields[0].name = "called";
	fields[1].name = "age";
	fields[2].name = "swims";
	form_take(f, club_two, 1, fields, 3);
	fields[0].name = "pay";
	form_take(f, club_three, 0, fields, 1);
	for (const struct form_error *e = form_check(f); e; e = e->next)
		assert_non_null(sentence_error(club_arena, e));
	draft = form_draft(club_arena, f);
	assert_true(form_load(club_arena, club, &club_world, draft, &again,
	    NULL));
	assert_true(bytes_equal(form_draft(club_arena, again), draft));
	form_free(again);
	form_free(f);
}

static void
reference_naughty_strings(void **state)
{
	struct json_t *all = vectors_load("naughty-strings/blns.json");
	size_t i;
	json_t *string;

	(void)state;
	json_array_foreach(all, i, string)
		hold_hostile(json_string_value(string));
	assert_true(i > 500);
	vectors_free(all);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_are_read),
		cmocka_unit_test(answers_are_typed),
		cmocka_unit_test(sentences),
		cmocka_unit_test(reference_naughty_strings),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	xml_init();
	return cmocka_run_group_tests(tests, club_open, club_close);
}

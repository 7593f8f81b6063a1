/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A form in use: what is posted, what comes of it, and that the same
 * answers always make the same bytes.
 */
#include "forms/form.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "forms/answer.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/xml.h"
#include "tests/unit/club.h"

#define COUNT(array)	(sizeof(array) / sizeof *(array))

static const char *
text_of(struct bytes b)
{
	return arena_strndup(club_arena, (const char *)b.p, b.n);
}

/* "item entry code" for each error, one a line. */
static const char *
listed(const struct form_error *error)
{
	struct buf out = buf_new(club_arena, 200);

	for (; error != NULL; error = error->next)
		buf_printf(&out, "%s %u %d\n", error->item != NULL ?
		    error->item->name : error->repeat->name, error->entry,
		    error->fault.code);
	return buf_text(&out);
}

static const char *
errors_text(enum type_code code, const char *item, unsigned entry)
{
	return arena_printf(club_arena, "%s %u %d\n", item, entry, code);
}

static void
canonical_bytes(void **state)
{
	struct form *f = club_filled();

	(void)state;
	assert_string_equal(text_of(form_submission(club_arena, f)),
	    "<club version=\"2\"><who>Ana Lima</who><born>2008-02-29</born>"
	    "<kind>full</kind><child><called>Bia</called><age>7</age>"
	    "<swims>true</swims></child><pay>15000</pay><half>90250</half>"
	    "<sum>180501</sum><fee>501</fee><agree>true</agree></club>");
	assert_null(form_check(f));
	form_free(f);
}

static void
saved_and_loaded_the_same(void **state)
{
	struct form *f = club_filled(), *again;
	struct bytes draft = form_draft(club_arena, f);

	(void)state;
	assert_true(form_load(club_arena, club, &club_world, draft, &again,
	    NULL));
	assert_true(bytes_equal(form_draft(club_arena, again), draft));
	assert_true(bytes_equal(form_submission(club_arena, again),
	    form_submission(club_arena, f)));
	assert_null(form_check(again));
	form_free(again);
	form_free(f);

	f = form_new(club_arena, club, &club_world);
	draft = form_draft(club_arena, f);
	assert_true(form_load(club_arena, club, &club_world, draft, &again,
	    NULL));
	assert_true(bytes_equal(form_draft(club_arena, again), draft));
	form_free(again);
	form_free(f);
}

static void
not_loaded(void **state)
{
	static const char *const facts[] = {
		"",
		"<club",
		"<other version=\"2\"></other>",
		"<club></club>",
		"<club version=\"1\"></club>",
		"<club version=\"2\"/>",
		"<club version=\"2\"> </club>",
		"<club version=\"2\"></club>\n",
		"<club version=\"2\"><!-- x --></club>",
		"<club version=\"2\" more=\"1\"></club>",
		"<club version=\"2\">text</club>",
		"<club version=\"2\"><who></who></club>",
		"<club version=\"2\"><who> Ana</who></club>",
		"<club version=\"2\"><who>A<b>n</b>a</who></club>",
		"<club version=\"2\"><who x=\"1\">Ana</who></club>",
		"<club version=\"2\"><who>Ana</who><who>Bia</who></club>",
		"<club version=\"2\"><born>29/02/2008</born></club>",
		"<club version=\"2\"><born>2007-02-29</born></club>",
		"<club version=\"2\"><kind>other</kind></club>",
		"<club version=\"2\"><kind>full</kind><who>Ana</who></club>",
		"<club version=\"2\"><nothing>1</nothing></club>",
		"<club version=\"2\"><called>Bia</called></club>",
		"<club version=\"2\"><child><who>Bia</who></child></club>",
		"<club version=\"2\"><child><age>18</age></child></club>",
		"<club version=\"2\"><child><age>07</age></child></club>",
		"<club version=\"2\"><child></child><child></child>"
		"<child></child><child></child></club>",
		"<club version=\"2\"><extras>boat</extras><extras>boat"
		"</extras></club>",
		"<club version=\"2\"><extras>gym</extras><extras>boat"
		"</extras></club>",
		"<club version=\"2\"><extras>boat</extras><extras>sauna"
		"</extras><extras>gym</extras></club>",
		"<club version=\"2\"><home></home></club>",
		"<club version=\"2\"><home><city>Recife</city></home></club>",
		"<club version=\"2\"><home><country>GB</country><lines>x"
		"</lines><moon>y</moon></home></club>",
		"<club version=\"2\"><pay>1000.00</pay></club>",
		"<club version=\"2\"><pay>999</pay></club>",
		"<club version=\"2\"><agree>false</agree></club>",
		"<!DOCTYPE club><club version=\"2\"></club>",
		"<club xmlns=\"urn:x\" version=\"2\"></club>",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		struct form *f = NULL;
		struct err e = { 0 };

		assert_false(form_load(club_arena, club, &club_world,
		    bytes_of(facts[i]), &f, &e));
		assert_null(f);
		assert_int_equal(e.code, ERR_INPUT);
	}
}

static void
a_page_is_taken_or_told_why_not(void **state)
{
	static const struct {
		struct form_field fields[6];
		const char	*item;		/* NULL: all is well */
		enum type_code	 code;
	} facts[] = {
		{ { { "who", "A" }, { "born", "2000-01-01" },
		    { "kind", "full" } }, NULL, TYPE_FINE },
		{ { { "who", "" }, { "born", "2000-01-01" },
		    { "kind", "full" } }, "who", TYPE_MISSING },
		{ { { "born", "2000-01-01" }, { "kind", "full" } }, "who",
		  TYPE_MISSING },
		{ { { "who", "A" }, { "kind", "full" } }, "born",
		  TYPE_MISSING },
		{ { { "who", "A" }, { "born-day", "1" }, { "born-month", "" },
		    { "born-year", "2000" }, { "kind", "full" } }, "born",
		  TYPE_PART_MISSING },
		{ { { "who", "A" }, { "born", "2008-03-11" },
		    { "kind", "full" } }, "born", TYPE_CONSTRAINT },
		{ { { "who", "A" }, { "born", "2008-03-10" },
		    { "kind", "full" } }, NULL, TYPE_FINE },
		{ { { "who", "A" }, { "born", "2000-01-01" },
		    { "kind", "odd" } }, "kind", TYPE_CHOICE },
		{ { { "who", "A" }, { "born", "2000-01-01" },
		    { "kind", "guest" } }, "why", TYPE_MISSING },
		{ { { "who", "A" }, { "born", "2000-01-01" },
		    { "kind", "guest" }, { "why", "a\r\nb" } }, NULL,
		  TYPE_FINE },
		{ { { "who", "A" }, { "born", "2000-01-01" },
		    { "kind", "full" }, { "extras", "gym" },
		    { "extras", "boat" } }, NULL, TYPE_FINE },
		{ { { "who", "A" }, { "born", "2000-01-01" },
		    { "kind", "full" }, { "extras", "gym" },
		    { "extras", "boat" }, { "extras", "sauna" } }, "extras",
		  TYPE_TOO_MANY },
		{ { { "who", "A" }, { "born", "2000-01-01" },
		    { "kind", "full" }, { "home-street", "Rua A" } }, "home",
		  TYPE_PART_MISSING },
		{ { { "who", "A" }, { "born", "2000-01-01" },
		    { "kind", "full" }, { "home-country", "GB" },
		    { "home-lines", "x" } }, NULL, TYPE_FINE },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		struct form *f = form_new(club_arena, club, &club_world);
		const struct form_error *error;
		size_t n = 0;

		while (n < COUNT(facts[i].fields) && facts[i].fields[n].name)
			n++;
		error = form_take(f, club_one, 0, facts[i].fields, n);
		assert_string_equal(listed(error), facts[i].item == NULL ?
		    "" : errors_text(facts[i].code, facts[i].item, 0));
		form_free(f);
	}
}

static void
what_was_typed_is_shown_again(void **state)
{
	static const struct form_field fields[] = {
		{ "who", "\x01 A" }, { "born-day", "31" },
		{ "born-month", "2" }, { "born-year", "200" },
		{ "kind", "guest" }, { "extras", "gym" }, { "extras", "pool" },
	};
	const struct definition_item *born = definition_item(club, "born");
	const struct definition_item *extras = definition_item(club, "extras");
	const struct definition_item *kind = definition_item(club, "kind");
	struct form *f = club_filled();

	(void)state;
	assert_string_equal(form_typed(f, born, 0, "month"), "2");
	assert_string_equal(form_typed(f, born, 0, "century"), "");
	assert_string_equal(form_typed(f, definition_item(club, "pay"), 0,
	    NULL), "150.00");
	assert_true(form_is_chosen(f, definition_item(club, "swims"), 1,
	    "yes"));
	assert_false(form_is_chosen(f, definition_item(club, "swims"), 2,
	    "yes"));

	assert_non_null(form_take(f, club_one, 0, fields, COUNT(fields)));
	assert_string_equal(form_typed(f, definition_item(club, "who"), 0,
	    NULL), "\x01 A");
	assert_string_equal(form_typed(f, born, 0, "day"), "31");
	assert_string_equal(form_typed(f, born, 0, "year"), "200");
	assert_true(form_is_chosen(f, kind, 0, "guest"));
	assert_false(form_is_chosen(f, kind, 0, "full"));
	assert_true(form_is_chosen(f, extras, 0, "gym"));
	assert_true(form_is_chosen(f, extras, 0, "pool"));
	/* what is wrong is nowhere in the answers */
	assert_null(strstr(text_of(form_draft(club_arena, f)), "born"));
	assert_null(answer_text(f, "who", 0, NULL));
	form_free(f);
}

static void
what_does_not_matter_is_kept_but_not_sent(void **state)
{
	static const struct form_field guest[] = {
		{ "who", "A" }, { "born", "2000-01-01" }, { "kind", "guest" },
		{ "why", "because" }, { "extras", "gym" },
	};
	static const struct form_field full[] = {
		{ "who", "A" }, { "born", "2000-01-01" }, { "kind", "full" },
		{ "extras", "gym" },
	};
	struct form *f = club_filled();

	(void)state;
	assert_true(form_page_matters(f, club_two));
	assert_null(form_take(f, club_one, 0, guest, COUNT(guest)));
	assert_string_equal(answer_text(f, "why", 0, NULL), "because");
	assert_false(form_page_matters(f, club_two));
	assert_null(answer_text(f, "called", 1, NULL));
	assert_null(strstr(text_of(form_submission(club_arena, f)), "Bia"));
	assert_non_null(strstr(text_of(form_draft(club_arena, f)), "Bia"));
	assert_ptr_equal(form_next(f, club_one), club_three);
	assert_ptr_equal(form_previous(f, club_three), club_one);
	assert_null(form_check(f));

	/* "why" was shown when this page was posted, and came back empty */
	assert_null(form_take(f, club_one, 0, full, COUNT(full)));
	assert_true(form_page_matters(f, club_two));
	assert_non_null(strstr(text_of(form_submission(club_arena, f)), "Bia"));
	assert_null(strstr(text_of(form_draft(club_arena, f)), "because"));
	/* now it is not shown: posting the page again leaves it alone */
	assert_null(form_take(f, club_one, 0, guest, COUNT(guest)));
	assert_null(form_take(f, club_one, 0, full, 3));
	assert_ptr_equal(form_next(f, club_one), club_two);
	form_free(f);
}

static void
entries_come_and_go(void **state)
{
	const struct definition_repeat *repeat = club->repeats;
	struct form *f = form_new(club_arena, club, &club_world);
	struct err e = { 0 };
	unsigned entry = 0;

	(void)state;
	assert_int_equal(form_entries(f, repeat), 1);
	assert_string_equal(listed(form_check_page(f, club_two)), "called 1 1\n"
	    "age 1 1\n");
	assert_null(form_take(f, club_two, 1, club_child, CLUB_CHILD));
	assert_true(form_add_entry(f, repeat, &entry, NULL));
	assert_int_equal(entry, 2);
	assert_true(form_add_entry(f, repeat, &entry, NULL));
	assert_false(form_add_entry(f, repeat, &entry, &e));
	assert_int_equal(e.code, ERR_LIMIT);
	assert_int_equal(form_entries(f, repeat), 3);
	assert_string_equal(answer_text(f, "called", 1, NULL), "Bia");
	assert_null(answer_text(f, "called", 2, NULL));
	assert_null(answer_text(f, "called", 0, NULL));
	assert_null(answer_text(f, "called", 4, NULL));
	assert_true(form_remove_entry(f, repeat, 2, NULL));
	assert_true(form_remove_entry(f, repeat, 1, NULL));
	assert_null(answer_text(f, "called", 1, NULL));
	assert_true(form_remove_entry(f, repeat, 1, NULL));
	assert_false(form_remove_entry(f, repeat, 1, &e));
	assert_int_equal(e.code, ERR_ABSENT);
	assert_string_equal(listed(form_check_page(f, club_two)),
	    errors_text(TYPE_TOO_FEW, "child", 0));
	assert_null(form_take(f, club_two, 1, club_child, CLUB_CHILD));
	form_free(f);
}

/* An entry's rules look at the entry, and around it with "..". */
static void
an_entry_has_its_own_questions(void **state)
{
	static const struct form_field small[] = {
		{ "called", "Caio" }, { "age", "5" },
	};
	static const struct form_field tall[] = {
		{ "called", "Caio" }, { "age", "6" },
	};
	static const struct form_field boat[] = {
		{ "who", "A" }, { "born", "2000-01-01" }, { "kind", "full" },
		{ "extras", "boat" },
	};
	const struct definition_item *swims = definition_item(club, "swims");
	struct form *f = club_filled();
	unsigned entry;

	(void)state;
	assert_true(form_add_entry(f, club->repeats, &entry, NULL));
	assert_null(form_take(f, club_two, 2, small, COUNT(small)));
	assert_true(form_item_matters(f, swims, 1));
	assert_false(form_item_matters(f, swims, 2));
	assert_null(form_take(f, club_two, 2, tall, COUNT(tall)));
	assert_true(form_item_matters(f, swims, 2));
	assert_null(form_check(f));
	assert_null(form_take(f, club_one, 0, boat, COUNT(boat)));
	assert_string_equal(listed(form_check(f)),
	    errors_text(TYPE_MISSING, "swims", 2));
	assert_ptr_equal(form_first_open(f), club_two);
	form_free(f);
}

static void
calculated_in_order(void **state)
{
	static const struct form_field forged[] = {
		{ "pay", "10" }, { "sum", "1" }, { "fee", "0" },
	};
	struct form *f = form_new(club_arena, club, &club_world);

	(void)state;
	assert_int_equal(answer_int(f, "fee", 0, -1), 501);
	assert_int_equal(answer_int(f, "sum", 0, -1), -1);
	assert_null(form_take(f, club_three, 0, forged, COUNT(forged)));
	assert_int_equal(answer_int(f, "fee", 0, -1), 501);
	assert_int_equal(answer_int(f, "sum", 0, -1), 12501);
	assert_int_equal(answer_int(f, "half", 0, -1), 6250);
	form_free(f);
}

static void
the_program_fills_in(void **state)
{
	static const struct form_field forged[] = {
		{ "place", "elsewhere" }, { "agree", "yes" },
	};
	struct form *f = form_new(club_arena, club, &club_world);
	struct err e = { 0 };

	(void)state;
	assert_true(form_give(f, "place", "Dock 4", NULL));
	assert_null(form_take(f, club_last, 0, forged, COUNT(forged)));
	assert_string_equal(answer_text(f, "place", 0, NULL), "Dock 4");
	assert_false(form_give(f, "place", " x ", &e));
	assert_int_equal(e.code, ERR_INPUT);
	assert_false(form_give(f, "none", "x", &e));
	assert_int_equal(e.code, ERR_ABSENT);
	assert_false(form_give(f, "called", "x", &e));
	assert_false(form_give(f, "home", "x", &e));
	assert_true(form_give(f, "place", "", NULL));
	assert_null(answer_text(f, "place", 0, NULL));
	form_prefill(f, "name", "Ana Lima");
	form_prefill(f, "name", "Bia");
	form_prefill(f, "email", "x");
	assert_string_equal(answer_text(f, "who", 0, NULL), "Ana Lima");
	form_free(f);
}

static void
fees_and_a_second_person(void **state)
{
	static const struct form_field little[] = { { "pay", "10" } };
	struct form *f = club_filled();
	const char **lines;
	unsigned entry;
	bool second;

	(void)state;
	assert_true(form_fees(club_arena, f, &lines, NULL));
	assert_string_equal(lines[0], "join");
	assert_null(lines[1]);
	assert_true(form_add_entry(f, club->repeats, &entry, NULL));
	assert_true(form_fees(club_arena, f, &lines, NULL));
	assert_string_equal(lines[1], "family");
	assert_true(form_needs_second(f, 0, &second, NULL));
	assert_true(second);
	assert_null(form_take(f, club_three, 0, little, COUNT(little)));
	assert_true(form_needs_second(f, 999999, &second, NULL));
	assert_false(second);
	form_free(f);
	/* no sum yet: no sensible answer */
	f = form_new(club_arena, club, &club_world);
	assert_false(form_needs_second(f, 0, &second, NULL));
	form_free(f);
}

static void
from_page_to_page(void **state)
{
	struct form *f = form_new(club_arena, club, &club_world);

	(void)state;
	assert_ptr_equal(form_next(f, NULL), club_one);
	assert_ptr_equal(form_next(f, club_one), club_two);
	assert_ptr_equal(form_next(f, club_two), club_three);
	assert_ptr_equal(form_next(f, club_three), club_last);
	assert_null(form_next(f, club_last));
	assert_ptr_equal(form_previous(f, NULL), club_last);
	assert_ptr_equal(form_previous(f, club_last), club_three);
	assert_null(form_previous(f, club_one));
	assert_ptr_equal(form_first_open(f), club_one);
	form_free(f);
	f = club_filled();
	assert_null(form_first_open(f));
	form_free(f);
}

static void
circles_end(void **state)
{
	static const char text[] =
	    "<form name='c' version='1' languages='en'>" CLUB_EN("title", "T")
	    CLUB_EN("summary", "S")
	    "<service prefix='CC' office='o' room='r'>"
	    "<purpose number='1'>" CLUB_EN("text", "P") "</purpose>"
	    "<retention years='5'>" CLUB_EN("text", "R") "</retention></service>"
	    "<page name='p'>" CLUB_EN("title", "T")
	    "<item name='a' type='yesno' default='true'"
	    " relevant=\"b != 'true'\">" CLUB_EN("label", "A") "</item>"
	    "<item name='b' type='yesno' default='true'"
	    " relevant=\"a = 'true'\">" CLUB_EN("label", "B") "</item>"
	    "<item name='n' type='integer' default='1' calculate='n + 1'>"
	    CLUB_EN("label", "N") "</item></page></form>";
	const struct definition *d;
	struct form *f;

	(void)state;
	assert_true(definition_parse(club_arena, bytes_of(text), &d, NULL));
	f = form_new(club_arena, d, &club_world);
	assert_true(answer_int(f, "n", 0, 0) > 1);
	form_free(f);
	definition_free(d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(canonical_bytes),
		cmocka_unit_test(saved_and_loaded_the_same),
		cmocka_unit_test(not_loaded),
		cmocka_unit_test(a_page_is_taken_or_told_why_not),
		cmocka_unit_test(what_was_typed_is_shown_again),
		cmocka_unit_test(what_does_not_matter_is_kept_but_not_sent),
		cmocka_unit_test(entries_come_and_go),
		cmocka_unit_test(an_entry_has_its_own_questions),
		cmocka_unit_test(calculated_in_order),
		cmocka_unit_test(the_program_fills_in),
		cmocka_unit_test(fees_and_a_second_person),
		cmocka_unit_test(from_page_to_page),
		cmocka_unit_test(circles_end),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	xml_init();
	return cmocka_run_group_tests(tests, club_open, club_close);
}

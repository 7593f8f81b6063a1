/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A form in use: what is posted, what comes of it, what is said about it,
 * and that the same answers always make the same bytes.
 */
#include "forms/form.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "forms/answer.h"
#include "forms/sentence.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/text.h"
#include "lib/xml.h"
#include "tests/unit/vectors.h"

#define COUNT(array)	(sizeof(array) / sizeof *(array))

/* Pages: one (who, born, kind, why, extras, home), two (children), three
 * (pay, half, sum), last (place, agree). */
#define EN(element, text) \
	"<" element " lang='en'>" text "</" element ">"
#define LABELS(label, noun)	EN("label", label) EN("noun", noun)
#define CHOICE(code, label) \
	"<choice code='" code "'>" EN("label", label) "</choice>"
static const char source[] =
    "<form name='club' version='2' languages='en'>"
    EN("title", "Join") EN("summary", "The club")
    "<service prefix='CL' office='o' room='general'>"
    "<four-eyes when='above' amount='100000' of='sum'/>"
    "<fee line='join'/><fee line='family' relevant='count(child) > 1'/>"
    "<purpose number='1'>" EN("text", "P") "</purpose>"
    "<retention years='5'>" EN("text", "R") "</retention></service>"
    "<page name='one'>" EN("title", "You")
    "<item name='who' type='name' required='true()' prefill='name'>"
    LABELS("Full name", "your full name") "</item>"
    "<item name='born' type='date' required='true()'"
    " constraint='age(born, today()) >= 18'>"
    LABELS("Date of birth", "your date of birth")
    "<message code='constraint'>" EN("text", "You must be 18 or over")
    "</message></item>"
    "<item name='kind' type='choice' required='true()' default='full'>"
    LABELS("Kind", "the kind")
    CHOICE("full", "Full") CHOICE("guest", "Guest") "</item>"
    "<item name='why' type='text' required='true()' lines='3'"
    " relevant=\"kind = 'guest'\">" LABELS("Why", "why") "</item>"
    "<item name='extras' type='choices' max='2'>"
    LABELS("Extras", "the extras") CHOICE("boat", "Boat")
    CHOICE("sauna", "Sauna") CHOICE("gym", "Gym") "</item>"
    "<item name='home' type='address'>" LABELS("Home", "your home")
    "</item></page>"
    "<page name='two' relevant=\"extras != 'gym' or kind = 'full'\">"
    EN("title", "Children")
    "<repeat name='child' min='1' max='3'>" EN("label", "Child")
    EN("add", "Add another child")
    "<item name='called' type='name' required='true()'>"
    LABELS("Name", "the child's name") "</item>"
    "<item name='age' type='integer' required='true()' max='17'>"
    LABELS("Age", "the child's age") "</item>"
    "<item name='swims' type='yesno' required=\"../extras = 'boat'\""
    " relevant='age > 5'>" LABELS("Swims", "whether the child swims")
    "</item></repeat></page>"
    "<page name='three'>" EN("title", "Money")
    "<item name='pay' type='money' required='true()' min='1000'>"
    LABELS("Monthly payment", "the monthly payment") "</item>"
    "<item name='half' type='money' calculate=\"muldiv(sum, 1, 2,"
    " 'half-even')\">" EN("label", "Half a year") "</item>"
    "<item name='sum' type='money' calculate='pay * 12 + fee'>"
    EN("label", "A year") "</item>"
    "<item name='fee' type='money' calculate=\"param('fee', today())\">"
    EN("label", "Fee") "</item></page>"
    "<page name='last'>" EN("title", "Last")
    "<item name='place' type='text' given='true'>" EN("label", "Place")
    "</item>"
    "<item name='agree' type='declaration' required='true()'>"
    EN("label", "I agree") "</item></page>"
    "<decision><reason number='1' outcome='refusal'>" EN("text", "No")
    "</reason></decision></form>";

static struct arena *arena;
static const struct definition *club;
static const struct definition_page *one, *two, *three, *last;

static bool
param(void *arg, const char *name, date on, int64_t *value)
{
	(void)arg;
	(void)on;
	*value = 501;
	return str_equal(name, "fee");
}

static struct form_world world = { .param = param };

static int
open_club(void **state)
{
	struct err e;

	(void)state;
	arena = arena_new(0);
	assert_true(date_parse("2026-03-10", &world.today, NULL));
	if (!definition_parse(arena, bytes_of(source), &club, &e)) {
		print_error("%s\n", e.text);
		return -1;
	}
	one = definition_page(club, "one");
	two = definition_page(club, "two");
	three = definition_page(club, "three");
	last = definition_page(club, "last");
	return 0;
}

static int
close_club(void **state)
{
	(void)state;
	definition_free(club);
	arena_free(arena);
	return 0;
}

static const struct form_field who[] = {
	{ "who", " Ana Lima " },
	{ "born-day", "29" }, { "born-month", "2" }, { "born-year", "2008" },
	{ "kind", "full" },
};
static const struct form_field child[] = {
	{ "called", "Bia" }, { "age", "7" }, { "swims", "yes" },
};
static const struct form_field pay[] = { { "pay", "150,00" } };
static const struct form_field agree[] = { { "agree", "yes" } };

static struct form *
filled(void)
{
	struct form *f = form_new(arena, club, &world);

	assert_null(form_take(f, one, 0, who, COUNT(who)));
	assert_null(form_take(f, two, 1, child, COUNT(child)));
	assert_null(form_take(f, three, 0, pay, COUNT(pay)));
	assert_null(form_take(f, last, 0, agree, COUNT(agree)));
	return f;
}

static const char *
text_of(struct bytes b)
{
	return arena_strndup(arena, (const char *)b.p, b.n);
}

/* "item entry code" for each error, one a line. */
static const char *
listed(const struct form_error *error)
{
	struct buf out = buf_new(arena, 200);

	for (; error != NULL; error = error->next)
		buf_printf(&out, "%s %u %d\n", error->item != NULL ?
		    error->item->name : error->repeat->name, error->entry,
		    error->fault.code);
	return buf_text(&out);
}

static const char *
errors_text(enum type_code code, const char *item, unsigned entry)
{
	return arena_printf(arena, "%s %u %d\n", item, entry, code);
}

static void
canonical_bytes(void **state)
{
	struct form *f = filled();

	(void)state;
	assert_string_equal(text_of(form_submission(arena, f)),
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
	struct form *f = filled(), *again;
	struct bytes draft = form_draft(arena, f);

	(void)state;
	assert_true(form_load(arena, club, &world, draft, &again, NULL));
	assert_true(bytes_equal(form_draft(arena, again), draft));
	assert_true(bytes_equal(form_submission(arena, again),
	    form_submission(arena, f)));
	assert_null(form_check(again));
	form_free(again);
	form_free(f);

	f = form_new(arena, club, &world);
	draft = form_draft(arena, f);
	assert_true(form_load(arena, club, &world, draft, &again, NULL));
	assert_true(bytes_equal(form_draft(arena, again), draft));
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

		assert_false(form_load(arena, club, &world,
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
		struct form *f = form_new(arena, club, &world);
		const struct form_error *error;
		size_t n = 0;

		while (n < COUNT(facts[i].fields) && facts[i].fields[n].name)
			n++;
		error = form_take(f, one, 0, facts[i].fields, n);
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
	struct form *f = filled();

	(void)state;
	assert_string_equal(form_typed(f, born, 0, "month"), "2");
	assert_string_equal(form_typed(f, born, 0, "century"), "");
	assert_string_equal(form_typed(f, definition_item(club, "pay"), 0,
	    NULL), "150.00");
	assert_true(form_is_chosen(f, definition_item(club, "swims"), 1,
	    "yes"));
	assert_false(form_is_chosen(f, definition_item(club, "swims"), 2,
	    "yes"));

	assert_non_null(form_take(f, one, 0, fields, COUNT(fields)));
	assert_string_equal(form_typed(f, definition_item(club, "who"), 0,
	    NULL), "\x01 A");
	assert_string_equal(form_typed(f, born, 0, "day"), "31");
	assert_string_equal(form_typed(f, born, 0, "year"), "200");
	assert_true(form_is_chosen(f, kind, 0, "guest"));
	assert_false(form_is_chosen(f, kind, 0, "full"));
	assert_true(form_is_chosen(f, extras, 0, "gym"));
	assert_true(form_is_chosen(f, extras, 0, "pool"));
	/* what is wrong is nowhere in the answers */
	assert_null(strstr(text_of(form_draft(arena, f)), "born"));
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
	struct form *f = filled();

	(void)state;
	assert_true(form_page_matters(f, two));
	assert_null(form_take(f, one, 0, guest, COUNT(guest)));
	assert_string_equal(answer_text(f, "why", 0, NULL), "because");
	assert_false(form_page_matters(f, two));
	assert_null(answer_text(f, "called", 1, NULL));
	assert_null(strstr(text_of(form_submission(arena, f)), "Bia"));
	assert_non_null(strstr(text_of(form_draft(arena, f)), "Bia"));
	assert_ptr_equal(form_next(f, one), three);
	assert_ptr_equal(form_previous(f, three), one);
	assert_null(form_check(f));

	/* "why" was shown when this page was posted, and came back empty */
	assert_null(form_take(f, one, 0, full, COUNT(full)));
	assert_true(form_page_matters(f, two));
	assert_non_null(strstr(text_of(form_submission(arena, f)), "Bia"));
	assert_null(strstr(text_of(form_draft(arena, f)), "because"));
	/* now it is not shown: posting the page again leaves it alone */
	assert_null(form_take(f, one, 0, guest, COUNT(guest)));
	assert_null(form_take(f, one, 0, full, 3));
	assert_ptr_equal(form_next(f, one), two);
	form_free(f);
}

static void
entries_come_and_go(void **state)
{
	const struct definition_repeat *repeat = club->repeats;
	struct form *f = form_new(arena, club, &world);
	struct err e = { 0 };
	unsigned entry = 0;

	(void)state;
	assert_int_equal(form_entries(f, repeat), 1);
	assert_string_equal(listed(form_check_page(f, two)), "called 1 1\n"
	    "age 1 1\n");
	assert_null(form_take(f, two, 1, child, COUNT(child)));
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
	assert_string_equal(listed(form_check_page(f, two)),
	    errors_text(TYPE_TOO_FEW, "child", 0));
	assert_null(form_take(f, two, 1, child, COUNT(child)));
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
	struct form *f = filled();
	unsigned entry;

	(void)state;
	assert_true(form_add_entry(f, club->repeats, &entry, NULL));
	assert_null(form_take(f, two, 2, small, COUNT(small)));
	assert_true(form_item_matters(f, swims, 1));
	assert_false(form_item_matters(f, swims, 2));
	assert_null(form_take(f, two, 2, tall, COUNT(tall)));
	assert_true(form_item_matters(f, swims, 2));
	assert_null(form_check(f));
	assert_null(form_take(f, one, 0, boat, COUNT(boat)));
	assert_string_equal(listed(form_check(f)),
	    errors_text(TYPE_MISSING, "swims", 2));
	assert_ptr_equal(form_first_open(f), two);
	form_free(f);
}

static void
calculated_in_order(void **state)
{
	static const struct form_field forged[] = {
		{ "pay", "10" }, { "sum", "1" }, { "fee", "0" },
	};
	struct form *f = form_new(arena, club, &world);

	(void)state;
	assert_int_equal(answer_int(f, "fee", 0, -1), 501);
	assert_int_equal(answer_int(f, "sum", 0, -1), -1);
	assert_null(form_take(f, three, 0, forged, COUNT(forged)));
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
	struct form *f = form_new(arena, club, &world);
	struct err e = { 0 };

	(void)state;
	assert_true(form_give(f, "place", "Dock 4", NULL));
	assert_null(form_take(f, last, 0, forged, COUNT(forged)));
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
	struct form *f = filled();
	struct buf out = buf_new(arena, 400);
	struct answer *list;
	size_t n;

	(void)state;
	assert_true(text_use("en"));
	list = answer_list(arena, f, &n);
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
	struct form *f = filled();
	date born = DATE_NONE;

	(void)state;
	assert_null(form_take(f, one, 0, fields, COUNT(fields)));
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
fees_and_a_second_person(void **state)
{
	static const struct form_field little[] = { { "pay", "10" } };
	struct form *f = filled();
	const char **lines;
	unsigned entry;
	bool second;

	(void)state;
	assert_true(form_fees(arena, f, &lines, NULL));
	assert_string_equal(lines[0], "join");
	assert_null(lines[1]);
	assert_true(form_add_entry(f, club->repeats, &entry, NULL));
	assert_true(form_fees(arena, f, &lines, NULL));
	assert_string_equal(lines[1], "family");
	assert_true(form_needs_second(f, 0, &second, NULL));
	assert_true(second);
	assert_null(form_take(f, three, 0, little, COUNT(little)));
	assert_true(form_needs_second(f, 999999, &second, NULL));
	assert_false(second);
	form_free(f);
	/* no sum yet: no sensible answer */
	f = form_new(arena, club, &world);
	assert_false(form_needs_second(f, 0, &second, NULL));
	form_free(f);
}

static void
from_page_to_page(void **state)
{
	struct form *f = form_new(arena, club, &world);

	(void)state;
	assert_ptr_equal(form_next(f, NULL), one);
	assert_ptr_equal(form_next(f, one), two);
	assert_ptr_equal(form_next(f, two), three);
	assert_ptr_equal(form_next(f, three), last);
	assert_null(form_next(f, last));
	assert_ptr_equal(form_previous(f, NULL), last);
	assert_ptr_equal(form_previous(f, last), three);
	assert_null(form_previous(f, one));
	assert_ptr_equal(form_first_open(f), one);
	form_free(f);
	f = filled();
	assert_null(form_first_open(f));
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
	struct form *f = form_new(arena, club, &world);
	const struct form_error *error;

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++)
		assert_string_equal(sentence_of(arena, definition_item(club,
		    facts[i].item), &facts[i].fault), facts[i].sentence);
	error = form_check_page(f, two);
	assert_string_equal(sentence_error(arena, error),
	    "Child 1: Enter the child's name");
	assert_true(form_remove_entry(f, club->repeats, 1, NULL));
	error = form_check_page(f, two);
	assert_string_equal(sentence_error(arena, error),
	    "Child: add 1 or more");
	for (enum type_code code = TYPE_FINE + 1; code < TYPE__MAX; code++) {
		struct type_fault fault = { .code = code, .part = "day" };
		const char *said = sentence_of(arena, club->items, &fault);

		assert_true(strlen(said) > 10);
		assert_null(strchr(said, '{'));
	}
	form_free(f);
}

/* ---- hostile answers ---- */

static void
hold_hostile(const char *text)
{
	struct form_field fields[12];
	struct form *f = form_new(arena, club, &world), *again;
	static const char *const names[] = {
		"who", "born-day", "born-month", "born-year", "born", "kind",
		"why", "extras", "home-country", "home-lines", "home-state",
		"home-street",
	};
	struct bytes draft;

	for (size_t i = 0; i < COUNT(fields); i++)
		fields[i] = (struct form_field){ names[i], text };
	form_take(f, one, 0, fields, COUNT(fields));
	fields[0].name = "called";
	fields[1].name = "age";
	fields[2].name = "swims";
	form_take(f, two, 1, fields, 3);
	fields[0].name = "pay";
	form_take(f, three, 0, fields, 1);
	for (const struct form_error *e = form_check(f); e; e = e->next)
		assert_non_null(sentence_error(arena, e));
	draft = form_draft(arena, f);
	assert_true(form_load(arena, club, &world, draft, &again, NULL));
	assert_true(bytes_equal(form_draft(arena, again), draft));
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

static void
circles_end(void **state)
{
	static const char text[] =
	    "<form name='c' version='1' languages='en'>" EN("title", "T")
	    EN("summary", "S")
	    "<service prefix='CC' office='o' room='r'>"
	    "<purpose number='1'>" EN("text", "P") "</purpose>"
	    "<retention years='5'>" EN("text", "R") "</retention></service>"
	    "<page name='p'>" EN("title", "T")
	    "<item name='a' type='yesno' default='true'"
	    " relevant=\"b != 'true'\">" EN("label", "A") "</item>"
	    "<item name='b' type='yesno' default='true'"
	    " relevant=\"a = 'true'\">" EN("label", "B") "</item>"
	    "<item name='n' type='integer' default='1' calculate='n + 1'>"
	    EN("label", "N") "</item></page></form>";
	const struct definition *d;
	struct form *f;

	(void)state;
	assert_true(definition_parse(arena, bytes_of(text), &d, NULL));
	f = form_new(arena, d, &world);
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
		cmocka_unit_test(answers_are_read),
		cmocka_unit_test(answers_are_typed),
		cmocka_unit_test(fees_and_a_second_person),
		cmocka_unit_test(from_page_to_page),
		cmocka_unit_test(sentences),
		cmocka_unit_test(reference_naughty_strings),
		cmocka_unit_test(circles_end),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	xml_init();
	return cmocka_run_group_tests(tests, open_club, close_club);
}

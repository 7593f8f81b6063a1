/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The club's form. Not part of the product; the tests of forms and answers
 * use it.
 */
#include "tests/unit/club.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/xml.h"

#define COUNT(array)	(sizeof(array) / sizeof *(array))

#define LABELS(label, noun)	CLUB_EN("label", label) CLUB_EN("noun", noun)
#define CHOICE(code, label) \
	"<choice code='" code "'>" CLUB_EN("label", label) "</choice>"
/* clang-format off */
static const char source[] =
    "<form name='club' version='2' languages='en'>"
    CLUB_EN("title", "Join") CLUB_EN("summary", "The club")
    "<service prefix='CL' office='o' room='general'>"
    "<four-eyes when='above' amount='100000' of='sum'/>"
    "<fee line='join'/><fee line='family' relevant='count(child) > 1'/>"
    "<purpose number='1'>" CLUB_EN("text", "P") "</purpose>"
    "<retention years='5'>" CLUB_EN("text", "R") "</retention></service>"
    "<page name='one'>" CLUB_EN("title", "You")
    "<item name='who' type='name' required='true()' prefill='name'>"
    LABELS("Full name", "your full name") "</item>"
    "<item name='born' type='date' required='true()'"
    " constraint='age(born, today()) >= 18'>"
    LABELS("Date of birth", "your date of birth")
    "<message code='constraint'>" CLUB_EN("text", "You must be 18 or over")
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
    CLUB_EN("title", "Children")
    "<repeat name='child' min='1' max='3'>" CLUB_EN("label", "Child")
    CLUB_EN("add", "Add another child")
    "<item name='called' type='name' required='true()'>"
    LABELS("Name", "the child's name") "</item>"
    "<item name='age' type='integer' required='true()' max='17'>"
    LABELS("Age", "the child's age") "</item>"
    "<item name='swims' type='yesno' required=\"../extras = 'boat'\""
    " relevant='age > 5'>" LABELS("Swims", "whether the child swims")
    "</item></repeat></page>"
    "<page name='three'>" CLUB_EN("title", "Money")
    "<item name='pay' type='money' required='true()' min='1000'>"
    LABELS("Monthly payment", "the monthly payment") "</item>"
    "<item name='half' type='money' calculate=\"muldiv(sum, 1, 2,"
    " 'half-even')\">" CLUB_EN("label", "Half a year") "</item>"
    "<item name='sum' type='money' calculate='pay * 12 + fee'>"
    CLUB_EN("label", "A year") "</item>"
    "<item name='fee' type='money' calculate=\"param('fee', today())\">"
    CLUB_EN("label", "Fee") "</item></page>"
    "<page name='last'>" CLUB_EN("title", "Last")
    "<item name='place' type='text' given='true'>" CLUB_EN("label", "Place")
    "</item>"
    "<item name='agree' type='declaration' required='true()'>"
    CLUB_EN("label", "I agree") "</item></page>"
    "<decision><reason number='1' outcome='refusal'>" CLUB_EN("text", "No")
    "</reason></decision></form>";
/* clang-format on */

struct arena *club_arena;
const struct definition *club;
const struct definition_page *club_one, *club_two, *club_three, *club_last;

static bool
param(void *arg, const char *name, date on, int64_t *value)
{
	(void)arg;
	(void)on;
	*value = 501;
	return str_equal(name, "fee");
}

struct form_world club_world = { .param = param };

int
club_open(void **state)
{
	struct err e;

	(void)state;
	club_arena = arena_new(0);
	assert_true(date_parse("2026-03-10", &club_world.today, NULL));
	if (!definition_parse(club_arena, bytes_of(source), &club, &e)) {
		print_error("%s\n", e.text);
		return -1;
	}
	club_one = definition_page(club, "one");
	club_two = definition_page(club, "two");
	club_three = definition_page(club, "three");
	club_last = definition_page(club, "last");
	return 0;
}

int
club_close(void **state)
{
	(void)state;
	definition_free(club);
	arena_free(club_arena);
	return 0;
}

static const struct form_field who[] = {
	{ "who", " Ana Lima " },
	{ "born-day", "29" }, { "born-month", "2" }, { "born-year", "2008" },
	{ "kind", "full" },
};
const struct form_field club_child[CLUB_CHILD] = {
	{ "called", "Bia" }, { "age", "7" }, { "swims", "yes" },
};
static const struct form_field pay[] = { { "pay", "150,00" } };
static const struct form_field agree[] = { { "agree", "yes" } };

struct form *
club_filled(void)
{
	struct form *f = form_new(club_arena, club, &club_world);

	assert_null(form_take(f, club_one, 0, who, COUNT(who)));
	assert_null(form_take(f, club_two, 1, club_child, CLUB_CHILD));
	assert_null(form_take(f, club_three, 0, pay, COUNT(pay)));
	assert_null(form_take(f, club_last, 0, agree, COUNT(agree)));
	return f;
}

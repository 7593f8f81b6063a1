/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What `balcao form check` says: nothing about a sound form, and of each
 * unsound one its fault, at its line, in words that help.
 */
#include "forms/check.h"

#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/xml.h"

#define COUNT(array)	(sizeof(array) / sizeof *(array))

static struct arena *arena;
static struct xml_grammar *grammar;

static struct bytes
file(const char *path)
{
	struct buf text = buf_new(arena, 64 * 1024);
	uint8_t piece[4096];
	FILE *f;
	size_t n;

	f = fopen(path, "re");
	if (f == NULL)
		fail_msg("%s cannot be read", path);
	while ((n = fread(piece, 1, sizeof piece, f)) > 0)
		buf_put(&text, piece, n);
	fclose(f);
	return buf_bytes(&text);
}

static int
open_grammar(void **state)
{
	const char *source = getenv("srcdir");
	struct err e;

	(void)state;
	arena = arena_new(0);
	if (xml_grammar_load(file(arena_printf(arena, "%s/schema/form.rng",
	    source != NULL ? source : ".")), &grammar, &e))
		return 0;
	print_error("%s\n", e.text);
	return -1;
}

static int
close_grammar(void **state)
{
	(void)state;
	xml_grammar_free(grammar);
	arena_free(arena);
	return 0;
}

static void
our_own_forms_are_sound(void **state)
{
	const char *source = getenv("srcdir");
	glob_t forms;

	(void)state;
	assert_int_equal(glob(arena_printf(arena, "%s/forms/*.xml",
	    source != NULL ? source : "."), 0, NULL, &forms), 0);
	assert_true(forms.gl_pathc >= 9);
	for (size_t i = 0; i < forms.gl_pathc; i++) {
		struct xml_fault *fault = check_definition(arena,
		    file(forms.gl_pathv[i]), grammar);

		if (fault != NULL)
			fail_msg("%s, line %d: %s", forms.gl_pathv[i],
			    fault->line, fault->text);
	}
	globfree(&forms);
}

/* A sound form; each fact changes one thing about it. Items: t text, d date,
 * n integer, m money, y yesno, c choice, a address; repeat r with rn, rm. */
#define HEAD "<form name='f' version='1' languages='en'>\n" \
	"<title lang='en'>T</title><summary lang='en'>S</summary>\n"
#define SERVICE "<service prefix='FF' office='o' room='general'>" \
	"<purpose number='1'><text lang='en'>P</text></purpose>" \
	"<retention years='5'><text lang='en'>R</text></retention>" \
	"</service>\n"
#define LABELS "<label lang='en'>L</label><noun lang='en'>n</noun>"
#define ITEM(name, type) \
	"<item name='" name "' type='" type "'>" LABELS "</item>"
#define ITEMS ITEM("t", "text") ITEM("d", "date") ITEM("n", "integer") \
	ITEM("m", "money") ITEM("y", "yesno") ITEM("a", "address") \
	"<item name='c' type='choice'>" LABELS \
	"<choice code='x'><label lang='en'>X</label></choice></item>\n"
#define REPEAT "<page name='r'><title lang='en'>T</title>" \
	"<repeat name='r'><label lang='en'>L</label><add lang='en'>A</add>" \
	ITEM("rn", "integer") ITEM("rm", "money") ITEM("rd", "date") \
	"</repeat></page>\n"
#define DECISION "<decision><reason number='1' outcome='refusal'>" \
	"<text lang='en'>No</text></reason></decision>\n"
#define LETTER(event, text) "<letter event='" event "'>" \
	"<title lang='en'>T</title><text lang='en'>" text "</text></letter>\n"
#define LETTERS LETTER("approved", "{reference}") \
	LETTER("refused", "{reasons} {answer:t}")
#define FORM(service, inside, tail) HEAD service \
	"<page name='p'><title lang='en'>T</title>\n" ITEMS inside \
	"</page>\n" REPEAT tail "</form>"
#define WITH(inside) FORM(SERVICE, inside, DECISION LETTERS)

static size_t
count(const struct xml_fault *fault)
{
	size_t n = 0;

	for (; fault != NULL; fault = fault->next)
		n++;
	return n;
}

static void
hold_fault(const char *text, const char *why, int line)
{
	const struct xml_fault *fault =
	    check_definition(arena, bytes_of(text), grammar);

	if (why == NULL && fault == NULL)
		return;
	if (fault == NULL)
		fail_msg("no fault where \"%s\" was expected", why);
	if (why == NULL)
		fail_msg("line %d: %s", fault->line, fault->text);
	if (strstr(fault->text, why) == NULL)
		fail_msg("not \"%s\" but \"%s\"", why, fault->text);
	if (line != 0)
		assert_int_equal(fault->line, line);
}

static void
conditions(void **state)
{
	static const struct {
		const char	*expression;
		const char	*why;	/* NULL: it is sound */
	} facts[] = {
		{ "true()", NULL },
		{ "t = 'a'", NULL },
		{ "y = 'true' or c = 'x' and not(t != '')", NULL },
		{ "c = ''", NULL },
		{ "n > 5 and m &lt;= 100", NULL },
		{ "d = '2026-01-01' or d = today()", NULL },
		{ "d = ''", NULL },
		{ "n = ''", NULL },
		{ "day(d) &lt;= day(today()) + 30", NULL },
		{ "age(d, today()) >= 18", NULL },
		{ "year(d) = 2026", NULL },
		{ "count(r[rn > 6]) > 0", NULL },
		{ "r/rn > 6", NULL },
		{ "sum0(r/rm) > m", NULL },
		{ "sum0(r[rn &lt; 6]/rm) = 0", NULL },
		{ "check('vin', t)", NULL },
		{ "a/city = 'Recife'", NULL },
		{ "muldiv(m, 30, 100, 'half-up') > param('base', today())",
		  NULL },
		{ "starts-with(t, 'A') and string-length(t) > 3", NULL },
		{ "floor(n div 2) = 3", NULL },

		{ "none = 'a'", "no item \"none\"" },
		{ "rn = 1", "no item \"rn\"" },
		{ "r/t = 'a'", "no item \"t\"" },
		{ "../t = 'a'", "leads out of the form" },
		{ "r[../../t = 'a']", "leads out of the form" },
		{ "a/planet = 'x'", "no item \"planet\"" },
		{ "t/city = 'x'", "no item \"city\"" },
		{ "d &lt; today()", "compare day()" },
		{ "day(today()) > d", "compare day()" },
		{ "d >= '2026-01-01'", "compare day()" },
		{ "d + 1 = 2", "use day()" },
		{ "d = '01/02/2026'", "is no date" },
		{ "day(t) > 1", "is no date" },
		{ "day('2026-02-30') > 1", "is no date" },
		{ "m div 2 > 10", "muldiv()" },
		{ "10 > m div 2", "muldiv()" },
		{ "sum0(r/rm) div 2 > 1", "muldiv()" },
		{ "m * m > 1", "no sense" },
		{ "string(m) = '5'", "keep it a number" },
		{ "string(n + 1) = '5'", "keep it a number" },
		{ "concat('a', n) = 'a5'", "keep it a number" },
		{ "concat('a', 'b', count(r)) = 'a5'", "keep it a number" },
		{ "string-length(m) > 3", "keep it a number" },
		{ "t > 5", "no number" },
		{ "t + 1 = 2", "no number" },
		{ "true() + 1 = 2", "no number" },
		{ "n = 'five'", "different sorts" },
		{ "t = 5", "different sorts" },
		{ "y = true()", "'true' in quotes" },
		{ "y = 'yes'", "never 'yes'" },
		{ "c = 'y'", "never 'y'" },
		{ "y", "always true" },
		{ "t", "neither true nor false" },
		{ "n", "neither true nor false" },
		{ "r", "neither true nor false" },
		{ "y and c = 'x'", "always true" },
		{ "not(y)", "always true" },
		{ "'a'", "neither true nor false" },
		{ "today()", "neither true nor false" },
		{ "r = 5", "count()" },
		{ "a = 'x'", "which part" },
		{ "r/rn + 1 = 2", "all entries" },
		{ "r[rn] and true()", "a filter must be" },
		{ "t['a' = 'b'] = 'x'", "only entries" },
		{ "sum(r/rn) > 1", "use sum0()" },
		{ "sum0(r/rd) > 1", "does not name numbers" },
		{ "sum0(5) > 1", "must name items" },
		{ "count(5) > 1", "must name items" },
		{ "nosuch() > 1", "no function nosuch()" },
		{ "boolean(t)", "no function boolean()" },
		{ "number(t) > 1", "no function number()" },
		{ "position() = 1", "no function position()" },
		{ "day() > 1", "more arguments" },
		{ "day(d, d) > 1", "fewer arguments" },
		{ "muldiv(m, 1, 2, 'nearest') > 1", "not known" },
		{ "muldiv(m, 1, 2, t) > 1", "written out" },
		{ "check('vim', t)", "not known" },
		{ "param(t, today()) > 1", "written out" },
		{ "-t = 1", "no number" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++)
		hold_fault(arena_printf(arena, "%s<item name='i' type='text'"
		    " relevant=\"%s\">" LABELS "</item>%s",
		    HEAD SERVICE "<page name='p'><title lang='en'>T</title>\n"
		    ITEMS, facts[i].expression,
		    "</page>\n" REPEAT DECISION LETTERS "</form>"),
		    facts[i].why, facts[i].why != NULL ? 6 : 0);
}

static void
calculations(void **state)
{
	static const struct {
		const char	*type;
		const char	*expression;
		const char	*why;
	} facts[] = {
		{ "integer", "n + 1", NULL },
		{ "money", "m * 2", NULL },
		{ "money", "n * 100", NULL },
		{ "date", "today()", NULL },
		{ "date", "d", NULL },
		{ "text", "concat(t, 'x')", NULL },
		{ "yesno", "n > 5", NULL },
		{ "integer", "t", "no number" },
		{ "integer", "d", "use day()" },
		{ "money", "n > 5", "no number" },
		{ "date", "t", "no date" },
		{ "date", "day(d) + 1", "no date" },
		{ "text", "n + 1", "keep it a number" },
		{ "yesno", "t", "neither" },
		{ "address", "t", "several parts" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++)
		hold_fault(arena_printf(arena, "%s<item name='i' type='%s'"
		    " calculate=\"%s\">" LABELS "</item>%s",
		    HEAD SERVICE "<page name='p'><title lang='en'>T</title>\n"
		    ITEMS, facts[i].type, facts[i].expression,
		    "</page>\n" REPEAT DECISION LETTERS "</form>"),
		    facts[i].why, 0);
}

static void
whole_forms(void **state)
{
	static const struct {
		const char	*text;
		const char	*why;
	} facts[] = {
		{ WITH(""), NULL },
		{ WITH("<item name='i' type='text' constraint=\"i != t\">"
		  LABELS "</item>"), "constraint" },
		{ WITH("<item name='i' type='text'><label lang='en'>L</label>"
		  "</item>"), "no <noun>" },
		{ WITH(ITEM("csrf", "text")), "named csrf" },
		{ WITH("<item name='i' type='text' given='true'>"
		  "<label lang='en'>L</label></item>"), NULL },
		{ WITH("<item name='i' type='text' given='true'"
		  " calculate='t'><label lang='en'>L</label></item>"),
		  "neither calculated" },
		{ WITH("<item name='i' type='integer' calculate='j + 1'>"
		  LABELS "</item><item name='j' type='integer'"
		  " calculate='i + 1'>" LABELS "</item>"), "circle" },
		{ WITH("<item name='i' type='text' relevant=\"i = 'x'\">"
		  LABELS "</item>"), "circle: i, i" },
		{ WITH("<item name='i' type='text' relevant='' >" LABELS
		  "</item>"), "" },
		{ FORM(SERVICE, "", "<decision><reason number='1'"
		  " outcome='approval'><text lang='en'>Y</text></reason>"
		  "</decision>" LETTERS), "no reason for a refusal" },
		{ FORM(SERVICE, "", LETTERS), "no reason for a refusal" },
		{ FORM(SERVICE, "", "<decision><reason number='1'"
		  " outcome='refusal'><text lang='en'>N</text></reason>"
		  "<reason number='1' outcome='refusal'><text lang='en'>N"
		  "</text></reason></decision>" LETTERS), "number 1 is" },
		{ FORM(SERVICE, "", DECISION LETTER("approved", "x")),
		  "no letter \"refused\"" },
		{ FORM(SERVICE, "", DECISION LETTERS
		  LETTER("received", "Dear {nam}")), "nothing fills {nam}" },
		{ FORM(SERVICE, "", DECISION LETTERS
		  LETTER("received", "{answer:none}")), "{answer:none}" },
		{ FORM(SERVICE, "", DECISION LETTERS
		  LETTER("received", "{answer:rn}")), "{answer:rn}" },
		{ FORM(SERVICE, "", DECISION LETTERS
		  LETTER("received", "{open")), "nothing fills" },
		{ FORM("<service prefix='FF' office='o' room='r'>"
		  "<deadline state='in_revue' days='1'/>"
		  "<purpose number='1'><text lang='en'>P</text></purpose>"
		  "<retention years='5'><text lang='en'>R</text></retention>"
		  "</service>", "", DECISION LETTERS), "in_revue" },
		{ FORM("<service prefix='FF' office='o' room='r'>"
		  "<four-eyes when='above' amount='1' of='t'/>"
		  "<fee line='l' relevant='n'/>"
		  "<purpose number='1'><text lang='en'>P</text></purpose>"
		  "<retention years='5'><text lang='en'>R</text></retention>"
		  "</service>", "", DECISION LETTERS), "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++)
		hold_fault(facts[i].text, facts[i].why, 0);
}

/* The second gate sees what the reader passes over. */
static void
the_grammar_sees_the_rest(void **state)
{
	static const char *const facts[] = {
		WITH("<item name='i' type='text' relevent='true()'>" LABELS
		    "</item>"),
		WITH("<item name='i' type='date' min='3'>" LABELS "</item>"),
		WITH("<item name='i' type='text'><noun lang='en'>n</noun>"
		    "<label lang='en'>L</label></item>"),
		WITH("<item name='i' type='text' currency='BRL'>" LABELS
		    "</item>"),
	};

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		assert_null(check_definition(arena, bytes_of(facts[i]), NULL));
		assert_non_null(check_definition(arena, bytes_of(facts[i]),
		    grammar));
	}
}

static void
every_fault_is_collected(void **state)
{
	static const char text[] = WITH(
	    "<item name='i' type='text' relevant=\"none = 'x'\">" LABELS
	    "</item>\n"
	    "<item name='j' type='strange'>" LABELS "</item>\n"
	    "<item name='k' type='text' relevant='d &lt; d and y'>" LABELS
	    "</item>\n"
	    "<item name='l' type='date' default='x'/>\n");
	const struct xml_fault *fault =
	    check_definition(arena, bytes_of(text), NULL);
	static const int lines[] = { 6, 7, 8, 8, 8, 9, 9, 9 };

	(void)state;
	assert_int_equal(count(fault), COUNT(lines));
	for (size_t i = 0; i < COUNT(lines); i++, fault = fault->next)
		assert_int_equal(fault->line, lines[i]);
}

static void
no_form_at_all(void **state)
{
	static const struct {
		const char	*text;
		int		 line;
	} facts[] = {
		{ "", 1 },
		{ "<form>\n<a>\n</form>", 3 },
		{ "<a/>", 1 },
		{ "\n\n<!DOCTYPE form>\n<form/>", 3 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		struct xml_fault *fault = check_definition(arena,
		    bytes_of(facts[i].text), grammar);

		assert_non_null(fault);
		assert_int_equal(fault->line, facts[i].line);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(our_own_forms_are_sound),
		cmocka_unit_test(conditions),
		cmocka_unit_test(calculations),
		cmocka_unit_test(whole_forms),
		cmocka_unit_test(the_grammar_sees_the_rest),
		cmocka_unit_test(every_fault_is_collected),
		cmocka_unit_test(no_form_at_all),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	xml_init();
	return cmocka_run_group_tests(tests, open_grammar, close_grammar);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Expressions as lists of facts: what XPath 1.0 gets right, what our own
 * functions put right, and what is refused rather than be silently wrong.
 */
#include "lib/xml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/str.h"

#define COUNT(array)	(sizeof(array) / sizeof *(array))

static const char instance[] =
    "<form>"
    "<origin>imported</origin><price>150000</price><empty/>"
    "<born>2008-02-29</born><bought>2026-03-01</bought><bad>2026-02-30</bad>"
    "<large>9007199254740991</large><larger>9007199254740993</larger>"
    "<kind>a</kind><kind>b</kind>"
    "<child><age>4</age><income/></child>"
    "<child><age>9</age><income>1200</income></child>"
    "<child><age>15</age><income>800</income></child>"
    "<word><n>1</n><n>two</n></word>"
    "</form>";

static struct arena *arena;
static struct xml *document;

static bool
param(void *arg, const char *name, date on, int64_t *value)
{
	date from = DATE_NONE;

	(void)arg;
	assert_true(date_parse("2020-01-01", &from, NULL));
	if (!str_equal(name, "base") || on < from)
		return false;
	*value = 210000;
	return true;
}

static bool
check(void *arg, const char *kind, const char *s)
{
	(void)arg;
	return str_equal(kind, "short") && strlen(s) < 4;
}

static struct xml_world world = { .param = param, .check = check };

static int
open_document(void **state)
{
	(void)state;
	arena = arena_new(0);
	assert_true(date_parse("2026-03-10", &world.today, NULL));
	assert_true(xml_parse(bytes_of(instance), &document, NULL));
	return 0;
}

static int
close_document(void **state)
{
	(void)state;
	xml_free(document);
	arena_free(arena);
	return 0;
}

static struct xml_expression *
compiled(const char *s)
{
	struct xml_expression *x;

	assert_true(xml_compile(s, &x, NULL));
	return x;
}

static void
conditions(void **state)
{
	static const struct {
		const char	*expression;
		bool		 holds;
	} facts[] = {
		{ "origin = 'imported'", true },
		{ "origin != 'imported'", false },
		{ "empty = ''", true },
		{ "nothing = ''", false },	/* why items are always there */
		{ "kind = 'b'", true },
		{ "not(kind = 'c')", true },
		{ "price > 100000 and price < 200000", true },
		{ "empty > 0 or empty <= 0", false },
		{ "day(bought) <= day(today())", true },
		{ "day(bad) <= day(today())", false },
		{ "day(bad) > day(today())", false },
		{ "day(empty) = day(empty)", false },
		{ "age(born, today()) >= 18", true },
		{ "count(child[age < 6]) = 1", true },
		{ "child/age > 14", true },
		{ "bought < today()", false },	/* why check.c refuses it */
		{ "check('short', 'abc')", true },
		{ "check('short', origin)", false },
		{ "check('other', 'abc')", false },
		{ "true()", true },
		{ "false()", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		struct xml_expression *x = compiled(facts[i].expression);
		bool holds = !facts[i].holds;

		assert_true(xml_is_true(x, xml_root(document), &world, &holds,
		    NULL));
		assert_int_equal(holds, facts[i].holds);
		xml_expression_free(x);
	}
}

static void
numbers(void **state)
{
	static const struct {
		const char	*expression;
		int64_t		 value;
	} facts[] = {
		{ "0", 0 },
		{ "-0", 0 },
		{ "price + 1", 150001 },
		{ "price - 200000", -50000 },
		{ "7 mod 4", 3 },
		{ "floor(7 div 2)", 3 },
		{ "large", INT64_C(9007199254740991) },
		{ "-large", -INT64_C(9007199254740991) },
		{ "day('1970-01-01')", 0 },
		{ "day('1969-12-31')", -1 },
		{ "day('2000-03-01')", 11017 },
		{ "day(today()) - day(bought)", 9 },
		{ "year(today())", 2026 },
		{ "year('0001-01-01')", 1 },
		{ "age(born, '2026-02-28')", 17 },
		{ "age(born, '2026-03-01')", 18 },
		{ "age(born, '2028-02-29')", 20 },
		{ "sum0(child/income)", 2000 },
		{ "sum0(nothing)", 0 },
		{ "sum0(empty)", 0 },
		{ "sum0(large)", INT64_C(9007199254740991) },
		{ "param('base', today())", 210000 },
		{ "count(child)", 3 },
		/* a*b/c on whole numbers, rounded as asked */
		{ "muldiv(7, 1, 2, 'down')", 3 },
		{ "muldiv(7, 1, 2, 'up')", 4 },
		{ "muldiv(7, 1, 2, 'half-up')", 4 },
		{ "muldiv(7, 1, 2, 'half-even')", 4 },
		{ "muldiv(5, 1, 2, 'half-even')", 2 },
		{ "muldiv(5, 1, 2, 'half-up')", 3 },
		{ "muldiv(-5, 1, 2, 'down')", -2 },
		{ "muldiv(-5, 1, 2, 'up')", -3 },
		{ "muldiv(-5, 1, 2, 'half-up')", -3 },
		{ "muldiv(-5, 1, 2, 'half-even')", -2 },
		{ "muldiv(-7, 1, 2, 'half-even')", -4 },
		{ "muldiv(5, 1, -2, 'half-up')", -3 },
		{ "muldiv(-5, 1, -2, 'half-up')", 3 },
		{ "muldiv(1, 1, 3, 'half-up')", 0 },
		{ "muldiv(2, 1, 3, 'half-up')", 1 },
		{ "muldiv(6, 1, 3, 'up')", 2 },
		{ "muldiv(price, 30, 100, 'down')", 45000 },
		{ "muldiv(large, large, large, 'down')",
		  INT64_C(9007199254740991) },
		{ "muldiv(large, 1000000, 1000001, 'half-up')",
		  INT64_C(9007190247550743) },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		struct xml_expression *x = compiled(facts[i].expression);
		int64_t value = -1;

		assert_true(xml_number(x, xml_root(document), &world, &value,
		    NULL));
		assert_int_equal(value, facts[i].value);
		xml_expression_free(x);
	}
}

/* No result is better than a wrong one. */
static void
numbers_refused(void **state)
{
	static const struct {
		const char	*expression;
		const char	*why;
	} facts[] = {
		{ "origin", "not a number" },
		{ "empty", "not a number" },
		{ "nothing + 1", "not a number" },
		{ "day(bad)", "not a number" },
		{ "day('2026-3-1')", "not a number" },
		{ "day('01/03/2026')", "not a number" },
		{ "year(empty)", "not a number" },
		{ "age(born, bad)", "not a number" },
		{ "0 div 0", "not a number" },
		{ "1 div 0", "infinite" },
		{ "-1 div 0", "infinite" },
		{ "1 div 2", "not a whole number" },
		{ "0.1 + 0.2", "not a whole number" },
		{ "9007199254740992", "2^53" },
		{ "-9007199254740992", "2^53" },
		{ "large + 1", "2^53" },
		{ "larger", "2^53" },
		{ "large * large", "2^53" },
		{ "sum0(large | price)", "2^53" },
		{ "sum0(larger)", "no whole number" },
		{ "sum0(word/n)", "no whole number" },
		{ "sum0(origin)", "no whole number" },
		{ "sum0(1)", "takes items" },
		{ "sum0()", "arguments" },
		{ "sum(child/income)", "not a number" },
		{ "muldiv(large, 2, 1, 'down')", "2^53" },
		{ "muldiv(large, large, 1, 'down')", "2^53" },
		{ "muldiv(larger, 1, 1, 'down')", "whole numbers" },
		{ "muldiv(1, 1, 0, 'down')", "zero" },
		{ "muldiv(1, 1, 2, 'nearest')", "rounding" },
		{ "muldiv(0.5, 1, 2, 'down')", "whole numbers" },
		{ "muldiv(1 div 0, 1, 2, 'down')", "whole numbers" },
		{ "muldiv(origin, 1, 2, 'down')", "whole numbers" },
		{ "muldiv(empty, 1, 2, 'down')", "not a number" },
		{ "muldiv(1, 2, 3)", "arguments" },
		{ "param('other', today())", "no parameter" },
		{ "param('base', '2019-12-31')", "no parameter" },
		{ "param('base', bad)", "not a number" },
		{ "param('base')", "arguments" },
		{ "today(1)", "arguments" },
		{ "check('short')", "arguments" },
		{ "document('file:///etc/passwd')", "" },
		{ "nosuch(1)", "" },
		{ "x:y(1)", "" },
		{ "$v", "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		struct xml_expression *x = compiled(facts[i].expression);
		struct err e = { 0 };
		int64_t value = 77;

		assert_false(xml_number(x, xml_root(document), &world, &value,
		    &e));
		assert_int_equal(value, 77);
		assert_int_equal(e.code, ERR_INPUT);
		assert_non_null(strstr(e.text, facts[i].why));
		assert_true(e.text[0] != '\0');
		xml_expression_free(x);
	}
}

static void
texts(void **state)
{
	static const struct {
		const char	*expression;
		const char	*text;
	} facts[] = {
		{ "origin", "imported" },
		{ "nothing", "" },
		{ "today()", "2026-03-10" },
		{ "concat(origin, '-', kind)", "imported-a" },
		{ "1 + 1", "2" },
		{ "large", "9007199254740991" },
		{ "large + 0", "9007199254740991" },
		{ "1 = 1", "true" },
		{ "1 = 2", "false" },
	};
	struct xml_expression *x;
	const char *text;

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		x = compiled(facts[i].expression);
		assert_true(xml_string(arena, x, xml_root(document), &world,
		    &text, NULL));
		assert_string_equal(text, facts[i].text);
		xml_expression_free(x);
	}
	x = compiled("1 div 3");
	assert_false(xml_string(arena, x, xml_root(document), &world, &text,
	    NULL));
	xml_expression_free(x);
}

static void
elements(void **state)
{
	static const struct {
		const char	*expression;
		size_t		 n;
	} facts[] = {
		{ "child", 3 },
		{ "child[age > 5]", 2 },
		{ "child/income | origin", 4 },
		{ "nothing", 0 },
		{ "origin/text()", 0 },
	};
	struct xml_expression *x;
	struct xml_node **found;

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		size_t n = 0;

		x = compiled(facts[i].expression);
		assert_true(xml_select(arena, x, xml_root(document), &world,
		    &found, NULL));
		while (found[n] != NULL)
			n++;
		assert_int_equal(n, facts[i].n);
		xml_expression_free(x);
	}
	x = compiled("1 + 1");
	assert_false(xml_select(arena, x, xml_root(document), &world, &found,
	    NULL));
	xml_expression_free(x);
}

static void
an_entry_sees_around_itself(void **state)
{
	struct xml_node *second =
	    xml_next(xml_child(xml_root(document), "child"));
	struct xml_expression *x =
	    compiled("age = 9 and ../origin = 'imported'");
	bool holds = false;

	(void)state;
	assert_true(xml_is_true(x, second, &world, &holds, NULL));
	assert_true(holds);
	xml_expression_free(x);
}

static void
no_expression(void **state)
{
	static const char *const facts[] = {
		"", " ", "1 +", "(1", "1)", "a b", "a[", "'open", "=", "a = ",
		"a/", "//", "a. b", "$", ".b", "..b", "1 2", "a and", "@",
		"\xe2\x80\x98quoted\xe2\x80\x99",
	};
	struct xml_expression *x;
	struct err e;

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		e = (struct err){ 0 };
		x = NULL;
		assert_false(xml_compile(facts[i], &x, &e));
		assert_null(x);
		assert_int_equal(e.code, ERR_INPUT);
		assert_non_null(strstr(e.text, "at character "));
	}
}

static void
limits(void **state)
{
	struct buf text = buf_new(arena, 5000);
	struct xml_expression *x;
	struct err e = { 0 };
	bool holds;

	(void)state;
	for (int i = 0; i < 3000; i++)
		buf_puts(&text, "((");
	assert_false(xml_compile(buf_text(&text), &x, &e));
	assert_non_null(strstr(e.text, "too long"));

	x = compiled("count(//*[count(//*[count(//*[count(//*) > 0]) > 0])"
	    " > 0]) > 0");
	assert_false(xml_is_true(x, xml_root(document), &world, &holds, &e));
	assert_non_null(strstr(e.text, "too many steps"));
	xml_expression_free(x);
}

static void
a_world_without_parameters(void **state)
{
	static const char *const facts[] = {
		"param('base', today()) > 0",
		"check('short', 'a')",
	};
	struct xml_world bare = { .today = world.today };

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		struct xml_expression *x = compiled(facts[i]);
		bool holds;

		assert_false(xml_is_true(x, xml_root(document), &bare, &holds,
		    NULL));
		xml_expression_free(x);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(conditions),
		cmocka_unit_test(numbers),
		cmocka_unit_test(numbers_refused),
		cmocka_unit_test(texts),
		cmocka_unit_test(elements),
		cmocka_unit_test(an_entry_sees_around_itself),
		cmocka_unit_test(no_expression),
		cmocka_unit_test(limits),
		cmocka_unit_test(a_world_without_parameters),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	xml_init();
	return cmocka_run_group_tests(tests, open_document, close_document);
}

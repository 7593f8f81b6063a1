/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The functions of expressions that XPath 1.0 lacks or gets wrong: dates,
 * sums of nothing, exact multiplication and division, parameters. Called by
 * libxml2 alone, through xml_function_find().
 */
#include "lib/xml_function.h"

#include <libxml/xpathInternals.h>

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "lib/str.h"
#include "lib/xml.h"
#include "lib/xml_tree.h"

static void __attribute__((format(printf, 2, 3)))
fail(xmlXPathParserContext *p, const char *fmt, ...)
{
	struct xml_function_run *run = p->context->userData;
	va_list ap;

	va_start(ap, fmt);
	if (run->why[0] == '\0')
		vsnprintf(run->why, sizeof run->why, fmt, ap);
	va_end(ap);
	xmlXPathErr(p, XPATH_INVALID_OPERAND);
}

static bool
takes(xmlXPathParserContext *p, const char *name, int given, int wanted)
{
	if (given == wanted)
		return true;
	fail(p, "%s() takes %d arguments, not %d", name, wanted, given);
	return false;
}

static const struct xml_world *
world_of(xmlXPathParserContext *p)
{
	return ((struct xml_function_run *)p->context->userData)->world;
}

static void
push_number(xmlXPathParserContext *p, double value)
{
	valuePush(p, xmlXPathNewFloat(value));
}

static void
push_whole(xmlXPathParserContext *p, int64_t value)
{
	if (value >= XML_FUNCTION_LIMIT || value <= -XML_FUNCTION_LIMIT) {
		fail(p, "a number is 2^53 or more");
		return;
	}
	push_number(p, (double)value);
}

/* The argument as a date; DATE_NONE if it is none. */
static date
pop_date(xmlXPathParserContext *p)
{
	xmlChar *s = xmlXPathPopString(p);
	date d = DATE_NONE;

	if (s != NULL && !date_parse((const char *)s, &d, NULL))
		d = DATE_NONE;
	xmlFree(s);
	return d;
}

static void
call_today(xmlXPathParserContext *p, int n)
{
	char text[DATE_TEXT];

	if (!takes(p, "today", n, 0))
		return;
	valuePush(p, xmlXPathNewString(
	    xml_tree_in(date_text(world_of(p)->today, text))));
}

static void
call_day(xmlXPathParserContext *p, int n)
{
	date d;

	if (!takes(p, "day", n, 1))
		return;
	d = pop_date(p);
	push_number(p, d == DATE_NONE ? NAN : d);
}

static void
call_year(xmlXPathParserContext *p, int n)
{
	date d;

	if (!takes(p, "year", n, 1))
		return;
	d = pop_date(p);
	push_number(p, d == DATE_NONE ? NAN : date_civil(d).year);
}

static void
call_age(xmlXPathParserContext *p, int n)
{
	date born, on;

	if (!takes(p, "age", n, 2))
		return;
	on = pop_date(p);
	born = pop_date(p);
	push_number(p, on == DATE_NONE || born == DATE_NONE ? NAN :
	    date_age(born, on));
}

/* false: not a whole number that a double carries exactly. */
static bool
whole_text(const char *s, int64_t *out)
{
	return str_int(s, -XML_FUNCTION_LIMIT + 1, XML_FUNCTION_LIMIT - 1,
	    out, NULL);
}

static bool
add_node(xmlNode *node, int64_t *sum)
{
	xmlChar *s = xmlNodeGetContent(node);
	int64_t value = 0;
	bool good;

	good = str_empty((const char *)s) ||
	    whole_text((const char *)s, &value);
	xmlFree(s);
	return good && !__builtin_add_overflow(*sum, value, sum);
}

static void
call_sum0(xmlXPathParserContext *p, int n)
{
	xmlNodeSet *nodes;
	int64_t sum = 0;
	bool good = true;

	if (!takes(p, "sum0", n, 1))
		return;
	if (!xmlXPathStackIsNodeSet(p)) {
		fail(p, "sum0() takes items, not a value");
		return;
	}
	nodes = xmlXPathPopNodeSet(p);
	for (int i = 0; good && i < xmlXPathNodeSetGetLength(nodes); i++)
		good = add_node(nodes->nodeTab[i], &sum);
	xmlXPathFreeNodeSet(nodes);
	if (!good) {
		fail(p, "sum0() met something that is no whole number");
		return;
	}
	push_whole(p, sum);
}

enum xml_function_whole
xml_function_whole(double value, int64_t *out)
{
	if (isnan(value))
		return XML_FUNCTION_ABSENT;
	if (!(fabs(value) < (double)XML_FUNCTION_LIMIT) ||
	    value != trunc(value))
		return XML_FUNCTION_BROKEN;
	*out = (int64_t)value;
	return XML_FUNCTION_WHOLE;
}

/* Text is read as digits, not through a double, which would round it. */
static enum xml_function_whole
pop_whole(xmlXPathParserContext *p, int64_t *out)
{
	enum xml_function_whole how;
	xmlChar *s;

	if (p->value != NULL && p->value->type == XPATH_NUMBER)
		return xml_function_whole(xmlXPathPopNumber(p), out);
	s = xmlXPathPopString(p);
	if (str_empty((const char *)s))
		how = XML_FUNCTION_ABSENT;
	else if (whole_text((const char *)s, out))
		how = XML_FUNCTION_WHOLE;
	else
		how = XML_FUNCTION_BROKEN;
	xmlFree(s);
	return how;
}

enum rounding {
	ROUND_DOWN,
	ROUND_UP,
	ROUND_HALF_UP,
	ROUND_HALF_EVEN,
	ROUND__MAX
};

static const char *const roundings[] = {
	[ROUND_DOWN]		= "down",
	[ROUND_UP]		= "up",
	[ROUND_HALF_UP]		= "half-up",
	[ROUND_HALF_EVEN]	= "half-even",
};
_Static_assert(sizeof roundings / sizeof *roundings == ROUND__MAX,
    "a rounding has no name");

static enum rounding
pop_rounding(xmlXPathParserContext *p)
{
	xmlChar *s = xmlXPathPopString(p);
	enum rounding r = ROUND_DOWN;

	while (r < ROUND__MAX && !str_equal((const char *)s, roundings[r]))
		r++;
	xmlFree(s);
	return r;
}

/* Down is towards zero, up away from it; halves are compared doubled. */
static __int128
divide(__int128 product, int64_t by, enum rounding how)
{
	__int128 quotient = product / by;
	__int128 rest = product % by;
	__int128 twice = (rest < 0 ? -rest : rest) * 2;
	__int128 size = by < 0 ? -(__int128)by : by;
	bool away;

	if (rest == 0 || how == ROUND_DOWN)
		return quotient;
	if (how == ROUND_UP)
		away = true;
	else if (how == ROUND_HALF_UP)
		away = twice >= size;
	else
		away = twice > size || (twice == size && quotient % 2 != 0);
	if (!away)
		return quotient;
	return (product < 0) == (by < 0) ? quotient + 1 : quotient - 1;
}

static void
call_muldiv(xmlXPathParserContext *p, int n)
{
	int64_t a = 0, b = 0, c = 0;
	enum xml_function_whole how[3];
	enum rounding rounding;
	__int128 result;

	if (!takes(p, "muldiv", n, 4))
		return;
	rounding = pop_rounding(p);
	how[0] = pop_whole(p, &c);
	how[1] = pop_whole(p, &b);
	how[2] = pop_whole(p, &a);
	if (rounding == ROUND__MAX) {
		fail(p, "muldiv() does not know this rounding");
		return;
	}
	for (int i = 0; i < 3; i++) {
		if (how[i] == XML_FUNCTION_BROKEN) {
			fail(p, "muldiv() takes whole numbers below 2^53");
			return;
		}
	}
	if (how[0] == XML_FUNCTION_ABSENT || how[1] == XML_FUNCTION_ABSENT ||
	    how[2] == XML_FUNCTION_ABSENT) {
		push_number(p, NAN);
		return;
	}
	if (c == 0) {
		fail(p, "muldiv() divides by zero");
		return;
	}
	result = divide((__int128)a * b, c, rounding);
	if (result >= XML_FUNCTION_LIMIT || result <= -XML_FUNCTION_LIMIT) {
		fail(p, "the result of muldiv() is 2^53 or more");
		return;
	}
	push_number(p, (double)(int64_t)result);
}

static void
call_param(xmlXPathParserContext *p, int n)
{
	const struct xml_world *world = world_of(p);
	int64_t value = 0;
	xmlChar *name;
	bool found;
	date on;

	if (!takes(p, "param", n, 2))
		return;
	on = pop_date(p);
	name = xmlXPathPopString(p);
	if (world->param == NULL || name == NULL) {
		fail(p, "there are no parameters here");
		xmlFree(name);
		return;
	}
	found = on != DATE_NONE &&
	    world->param(world->arg, (const char *)name, on, &value);
	if (found)
		push_whole(p, value);
	else if (on == DATE_NONE)
		push_number(p, NAN);
	else
		fail(p, "no parameter '%.40s' on that day",
		    (const char *)name);
	xmlFree(name);
}

static void
call_check(xmlXPathParserContext *p, int n)
{
	const struct xml_world *world = world_of(p);
	xmlChar *kind, *value;

	if (!takes(p, "check", n, 2))
		return;
	value = xmlXPathPopString(p);
	kind = xmlXPathPopString(p);
	if (world->check == NULL || kind == NULL || value == NULL)
		fail(p, "there are no checks here");
	else
		valuePush(p, xmlXPathNewBoolean(world->check(world->arg,
		    (const char *)kind, (const char *)value)));
	xmlFree(kind);
	xmlFree(value);
}

static const struct {
	const char		*name;
	xmlXPathFunction	 call;
} functions[] = {
	{ "today",	call_today },
	{ "day",	call_day },
	{ "year",	call_year },
	{ "age",	call_age },
	{ "sum0",	call_sum0 },
	{ "muldiv",	call_muldiv },
	{ "param",	call_param },
	{ "check",	call_check },
};

xmlXPathFunction
xml_function_find(void *arg, const xmlChar *name, const xmlChar *namespace)
{
	(void)arg;
	if (namespace != NULL)
		return NULL;
	for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
		if (str_equal((const char *)name, functions[i].name))
			return functions[i].call;
	return NULL;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A walk over an expression that works out of what sort each part is, and
 * notes where sorts do not go together. Runs nothing.
 */
#include "forms/check_rule.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include "forms/definition.h"
#include "forms/path.h"
#include "forms/reader.h"
#include "forms/scope.h"
#include "lib/clock.h"
#include "lib/str.h"

enum kind {
	UNKNOWN,	/* its fault is noted; goes with everything */
	TRUTH,
	NUMBER,
	MONEY,
	DATE,
	TEXT,
	ENTRIES,
	WHOLE		/* an item of several parts */
};

struct sort {
	enum kind	 kind;
	bool		 many;		/* of all entries of a repeat */
	const struct definition_item *item;	/* NULL: computed */
	const char	*literal;	/* NULL: not written out */
};

struct check {
	struct reader	*reader;
	const struct rule *rule;
};

static struct sort	sort_of(struct check *, const struct scope *,
			    const struct path *);

static void __attribute__((format(printf, 3, 4)))
fault(struct check *c, const struct path *at, const char *fmt, ...)
{
	char what[200];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(what, sizeof what, fmt, ap);
	va_end(ap);
	reader_fault(c->reader, c->rule->line, "in \"%s\", character %zu: %s",
	    c->rule->text, at->at, what);
}

static struct sort
computed(enum kind kind)
{
	return (struct sort){ .kind = kind };
}

static bool
is_numeric(enum kind kind)
{
	return kind == NUMBER || kind == MONEY || kind == UNKNOWN;
}

/* ---- items ---- */

static enum kind
kind_of_item(const struct definition_item *item)
{
	static const struct {
		const char	*type;
		enum kind	 kind;
	} kinds[] = {
		{ "integer", NUMBER },
		{ "money", MONEY },
		{ "date", DATE },
		{ "address", WHOLE },
	};

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (str_equal(type_name(item->type), kinds[i].type))
			return kinds[i].kind;
	return TEXT;
}

static void
check_filters(struct check *c, const struct scope *s, const struct path *p)
{
	for (const struct path_step *t = p->steps; t != NULL; t = t->next) {
		struct scope inner;

		if (t->filter == NULL)
			continue;
		inner = scope_filter(s, p, t);
		if (inner.repeat == NULL)
			fault(c, p, "only entries of a repeat can be filtered");
		else if (sort_of(c, &inner, t->filter).kind != TRUTH)
			fault(c, t->filter, "a filter must be true or false");
	}
}

static struct sort
sort_of_steps(struct check *c, const struct scope *s, const struct path *p)
{
	struct scope_place place = scope_find(s, p);
	struct sort sort = { .item = place.item };

	check_filters(c, s, p);
	sort.many = place.repeat != NULL && place.repeat != s->repeat;
	switch (place.kind) {
	case SCOPE_ENTRIES:
		sort.kind = ENTRIES;
		return sort;
	case SCOPE_ITEM:
		sort.kind = kind_of_item(place.item);
		return sort;
	case SCOPE_PART:
		sort.kind = TEXT;
		sort.item = NULL;
		return sort;
	case SCOPE_FORM:
		fault(c, p, "this names the whole form");
		return computed(UNKNOWN);
	case SCOPE_NOTHING:
		break;
	}
	if (str_equal(place.wrong, ".."))
		fault(c, p, "\"..\" leads out of the form");
	else
		fault(c, p, "there is no item \"%.60s\" here", place.wrong);
	return computed(UNKNOWN);
}

/* ---- what may stand where ---- */

/* One value, not those of all entries, which XPath would cut to the first. */
static void
want_one(struct check *c, const struct path *p, struct sort sort)
{
	if (sort.kind == ENTRIES)
		fault(c, p, "entries have no value; count() them");
	else if (sort.kind == WHOLE)
		fault(c, p, "say which part of %s is meant, like %s/city",
		    sort.item->name, sort.item->name);
	else if (sort.many)
		fault(c, p, "this names the items of all entries; use sum0() "
		    "or count()");
}

static void
want_number(struct check *c, const struct path *p, struct sort sort)
{
	want_one(c, p, sort);
	if (sort.kind == DATE)
		fault(c, p, "a date is no number; use day()");
	else if (sort.kind == TEXT || sort.kind == TRUTH)
		fault(c, p, "this is no number");
}

static void
want_truth(struct check *c, const struct path *p, struct sort sort)
{
	if (sort.kind == TRUTH || sort.kind == UNKNOWN)
		return;
	if (sort.item != NULL && str_equal(type_name(sort.item->type),
	    "yesno"))
		fault(c, p, "an item by itself is always true; write "
		    "%s = 'true'", sort.item->name);
	else
		fault(c, p, "this is neither true nor false; compare it with "
		    "something");
}

static void
want_date(struct check *c, const struct path *p, struct sort sort)
{
	date d;

	want_one(c, p, sort);
	if (sort.literal != NULL && date_parse(sort.literal, &d, NULL))
		return;
	if (sort.kind != DATE && sort.kind != UNKNOWN)
		fault(c, p, "this is no date");
}

static void
want_text(struct check *c, const struct path *p, struct sort sort)
{
	want_one(c, p, sort);
	if (sort.kind == NUMBER || sort.kind == MONEY)
		fault(c, p, "a number written out may come as 1e+15 or NaN; "
		    "keep it a number");
	else if (sort.kind == TRUTH)
		fault(c, p, "this is true or false, not text");
}

static bool
is_one_of(const char *s, const char *const *list)
{
	for (; *list != NULL; list++)
		if (str_equal(s, *list))
			return true;
	return false;
}

static void
want_word(struct check *c, const struct path *p, struct sort sort,
    const char *const *words)
{
	if (sort.literal == NULL)
		fault(c, p, "this must be written out, in quotes");
	else if (words != NULL && !is_one_of(sort.literal, words))
		fault(c, p, "'%.40s' is not known here", sort.literal);
}

/* ---- functions ---- */

enum want {
	END,
	A_NUMBER,
	A_DATE,
	A_TEXT,
	A_TRUTH,
	A_NAME,		/* any word, written out */
	A_ROUNDING,
	A_CHECK,
	NODES,		/* items or entries */
	NUMBERS		/* numeric items */
};

enum {
	ARGUMENTS = 4
};

static const struct function {
	const char	*name;
	enum kind	 result;
	enum want	 wants[ARGUMENTS + 1];
	bool		 more;		/* the last may come again */
} functions[] = {
	{ "true",		TRUTH,	{ END },			false },
	{ "false",		TRUTH,	{ END },			false },
	{ "not",		TRUTH,	{ A_TRUTH },			false },
	{ "today",		DATE,	{ END },			false },
	{ "day",		NUMBER,	{ A_DATE },			false },
	{ "year",		NUMBER,	{ A_DATE },			false },
	{ "age",		NUMBER,	{ A_DATE, A_DATE },		false },
	{ "count",		NUMBER,	{ NODES },			false },
	{ "sum0",		NUMBER,	{ NUMBERS },			false },
	{ "muldiv",		NUMBER,	{ A_NUMBER, A_NUMBER, A_NUMBER,
					  A_ROUNDING },			false },
	{ "floor",		NUMBER,	{ A_NUMBER },			false },
	{ "ceiling",		NUMBER,	{ A_NUMBER },			false },
	{ "round",		NUMBER,	{ A_NUMBER },			false },
	{ "param",		NUMBER,	{ A_NAME, A_DATE },		false },
	{ "check",		TRUTH,	{ A_CHECK, A_TEXT },		false },
	{ "string",		TEXT,	{ A_TEXT },			false },
	{ "concat",		TEXT,	{ A_TEXT, A_TEXT },		true },
	{ "contains",		TRUTH,	{ A_TEXT, A_TEXT },		false },
	{ "starts-with",	TRUTH,	{ A_TEXT, A_TEXT },		false },
	{ "string-length",	NUMBER,	{ A_TEXT },			false },
	{ "normalize-space",	TEXT,	{ A_TEXT },			false },
	{ "substring",		TEXT,	{ A_TEXT, A_NUMBER, A_NUMBER },	false },
	{ "substring-before",	TEXT,	{ A_TEXT, A_TEXT },		false },
	{ "substring-after",	TEXT,	{ A_TEXT, A_TEXT },		false },
	{ "translate",		TEXT,	{ A_TEXT, A_TEXT, A_TEXT },	false },
};

static const struct function *
find_function(const char *name)
{
	for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
		if (str_equal(functions[i].name, name))
			return &functions[i];
	return NULL;
}

static void
want_nodes(struct check *c, const struct path *p, struct sort sort,
    bool numbers)
{
	if (p->kind != PATH_STEPS)
		fault(c, p, "this must name items");
	else if (numbers && !is_numeric(sort.kind))
		fault(c, p, "this does not name numbers");
}

static void
want(struct check *c, const struct path *p, struct sort sort, enum want w)
{
	static const char *const roundings[] = { "down", "up", "half-up",
		"half-even", NULL };
	static const char *const checks[] = { "vin", "vin-check", "plate",
		"plate-old", "cpf", NULL };

	switch (w) {
	case A_NUMBER:
		want_number(c, p, sort);
		break;
	case A_DATE:
		want_date(c, p, sort);
		break;
	case A_TEXT:
		want_text(c, p, sort);
		break;
	case A_TRUTH:
		want_truth(c, p, sort);
		break;
	case A_NAME:
		want_word(c, p, sort, NULL);
		break;
	case A_ROUNDING:
		want_word(c, p, sort, roundings);
		break;
	case A_CHECK:
		want_word(c, p, sort, checks);
		break;
	case NODES:
	case NUMBERS:
		want_nodes(c, p, sort, w == NUMBERS);
		break;
	case END:
		break;
	}
}

static struct sort
sort_of_call(struct check *c, const struct scope *s, const struct path *p)
{
	const struct function *f = find_function(p->text);
	struct sort result, sort;
	const struct path *arg;
	size_t n = 0;

	if (f == NULL && str_equal(p->text, "sum"))
		fault(c, p, "sum() of nothing is no number; use sum0()");
	else if (f == NULL)
		fault(c, p, "there is no function %.40s()", p->text);
	result = computed(f != NULL ? f->result : UNKNOWN);
	for (arg = p->first; arg != NULL; arg = arg->next) {
		sort = sort_of(c, s, arg);
		if (f == NULL)
			continue;
		if (f->wants[n] == END) {
			fault(c, p, "%s() takes fewer arguments", f->name);
			return result;
		}
		want(c, arg, sort, f->wants[n]);
		if (f->result == NUMBER && sort.kind == MONEY)
			result.kind = MONEY;
		n += !(f->more && f->wants[n + 1] == END);
	}
	if (f != NULL && f->wants[n] != END && !f->more)
		fault(c, p, "%s() takes more arguments", f->name);
	return result;
}

/* ---- operators ---- */

static bool
is_code_of(const struct definition_item *item, const char *code)
{
	static const char *const truths[] = { "true", "false", "", NULL };
	const char *type = type_name(item->type);

	if (str_equal(type, "yesno") || str_equal(type, "declaration"))
		return is_one_of(code, truths);
	if (item->rules.n_choices == 0 || str_empty(code))
		return true;
	for (size_t i = 0; i < item->rules.n_choices; i++)
		if (str_equal(item->rules.choices[i].code, code))
			return true;
	return false;
}

static void
check_literal(struct check *c, const struct path *p, struct sort side,
    struct sort other)
{
	date d;

	if (other.literal == NULL || side.item == NULL)
		return;
	if (side.kind == DATE && !str_empty(other.literal) &&
	    !date_parse(other.literal, &d, NULL))
		fault(c, p, "'%.40s' is no date", other.literal);
	else if (side.kind == TEXT && !is_code_of(side.item, other.literal))
		fault(c, p, "%s is never '%.40s'", side.item->name,
		    other.literal);
}

/* Nothing typed is "", whatever the sort: that alone may meet a number. */
static bool
is_nothing(struct sort sort)
{
	return sort.literal != NULL && sort.literal[0] == '\0';
}

static bool
go_together(struct sort a, struct sort b)
{
	if (a.kind == b.kind || a.kind == UNKNOWN || b.kind == UNKNOWN)
		return true;
	if (is_nothing(a) || is_nothing(b))
		return a.kind != TRUTH && b.kind != TRUTH;
	if (is_numeric(a.kind) && is_numeric(b.kind))
		return true;
	return (a.kind == DATE && b.literal != NULL) ||
	    (b.kind == DATE && a.literal != NULL);
}

static struct sort
sort_of_equality(struct check *c, const struct path *p, struct sort a,
    struct sort b)
{
	if (a.kind == ENTRIES || b.kind == ENTRIES || a.kind == WHOLE ||
	    b.kind == WHOLE)
		want_one(c, p, a.kind == ENTRIES || a.kind == WHOLE ? a : b);
	else if ((a.kind == TRUTH && b.item) || (b.kind == TRUTH && a.item))
		fault(c, p, "compare an item with 'true' in quotes, not with "
		    "true()");
	else if (!go_together(a, b))
		fault(c, p, "the two sides are of different sorts and are "
		    "never equal");
	check_literal(c, p, a, b);
	check_literal(c, p, b, a);
	return computed(TRUTH);
}

static void
want_ordered(struct check *c, const struct path *p, struct sort sort)
{
	sort.many = false;	/* "any of them" is what XPath says too */
	if (sort.kind == DATE)
		fault(c, p, "dates cannot be compared with < or >; compare "
		    "day() of each");
	else
		want_number(c, p, sort);
}

static struct sort
sort_of_arithmetic(struct check *c, const struct path *p, struct sort a,
    struct sort b)
{
	bool money = a.kind == MONEY || b.kind == MONEY;

	want_number(c, p->first, a);
	want_number(c, p->first->next, b);
	if (p->op == PATH_DIV && money)
		fault(c, p, "money is not divided with div; use muldiv() and "
		    "say how to round");
	else if (p->op == PATH_TIMES && a.kind == MONEY && b.kind == MONEY)
		fault(c, p, "money times money makes no sense");
	return computed(money ? MONEY : NUMBER);
}

static struct sort
sort_of_binary(struct check *c, const struct scope *s, const struct path *p)
{
	struct sort a = sort_of(c, s, p->first);
	struct sort b = sort_of(c, s, p->first->next);

	switch (p->op) {
	case PATH_OR:
	case PATH_AND:
		want_truth(c, p->first, a);
		want_truth(c, p->first->next, b);
		return computed(TRUTH);
	case PATH_EQUAL:
	case PATH_UNEQUAL:
		return sort_of_equality(c, p, a, b);
	case PATH_LESS:
	case PATH_LESS_EQUAL:
	case PATH_GREATER:
	case PATH_GREATER_EQUAL:
		want_ordered(c, p->first, a);
		want_ordered(c, p->first->next, b);
		return computed(TRUTH);
	case PATH_PLUS:
	case PATH_MINUS:
	case PATH_TIMES:
	case PATH_DIV:
	case PATH_MOD:
	case PATH__MAX:
		break;
	}
	return sort_of_arithmetic(c, p, a, b);
}

static struct sort
sort_of(struct check *c, const struct scope *s, const struct path *p)
{
	struct sort sort;

	switch (p->kind) {
	case PATH_NUMBER:
		return computed(NUMBER);
	case PATH_TEXT:
		return (struct sort){ .kind = TEXT, .literal = p->text };
	case PATH_CALL:
		return sort_of_call(c, s, p);
	case PATH_BINARY:
		return sort_of_binary(c, s, p);
	case PATH_STEPS:
		return sort_of_steps(c, s, p);
	case PATH_NEGATE:
		break;
	}
	sort = sort_of(c, s, p->first);
	want_number(c, p->first, sort);
	return computed(sort.kind);
}

/* ---- whole rules ---- */

void
check_rule_condition(struct reader *r, const struct scope *s,
    const struct rule *rule)
{
	struct check c = { r, rule };

	if (rule != NULL)
		want_truth(&c, rule->path, sort_of(&c, s, rule->path));
}

void
check_rule_number(struct reader *r, const struct scope *s,
    const struct rule *rule)
{
	struct check c = { r, rule };

	if (rule != NULL)
		want_number(&c, rule->path, sort_of(&c, s, rule->path));
}

void
check_rule_value(struct reader *r, const struct scope *s,
    const struct rule *rule, const struct definition_item *item)
{
	struct check c = { r, rule };
	struct sort sort;

	if (rule == NULL)
		return;
	sort = sort_of(&c, s, rule->path);
	switch (kind_of_item(item)) {
	case NUMBER:
	case MONEY:
		want_number(&c, rule->path, sort);
		return;
	case DATE:
		want_date(&c, rule->path, sort);
		return;
	case WHOLE:
		fault(&c, rule->path, "an item of several parts cannot be "
		    "calculated");
		return;
	case UNKNOWN:
	case TRUTH:
	case TEXT:
	case ENTRIES:
		break;
	}
	if (str_equal(type_name(item->type), "yesno"))
		want_truth(&c, rule->path, sort);
	else
		want_text(&c, rule->path, sort);
}

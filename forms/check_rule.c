/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A walk over an expression that works out of what sort each part is, and
 * notes where sorts do not go together. Runs nothing.
 */
#include "forms/check_rule.h"

#include <stddef.h>

#include "forms/check_want.h"
#include "forms/definition.h"
#include "forms/path.h"
#include "forms/reader.h"
#include "forms/scope.h"
#include "lib/clock.h"
#include "lib/str.h"

static struct check_sort	sort_of(struct check *,
				    const struct scope *,
				    const struct path *);

static struct check_sort
computed(enum check_kind kind)
{
	return (struct check_sort){ .kind = kind };
}

/* ---- items ---- */

static enum check_kind
kind_of_item(const struct definition_item *item)
{
	static const struct {
		const char	*type;
		enum check_kind	 kind;
	} kinds[] = {
		{ "integer", CHECK_NUMBER },
		{ "money", CHECK_MONEY },
		{ "date", CHECK_DATE },
		{ "address", CHECK_WHOLE },
	};

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (str_equal(type_name(item->type), kinds[i].type))
			return kinds[i].kind;
	return CHECK_TEXT;
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
			check_fault(c, p, "only entries of a repeat can be "
			    "filtered");
		else if (sort_of(c, &inner, t->filter).kind != CHECK_TRUTH)
			check_fault(c, t->filter, "a filter must be true or "
			    "false");
	}
}

static struct check_sort
sort_of_steps(struct check *c, const struct scope *s, const struct path *p)
{
	struct scope_place place = scope_find(s, p);
	struct check_sort sort = { .item = place.item };

	check_filters(c, s, p);
	sort.many = place.repeat != NULL && place.repeat != s->repeat;
	switch (place.kind) {
	case SCOPE_ENTRIES:
		sort.kind = CHECK_ENTRIES;
		return sort;
	case SCOPE_ITEM:
		sort.kind = kind_of_item(place.item);
		return sort;
	case SCOPE_PART:
		sort.kind = CHECK_TEXT;
		sort.item = NULL;
		return sort;
	case SCOPE_FORM:
		check_fault(c, p, "this names the whole form");
		return computed(CHECK_UNKNOWN);
	case SCOPE_NOTHING:
		break;
	}
	if (str_equal(place.wrong, ".."))
		check_fault(c, p, "\"..\" leads out of the form");
	else
		check_fault(c, p, "there is no item \"%.60s\" here",
		    place.wrong);
	return computed(CHECK_UNKNOWN);
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
	enum check_kind	 result;
	enum want	 wants[ARGUMENTS + 1];
	bool		 more;		/* the last may come again */
} functions[] = {
	{ "true",		CHECK_TRUTH,	{ END },			false },
	{ "false",		CHECK_TRUTH,	{ END },			false },
	{ "not",		CHECK_TRUTH,	{ A_TRUTH },			false },
	{ "today",		CHECK_DATE,	{ END },			false },
	{ "day",		CHECK_NUMBER,	{ A_DATE },			false },
	{ "year",		CHECK_NUMBER,	{ A_DATE },			false },
	{ "age",		CHECK_NUMBER,	{ A_DATE, A_DATE },		false },
	{ "count",		CHECK_NUMBER,	{ NODES },			false },
	{ "sum0",		CHECK_NUMBER,	{ NUMBERS },			false },
	{ "muldiv",		CHECK_NUMBER,	{ A_NUMBER, A_NUMBER, A_NUMBER,
					  A_ROUNDING },			false },
	{ "floor",		CHECK_NUMBER,	{ A_NUMBER },			false },
	{ "ceiling",		CHECK_NUMBER,	{ A_NUMBER },			false },
	{ "round",		CHECK_NUMBER,	{ A_NUMBER },			false },
	{ "param",		CHECK_NUMBER,	{ A_NAME, A_DATE },		false },
	{ "check",		CHECK_TRUTH,	{ A_CHECK, A_TEXT },		false },
	{ "string",		CHECK_TEXT,	{ A_TEXT },			false },
	{ "concat",		CHECK_TEXT,	{ A_TEXT, A_TEXT },		true },
	{ "contains",		CHECK_TRUTH,	{ A_TEXT, A_TEXT },		false },
	{ "starts-with",	CHECK_TRUTH,	{ A_TEXT, A_TEXT },		false },
	{ "string-length",	CHECK_NUMBER,	{ A_TEXT },			false },
	{ "normalize-space",	CHECK_TEXT,	{ A_TEXT },			false },
	{ "substring",		CHECK_TEXT,	{ A_TEXT, A_NUMBER, A_NUMBER },	false },
	{ "substring-before",	CHECK_TEXT,	{ A_TEXT, A_TEXT },		false },
	{ "substring-after",	CHECK_TEXT,	{ A_TEXT, A_TEXT },		false },
	{ "translate",		CHECK_TEXT,	{ A_TEXT, A_TEXT, A_TEXT },	false },
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
want(struct check *c, const struct path *p, struct check_sort sort, enum want w)
{
	static const char *const roundings[] = { "down", "up", "half-up",
		"half-even", NULL };
	static const char *const checks[] = { "vin", "vin-check", "plate",
		"plate-old", "cpf", NULL };

	switch (w) {
	case A_NUMBER:
		check_want_number(c, p, sort);
		break;
	case A_DATE:
		check_want_date(c, p, sort);
		break;
	case A_TEXT:
		check_want_text(c, p, sort);
		break;
	case A_TRUTH:
		check_want_truth(c, p, sort);
		break;
	case A_NAME:
		check_want_word(c, p, sort, NULL);
		break;
	case A_ROUNDING:
		check_want_word(c, p, sort, roundings);
		break;
	case A_CHECK:
		check_want_word(c, p, sort, checks);
		break;
	case NODES:
	case NUMBERS:
		check_want_nodes(c, p, sort, w == NUMBERS);
		break;
	case END:
		break;
	}
}

static struct check_sort
sort_of_call(struct check *c, const struct scope *s, const struct path *p)
{
	const struct function *f = find_function(p->text);
	struct check_sort result, sort;
	const struct path *arg;
	size_t n = 0;

	if (f == NULL && str_equal(p->text, "sum"))
		check_fault(c, p, "sum() of nothing is no number; use sum0()");
	else if (f == NULL)
		check_fault(c, p, "there is no function %.40s()", p->text);
	result = computed(f != NULL ? f->result : CHECK_UNKNOWN);
	for (arg = p->first; arg != NULL; arg = arg->next) {
		sort = sort_of(c, s, arg);
		if (f == NULL)
			continue;
		if (f->wants[n] == END) {
			check_fault(c, p, "%s() takes fewer arguments",
			    f->name);
			return result;
		}
		want(c, arg, sort, f->wants[n]);
		if (f->result == CHECK_NUMBER && sort.kind == CHECK_MONEY)
			result.kind = CHECK_MONEY;
		n += !(f->more && f->wants[n + 1] == END);
	}
	if (f != NULL && f->wants[n] != END && !f->more)
		check_fault(c, p, "%s() takes more arguments", f->name);
	return result;
}

/* ---- operators ---- */

static bool
is_code_of(const struct definition_item *item, const char *code)
{
	static const char *const truths[] = { "true", "false", "", NULL };
	const char *type = type_name(item->type);

	if (str_equal(type, "yesno") || str_equal(type, "declaration"))
		return check_is_one_of(code, truths);
	if (item->rules.n_choices == 0 || str_empty(code))
		return true;
	for (size_t i = 0; i < item->rules.n_choices; i++)
		if (str_equal(item->rules.choices[i].code, code))
			return true;
	return false;
}

static void
check_literal(struct check *c, const struct path *p, struct check_sort side,
    struct check_sort other)
{
	date d;

	if (other.literal == NULL || side.item == NULL)
		return;
	if (side.kind == CHECK_DATE && !str_empty(other.literal) &&
	    !date_parse(other.literal, &d, NULL))
		check_fault(c, p, "'%.40s' is no date", other.literal);
	else if (side.kind == CHECK_TEXT &&
	    !is_code_of(side.item, other.literal))
		check_fault(c, p, "%s is never '%.40s'", side.item->name,
		    other.literal);
}

/* Nothing typed is "", whatever the sort: that alone may meet a number. */
static bool
is_nothing(struct check_sort sort)
{
	return sort.literal != NULL && sort.literal[0] == '\0';
}

static bool
go_together(struct check_sort a, struct check_sort b)
{
	if (a.kind == b.kind || a.kind == CHECK_UNKNOWN ||
	    b.kind == CHECK_UNKNOWN)
		return true;
	if (is_nothing(a) || is_nothing(b))
		return a.kind != CHECK_TRUTH && b.kind != CHECK_TRUTH;
	if (check_is_numeric(a.kind) && check_is_numeric(b.kind))
		return true;
	return (a.kind == CHECK_DATE && b.literal != NULL) ||
	    (b.kind == CHECK_DATE && a.literal != NULL);
}

static bool
has_no_value(struct check_sort sort)
{
	return sort.kind == CHECK_ENTRIES || sort.kind == CHECK_WHOLE;
}

static struct check_sort
sort_of_equality(struct check *c, const struct path *p, struct check_sort a,
    struct check_sort b)
{
	if (has_no_value(a) || has_no_value(b))
		check_want_one(c, p, has_no_value(a) ? a : b);
	else if ((a.kind == CHECK_TRUTH && b.item != NULL) ||
	    (b.kind == CHECK_TRUTH && a.item != NULL))
		check_fault(c, p, "compare an item with 'true' in quotes, not "
		    "with true()");
	else if (!go_together(a, b))
		check_fault(c, p, "the two sides are of different sorts and "
		    "are never equal");
	check_literal(c, p, a, b);
	check_literal(c, p, b, a);
	return computed(CHECK_TRUTH);
}

static struct check_sort
sort_of_arithmetic(struct check *c, const struct path *p, struct check_sort a,
    struct check_sort b)
{
	bool money = a.kind == CHECK_MONEY || b.kind == CHECK_MONEY;

	check_want_number(c, p->first, a);
	check_want_number(c, p->first->next, b);
	if (p->op == PATH_DIV && money)
		check_fault(c, p, "money is not divided with div; use "
		    "muldiv() and say how to round");
	else if (p->op == PATH_TIMES && a.kind == CHECK_MONEY &&
	    b.kind == CHECK_MONEY)
		check_fault(c, p, "money times money makes no sense");
	return computed(money ? CHECK_MONEY : CHECK_NUMBER);
}

static struct check_sort
sort_of_binary(struct check *c, const struct scope *s, const struct path *p)
{
	struct check_sort a = sort_of(c, s, p->first);
	struct check_sort b = sort_of(c, s, p->first->next);

	switch (p->op) {
	case PATH_OR:
	case PATH_AND:
		check_want_truth(c, p->first, a);
		check_want_truth(c, p->first->next, b);
		return computed(CHECK_TRUTH);
	case PATH_EQUAL:
	case PATH_UNEQUAL:
		return sort_of_equality(c, p, a, b);
	case PATH_LESS:
	case PATH_LESS_EQUAL:
	case PATH_GREATER:
	case PATH_GREATER_EQUAL:
		check_want_ordered(c, p->first, a);
		check_want_ordered(c, p->first->next, b);
		return computed(CHECK_TRUTH);
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

static struct check_sort
sort_of(struct check *c, const struct scope *s, const struct path *p)
{
	struct check_sort sort;

	switch (p->kind) {
	case PATH_NUMBER:
		return computed(CHECK_NUMBER);
	case PATH_TEXT:
		sort = computed(CHECK_TEXT);
		sort.literal = p->text;
		return sort;
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
	check_want_number(c, p->first, sort);
	return computed(sort.kind);
}

/* ---- whole rules ---- */

void
check_rule_condition(struct reader *r, const struct scope *s,
    const struct rule *rule)
{
	struct check c = { r, rule };

	if (rule != NULL)
		check_want_truth(&c, rule->path, sort_of(&c, s, rule->path));
}

void
check_rule_number(struct reader *r, const struct scope *s,
    const struct rule *rule)
{
	struct check c = { r, rule };

	if (rule != NULL)
		check_want_number(&c, rule->path, sort_of(&c, s, rule->path));
}

void
check_rule_value(struct reader *r, const struct scope *s,
    const struct rule *rule, const struct definition_item *item)
{
	struct check c = { r, rule };
	struct check_sort sort;

	if (rule == NULL)
		return;
	sort = sort_of(&c, s, rule->path);
	switch (kind_of_item(item)) {
	case CHECK_NUMBER:
	case CHECK_MONEY:
		check_want_number(&c, rule->path, sort);
		return;
	case CHECK_DATE:
		check_want_date(&c, rule->path, sort);
		return;
	case CHECK_WHOLE:
		check_fault(&c, rule->path, "an item of several parts cannot "
		    "be calculated");
		return;
	case CHECK_UNKNOWN:
	case CHECK_TRUTH:
	case CHECK_TEXT:
	case CHECK_ENTRIES:
		break;
	}
	if (str_equal(type_name(item->type), "yesno"))
		check_want_truth(&c, rule->path, sort);
	else
		check_want_text(&c, rule->path, sort);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is wrong with a part of an expression, in words that tell its author
 * what to write instead. Called by check_rule.c alone.
 */
#include "forms/check_want.h"

#include <stdarg.h>
#include <stdio.h>

#include "forms/definition.h"
#include "forms/path.h"
#include "forms/reader.h"
#include "lib/clock.h"
#include "lib/str.h"

void
check_fault(struct check *c, const struct path *at, const char *fmt, ...)
{
	char what[200];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(what, sizeof what, fmt, ap);
	va_end(ap);
	reader_fault(c->reader, c->rule->line, "in \"%s\", character %zu: %s",
	    c->rule->text, at->at, what);
}

bool
check_is_numeric(enum check_kind kind)
{
	return kind == CHECK_NUMBER || kind == CHECK_MONEY ||
	    kind == CHECK_UNKNOWN;
}

/* One value, not those of all entries, which XPath would cut to the first. */
void
check_want_one(struct check *c, const struct path *p, struct check_sort sort)
{
	if (sort.kind == CHECK_ENTRIES)
		check_fault(c, p, "entries have no value; count() them");
	else if (sort.kind == CHECK_WHOLE)
		check_fault(c, p, "say which part of %s is meant, like "
		    "%s/city", sort.item->name, sort.item->name);
	else if (sort.many)
		check_fault(c, p, "this names the items of all entries; use "
		    "sum0() or count()");
}

void
check_want_number(struct check *c, const struct path *p,
    struct check_sort sort)
{
	check_want_one(c, p, sort);
	if (sort.kind == CHECK_DATE)
		check_fault(c, p, "a date is no number; use day()");
	else if (sort.kind == CHECK_TEXT || sort.kind == CHECK_TRUTH)
		check_fault(c, p, "this is no number");
}

void
check_want_truth(struct check *c, const struct path *p,
    struct check_sort sort)
{
	if (sort.kind == CHECK_TRUTH || sort.kind == CHECK_UNKNOWN)
		return;
	if (sort.item != NULL && str_equal(type_name(sort.item->type),
	    "yesno"))
		check_fault(c, p, "an item by itself is always true; write "
		    "%s = 'true'", sort.item->name);
	else
		check_fault(c, p, "this is neither true nor false; compare it "
		    "with something");
}

void
check_want_date(struct check *c, const struct path *p, struct check_sort sort)
{
	date d;

	check_want_one(c, p, sort);
	if (sort.literal != NULL && date_parse(sort.literal, &d, NULL))
		return;
	if (sort.kind != CHECK_DATE && sort.kind != CHECK_UNKNOWN)
		check_fault(c, p, "this is no date");
}

void
check_want_text(struct check *c, const struct path *p, struct check_sort sort)
{
	check_want_one(c, p, sort);
	if (sort.kind == CHECK_NUMBER || sort.kind == CHECK_MONEY)
		check_fault(c, p, "a number written out may come as 1e+15 or "
		    "NaN; keep it a number");
	else if (sort.kind == CHECK_TRUTH)
		check_fault(c, p, "this is true or false, not text");
}

bool
check_is_one_of(const char *s, const char *const *list)
{
	for (; *list != NULL; list++)
		if (str_equal(s, *list))
			return true;
	return false;
}

void
check_want_word(struct check *c, const struct path *p, struct check_sort sort,
    const char *const *words)
{
	if (sort.literal == NULL)
		check_fault(c, p, "this must be written out, in quotes");
	else if (words != NULL && !check_is_one_of(sort.literal, words))
		check_fault(c, p, "'%.40s' is not known here", sort.literal);
}

void
check_want_nodes(struct check *c, const struct path *p, struct check_sort sort,
    bool numbers)
{
	if (p->kind != PATH_STEPS)
		check_fault(c, p, "this must name items");
	else if (numbers && !check_is_numeric(sort.kind))
		check_fault(c, p, "this does not name numbers");
}

void
check_want_ordered(struct check *c, const struct path *p,
    struct check_sort sort)
{
	sort.many = false;	/* "any of them" is what XPath says too */
	if (sort.kind == CHECK_DATE)
		check_fault(c, p, "dates cannot be compared with < or >; "
		    "compare day() of each");
	else
		check_want_number(c, p, sort);
}

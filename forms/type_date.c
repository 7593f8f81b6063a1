/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Dates: typed as three numbers, or as one YYYY-MM-DD by browsers and
 * programs that have one; kept as the latter.
 */
#include "forms/type_kind.h"

#include <string.h>

#include "forms/words.h"
#include "lib/arena.h"
#include "lib/clock.h"
#include "lib/str.h"
#include "lib/text.h"

enum {
	DAY,
	MONTH,
	YEAR,
	PARTS,
	YEAR_LENGTH = 4
};

static const char *const parts[] = { "day", "month", "year", NULL };

static const char *const months[] = {
	N_("January"), N_("February"), N_("March"), N_("April"), N_("May"),
	N_("June"), N_("July"), N_("August"), N_("September"), N_("October"),
	N_("November"), N_("December"),
};

/* Digits alone, a leading zero allowed: "05" is how many people write May. */
static bool
small_number(const char *s, size_t longest, int *out)
{
	size_t n = strlen(s);

	if (n == 0 || n > longest || strspn(s, "0123456789") != n)
		return false;
	for (*out = 0; *s != '\0'; s++)
		*out = *out * 10 + (*s - '0');
	return true;
}

static bool
give(struct arena *a, struct type_value *v, date d)
{
	char text[DATE_TEXT];

	return type_give(a, v, arena_strdup(a, date_text(d, text)));
}

static bool
parse_date(struct arena *a, const struct type_rules *r,
    const struct type_typed *typed, struct type_value *v,
    struct type_fault *f)
{
	struct civil civil = { 0 };
	date d;

	(void)r;
	if (typed->n != PARTS) {
		if (!date_parse(typed->texts[0], &d, NULL))
			return type_refuse(f, TYPE_DATE);
		return give(a, v, d);
	}
	for (int i = 0; i < PARTS; i++)
		if (typed->texts[i][0] == '\0')
			return type_refuse_part(f, TYPE_PART_MISSING, parts[i]);
	if (!small_number(typed->texts[DAY], 2, &civil.day))
		return type_refuse_part(f, TYPE_DATE, parts[DAY]);
	if (!small_number(typed->texts[MONTH], 2, &civil.month))
		return type_refuse_part(f, TYPE_DATE, parts[MONTH]);
	if (strlen(typed->texts[YEAR]) != YEAR_LENGTH ||
	    !small_number(typed->texts[YEAR], YEAR_LENGTH, &civil.year))
		return type_refuse_part(f, TYPE_YEAR, parts[YEAR]);
	d = date_from(civil);
	if (d == DATE_NONE)
		return type_refuse(f, TYPE_DATE);
	return give(a, v, d);
}

static struct civil
civil_of(const struct type_value *v)
{
	date d = DATE_NONE;

	date_parse(v->texts[0], &d, NULL);
	return date_civil(d);
}

static struct type_typed
typed_date(struct arena *a, const struct type_rules *r,
    const struct type_value *v)
{
	struct type_typed typed = { arena_array(a, PARTS, sizeof *v->texts),
		PARTS };
	struct civil civil;
	date d;

	(void)r;
	if (!date_parse(v->texts[0], &d, NULL))
		return (struct type_typed){ v->texts, v->n };
	civil = date_civil(d);
	typed.texts[DAY] = arena_printf(a, "%d", civil.day);
	typed.texts[MONTH] = arena_printf(a, "%d", civil.month);
	typed.texts[YEAR] = arena_printf(a, "%04d", civil.year);
	return typed;
}

static const char *
read_date(struct arena *a, const struct type_rules *r,
    const struct type_value *v)
{
	struct civil civil = civil_of(v);
	struct words_part filling[] = {
		{ "day", arena_printf(a, "%d", civil.day) },
		{ "month", text(months[(civil.month + 11) % 12]) },
		{ "year", arena_printf(a, "%d", civil.year) },
	};

	(void)r;
	return words_fill(a, _("{day} {month} {year}"), filling, PARTS);
}

const struct type type_date = {
	.name = "date",
	.parts = parts,
	.parse = parse_date,
	.typed = typed_date,
	.read = read_date,
};

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Canonical values handed to the types of forms, so that a date on a page and
 * the same date in an answer read alike. Any page may call it.
 */
#include "cgi-bin/written.h"

#include "forms/type.h"
#include "lib/arena.h"
#include "lib/text.h"

enum {
	MINUTE_MS = 60 * 1000,
	HOUR_MINUTES = 60
};

static const char *
read_as(struct arena *a, const char *type, const struct type_rules *rules,
    const char *canonical)
{
	struct type_value value = { &canonical, 1 };

	return type_read(a, type_find(type), rules, &value);
}

const char *
written_date(struct arena *a, date d)
{
	const struct type_rules plain = { 0 };
	char text[DATE_TEXT];

	if (d == DATE_NONE)
		return "";
	return read_as(a, "date", &plain, date_text(d, text));
}

/* The clock on the wall, but for the hours after a change of summer time. */
const char *
written_time(struct arena *a, instant at)
{
	int minutes;

	if (at == INSTANT_NONE)
		return "";
	minutes = (int)((at - clock_start_of(clock_date(at))) / MINUTE_MS);
	/* TRANSLATORS: a date, then hours and minutes */
	return arena_printf(a, _("%s, %02d:%02d"),
	    written_date(a, clock_date(at)), minutes / HOUR_MINUTES,
	    minutes % HOUR_MINUTES);
}

const char *
written_iso(struct arena *a, instant at)
{
	char text[INSTANT_TEXT];

	return arena_strdup(a, instant_text(at, text));
}

const char *
written_money(struct arena *a, const char *currency, int64_t amount)
{
	const struct type_rules rules = { .currency = currency };

	return read_as(a, "money", &rules, arena_printf(a, "%lld",
	    (long long)amount));
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Civil dates and the text of instants, by arithmetic alone: no zone, no
 * locale, no C library calendar. Declared in lib/clock.h.
 */
#include <string.h>

#include "lib/clock.h"
#include "lib/err.h"

/*
 * Years are counted from 1 March here, so that the leap day is the last of
 * its year and drops out of the month arithmetic. A cycle of 400 years has
 * 146097 days; 1 March of year 0 is 719468 days before the epoch.
 */
enum {
	CYCLE_YEARS = 400,
	CYCLE_DAYS = 146097,
	EPOCH = 719468,
	YEAR_MAX = 9999,
	DATE_MIN = -719162,	/* 0001-01-01 */
	DATE_MAX = 2932896	/* 9999-12-31 */
};

#define DAY_MS	INT64_C(86400000)

static bool
is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int
month_length(int year, int month)
{
	static const int lengths[] = {
		31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31
	};

	return lengths[month - 1] + (month == 2 && is_leap(year));
}

date
date_from(struct civil c)
{
	int year, month, of_cycle;

	if (c.year < 1 || c.year > YEAR_MAX || c.month < 1 || c.month > 12 ||
	    c.day < 1 || c.day > month_length(c.year, c.month))
		return DATE_NONE;
	year = c.month > 2 ? c.year : c.year - 1;
	month = c.month > 2 ? c.month - 3 : c.month + 9;
	of_cycle = year % CYCLE_YEARS;
	/* (153 m + 2) / 5: days in the m months since March. */
	return year / CYCLE_YEARS * CYCLE_DAYS + of_cycle * 365 +
	    of_cycle / 4 - of_cycle / 100 +
	    (153 * month + 2) / 5 + c.day - 1 - EPOCH;
}

static bool
in_range(date d)
{
	return d >= DATE_MIN && d <= DATE_MAX;
}

struct civil
date_civil(date d)
{
	int days, of_cycle, year, of_year, month;
	struct civil c = { 0 };

	if (!in_range(d))
		return c;
	days = d + EPOCH;
	of_cycle = days % CYCLE_DAYS;
	/* Take the leap days out: after every 4, 100 and 400 years. */
	year = (of_cycle - of_cycle / 1460 + of_cycle / 36524 -
	    of_cycle / (CYCLE_DAYS - 1)) / 365;
	of_year = of_cycle - (365 * year + year / 4 - year / 100);
	month = (5 * of_year + 2) / 153;
	c.day = of_year - (153 * month + 2) / 5 + 1;
	c.month = month < 10 ? month + 3 : month - 9;
	c.year = days / CYCLE_DAYS * CYCLE_YEARS + year + (c.month <= 2);
	/* 0000-03-01 was a Wednesday. */
	c.weekday = (days + 3) % 7;
	return c;
}

/* n digits at s. */
static bool
parse_digits(const char *s, int n, int *out)
{
	int value = 0;

	for (int i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9')
			return false;
		value = value * 10 + (s[i] - '0');
	}
	*out = value;
	return true;
}

bool
date_parse(const char *s, date *out, struct err *e)
{
	struct civil c = { 0 };
	date d;

	if (s == NULL || strlen(s) != DATE_TEXT - 1 ||
	    s[4] != '-' || s[7] != '-' || !parse_digits(s, 4, &c.year) ||
	    !parse_digits(s + 5, 2, &c.month) ||
	    !parse_digits(s + 8, 2, &c.day))
		return err_set(e, ERR_INPUT, "not a date as YYYY-MM-DD");
	d = date_from(c);
	if (d == DATE_NONE)
		return err_set(e, ERR_INPUT, "a day that does not exist");
	*out = d;
	return true;
}

static void
put_digits(char *out, int n, int value)
{
	for (int i = n - 1; i >= 0; i--) {
		out[i] = (char)('0' + value % 10);
		value /= 10;
	}
}

const char *
date_text(date d, char out[DATE_TEXT])
{
	struct civil c = date_civil(d);

	out[0] = '\0';
	if (c.year == 0)
		return out;
	memcpy(out, "YYYY-MM-DD", DATE_TEXT);
	put_digits(out, 4, c.year);
	put_digits(out + 5, 2, c.month);
	put_digits(out + 8, 2, c.day);
	return out;
}

int
date_age(date born, date on)
{
	struct civil b = date_civil(born), o = date_civil(on);
	bool before_birthday = o.month < b.month ||
	    (o.month == b.month && o.day < b.day);

	if (!in_range(born) || !in_range(on))
		return -1;
	return o.year - b.year - before_birthday;
}

date
date_add_months(date d, int months)
{
	struct civil c = date_civil(d);
	int64_t count = (int64_t)c.year * 12 + c.month - 1 + months;
	int length;

	if (c.year == 0 || count < 12 || count >= (YEAR_MAX + 1) * INT64_C(12))
		return DATE_NONE;
	c.year = (int)(count / 12);
	c.month = (int)(count % 12) + 1;
	length = month_length(c.year, c.month);
	if (c.day > length)
		c.day = length;
	return date_from(c);
}

const char *
instant_text(instant t, char out[INSTANT_TEXT])
{
	int64_t day = t / DAY_MS - (t % DAY_MS < 0);
	int of_day;

	out[0] = '\0';
	if (day < DATE_MIN || day > DATE_MAX)
		return out;
	of_day = (int)(t - day * DAY_MS);
	memcpy(out, "YYYY-MM-DDTHH:MM:SS.mmmZ", INSTANT_TEXT);
	date_text((date)day, out);
	out[10] = 'T';
	put_digits(out + 11, 2, of_day / 3600000);
	put_digits(out + 14, 2, of_day / 60000 % 60);
	put_digits(out + 17, 2, of_day / 1000 % 60);
	put_digits(out + 20, 3, of_day % 1000);
	return out;
}

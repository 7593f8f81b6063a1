/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The clock, the zone and the calendar. The calendar is held against the C
 * library's over a century and a half; the zones against days that have no
 * midnight, two midnights, or do not exist.
 */
#include "lib/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "lib/err.h"

#define COUNT(array)	(sizeof(array) / sizeof *(array))

static date
day(const char *text)
{
	date d = DATE_NONE;

	assert_true(date_parse(text, &d, NULL));
	return d;
}

/* UTC, from the same arithmetic that the other tests check. */
static instant
at(const char *text, int hour, int minute, int second)
{
	return (((day(text) * INT64_C(24) + hour) * 60 + minute) * 60 +
	    second) * 1000;
}

static void
zone(const char *name)
{
	if (access("/usr/share/zoneinfo/America/Sao_Paulo", R_OK) != 0)
		skip();
	assert_true(clock_zone(name, NULL));
}

static void
known_days(void **state)
{
	static const struct {
		const char	*text;
		date		 d;
		int		 weekday;
	} facts[] = {
		{ "0001-01-01", -719162, 1 },
		{ "1582-10-15", -141427, 5 },
		{ "1900-02-28", -25509, 3 },
		{ "1900-03-01", -25508, 4 },
		{ "1969-12-31", -1, 3 },
		{ "1970-01-01", 0, 4 },
		{ "1988-10-05", 6852, 3 },
		{ "2000-02-29", 11016, 2 },
		{ "2038-01-19", 24855, 2 },
		{ "9999-12-31", 2932896, 5 },
	};
	char text[DATE_TEXT];

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		assert_int_equal(day(facts[i].text), facts[i].d);
		assert_string_equal(date_text(facts[i].d, text),
		    facts[i].text);
		assert_int_equal(date_civil(facts[i].d).weekday,
		    facts[i].weekday);
	}
}

static void
every_day_there_and_back(void **state)
{
	date first = day("0001-01-01"), last = day("9999-12-31");

	(void)state;
	for (date d = first; d <= last; d++)
		if (date_from(date_civil(d)) != d)
			fail_msg("day %d", d);
}

static void
the_calendar_of_the_c_library(void **state)
{
	(void)state;
	for (date d = day("1950-01-01"); d <= day("2110-12-31"); d += 3) {
		time_t t = (time_t)d * 86400;
		struct civil c = date_civil(d);
		struct tm tm;

		assert_non_null(gmtime_r(&t, &tm));
		assert_int_equal(c.year, tm.tm_year + 1900);
		assert_int_equal(c.month, tm.tm_mon + 1);
		assert_int_equal(c.day, tm.tm_mday);
		assert_int_equal(c.weekday, tm.tm_wday);
	}
}

static void
no_dates(void **state)
{
	static const char *const facts[] = {
		"", "2024", "2024-1-01", "2024-01-1", "24-01-01",
		"2024-13-01", "2024-00-01", "2024-01-00", "2024-01-32",
		"2024-04-31", "2023-02-29", "1900-02-29", "2100-02-29",
		"0000-01-01", "10000-01-01", "-001-01-01", "+024-01-01",
		"2024/01/01", "2024-01-01 ", " 2024-01-01", "2024-01-01T",
		"2024-01-0a", "20240101", "01/02/2024", "2024- 1-01",
		"\xd9\xa2\xd9\xa0-01-01",
	};
	date d = 77;
	struct err e;

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		e.code = ERR_NONE;
		if (date_parse(facts[i], &d, &e))
			fail_msg("%s is a date", facts[i]);
		assert_int_equal(e.code, ERR_INPUT);
	}
	assert_false(date_parse(NULL, &d, &e));
	assert_int_equal(d, 77);
}

static void
no_days(void **state)
{
	static const struct civil facts[] = {
		{ 0, 1, 1, 0 }, { 10000, 1, 1, 0 }, { 2024, 0, 1, 0 },
		{ 2024, 13, 1, 0 }, { 2024, 1, 0, 0 }, { 2024, 1, 32, 0 },
		{ 2023, 2, 29, 0 }, { -5, 1, 1, 0 },
	};
	static const date outside[] = {
		DATE_NONE, -719163, 2932897, INT32_MAX
	};
	char text[DATE_TEXT];

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++)
		assert_int_equal(date_from(facts[i]), DATE_NONE);
	for (size_t i = 0; i < COUNT(outside); i++) {
		assert_string_equal(date_text(outside[i], text), "");
		assert_int_equal(date_civil(outside[i]).year, 0);
	}
}

static void
ages(void **state)
{
	static const struct {
		const char	*born, *on;
		int		 age;
	} facts[] = {
		{ "2000-05-10", "2018-05-09", 17 },
		{ "2000-05-10", "2018-05-10", 18 },
		{ "2000-05-10", "2018-05-11", 18 },
		{ "2000-05-10", "2000-05-10", 0 },
		{ "2000-05-10", "2000-05-09", -1 },
		{ "2004-02-29", "2022-02-28", 17 },
		{ "2004-02-29", "2022-03-01", 18 },
		{ "2004-02-29", "2024-02-28", 19 },
		{ "2004-02-29", "2024-02-29", 20 },
		{ "1919-12-31", "2020-01-01", 100 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++)
		assert_int_equal(date_age(day(facts[i].born),
		    day(facts[i].on)), facts[i].age);
	assert_true(date_age(DATE_NONE, 0) < 0);
	assert_true(date_age(0, DATE_NONE) < 0);
}

static void
months(void **state)
{
	static const struct {
		const char	*from;
		int		 months;
		const char	*to;
	} facts[] = {
		{ "2024-01-15", 0, "2024-01-15" },
		{ "2024-01-15", 1, "2024-02-15" },
		{ "2024-01-31", 1, "2024-02-29" },
		{ "2023-01-31", 1, "2023-02-28" },
		{ "2024-02-29", 12, "2025-02-28" },
		{ "2024-02-29", -12, "2023-02-28" },
		{ "2024-12-31", 1, "2025-01-31" },
		{ "2024-01-31", -1, "2023-12-31" },
		{ "2024-03-31", -1, "2024-02-29" },
		{ "2024-10-31", 18, "2026-04-30" },
		{ "0001-02-01", -1, "0001-01-01" },
		{ "0001-01-31", -1, "" },
		{ "9999-11-30", 1, "9999-12-30" },
		{ "9999-12-01", 1, "" },
		{ "2024-01-01", INT32_MAX, "" },
		{ "2024-01-01", INT32_MIN, "" },
	};
	char text[DATE_TEXT];

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++)
		assert_string_equal(date_text(date_add_months(
		    day(facts[i].from), facts[i].months), text), facts[i].to);
	assert_int_equal(date_add_months(DATE_NONE, 1), DATE_NONE);
}

static void
instants_as_text(void **state)
{
	static const struct {
		instant		 t;
		const char	*text;
	} facts[] = {
		{ 0, "1970-01-01T00:00:00.000Z" },
		{ 1, "1970-01-01T00:00:00.001Z" },
		{ -1, "1969-12-31T23:59:59.999Z" },
		{ INT64_C(1709210096789), "2024-02-29T12:34:56.789Z" },
		{ INT64_C(-62135596800000), "0001-01-01T00:00:00.000Z" },
		{ INT64_C(-62135596800001), "" },
		{ INT64_C(253402300799999), "9999-12-31T23:59:59.999Z" },
		{ INT64_C(253402300800000), "" },
		{ INT64_MAX, "" },
		{ INSTANT_NONE, "" },
	};
	char text[INSTANT_TEXT];

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++)
		assert_string_equal(instant_text(facts[i].t, text),
		    facts[i].text);
}

static void
zones_by_name(void **state)
{
	static const char *const refused[] = {
		"", "/etc/passwd", "../zoneinfo/UTC", "America/../UTC",
		"America", "America/", "No/Such_Place", "UTC ", ":UTC",
		"zone.tab", "EST5EDT,M3.2.0,M11.1.0", "<+03>-3", "UTC\n",
		"Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	};
	struct err e;

	(void)state;
	zone("UTC");
	for (size_t i = 0; i < COUNT(refused); i++) {
		e.code = ERR_NONE;
		if (clock_zone(refused[i], &e))
			fail_msg("%s is a zone", refused[i]);
		assert_int_equal(e.code, ERR_SYSTEM);
	}
	assert_false(clock_zone(NULL, &e));
	zone("America/Sao_Paulo");
	zone("Etc/GMT+3");
	zone("America/Argentina/Buenos_Aires");
}

static void
the_day_of_an_instant(void **state)
{
	static const struct {
		const char	*zone;
		const char	*utc;
		int		 hour, minute;
		const char	*local;
	} facts[] = {
		{ "UTC", "2024-05-10", 0, 0, "2024-05-10" },
		{ "UTC", "2024-05-10", 23, 59, "2024-05-10" },
		{ "America/Sao_Paulo", "2024-05-10", 2, 59, "2024-05-09" },
		{ "America/Sao_Paulo", "2024-05-10", 3, 0, "2024-05-10" },
		{ "Pacific/Kiritimati", "2024-05-10", 9, 59, "2024-05-10" },
		{ "Pacific/Kiritimati", "2024-05-10", 10, 0, "2024-05-11" },
		{ "Asia/Kathmandu", "2024-12-31", 18, 14, "2024-12-31" },
		{ "Asia/Kathmandu", "2024-12-31", 18, 15, "2025-01-01" },
		{ "America/Sao_Paulo", "1960-06-15", 2, 59, "1960-06-14" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		zone(facts[i].zone);
		assert_int_equal(clock_date(at(facts[i].utc, facts[i].hour,
		    facts[i].minute, 0)), day(facts[i].local));
	}
	zone("UTC");
	assert_int_equal(clock_date(-1), -1);
	assert_int_equal(clock_date(INSTANT_NONE), DATE_NONE);
}

static void
the_first_instant_of_a_day(void **state)
{
	static const struct {
		const char	*zone;
		const char	*local;
		const char	*utc;
		int		 hour, minute;
	} facts[] = {
		{ "UTC", "2024-05-10", "2024-05-10", 0, 0 },
		{ "America/Sao_Paulo", "2024-05-10", "2024-05-10", 3, 0 },
		/* Midnight does not exist: the day begins at 01:00. */
		{ "America/Sao_Paulo", "2018-11-03", "2018-11-03", 3, 0 },
		{ "America/Sao_Paulo", "2018-11-04", "2018-11-04", 3, 0 },
		{ "America/Sao_Paulo", "2018-11-05", "2018-11-05", 2, 0 },
		/* Put back at midnight, to 23:00 of the day before. */
		{ "America/Sao_Paulo", "2019-02-16", "2019-02-16", 2, 0 },
		{ "America/Sao_Paulo", "2019-02-17", "2019-02-17", 3, 0 },
		/* Put back at 00:01: midnight comes twice. */
		{ "America/St_Johns", "2010-11-07", "2010-11-07", 2, 30 },
		{ "America/St_Johns", "2010-11-08", "2010-11-08", 3, 30 },
		/* A day that Samoa left out. */
		{ "Pacific/Apia", "2011-12-29", "2011-12-29", 10, 0 },
		{ "Pacific/Apia", "2011-12-30", "2011-12-30", 10, 0 },
		{ "Pacific/Apia", "2011-12-31", "2011-12-30", 10, 0 },
		{ "Europe/Lisbon", "2024-03-31", "2024-03-31", 0, 0 },
		{ "Europe/Lisbon", "2024-04-01", "2024-03-31", 23, 0 },
		{ "Asia/Kathmandu", "2025-01-01", "2024-12-31", 18, 15 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		zone(facts[i].zone);
		if (clock_start_of(day(facts[i].local)) != at(facts[i].utc,
		    facts[i].hour, facts[i].minute, 0))
			fail_msg("%s %s", facts[i].zone, facts[i].local);
	}
	assert_true(clock_start_of(DATE_NONE) == INSTANT_NONE);
	assert_true(clock_start_of(INT32_MAX) == INSTANT_NONE);
}

static void
a_day_begins_with_its_first_instant(void **state)
{
	static const char *const zones[] = {
		"America/Sao_Paulo", "America/Asuncion", "Africa/Cairo",
		"Asia/Beirut", "Atlantic/Azores", "Australia/Lord_Howe",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(zones); i++) {
		zone(zones[i]);
		for (date d = day("2005-01-01"); d < day("2025-01-01"); d++) {
			instant start = clock_start_of(d);

			if (clock_date(start) != d ||
			    clock_date(start - 1) != d - 1)
				fail_msg("%s, day %d", zones[i], d);
		}
	}
}

static void
the_clock_goes_and_is_shifted(void **state)
{
	int64_t hour = 3600 * 1000;
	instant real = (instant)time(NULL) * 1000;
	int64_t before = clock_monotonic();

	(void)state;
	zone("UTC");
	assert_true(clock_now() >= real && clock_now() < real + 5000);
	assert_int_equal(clock_today(), clock_now() / (24 * hour));
	clock_shift(48 * hour);
	assert_true(clock_now() >= real + 48 * hour);
	assert_int_equal(clock_today(), clock_now() / (24 * hour));
	clock_shift(-hour);
	assert_true(clock_now() < real);
	clock_shift(0);
	assert_true(clock_now() >= real && clock_now() < real + 5000);
	assert_true(clock_monotonic() >= before);
}

static void
shifted_by_the_environment(void **state)
{
	static const struct {
		const char	*text;
		int64_t		 shift;
	} facts[] = {
		{ "86400000", 86400000 },
		{ "-86400000", -86400000 },
		{ "1 day", 0 },
		{ "", 0 },
		{ "9223372036854775807", 0 },
	};
	instant real = (instant)time(NULL) * 1000;

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		clock_shift(0);
		setenv("BALCAO_CLOCK_SHIFT", facts[i].text, 1);
		clock_from_environment();
		assert_true(clock_now() - real >= facts[i].shift);
		assert_true(clock_now() - real < facts[i].shift + 60000);
	}
	clock_shift(0);
	unsetenv("BALCAO_CLOCK_SHIFT");
	clock_from_environment();
	assert_true(clock_now() - real < 60000);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_days),
		cmocka_unit_test(every_day_there_and_back),
		cmocka_unit_test(the_calendar_of_the_c_library),
		cmocka_unit_test(no_dates),
		cmocka_unit_test(no_days),
		cmocka_unit_test(ages),
		cmocka_unit_test(months),
		cmocka_unit_test(instants_as_text),
		cmocka_unit_test(zones_by_name),
		cmocka_unit_test(the_day_of_an_instant),
		cmocka_unit_test(the_first_instant_of_a_day),
		cmocka_unit_test(a_day_begins_with_its_first_instant),
		cmocka_unit_test(the_clock_goes_and_is_shifted),
		cmocka_unit_test(shifted_by_the_environment),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("clock", tests, NULL, NULL);
}

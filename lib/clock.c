/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The clock and the authority's zone. The zone's data are read once, by
 * clock_zone(); afterwards only localtime_r() is asked, which looks at no
 * file and no environment, so all of this works inside the sandbox. What
 * happens to a date that has no zone is in lib/date.c.
 */
#include "lib/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lib/err.h"
#include "lib/log.h"
#include "lib/str.h"

#define ZONE_FOLDER	"/usr/share/zoneinfo/"
#define DAY		INT64_C(86400)
/* A shift further than this many ms is a slip of the hand: 100 years. */
#define SHIFT_LIMIT	(INT64_C(36525) * DAY * 1000)

enum {
	ZONE_NAME = 64
};

static int64_t shift;

static int64_t
read_clock(clockid_t id)
{
	struct timespec t;

	clock_gettime(id, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

instant
clock_now(void)
{
	return read_clock(CLOCK_REALTIME) + shift;
}

int64_t
clock_monotonic(void)
{
	return read_clock(CLOCK_MONOTONIC);
}

void
clock_shift(int64_t ms)
{
	shift = ms;
}

void
clock_from_environment(void)
{
	const char *text = getenv("BALCAO_CLOCK_SHIFT");
	struct err e;
	int64_t ms;

	if (text == NULL)
		return;
	if (!str_int(text, -SHIFT_LIMIT, SHIFT_LIMIT, &ms, &e)) {
		log_error("clock-shift-ignored", &e);
		return;
	}
	clock_shift(ms);
	log_event(LOG_WARNING, "clock-shifted", "ms", text, NULL);
}

/* The name becomes part of a path: nothing in it may climb or start anew. */
static bool
is_zone_name(const char *name)
{
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789_+-/";

	return name != NULL && *name != '\0' && *name != '/' &&
	    strlen(name) <= ZONE_NAME && name[strspn(name, allowed)] == '\0';
}

/* RFC 8536 3.1: zone data begin with "TZif". */
static bool
has_zone_data(const char *path)
{
	char magic[4] = "";
	FILE *f = fopen(path, "re");
	size_t n;

	if (f == NULL)
		return false;
	n = fread(magic, 1, sizeof magic, f);
	fclose(f);
	return n == sizeof magic && memcmp(magic, "TZif", sizeof magic) == 0;
}

bool
clock_zone(const char *name, struct err *e)
{
	/* The colon: a file, not a POSIX rule that happens to be a name. */
	char setting[1 + sizeof ZONE_FOLDER + ZONE_NAME];

	if (!is_zone_name(name))
		return err_set(e, ERR_SYSTEM, "not the name of a time zone");
	snprintf(setting, sizeof setting, ":" ZONE_FOLDER "%s", name);
	if (!has_zone_data(setting + 1))
		return err_set(e, ERR_SYSTEM, "no data for time zone %s: "
		    "install tzdata or correct the name", name);
	if (setenv("TZ", setting, 1) != 0)
		return err_set(e, ERR_SYSTEM, "cannot set the time zone");
	tzset();
	return true;
}

static struct tm
local_time(int64_t second)
{
	time_t t = (time_t)second;
	struct tm local = { 0 };

	localtime_r(&t, &local);
	return local;
}

static date
local_date(int64_t second)
{
	struct tm t = local_time(second);

	return date_from((struct civil){
		.year = t.tm_year + 1900,
		.month = t.tm_mon + 1,
		.day = t.tm_mday,
	});
}

static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

date
clock_date(instant t)
{
	if (t == INSTANT_NONE)
		return DATE_NONE;
	return local_date(floor_div(t, 1000));
}

date
clock_today(void)
{
	return clock_date(clock_now());
}

static bool
is_midnight_of(date day, int64_t second)
{
	struct tm t = local_time(second);

	return t.tm_hour == 0 && t.tm_min == 0 && t.tm_sec == 0 &&
	    local_date(second) == day;
}

instant
clock_start_of(date day)
{
	int64_t utc = day * DAY;
	int64_t early = utc - DAY, late = utc + 2 * DAY;
	int64_t before, after;

	if (date_civil(day).year == 0)
		return INSTANT_NONE;
	before = utc - local_time(early).tm_gmtoff;
	after = utc - local_time(late).tm_gmtoff;
	/* Clocks put back just after midnight make two: take the first. */
	if (is_midnight_of(day, before < after ? before : after))
		return 1000 * (before < after ? before : after);
	if (is_midnight_of(day, before < after ? after : before))
		return 1000 * (before < after ? after : before);
	/* Clocks put forward at midnight leave none: find the change. */
	while (late - early > 1) {
		int64_t middle = early + (late - early) / 2;

		if (local_date(middle) < day)
			early = middle;
		else
			late = middle;
	}
	return late * 1000;
}

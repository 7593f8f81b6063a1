/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What time it is, and which day. Instants are milliseconds since
 * 1970-01-01T00:00:00Z; a civil date is a count of days since 1970-01-01, in
 * the proleptic Gregorian calendar, and belongs to no zone. The one zone that
 * turns an instant into a date is the authority's, set once at start.
 *
 * Tests and rehearsals set the clock; programs never call time() themselves.
 */
#ifndef LIB_CLOCK_H
#define LIB_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

struct err;

typedef int64_t	instant;	/* ms since the epoch, UTC */
typedef int32_t	date;		/* days since the epoch */

enum {
	DATE_TEXT = 11,		/* YYYY-MM-DD and the NUL */
	INSTANT_TEXT = 25	/* YYYY-MM-DDTHH:MM:SS.mmmZ and the NUL */
};
#define DATE_NONE	INT32_MIN
#define INSTANT_NONE	INT64_MIN

struct civil {
	int	year;	/* 1..9999 */
	int	month;	/* 1..12 */
	int	day;	/* 1..31 */
	int	weekday;/* 0 = Sunday */
};

instant	 clock_now(void);
int64_t	 clock_monotonic(void);		/* ms; only differences mean anything */

/*
 * Shift what clock_now() says by this many ms (tests, rehearsals); the
 * environment's BALCAO_CLOCK_SHIFT does it for a whole program when the
 * installation's configuration allows it ([test] clock = yes): only then
 * does a program call clock_from_environment(), which logs a warning.
 */
void	 clock_shift(int64_t ms);
void	 clock_from_environment(void);

/* An IANA name with installed data ("America/Sao_Paulo"). ERR_SYSTEM. */
bool	 clock_zone(const char *name, struct err *e);

date	 clock_today(void);
date	 clock_date(instant);
/* The first instant of that day, or of the next if the zone skipped it.
 * Neither exists outside years 0001 to 9999. */
instant	 clock_start_of(date);

date	 date_from(struct civil);	/* DATE_NONE if there is no such day */
struct civil	date_civil(date);

/*
 * YYYY-MM-DD (RFC 3339 full-date), year 0001 to 9999. ERR_INPUT. No date, or
 * one outside those years, is written as the empty string.
 */
bool	 date_parse(const char *, date *, struct err *e);
const char	*date_text(date, char out[DATE_TEXT]);

/* Completed years between two dates; 29 February ages on 1 March. Negative
 * before birth and without a date. */
int	 date_age(date born, date on);
/* The same day some months later, or that month's last day. */
date	 date_add_months(date, int months);

/* RFC 3339 with milliseconds, "Z"; empty outside years 0001 to 9999. */
const char	*instant_text(instant, char out[INSTANT_TEXT]);

#endif

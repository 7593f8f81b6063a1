/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Counts of applications for everybody. No count is shown as it is: all are
 * rounded to the nearest five and those below five are not shown, so that
 * neither a cell nor the difference of two tells of one person.
 */
#ifndef SERVICES_STATISTICS_H
#define SERVICES_STATISTICS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/clock.h"

struct arena;
struct err;
struct room;

enum {
	STATISTICS_MONTHS = 12,
	STATISTICS_LEAST = 5
};

struct statistics_count {
	const char	*form;
	const char	*state;
	const char	*month;		/* "2026-03", of filing */
	int64_t		 n;		/* exact: for adding, not for showing */
};

struct statistics_time {
	const char	*form;
	int64_t		 n;		/* decided */
	int64_t		 days;		/* median, from filing to decision */
};

/* The first day of the months that are counted. */
date	statistics_since(void);

bool	statistics_counts(struct room *, struct arena *,
	    struct statistics_count **, size_t *n, struct err *e);
/* Only of forms with STATISTICS_LEAST decisions. */
bool	statistics_times(struct room *, struct arena *,
	    struct statistics_time **, size_t *n, struct err *e);

/* All that have the same form, state or month together, in the order in which
 * they are first met; months in their own order. */
enum statistics_by {
	STATISTICS_FORM,
	STATISTICS_STATE,
	STATISTICS_MONTH
};

struct statistics_sum {
	const char	*key;
	int64_t		 n;
};

size_t	statistics_sum(struct arena *, const struct statistics_count *,
	    size_t n, enum statistics_by, struct statistics_sum **);

/* What may be shown of a count; -1: fewer than STATISTICS_LEAST. */
int64_t	statistics_shown(int64_t n);

#endif

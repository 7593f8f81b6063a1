/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Figures of each member of staff, from the counts that are made of every day
 * that is over, and who stands out. A figure is compared with the median of
 * all: how many times the median absolute deviation (scaled to a standard
 * deviation) it lies above. One clerk who does everything differently does
 * not move a median, as it would a mean.
 */
#ifndef SERVICES_AUDITLOG_TALLY_H
#define SERVICES_AUDITLOG_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/clock.h"
#include "lib/uuid.h"
#include "services/auditlog_access.h"

struct arena;
struct err;
struct room;
struct session;

enum auditlog_measure {
	MEASURE_READS,		/* reads per decision */
	MEASURE_ALONE,		/* reads without an act, of all reads */
	MEASURE_LATE,		/* out of hours, of all entries */
	MEASURE_DENIED,		/* denied, of reads and denied ones */
	MEASURE_REFUSALS,	/* decisions that refuse, of all decisions */
	MEASURE__MAX
};

enum {
	TALLY_CLERKS = 1000,	/* of a page */
	TALLY_FEWEST = 5,	/* to compare with each other */
	TALLY_READS = 20,	/* by whom a share is worth anything … */
	TALLY_DECISIONS = 5
};

struct auditlog_figure {
	bool	known;		/* there is enough to divide by */
	double	value;
	double	score;		/* deviations above the median */
	bool	outlier;	/* score of more than 3.5 */
};

struct auditlog_clerk {
	struct uuid	 account;
	const char	*handle, *office;	/* or NULL */
	int64_t		 entries, reads, alone, late, denied, decisions,
			 refusals;
	struct auditlog_figure figure[MEASURE__MAX];
};

struct auditlog_tally {
	struct auditlog_clerk *clerks;	/* by handle */
	size_t		 n;
	bool		 more;
	double		 median[MEASURE__MAX];
	size_t		 compared[MEASURE__MAX];
	date		 first, last;	/* days counted; DATE_NONE: none */
};

/* And an entry. */
bool	auditlog_tally(struct room *, struct arena *, const struct session *,
	    const struct auditlog_span *, enum auditlog_use,
	    struct auditlog_tally *, struct err *e);

/* Medians and scores of what is filled in; apart for tests. */
void	auditlog_tally_compare(struct arena *, struct auditlog_tally *);

/* The worker: count a few days that are over. */
bool	auditlog_tally_work(struct room *, struct arena *, struct err *e);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * audit.q says in clear who did what to whom, so that auditors can search and
 * citizens can see it; leaves only commit to that. A room that holds the keys
 * opens the details of its own entries and compares: q and detail, detail and
 * leaf, and whether the messages that the detail names are still there. What
 * differs is an alarm in the log and a quarantine entry, which `balcao audit
 * status` counts.
 */
#ifndef SERVICES_QCHECK_H
#define SERVICES_QCHECK_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/clock.h"

struct arena;
struct err;
struct room;

enum {
	QCHECK_FAULTS = 20,	/* then a check ends: somebody must look */
	QCHECK_FIRST_MS = 10 * 60 * 1000	/* after a program's start */
};

struct qcheck {
	int64_t	entries;	/* of this room, looked at */
	int64_t	erased;		/* of those, whose key is destroyed */
	int64_t	faults;
};

/* Every entry that this room wrote. */
bool	qcheck_all(struct room *, struct qcheck *, struct err *e);

/* Those of the last day, and some of all. */
bool	qcheck_sample(struct room *, struct arena *, struct qcheck *,
	    struct err *e);

/* When the next sample is due: a time of the coming night. */
instant	qcheck_next(instant now);

#endif

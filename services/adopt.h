/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Letting the log go on in a database that was restored or made anew
 * (services/standing.h). Nothing that was signed is taken back: entries that
 * the database lacks are read from the published bundles, proved by the
 * signed root, and get their places again. What they were about is lost, and
 * an entry says so.
 */
#ifndef SERVICES_ADOPT_H
#define SERVICES_ADOPT_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/clock.h"

struct arena;
struct err;
struct room;

struct adoption {
	bool		 cluster;	/* another cluster was adopted */
	uint64_t	 rescued;	/* entries */
	instant		 first, last;	/* when they were written */
};

/* room: ROOM_SEALER, while no sequencer works (else ERR_BUSY). ERR_CONFLICT:
 * database and published log have no common beginning. */
bool	adopt_run(struct room *, struct arena *, struct adoption *,
	    struct err *e);

#endif

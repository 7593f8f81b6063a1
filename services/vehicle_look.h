/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Looking vehicles up by VIN or plate, and staff reading a vehicle's file.
 * Every attempt is counted and is an entry of the log, found or not; what
 * was typed stands in the entry as its blind index alone.
 */
#ifndef SERVICES_VEHICLE_LOOK_H
#define SERVICES_VEHICLE_LOOK_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/uuid.h"

struct arena;
struct casefile_related;
struct err;
struct room;
struct session;
struct vehicle_file;

enum {
	VEHICLE_LOOK_S = 60 * 60,	/* within so many seconds … */
	VEHICLE_LOOKS = 20,		/* … a citizen looks so often, */
	VEHICLE_DESK_LOOKS = 200	/* … a member of staff so often */
};

enum vehicle_look_by {
	VEHICLE_LOOK_VIN,
	VEHICLE_LOOK_PLATE
};

/* What was typed as it would be stored; NULL: it is no VIN, or no plate. */
const char	*vehicle_look_canonical(struct arena *, enum vehicle_look_by,
		    const char *typed);

/* What anybody who is signed in may know. */
struct vehicle_status {
	bool		 found;
	bool		 registered;	/* may be on the road today */
	bool		 stolen;
};

/* value: canonical. ERR_LIMIT vehicle_look. */
bool	vehicle_look_status(struct room *, struct arena *,
	    const struct session *, enum vehicle_look_by, const char *value,
	    struct vehicle_status *, struct err *e);

/* For staff, who say why. *vehicle nil: there is none. ERR_LIMIT. */
bool	vehicle_look_find(struct room *, struct arena *,
	    const struct session *, enum vehicle_look_by, const char *value,
	    unsigned purpose, const char *reason, struct uuid *vehicle,
	    struct err *e);

/* Staff open a file: the rules are asked, the read entry is written, and
 * only then is the file given. Denials, which are entries too:
 * conflict_of_interest, role_missing. ERR_ABSENT. */
bool	vehicle_look_open(struct room *, struct arena *,
	    const struct session *, struct uuid vehicle, unsigned purpose,
	    struct vehicle_file *, struct err *e);

/* The cases about a vehicle, newest first. Whoever calls has opened it. */
bool	vehicle_look_cases(struct room *, struct arena *,
	    struct uuid vehicle, struct casefile_related **, size_t *n,
	    struct err *e);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Days that a registration goes through by itself: reminded of, reminded of
 * again, lapsed. For the worker of room vehicle.
 */
#ifndef SERVICES_VEHICLE_EXPIRY_H
#define SERVICES_VEHICLE_EXPIRY_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/clock.h"

struct arena;
struct err;
struct registration;
struct room;

enum {
	VEHICLE_MONTHS = 12,		/* a registration is valid for */
	VEHICLE_FIRST_REMINDER = 40,	/* days before it ends */
	VEHICLE_SECOND_REMINDER = 14
};

/* Active and valid from today, or for longer than it is; the first reminder
 * is due. */
void	vehicle_expiry_renew(struct registration *, date today);
/* Active until the day that stands: what is over lapses at once. */
void	vehicle_expiry_resume(struct registration *);

/* Every registration whose day has come, each in an act of its own. */
bool	vehicle_expiry_work(struct room *, struct arena *, int64_t *n,
	    struct err *e);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What can be done with a vehicle, by whom, and what bars it. Pages ask
 * before they offer a form, the service asks again when one is begun, sent
 * and decided; what must never happen PostgreSQL refuses by itself.
 */
#ifndef SERVICES_VEHICLE_BAR_H
#define SERVICES_VEHICLE_BAR_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/clock.h"

struct arena;
struct session;
struct vehicle_file;

enum {
	VEHICLE_RENEW_DAYS = 60	/* before a registration ends */
};

/* Who starts a form about a vehicle. */
enum vehicle_who {
	VEHICLE_OWNER = 1,
	VEHICLE_KEEPER = 2,
	VEHICLE_EITHER = 3,
	VEHICLE_DESK = 4
};

struct vehicle_deed {
	const char	*form;
	enum vehicle_who who;
	unsigned	 wants;		/* of the vehicle; vehicle_bar.c */
	/* The vehicle is locked from its filing to its decision. What the
	 * desk records for others waits for nobody's application. */
	bool		 locks;
};

/* All forms about a known vehicle, in the order of a page. */
extern const struct vehicle_deed vehicle_deeds[];
extern const size_t vehicle_deeds_n;

/* NULL: no form of that name is about a known vehicle. */
const struct vehicle_deed	*vehicle_deed(const char *form);

bool	vehicle_is_owner(const struct vehicle_file *,
	    const struct session *);
bool	vehicle_is_keeper(const struct vehicle_file *,
	    const struct session *);

/* The rule that stands against this deed on that day, as PostgreSQL would
 * name it where it knows it; NULL: none. session NULL: the desk decides, so
 * the application in hand is no bar and who asked was seen before. */
const char	*vehicle_bar(const struct vehicle_file *,
		    const struct session *, const struct vehicle_deed *,
		    date today);

/* A sentence or two for whoever is barred: why, and what to do. */
const char	*vehicle_bar_words(struct arena *,
		    const struct vehicle_file *, const char *rule);

#endif

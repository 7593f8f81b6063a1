/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Plates of the register: drawing a free number, assigning it, ending an
 * assignment. How a plate may look is forms/plate.h's; this draws LLLNLNN.
 */
#ifndef SERVICES_VEHICLE_PLATE_H
#define SERVICES_VEHICLE_PLATE_H

#include <stdbool.h>

#include "forms/plate.h"

struct err;
struct vehicle_change;

enum vehicle_plate_last {
	VEHICLE_PLATE_ANY,
	VEHICLE_PLATE_EVEN,	/* its last digit */
	VEHICLE_PLATE_ODD
};

/* Letters and digits at random, so that no count of vehicles shows. */
void	vehicle_plate_draw(enum vehicle_plate_last,
	    char out[PLATE_LENGTH + 1]);

/* A new plate for the vehicle of the change, which has none. */
bool	vehicle_plate_assign(struct vehicle_change *,
	    enum vehicle_plate_last, struct err *e);

/* The plate it has, if any, is lost, stolen or replaced from now on. */
bool	vehicle_plate_end(struct vehicle_change *, const char *state,
	    struct err *e);

#endif

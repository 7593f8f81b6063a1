/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the desk records about a vehicle for others: liens of lenders, holds
 * of courts, theft, and brands, which are never erased. For
 * services/vehicle_change.c only.
 */
#ifndef SERVICES_VEHICLE_MARK_H
#define SERVICES_VEHICLE_MARK_H

#include <stdbool.h>

struct err;
struct vehicle_change;

bool	vehicle_mark_lien(struct vehicle_change *, struct err *e);
bool	vehicle_mark_lien_discharge(struct vehicle_change *, struct err *e);
bool	vehicle_mark_hold(struct vehicle_change *, struct err *e);
bool	vehicle_mark_hold_lift(struct vehicle_change *, struct err *e);
bool	vehicle_mark_brand(struct vehicle_change *, struct err *e);
bool	vehicle_mark_stolen(struct vehicle_change *, struct err *e);
bool	vehicle_mark_found(struct vehicle_change *, struct err *e);

#endif

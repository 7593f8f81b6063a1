/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rows of the vehicle register, read and written. Every sealed column is
 * sealed anew with each version of its row, so the envelope's version is the
 * row's. What a change means is services/vehicle_change.c.
 *
 * VIN, plate, description, liens, holds and readings are sealed under the
 * vehicle's key, which outlives an owner's erasure; who keeps it, under the
 * keeper's or the owner's.
 */
#ifndef SERVICES_VEHICLE_RECORD_H
#define SERVICES_VEHICLE_RECORD_H

#include <stdbool.h>

#include "services/vehicle_file.h"

struct act;
struct arena;
struct err;
struct room;

/* ERR_ABSENT. */
bool	vehicle_record_get(struct room *, struct arena *, struct uuid vehicle,
	    struct vehicle_file *, struct err *e);

/* An active vehicle of this VIN or plate, in canonical form; nil: none. */
bool	vehicle_record_by_vin(struct room *, struct arena *, const char *vin,
	    struct uuid *, struct err *e);
bool	vehicle_record_by_plate(struct room *, struct arena *,
	    const char *plate, struct uuid *, struct err *e);

/* The vehicles that a subject owns or keeps, newest first. */
bool	vehicle_record_of(struct room *, struct arena *, struct uuid subject,
	    struct uuid **, size_t *n, struct err *e);

/* All titles of a vehicle, newest first. */
bool	vehicle_record_titles(struct room *, struct arena *,
	    struct uuid vehicle, struct title **, size_t *n, struct err *e);

/* Inserts where the version is 0, else updates; the version moves. */
bool	vehicle_record_put(struct act *, struct vehicle *, struct err *e);
void	vehicle_record_put_title(struct act *, struct title *);
bool	vehicle_record_put_registration(struct act *, struct registration *,
	    struct uuid unit, struct err *e);
bool	vehicle_record_put_plate(struct act *, struct plate *,
	    struct uuid vehicle, struct err *e);
bool	vehicle_record_put_lien(struct act *, struct lien *, struct err *e);
bool	vehicle_record_put_hold(struct act *, struct hold *, struct err *e);

void	vehicle_record_put_assignment(struct act *, struct uuid id,
	    int32_t version, struct uuid plate, struct uuid vehicle,
	    instant from_at, instant until_at, struct uuid event);
void	vehicle_record_add_brand(struct act *, struct uuid vehicle,
	    const char *kind, struct uuid event);
bool	vehicle_record_add_reading(struct act *, struct uuid vehicle,
	    int64_t km, bool actual, struct uuid event, struct err *e);

#endif

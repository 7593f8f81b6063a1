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
#include <stddef.h>
#include <stdint.h>

#include "lib/clock.h"
#include "lib/uuid.h"

struct act;
struct arena;
struct err;
struct room;

struct vehicle {
	struct uuid	 id;
	int32_t		 version;	/* 0: not written yet */
	const char	*state;		/* active, ended */
	const char	*vin_note;	/* good, bad, short */
	bool		 stolen;
	struct uuid	 locked_by;	/* application under review, or nil */
	struct uuid	 cause;
	/* sealed */
	const char	*vin, *make, *model;
	int64_t		 model_year;
	const char	*category, *colour, *fuel;	/* codes; fuel or NULL */
	bool		 imported;
};

struct title {
	struct uuid	 id;
	int32_t		 version;
	struct uuid	 vehicle;
	struct uuid	 owner;		/* subject */
	const char	*state;
	instant		 from_at, until_at;
	struct uuid	 previous, cause;
};

struct registration {
	struct uuid	 id;
	int32_t		 version;
	struct uuid	 vehicle;
	struct uuid	 keeper;	/* subject; nil: somebody by name */
	const char	*state;
	const char	*end_reason;	/* NULL unless ended */
	date		 valid_from, valid_until, due;
	struct uuid	 cause;
	/* sealed; NULL when the keeper is the subject */
	const char	*keeper_name, *keeper_id, *keeper_address;
};

struct plate {
	struct uuid	 id;
	int32_t		 version;
	const char	*state;
	struct uuid	 cause;
	const char	*number;	/* sealed: "ABC1D23" */
	/* the assignment that holds, if any */
	struct uuid	 assignment;
	int32_t		 assignment_version;
	instant		 from_at;
};

struct lien {
	struct uuid	 id;
	int32_t		 version;
	struct uuid	 vehicle;
	const char	*state;		/* open, discharged */
	instant		 from_at, until_at;
	struct uuid	 cause;
	const char	*lender, *contract;	/* sealed */
};

struct hold {
	struct uuid	 id;
	int32_t		 version;
	struct uuid	 vehicle;
	const char	*state;		/* placed, lifted */
	instant		 from_at, until_at;
	struct uuid	 cause;
	const char	*why;		/* sealed */
};

struct brand {
	const char	*kind;
	instant		 at;
};

struct reading {
	instant		 at;
	int64_t		 km;
	bool		 actual;
};

/* Everything about one vehicle, as it stands. */
struct vehicle_file {
	struct vehicle	 vehicle;
	struct title	 title;		/* the issued one, else the last */
	struct registration registration;	/* the open one, else the last */
	struct plate	 plate;		/* version 0: none is assigned */
	struct lien	*liens;		/* newest first */
	size_t		 n_liens;
	struct hold	*holds;
	size_t		 n_holds;
	struct brand	*brands;
	size_t		 n_brands;
	struct reading	*readings;
	size_t		 n_readings;
};

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

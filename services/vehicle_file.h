/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A vehicle's file: everything the register knows about one vehicle, as
 * services/vehicle_record.h reads it. Texts live in the arena they were read
 * into.
 */
#ifndef SERVICES_VEHICLE_FILE_H
#define SERVICES_VEHICLE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/clock.h"
#include "lib/uuid.h"

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

#endif

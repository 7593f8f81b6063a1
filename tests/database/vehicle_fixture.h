/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Room vehicle with its forms, a clerk, and shorthand for what happens to an
 * application: filed, claimed, decided. What must succeed fails the test if
 * it does not; what is asked whether it succeeds has try in its name.
 */
#ifndef TESTS_DATABASE_VEHICLE_FIXTURE_H
#define TESTS_DATABASE_VEHICLE_FIXTURE_H

#include <stdbool.h>
#include <stddef.h>

#include "forms/form.h"
#include "lib/err.h"
#include "lib/uuid.h"
#include "services/casework.h"
#include "services/intake.h"
#include "services/session.h"
#include "services/vehicle_record.h"
#include "tests/database/house.h"

struct vehicle_fixture {
	struct room		*room;
	struct house_person	 clerk;
	struct session		*desk;		/* the clerk's */
	struct err		 err;		/* of the last try */
	struct intake_refusal	 refusal;	/* of the last filing */
};

extern struct vehicle_fixture fixture;

/* For cmocka: of the group. */
int	fixture_start(void **state);
int	fixture_stop(void **state);
/* First in each test: skips it where there is no database. */
void	fixture_wanted(void);

/* A citizen with a session in this room. */
struct session	*fixture_citizen(void);

/* A number that no vehicle has yet, with its check digit. */
const char	*fixture_vin(void);

/* Fields are name, value, name, value …, NULL; what every form asks is
 * answered without being named. */
bool	fixture_try_file(const struct session *, const char *form,
	    struct uuid thing, struct application *,
	    const char *const *fields);
struct application	fixture_file(const struct session *, const char *form,
			    struct uuid thing, const char *const *fields);

/* Claim it if need be, and decide. */
bool	fixture_try_decide(struct application *, bool approve);
void	fixture_approve(struct application);
void	fixture_refuse(struct application *);

/* Filed and approved in one go. */
void	fixture_do(const struct session *, const char *form,
	    struct uuid thing, const char *const *fields);

/* A registered vehicle of this owner. */
struct uuid	fixture_vehicle(const struct session *owner,
		    const char *vin);
struct vehicle_file	fixture_get(struct uuid vehicle);

/* The application as it stands now. */
struct application	fixture_now(const struct application *);

#endif

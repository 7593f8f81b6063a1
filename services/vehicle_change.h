/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an approval does to the register: one function for each form, inside
 * the act of the decision. PostgreSQL's rules on titles, plates and
 * registrations have the last word.
 */
#ifndef SERVICES_VEHICLE_CHANGE_H
#define SERVICES_VEHICLE_CHANGE_H

#include <stdbool.h>

#include "services/vehicle_record.h"

struct act;
struct application;
struct decided;
struct err;

struct vehicle_change {
	struct act			*act;
	const struct application	*application;
	struct decided			*decided;
	struct vehicle_file		 file;	/* as it stands, then as it
						 * will */
};

/* The change that this form's approval makes, whole. Denials by rule:
 * offer_open, odometer_back, lien_absent, and the database's own. */
bool	vehicle_change(struct act *, const struct application *,
	    struct decided *, struct err *e);

/* For the files that make changes: an answer decided on; NULL: none. */
const char	*vehicle_change_text(const struct vehicle_change *,
		    const char *item);

#endif

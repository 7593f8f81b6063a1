/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Looking up whether a vehicle is registered or recorded as stolen, for
 * everybody who is signed in. How often is limited, and each look is an
 * entry of the log.
 */
#ifndef CGI_BIN_VEHICLE_LOOK_PAGES_H
#define CGI_BIN_VEHICLE_LOOK_PAGES_H

#include <stdbool.h>

#include "cgi-bin/field.h"
#include "services/vehicle_look.h"

struct visit;

void	vehicle_look_page_show(struct visit *);		/* /vehicles/look */
void	vehicle_look_page_find(struct visit *);		/* POST */

/* The two questions that the desk's search has too: fields "by" and "value",
 * first in its table. */
extern const struct field	vehicle_look_fields[2];
void	vehicle_look_page_put(struct visit *, const struct answers *);

/* What to look for, in canonical form; NULL: a fault is at "value". */
const char	*vehicle_look_page_value(struct visit *, struct answers *,
		    enum vehicle_look_by *);

#endif

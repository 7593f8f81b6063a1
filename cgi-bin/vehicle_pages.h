/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One vehicle of a citizen's own, with all that can be done about it.
 * Somebody else's vehicle is not found.
 */
#ifndef CGI_BIN_VEHICLE_PAGES_H
#define CGI_BIN_VEHICLE_PAGES_H

#include <stdbool.h>

struct vehicle_file;
struct visit;

void	vehicle_page_show(struct visit *);	/* /vehicles/{vehicle:uuid} */

/* The vehicle that the address names, if the reader owns or keeps it; false:
 * the visit is answered. */
bool	vehicle_page_find(struct visit *, struct vehicle_file *);

/* /vehicles/<the vehicle's id><more> */
const char	*vehicle_page_path(struct visit *,
		    const struct vehicle_file *, const char *more);

#endif

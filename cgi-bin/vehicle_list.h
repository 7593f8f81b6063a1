/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The vehicles of whoever is signed in, and what is under way.
 */
#ifndef CGI_BIN_VEHICLE_LIST_H
#define CGI_BIN_VEHICLE_LIST_H

struct visit;

void	vehicle_list_show(struct visit *);	/* /vehicles */

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Before a form about a vehicle: which one, and can it be done now? In front
 * of cgi-bin/apply_start.h, for whoever comes from the list of services.
 */
#ifndef CGI_BIN_VEHICLE_CHOOSE_H
#define CGI_BIN_VEHICLE_CHOOSE_H

struct visit;

void	vehicle_choose_show(struct visit *);	/* /vehicles/apply/{form:word} */
void	vehicle_choose_begin(struct visit *);	/* POST */

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The register at the desk: searching by VIN or plate, and a vehicle's file.
 * Staff say why they look; the entry is written before anything is shown,
 * and the owner sees it.
 */
#ifndef CGI_BIN_VEHICLE_DESK_PAGES_H
#define CGI_BIN_VEHICLE_DESK_PAGES_H

struct visit;

/* /desk/vehicles/search */
void	vehicle_desk_page_search(struct visit *);
void	vehicle_desk_page_find(struct visit *);		/* POST */

/* /desk/vehicles/file/{vehicle:uuid}?purpose=casework; without a purpose the
 * page asks for one */
void	vehicle_desk_page_file(struct visit *);

#endif

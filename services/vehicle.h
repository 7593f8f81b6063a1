/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Vehicle registration: what it adds to the acts that all services share.
 * A form's name says what its approval does to the register:
 *
 *	vehicle-registration		a vehicle, its title, registration, plate
 *	vehicle-renewal			another year
 *	vehicle-transfer		the title to the buyer who accepted
 *	vehicle-keeper-change		another keeper
 *	vehicle-off-road, -return	off the road, and back
 *	vehicle-export, -scrapping	the end of a registration
 *	vehicle-plate-replacement	another plate
 *	vehicle-document-replacement	another title document
 *	vehicle-correction		what was never true
 *	vehicle-lien, -lien-discharge	recorded by the desk for a lender
 *	vehicle-hold, -hold-lift, -brand, -stolen, -found	by the desk
 *
 * What bars each of them is services/vehicle_bar.h, what it changes
 * services/vehicle_change.h.
 */
#ifndef SERVICES_VEHICLE_H
#define SERVICES_VEHICLE_H

struct service;

extern const struct service vehicle_service;

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The vehicle register where a person asks for a copy of their data, or for
 * its erasure: the hooks of services/service.h, and the room's handlers.
 * What is sealed under a vehicle's key is the vehicle's, and stays.
 */
#ifndef SERVICES_VEHICLE_RIGHTS_H
#define SERVICES_VEHICLE_RIGHTS_H

#include <stdbool.h>

#include "lib/uuid.h"

struct act;
struct arena;
struct copy_writer;
struct err;
struct legal_hold;
struct message;
struct room;

bool	vehicle_rights_holds(struct room *, struct arena *,
	    struct uuid subject, struct legal_hold *, struct err *e);
bool	vehicle_rights_erase(struct act *, struct uuid subject,
	    struct uuid message, struct err *e);
bool	vehicle_rights_copy(struct room *, struct arena *,
	    struct uuid subject, struct copy_writer *, struct err *e);

/* message_handlers of room vehicle. */
bool	vehicle_rights_asked(struct room *, struct arena *,
	    const struct message *, struct err *e);
bool	vehicle_rights_erased(struct room *, struct arena *,
	    const struct message *, struct err *e);
bool	vehicle_rights_copied(struct room *, struct arena *,
	    const struct message *, struct err *e);

#endif

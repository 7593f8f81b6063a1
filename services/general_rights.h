/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Room general where a person asks for a copy of their data, or for its
 * erasure; and where that request itself is decided.
 */
#ifndef SERVICES_GENERAL_RIGHTS_H
#define SERVICES_GENERAL_RIGHTS_H

#include <stdbool.h>

#include "lib/uuid.h"

struct act;
struct application;
struct arena;
struct err;
struct message;
struct room;

extern const char	general_rights_form[];	/* "erasure" */

/* In the act that approves a request for erasure: account begins it. */
bool	general_rights_start(struct act *, const struct application *,
	    struct err *e);

/* Hook of services/service.h: objections that name the person. */
bool	general_rights_erase(struct act *, struct uuid subject,
	    struct uuid message, struct err *e);

/* message_handlers of room general. */
bool	general_rights_asked(struct room *, struct arena *,
	    const struct message *, struct err *e);
bool	general_rights_erased(struct room *, struct arena *,
	    const struct message *, struct err *e);
bool	general_rights_copied(struct room *, struct arena *,
	    const struct message *, struct err *e);

#endif

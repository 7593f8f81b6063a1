/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Objecting to an entry of "who looked at my file": an application of the
 * form `objection` whose thing is the entry. It goes to the office that made
 * the entry, to a supervisor who did not; once for each entry and person.
 * PostgreSQL holds all of that (schema/migration/0008_rights.sql). For room
 * general.
 */
#ifndef SERVICES_OBJECTION_H
#define SERVICES_OBJECTION_H

#include <stdbool.h>

#include "lib/clock.h"
#include "lib/uuid.h"
#include "schema/registry.h"

struct act;
struct application;
struct arena;
struct err;
struct form;
struct room;
struct session;

extern const char	objection_form[];

struct objection_entry {
	instant		 at;
	enum event_type	 type;
	bool		 refused;	/* an attempt */
	const char	*handle;	/* of staff, or NULL */
	const char	*office;	/* its name, or NULL */
	enum room_code	 room;
	const char	*reference;	/* of the case, or NULL */
	bool		 objected;	/* already */
};

/* *found false: no such entry about the bearer, or one's own. */
bool	objection_find(struct room *, struct arena *, const struct session *,
	    struct uuid entry, struct objection_entry *, bool *found,
	    struct err *e);

/* Parts of struct service's hooks of the same names. ERR_ABSENT: no entry to
 * object to; ERR_DENIED objection_once. */
bool	objection_begin(struct room *, struct arena *, const struct session *,
	    struct form *, struct uuid entry, struct err *e);
bool	objection_filed(struct act *, const struct application *,
	    struct uuid event, struct err *e);

#endif

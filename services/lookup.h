/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From a national id or a mail address to a pseudonym, and from a staff
 * handle to a name: room account alone can, and does it for auditors (names
 * for supervisors too) who say why. Every try is counted and is an entry,
 * found or not; what was typed stands in it as its blind index alone.
 */
#ifndef SERVICES_LOOKUP_H
#define SERVICES_LOOKUP_H

#include <stdbool.h>

#include "lib/uuid.h"

struct arena;
struct err;
struct room;
struct session;

enum {
	LOOKUP_S = 60 * 60,	/* within so many seconds … */
	LOOKUPS = 60,		/* … somebody looks so often */
	LOOKUP_REASON = 200	/* code points */
};

enum lookup_by {
	LOOKUP_NATIONAL_ID,
	LOOKUP_EMAIL
};

/* What was typed as it would be stored; NULL: it is neither. */
const char	*lookup_canonical(struct arena *, const char *typed,
		    enum lookup_by *);

/* value: canonical. *subject nil: nobody, and the same was done. ERR_DENIED
 * role_missing, ERR_LIMIT lookup. */
bool	lookup_person(struct room *, struct arena *, const struct session *,
	    enum lookup_by, const char *value, const char *reason,
	    struct uuid *subject, struct err *e);
/* *name NULL: nobody has that handle. */
bool	lookup_staff(struct room *, struct arena *, const struct session *,
	    const char *handle, const char *reason, const char **name,
	    struct err *e);

#endif

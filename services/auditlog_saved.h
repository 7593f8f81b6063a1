/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An auditor's saved searches: a name and the address that asks it again.
 * Both are sealed under the auditor's own key: a name is free text, and who
 * looks for whom is nobody else's to read.
 */
#ifndef SERVICES_AUDITLOG_SAVED_H
#define SERVICES_AUDITLOG_SAVED_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/uuid.h"

struct arena;
struct err;
struct room;
struct session;

enum {
	SAVED_MOST = 50,	/* of one auditor */
	SAVED_NAME = 80		/* code points */
};

struct auditlog_saved {
	struct uuid	 id;
	const char	*name;
	const char	*address;	/* of ours: "/audit?…" */
};

/* Oldest first. */
bool	auditlog_saved_list(struct room *, struct arena *,
	    const struct session *, struct auditlog_saved **, size_t *n,
	    struct err *e);
/* ERR_LIMIT saved_most. */
bool	auditlog_saved_put(struct room *, struct arena *,
	    const struct session *, const char *name, const char *address,
	    struct err *e);
/* Gone already is fine. */
bool	auditlog_saved_drop(struct room *, struct arena *,
	    const struct session *, struct uuid id, struct err *e);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Searching the audit log by any of its filters, a page at a time, newest
 * first. Each search is an entry.
 */
#ifndef SERVICES_AUDITLOG_SEARCH_H
#define SERVICES_AUDITLOG_SEARCH_H

#include <stdbool.h>
#include <stddef.h>

#include "audit/entry.h"
#include "lib/clock.h"
#include "lib/uuid.h"
#include "schema/registry.h"

struct arena;
struct auditlog_row;
struct err;
struct room;
struct session;

enum {
	AUDITLOG_PAGE = 50,
	AUDITLOG_SLICE = 150000	/* entries looked through in one go */
};

/* Zero, DATE_NONE and nil let everything through. */
struct auditlog_filter {
	date		 from, until;	/* both days inclusive */
	enum room_code	 room;
	enum event_type	 type;
	bool		 no_searches;	/* all but EVENT_AUDITOR_QUERY */
	bool		 by_outcome;
	enum entry_outcome outcome;
	enum purpose	 purpose;
	const char	*handle;	/* of staff; NULL: anybody */
	const char	*reference;	/* canonical, or NULL */
	struct uuid	 subject;
	struct uuid	 office;
	struct uuid	 before;	/* older than this entry */
};

struct auditlog_page {
	struct auditlog_row *rows;	/* newest first */
	size_t		 n;
	struct uuid	 next;		/* go on before this one; nil: that is
					 * all there is */
	bool		 slice;		/* it ends where looking ended, not
					 * because the page is full */
	bool		 no_handle;	/* nobody has that handle */
	bool		 no_case;	/* no case has that reference */
};

/* AUDITLOG_PAGE of them, and an entry auditor-query. */
bool	auditlog_search(struct room *, struct arena *,
	    const struct session *, const struct auditlog_filter *,
	    struct auditlog_page *, struct err *e);
struct auditlog_office {
	struct uuid	 id;
	const char	*name;
};

/* The instant that an entry's id begins with. */
instant	auditlog_time_of(struct uuid event);

bool	auditlog_offices(struct room *, struct arena *,
	    struct auditlog_office **, size_t *n, struct err *e);

#endif

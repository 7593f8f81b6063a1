/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the files of services/auditlog*.h share: rows as the statements give
 * them, and a search whose names are resolved. Nobody else includes this.
 */
#ifndef SERVICES_AUDITLOG_ROW_H
#define SERVICES_AUDITLOG_ROW_H

#include <stdbool.h>
#include <stddef.h>

#include "audit/entry.h"
#include "lib/clock.h"
#include "lib/db.h"
#include "lib/uuid.h"
#include "services/auditlog.h"
#include "services/auditlog_search.h"

struct arena;
struct db_row;
struct err;
struct room;

enum {
	AUDITLOG_VALUES = 14
};

/* The values of an entry's sealed detail. */
struct auditlog_values {
	struct db_value		 value[AUDITLOG_VALUES];
	struct entry_value	 entry[AUDITLOG_VALUES];
	size_t			 n;
};
void	auditlog_put(struct auditlog_values *, enum column_code,
	    struct db_value);

void	auditlog_take(struct db_row *, struct auditlog_row *);

/* A filter with what its names stand for. */
struct auditlog_query {
	struct auditlog_filter filter;	/* handle and reference unused */
	struct uuid	 actor;
	struct uuid	 application;
	struct uuid	 applicant;	/* of the application */
	bool		 no_handle, no_case;
};
bool	auditlog_resolve(struct room *, struct arena *,
	    const struct auditlog_filter *, struct auditlog_query *,
	    struct err *e);

/* What lies before filter.before, at most so many, and where to go on. No
 * entry is written. */
bool	auditlog_look(struct room *, struct arena *,
	    const struct auditlog_query *, size_t most,
	    struct auditlog_page *, struct err *e);

/* The filters as an entry keeps them: nothing for one that is not set, null
 * for a handle or a reference that nobody and nothing has. */
void	auditlog_put_filters(struct auditlog_values *,
	    const struct auditlog_filter *, const struct auditlog_query *);
/* Whom an entry about this search names: a person that the log knows. */
struct uuid	auditlog_whom(const struct auditlog_query *,
		    const struct auditlog_page *);

/* The lowest id of an instant, less or more the ten minutes by which an id
 * may differ from its entry's time; and the ends of all ids. */
struct uuid	auditlog_low(instant);
struct uuid	auditlog_high(instant);

#endif

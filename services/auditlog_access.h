/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who of the staff saw whom, and reads outside the usual. For room auditor
 * alone; each question is an entry, which names the person it is about.
 */
#ifndef SERVICES_AUDITLOG_ACCESS_H
#define SERVICES_AUDITLOG_ACCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/clock.h"
#include "lib/uuid.h"
#include "schema/registry.h"

struct arena;
struct auditlog_page;
struct err;
struct room;
struct session;

enum {
	AUDITLOG_ACCESS_PAGE = 200,	/* rows of a page … */
	AUDITLOG_ACCESS_ALL = 10000	/* … and of a download */
};

/* Both days inclusive, and neither DATE_NONE. */
struct auditlog_span {
	date	from, until;
};

/* How a question is asked, and so what its entry says. */
enum auditlog_use {
	AUDITLOG_VIEW,		/* a page: auditor-query */
	AUDITLOG_DOWNLOAD	/* a file: export */
};

struct auditlog_access {
	struct uuid	 who;		/* account, or the person seen */
	const char	*handle;	/* of an account; or NULL */
	const char	*office;
	int64_t		 reads, acts, refused;
	instant		 first, last;
};

struct auditlog_accesses {
	struct auditlog_access *rows;	/* most reads first */
	size_t		 n;
	bool		 more;
	struct uuid	 actor;		/* auditlog_read_by(): whose handle */
};

/* Who saw this person. */
bool	auditlog_readers(struct room *, struct arena *,
	    const struct session *, struct uuid subject,
	    const struct auditlog_span *, enum auditlog_use,
	    struct auditlog_accesses *, struct err *e);
/* Whom this member of staff saw. ERR_ABSENT: nobody has that handle. */
bool	auditlog_read_by(struct room *, struct arena *,
	    const struct session *, const char *handle,
	    const struct auditlog_span *, enum auditlog_use,
	    struct auditlog_accesses *, struct err *e);
/* Reads for another purpose than casework, or of another office's case;
 * before: an entry, or nil for the newest. */
bool	auditlog_unusual(struct room *, struct arena *,
	    const struct session *, const struct auditlog_span *,
	    struct uuid before, enum auditlog_use, struct auditlog_page *,
	    struct err *e);

#endif

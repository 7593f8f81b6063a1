/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What citizens see of themselves across the house: their applications, and
 * who did or read what about them. Room account alone; nothing personal is
 * in it but that it is theirs.
 */
#ifndef SERVICES_HISTORY_H
#define SERVICES_HISTORY_H

#include <stdbool.h>
#include <stddef.h>

#include "audit/entry.h"
#include "lib/clock.h"
#include "lib/uuid.h"
#include "schema/registry.h"

struct arena;
struct err;
struct room;
struct session;

enum {
	HISTORY_APPLICATIONS = 200,
	HISTORY_ENTRIES = 50,		/* a page */
	HISTORY_DOWNLOAD = 20000
};

struct history_application {
	const char	*reference;
	const char	*form;
	enum room_code	 room;
	const char	*state;
	instant		 submitted_at;
	date		 due;
	date		 decided_on;
};

/* Newest first. */
bool	history_applications(struct room *, struct arena *,
	    struct uuid subject, struct history_application **, size_t *n,
	    struct err *e);

struct history_entry {
	struct uuid	 id;		/* of the event: on receipts too */
	instant		 at;
	enum room_code	 room;
	enum event_type	 type;
	enum entry_outcome outcome;
	enum purpose	 purpose;
	struct uuid	 actor;		/* account; nil: the system */
	const char	*handle;	/* of staff, or NULL */
	const char	*office;	/* name, or NULL */
	unsigned	 roles;		/* enum session_role, today's */
	const char	*reference;	/* of the case, or NULL */
	/* of one's objection to it and its state, or NULL */
	const char	*objection, *objection_state;
};

/* The statement history_entries knows them by number. */
enum history_kind {
	HISTORY_ALL,
	HISTORY_OTHERS,			/* not by oneself */
	HISTORY_READ,
	HISTORY_CHANGE,
	HISTORY_DECISION,
	HISTORY_EXPORT,
	HISTORY_REFUSED,
	HISTORY_SIGN_IN,
	HISTORY__MAX
};

struct history_filter {
	int		 year;		/* in the authority's zone; 0: any */
	enum history_kind kind;
	/* older than the one that was at this instant with this id;
	 * INSTANT_NONE: from the newest on */
	instant		 at;
	struct uuid	 id;
};

/* Newest first, most of them. *more: there are older ones. */
bool	history_entries(struct room *, struct arena *, struct uuid subject,
	    const struct history_filter *, size_t most,
	    struct history_entry **, size_t *n, bool *more, struct err *e);

/* The year of the oldest entry, or this one. */
bool	history_first_year(struct room *, struct arena *,
	    struct uuid subject, int *year, struct err *e);

/* The entry for a download of what there is about oneself. */
bool	history_note_download(struct room *, struct arena *,
	    const struct session *, struct err *e);

#endif

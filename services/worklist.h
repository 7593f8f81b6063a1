/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Work lists: what waits at the desk, across services. No personal data:
 * references, states, deadlines, and who has it. For room desk.
 */
#ifndef SERVICES_WORKLIST_H
#define SERVICES_WORKLIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/clock.h"
#include "lib/uuid.h"

struct arena;
struct err;
struct room;
struct session;

enum {
	WORKLIST_PAGE = 50,
	WORKLIST_EXPORT = 5000,	/* rows of a CSV file */
	WORKLIST_SOON_DAYS = 3
};

enum worklist_urgency {
	WORKLIST_ANY,
	WORKLIST_OVERDUE,	/* due before today */
	WORKLIST_SOON,		/* within three days */
	WORKLIST_LATER
};

enum worklist_whose {
	WORKLIST_MINE,
	WORKLIST_GROUP,		/* my office's, whoever has them */
	WORKLIST_UNASSIGNED,	/* my office's that nobody has */
	WORKLIST_ALL		/* every office's; for supervisors */
};

struct worklist_filter {
	enum worklist_whose	 whose;
	enum worklist_urgency	 urgency;
	const char		*state;	/* NULL: all that are at work */
	const char		*form;	/* NULL: all */
	int64_t			 page;	/* from 0 */
};

struct worklist_row {
	struct uuid	 id;
	int32_t		 version;
	const char	*reference;
	const char	*form;
	unsigned	 room;
	const char	*state;
	instant		 submitted_at;
	date		 due;		/* DATE_NONE: nothing is due */
	const char	*assignee;	/* handle, or NULL */
	bool		 mine;
	bool		 held;		/* a lease runs */
	const char	*office;	/* its name */
};

/* Overdue first, then by deadline. *total counts all pages. */
bool	worklist_read(struct room *, struct arena *, const struct session *,
	    const struct worklist_filter *, int64_t most,
	    struct worklist_row **, size_t *n, int64_t *total,
	    struct err *e);

/* How many are overdue, soon, later and unassigned in my office. */
struct worklist_counts {
	int64_t	overdue, soon, later, unassigned, mine;
};
bool	worklist_count(struct room *, struct arena *, const struct session *,
	    struct worklist_counts *, struct err *e);

/* Clerks whom a supervisor can give a case: active, with the role. */
struct worklist_clerk {
	struct uuid	 account;
	const char	*handle;
	const char	*office;
	int64_t		 load;		/* cases they have */
};
bool	worklist_clerks(struct room *, struct arena *,
	    struct worklist_clerk **, size_t *n, struct err *e);

/* An export entry: who took which list. To be written before the file is
 * sent. */
bool	worklist_exported(struct room *, struct arena *,
	    const struct session *, int64_t rows, struct err *e);

#endif

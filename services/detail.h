/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Opening an entry's sealed detail. An auditor asks and says why; a
 * supervisor who is neither of them nor near to the person it is about
 * approves within 24 hours; the auditor opens it within 24 hours more, once,
 * in the room that wrote it. The steps are the database's (detail_request in
 * casework.transition); every one is an entry, and so is every refused one.
 *
 * Rules: four_eyes, conflict_of_interest, role_missing, not_asker,
 * detail_over, detail_nowhere (no room with pages wrote the entry),
 * detail_request_once (ERR_CONFLICT), detail_request_edge.
 */
#ifndef SERVICES_DETAIL_H
#define SERVICES_DETAIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/bytes.h"
#include "lib/clock.h"
#include "lib/uuid.h"
#include "schema/registry.h"

struct arena;
struct err;
struct room;
struct session;

enum {
	DETAIL_REASON = 500,	/* code points */
	DETAIL_LIST = 100
};

struct detail_request {
	struct uuid	 id;
	int32_t		 version;
	struct uuid	 entry;
	enum room_code	 room;		/* that wrote the entry */
	struct uuid	 asker;
	const char	*state;		/* asked, approved, refused, opened,
					 * lapsed */
	instant		 asked_at;
	instant		 until_at;	/* of the state that it is in */
	struct uuid	 decider;
	instant		 decided_at, opened_at;
	struct bytes	 reason;	/* sealed to room auditor */
	const char	*handle;	/* the asker's, of a list */
};

/* Room auditor. ERR_ABSENT: no such entry. */
bool	detail_ask(struct room *, struct arena *, const struct session *,
	    struct uuid entry, const char *reason, struct uuid *request,
	    struct err *e);
/* One's own, newest first; or all that wait for a supervisor. */
bool	detail_list(struct room *, struct arena *, const struct session *,
	    bool waiting, struct detail_request **, size_t *n,
	    struct err *e);
bool	detail_reason(struct room *, struct arena *,
	    const struct detail_request *, const char **, struct err *e);
bool	detail_decide(struct room *, struct arena *, const struct session *,
	    const struct detail_request *, bool approve, struct err *e);
/* The worker: what nobody used in time lapses. */
bool	detail_sweep(struct room *, struct arena *, struct err *e);

/* Of this room's entries; in room auditor of all. ERR_ABSENT. */
bool	detail_get(struct room *, struct arena *, struct uuid,
	    struct detail_request *, struct err *e);

struct detail_value {
	const char	*table;		/* "audit.q"; NULL: not in the register */
	const char	*column;
	const char	*text;		/* NULL: nothing */
};

struct detail {
	struct uuid	 actor, subject, row, application;
	const struct detail_value *values;
	size_t		 n;
	bool		 agrees;	/* with what the leaf commits to */
};

/* The room that wrote the entry. The request is used up, and its entry
 * written, before anything is given. ERR_ABSENT with rule erased. */
bool	detail_open(struct room *, struct arena *, const struct session *,
	    const struct detail_request *, struct detail *, struct err *e);

/* Where that room opens requests: "/desk/details"; NULL: it has no pages. */
const char	*detail_path(enum room_code);

#endif

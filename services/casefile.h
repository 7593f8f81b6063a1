/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The same application seen from the desk: its events and notes, oldest
 * first, and what may be done with it now. Whoever calls has opened the case
 * (casework_open).
 */
#ifndef SERVICES_CASEFILE_H
#define SERVICES_CASEFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/clock.h"
#include "lib/uuid.h"

struct application;
struct arena;
struct err;
struct room;
struct session;

struct casefile_event {
	struct uuid	 id;
	int32_t		 version;
	const char	*action, *from, *to;
	const char	*role;
	const char	*handle;	/* of staff; NULL: a citizen, the system */
	const char	*office;	/* its name, or NULL */
	instant		 at;
	const char	*note;		/* NULL: none */
	const char	*note_kind;	/* staff, citizen, system */
};

/* notes: open the notes for staff too; else only those for the citizen. */
bool	casefile_events(struct room *, struct arena *,
	    const struct application *, bool notes, struct casefile_event **,
	    size_t *n, struct err *e);

/* The actions of the transition table that lead on from this state here, for
 * a role; which of them the bearer may take, the page says by asking. */
struct casefile_action {
	const char	*action;
	const char	*role;
	bool		 needs_lease, second_person;
};
bool	casefile_actions(struct room *, struct arena *,
	    const struct application *, struct casefile_action **, size_t *n,
	    struct err *e);

/* Other applications about the same thing or by the same person, newest
 * first: references and states. */
struct casefile_related {
	const char	*reference, *form, *state;
	instant		 submitted_at;
};
bool	casefile_related(struct room *, struct arena *,
	    const struct application *, struct casefile_related **,
	    size_t *n, struct err *e);

/* Who holds it, by handle; NULL: nobody, or the lease is over. */
bool	casefile_holder(struct room *, struct arena *,
	    const struct application *, const char **handle, struct err *e);

/* Activity keeps the holder's lease; true in *held if it is theirs. */
bool	casefile_renew(struct room *, struct arena *, const struct session *,
	    const struct application *, bool *held, struct err *e);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A copy of everything, as room account puts it together: asked for by the
 * person, answered room by room, kept sealed for some days.
 */
#ifndef SERVICES_COPY_RUN_H
#define SERVICES_COPY_RUN_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/clock.h"
#include "lib/uuid.h"
#include "schema/registry.h"
#include "services/copy.h"

struct arena;
struct err;
struct message;
struct room;
struct session;

enum {
	COPY_DAYS = 7
};

struct copy_part {
	struct uuid	 id;
	enum room_code	 room;
	instant		 answered_at;	/* INSTANT_NONE: not yet */
	struct copy_line *lines;	/* if asked for */
	size_t		 n;
};

struct copy {
	struct uuid	 id;
	instant		 asked_at, expires_at;
	struct copy_part *parts;
	size_t		 n;
	bool		 complete;
};

/* Ask every room that has something of the bearer; what was asked before
 * goes. An entry tells of it. */
bool	copy_run_ask(struct room *, struct arena *, const struct session *,
	    struct err *e);

/* *found false: none was asked for, or it is over. lines: with what is in
 * it. */
bool	copy_run_find(struct room *, struct arena *, struct uuid subject,
	    bool lines, struct copy *, bool *found, struct err *e);

/* Handler of MESSAGE_COPY. */
bool	copy_run_taken(struct room *, struct arena *, const struct message *,
	    struct err *e);

/* The worker: what is over goes. */
bool	copy_run_sweep(struct room *, struct arena *, struct err *e);

#endif

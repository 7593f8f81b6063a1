/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where an application stands, for whoever knows its reference: state and
 * dates, and nothing about anybody. For room portal, whose database role can
 * read no more.
 */
#ifndef SERVICES_TRACKING_H
#define SERVICES_TRACKING_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/clock.h"
#include "lib/crypto.h"
#include "schema/registry.h"

struct arena;
struct err;
struct room;

enum {
	TRACKING_TRIES = 30,	/* of one sender … */
	TRACKING_S = 10 * 60	/* … in so many seconds */
};

struct tracking {
	enum room_code	 room;
	const char	*form;
	int32_t		 form_version;
	const char	*state;
	date		 received;
	date		 due;		/* DATE_NONE: nothing is due */
	date		 decided;	/* DATE_NONE: not yet */
};

/* reference in canonical form; sender: visit_remote(). *found false: there
 * is none. ERR_LIMIT: too many from this sender. */
bool	tracking_find(struct room *, struct arena *, const char *reference,
	    struct hash sender, struct tracking *, bool *found,
	    struct err *e);

#endif

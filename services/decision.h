/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Decisions, for every service: recommend, approve, refuse, and what was
 * decided before. The decision, its reasons, its letter, the register's
 * change, the mail and the entry are one act.
 */
#ifndef SERVICES_DECISION_H
#define SERVICES_DECISION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/clock.h"
#include "lib/uuid.h"
#include "services/letter.h"

struct application;
struct arena;
struct casework_step;
struct err;
struct room;
struct service;
struct session;

struct decision_input {
	const struct application *application;	/* as the clerk saw it */
	bool		 approve;
	const int32_t	*reasons;	/* coded; a refusal needs one */
	size_t		 n_reasons;
	const char	*remark;	/* in the letter, or NULL */
	const char	*note;		/* for the file, or NULL */
};

/*
 * Approve or refuse. *event names the entry, for the receipt. Denials by
 * rule: lease_missing, four_eyes, four_eyes_policy, reason_missing, or what
 * the service's register says. ERR_CONFLICT: application_version.
 */
bool	decision_make(struct room *, struct arena *, const struct session *,
	    const struct service *, const struct decision_input *,
	    struct application *after, struct uuid *event, struct err *e);

/*
 * Set a decision aside: the case is in the queue again, and locked is what
 * its filing locked. The step names application, version, reasons and note;
 * action and role are ours. Denials besides its own: what the service's
 * register says, "vehicle_locked" for one.
 */
bool	decision_set_aside(struct room *, struct arena *,
	    const struct session *, const struct service *,
	    const struct casework_step *, struct application *after,
	    struct err *e);

struct decision {
	struct uuid	 id;
	bool		 approved;
	date		 decided_on;
	date		 appeal_until;	/* DATE_NONE: no appeal */
	instant		 at;
	struct letter	 letter;
	int32_t		 reasons[16];
	size_t		 n_reasons;
};

/* All decisions of a case, newest first. Whoever calls has opened it. */
bool	decision_list(struct room *, struct arena *,
	    const struct application *, struct decision **, size_t *n,
	    struct err *e);

#endif

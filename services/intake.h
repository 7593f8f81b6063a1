/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Taking applications in, for every service: drafts that are sealed, kept,
 * resumed and expire, and the act that files one. A draft stays on the form
 * version it began with; its id becomes the application's, which makes
 * filing it twice the same as filing it once.
 */
#ifndef SERVICES_INTAKE_H
#define SERVICES_INTAKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/clock.h"
#include "lib/uuid.h"

struct application;
struct arena;
struct definition;
struct err;
struct finding;
struct form;
struct form_error;
struct room;
struct service;
struct session;

enum {
	INTAKE_DRAFT_DAYS = 30,
	INTAKE_DRAFTS = 20		/* of one person in one room */
};

struct draft {
	struct uuid	 id;
	struct uuid	 person;
	struct uuid	 unit;		/* whose key seals it */
	struct uuid	 thing;		/* nil: about nothing yet registered */
	int32_t		 saved;		/* counts saves */
	instant		 started_at, changed_at, expires_at;
	const struct definition *definition;
	struct form	*form;		/* NULL in lists */
};

/*
 * A new draft of the newest version. A link session's is its application.
 * A clerk begins the forms of the desk, and nobody else does. ERR_ABSENT: no
 * such form here. ERR_LIMIT: too many drafts. ERR_DENIED: this form wants an
 * account (rule needs_account), or what the service's begin() says.
 */
bool	intake_begin(struct room *, struct arena *, const struct session *,
	    const struct service *, const char *form, struct uuid thing,
	    struct draft *, struct err *e);

/* ERR_ABSENT: none, or another person's. */
bool	intake_load(struct room *, struct arena *, const struct session *,
	    struct uuid id, struct draft *, struct err *e);

/* ERR_CONFLICT (rule draft_saved): it was saved elsewhere meanwhile. */
bool	intake_save(struct room *, struct arena *, struct draft *,
	    struct err *e);

bool	intake_discard(struct room *, struct arena *, const struct session *,
	    struct uuid id, struct err *e);

/* Newest first, without their answers. */
bool	intake_list(struct room *, struct arena *, const struct session *,
	    struct draft **, size_t *n, struct err *e);

/* Whose key seals what this session writes: the person's; without an
 * account, the application's; at the desk, that of the thing. */
struct uuid	intake_unit(const struct session *, struct uuid thing);

/* Why a draft was not filed. */
struct intake_refusal {
	struct form_error	*errors;	/* of the form */
	struct finding		*findings;	/* of the service */
};

/* What filing would charge: lines and amounts of today's schedule. */
struct intake_fee {
	const char	*line;
	int64_t		 amount;	/* minor units */
};
bool	intake_fees(struct room *, struct arena *, const struct form *,
	    struct intake_fee **, size_t *n, struct err *e);

/*
 * File it: application, first event, submission, fees, the service's own
 * rows, the mail, the entry, and the draft's end in one act. Filed already:
 * true with the application as it is. *event: the entry's, for the receipt
 * (nil if filed before). ERR_INPUT with the refusal filled: something is
 * missing. ERR_UNKNOWN: ask casework_get() by the draft's id.
 */
bool	intake_submit(struct room *, struct arena *, const struct session *,
	    const struct service *, struct draft *, struct application *,
	    struct uuid *event, struct intake_refusal *, struct err *e);

/* The answers of an application's submission, newest by number, as a form of
 * the version answered. Whoever calls has opened the case. */
bool	intake_answers(struct room *, struct arena *,
	    const struct application *, struct form **, int32_t *number,
	    struct err *e);

/* The worker's part: drafts past their day go. Returns how many. */
bool	intake_expire(struct room *, struct arena *, int64_t *n,
	    struct err *e);

#endif

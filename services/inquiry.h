/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Asking the applicant: an information request stops the clock of the office
 * and starts the applicant's. It ends answered, or lapsed by rule, or with
 * the application's withdrawal.
 */
#ifndef SERVICES_INQUIRY_H
#define SERVICES_INQUIRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/bytes.h"
#include "lib/clock.h"
#include "lib/uuid.h"

struct application;
struct arena;
struct err;
struct form;
struct room;
struct service;
struct session;

enum {
	INQUIRY_TEXT = 4000	/* code points of a question or an answer */
};

struct inquiry {
	struct uuid	 id;
	int32_t		 version;
	const char	*state;		/* open, answered, lapsed */
	struct uuid	 cause;
	date		 asked_on;
	date		 due;
	const char	*items;		/* form items to redo, by blanks */
	const char	*question;
	const char	*answer;	/* NULL: none yet */
	struct bytes	 sealed_question, sealed_answer;
};

/* The clerk asks; the case waits for the applicant, who gets a mail. items:
 * names of form items to answer again, divided by blanks, or "". */
bool	inquiry_ask(struct room *, struct arena *, const struct session *,
	    const struct service *, const struct application *,
	    const char *question, const char *items,
	    struct application *after, struct err *e);

/* All of a case, newest first. Whoever calls may read it. */
bool	inquiry_list(struct room *, struct arena *,
	    const struct application *, struct inquiry **, size_t *n,
	    struct err *e);
/* The one that is open; *found false: none. */
bool	inquiry_open(struct room *, struct arena *,
	    const struct application *, struct inquiry *, bool *found,
	    struct err *e);

/* The applicant answers with text and, where items were to be redone, with
 * the whole form as it now stands (else NULL). The case goes back to the
 * same clerk or the queue. */
bool	inquiry_answer(struct room *, struct arena *, const struct session *,
	    const struct application *, const struct inquiry *,
	    const char *answer, const struct form *redone,
	    struct application *after, struct err *e);

/* The applicant takes the application back. What it locked is free. */
bool	inquiry_withdraw(struct room *, struct arena *,
	    const struct session *, const struct service *,
	    const struct application *, struct application *after,
	    struct err *e);

/* The worker's part: requests past their day lapse with their application. */
bool	inquiry_lapse(struct room *, struct arena *, const struct service *,
	    int64_t *n, struct err *e);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An applicant's side of applications, beside the acts of intake.h and
 * inquiry.h: beginning without beginning twice, answers filled in from the
 * profile, and looking at what is one's own. Whatever belongs to somebody
 * else is absent.
 */
#ifndef SERVICES_APPLY_H
#define SERVICES_APPLY_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/uuid.h"

struct application;
struct arena;
struct draft;
struct err;
struct room;
struct service;
struct session;

enum {
	APPLY_AGAIN_S = 60 * 60	/* how long a beginning is the same one */
};

/*
 * As intake_begin(); but where the same person began the same form about the
 * same thing a moment ago and has answered nothing yet, it is that draft. A
 * link session has one draft, ever.
 */
bool	apply_begin(struct room *, struct arena *, const struct session *,
	    const struct service *, const char *form, struct uuid thing,
	    struct draft *, struct err *e);

/* As intake_load(); until its first save the person's profile fills it in.
 * The caller frees its form (form_free). */
bool	apply_load(struct room *, struct arena *, const struct session *,
	    struct uuid id, struct draft *, struct err *e);

/* One's own application, by reference or by its draft's id. ERR_ABSENT: none,
 * or somebody else's. */
bool	apply_find(struct room *, struct arena *, const struct session *,
	    const char *reference, struct application *, struct err *e);
bool	apply_filed(struct room *, struct arena *, const struct session *,
	    struct uuid draft, struct application *, struct err *e);

/* All of one's own in this service, newest first. */
bool	apply_list(struct room *, struct arena *, const struct session *,
	    struct application **, size_t *n, struct err *e);

/* The name of the office in charge. */
bool	apply_office(struct room *, struct arena *,
	    const struct application *, const char **name, struct err *e);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Somebody who files applications without a web server: room vehicle opened
 * from an instance's configuration, and the lists of drafts that the bench
 * programs hand to each other, one draft a line:
 *
 *	/vehicles/check/<draft> <token> <csrf>
 *
 * Only programs in bench/ use it.
 */
#ifndef BENCH_FILER_H
#define BENCH_FILER_H

#include <stdbool.h>
#include <stdio.h>

#include "lib/uuid.h"

struct arena;
struct conf;
struct err;
struct room;
struct session;

struct filer {
	struct arena	*arena;		/* of the process */
	struct arena	*work;		/* reset between drafts */
	struct conf	*conf;
	struct room	*room;
};

struct filer_line {
	const char	*path;
	const char	*token;		/* base64url, as in the cookie */
	const char	*csrf;		/* "-" in a list of pages */
	struct uuid	 draft;
};

bool	filer_open(struct filer *, const char *program, const char *conf,
	    struct err *e);

/* The next line in f->arena; false at the end. A line that is none ends the
 * program. */
bool	filer_read(struct filer *, FILE *, struct filer_line *);

/* The session of that token, which must be alive. ERR_ABSENT. */
bool	filer_enter(struct filer *, const char *token, struct session **,
	    struct err *e);

/* Say why on standard error and end. */
_Noreturn void	filer_fail(const char *what, const struct err *);

#endif

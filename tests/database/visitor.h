/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Somebody who visits the pages of a house (tests/database/house.h), without
 * a socket: asks, keeps cookies as a browser does, and gives each program
 * none but its own, as nginx does.
 */
#ifndef TESTS_DATABASE_VISITOR_H
#define TESTS_DATABASE_VISITOR_H

#include "schema/registry.h"

struct program;

struct visitor {
	const char	*cookie[ROOM__MAX];
	const char	*language;	/* cookie */
	const char	*remote;	/* address; NULL: 192.0.2.1 */
	const char	*csrf;		/* of the last page that had one */
};

struct reply {
	unsigned	 status;
	const char	*location;	/* "" */
	const char	*body;
};

struct reply	visitor_get(struct visitor *, const struct program *,
		    const char *target);
/* form: encoded, without csrf, which is added; from our own origin. */
struct reply	visitor_post(struct visitor *, const struct program *,
		    const char *target, const char *form);
/* A form from somebody else's page. */
struct reply	visitor_forge(struct visitor *, const struct program *,
		    const char *target, const char *form);

#endif

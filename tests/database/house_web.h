/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A visitor of a house: whole requests to a room's routes, from variables to
 * the head and body that come back. No web server and no sandbox.
 */
#ifndef TESTS_DATABASE_HOUSE_WEB_H
#define TESTS_DATABASE_HOUSE_WEB_H

#include <stdbool.h>
#include <stddef.h>

#include "schema/registry.h"

struct route;
struct session;

struct house_web {
	enum room_code		 room;
	const struct route	*routes;
	size_t			 n;
	const struct session	*session;	/* NULL: nobody */
	const char		*remote;	/* NULL: 192.0.2.1 */
};

/* Head and body as one text. */
const char	*house_get(const struct house_web *, const char *target);
/* The form without its token, which is added. */
const char	*house_post(const struct house_web *, const char *target,
		    const char *form);

/* Fails the test, showing the answer, unless it has this status; then the
 * answer again. */
const char	*house_status(const char *answer, unsigned status);
bool		 house_has(const char *answer, const char *part);
/* What comes behind the head. */
const char	*house_body(const char *answer);

#endif

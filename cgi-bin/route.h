/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which function answers which path. A program's routes are one const table;
 * each names its guard, and each POST its defence against forged requests.
 *
 *	{ METHOD_GET, "/vehicles/{vehicle:uuid}", GUARD_CITIZEN, CSRF_NONE,
 *	    vehicle_page_show },
 *	{ METHOD_POST, "/vehicles/{vehicle:uuid}/renew", GUARD_CITIZEN,
 *	    CSRF_TOKEN, vehicle_page_renew },
 *
 * A {name:type} takes one whole segment of the path; types are uuid, word
 * (a-z, 0-9, hyphen; up to 64), int (0 to 2^53), reference (as
 * services/reference.h reads it) and token (32 bytes in base64url). What is
 * not of its type is another path: 404.
 */
#ifndef CGI_BIN_ROUTE_H
#define CGI_BIN_ROUTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cgi-bin/guard.h"
#include "cgi-bin/request.h"
#include "lib/uuid.h"

struct arena;
struct err;
struct visit;

enum {
	ROUTE_CAPTURES = 4
};

/* What a POST brings. */
enum route_body {
	ROUTE_FORM,	/* a form of our own pages */
	ROUTE_RAW	/* a peer's message: GUARD_ANYONE and CSRF_NONE, and no
			 * cookie is looked at; the message proves itself */
};

struct route {
	enum method	 method;
	const char	*path;
	enum guard	 guard;
	enum csrf	 csrf;
	void		(*handle)(struct visit *);
	enum route_body	 body;
};

enum capture_type {
	CAPTURE_UUID,
	CAPTURE_WORD,
	CAPTURE_INT,
	CAPTURE_REFERENCE,
	CAPTURE_TOKEN,
	CAPTURE__MAX
};

struct capture {
	const char		*name;	/* of the pattern; not NUL-ended */
	size_t			 name_length;
	enum capture_type	 type;
	const char		*text;	/* reference: canonical */
	struct uuid		 uuid;
	int64_t			 number;
};

struct route_match {
	const struct route	*route;	/* NULL: none with that method */
	struct capture		 capture[ROUTE_CAPTURES];
	size_t			 captures;
	bool			 allowed[METHOD__MAX];	/* on this path, by
							 * any route */
};

/*
 * The first route of the table that fits. Without one, allowed tells 404
 * (all false) from 405. The captured texts lie in the arena.
 */
bool	route_find(struct arena *, const struct route *, size_t n,
	    enum method, const char *path, struct route_match *);

/* NULL if the pattern has no such capture. */
const struct capture	*route_capture(const struct route_match *,
			    const char *name);

/* "GET, HEAD, POST", in the arena; for Allow (RFC 9110 10.2.1). */
const char	*route_allow(struct arena *, const struct route_match *);

/*
 * Is the table as the house wants it? Every pattern well formed and there
 * once; GET with CSRF_NONE; POST with CSRF_ORIGIN where nobody is signed in
 * and CSRF_TOKEN behind every other guard; raw bodies only as said above; a
 * handler everywhere. ERR_INPUT names the first fault.
 */
bool	route_lint(const struct route *, size_t n, struct err *e);

#endif

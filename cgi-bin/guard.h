/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who may come in, and does this request come from one of our own pages?
 * Whether a person may see this record is not asked here: that is proved in
 * the database, act by act.
 */
#ifndef CGI_BIN_GUARD_H
#define CGI_BIN_GUARD_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/crypto.h"

struct arena;
struct request;
struct secret;
struct session;

enum guard {
	GUARD_NONE,		/* not said: route_lint() refuses it */
	GUARD_ANYONE,
	GUARD_SESSION,		/* a citizen's account, or a mailed link */
	GUARD_CITIZEN,		/* a citizen's account */
	GUARD_STAFF,		/* any role */
	GUARD_CLERK,
	GUARD_SUPERVISOR,
	GUARD_AUDITOR,
	GUARD_ADMINISTRATOR,
	GUARD__MAX
};

enum csrf {
	CSRF_NONE,	/* GET, which changes nothing */
	CSRF_ORIGIN,	/* Origin and Sec-Fetch-Site are ours: for forms
			 * before a session */
	CSRF_TOKEN,	/* and the form carries the session's token */
	CSRF__MAX
};

enum guard_answer {
	GUARD_PASS,
	GUARD_ENTER,	/* nobody is signed in: the way in is shown */
	GUARD_DENY	/* somebody else's page: 403 says whose */
};

enum {
	GUARD_TOKEN = 44	/* CSRF token's text and the NUL */
};

/* session: NULL when nobody is signed in. */
enum guard_answer	guard_weigh(enum guard, const struct session *);

/* "This page is for clerks." in the reader's language: who may come in. */
const char	*guard_whose(enum guard);

/*
 * The token a form carries: HMAC-SHA-256 keyed with the session's token over
 * "csrf/1", in base64url. Whoever can compute it can sign in anyway.
 */
const char	*guard_token(const struct secret *session_token,
		    char out[GUARD_TOKEN]);

/* Is the request one that our own page makes? origin: "https://host[:port]"
 * of this installation; session_token: NULL when nobody is signed in. */
bool	guard_csrf(enum csrf, const struct request *, const char *origin,
	    const struct secret *session_token);

/*
 * Who sends, for counting tries, without storing who: HMAC-SHA-256 of the
 * IPv4 address or the IPv6 /64. The address itself is written nowhere. Text
 * that is no address counts as one sender.
 */
struct hash	guard_remote(const struct secret *key, const char *address);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who is using this room now. A session belongs to a person; each room has a
 * token of its own for it, and another room's token is nobody's.
 */
#ifndef SERVICES_SESSION_H
#define SERVICES_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/secret.h"
#include "lib/uuid.h"

struct arena;
struct err;
struct room;

enum session_kind {
	SESSION_CITIZEN,
	SESSION_STAFF,
	SESSION_LINK	/* somebody without account, for one application */
};

enum session_role {
	ROLE_CLERK = 1,
	ROLE_SUPERVISOR = 2,
	ROLE_AUDITOR = 4,
	ROLE_ADMINISTRATOR = 8
};

struct session {
	struct uuid	 id;
	enum session_kind kind;
	struct uuid	 account;	/* nil for a link session */
	struct uuid	 subject;	/* the person's pseudonym */
	struct uuid	 application;	/* of a link session */
	struct uuid	 office;	/* of staff */
	const char	*handle;	/* of staff, or NULL */
	const char	*language;	/* BCP 47 */
	unsigned	 roles;		/* enum session_role */
	bool		 profile_waits;	/* for party_apply() */
	struct secret	 token;
};

/* token: base64url of 32 bytes, as the cookie holds it. *out is NULL when
 * nobody is signed in with it here; anything malformed is nobody too. */
bool	session_find(struct room *, struct arena *, const char *token,
	    struct session **out, struct err *e);

/* The civil-service word for each role, translated: "clerk". */
const char	*session_role_name(enum session_role);

#endif

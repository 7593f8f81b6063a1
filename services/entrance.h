/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From room account into the other rooms, and out of all of them. Each room
 * has a token of its own, made from the session's: asking again gives the
 * same one, and it opens no other room. A service is shown to nobody before
 * the citizen has agreed to what it learns about them.
 */
#ifndef SERVICES_ENTRANCE_H
#define SERVICES_ENTRANCE_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/bytes.h"
#include "lib/uuid.h"
#include "schema/registry.h"

struct arena;
struct err;
struct person;
struct room;
struct session;

enum {
	ENTRANCE_LINK_DAYS = 30		/* as long as the draft it leads to */
};

/* ROOM_NONE: no room of that name has a door. */
enum room_code	entrance_room(const char *name);
/* Is it told who comes? */
bool		entrance_is_service(enum room_code);

enum entrance_step {
	ENTRANCE_OPEN,		/* entrance_pass() */
	ENTRANCE_CONFIRM,	/* show the profile, then entrance_give() */
	ENTRANCE_FILL		/* something of it is missing yet */
};

/* What comes next for this visitor; person is filled for a citizen who goes
 * to a service. A link opens its own room alone: ERR_DENIED entrance_link. */
bool	entrance_next(struct room *, struct arena *, const struct session *,
	    enum room_code, enum entrance_step *, struct person *,
	    struct err *e);

/* *token: for the room's cookie. */
bool	entrance_pass(struct room *, struct arena *, const struct session *,
	    enum room_code, const char **token, struct err *e);

/* The same, giving the profile of this version. ERR_CONFLICT, rule
 * profile_version: it changed since it was shown. */
bool	entrance_give(struct room *, struct arena *, const struct session *,
	    enum room_code, int32_t version, const char **token,
	    struct err *e);

/* Somebody without account, for one application in one room. */
struct entrance_link {
	struct session	*session;	/* its token is room account's */
	enum room_code	 room;
	const char	*token;		/* the other room's */
	struct uuid	 application;
};

/*
 * Make the person and the application's id, and mail the link that opens it
 * again. suffix: what follows the token in its path ("?to=…"). ERR_INPUT as
 * email_parse(); ERR_LIMIT link_wait.
 */
bool	entrance_begin(struct room *, struct arena *, const char *email,
	    const char *language, struct bytes remote, enum room_code,
	    const char *suffix, struct entrance_link *, struct err *e);

/* ERR_ABSENT: no such link, or too old. */
bool	entrance_resume(struct room *, struct arena *, const char *token,
	    const char *language, struct entrance_link *, struct err *e);
bool	entrance_resume_find(struct room *, struct arena *,
	    const char *token, bool *found, struct err *e);

/* The end of the session, in all rooms. */
bool	entrance_leave(struct room *, struct arena *, const struct session *,
	    struct err *e);

#endif

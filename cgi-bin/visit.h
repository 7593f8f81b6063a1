/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a handler gets: one request, who makes it, and everything needed to
 * answer. All of it lives until the answer is sent.
 *
 * A handler writes to html, or calls one of response_*() or visit_fail(),
 * and returns. It parses nothing (cgi-bin/field.h), and holds no SQL and no
 * tag.
 */
#ifndef CGI_BIN_VISIT_H
#define CGI_BIN_VISIT_H

#include <stdbool.h>
#include <stdint.h>

#include "cgi-bin/guard.h"
#include "cgi-bin/request.h"
#include "cgi-bin/response.h"
#include "cgi-bin/route.h"
#include "lib/crypto.h"
#include "lib/uuid.h"

struct answers;
struct arena;
struct conf;
struct err;
struct html;
struct layout;
struct room;
struct serve;
struct session;

enum {
	VISIT_REFERENCE = 10	/* "7K3M-9Q2X" and the NUL */
};

struct visit {
	const struct serve	*serve;		/* of the frame itself */
	const struct conf	*conf;
	struct room		*room;
	struct arena		*arena;
	const struct request	*request;
	struct response		*response;
	struct html		*html;
	/* Looked up before every guarded route; elsewhere ask
	 * visit_session(). */
	const struct session	*session;
	bool			 session_asked;
	struct route_match	 match;
	const char		*language;	/* BCP 47 tag of the page */
	/* For the hidden field "csrf" of every form; "" without a session. */
	char			 csrf[GUARD_TOKEN];
	/* What a reader quotes and the log finds, if this goes wrong. */
	char			 reference[VISIT_REFERENCE];
	const struct answers	*kept;		/* visit_keep() */
	const char		*back;		/* visit_back() */
	const struct layout	*layout;	/* page_begin() to page_end() */
};

/* The captures of the route's path, by name and type; asking for one that
 * the pattern does not have is a fault in the code and ends the program. */
struct uuid	 visit_uuid(const struct visit *, const char *name);
int64_t		 visit_int(const struct visit *, const char *name);
const char	*visit_text(const struct visit *, const char *name);

/* The session, looked up now if it was not yet; NULL: nobody is signed in.
 * Also fills csrf. False only if the look-up itself failed. */
bool	visit_session(struct visit *, const struct session **,
	    struct err *e);

/*
 * Set or take away (token NULL) a room's session cookie, or the language
 * cookie. seconds as in response_cookie(). Only account sets other rooms'.
 */
void	visit_set_session(struct visit *, const char *room,
	    const char *token, int64_t seconds);
void	visit_set_language(struct visit *, const char *tag);

/* Who sends, to count tries by (room_try); see guard_remote(). */
struct hash	visit_remote(const struct visit *);

/*
 * Show what went wrong, in the reader's words, instead of whatever was
 * written so far; one line goes to the log. By code: INPUT 400, DENIED 403,
 * ABSENT 404, CONFLICT 409, LIMIT 429, BUSY and LOST 503 "nothing happened,
 * try again", UNKNOWN 503 "we are checking", SYSTEM 500.
 */
void	visit_fail(struct visit *, const struct err *);

/* The same with a status of the frame's own (403, 404, 405, 413, 415, 422). */
void	visit_refuse(struct visit *, unsigned status, const struct err *);

/* What was typed goes on the error page, ready to be sent again, but for
 * secrets. */
void	visit_keep(struct visit *, const struct answers *);

/* Where an error page leads back to: a path of ours. Without it, the same
 * page if it can be shown, or else the start. */
void	visit_back(struct visit *, const char *path);

/* "/vehicles/<uuid>/renew": a path of ours, in the visit's arena. Nothing is
 * escaped, so only for what cannot need it: ids, words, references. */
const char	*visit_path(struct visit *, const char *fmt, ...)
		    __attribute__((format(printf, 2, 3)));

#endif

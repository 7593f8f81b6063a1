/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where somebody wants to go once they are signed in: a room and a path of
 * ours, carried through the pages of account as `room` and `to`. And the
 * blocks that several of these pages have.
 */
#ifndef CGI_BIN_ACCOUNT_WAY_H
#define CGI_BIN_ACCOUNT_WAY_H

#include <stdbool.h>

#include "schema/registry.h"

struct err;
struct session;
struct visit;

struct account_way {
	enum room_code	 room;		/* ROOM_ACCOUNT: none was named */
	const char	*to;		/* local; NULL: none was named */
};

/* From the query or the form. What is not ours is as if not there. */
struct account_way	account_way(const struct visit *);

/* The page, and the way behind it. */
const char	*account_way_path(struct visit *, const char *page,
		    const struct account_way *);
/* Hidden fields of a form. */
void		 account_way_put(struct visit *, const struct account_way *);

/* On from a page of account, for somebody signed in. */
void		 account_way_go(struct visit *, const struct account_way *,
		    const struct session *);

/* A page that only says something: a title, a sentence or two, a link. */
struct account_say {
	const char	*title;
	const char	*what;
	const char	*more;		/* NULL: none */
	const char	*link;		/* NULL: none */
	const char	*href;
	unsigned	 status;	/* 0: 200 */
};
void		 account_say(struct visit *, const struct account_say *);

/* "Too many tries" with how long to wait. */
void		 account_say_wait(struct visit *, int minutes);

/* A sentence for what a new password lacks; NULL: e is about nothing such. */
const char	*account_password_fault(const struct err *);
/* A sentence for a moment when too many passwords are being worked on; NULL:
 * e is about something else. The page goes out as 503. */
const char	*account_busy_fault(const struct err *);
/* For an address that is none. */
const char	*account_email_fault(const struct err *);

/* "Vehicles": what a room is called on these pages, and where it begins. */
const char	*account_room_name(enum room_code);
const char	*account_room_path(enum room_code);

#endif

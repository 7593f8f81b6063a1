/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A service that is a form alone, in room vehicle of a house: the form "pass"
 * has the pages "you" (who), "guests" (a repeat, called) and "why" (why), and
 * a fee; the reason "nothing" is one that the service cannot take.
 */
#ifndef TESTS_DATABASE_PASS_FIXTURE_H
#define TESTS_DATABASE_PASS_FIXTURE_H

#include "tests/database/visitor.h"

struct service;
struct session;

extern const struct service pass_service;

/* For cmocka: house_start() and the form. */
int		 pass_start(void **state);
/* A second version of it, with a page "how" at the end. */
void		 pass_change(void);

/* A request as this session's browser sends it; form NULL: a GET. */
struct reply	 pass_ask(const struct session *, const char *target,
		    const char *form);
/* It is a redirection: its target. */
const char	*pass_to(struct reply);
/* It is a page of this status with this in it: all of it. */
const char	*pass_shown(struct reply, unsigned status,
		    const char *fragment);

/* The same of a GET. */
const char	*pass_page(const struct session *, const char *target,
		    unsigned status, const char *fragment);

/* The one asterisk of it replaced. */
const char	*pass_path(const char *fmt, const char *);

struct session	*pass_citizen(void);
struct session	*pass_clerk(void);

/* The address of a new draft: "/vehicles/draft/<id>". */
const char	*pass_begin(const struct session *);
/* Answer a page of it: where that leads. */
const char	*pass_answer(const struct session *, const char *draft,
		    const char *page, const char *form);
void		 pass_fill(const struct session *, const char *draft);
/* The draft's id, in its address. */
const char	*pass_id(const char *draft);
/* File it: the address of its confirmation. */
const char	*pass_file(const struct session *, const char *draft);
/* Begin, fill and file: "/vehicles/applications/<reference>". */
const char	*pass_filed(const struct session *);

#endif

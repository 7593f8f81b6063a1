/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who people are: room account's own record of each, sealed, and what of it
 * is given to services. Everywhere else a person is the pseudonym `id`.
 */
#ifndef SERVICES_PERSON_H
#define SERVICES_PERSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/clock.h"
#include "lib/uuid.h"
#include "schema/registry.h"

struct act;
struct arena;
struct err;
struct party;
struct room;
struct session;

enum {
	PERSON_LINES = 6,	/* of an address */
	PERSON_NAME = 200	/* code points */
};

struct person {
	struct uuid	 id;
	int32_t		 version;	/* row_version; 0: not there yet */
	int32_t		 profile_version;
	/* Not given: NULL and DATE_NONE. */
	const char	*name;
	const char	*national_id;	/* CPF, digits alone */
	date		 born;
	const char	*email;
	const char	*phone;		/* +digits */
	const char	*language;	/* BCP 47 */
	const char	*address[PERSON_LINES];
	size_t		 lines;
};

/* ERR_ABSENT. */
bool	person_get(struct room *, struct arena *, struct uuid id,
	    struct person *, struct err *e);

/* ERR_INPUT: name, national_id, born. What is not given is fine. */
bool	person_check(const struct person *, struct err *e);

/* In an act: the row of somebody new, its entry said by the caller.
 * ERR_CONFLICT person_national_id_once, when the act runs. */
bool	person_add(struct act *, struct person *, struct err *e);

/*
 * In an act: the row as it is to be. If what services were given changed, a
 * new profile goes to each of them, each with its export entry; the caller
 * has added nothing that no entry tells of. The update's entry is said here.
 */
bool	person_put(struct act *, const struct person *was,
	    const struct person *is, struct err *e);

/* person_put() alone, by the signed-in person. */
bool	person_change(struct room *, struct arena *, const struct session *,
	    const struct person *was, const struct person *is,
	    struct err *e);

/* What a service is given; false if something of it is missing. */
bool	person_profile(const struct person *, struct party *);

/* Which rooms have a profile, and of which version. */
struct person_given {
	struct uuid	 id;
	int32_t		 version;	/* row_version */
	struct uuid	 nonce;
	enum room_code	 room;
	int32_t		 profile;
	instant		 at;
};
bool	person_given(struct room *, struct arena *, struct uuid id,
	    struct person_given **, size_t *n, struct err *e);

/* In an act: give it to this room, again or for the first time (was NULL),
 * and say so in an export entry. */
bool	person_give(struct act *, const struct person *, enum room_code,
	    const struct person_given *was, struct err *e);

#endif

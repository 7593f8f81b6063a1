/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A whole house for tests: both databases as the sources make them, keys for
 * every room, a configuration, an office, and people with sessions. Each
 * program makes its own and leaves nothing behind.
 *
 *	static void
 *	claims_once(void **state)
 *	{
 *		struct room *room;
 *
 *		(void)state;
 *		house_wanted();
 *		room = house_room(ROOM_VEHICLE);
 *		…
 *	}
 *
 *	return cmocka_run_group_tests(tests, house_start, house_stop);
 *
 * People made here have no readable profile, unless house_profile() gives
 * them one in a room; whoever needs real accounts makes them with
 * services/account.h.
 */
#ifndef TESTS_DATABASE_HOUSE_H
#define TESTS_DATABASE_HOUSE_H

#include <stdbool.h>

#include "lib/uuid.h"
#include "schema/registry.h"

struct arena;
struct conf;
struct party;
struct room;
struct session;

struct house {
	struct arena	*arena;		/* of the whole program */
	struct conf	*conf;
	const char	*dir;		/* temporary; mail/ and keys/ in it */
	struct uuid	 office;
};

extern struct house house;

/* For cmocka: of the group. They do nothing without BALCAO_TEST_DB. */
int	house_start(void **state);
int	house_stop(void **state);
/* First in each test: skips it where there is no database. */
void	house_wanted(void);

/* Opened when first asked for, and kept. */
struct room	*house_room(enum room_code);

/* As superuser, in the data database or the other: columns divided by "|",
 * rows by "\n". A statement that fails, fails the test. */
const char	*house_sql(const char *fmt, ...)
		    __attribute__((format(printf, 1, 2)));
const char	*house_key_sql(const char *fmt, ...)
		    __attribute__((format(printf, 1, 2)));

/*
 * What PostgreSQL answers when somebody has broken into a room's program and
 * sends this in one transaction: "" if it went through, else the rule's name
 * or, where no rule is named, the SQLSTATE ("42501": no privilege).
 * ROOM_NONE: as superuser.
 */
const char	*house_refusal(enum room_code, const char *fmt, ...)
		    __attribute__((format(printf, 2, 3)));

struct house_person {
	struct uuid	 subject;
	struct uuid	 account;
	bool		 staff;
};

struct house_person	house_citizen(void);
/* roles: enum session_role; a clerk of house.office. */
struct house_person	house_staff(unsigned roles);

/* A new session with a token for this room, as this room finds it. */
struct session	*house_session(struct house_person, enum room_code);
struct session	*house_link(struct uuid subject, struct uuid application,
		    enum room_code);

/* Room account gives this profile to a service, which has yet to take it
 * (party_apply). */
void		 house_profile(struct uuid subject, enum room_code,
		    const struct party *);

#endif

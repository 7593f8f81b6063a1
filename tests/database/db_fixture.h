/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the tests of lib/db.h share: a schema of their own, statements on it,
 * and two connections, one to be killed and one to kill it.
 */
#ifndef TESTS_DATABASE_DB_FIXTURE_H
#define TESTS_DATABASE_DB_FIXTURE_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/db.h"
#include "lib/err.h"

struct arena;

enum {
	ADMIN = 1,		/* bits of roles */
	ROOM = 2,
	TIMEOUT_MS = 1000,
	STUCK_S = 120		/* a test that hangs is killed */
};

enum query {
	SELECT_ONE, SELECT_MAYBE, SELECT_MANY,
	UPDATE_NONE, UPDATE_ONE, UPDATE_MAYBE, UPDATE_MANY,
	INSERT, INSERT_UNDER, INSERT_SPAN, INSERT_LATE, INSERT_FATAL, ECHO,
	COUNT, CLEAR, TYPES, TEXTS, FLOOR, SETTINGS, RAISE, SLEEP, PID,
	SUICIDE, SUICIDE_DO, TERMINATE, SYNC_ON, SYNC_OFF, RELOAD,
	CANCEL_WAITS, SOCKET, FOREIGN,
	QUERY__MAX
};

extern const struct db_statement queries[QUERY__MAX];

extern const char *conninfo;	/* NULL: there is no database */
extern struct arena *arena;
extern struct db *admin;	/* kills the other */
extern struct db *db;
extern struct err db_err;

/* For cmocka: of the group, of each test, and first in each test. */
int	db_fixture_start(void **state);
int	db_fixture_stop(void **state);
int	db_fixture_each(void **state);
void	wants_database(void);

struct db_conf	 conf_for(const char *conninfo, const struct db_statement *,
		    size_t n);
struct db	*open_room(void);

bool		 ask(struct db *, enum query, struct db_rows **);
bool		 ask1(enum query, int64_t, struct db_rows **);
int64_t		 number(struct db *, enum query);
void		 insert(struct db_act *, int64_t n);
/* An act in the air that has inserted item 1. */
struct db_act	*airborne(void);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * PostgreSQL, and libpq's only door. The statements are data (generated from
 * the files of schema/query): no function here takes SQL text. All statements of the
 * program's role are prepared at connect, in one flight.
 *
 * Values travel in binary. What is read is copied into the caller's arena.
 *
 * An act is two flights in pipeline mode: [BEGIN, every statement, Sync];
 * each statement's promise of rows is checked; then [COMMIT, Sync] alone,
 * because a guarded UPDATE that hits no row is no error to PostgreSQL and
 * would commit. Only the second flight can end in ERR_UNKNOWN.
 */
#ifndef LIB_DB_H
#define LIB_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/bytes.h"
#include "lib/clock.h"
#include "lib/uuid.h"

struct arena;
struct err;
struct db;
struct db_act;
struct db_rows;

/* How many rows a statement returns, or changes if it returns none. */
enum db_promise {
	DB_NONE,	/* no promise about changes, and no row comes back */
	DB_ONE,
	DB_MAYBE,	/* none or one */
	DB_MANY
};

struct db_statement {
	const char	*name;		/* also the prepared statement's */
	const char	*sql;
	enum db_promise	 promise;
	unsigned	 params;
	uint64_t	 roles;		/* bit n: the role with number n */
};

struct db_conf {
	const char	*conninfo;	/* keyword=value, absolute paths only */
	const struct db_statement *statements;
	size_t		 n;
	unsigned	 role;		/* which bit of roles is ours */
	int		 timeout_ms;	/* statement_timeout */
	/* Sleep this long between tries to connect, 0: fail at once. */
	int		 retry_ms;
};

enum db_type {
	DB_NULL,
	DB_BOOL,
	DB_INT,		/* sent as int2, int4 or int8 as the server declared */
	DB_TEXT,
	DB_BYTES,
	DB_UUID,
	DB_DATE,
	DB_INSTANT
};

struct db_value {
	enum db_type	type;
	union {
		bool		 b;
		int64_t		 i;	/* DB_INT, DB_INSTANT */
		date		 d;
		const char	*s;
		struct bytes	 bytes;
		struct uuid	 uuid;
	} u;
};

/* NULL text, nil uuid, bytes with p == NULL, DATE_NONE and INSTANT_NONE are
 * SQL NULL. */
struct db_value	db_null(void);
struct db_value	db_bool(bool);
struct db_value	db_int(int64_t);
struct db_value	db_text(const char *);
struct db_value	db_bytes(struct bytes);
struct db_value	db_uuid(struct uuid);
struct db_value	db_date(date);
struct db_value	db_instant(instant);

/* Connect and prepare. The settings a session needs (time zone UTC, search
 * path, standard strings) are set here. ERR_SYSTEM. */
bool	db_open(const struct db_conf *, struct db **, struct err *e);
void	db_close(struct db *);
/* The connection's socket, to wait for a client and a notice together. */
int	db_fd(const struct db *);

/* One statement by itself. rows may be NULL. Reconnects once when the
 * connection was found dead before anything was sent. */
bool	db_ask(struct db *, struct arena *, unsigned statement,
	    const struct db_value *, size_t n, struct db_rows **rows,
	    struct err *e);

/* An act. Statements run in the order added; their values are encoded at
 * once and need not live on. */
struct db_act	*db_act_new(struct db *, struct arena *);
void	db_act_add(struct db_act *, unsigned statement,
	    const struct db_value *, size_t n, struct db_rows **rows);
/* First flight. On failure everything is rolled back already. A promise not
 * kept is ERR_CONFLICT with the statement's name as constraint. */
bool	db_act_fly(struct db_act *, struct err *e);
/* Second flight: true only when the server said so. ERR_UNKNOWN: the
 * connection was lost, or a synchronous wait was cancelled. */
bool	db_act_commit(struct db_act *, struct err *e);
void	db_act_abandon(struct db_act *);

/* Reading: rows one after another, columns from left to right, each taken
 * by the type the statement declares. Taking another type, or past the last
 * column, is a fault in the code and ends the program. */
struct db_row {
	const struct db_rows	*rows;
	size_t			 row;
	size_t			 column;
};

size_t	db_count(const struct db_rows *);
/* Row i, from its first column. */
struct db_row	db_row(const struct db_rows *, size_t i);

bool		 db_take_null(struct db_row *);	/* peek: is the next NULL? */
bool		 db_take_bool(struct db_row *);	/* NULL: false */
int64_t		 db_take_int(struct db_row *);	/* NULL: 0 */
const char	*db_take_text(struct db_row *);	/* NULL: NULL */
struct bytes	 db_take_bytes(struct db_row *);	/* NULL: p == NULL */
struct uuid	 db_take_uuid(struct db_row *);	/* NULL: nil */
date		 db_take_date(struct db_row *);	/* NULL: DATE_NONE */
instant		 db_take_instant(struct db_row *);/* NULL: INSTANT_NONE */

/* Any column as the value it holds, for row images. */
struct db_value	 db_take(struct db_row *);

#endif

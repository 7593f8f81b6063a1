/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the two halves of lib/db.h share: lib/db.c, which has the connection
 * and libpq, and lib/db_act.c, which knows what is asked and how it ends.
 * Nobody else includes this.
 *
 * A flight is some commands and one Sync, sent without blocking while the
 * answers are read.
 */
#ifndef LIB_DB_FLIGHT_H
#define LIB_DB_FLIGHT_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/db.h"
#include "lib/db_wire.h"
#include "lib/err.h"

struct arena;
struct pg_conn;

enum db_frame {
	DB_FRAME_BEGIN,
	DB_FRAME_COMMIT,
	DB_FRAME_ROLLBACK,
	DB_FRAME__MAX
};

extern const struct db_statement db_frames[DB_FRAME__MAX];

/* A statement of our role, and what the server said its parameters are. */
struct db_plan {
	const struct db_statement	*statement;
	enum db_wire			*params;
};

struct db {
	struct arena	*arena;
	struct db_conf	 conf;
	struct db_plan	*plans;		/* the frames first, then our role's */
	size_t		 plans_n;
	struct db_plan	**by_number;	/* NULL: not for our role */
	struct pg_conn	*conn;		/* NULL: the next flight connects */
	bool		 doomed;	/* the server said goodbye */
	bool		 unsynced;	/* in the last flight a synchronous
					 * wait was cancelled */
	bool		 in_act;	/* between the flights of an act */
};

/* A statement with its values, ready to be sent. */
struct db_step {
	const struct db_statement	*statement;
	int				 n;
	const char			**values;
	int				*lengths;
	int				*formats;
	size_t				 size;	/* of the values */
	struct db_rows			**rows;
};

enum db_ending {
	DB_ARRIVED,
	DB_REFUSED,	/* by the server or a promise */
	DB_LOST		/* and the connection is closed */
};

struct db_flight {
	struct db	*db;
	struct arena	*arena;		/* for what is read */
	struct db_step	*steps;		/* NULL: the flight that prepares */
	size_t		 n;		/* commands before the Sync */
	size_t		 sent;		/* n + 1 with the Sync */
	size_t		 landed;	/* commands answered */
	size_t		 unflushed;
	bool		 flushed;	/* all of it has left */
	bool		 over;
	bool		 failed;
	struct err	 err;		/* the first failure, or the loss */
};

enum db_ending	db_flight_run(struct db_flight *, struct db *,
		    struct arena *, struct db_step *, size_t n);

/* Between flights: is the server still there? */
bool	db_alive(struct db *);
/*
 * A connection to fly with. If it was found dead, reading gets a new one;
 * otherwise ERR_LOST says so once, and the next call connects.
 */
bool	db_ready(struct db *, bool reading, struct err *e);
void	db_hang_up(struct db *);

#endif

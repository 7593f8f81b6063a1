/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a refusal of the server means to us: the one policy that turns an
 * SQLSTATE into a code of lib/err.h. For lib/db.c alone.
 */
#ifndef LIB_DB_STATE_H
#define LIB_DB_STATE_H

#include <stdbool.h>

struct err;

struct db_refusal {
	const char	*statement;
	const char	*sqlstate;
	const char	*constraint;	/* NULL if the server named none */
	const char	*message;	/* primary; holds values unless ours */
};

/* Fills e and returns false. */
bool	db_state_err(const struct db_refusal *, struct err *e);

/* Has the server said goodbye with this state? */
bool	db_state_lost(const char *sqlstate);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Changing the configuration: rows of audited tables that room balcao
 * administers, in one act with its entry (type configuration).
 */
#ifndef BIN_BALCAO_CHANGE_H
#define BIN_BALCAO_CHANGE_H

#include <stdbool.h>
#include <stddef.h>

#include "schema/registry.h"

struct arena;
struct db_value;
struct err;
struct room;

enum {
	CHANGE_NOTHING = -1,	/* the row is there: its image alone */
	CHANGE_ROWS = 200	/* of one act */
};

struct change {
	int		 statement;	/* a generated one, or CHANGE_NOTHING */
	enum table_code	 table;
	const struct db_value *values;	/* the audited columns */
	size_t		 n;
};

/* More than CHANGE_ROWS make several acts, in order. A rule that is broken
 * is in e by its name. */
bool	change_run(struct room *, struct arena *, const struct change *,
	    size_t n, struct err *e);

#endif

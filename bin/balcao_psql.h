/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Running psql: migrations are its scripts. It is this program's only child,
 * started without a shell, with an environment of its own making and nothing
 * of ours but three files.
 */
#ifndef BIN_BALCAO_PSQL_H
#define BIN_BALCAO_PSQL_H

#include <stdbool.h>

#include "lib/bytes.h"

struct arena;
struct err;

enum {
	PSQL_WORDS = 16		/* variables or files of one run */
};

/* All that is done commits together or not at all. */
struct psql {
	const char	*conninfo;
	bool		 as_owner;	/* of the objects, not as superuser */
	const char	*const *variables;	/* "name=value"; NULL ends */
	const char	*const *files;	/* scripts, in this order; NULL ends */
	struct bytes	 script;	/* after them; may be empty */
};

/* *output: what it wrote, rows a line and columns parted by "|"; may be
 * NULL. ERR_SYSTEM: psql's own words have gone to standard error. */
bool	psql_run(struct arena *, const struct psql *, const char **output,
	    struct err *e);

#endif

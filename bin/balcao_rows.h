/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rows of an audited table side by side with their newest images in the
 * log, in the order of their ids, a few hundred at a time. They come by two
 * statements, so a row that moves between them differs for a moment: look
 * again before you believe it.
 */
#ifndef BIN_BALCAO_ROWS_H
#define BIN_BALCAO_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "audit/image.h"
#include "lib/uuid.h"

struct arena;
struct db_value;
struct err;
struct registry_table;
struct room;

struct rows_pair {
	const struct db_value *values;	/* the row's; NULL: there is no row */
	size_t		 n;
	struct image	 row;		/* of these values */
	bool		 has_image;
	struct image	 image;		/* as the log has it */
	struct uuid	 event;		/* the entry's that has it */
};

struct rows {
	struct rows_pair *pair;
	size_t		 n;
	struct uuid	 last;		/* where the next few begin */
	bool		 end;
};

/* after nil: the first few. */
bool	rows_some(struct room *, struct arena *,
	    const struct registry_table *, struct uuid after, struct rows *,
	    struct err *e);

#endif

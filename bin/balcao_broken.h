/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Broken places, as `balcao audit live` and `balcao audit seq` find them.
 */
#ifndef BIN_BALCAO_BROKEN_H
#define BIN_BALCAO_BROKEN_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/uuid.h"

struct arena;
struct err;
struct room;

enum {
	BROKEN_MOST = 20	/* kept; more are only counted */
};

struct broken {
	const char	*where;		/* "casework.fee 0198…" */
	const char	*what;		/* in plain words */
	struct uuid	 event;		/* the entry that tells, or nil */
};

struct broken_list {
	struct arena	*arena;		/* theirs */
	struct broken	 place[BROKEN_MOST];
	size_t		 n;		/* all that were found */
};

void	broken_add(struct broken_list *, const char *where, const char *what,
	    struct uuid event);

/* Each audited row against its newest image, and the reverse. */
bool	broken_rows(struct room *, struct broken_list *, size_t *rows,
	    struct err *e);

/* Each entry's list of images against its leaf, and audit.q against it. */
bool	broken_leaves(struct room *, struct broken_list *, size_t *entries,
	    struct err *e);

/* Each place of the index against its leaf, tree and checkpoints against all
 * of them, and leaves that were passed over. */
bool	broken_seq(struct room *, struct broken_list *, size_t *places,
	    struct err *e);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A tape: for each request the statements that our program would send, with
 * their values, and the answer's Location. bench/record.c writes one,
 * bench/responder.c plays it. One reel a request, each a CBOR array behind
 * its length (u32):
 *
 *	[path, location or null, steps, step…]
 *	step = [kind, statement, values, type, value, …]
 *
 * Statements are numbers of this build: a tape is of no use to another.
 */
#ifndef BENCH_TAPE_H
#define BENCH_TAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "lib/bytes.h"
#include "lib/db.h"

struct arena;
struct buf;
struct err;

enum tape_kind {
	TAPE_ASK,	/* the data database, at once */
	TAPE_ASK_KEYS,	/* the key database, at once */
	TAPE_ACT	/* in the one flight that COMMIT follows */
};

enum {
	TAPE_STEPS = 64		/* of one request */
};

struct tape_step {
	enum tape_kind	 kind;
	unsigned	 statement;
	struct db_value	*value;
	size_t		 n;
};

struct tape_reel {
	const char	*path;
	const char	*location;	/* NULL: a page is answered */
	struct tape_step step[TAPE_STEPS];
	size_t		 n;
};

/* Values are copied into the arena: they outlive the act. */
void	tape_add(struct tape_reel *, struct arena *, enum tape_kind,
	    unsigned statement, const struct db_value *, size_t n);

/* ERR_SYSTEM. */
bool	tape_write(FILE *, struct arena *, const struct tape_reel *,
	    struct err *e);

/* The next reel in the arena; *out NULL at the end. ERR_INPUT. */
bool	tape_read(FILE *, struct arena *, struct tape_reel **out,
	    struct err *e);

#endif

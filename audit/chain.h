/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Following writers' chains (audit/writer.h) as their entries come: each
 * writer's sequence is dense from 0, each entry names SHA-256 of the one
 * before. The first is a writer-open: its field 4 is empty or the last leaf
 * known committed in that slot, its field 12 empty or one that may have been.
 * Whether those leaves exist is for whoever sees the whole log.
 */
#ifndef AUDIT_CHAIN_H
#define AUDIT_CHAIN_H

#include <stdbool.h>
#include <stdint.h>

#include "audit/entry.h"
#include "lib/bytes.h"
#include "lib/crypto.h"

struct err;

/* A writer's place; all zero before its first entry. */
struct chain {
	uint8_t		writer[ENTRY_WRITER];
	uint64_t	room;
	uint64_t	next;		/* the sequence that has to come */
	struct hash	last;		/* SHA-256 of the last leaf */
	bool		closed;		/* by a writer-close */
};

/* Take a chain up at this entry: what came before is in an earlier log. */
void	chain_join(struct chain *, const struct entry_read *);

/*
 * One entry more of this writer. ERR_INPUT says what is wrong with it:
 * a number left out or used again, another leaf before it, another room,
 * something after the close, a first entry that opens nothing. The chain
 * goes on behind the entry in any case, so that one fault is told once.
 */
bool	chain_follow(struct chain *, const struct entry_read *,
	    struct bytes leaf, struct err *e);

#endif

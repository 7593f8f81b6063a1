/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Is an entry in the signed log, and what proves it: by SQL alone, for rooms
 * that give receipts and for auditors. Making a receipt of it is
 * audit/proof.h and audit/receipt.h.
 */
#ifndef SERVICES_PROOF_H
#define SERVICES_PROOF_H

#include <stdbool.h>
#include <stdint.h>

#include "audit/tile.h"
#include "audit/tree.h"
#include "lib/bytes.h"
#include "lib/uuid.h"

struct arena;
struct db;
struct err;

enum proof_state {
	PROOF_LATER,	/* not in the log yet, or under no checkpoint: seconds */
	PROOF_FEW,	/* signed by the log, too few witnesses so far */
	PROOF_READY
};

struct proof_found {
	enum proof_state state;
	int		 year;		/* of the log; 0: not in one yet */
	uint64_t	 index;
	struct hash	 leaf;
	uint64_t	 size;		/* of the tree under the checkpoint */
	struct bytes	 note;		/* the checkpoint; p NULL: none yet */
	unsigned	 cosignatures;
	struct tree_path path;		/* from leaf to the checkpoint's root */
};

/* An unknown event is "not yet": a room asks for its own. */
bool	proof_find(struct db *, struct arena *, struct uuid event,
	    struct proof_found *, struct err *e);

/*
 * A year's tree as tiles out of the database, for audit/tile.h's tile_get.
 * It is used up to size leaves.
 */
struct proof_rows {
	struct db	*db;
	struct arena	*arena;
	int		 year;
	struct tile	 last;		/* read, and what it held */
	struct bytes	 hashes;
};
struct tile_source	proof_source(struct proof_rows *, uint64_t size);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A proof that an entry is in a log, as a text that needs nobody to be
 * checked (C2SP tlog-proof):
 *
 *	c2sp.org/tlog-proof@v1
 *	extra <base64>			may be absent; ours: audit/receipt.h
 *	index <decimal>
 *	<base64 of a hash>		none or more, from the leaf upwards
 *
 *	<the log's checkpoint, verbatim>
 *
 * Every fault is ERR_INPUT, with the line.
 */
#ifndef AUDIT_PROOF_H
#define AUDIT_PROOF_H

#include <stdbool.h>
#include <stdint.h>

#include "audit/checkpoint.h"
#include "audit/note.h"
#include "audit/tree.h"
#include "lib/bytes.h"

struct arena;
struct err;

enum {
	PROOF_MAX = 4 * 1024 * 1024	/* bytes of a whole proof */
};

struct proof {
	bool			has_extra;
	struct bytes		extra;
	uint64_t		index;
	struct tree_path	path;
	struct bytes		signed_note;	/* the checkpoint, verbatim */
	size_t			first_line;	/* of it, in this text */
	struct note		note;
	struct checkpoint	checkpoint;
};

bool		 proof_parse(struct arena *, struct bytes, struct proof *,
		    struct err *e);

/* From has_extra, extra, index, path and signed_note; the rest is not
 * looked at. */
struct bytes	 proof_text(struct arena *, const struct proof *);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The text of a checkpoint (C2SP tlog-checkpoint), which a log signs as a
 * note: origin, size in decimal, root in base64, and lines of extension that
 * mean nothing to us and are kept. Every fault is ERR_INPUT, with the line.
 */
#ifndef AUDIT_CHECKPOINT_H
#define AUDIT_CHECKPOINT_H

#include <stdbool.h>
#include <stdint.h>

#include "audit/note.h"
#include "lib/bytes.h"
#include "lib/crypto.h"

struct arena;
struct err;

struct checkpoint {
	const char	*origin;
	uint64_t	 size;		/* up to TREE_SIZE_MAX */
	struct hash	 root;
	struct bytes	 extension;	/* whole lines, or none */
};

bool		 checkpoint_parse(struct arena *, struct bytes text,
		    struct checkpoint *, struct err *e);
struct bytes	 checkpoint_text(struct arena *, const struct checkpoint *);

/* Note and text at once. note may be NULL. */
bool		 checkpoint_read(struct arena *, struct bytes whole,
		    struct checkpoint *, struct note *note, struct err *e);

#endif

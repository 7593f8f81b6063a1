/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A witness (C2SP tlog-witness): signs that a log goes on from where it last
 * saw it. It is nobody's room: its own key, its own folder, no database; a
 * court of audit can run one. What it saw last of each log is on disk before
 * a cosignature leaves, and one process at a time looks and writes.
 *
 *	<folder>/key		Ed25519 seed, 32 bytes, 0400
 *	<folder>/name		its name, one line
 *	<folder>/logs		vkeys of the logs it knows, one a line
 *	<folder>/<hash>		the last checkpoint of a log, by SHA-256 of its
 *				origin, and <hash>.lock
 */
#ifndef SERVICES_WITNESS_H
#define SERVICES_WITNESS_H

#include <stdbool.h>

#include "lib/bytes.h"

struct arena;
struct err;
struct witness;

enum {
	WITNESS_BODY = 64 * 1024
};

/* Make key and name if there are none. *vkey: what others need to know. A
 * name that differs from the one kept is ERR_INPUT. */
bool	witness_init(struct arena *, const char *folder, const char *name,
	    const char **vkey, struct err *e);

bool	witness_open(struct arena *, const char *folder, struct witness **,
	    struct err *e);

struct witness_answer {
	unsigned	 status;
	const char	*type;
	struct bytes	 body;
};

/* What to answer to the body of POST add-checkpoint. */
struct witness_answer	witness_add(struct witness *, struct arena *,
			    struct bytes body);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which witnesses there are, and which of them have to agree: a file in the
 * format of C2SP tlog-policy, lines of
 *
 *	witness <name> <vkey> [<url>]
 *	group <name> all|any|<number> <name> …
 *	quorum <name>|none
 *
 * Lines "log" are read over: what a log's key is, others say.
 */
#ifndef SERVICES_QUORUM_H
#define SERVICES_QUORUM_H

#include <stdbool.h>
#include <stddef.h>

#include "audit/note.h"
#include "lib/bytes.h"

struct arena;
struct err;

enum {
	QUORUM_NODES = 64,	/* witnesses and groups */
	QUORUM_MEMBERS = 32	/* of a group */
};

struct quorum_node {
	const char	*name;
	bool		 witness;
	struct note_key	 key;		/* of a witness */
	const char	*url;		/* or NULL */
	unsigned	 threshold;	/* of a group */
	size_t		 member[QUORUM_MEMBERS];
	size_t		 members;
};

struct quorum {
	struct quorum_node node[QUORUM_NODES];
	size_t		 n;
	bool		 none;		/* no cosignature is asked for */
	size_t		 top;
};

/* ERR_INPUT with the line. */
bool	quorum_parse(struct arena *, struct bytes, struct quorum *,
	    struct err *e);
/* No file: no witnesses, and none needed. */
bool	quorum_load(struct arena *, const char *path, struct quorum *,
	    struct err *e);

size_t	quorum_witnesses(const struct quorum *);

/* How many of the witnesses have cosigned; *met: are they enough? */
size_t	quorum_count(struct arena *, const struct quorum *,
	    const struct note *, bool *met);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Is a leaf what the rooms' programs write? Its form, the MAC of the room
 * that it names, and its place in its writer's chain. A bad one gets its
 * place in the log all the same - nothing that is in the table may vanish -
 * and a quarantine entry says so.
 */
#ifndef SERVICES_LEAFCHECK_H
#define SERVICES_LEAFCHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "audit/chain.h"
#include "lib/bytes.h"
#include "lib/uuid.h"

struct arena;
struct buf;
struct db;
struct err;
struct macs;

enum leaf_fault {
	LEAF_FINE,
	LEAF_FORM,	/* no entry, or another row's */
	LEAF_MAC,	/* not written by the room that it names */
	LEAF_CHAIN,	/* its writer's chain does not go on with it */
	LEAF_TAIL,	/* a writer names a last entry that is nowhere */
	LEAF_LATE	/* its year is closed */
};

/* "form", "mac", …: for logs and the quarantine entry. */
const char	*leaf_fault_name(enum leaf_fault);

struct leaf {
	int		 year;		/* of its row */
	struct uuid	 event;
	struct bytes	 bytes;
	struct bytes	 mac;
	int64_t		 xid;
	bool		 parsed;
	struct entry_read read;
	enum leaf_fault	 fault;
};

enum {
	LEAFCHECK_CHAIN = 91	/* bytes of a chain, packed for SQL */
};

/* Check leaves in the order of the log. keys: the folder, to read macs again
 * when an epoch is unknown; macs NULL: follow the chains alone. chains: the
 * places that writers have afterwards, packed for the statement
 * sealer_chains. */
bool	leafcheck_all(struct arena *, struct db *, struct macs *,
	    const char *keys, struct leaf *, size_t n, struct buf *chains,
	    struct err *e);

#endif

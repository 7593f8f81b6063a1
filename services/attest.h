/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Receipts, for those whom an entry is about: the promise that stands for it
 * from the first second, and the file that proves it for ever (audit/proof.h
 * with audit/receipt.h in it). A file is made anew each time it is asked
 * for; what it shows of rows is what still stands as it was committed to.
 */
#ifndef SERVICES_ATTEST_H
#define SERVICES_ATTEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/bytes.h"
#include "lib/clock.h"
#include "lib/crypto.h"
#include "lib/uuid.h"
#include "schema/registry.h"
#include "services/proof.h"

struct arena;
struct err;
struct room;
struct session;

struct attest_entry {
	struct uuid	 event;
	instant		 at;
	enum event_type	 type;	/* create: sent; decide: decided */
};

/* What the bearer can have receipts of in this case, oldest first. */
bool	attest_list(struct room *, struct arena *, const struct session *,
	    struct uuid application, struct attest_entry **, size_t *n,
	    struct err *e);

/*
 * The room's word that this entry will be in the log by the deadline: three
 * lines to keep, and a signature (audit/receipt.h, promise_bytes()). The
 * same each time, for everything in it is the entry's.
 */
struct attest_promise {
	const char	*origin;	/* of the log */
	struct hash	 leaf;
	int64_t		 deadline;	/* Unix seconds */
	uint8_t		 signature[CRYPTO_SIGNATURE];
};
/* ERR_ABSENT: no such entry of this room about the bearer. */
bool	attest_promise(struct room *, struct arena *, const struct session *,
	    struct uuid event, struct attest_promise *, struct err *e);

/* How the entry stands in the log, without making the file. */
bool	attest_standing(struct room *, struct arena *, struct uuid event,
	    struct proof_found *, unsigned *witnesses, struct err *e);

/* The file. *text is empty while no checkpoint holds the entry. ERR_ABSENT
 * as above. */
bool	attest_receipt(struct room *, struct arena *, const struct session *,
	    struct uuid event, struct bytes *text, struct err *e);

#endif

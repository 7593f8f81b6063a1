/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An audit entry: what was done, and the bytes that say so. The leaf goes
 * into the tree and holds commitments only; the detail, sealed, holds the
 * salt and the values that open them. RECORDS.md 4 restated:
 *
 * leaf = deterministic CBOR array of 17:
 *    0 leaf version 1          9 actor commitment, 32
 *    1 room code              10 subject commitment, 0 or 32
 *    2 writer id, 8           11 table code
 *    3 writer sequence        12 row commitment, 0 or 32
 *    4 hash of its last leaf  13 hash of the row images, 0 or 32
 *    5 event id, 16           14 purpose code
 *    6 time, ms               15 case commitment, 0 or 32
 *    7 event type             16 SHA-256 of the detail envelope
 *    8 outcome
 *
 * commitment i = HMAC-SHA-256(salt, byte i | value)
 */
#ifndef AUDIT_ENTRY_H
#define AUDIT_ENTRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/bytes.h"
#include "lib/clock.h"
#include "lib/crypto.h"
#include "lib/secret.h"
#include "lib/uuid.h"

struct arena;
struct buf;
struct db_value;
struct err;

enum {
	ENTRY_FIELDS = 17,
	ENTRY_WRITER = 8
};

enum entry_outcome {
	OUTCOME_OK,
	OUTCOME_DENIED,
	OUTCOME_ERROR
};

/* A clear value of the detail: a registry column code and what stood there. */
struct entry_value {
	uint32_t	 column;
	const struct db_value *value;
};

struct entry {
	uint16_t	room;
	uint8_t		writer[ENTRY_WRITER];
	uint64_t	sequence;
	struct bytes	previous;	/* 0 or 32 */
	struct uuid	id;
	instant		at;
	uint16_t	type;		/* enum event_type */
	enum entry_outcome outcome;
	uint16_t	purpose;
	struct uuid	actor;		/* nil: the system, by its room */
	struct uuid	subject;	/* nil: about nobody */
	struct uuid	application;	/* nil: no case */
	uint16_t	table;		/* of the first row, or 0 */
	struct uuid	row;		/* nil: no row */
	struct bytes	maybe;		/* a writer-open's field 12 */
	struct bytes	images;		/* field 13: 0 or 32 */
	struct secret	salt;
};

/* The detail's plaintext, to be sealed before the leaf can be made. */
struct bytes	entry_detail(struct arena *, const struct entry *,
		    const struct entry_value *, size_t n);

/* The leaf, for the detail envelope with this hash. */
struct bytes	entry_leaf(struct arena *, const struct entry *,
		    struct hash detail);

/* One commitment, as a verifier recomputes it. */
struct hash	entry_commit(const struct secret *salt, uint8_t field,
		    struct bytes value);

/* RFC 6962 2.1: SHA-256(0x00 | leaf). */
struct hash	entry_leaf_hash(struct bytes leaf);

/* A leaf read back: canonical, seventeen fields of the right shape.
 * Byte strings point into it. Commitments come as they stand. */
struct entry_read {
	uint64_t	version, room, sequence, at, type, outcome, table,
			purpose;
	struct bytes	writer, previous, id, actor, subject, row, images,
			application, detail;
};
bool		entry_parse(struct bytes leaf, struct entry_read *,
		    struct err *e);

#endif

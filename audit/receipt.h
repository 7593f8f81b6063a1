/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a receipt says: the `extra` of a proof (audit/proof.h), and the
 * promise that is given before there can be one. RECORDS.md 4 restated, and
 * the citizen's own values laid out. Deterministic CBOR:
 *
 *   [1, leaf, salt, [[field, value], …], [images, rows]]
 *
 *   leaf    the entry's bytes (audit/entry.h); with the proof's index and
 *	     path they lead to the root that the log signed
 *   salt    32 bytes, which open the leaf's commitments
 *   values  ascending, some of: 9 actor (account UUID, or room code u16),
 *	     10 subject, 12 row, 15 case (UUIDs); each with HMAC(salt, field |
 *	     value) equal to what stands in that field of the leaf
 *   images  [[table code, row UUID, row version, image], …]: the very list
 *	     whose SHA-256 is field 13 (audit/image.h); empty where that is
 *   rows    [[n, [audited columns], [[column, key], …]], …], n ascending:
 *	     the columns of row n of images as they stood, in registry order,
 *	     so that SHA-256 of CBOR [table code, columns…] is its image
 *   key     44 bytes, AES-256 key | nonce, which open the envelope in that
 *	     column and no other (lib/envelope.h, envelope_reveal)
 *
 * So all that a receipt shows is recomputed from the leaf: a clear column
 * through its row's image, field 13 and the tree; an answer through the
 * envelope in such a column. A row that is in images alone is counted and
 * not shown; an envelope without key stays closed. Names of tables, columns
 * and codes are the reader's own and no part of the proof. An envelope is
 * committed to as it is sealed; of who would claim another text for it, he
 * would need a second key under which all its tags hold.
 *
 * The promise, signed by the room as soon as the act is committed:
 *
 *   cs-promise/1 \n origin \n leaf hash, base64 \n deadline, seconds \n
 */
#ifndef AUDIT_RECEIPT_H
#define AUDIT_RECEIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "audit/entry.h"
#include "lib/bytes.h"
#include "lib/secret.h"

struct arena;
struct db_value;
struct err;
struct image;

enum {
	RECEIPT_VERSION = 1,
	RECEIPT_FIELDS = 4,	/* 9, 10, 12, 15 */
	RECEIPT_IMAGES = 256,
	RECEIPT_COLUMNS = 64,
	RECEIPT_KEY = 44
};

struct receipt_value {
	unsigned	field;
	struct bytes	value;
};

/* An envelope of a row, and what opens it. */
struct receipt_opening {
	unsigned	column;		/* from 0, in registry order */
	struct bytes	key;
};

struct receipt_row {
	size_t			 image;		/* which of the images */
	struct bytes		 columns;	/* CBOR items, one by one */
	size_t			 n;		/* how many */
	struct receipt_opening	*opening;
	size_t			 openings;
};

struct receipt {
	struct bytes		 leaf;
	struct secret		 salt;
	struct receipt_value	 value[RECEIPT_FIELDS];
	size_t			 values;
	struct image		*image;
	size_t			 images;
	struct receipt_row	*row;
	size_t			 rows;
};

/* Columns for receipt_row, from the values that image_of() hashed. */
struct bytes	receipt_columns(struct arena *, const struct db_value *,
		    size_t n);

struct bytes	receipt_encode(struct arena *, const struct receipt *);
/* Layout and sizes alone. What is read points into the bytes. */
bool		receipt_decode(struct arena *, struct bytes, struct receipt *,
		    struct err *e);

/*
 * Everything that the leaf commits to: the leaf itself, each value, the list
 * of images, each row, each envelope. The first fault is ERR_INPUT and named
 * ("the value of field 10", "row 2"). leaf is set when it can be read.
 */
bool		receipt_check(struct arena *, const struct receipt *,
		    struct entry_read *leaf, struct err *e);

/* An opening's text, after receipt_check(). */
bool		receipt_open(struct arena *, const struct receipt_row *,
		    const struct receipt_opening *, struct bytes *plain,
		    struct err *e);

/* What is signed for a promise. */
struct bytes	promise_bytes(struct arena *, const char *origin,
		    const struct hash *leaf, int64_t deadline);
bool		promise_check(struct arena *,
		    const uint8_t public[CRYPTO_PUBLIC], const char *origin,
		    const struct hash *leaf, int64_t deadline,
		    struct bytes signature);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A row image: what an audited row said when an act wrote it, as one hash.
 *
 *   image = SHA-256 of deterministic CBOR
 *           [table code, row UUID, row version, audited columns in order]
 *   list  = SHA-256 of the CBOR list
 *           [[table code, row UUID, row version, image], …]
 *
 * Integers are integers, dates days since 1970-01-01, instants milliseconds,
 * text is text, UUIDs and envelopes are byte strings, SQL NULL is null.
 */
#ifndef AUDIT_IMAGE_H
#define AUDIT_IMAGE_H

#include <stddef.h>
#include <stdint.h>

#include "lib/bytes.h"
#include "lib/crypto.h"
#include "lib/uuid.h"

struct arena;
struct buf;
struct db_value;

struct image {
	uint16_t	table;
	struct uuid	row;
	uint32_t	version;
	struct hash	hash;
};

enum {
	IMAGE_PACKED = 54	/* table u16 | row 16 | version u32 | hash 32 */
};

/* values: the audited columns in registry order, id and row_version first. */
struct image	image_of(struct arena *, uint16_t table,
		    const struct db_value *values, size_t n);

/* Field 13 of the entry that commits to these rows, in writing order. */
struct hash	image_list(struct arena *, const struct image *, size_t n);

/* The list itself, which a receipt carries. */
void		image_put_list(struct buf *, const struct image *, size_t n);

/* As audit.append takes them. */
void		image_pack(struct buf *, const struct image *);

void		image_put_value(struct buf *, const struct db_value *);

#endif

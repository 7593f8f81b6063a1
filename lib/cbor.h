/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The deterministic subset of CBOR (RFC 8949 4.2.1) that entries, row images
 * and sealed records are written in: integers, byte and text strings, arrays
 * of known length, false, true and null. No maps, tags, floats or indefinite
 * lengths. One value has one encoding; the reader refuses every other.
 */
#ifndef LIB_CBOR_H
#define LIB_CBOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/bytes.h"

struct buf;
struct err;

enum cbor_type {
	CBOR_UINT,
	CBOR_NEGATIVE,
	CBOR_BYTES,
	CBOR_TEXT,
	CBOR_ARRAY,
	CBOR_BOOL,
	CBOR_NULL
};

void	cbor_put_int(struct buf *, int64_t);
void	cbor_put_uint(struct buf *, uint64_t);
void	cbor_put_bytes(struct buf *, struct bytes);
void	cbor_put_text(struct buf *, const char *);	/* NULL puts null */
void	cbor_put_array(struct buf *, size_t items);	/* then the items */
void	cbor_put_bool(struct buf *, bool);
void	cbor_put_null(struct buf *);

/*
 * A reader over bytes that stay with the caller. The first fault is kept:
 * every later call returns zero, NULL or false, and cbor_end() reports it
 * with its offset. So a record is read straight through and checked once.
 */
struct cbor {
	struct bytes	 all;
	size_t		 at;
	const char	*fault;		/* NULL while all is well */
};

struct cbor	cbor_read(struct bytes);

enum cbor_type	cbor_peek(struct cbor *);
int64_t		cbor_int(struct cbor *);
int64_t		cbor_int_in(struct cbor *, int64_t min, int64_t max);
uint64_t	cbor_uint(struct cbor *);
struct bytes	cbor_bytes(struct cbor *);	/* points into the input */
struct bytes	cbor_text(struct cbor *);	/* valid UTF-8 without NUL */
bool		cbor_bool(struct cbor *);
bool		cbor_null(struct cbor *);	/* was it null? then past it */
size_t		cbor_array(struct cbor *);	/* how many items follow */
/* An array of exactly n items, or a fault. */
bool		cbor_array_of(struct cbor *, size_t n);

/* Nothing is left over and nothing was wrong. ERR_INPUT with the offset. */
bool		cbor_end(const struct cbor *, struct err *e);

#endif

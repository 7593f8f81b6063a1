/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names of rows: UUID version 7 (RFC 9562 5.7), made by the program, so that
 * no statement waits for another's RETURNING. The millisecond comes first;
 * ids made later sort later, which keeps B-trees dense.
 */
#ifndef LIB_UUID_H
#define LIB_UUID_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/bytes.h"

struct err;

enum {
	UUID_SIZE = 16,
	UUID_TEXT = 37		/* with the NUL */
};

struct uuid {
	uint8_t	b[UUID_SIZE];
};

/* The nil UUID (RFC 9562 5.9) stands for "none". */
bool		uuid_is_nil(struct uuid);
bool		uuid_equal(struct uuid, struct uuid);

/* From the injectable clock and the random source. */
struct uuid	uuid_new(void);

/* 74 random bits, but the millisecond of t: for a name that must not tell
 * when its bearer came, give a constant (a person's pseudonym does). */
struct uuid	uuid_at(int64_t ms);

/* The canonical form, lower or upper case, nothing around it. ERR_INPUT. */
bool		uuid_parse(const char *, struct uuid *, struct err *e);
const char	*uuid_text(struct uuid, char out[UUID_TEXT]);

static inline struct bytes
uuid_bytes(const struct uuid *u)
{
	return bytes(u->b, UUID_SIZE);
}

#endif

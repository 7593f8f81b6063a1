/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A key or a token. It is compared in constant time, wiped when done with,
 * and no log function takes one. Longer secrets (a password as typed) are
 * struct bytes inside a request arena, which is wiped at its reset.
 */
#ifndef LIB_SECRET_H
#define LIB_SECRET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/bytes.h"

enum {
	SECRET_SIZE = 32
};

struct secret {
	uint8_t	b[SECRET_SIZE];
};

static inline struct bytes
secret_bytes(const struct secret *s)
{
	return bytes(s->b, SECRET_SIZE);
}

/* Takes the same time wherever the two differ. */
bool	secret_equal(const struct secret *, const struct secret *);
bool	secret_same(struct bytes, struct bytes);

/* Overwritten in a way that no compiler drops. */
void	secret_wipe(void *, size_t n);

#endif

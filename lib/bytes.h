/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bytes that somebody else owns. A struct bytes never says who frees it:
 * the function that hands one out says so, and nearly always the answer is
 * "the arena you gave".
 */
#ifndef LIB_BYTES_H
#define LIB_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct bytes {
	const uint8_t	*p;
	size_t		 n;
};

static inline struct bytes
bytes(const void *p, size_t n)
{
	return (struct bytes){ p, n };
}

/* The characters of a string, without its NUL; NULL gives no bytes. */
static inline struct bytes
bytes_of(const char *s)
{
	return (struct bytes){ (const uint8_t *)s, s ? strlen(s) : 0 };
}

/* Not for secrets: the time taken tells where the two differ. */
static inline bool
bytes_equal(struct bytes a, struct bytes b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

#endif

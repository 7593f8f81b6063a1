/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Memory that is given back all at once. Three life times are enough for
 * every program: the process, the connection, the request; each has one
 * arena, and what a function returns lives as long as the arena it was given.
 *
 * No caller tests for NULL. A worker that runs past its arena's limit, or
 * that the system gives no memory, logs one line and leaves with status 70
 * (EX_SOFTWARE): its transaction is rolled back and its parent starts
 * another, which is the only safe thing to do with a request that large.
 */
#ifndef LIB_ARENA_H
#define LIB_ARENA_H

#include <stddef.h>

#include "lib/bytes.h"

struct arena;

enum {
	ARENA_REQUEST_LIMIT = 64 * 1024 * 1024
};

/* limit: bytes that may be allocated at once; 0 means no limit. */
struct arena	*arena_new(size_t limit);
void		 arena_free(struct arena *);

/* Forget everything but keep one block, wiped, for the next request. */
void		 arena_reset(struct arena *);

/* Zeroed memory, aligned for any type. n = 0 gives a valid pointer. */
void		*arena_alloc(struct arena *, size_t n);

/* Zeroed memory for n items of size bytes; the product is checked. */
void		*arena_array(struct arena *, size_t n, size_t size);

char		*arena_strdup(struct arena *, const char *);
char		*arena_strndup(struct arena *, const char *, size_t n);
struct bytes	 arena_dup(struct arena *, struct bytes);
char		*arena_printf(struct arena *, const char *fmt, ...)
		    __attribute__((format(printf, 2, 3)));

/* Bytes handed out since the last reset. */
size_t		 arena_used(const struct arena *);

#endif

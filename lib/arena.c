/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The arena: a list of blocks, newest first, filled from the left. Large
 * requests get a block of their own behind the newest, so that one upload
 * does not end the use of a half-empty block.
 */
#include "lib/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

#include "lib/log.h"
#include "lib/secret.h"

enum {
	BLOCK_SIZE = 32 * 1024,
	LARGE = BLOCK_SIZE / 4,
	ALIGNMENT = alignof(max_align_t)
};

struct block {
	struct block	*next;
	size_t		 size;
	size_t		 used;
	alignas(ALIGNMENT) uint8_t data[];
};

struct arena {
	struct block	*newest;
	size_t		 limit;
	size_t		 used;
};

static _Noreturn void
out_of_memory(const char *why)
{
	log_event(LOG_ALARM, "out-of-memory", "why", why, NULL);
	_exit(EX_SOFTWARE);
}

static struct block *
block_new(size_t size)
{
	struct block *b = calloc(1, sizeof *b + size);

	if (b == NULL)
		out_of_memory("the system gave none");
	b->size = size;
	return b;
}

static void
block_free(struct block *b)
{
	secret_wipe(b->data, b->used);
	free(b);
}

struct arena *
arena_new(size_t limit)
{
	struct arena *a = calloc(1, sizeof *a);

	if (a == NULL)
		out_of_memory("the system gave none");
	a->limit = limit;
	a->newest = block_new(BLOCK_SIZE);
	return a;
}

void
arena_free(struct arena *a)
{
	if (a == NULL)
		return;
	arena_reset(a);
	free(a->newest);
	free(a);
}

void
arena_reset(struct arena *a)
{
	struct block *kept = NULL;

	for (struct block *b = a->newest, *next; b != NULL; b = next) {
		next = b->next;
		if (kept == NULL && b->size == BLOCK_SIZE) {
			kept = b;
			continue;
		}
		block_free(b);
	}
	secret_wipe(kept->data, kept->used);
	kept->used = 0;
	kept->next = NULL;
	a->newest = kept;
	a->used = 0;
}

static void *
from_block(struct block *b, size_t n)
{
	void *p = b->data + b->used;

	b->used += n;
	return p;
}

void *
arena_alloc(struct arena *a, size_t n)
{
	struct block *b;

	if (n > SIZE_MAX / 2)
		out_of_memory("a size beyond reason");
	n = (n + ALIGNMENT - 1) & ~((size_t)ALIGNMENT - 1);
	if (n == 0)
		n = ALIGNMENT;
	if (a->limit != 0 && n > a->limit - a->used)
		out_of_memory("the request is larger than its limit");
	a->used += n;
	if (n <= a->newest->size - a->newest->used)
		return from_block(a->newest, n);
	if (n > LARGE) {
		b = block_new(n);
		b->next = a->newest->next;
		a->newest->next = b;
		return from_block(b, n);
	}
	b = block_new(BLOCK_SIZE);
	b->next = a->newest;
	a->newest = b;
	return from_block(b, n);
}

void *
arena_array(struct arena *a, size_t n, size_t size)
{
	size_t total;

	if (__builtin_mul_overflow(n, size, &total))
		out_of_memory("an array beyond reason");
	return arena_alloc(a, total);
}

char *
arena_strndup(struct arena *a, const char *s, size_t n)
{
	char *copy = arena_alloc(a, n + 1);

	if (n > 0)
		memcpy(copy, s, n);
	return copy;
}

char *
arena_strdup(struct arena *a, const char *s)
{
	return arena_strndup(a, s, strlen(s));
}

struct bytes
arena_dup(struct arena *a, struct bytes b)
{
	return bytes(arena_strndup(a, (const char *)b.p, b.n), b.n);
}

char *
arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap, again;
	char *s;
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	s = arena_alloc(a, (size_t)n + 1);
	vsnprintf(s, (size_t)n + 1, fmt, again);
	va_end(again);
	return s;
}

size_t
arena_used(const struct arena *a)
{
	return a->used;
}

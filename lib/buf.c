/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The growing buffer: doubles in its arena, which keeps the older copies
 * until its reset; expect well and there are none.
 */
#include "lib/buf.h"

#include <stdio.h>
#include <string.h>

#include "lib/arena.h"

enum {
	SMALLEST = 64
};

struct buf
buf_new(struct arena *a, size_t expected)
{
	size_t capacity = expected < SMALLEST ? SMALLEST : expected;

	return (struct buf){
		.arena = a,
		.p = arena_alloc(a, capacity + 1),
		.capacity = capacity,
	};
}

/* Room for n more and the NUL. */
static void
reserve(struct buf *b, size_t n)
{
	size_t capacity = b->capacity;
	uint8_t *p;

	if (n <= capacity - b->n)
		return;
	while (n > capacity - b->n)
		capacity *= 2;
	p = arena_alloc(b->arena, capacity + 1);
	memcpy(p, b->p, b->n);
	b->p = p;
	b->capacity = capacity;
}

void
buf_put(struct buf *b, const void *p, size_t n)
{
	if (n == 0)
		return;
	reserve(b, n);
	memcpy(b->p + b->n, p, n);
	b->n += n;
	b->p[b->n] = '\0';
}

void
buf_put_bytes(struct buf *b, struct bytes bytes)
{
	buf_put(b, bytes.p, bytes.n);
}

void
buf_puts(struct buf *b, const char *s)
{
	buf_put(b, s, strlen(s));
}

void
buf_vprintf(struct buf *b, const char *fmt, va_list ap)
{
	va_list again;
	int n;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	reserve(b, (size_t)n);
	vsnprintf((char *)b->p + b->n, (size_t)n + 1, fmt, ap);
	b->n += (size_t)n;
}

void
buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(b, fmt, ap);
	va_end(ap);
}

static void
put_big_endian(struct buf *b, uint64_t value, unsigned size)
{
	uint8_t out[8];

	for (unsigned i = 0; i < size; i++)
		out[i] = (uint8_t)(value >> (8 * (size - 1 - i)));
	buf_put(b, out, size);
}

void
buf_u8(struct buf *b, uint8_t value)
{
	put_big_endian(b, value, 1);
}

void
buf_u16(struct buf *b, uint16_t value)
{
	put_big_endian(b, value, 2);
}

void
buf_u32(struct buf *b, uint32_t value)
{
	put_big_endian(b, value, 4);
}

void
buf_u64(struct buf *b, uint64_t value)
{
	put_big_endian(b, value, 8);
}

struct bytes
buf_bytes(const struct buf *b)
{
	return bytes(b->p, b->n);
}

const char *
buf_text(const struct buf *b)
{
	return (const char *)b->p;
}

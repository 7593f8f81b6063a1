/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Fuzz target: a body in one piece and the same body byte by byte give the
 * same parts, or the same refusal at the same byte. The boundary is B.
 */
#include "tests/fuzz/target.h"

#include <string.h>

#include "cgi-bin/multipart.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/str.h"

static bool
begin(void *arg, const struct multipart_part *p, struct err *e)
{
	(void)e;
	require(p->name[0] != '\0' && str_utf8(bytes_of(p->name)) &&
	    str_utf8(bytes_of(p->filename)) && str_utf8(bytes_of(p->type)),
	    "names are text");
	buf_printf(arg, "[%s|%s|%s|", p->name,
	    p->filename != NULL ? p->filename : "", p->type);
	return true;
}

static bool
take(void *arg, struct bytes piece, struct err *e)
{
	(void)e;
	require(piece.n > 0, "no empty piece of data");
	buf_put_bytes(arg, piece);
	return true;
}

static bool
end(void *arg, struct err *e)
{
	(void)e;
	buf_puts(arg, "]");
	return true;
}

struct outcome {
	bool		 good;
	struct buf	 parts;
	size_t		 offset;
};

static struct outcome
read_in_steps(struct arena *a, const uint8_t *data, size_t size, size_t step)
{
	struct outcome o = { .good = true, .parts = buf_new(a, size) };
	struct multipart_sink sink = { begin, take, end, &o.parts };
	struct multipart *m = multipart_new(a, "B", &sink);
	struct err e = { 0 };

	for (size_t at = 0; o.good && at < size; at += step) {
		size_t n = step < size - at ? step : size - at;

		o.good = multipart_feed(m, bytes(data + at, n), &e);
	}
	o.good = o.good && multipart_end(m, &e);
	o.offset = multipart_offset(m);
	require(o.good || e.code == ERR_INPUT || e.code == ERR_LIMIT,
	    "a refusal says why");
	return o;
}

static void
boundary_of(struct arena *a, const uint8_t *data, size_t size)
{
	char *type = arena_strndup(a, (const char *)data, size);
	const char *boundary;
	struct err e = { 0 };

	if (multipart_boundary(a, type, &boundary, &e))
		require(boundary[0] != '\0' &&
		    strlen(boundary) <= MULTIPART_BOUNDARY,
		    "a boundary is there and short");
	else
		require(e.code == ERR_INPUT, "a refusal says why");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena *arena;
	struct outcome whole, bytewise;

	if (arena == NULL)
		arena = arena_new(0);
	whole = read_in_steps(arena, data, size, size > 0 ? size : 1);
	bytewise = read_in_steps(arena, data, size, 1);
	require(whole.good == bytewise.good &&
	    whole.offset == bytewise.offset &&
	    bytes_equal(buf_bytes(&whole.parts), buf_bytes(&bytewise.parts)),
	    "pieces do not matter");
	boundary_of(arena, data, size);
	arena_reset(arena);
	return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Fuzz target: what lib/cbor.c reads to its end it writes again to the same
 * bytes (RFC 8949 4.2.1), and after a fault it gives nothing out.
 */
#include "tests/fuzz/target.h"

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/cbor.h"
#include "lib/err.h"

static void
text_again(struct arena *a, struct cbor *c, struct buf *out)
{
	struct bytes text = cbor_text(c);

	require(memchr(text.p != NULL ? text.p : (const uint8_t *)"", '\0',
	    text.n) == NULL, "text has no NUL");
	if (c->fault == NULL)
		cbor_put_text(out, arena_strndup(a, (const char *)text.p,
		    text.n));
}

static void
item_again(struct arena *a, struct cbor *c, struct buf *out)
{
	switch (cbor_peek(c)) {
	case CBOR_UINT:
		cbor_put_uint(out, cbor_uint(c));
		return;
	case CBOR_NEGATIVE:
		cbor_put_int(out, cbor_int(c));
		return;
	case CBOR_BYTES:
		cbor_put_bytes(out, cbor_bytes(c));
		return;
	case CBOR_TEXT:
		text_again(a, c, out);
		return;
	case CBOR_ARRAY:
		cbor_put_array(out, cbor_array(c));
		return;
	case CBOR_BOOL:
		cbor_put_bool(out, cbor_bool(c));
		return;
	case CBOR_NULL:
		if (cbor_null(c))
			cbor_put_null(out);
		return;
	}
}

static void
nothing_more(struct cbor *c)
{
	require(cbor_int(c) == 0 && cbor_uint(c) == 0 && !cbor_bool(c)
	    && !cbor_null(c) && cbor_array(c) == 0 && !cbor_array_of(c, 0)
	    && cbor_bytes(c).p == NULL && cbor_text(c).p == NULL,
	    "a reader with a fault gives nothing out");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena *arena;
	struct bytes all = bytes(data, size);
	struct cbor c = cbor_read(all);
	struct err e = { 0 };
	struct buf again;

	if (arena == NULL)
		arena = arena_new(0);
	again = buf_new(arena, size);
	while (c.fault == NULL && c.at < all.n)
		item_again(arena, &c, &again);
	if (cbor_end(&c, &e)) {
		require(bytes_equal(buf_bytes(&again), all),
		    "written again, a record is the same");
	} else {
		require(c.fault != NULL && e.code == ERR_INPUT,
		    "a refusal says why");
		nothing_more(&c);
	}
	arena_reset(arena);
	return 0;
}

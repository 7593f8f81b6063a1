/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Fuzz target: the first byte chooses what is done with the others. Opened
 * with known keys, they give plaintext or one error and nothing; sealed,
 * they open to the same, and not after any one byte was changed.
 *
 * A made-up input hardly ever opens, so the corpus holds envelopes that do.
 */
#include "tests/fuzz/target.h"

#include "lib/arena.h"
#include "lib/envelope.h"
#include "lib/err.h"

enum what {
	OPEN,
	OPEN_BY,
	OPEN_CHUNKS,
	SEAL,		/* after two bytes: where, and how it is changed */
	WHAT__MAX
};

static const struct envelope_place place = {
	.table = 0x0102,
	.class = 0x0304,
	.row = { { 0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7,
	    0xa8, 0xa9, 0xaa, 0xab, 0xac, 0xad, 0xae, 0xaf } },
	.version = 0x05060708
};

static struct arena *arena;
static struct secret key, room;		/* 00 01 02 … and 01 02 03 … */

static void
init(void)
{
	struct err e;

	require(crypto_init(&e), "OpenSSL starts");
	arena = arena_new(0);
	for (int i = 0; i < SECRET_SIZE; i++) {
		key.b[i] = (uint8_t)i;
		room.b[i] = (uint8_t)(i + 1);
	}
}

static bool
opens(enum what how, struct bytes in, struct bytes *plain, struct err *e)
{
	switch (how) {
	case OPEN:
		return envelope_open(arena, &key, place, in, plain, e);
	case OPEN_BY:
		return envelope_open_by(arena, &room, place, in, plain, e);
	default:
		return envelope_chunks_open(arena, &key, bytes("context", 7),
		    in, plain, e);
	}
}

static void
open_or_nothing(enum what how, struct bytes in)
{
	struct bytes plain = bytes(NULL, 0);
	struct envelope_head h;
	struct err e = { 0 };

	if (opens(how, in, &plain, &e)) {
		require(plain.p != NULL && plain.n < in.n,
		    "what opens is shorter than what was sealed");
		require(how == OPEN_CHUNKS || envelope_head(in, &h, &e),
		    "what opens has a head");
		return;
	}
	require(plain.p == NULL && plain.n == 0 && e.code == ERR_INPUT
	    && strcmp(e.text, "does not open") == 0,
	    "every refusal is the same");
}

static void
seal_and_change(struct bytes in)
{
	struct bytes plain, sealed, opened;
	uint8_t *changed;
	struct err e;

	if (in.n < 2)
		return;
	plain = bytes(in.p + 2, in.n - 2);
	require(envelope_seal(arena, &key, 1, 2, place, plain, &sealed, &e),
	    "anything can be sealed");
	require(envelope_open(arena, &key, place, sealed, &opened, &e)
	    && bytes_equal(opened, plain), "it opens to the same");
	changed = arena_alloc(arena, sealed.n);
	memcpy(changed, sealed.p, sealed.n);
	changed[in.p[0] * sealed.n / 256] ^= in.p[1] != 0 ? in.p[1] : 1;
	open_or_nothing(OPEN, bytes(changed, sealed.n));
	require(!envelope_open(arena, &key, place, bytes(changed, sealed.n),
	    &opened, &e), "changed, it does not open");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes in;
	enum what what;

	if (arena == NULL)
		init();
	if (size == 0)
		return 0;
	in = bytes(data + 1, size - 1);
	what = data[0] % WHAT__MAX;
	if (what == SEAL)
		seal_and_change(in);
	else
		open_or_nothing(what, in);
	arena_reset(arena);
	return 0;
}

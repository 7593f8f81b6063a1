/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Envelopes to the byte: the published vectors of the construction, two
 * envelopes computed by another implementation, and everything that must not
 * open.
 */
#include "lib/envelope.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>
#include <openssl/evp.h>
#include <zlib.h>

#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"
#include "tests/unit/vectors.h"

enum {
	SERVICE = 0x1122,
	SALT = 24,
	HEADER = ENVELOPE_HEAD + SALT + 32,	/* of suite 01 */
	SEALED_CHUNK = ENVELOPE_CHUNK + CRYPTO_TAG,
	LARGEST_VECTOR = 8 * 1024 * 1024
};

static const uint64_t key_id = 0x8899aabbccddeeff;
static const char address[] = "Rua das Flores 12";

static const struct envelope_place place = {
	.table = 0x0102,
	.class = 0x0304,
	.row = { { 0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7,
	    0xa8, 0xa9, 0xaa, 0xab, 0xac, 0xad, 0xae, 0xaf } },
	.version = 0x05060708
};

static struct arena *arena;
static struct secret key, room;		/* 00 01 02 … and 01 02 03 … */
static uint8_t room_public[CRYPTO_PUBLIC];

static int
setup(void **state)
{
	struct err e;

	(void)state;
	arena = arena_new(0);
	if (!crypto_init(&e)) {
		print_error("%s\n", e.text);
		return -1;
	}
	for (int i = 0; i < SECRET_SIZE; i++) {
		key.b[i] = (uint8_t)i;
		room.b[i] = (uint8_t)(i + 1);
	}
	crypto_agree_public(&room, room_public);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static int
forget(void **state)
{
	(void)state;
	arena_reset(arena);
	return 0;
}

static struct bytes
hex(const char *s)
{
	struct bytes b;
	struct err e;

	if (!str_unhex(arena, s, &b, &e))
		fail_msg("%s", e.text);
	return b;
}

/* n bytes that differ from chunk to chunk. */
static struct bytes
text(size_t n)
{
	uint8_t *p = arena_alloc(arena, n);

	for (size_t i = 0; i < n; i++)
		p[i] = (uint8_t)(i * 31 + i / 251);
	return bytes(p, n);
}

static struct bytes
seal(struct bytes plain)
{
	struct bytes sealed;
	struct err e;

	if (!envelope_seal(arena, &key, SERVICE, key_id, place, plain,
	    &sealed, &e))
		fail_msg("%s", e.text);
	return sealed;
}

static struct bytes
seal_to_room(struct bytes plain)
{
	struct bytes sealed;
	struct err e;

	if (!envelope_seal_to(arena, room_public, SERVICE, 3, place, plain,
	    &sealed, &e))
		fail_msg("%s", e.text);
	return sealed;
}

static uint8_t *
copy(struct bytes b)
{
	uint8_t *p = arena_alloc(arena, b.n);

	memcpy(p, b.p, b.n);
	return p;
}

typedef bool	open_fn(struct arena *, const struct secret *,
		    struct envelope_place, struct bytes, struct bytes *,
		    struct err *);

/* Refused as every other refusal is, and nothing is given out. */
static bool
refused(open_fn *open, const struct secret *k, struct envelope_place at,
    struct bytes sealed)
{
	struct bytes plain = bytes("untouched", 9), before = plain;
	struct err e = { 0 };

	return !open(arena, k, at, sealed, &plain, &e)
	    && plain.p == before.p && plain.n == before.n
	    && e.code == ERR_INPUT && strcmp(e.text, "does not open") == 0;
}

static struct bytes
inflated(struct arena *a, struct bytes packed)
{
	uLongf n = LARGEST_VECTOR;
	uint8_t *p = arena_alloc(a, n);

	assert_int_equal(uncompress(p, &n, packed.p, (uLong)packed.n), Z_OK);
	return bytes(p, n);
}

static bool
chunks_vector(struct arena *a, const struct json_t *group,
    const struct json_t *test)
{
	struct bytes context = vectors_hex(a, test, "ctx");
	struct bytes sealed = inflated(a, vectors_hex(a, test, "ct"));
	struct bytes plain = bytes(NULL, 0), again;
	uint8_t hash[64];
	struct secret k;
	struct err e;
	bool opens;

	assert_string_equal(vectors_text(group, "aead"), "AEAD_AES_256_GCM");
	assert_string_equal(vectors_text(group, "sha"), "SHA-512");
	/* A key of another size is refused by its type. */
	opens = vectors_secret(a, test, "key", &k)
	    && envelope_chunks_open(a, &k, context, sealed, &plain, &e);
	vectors_hold(test, opens == vectors_valid(test));
	if (!opens) {
		vectors_hold(test, plain.p == NULL);
		return true;
	}
	assert_int_equal(plain.n, vectors_int(test, "msgLength"));
	assert_true(EVP_Q_digest(NULL, "SHA512", NULL, plain.p, plain.n, hash,
	    NULL));
	vectors_hold(test, bytes_equal(bytes(hash, sizeof hash),
	    vectors_hex(a, test, "msgSha512")));
	assert_true(envelope_chunks_seal(a, &k, sealed.p, context, plain,
	    &again, &e));
	vectors_hold(test, bytes_equal(again, sealed));
	return true;
}

static void
wycheproof_chunked_encryption(void **state)
{
	(void)state;
	assert_int_not_equal(vectors_run(
	    "wycheproof/c2sp_chunked_encryption_aes_256_gcm_test.json",
	    chunks_vector), 0);
}

/* Made from RECORDS.md 2 with the Python package cryptography. */
static const char golden_key[] =
    "010011228899aabbccddeeff404142434445464748494a4b4c4d4e4f50515253"
    "54555657d20faa33b289da75f38ae8c3ee7aa746486a6086abeeaf6054724250"
    "fbe9114bbf265d4f31bdb47c8005439c4ae38dd54eead7a1c243b73bf5e94978"
    "1fe1fd78ec";
static const char golden_room[] =
    "020011220000000000000003404142434445464748494a4b4c4d4e4f50515253"
    "54555657493e82fc74464a59268817623d2053c5eb8e2cc4a988b4fee179ec6b"
    "010d531ddca9421724b9452dfd3c27a102a3739524d4a9e6ee3a46f4241bbe14"
    "fdd97bdc3c680f0439f1b25e89693608ca741317ee7b5a92e40cc87d72baa9b9"
    "7a7bc72c87";

static void
others_envelopes_open(void **state)
{
	struct envelope_head h;
	struct bytes plain;
	struct err e;

	(void)state;
	assert_true(envelope_open(arena, &key, place, hex(golden_key), &plain,
	    &e));
	assert_true(bytes_equal(plain, bytes_of(address)));
	assert_true(envelope_head(hex(golden_key), &h, &e));
	assert_int_equal(h.suite, ENVELOPE_KEY);
	assert_int_equal(h.service, SERVICE);
	assert_true(h.key_id == key_id);

	assert_true(envelope_open_by(arena, &room, place, hex(golden_room),
	    &plain, &e));
	assert_true(bytes_equal(plain, bytes_of(address)));
	assert_true(envelope_head(hex(golden_room), &h, &e));
	assert_int_equal(h.suite, ENVELOPE_ROOM);
	assert_int_equal(h.service, SERVICE);
	assert_true(h.key_id == 3);
}

static void
sizes_and_round_trips(void **state)
{
	static const struct {
		size_t	plain, overhead;
	} facts[] = {
		{ 0, 84 },
		{ 1, 84 },
		{ 300, 84 },
		{ ENVELOPE_CHUNK - 1, 84 },
		{ ENVELOPE_CHUNK, 100 },
		{ ENVELOPE_CHUNK + 1, 100 },
		{ 2 * ENVELOPE_CHUNK - 1, 100 },
		{ 2 * ENVELOPE_CHUNK, 116 },
		{ 10 * ENVELOPE_CHUNK + 7, 244 },
	};
	struct bytes plain, sealed, opened;
	struct err e;

	(void)state;
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
		plain = text(facts[i].plain);
		sealed = seal(plain);
		assert_int_equal(sealed.n - plain.n, facts[i].overhead);
		assert_true(envelope_open(arena, &key, place, sealed, &opened,
		    &e));
		assert_true(bytes_equal(opened, plain));
		assert_non_null(opened.p);

		sealed = seal_to_room(plain);
		assert_int_equal(sealed.n - plain.n,
		    facts[i].overhead + CRYPTO_PUBLIC);
		assert_true(envelope_open_by(arena, &room, place, sealed,
		    &opened, &e));
		assert_true(bytes_equal(opened, plain));
	}
	assert_int_equal(facts[0].overhead, ENVELOPE_OVERHEAD);
}

static void
never_the_same_twice(void **state)
{
	struct bytes plain = bytes_of(address);
	struct bytes a = seal(plain), b = seal(plain);

	(void)state;
	assert_memory_equal(a.p, b.p, ENVELOPE_HEAD);
	assert_memory_not_equal(a.p + ENVELOPE_HEAD, b.p + ENVELOPE_HEAD,
	    SALT);
	assert_memory_not_equal(a.p + HEADER, b.p + HEADER, plain.n);
	a = seal_to_room(plain);
	b = seal_to_room(plain);
	assert_memory_not_equal(a.p + ENVELOPE_HEAD + SALT,
	    b.p + ENVELOPE_HEAD + SALT, CRYPTO_PUBLIC);
}

static void
every_flip_is_refused(open_fn *open, const struct secret *k,
    struct bytes sealed)
{
	uint8_t *p = copy(sealed);
	struct bytes changed = bytes(p, sealed.n);

	for (size_t bit = 0; bit < sealed.n * 8; bit++) {
		p[bit / 8] ^= (uint8_t)(1 << bit % 8);
		if (!refused(open, k, place, changed))
			fail_msg("bit %zu may be flipped", bit);
		p[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	assert_false(refused(open, k, place, changed));
}

static void
every_single_bit_counts(void **state)
{
	(void)state;
	every_flip_is_refused(envelope_open, &key, seal(text(300)));
	every_flip_is_refused(envelope_open, &key, seal(text(0)));
	every_flip_is_refused(envelope_open_by, &room,
	    seal_to_room(text(20)));
}

static void
every_place_counts(void **state)
{
	static const struct {
		const char	*what;
		size_t		 at;		/* in the struct */
	} facts[] = {
		{ "table", offsetof(struct envelope_place, table) },
		{ "class", offsetof(struct envelope_place, class) },
		{ "row, first byte", offsetof(struct envelope_place, row) },
		{ "row, last byte",
		    offsetof(struct envelope_place, row) + UUID_SIZE - 1 },
		{ "version", offsetof(struct envelope_place, version) },
	};
	struct bytes by_key = seal(bytes_of(address));
	struct bytes by_room = seal_to_room(bytes_of(address));
	struct envelope_place other;
	uint8_t b[sizeof other];

	(void)state;
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
		memcpy(b, &place, sizeof b);
		b[facts[i].at] ^= 1;
		memcpy(&other, b, sizeof other);
		if (!refused(envelope_open, &key, other, by_key)
		    || !refused(envelope_open_by, &room, other, by_room))
			fail_msg("%s may differ", facts[i].what);
	}
	assert_false(refused(envelope_open, &key, place, by_key));
	assert_false(refused(envelope_open_by, &room, place, by_room));
}

/* The same bytes, said to be another room's or under another key's name. */
static void
service_and_key_count(void **state)
{
	struct bytes sealed = seal(bytes_of(address));
	struct bytes to_room = seal_to_room(bytes_of(address));
	struct secret other = crypto_new_key();
	uint8_t *p = copy(sealed);

	(void)state;
	p[3] = 0x23;
	assert_true(refused(envelope_open, &key, place, bytes(p, sealed.n)));
	p[3] = sealed.p[3];
	p[ENVELOPE_HEAD - 1]++;
	assert_true(refused(envelope_open, &key, place, bytes(p, sealed.n)));
	assert_true(refused(envelope_open, &other, place, sealed));
	assert_true(refused(envelope_open_by, &other, place, to_room));
	assert_true(refused(envelope_open_by, &key, place, sealed));
	assert_true(refused(envelope_open, &room, place, to_room));
}

static void
cut_short_or_lengthened(void **state)
{
	struct bytes small = seal(text(40)), room_small;
	struct bytes large = seal(text(2 * ENVELOPE_CHUNK + 100));
	uint8_t *longer = arena_alloc(arena, large.n + SEALED_CHUNK);

	(void)state;
	for (size_t n = 0; n < small.n; n++)
		assert_true(refused(envelope_open, &key, place,
		    bytes(small.p, n)));
	room_small = seal_to_room(text(40));
	for (size_t n = 0; n < room_small.n; n++)
		assert_true(refused(envelope_open_by, &room, place,
		    bytes(room_small.p, n)));
	for (size_t chunk = 0; chunk <= 2; chunk++)
		for (size_t n = 0; n <= 2 * CRYPTO_TAG; n++)
			assert_true(refused(envelope_open, &key, place,
			    bytes(large.p, HEADER + chunk * SEALED_CHUNK
			    + n - (chunk > 0 ? CRYPTO_TAG : 0))));
	memcpy(longer, large.p, large.n);
	memcpy(longer + large.n, large.p + HEADER, SEALED_CHUNK);
	for (size_t n = 1; n <= SEALED_CHUNK; n += 1 + n / 3)
		assert_true(refused(envelope_open, &key, place,
		    bytes(longer, large.n + n)));
}

static void
chunks_in_another_order(void **state)
{
	struct bytes sealed = seal(text(3 * ENVELOPE_CHUNK));
	uint8_t *p = copy(sealed);

	(void)state;
	memcpy(p + HEADER, sealed.p + HEADER + SEALED_CHUNK, SEALED_CHUNK);
	memcpy(p + HEADER + SEALED_CHUNK, sealed.p + HEADER, SEALED_CHUNK);
	assert_true(refused(envelope_open, &key, place, bytes(p, sealed.n)));

	memcpy(p, sealed.p, sealed.n);
	memcpy(p + HEADER + SEALED_CHUNK, sealed.p + HEADER, SEALED_CHUNK);
	assert_true(refused(envelope_open, &key, place, bytes(p, sealed.n)));

	/* The middle one taken out. */
	memcpy(p, sealed.p, sealed.n);
	memmove(p + HEADER + SEALED_CHUNK, p + HEADER + 2 * SEALED_CHUNK,
	    SEALED_CHUNK + CRYPTO_TAG);
	assert_true(refused(envelope_open, &key, place,
	    bytes(p, sealed.n - SEALED_CHUNK)));
}

static void
heads_that_are_refused(void **state)
{
	static const struct {
		size_t		 n;
		uint8_t		 b[ENVELOPE_HEAD];
		const char	*text;
	} facts[] = {
		{ 0, { 0 }, "an envelope cut short" },
		{ 11, { 1 }, "an envelope cut short" },
		{ 12, { 0 }, "an envelope of unknown suite" },
		{ 12, { 3 }, "an envelope of unknown suite" },
		{ 12, { 0x81 }, "an envelope of unknown suite" },
		{ 12, { 1, 1 }, "an envelope with unknown flags" },
		{ 12, { 2, 0x80 }, "an envelope with unknown flags" },
	};
	struct envelope_head h;

	(void)state;
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
		struct err e = { 0 };

		assert_false(envelope_head(bytes(facts[i].b, facts[i].n), &h,
		    &e));
		assert_int_equal(e.code, ERR_INPUT);
		assert_string_equal(e.text, facts[i].text);
	}
}

/* A key of small order would make a secret that everybody knows. */
static void
weak_public_keys(void **state)
{
	static const uint8_t zero[CRYPTO_PUBLIC];
	struct bytes sealed = seal_to_room(bytes_of(address));
	struct bytes out = bytes(NULL, 0);
	uint8_t *p = copy(sealed);
	struct err e = { 0 };

	(void)state;
	memset(p + ENVELOPE_HEAD + SALT, 0, CRYPTO_PUBLIC);
	assert_true(refused(envelope_open_by, &room, place,
	    bytes(p, sealed.n)));
	assert_false(envelope_seal_to(arena, zero, SERVICE, 1, place,
	    bytes_of(address), &out, &e));
	assert_int_equal(e.code, ERR_INPUT);
	assert_null(out.p);
}

#define FACT(f)	cmocka_unit_test_teardown(f, forget)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FACT(others_envelopes_open),
		FACT(sizes_and_round_trips),
		FACT(never_the_same_twice),
		FACT(every_single_bit_counts),
		FACT(every_place_counts),
		FACT(service_and_key_count),
		FACT(cut_short_or_lengthened),
		FACT(chunks_in_another_order),
		FACT(heads_that_are_refused),
		FACT(weak_public_keys),
		FACT(wycheproof_chunked_encryption),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, setup, teardown);
}

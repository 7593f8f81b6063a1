/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sealing and opening records, to the byte: RECORDS.md 2 around the C2SP
 * construction. It knows neither whose key it is given nor what is inside:
 * services/vault.c and services/message.c are its callers.
 */
#include "lib/envelope.h"

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"

enum {
	SALT = 24,
	COMMITMENT = 32,
	SEALED_CHUNK = ENVELOPE_CHUNK + CRYPTO_TAG,
	CONTEXT = 45
};

/* chunked-encryption.md, "Message chunking": fewer than 2^38 chunks. */
static const uint64_t chunks_max = UINT64_C(1) << 38;

/* What one salt, key and context derive, in the order they are derived. */
struct derived {
	struct secret	key;
	uint8_t		nonce[CRYPTO_NONCE];
	uint8_t		commitment[COMMITMENT];
};
_Static_assert(sizeof(struct derived) == 76, "derived in one piece");

static bool
does_not_open(struct err *e)
{
	return err_set(e, ERR_INPUT, "does not open");
}

static struct derived
derive(struct arena *a, const struct secret *input_key, const uint8_t *salt,
    struct bytes context)
{
	static const char label[] =
	    "c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM";
	struct buf info = buf_new(a, sizeof label + SALT + context.n);
	struct derived d;

	buf_put(&info, label, sizeof label);	/* the NUL is part of it */
	buf_put(&info, salt, SALT);
	buf_put_bytes(&info, context);
	crypto_expand512(secret_bytes(input_key), buf_bytes(&info),
	    (uint8_t *)&d, sizeof d);
	return d;
}

static void
chunk_nonce(const struct derived *d, uint64_t i, uint8_t out[CRYPTO_NONCE])
{
	for (int at = CRYPTO_NONCE - 1; at >= 0; at--, i >>= 8)
		out[at] = d->nonce[at] ^ (uint8_t)i;
}

/* The i-th piece of so many bytes; the last one is shorter. */
static struct bytes
piece(struct bytes all, size_t i, size_t size)
{
	size_t at = i * size, left = all.n - at;

	return bytes(all.p + at, left < size ? left : size);
}

static bool
chunk_open(const struct derived *d, struct bytes chunks, size_t i,
    uint8_t *out, struct err *e)
{
	uint8_t nonce[CRYPTO_NONCE];

	chunk_nonce(d, i, nonce);
	return crypto_open(&d->key, nonce, bytes(NULL, 0),
	    piece(chunks, i, SEALED_CHUNK), out, e);
}

/* commitment | chunks, over a plaintext of n bytes. */
static size_t
body_size(size_t n)
{
	return COMMITMENT + n + (n / ENVELOPE_CHUNK + 1) * CRYPTO_TAG;
}

/* A length that a sealer makes. */
static bool
body_fits(struct bytes body)
{
	return body.n >= COMMITMENT
	    && (body.n - COMMITMENT) % SEALED_CHUNK >= CRYPTO_TAG
	    && (body.n - COMMITMENT) / SEALED_CHUNK < chunks_max;
}

/* The keys for this body, if it has their commitment. */
static bool
body_keys(struct arena *a, const struct secret *key, const uint8_t *salt,
    struct bytes context, struct bytes body, struct derived *d)
{
	if (!body_fits(body))
		return false;
	*d = derive(a, key, salt, context);
	if (secret_same(bytes(d->commitment, COMMITMENT),
	    bytes(body.p, COMMITMENT)))
		return true;
	secret_wipe(d, sizeof *d);
	return false;
}

/* The plaintext of all chunks, or of none. */
static bool
chunks_open(struct arena *a, const struct derived *d, struct bytes chunks,
    struct bytes *plain)
{
	size_t last = chunks.n / SEALED_CHUNK;
	size_t n = chunks.n - (last + 1) * CRYPTO_TAG;
	uint8_t *out = arena_alloc(a, n);
	bool good = true;

	for (size_t i = 0; good && i <= last; i++)
		good = chunk_open(d, chunks, i, out + i * ENVELOPE_CHUNK,
		    NULL);
	if (!good) {
		secret_wipe(out, n);
		return false;
	}
	*plain = bytes(out, n);
	return true;
}

static bool
body_open(struct arena *a, const struct secret *key, const uint8_t *salt,
    struct bytes context, struct bytes body, struct bytes *plain)
{
	struct derived d;
	bool good;

	if (!body_keys(a, key, salt, context, body, &d))
		return false;
	good = chunks_open(a, &d, bytes(body.p + COMMITMENT,
	    body.n - COMMITMENT), plain);
	secret_wipe(&d, sizeof d);
	return good;
}

/* Opened chunk by chunk, so that sealing a large attachment does not need
 * its size a third time. */
static bool
body_holds(struct arena *a, const struct secret *key, const uint8_t *salt,
    struct bytes context, struct bytes body, struct bytes plain)
{
	uint8_t opened[ENVELOPE_CHUNK];
	struct bytes chunks, part;
	struct derived d;
	bool good = true;

	if (!body_keys(a, key, salt, context, body, &d))
		return false;
	chunks = bytes(body.p + COMMITMENT, body.n - COMMITMENT);
	for (size_t i = 0; good && i <= plain.n / ENVELOPE_CHUNK; i++) {
		part = piece(plain, i, ENVELOPE_CHUNK);
		good = chunk_open(&d, chunks, i, opened, NULL)
		    && secret_same(bytes(opened, part.n), part);
	}
	secret_wipe(opened, plain.n < sizeof opened ? plain.n : sizeof opened);
	secret_wipe(&d, sizeof d);
	return good;
}

/* Writes body_size(plain.n) bytes. */
static bool
body_seal(struct arena *a, const struct secret *key, const uint8_t *salt,
    struct bytes context, struct bytes plain, uint8_t *body, struct err *e)
{
	struct derived d = derive(a, key, salt, context);
	uint8_t nonce[CRYPTO_NONCE];
	size_t last = plain.n / ENVELOPE_CHUNK;

	memcpy(body, d.commitment, COMMITMENT);
	for (size_t i = 0; i <= last; i++) {
		chunk_nonce(&d, i, nonce);
		crypto_seal(&d.key, nonce, bytes(NULL, 0),
		    piece(plain, i, ENVELOPE_CHUNK),
		    body + COMMITMENT + i * SEALED_CHUNK);
	}
	secret_wipe(&d, sizeof d);
	if (!body_holds(a, key, salt, context,
	    bytes(body, body_size(plain.n)), plain))
		return err_set(e, ERR_SYSTEM, "what was sealed does not open");
	return true;
}

static bool
size_check(struct bytes plain, struct err *e)
{
	if (plain.n / ENVELOPE_CHUNK >= chunks_max)
		return err_set(e, ERR_LIMIT, "too long to seal");
	return true;
}

bool
envelope_chunks_seal(struct arena *a, const struct secret *input_key,
    const uint8_t salt[24], struct bytes context, struct bytes plain,
    struct bytes *sealed, struct err *e)
{
	size_t n = SALT + body_size(plain.n);
	uint8_t *out;

	if (!size_check(plain, e))
		return false;
	out = arena_alloc(a, n);
	memcpy(out, salt, SALT);
	if (!body_seal(a, input_key, salt, context, plain, out + SALT, e))
		return false;
	*sealed = bytes(out, n);
	return true;
}

bool
envelope_chunks_open(struct arena *a, const struct secret *input_key,
    struct bytes context, struct bytes sealed, struct bytes *plain,
    struct err *e)
{
	if (sealed.n < SALT || !body_open(a, input_key, sealed.p, context,
	    bytes(sealed.p + SALT, sealed.n - SALT), plain))
		return does_not_open(e);
	return true;
}

static uint8_t *
put(uint8_t *at, uint64_t value, int size)
{
	for (int i = size - 1; i >= 0; i--, value >>= 8)
		at[i] = (uint8_t)value;
	return at + size;
}

static uint64_t
get(const uint8_t *at, int size)
{
	uint64_t value = 0;

	for (int i = 0; i < size; i++)
		value = value << 8 | at[i];
	return value;
}

static void
head_put(const struct envelope_head *h, uint8_t out[ENVELOPE_HEAD])
{
	out[0] = h->suite;
	out[1] = 0;
	put(put(out + 2, h->service, 2), h->key_id, 8);
}

bool
envelope_head(struct bytes b, struct envelope_head *h, struct err *e)
{
	if (b.n < ENVELOPE_HEAD)
		return err_set(e, ERR_INPUT, "an envelope cut short");
	if (b.p[0] != ENVELOPE_KEY && b.p[0] != ENVELOPE_ROOM)
		return err_set(e, ERR_INPUT, "an envelope of unknown suite");
	if (b.p[1] != 0)
		return err_set(e, ERR_INPUT, "an envelope with unknown flags");
	h->suite = b.p[0];
	h->service = (uint16_t)get(b.p + 2, 2);
	h->key_id = get(b.p + 4, 8);
	return true;
}

static void
context_of(const uint8_t *head, struct envelope_place at,
    uint8_t out[CONTEXT])
{
	static const char label[] = "cs-rec/1";
	uint8_t *p = out;

	memcpy(p, label, sizeof label);		/* the NUL is part of it */
	p += sizeof label;
	memcpy(p, head, ENVELOPE_HEAD);
	p = put(p + ENVELOPE_HEAD, at.table, 2);
	p = put(p, at.class, 2);
	memcpy(p, at.row.b, UUID_SIZE);
	put(p + UUID_SIZE, at.version, 4);
}

/* An envelope of the wanted suite with room for what follows its head. */
static bool
is_suite(struct bytes sealed, uint8_t suite, size_t before_body)
{
	struct envelope_head h;

	return sealed.n >= before_body && envelope_head(sealed, &h, NULL)
	    && h.suite == suite;
}

bool
envelope_seal(struct arena *a, const struct secret *key, uint16_t service,
    uint64_t key_id, struct envelope_place at, struct bytes plain,
    struct bytes *sealed, struct err *e)
{
	const struct envelope_head h = { ENVELOPE_KEY, service, key_id };
	size_t before = ENVELOPE_HEAD + SALT;
	size_t n = before + body_size(plain.n);
	uint8_t context[CONTEXT], *out;

	if (!size_check(plain, e))
		return false;
	out = arena_alloc(a, n);
	head_put(&h, out);
	crypto_random(out + ENVELOPE_HEAD, SALT);
	context_of(out, at, context);
	if (!body_seal(a, key, out + ENVELOPE_HEAD, bytes(context, CONTEXT),
	    plain, out + before, e))
		return false;
	*sealed = bytes(out, n);
	return true;
}

bool
envelope_open(struct arena *a, const struct secret *key,
    struct envelope_place at, struct bytes sealed, struct bytes *plain,
    struct err *e)
{
	size_t before = ENVELOPE_HEAD + SALT;
	uint8_t context[CONTEXT];

	if (!is_suite(sealed, ENVELOPE_KEY, before))
		return does_not_open(e);
	context_of(sealed.p, at, context);
	if (!body_open(a, key, sealed.p + ENVELOPE_HEAD,
	    bytes(context, CONTEXT),
	    bytes(sealed.p + before, sealed.n - before), plain))
		return does_not_open(e);
	return true;
}

bool
envelope_reveal(struct arena *a, const struct secret *key,
    struct envelope_place at, struct bytes sealed,
    uint8_t revealed[ENVELOPE_REVEALED], struct err *e)
{
	uint8_t context[CONTEXT];
	struct bytes plain;
	struct derived d;

	if (!envelope_open(a, key, at, sealed, &plain, e))
		return false;
	context_of(sealed.p, at, context);
	d = derive(a, key, sealed.p + ENVELOPE_HEAD, bytes(context, CONTEXT));
	memcpy(revealed, &d, ENVELOPE_REVEALED);
	secret_wipe(&d, sizeof d);
	return true;
}

/* The commitment needs the data key: what holds instead is that each chunk's
 * tag does, under the key and nonce given. */
bool
envelope_open_revealed(struct arena *a, struct bytes revealed,
    struct bytes sealed, struct bytes *plain, struct err *e)
{
	size_t before = ENVELOPE_HEAD + SALT;
	struct bytes body;
	struct derived d;
	bool good;

	if (revealed.n != ENVELOPE_REVEALED
	    || !is_suite(sealed, ENVELOPE_KEY, before))
		return does_not_open(e);
	body = bytes(sealed.p + before, sealed.n - before);
	if (!body_fits(body))
		return does_not_open(e);
	memcpy(&d, revealed.p, ENVELOPE_REVEALED);
	good = chunks_open(a, &d, bytes(body.p + COMMITMENT,
	    body.n - COMMITMENT), plain);
	secret_wipe(&d, sizeof d);
	return good || does_not_open(e);
}

/* Suite 02's input key. Both public keys go into the salt, so that neither
 * can be replaced by another that gives the same secret. */
static bool
room_key(const struct secret *mine, const uint8_t *peer,
    const uint8_t *ephemeral, const uint8_t *room, struct secret *key,
    struct err *e)
{
	uint8_t salt[2 * CRYPTO_PUBLIC];
	struct secret shared, extracted;

	if (!crypto_agree(mine, peer, &shared, e))
		return false;
	memcpy(salt, ephemeral, CRYPTO_PUBLIC);
	memcpy(salt + CRYPTO_PUBLIC, room, CRYPTO_PUBLIC);
	extracted = crypto_extract(bytes(salt, sizeof salt),
	    secret_bytes(&shared));
	crypto_expand(&extracted, bytes_of("cs-room/1"), key->b,
	    sizeof key->b);
	secret_wipe(&shared, sizeof shared);
	secret_wipe(&extracted, sizeof extracted);
	return true;
}

bool
envelope_seal_to(struct arena *a, const uint8_t room_public[CRYPTO_PUBLIC],
    uint16_t service, uint64_t key_version, struct envelope_place at,
    struct bytes plain, struct bytes *sealed, struct err *e)
{
	const struct envelope_head h = { ENVELOPE_ROOM, service, key_version };
	size_t before = ENVELOPE_HEAD + SALT + CRYPTO_PUBLIC;
	size_t n = before + body_size(plain.n);
	uint8_t context[CONTEXT], *out, *ephemeral;
	struct secret once, key;
	bool done;

	if (!size_check(plain, e))
		return false;
	out = arena_alloc(a, n);
	head_put(&h, out);
	crypto_random(out + ENVELOPE_HEAD, SALT);
	ephemeral = out + ENVELOPE_HEAD + SALT;
	once = crypto_new_key();
	crypto_agree_public(&once, ephemeral);
	done = room_key(&once, room_public, ephemeral, room_public, &key, e);
	secret_wipe(&once, sizeof once);
	if (!done)
		return false;
	context_of(out, at, context);
	done = body_seal(a, &key, out + ENVELOPE_HEAD,
	    bytes(context, CONTEXT), plain, out + before, e);
	secret_wipe(&key, sizeof key);
	if (done)
		*sealed = bytes(out, n);
	return done;
}

bool
envelope_open_by(struct arena *a, const struct secret *room_private,
    struct envelope_place at, struct bytes sealed, struct bytes *plain,
    struct err *e)
{
	size_t before = ENVELOPE_HEAD + SALT + CRYPTO_PUBLIC;
	uint8_t context[CONTEXT], room[CRYPTO_PUBLIC];
	const uint8_t *ephemeral;
	struct secret key;
	bool done;

	if (!is_suite(sealed, ENVELOPE_ROOM, before))
		return does_not_open(e);
	ephemeral = sealed.p + ENVELOPE_HEAD + SALT;
	crypto_agree_public(room_private, room);
	if (!room_key(room_private, ephemeral, ephemeral, room, &key, NULL))
		return does_not_open(e);
	context_of(sealed.p, at, context);
	done = body_open(a, &key, sealed.p + ENVELOPE_HEAD,
	    bytes(context, CONTEXT),
	    bytes(sealed.p + before, sealed.n - before), plain);
	secret_wipe(&key, sizeof key);
	return done || does_not_open(e);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The primitives, and OpenSSL's only door. Algorithms are fetched once, at
 * crypto_init(); contexts are kept and used again; every return value is
 * checked. A primitive that cannot fail on valid arguments ends the program
 * when it does fail: there is no sensible answer to a broken SHA-256.
 */
#ifndef LIB_CRYPTO_H
#define LIB_CRYPTO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/bytes.h"
#include "lib/secret.h"

struct arena;
struct err;

enum {
	CRYPTO_HASH = 32,	/* SHA-256 */
	CRYPTO_TAG = 16,	/* AES-GCM; a constant, never from a message */
	CRYPTO_NONCE = 12,
	CRYPTO_SIGNATURE = 64,	/* Ed25519 */
	CRYPTO_PUBLIC = 32	/* Ed25519 and X25519 */
};

struct hash {
	uint8_t	b[CRYPTO_HASH];
};

/* Fetch everything. Before any other call, once a process. ERR_SYSTEM. */
bool		crypto_init(struct err *e);

/* Drop the random bytes drawn ahead: call in the child after fork(). */
void		crypto_forked(void);

/* From a small buffer of RAND_bytes. Never fails (see above). */
void		crypto_random(void *, size_t n);
struct secret	crypto_new_key(void);

struct hash	crypto_sha256(struct bytes);
/* SHA-256 of several pieces, one after another. */
struct hash	crypto_sha256_of(const struct bytes *pieces, size_t n);
struct hash	crypto_hmac(struct bytes key, struct bytes message);

/*
 * HKDF (RFC 5869). extract gives the pseudorandom key; expand fills out,
 * n <= 255 * 32 (SHA-256) or 255 * 64 (SHA-512).
 */
struct secret	crypto_extract(struct bytes salt, struct bytes input);
void		crypto_expand(const struct secret *key, struct bytes info,
		    uint8_t *out, size_t n);
void		crypto_expand512(struct bytes key, struct bytes info,
		    uint8_t *out, size_t n);

/*
 * AES-256-GCM. seal writes plain.n bytes and then the tag to out. open
 * writes sealed.n - CRYPTO_TAG bytes, or fails with nothing to be read there
 * (ERR_INPUT). out may not overlap the input.
 */
void		crypto_seal(const struct secret *key,
		    const uint8_t nonce[CRYPTO_NONCE], struct bytes ad,
		    struct bytes plain, uint8_t *out);
bool		crypto_open(const struct secret *key,
		    const uint8_t nonce[CRYPTO_NONCE], struct bytes ad,
		    struct bytes sealed, uint8_t *out, struct err *e);

/* Ed25519 (RFC 8032), from the 32-byte seed. */
void		crypto_sign_public(const struct secret *seed,
		    uint8_t public[CRYPTO_PUBLIC]);
void		crypto_sign(const struct secret *seed, struct bytes message,
		    uint8_t signature[CRYPTO_SIGNATURE]);
bool		crypto_verify(const uint8_t public[CRYPTO_PUBLIC],
		    struct bytes message, struct bytes signature);

/*
 * X25519 (RFC 7748). agree refuses a peer that makes the shared secret
 * all-zero (ERR_INPUT).
 */
void		crypto_agree_public(const struct secret *private,
		    uint8_t public[CRYPTO_PUBLIC]);
bool		crypto_agree(const struct secret *private,
		    const uint8_t peer[CRYPTO_PUBLIC], struct secret *shared,
		    struct err *e);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * OpenSSL's door. Its algorithms and contexts are fetched once and used again
 * (fetching costs more than hashing a short record), which is why they are
 * the file-scope variables here. This file knows primitives, not what they
 * are used for: envelopes are lib/envelope.c, CMS is lib/cms.c.
 */
#include "lib/crypto.h"

#include <limits.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rand.h>

#include "lib/err.h"
#include "lib/log.h"

enum {
	POOL_SIZE = 256,
	HASH512 = 64,
	EXPAND_BLOCKS = 255	/* RFC 5869 2.3 */
};

static struct {
	EVP_MD_CTX	*digest;
	EVP_MD_CTX	*signature;
	EVP_MAC_CTX	*hmac;
	EVP_MAC_CTX	*hmac512;
	EVP_CIPHER_CTX	*seal;
	EVP_CIPHER_CTX	*open;
	EVP_MD		*sha256;
	bool		 ready;
} door;

static struct {
	uint8_t	b[POOL_SIZE];
	size_t	left;
} pool;

static _Noreturn void
broken(const char *what)
{
	log_event(LOG_ALARM, "crypto-broken", "what", what, NULL);
	_exit(EX_SOFTWARE);
}

static void
must(bool held, const char *what)
{
	if (!held)
		broken(what);
}

/* A failure that was expected leaves lines in a queue that libpq's TLS would
 * take for its own. */
static bool
refuse(struct err *e, const char *text)
{
	ERR_clear_error();
	return err_set(e, ERR_INPUT, "%s", text);
}

/* NULL means "as before" to OpenSSL where we mean "nothing". */
static struct bytes
never_null(struct bytes b)
{
	return b.p != NULL ? b : bytes("", 0);
}

static EVP_MAC_CTX *
hmac_new(char *hash)
{
	OSSL_PARAM params[] = {
		OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, hash,
		    0),
		OSSL_PARAM_construct_end()
	};
	EVP_MAC *mac = EVP_MAC_fetch(NULL, "HMAC", NULL);
	EVP_MAC_CTX *c = mac != NULL ? EVP_MAC_CTX_new(mac) : NULL;

	EVP_MAC_free(mac);
	if (c != NULL && EVP_MAC_CTX_set_params(c, params) == 1)
		return c;
	EVP_MAC_CTX_free(c);
	return NULL;
}

static bool
gcm_init(void)
{
	EVP_CIPHER *gcm = EVP_CIPHER_fetch(NULL, "AES-256-GCM", NULL);
	bool done;

	door.seal = EVP_CIPHER_CTX_new();
	door.open = EVP_CIPHER_CTX_new();
	done = gcm != NULL && door.seal != NULL && door.open != NULL
	    && EVP_EncryptInit_ex2(door.seal, gcm, NULL, NULL, NULL) == 1
	    && EVP_DecryptInit_ex2(door.open, gcm, NULL, NULL, NULL) == 1;
	EVP_CIPHER_free(gcm);
	return done;
}

bool
crypto_init(struct err *e)
{
	char sha256[] = "SHA256", sha512[] = "SHA512";

	if (door.ready)
		return true;
	door.sha256 = EVP_MD_fetch(NULL, sha256, NULL);
	door.digest = EVP_MD_CTX_new();
	door.signature = EVP_MD_CTX_new();
	door.hmac = hmac_new(sha256);
	door.hmac512 = hmac_new(sha512);
	if (door.sha256 == NULL || door.digest == NULL
	    || door.signature == NULL || door.hmac == NULL
	    || door.hmac512 == NULL || !gcm_init())
		return err_set(e, ERR_SYSTEM, "OpenSSL lacks SHA-2, HMAC or "
		    "AES-256-GCM: is its default provider loaded?");
	door.ready = true;
	return true;
}

void
crypto_forked(void)
{
	secret_wipe(&pool, sizeof pool);
}

/* What has been handed out is wiped here, so that the process's memory does
 * not tell later which salts and ids it drew. */
void
crypto_random(void *p, size_t n)
{
	if (n > sizeof pool.b) {
		must(RAND_bytes_ex(NULL, p, n, 0) == 1, "random");
		return;
	}
	if (n > pool.left) {
		must(RAND_bytes_ex(NULL, pool.b, sizeof pool.b, 0) == 1,
		    "random");
		pool.left = sizeof pool.b;
	}
	if (n == 0)
		return;
	pool.left -= n;
	memcpy(p, pool.b + pool.left, n);
	secret_wipe(pool.b + pool.left, n);
}

struct secret
crypto_new_key(void)
{
	struct secret key;

	must(RAND_priv_bytes_ex(NULL, key.b, sizeof key.b, 0) == 1, "random");
	return key;
}

struct hash
crypto_sha256(struct bytes b)
{
	return crypto_sha256_of(&b, 1);
}

struct hash
crypto_sha256_of(const struct bytes *pieces, size_t n)
{
	struct hash out;

	must(EVP_DigestInit_ex2(door.digest, door.sha256, NULL) == 1,
	    "sha256");
	for (size_t i = 0; i < n; i++)
		must(EVP_DigestUpdate(door.digest, pieces[i].p, pieces[i].n)
		    == 1, "sha256");
	must(EVP_DigestFinal_ex(door.digest, out.b, NULL) == 1, "sha256");
	return out;
}

/* A key without address runs the context again with the key it has. */
static void
mac(EVP_MAC_CTX *c, struct bytes key, const struct bytes *pieces, size_t n,
    uint8_t *out, size_t size)
{
	size_t written = 0;

	must(EVP_MAC_init(c, key.p, key.n, NULL) == 1, "hmac");
	for (size_t i = 0; i < n; i++)
		must(pieces[i].n == 0
		    || EVP_MAC_update(c, pieces[i].p, pieces[i].n) == 1,
		    "hmac");
	must(EVP_MAC_final(c, out, &written, size) == 1 && written == size,
	    "hmac");
}

struct hash
crypto_hmac(struct bytes key, struct bytes message)
{
	struct hash out = { { 0 } };

	mac(door.hmac, never_null(key), &message, 1, out.b, sizeof out.b);
	return out;
}

struct secret
crypto_extract(struct bytes salt, struct bytes input)
{
	struct secret out = { { 0 } };

	mac(door.hmac, never_null(salt), &input, 1, out.b, sizeof out.b);
	return out;
}

/* RFC 5869 2.3. OpenSSL has it as a KDF too, at twice the time. */
static void
expand(EVP_MAC_CTX *c, size_t size, struct bytes key, struct bytes info,
    uint8_t *out, size_t n)
{
	uint8_t block[HASH512], count = 0;
	struct bytes pieces[] = {
		bytes(block, 0), info, bytes(&count, sizeof count)
	};
	size_t part;

	must(n <= EXPAND_BLOCKS * size, "hkdf: more than 255 blocks");
	key = never_null(key);
	while (n > 0) {
		count++;
		mac(c, key, pieces, 3, block, size);
		part = n < size ? n : size;
		memcpy(out, block, part);
		out += part;
		n -= part;
		pieces[0].n = size;
		key = bytes(NULL, 0);
	}
	secret_wipe(block, sizeof block);
}

void
crypto_expand(const struct secret *key, struct bytes info, uint8_t *out,
    size_t n)
{
	expand(door.hmac, CRYPTO_HASH, secret_bytes(key), info, out, n);
}

void
crypto_expand512(struct bytes key, struct bytes info, uint8_t *out, size_t n)
{
	expand(door.hmac512, HASH512, key, info, out, n);
}

/* Key and nonce always go in together: with a new key and an old nonce
 * OpenSSL says nothing until the next call. */
void
crypto_seal(const struct secret *key, const uint8_t nonce[CRYPTO_NONCE],
    struct bytes ad, struct bytes plain, uint8_t *out)
{
	EVP_CIPHER_CTX *c = door.seal;
	int n = 0;

	must(ad.n <= INT_MAX && plain.n <= INT_MAX, "aes-gcm: too long");
	must(EVP_EncryptInit_ex2(c, NULL, key->b, nonce, NULL) == 1,
	    "aes-gcm");
	must(ad.n == 0 || EVP_EncryptUpdate(c, NULL, &n, ad.p, (int)ad.n) == 1,
	    "aes-gcm");
	n = 0;
	must(plain.n == 0
	    || EVP_EncryptUpdate(c, out, &n, plain.p, (int)plain.n) == 1,
	    "aes-gcm");
	must((size_t)n == plain.n, "aes-gcm");
	must(EVP_EncryptFinal_ex(c, out + plain.n, &n) == 1 && n == 0,
	    "aes-gcm");
	must(EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_AEAD_GET_TAG, CRYPTO_TAG,
	    out + plain.n) == 1, "aes-gcm");
}

static bool
gcm_open(EVP_CIPHER_CTX *c, struct bytes ad, struct bytes sealed, uint8_t *out)
{
	uint8_t tag[CRYPTO_TAG];
	size_t size = sealed.n - CRYPTO_TAG;
	int n = 0;

	memcpy(tag, sealed.p + size, sizeof tag);
	must(ad.n == 0 || EVP_DecryptUpdate(c, NULL, &n, ad.p, (int)ad.n) == 1,
	    "aes-gcm");
	n = 0;
	must(size == 0
	    || EVP_DecryptUpdate(c, out, &n, sealed.p, (int)size) == 1,
	    "aes-gcm");
	must((size_t)n == size, "aes-gcm");
	must(EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_AEAD_SET_TAG, CRYPTO_TAG, tag)
	    == 1, "aes-gcm");
	return EVP_DecryptFinal_ex(c, out + size, &n) == 1;
}

bool
crypto_open(const struct secret *key, const uint8_t nonce[CRYPTO_NONCE],
    struct bytes ad, struct bytes sealed, uint8_t *out, struct err *e)
{
	if (sealed.n < CRYPTO_TAG || sealed.n > INT_MAX || ad.n > INT_MAX)
		return err_set(e, ERR_INPUT, "does not open");
	must(EVP_DecryptInit_ex2(door.open, NULL, key->b, nonce, NULL) == 1,
	    "aes-gcm");
	if (gcm_open(door.open, ad, sealed, out))
		return true;
	secret_wipe(out, sealed.n - CRYPTO_TAG);
	return refuse(e, "does not open");
}

static EVP_PKEY *
private_key(const char *kind, const struct secret *s)
{
	EVP_PKEY *k = EVP_PKEY_new_raw_private_key_ex(NULL, kind, NULL, s->b,
	    sizeof s->b);

	must(k != NULL, kind);
	return k;
}

static void
public_of(const char *kind, const struct secret *s,
    uint8_t public[CRYPTO_PUBLIC])
{
	EVP_PKEY *k = private_key(kind, s);
	size_t n = CRYPTO_PUBLIC;

	must(EVP_PKEY_get_raw_public_key(k, public, &n) == 1
	    && n == CRYPTO_PUBLIC, kind);
	EVP_PKEY_free(k);
}

void
crypto_sign_public(const struct secret *seed, uint8_t public[CRYPTO_PUBLIC])
{
	public_of("ED25519", seed, public);
}

void
crypto_sign(const struct secret *seed, struct bytes message,
    uint8_t signature[CRYPTO_SIGNATURE])
{
	EVP_PKEY *k = private_key("ED25519", seed);
	EVP_MD_CTX *c = door.signature;
	size_t n = CRYPTO_SIGNATURE;

	message = never_null(message);
	must(EVP_MD_CTX_reset(c) == 1
	    && EVP_DigestSignInit_ex(c, NULL, NULL, NULL, NULL, k, NULL) == 1
	    && EVP_DigestSign(c, signature, &n, message.p, message.n) == 1
	    && n == CRYPTO_SIGNATURE, "ed25519");
	must(EVP_MD_CTX_reset(c) == 1, "ed25519");
	EVP_PKEY_free(k);
}

bool
crypto_verify(const uint8_t public[CRYPTO_PUBLIC], struct bytes message,
    struct bytes signature)
{
	EVP_MD_CTX *c = door.signature;
	EVP_PKEY *k;
	bool right;

	if (signature.n != CRYPTO_SIGNATURE)
		return false;
	k = EVP_PKEY_new_raw_public_key_ex(NULL, "ED25519", NULL, public,
	    CRYPTO_PUBLIC);
	must(k != NULL && EVP_MD_CTX_reset(c) == 1
	    && EVP_DigestVerifyInit_ex(c, NULL, NULL, NULL, NULL, k, NULL)
	    == 1, "ed25519");
	message = never_null(message);
	right = EVP_DigestVerify(c, signature.p, signature.n, message.p,
	    message.n) == 1;
	if (!right)
		ERR_clear_error();
	must(EVP_MD_CTX_reset(c) == 1, "ed25519");
	EVP_PKEY_free(k);
	return right;
}

void
crypto_agree_public(const struct secret *private,
    uint8_t public[CRYPTO_PUBLIC])
{
	public_of("X25519", private, public);
}

bool
crypto_agree(const struct secret *private, const uint8_t peer[CRYPTO_PUBLIC],
    struct secret *shared, struct err *e)
{
	static const struct secret zero;
	EVP_PKEY *mine = private_key("X25519", private);
	EVP_PKEY *theirs = EVP_PKEY_new_raw_public_key_ex(NULL, "X25519", NULL,
	    peer, CRYPTO_PUBLIC);
	EVP_PKEY_CTX *c = EVP_PKEY_CTX_new_from_pkey(NULL, mine, NULL);
	struct secret out = zero;
	size_t n = sizeof out.b;
	bool agreed;

	must(theirs != NULL && c != NULL && EVP_PKEY_derive_init(c) == 1
	    && EVP_PKEY_derive_set_peer_ex(c, theirs, 0) == 1, "x25519");
	/* RFC 7748 6.1: without the check a peer could choose the secret. */
	agreed = EVP_PKEY_derive(c, out.b, &n) == 1 && n == sizeof out.b
	    && !secret_equal(&out, &zero);
	EVP_PKEY_CTX_free(c);
	EVP_PKEY_free(theirs);
	EVP_PKEY_free(mine);
	if (!agreed)
		return refuse(e, "the peer's key makes no secret");
	*shared = out;
	secret_wipe(&out, sizeof out);
	return true;
}

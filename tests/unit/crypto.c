/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The primitives against other people's vectors: Wycheproof's where the
 * reference data is there, and those of FIPS 180-4, RFC 7748 and RFC 8032
 * everywhere.
 */
#include "lib/crypto.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include <cmocka.h>
#include <openssl/evp.h>

#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"
#include "tests/unit/vectors.h"

static struct arena *arena;

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
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(arena);
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

static struct secret
secret(const char *s)
{
	struct bytes b = hex(s);
	struct secret out;

	assert_int_equal(b.n, sizeof out.b);
	memcpy(out.b, b.p, sizeof out.b);
	return out;
}

static bool
is_zero(const uint8_t *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i] != 0)
			return false;
	return true;
}

static bool
aes_gcm_vector(struct arena *a, const struct json_t *group,
    const struct json_t *test)
{
	struct bytes nonce, ad, plain, sealed, parts[2];
	uint8_t *out, *joined;
	struct secret key;

	if (vectors_int(group, "keySize") != 256
	    || vectors_int(group, "ivSize") != 96
	    || vectors_int(group, "tagSize") != 128)
		return false;
	assert_true(vectors_secret(a, test, "key", &key));
	nonce = vectors_hex(a, test, "iv");
	ad = vectors_hex(a, test, "aad");
	plain = vectors_hex(a, test, "msg");
	parts[0] = vectors_hex(a, test, "ct");
	parts[1] = vectors_hex(a, test, "tag");
	joined = arena_alloc(a, parts[0].n + parts[1].n);
	memcpy(joined, parts[0].p, parts[0].n);
	memcpy(joined + parts[0].n, parts[1].p, parts[1].n);
	sealed = bytes(joined, parts[0].n + parts[1].n);

	out = arena_alloc(a, sealed.n);
	if (!vectors_valid(test)) {
		vectors_hold(test, !crypto_open(&key, nonce.p, ad, sealed, out,
		    NULL) && is_zero(out, sealed.n));
		return true;
	}
	crypto_seal(&key, nonce.p, ad, plain, out);
	vectors_hold(test, bytes_equal(bytes(out, sealed.n), sealed));
	vectors_hold(test, crypto_open(&key, nonce.p, ad, sealed, out, NULL)
	    && bytes_equal(bytes(out, plain.n), plain));
	return true;
}

static void
wycheproof_aes_256_gcm(void **state)
{
	(void)state;
	assert_int_not_equal(vectors_run("wycheproof/aes_gcm_test.json",
	    aes_gcm_vector), 0);
}

static bool
hmac_vector(struct arena *a, const struct json_t *group,
    const struct json_t *test)
{
	struct hash h = crypto_hmac(vectors_hex(a, test, "key"),
	    vectors_hex(a, test, "msg"));
	struct bytes tag = vectors_hex(a, test, "tag");

	(void)group;
	assert_in_range(tag.n, 16, sizeof h.b);
	vectors_hold(test, bytes_equal(bytes(h.b, tag.n), tag)
	    == vectors_valid(test));
	return true;
}

static void
wycheproof_hmac_sha256(void **state)
{
	(void)state;
	assert_int_not_equal(vectors_run("wycheproof/hmac_sha256_test.json",
	    hmac_vector), 0);
}

typedef void	expand_fn(struct bytes salt, struct bytes input,
		    struct bytes info, uint8_t *out, size_t n);

static void
hkdf256(struct bytes salt, struct bytes input, struct bytes info,
    uint8_t *out, size_t n)
{
	struct secret key = crypto_extract(salt, input);

	crypto_expand(&key, info, out, n);
}

/* The product never extracts with SHA-512, so the test does it itself. */
static void
hkdf512(struct bytes salt, struct bytes input, struct bytes info, uint8_t *out,
    size_t n)
{
	uint8_t key[64];
	size_t size;

	assert_non_null(EVP_Q_mac(NULL, "HMAC", NULL, "SHA512", NULL, salt.p,
	    salt.n, input.p, input.n, key, sizeof key, &size));
	assert_int_equal(size, sizeof key);
	crypto_expand512(bytes(key, sizeof key), info, out, n);
}

/* Asking for too much ends the program, so it is asked in a child. */
static bool
dies(expand_fn *f, uint8_t *out, size_t n)
{
	int status, null;
	pid_t child = fork();

	assert_int_not_equal(child, -1);
	if (child == 0) {
		null = open("/dev/null", O_WRONLY | O_CLOEXEC);
		dup2(null, STDERR_FILENO);
		f(bytes("salt", 4), bytes("input", 5), bytes(NULL, 0), out, n);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) && WEXITSTATUS(status) == EX_SOFTWARE;
}

static bool
hkdf_vector(struct arena *a, const struct json_t *test, expand_fn *f)
{
	size_t n = (size_t)vectors_int(test, "size");
	uint8_t *out = arena_alloc(a, n);

	if (!vectors_valid(test)) {
		vectors_hold(test, dies(f, out, n));
		return true;
	}
	f(vectors_hex(a, test, "salt"), vectors_hex(a, test, "ikm"),
	    vectors_hex(a, test, "info"), out, n);
	vectors_hold(test, bytes_equal(bytes(out, n),
	    vectors_hex(a, test, "okm")));
	return true;
}

static bool
hkdf256_vector(struct arena *a, const struct json_t *group,
    const struct json_t *test)
{
	(void)group;
	return hkdf_vector(a, test, hkdf256);
}

static bool
hkdf512_vector(struct arena *a, const struct json_t *group,
    const struct json_t *test)
{
	(void)group;
	return hkdf_vector(a, test, hkdf512);
}

static void
wycheproof_hkdf_sha256(void **state)
{
	(void)state;
	assert_int_not_equal(vectors_run("wycheproof/hkdf_sha256_test.json",
	    hkdf256_vector), 0);
}

static void
wycheproof_hkdf_sha512(void **state)
{
	(void)state;
	assert_int_not_equal(vectors_run("wycheproof/hkdf_sha512_test.json",
	    hkdf512_vector), 0);
}

static bool
ed25519_vector(struct arena *a, const struct json_t *group,
    const struct json_t *test)
{
	struct bytes public = vectors_hex(a, vectors_in(group, "publicKey"),
	    "pk");

	assert_int_equal(public.n, CRYPTO_PUBLIC);
	vectors_hold(test, crypto_verify(public.p, vectors_hex(a, test, "msg"),
	    vectors_hex(a, test, "sig")) == vectors_valid(test));
	return true;
}

static void
wycheproof_ed25519(void **state)
{
	(void)state;
	assert_int_not_equal(vectors_run("wycheproof/ed25519_test.json",
	    ed25519_vector), 0);
}

static void
fips_180_sha256(void **state)
{
	static const struct {
		const char	*message, *hash;
	} facts[] = {
		{ "", "e3b0c44298fc1c149afbf4c8996fb924"
		    "27ae41e4649b934ca495991b7852b855" },
		{ "abc", "ba7816bf8f01cfea414140de5dae2223"
		    "b00361a396177a9cb410ff61f20015ad" },
		{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
		    "248d6a61d20638b8e5c026930c3e6039"
		    "a33ce45964ff2167f6ecedd419db06c1" },
	};
	struct bytes m, halves[3];
	struct hash h;

	(void)state;
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
		m = bytes_of(facts[i].message);
		h = crypto_sha256(m);
		assert_string_equal(str_hex(arena, bytes(h.b, sizeof h.b)),
		    facts[i].hash);
		halves[0] = bytes(m.p, m.n / 2);
		halves[1] = bytes(NULL, 0);
		halves[2] = bytes(m.p + m.n / 2, m.n - m.n / 2);
		h = crypto_sha256_of(halves, 3);
		assert_string_equal(str_hex(arena, bytes(h.b, sizeof h.b)),
		    facts[i].hash);
	}
}

/* RFC 7748 5.2 and, both ways, 6.1. */
static void
rfc7748_x25519(void **state)
{
	static const struct {
		const char	*private, *peer, *shared;
	} facts[] = {
		{ "a546e36bf0527c9d3b16154b82465edd"
		    "62144c0ac1fc5a18506a2244ba449ac4",
		  "e6db6867583030db3594c1a424b15f7c"
		    "726624ec26b3353b10a903a6d0ab1c4c",
		  "c3da55379de9c6908e94ea4df28d084f"
		    "32eccf03491c71f754b4075577a28552" },
		{ "4b66e9d4d1b4673c5ad22691957d6af5"
		    "c11b6421e0ea01d42ca4169e7918ba0d",
		  "e5210f12786811d3f4b7959d0538ae2c"
		    "31dbe7106fc03c3efc4cd549c715a493",
		  "95cbde9476e8907d7aade45cb4b873f8"
		    "8b595a68799fa152e6f8f7647aac7957" },
		{ "77076d0a7318a57d3c16c17251b26645"
		    "df4c2f87ebc0992ab177fba51db92c2a",
		  "de9edb7d7b7dc1b4d35b61c2ece43537"
		    "3f8343c85b78674dadfc7e146f882b4f",
		  "4a5d9d5ba4ce2de1728e3bf480350f25"
		    "e07e21c947d19e3376f09b3c1e161742" },
		{ "5dab087e624a8a4b79e17f8b83800ee6"
		    "6f3bb1292618b6fd1c2f8b27ff88e0eb",
		  "8520f0098930a754748b7ddcb43ef75a"
		    "0dbf3a0d26381af4eba4a98eaa9b4e6a",
		  "4a5d9d5ba4ce2de1728e3bf480350f25"
		    "e07e21c947d19e3376f09b3c1e161742" },
	};
	struct secret private, shared, expected;
	uint8_t public[CRYPTO_PUBLIC];
	struct err e;

	(void)state;
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
		private = secret(facts[i].private);
		expected = secret(facts[i].shared);
		assert_true(crypto_agree(&private, hex(facts[i].peer).p,
		    &shared, &e));
		assert_true(secret_equal(&shared, &expected));
	}
	private = secret(facts[2].private);
	crypto_agree_public(&private, public);
	assert_memory_equal(public, hex(facts[3].peer).p, sizeof public);
	private = secret(facts[3].private);
	crypto_agree_public(&private, public);
	assert_memory_equal(public, hex(facts[2].peer).p, sizeof public);
}

/* RFC 7748 5.2, the repeated multiplication. */
static void
rfc7748_x25519_repeated(void **state)
{
	struct secret k = { { 9 } }, u = k, r, expected;
	struct err e;

	(void)state;
	for (int i = 1; i <= 1000; i++) {
		assert_true(crypto_agree(&k, u.b, &r, &e));
		u = k;
		k = r;
		if (i > 1 && i < 1000)
			continue;
		expected = secret(i == 1 ? "422c8e7a6227d7bca1350b3e2bb7279f"
		    "7897b87bb6854b783c60e80311ae3079"
		    : "684cf59ba83309552800ef566f2f4d3c"
		    "1c3887c49360e3875f2eb94d99532c51");
		assert_true(secret_equal(&k, &expected));
	}
}

/* Points of small order, and other encodings of the same. */
static void
x25519_refuses_a_zero_secret(void **state)
{
	static const char *const peers[] = {
		"00000000000000000000000000000000"
		    "00000000000000000000000000000000",
		"01000000000000000000000000000000"
		    "00000000000000000000000000000000",
		"e0eb7a7c3b41b8ae1656e3faf19fc46a"
		    "da098deb9c32b1fd866205165f49b800",
		"5f9c95bca3508c24b1d0b1559c83ef5b"
		    "04445cc4581c8e86d8224eddd09f1157",
		"ecffffffffffffffffffffffffffffff"
		    "ffffffffffffffffffffffffffffff7f",
		"edffffffffffffffffffffffffffffff"
		    "ffffffffffffffffffffffffffffff7f",
		"eeffffffffffffffffffffffffffffff"
		    "ffffffffffffffffffffffffffffff7f",
	};
	struct secret private = crypto_new_key();
	struct secret shared = { { 0x5a } }, before = shared;

	(void)state;
	for (size_t i = 0; i < sizeof peers / sizeof *peers; i++) {
		struct err e = { 0 };

		assert_false(crypto_agree(&private, hex(peers[i]).p, &shared,
		    &e));
		assert_int_equal(e.code, ERR_INPUT);
		assert_true(secret_equal(&shared, &before));
	}
}

/* RFC 8032 7.1, tests 1 to 3. */
static void
rfc8032_ed25519(void **state)
{
	static const struct {
		const char	*seed, *public, *message, *signature;
	} facts[] = {
		{ "9d61b19deffd5a60ba844af492ec2cc4"
		    "4449c5697b326919703bac031cae7f60",
		  "d75a980182b10ab7d54bfed3c964073a"
		    "0ee172f3daa62325af021a68f707511a",
		  "",
		  "e5564300c360ac729086e2cc806e828a"
		    "84877f1eb8e5d974d873e06522490155"
		    "5fb8821590a33bacc61e39701cf9b46b"
		    "d25bf5f0595bbe24655141438e7a100b" },
		{ "4ccd089b28ff96da9db6c346ec114e0f"
		    "5b8a319f35aba624da8cf6ed4fb8a6fb",
		  "3d4017c3e843895a92b70aa74d1b7ebc"
		    "9c982ccf2ec4968cc0cd55f12af4660c",
		  "72",
		  "92a009a9f0d4cab8720e820b5f642540"
		    "a2b27b5416503f8fb3762223ebdb69da"
		    "085ac1e43e15996e458f3613d0f11d8c"
		    "387b2eaeb4302aeeb00d291612bb0c00" },
		{ "c5aa8df43f9f837bedb7442f31dcb7b1"
		    "66d38535076f094b85ce3a2e0b4458f7",
		  "fc51cd8e6218a1a38da47ed00230f058"
		    "0816ed13ba3303ac5deb911548908025",
		  "af82",
		  "6291d657deec24024827e69c3abe01a3"
		    "0ce548a284743a445e3680d7db5ac3ac"
		    "18ff9b538d16f290ae67f760984dc659"
		    "4a7c15e9716ed28dc027beceea1ec40a" },
	};
	uint8_t public[CRYPTO_PUBLIC], signature[CRYPTO_SIGNATURE];
	struct bytes message, good = bytes(signature, sizeof signature);
	struct secret seed;

	(void)state;
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
		seed = secret(facts[i].seed);
		message = hex(facts[i].message);
		crypto_sign_public(&seed, public);
		assert_memory_equal(public, hex(facts[i].public).p,
		    sizeof public);
		crypto_sign(&seed, message, signature);
		assert_memory_equal(signature, hex(facts[i].signature).p,
		    sizeof signature);
		assert_true(crypto_verify(public, message, good));
		assert_false(crypto_verify(public, bytes("other", 5), good));
		assert_false(crypto_verify(public, message,
		    bytes(signature, sizeof signature - 1)));
		signature[0] ^= 1;
		assert_false(crypto_verify(public, message, good));
	}
}

static void
gcm_refuses_short_and_changed(void **state)
{
	struct secret key = crypto_new_key();
	const uint8_t nonce[CRYPTO_NONCE] = { 1 };
	struct bytes ad = bytes("ad", 2), plain = bytes("a record", 8);
	uint8_t sealed[8 + CRYPTO_TAG], out[8 + CRYPTO_TAG];

	(void)state;
	crypto_seal(&key, nonce, ad, plain, sealed);
	for (size_t n = 0; n < sizeof sealed; n++) {
		struct err e = { 0 };

		memset(out, 0xff, sizeof out);
		assert_false(crypto_open(&key, nonce, ad, bytes(sealed, n),
		    out, &e));
		assert_int_equal(e.code, ERR_INPUT);
		assert_true(n <= CRYPTO_TAG || is_zero(out, n - CRYPTO_TAG));
	}
	for (size_t bit = 0; bit < sizeof sealed * 8; bit++) {
		sealed[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_false(crypto_open(&key, nonce, ad,
		    bytes(sealed, sizeof sealed), out, NULL));
		assert_true(is_zero(out, plain.n));
		sealed[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	assert_false(crypto_open(&key, nonce, bytes("aD", 2),
	    bytes(sealed, sizeof sealed), out, NULL));
	assert_true(crypto_open(&key, nonce, ad, bytes(sealed, sizeof sealed),
	    out, NULL));
	assert_memory_equal(out, plain.p, plain.n);
}

static void
random_never_repeats(void **state)
{
	enum { DRAWS = 500 };
	uint8_t drawn[DRAWS][16], large[1000] = { 0 };

	(void)state;
	for (size_t i = 0; i < DRAWS; i++) {
		crypto_random(drawn[i], sizeof drawn[i]);
		for (size_t j = 0; j < i; j++)
			assert_memory_not_equal(drawn[i], drawn[j],
			    sizeof drawn[i]);
	}
	crypto_random(large, sizeof large);
	assert_false(is_zero(large, 500) || is_zero(large + 500, 500));
	crypto_random(NULL, 0);
}

static void
random_differs_after_fork(void **state)
{
	uint8_t mine[16], theirs[16];
	int ends[2], status;
	pid_t child;

	(void)state;
	crypto_random(mine, sizeof mine);	/* something is drawn ahead */
	assert_int_equal(pipe(ends), 0);
	child = fork();
	assert_int_not_equal(child, -1);
	if (child == 0) {
		crypto_forked();
		crypto_random(theirs, sizeof theirs);
		_exit(write(ends[1], theirs, sizeof theirs)
		    == (ssize_t)sizeof theirs ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	assert_int_equal(read(ends[0], theirs, sizeof theirs), sizeof theirs);
	crypto_random(mine, sizeof mine);
	assert_memory_not_equal(mine, theirs, sizeof mine);
	close(ends[0]);
	close(ends[1]);
}

static void
new_keys_differ(void **state)
{
	struct secret a = crypto_new_key(), b = crypto_new_key();

	(void)state;
	assert_false(secret_equal(&a, &b));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fips_180_sha256),
		cmocka_unit_test(rfc7748_x25519),
		cmocka_unit_test(rfc7748_x25519_repeated),
		cmocka_unit_test(x25519_refuses_a_zero_secret),
		cmocka_unit_test(rfc8032_ed25519),
		cmocka_unit_test(gcm_refuses_short_and_changed),
		cmocka_unit_test(random_never_repeats),
		cmocka_unit_test(random_differs_after_fork),
		cmocka_unit_test(new_keys_differ),
		cmocka_unit_test(wycheproof_aes_256_gcm),
		cmocka_unit_test(wycheproof_hmac_sha256),
		cmocka_unit_test(wycheproof_hkdf_sha256),
		cmocka_unit_test(wycheproof_hkdf_sha512),
		cmocka_unit_test(wycheproof_ed25519),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, setup, teardown);
}

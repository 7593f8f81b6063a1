/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Passwords, at a cost far below any that an installation may set, so that
 * the facts are quick to check.
 */
#include "lib/password.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "lib/arena.h"
#include "lib/crypto.h"
#include "lib/err.h"

static const struct password_cost low = { .passes = 2, .memory_kib = 64 };

static struct arena *arena;
static struct secret pepper;		/* 00 01 02 … */

static int
setup(void **state)
{
	struct err e;

	(void)state;
	arena = arena_new(0);
	for (int i = 0; i < SECRET_SIZE; i++)
		pepper.b[i] = (uint8_t)i;
	if (crypto_init(&e))
		return 0;
	print_error("%s\n", e.text);
	return -1;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static const char *
hash(const char *password, struct password_cost cost)
{
	const char *out;
	struct err e;

	if (!password_hash(arena, &pepper, cost, bytes_of(password), &out, &e))
		fail_msg("%s", e.text);
	return out;
}

/* Made with the command argon2 from the HMAC of the password. */
static const char golden[] = "$argon2id$v=19$m=64,t=2,p=1"
    "$c29tZXNhbHQxNmJ5dGVzIQ$m50erz4duQgy0nlFfPXDSyDowhzmFuMZ7AcfDJhe0uQ";

static void
others_hash_is_right(void **state)
{
	(void)state;
	assert_true(password_check(&pepper, low, golden,
	    bytes_of("correct horse")));
}

static void
right_and_wrong(void **state)
{
	static const struct {
		const char	*set, *typed;
		bool		 right;
	} facts[] = {
		{ "correct horse", "correct horse", true },
		{ "correct horse", "correct horsf", false },
		{ "correct horse", "Correct horse", false },
		{ "correct horse", "correct horse ", false },
		{ "correct horse", "correct hors", false },
		{ "correct horse", "", false },
		{ "maçã verde 12", "maçã verde 12", true },
		{ "maçã verde 12", "maca verde 12", false },
		{ "", "", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
		assert_int_equal(password_check(&pepper, low,
		    hash(facts[i].set, low), bytes_of(facts[i].typed)),
		    facts[i].right);
}

static void
pepper_and_salt_count(void **state)
{
	const char *a = hash("correct horse", low);
	const char *b = hash("correct horse", low);
	struct secret other = pepper;

	(void)state;
	assert_string_not_equal(a, b);
	other.b[31] ^= 1;
	assert_false(password_check(&other, low, a,
	    bytes_of("correct horse")));
}

static void
broken_hashes_are_wrong(void **state)
{
	static const char *const facts[] = {
		"",
		"correct horse",
		"$argon2i$v=19$m=64,t=2,p=1$c29tZXNhbHQxNmJ5dGVzIQ"
		    "$m50erz4duQgy0nlFfPXDSyDowhzmFuMZ7AcfDJhe0uQ",
		"$argon2id$v=19$m=64,t=2,p=1$c29tZXNhbHQxNmJ5dGVzIQ",
		"$argon2id$v=19$m=64,t=3,p=1$c29tZXNhbHQxNmJ5dGVzIQ"
		    "$m50erz4duQgy0nlFfPXDSyDowhzmFuMZ7AcfDJhe0uQ",
		"$argon2id$v=19$m=64,t=2,p=1$c29tZXNhbHQxNmJ5dGVzIA"
		    "$m50erz4duQgy0nlFfPXDSyDowhzmFuMZ7AcfDJhe0uQ",
	};

	(void)state;
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
		assert_false(password_check(&pepper, low, facts[i],
		    bytes_of("correct horse")));
}

/* In processor time, generously: half of it is enough. */
/* Processor time of one check, the least of several: other work on the
 * machine only ever adds. */
static clock_t
cost_of(struct password_cost cost, const char *known)
{
	clock_t least = 0;

	for (int i = 0; i < 5; i++) {
		clock_t start = clock(), took;

		assert_false(password_check(&pepper, cost, known,
		    bytes_of("wrong horse")));
		took = clock() - start;
		if (i == 0 || took < least)
			least = took;
	}
	return least;
}

static void
an_unknown_user_takes_as_long(void **state)
{
	struct password_cost cost = { .passes = 3, .memory_kib = 8 * 1024 };
	clock_t known = cost_of(cost, hash("correct horse", cost));

	(void)state;
	assert_true(cost_of(cost, NULL) > known / 2);
}

static void
hash_says_its_cost(void **state)
{
	static const char start[] = "$argon2id$v=19$m=64,t=2,p=1$";

	(void)state;
	assert_memory_equal(hash("correct horse", low), start,
	    sizeof start - 1);
}

static void
impossible_cost(void **state)
{
	static const struct password_cost facts[] = {
		{ .passes = 0, .memory_kib = 64 },
		{ .passes = 1, .memory_kib = 7 },
	};
	const char *out = "untouched", *before = out;

	(void)state;
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
		struct err e = { 0 };

		assert_false(password_hash(arena, &pepper, facts[i],
		    bytes_of("correct horse"), &out, &e));
		assert_int_equal(e.code, ERR_SYSTEM);
		assert_ptr_equal(out, before);
	}
}

static void
stale(void **state)
{
	static const struct {
		const char	*hash;
		uint32_t	 passes, memory_kib;
		bool		 stale;
	} facts[] = {
		{ golden, 2, 64, false },
		{ golden, 1, 32, false },
		{ golden, 3, 64, true },
		{ golden, 2, 65, true },
		{ golden, 1, 65536, true },
		{ "$argon2id$v=19$m=65536,t=3,p=1$c2FsdA$aGFzaA",
		    3, 65536, false },
		{ "$argon2id$v=16$m=65536,t=3,p=1$c2FsdA$aGFzaA",
		    3, 65536, true },
		{ "$argon2i$v=19$m=65536,t=3,p=1$c2FsdA$aGFzaA",
		    3, 65536, true },
		{ "$argon2id$v=19$m=,t=3,p=1$c2FsdA$aGFzaA", 0, 0, true },
		{ "$argon2id$v=19$m=65536", 0, 0, true },
		{ "$argon2id$v=19$m=99999999999,t=3,p=1$", 3, 64, true },
		{ "", 0, 0, true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
		struct password_cost cost = {
			facts[i].passes, facts[i].memory_kib
		};

		if (password_stale(facts[i].hash, cost) != facts[i].stale)
			fail_msg("fact %zu: %s", i, facts[i].hash);
	}
}

static void
acceptable(void **state)
{
	static const struct {
		const char	*password;
		const char	*constraint;	/* NULL: acceptable */
	} facts[] = {
		{ "correct horse", NULL },
		{ "maçã verde", NULL },			/* ten, by a hair */
		{ "vento8areia", NULL },
		{ "Tr0ub4dor&3x", NULL },
		{ "senha da minha avó", NULL },
		{ "日本語の長い合言葉です", NULL },
		{ "", "password_short" },
		{ "k7#mQ2z!p", "password_short" },
		{ "maçã verd", "password_short" },	/* nine, in 11 bytes */
		{ "ããããããããã", "password_short" },
		{ "aaaaaaaaaa", "password_common" },
		{ "ãããããããããã", "password_common" },
		{ "1234567890", "password_common" },
		{ "0987654321", "password_common" },
		{ "5678901234", "password_common" },
		{ "abcdefghij", "password_common" },
		{ "zyxwvutsrqp", "password_common" },
		{ "qwertyuiop", "password_common" },
		{ "QWERTYUIOP", "password_common" },
		{ "poiuytrewq", "password_common" },
		{ "qwertzuiop", "password_common" },
		{ "azertyuiop", "password_common" },
		{ "1qaz2wsx3edc", "password_common" },
		{ "123456789a", "password_common" },
		{ "abc123456789", "password_common" },
		{ "qwerty12345", "password_common" },
		{ "aaaaa11111", "password_common" },
		{ "flamengoflamengo", "password_common" },
		{ "axbyaxbyaxby", "password_common" },
		{ "password2024", "password_common" },
		{ "Senha@2024!", "password_common" },
		{ "admin-2024-01", "password_common" },
		{ "manchester", "password_common" },
		{ "ManChester", "password_common" },
		{ "q1w2e3r4t5", "password_common" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
		struct err e = { 0 };
		bool good = password_acceptable(facts[i].password, &e);

		if (good != (facts[i].constraint == NULL))
			fail_msg("fact %zu: %s", i, facts[i].password);
		if (good)
			continue;
		assert_string_equal(e.constraint, facts[i].constraint);
		assert_int_equal(e.code, ERR_INPUT);
	}
}

static void
longest(void **state)
{
	char password[PASSWORD_MAX + 2];
	struct err e;

	(void)state;
	for (size_t i = 0; i <= PASSWORD_MAX; i++)
		password[i] = (char)('a' + i * i * i / 7 % 23);
	password[PASSWORD_MAX] = '\0';
	assert_true(password_acceptable(password, &e));
	password[PASSWORD_MAX] = 'x';
	password[PASSWORD_MAX + 1] = '\0';
	assert_false(password_acceptable(password, &e));
	assert_true(err_is(&e, "password_long"));
	assert_false(password_acceptable(password, NULL));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(others_hash_is_right),
		cmocka_unit_test(right_and_wrong),
		cmocka_unit_test(pepper_and_salt_count),
		cmocka_unit_test(broken_hashes_are_wrong),
		cmocka_unit_test(an_unknown_user_takes_as_long),
		cmocka_unit_test(hash_says_its_cost),
		cmocka_unit_test(impossible_cost),
		cmocka_unit_test(stale),
		cmocka_unit_test(acceptable),
		cmocka_unit_test(longest),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, setup, teardown);
}

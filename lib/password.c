/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Password hashing and what a new password may not be. libargon2's door.
 * It knows no account: counting and delaying attempts is the caller's work
 * (services/account.c).
 */
#include "lib/password.h"

#include <string.h>

#include <argon2.h>

#include "lib/arena.h"
#include "lib/crypto.h"
#include "lib/err.h"
#include "lib/log.h"
#include "lib/password_common.h"
#include "lib/str.h"

enum {
	SALT = 16,
	HASH = 32,
	LANES = 1,
	DIGITS = 10,		/* of a uint32_t */
	RUNS_SIMPLE = 3
};

/* What runs along one of these, forwards or back, is quickly guessed. */
static const char *const lines[] = {
	"abcdefghijklmnopqrstuvwxyz",
	"1234567890",
	"qwertyuiopasdfghjklzxcvbnm",		/* keyboard rows */
	"qwertzuiopasdfghjklyxcvbnm",
	"azertyuiopqsdfghjklmwxcvbn",
	"1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",	/* and columns */
	"qazwsxedcrfvtgbyhnujmikolp",
};

/* Words that people lengthen with digits when made to. */
static const char *const stems[] = {
	"password", "passw0rd", "senha", "mudar", "admin", "administrator",
	"welcome", "letmein", "iloveyou", "monkey", "dragon", "football",
	"charlie", "pokemon", "samsung", "testing",
};

bool
password_hash(struct arena *a, const struct secret *pepper,
    struct password_cost cost, struct bytes password, const char **hash,
    struct err *e)
{
	size_t n = argon2_encodedlen(cost.passes, cost.memory_kib, LANES,
	    SALT, HASH, Argon2_id);
	struct hash keyed = crypto_hmac(secret_bytes(pepper), password);
	char *encoded = arena_alloc(a, n);
	uint8_t salt[SALT];
	int rc;

	crypto_random(salt, sizeof salt);
	rc = argon2id_hash_encoded(cost.passes, cost.memory_kib, LANES,
	    keyed.b, sizeof keyed.b, salt, sizeof salt, HASH, encoded, n);
	secret_wipe(&keyed, sizeof keyed);
	if (rc != ARGON2_OK)
		return err_set(e, ERR_SYSTEM, "argon2: %s",
		    argon2_error_message(rc));
	*hash = encoded;
	return true;
}

static int
check_nobody(struct password_cost cost, const struct hash *keyed)
{
	static const uint8_t salt[SALT];
	uint8_t out[HASH];
	int rc = argon2id_hash_raw(cost.passes, cost.memory_kib, LANES,
	    keyed->b, sizeof keyed->b, salt, sizeof salt, out, sizeof out);

	return rc == ARGON2_OK ? ARGON2_VERIFY_MISMATCH : rc;
}

bool
password_check(const struct secret *pepper, struct password_cost cost,
    const char *hash, struct bytes password)
{
	struct hash keyed = crypto_hmac(secret_bytes(pepper), password);
	int rc;

	if (hash == NULL)
		rc = check_nobody(cost, &keyed);
	else
		rc = argon2id_verify(hash, keyed.b, sizeof keyed.b);
	secret_wipe(&keyed, sizeof keyed);
	if (rc != ARGON2_OK && rc != ARGON2_VERIFY_MISMATCH)
		log_event(LOG_ALARM, "password-check-failed", "why",
		    argon2_error_message(rc), NULL);
	return rc == ARGON2_OK;
}

static bool
parameter(const char *hash, const char *name, uint64_t *out)
{
	const char *p = strstr(hash, name);
	char digits[DIGITS + 1];
	size_t n;

	if (p == NULL)
		return false;
	p += strlen(name);
	n = strspn(p, "0123456789");
	if (n == 0 || n >= sizeof digits)
		return false;
	memcpy(digits, p, n);
	digits[n] = '\0';
	return str_uint(digits, UINT32_MAX, out, NULL);
}

bool
password_stale(const char *hash, struct password_cost cost)
{
	uint64_t memory_kib, passes;

	if (!str_starts(hash, "$argon2id$v=19$")
	    || !parameter(hash, "$m=", &memory_kib)
	    || !parameter(hash, ",t=", &passes))
		return true;
	return memory_kib < cost.memory_kib || passes < cost.passes;
}

/* How far s runs along this line, in one direction, round its end. */
static size_t
run_along(const char *s, const char *line, bool back)
{
	const char *start = strchr(line, *s);
	size_t n = strlen(line), run = 0, at;

	if (start == NULL)
		return 0;
	at = (size_t)(start - line);
	while (s[run] == line[at]) {
		run++;
		at = (at + (back ? n - 1 : 1)) % n;
	}
	return run;
}

static size_t
run_length(const char *s)
{
	size_t longest = 1, run;

	while (s[longest] == *s)
		longest++;
	for (size_t i = 0; i < 2 * (sizeof lines / sizeof *lines); i++) {
		run = run_along(s, lines[i / 2], i % 2 == 1);
		if (run > longest)
			longest = run;
	}
	return longest;
}

static bool
few_runs(const char *s)
{
	int runs = 0;

	while (*s != '\0' && runs <= RUNS_SIMPLE) {
		s += run_length(s);
		runs++;
	}
	return runs <= RUNS_SIMPLE;
}

/* "abcabcabca": the beginning again and again. */
static bool
repeats(const char *s)
{
	size_t n = strlen(s);

	for (size_t unit = 1; unit <= n / 2; unit++)
		if (memcmp(s, s + unit, n - unit) == 0)
			return true;
	return false;
}

static bool
stem_only(const char *s)
{
	const char *end;

	for (size_t i = 0; i < sizeof stems / sizeof *stems; i++) {
		if (!str_starts(s, stems[i]))
			continue;
		end = s + strlen(stems[i]);
		if (end[strcspn(end, "abcdefghijklmnopqrstuvwxyz")] == '\0')
			return true;
	}
	return false;
}

static bool
listed(const char *s)
{
	for (size_t i = 0; i < sizeof common / sizeof *common; i++)
		if (str_equal(s, common[i]))
			return true;
	return false;
}

/* err_rule() is for what a rule of the house denies; a password that will
 * not do is input to mend. */
static bool
unacceptable(struct err *e, const char *constraint, const char *text)
{
	err_rule(e, constraint, text);
	if (e != NULL)
		e->code = ERR_INPUT;
	return false;
}

bool
password_acceptable(const char *password, struct err *e)
{
	char folded[PASSWORD_MAX + 1];
	size_t n = strlen(password);
	bool simple;

	if (n > PASSWORD_MAX)
		return unacceptable(e, "password_long", "too long");
	if (str_length(password) < PASSWORD_MIN)
		return unacceptable(e, "password_short", "too short");
	for (size_t i = 0; i <= n; i++)
		folded[i] = (char)(password[i] >= 'A' && password[i] <= 'Z'
		    ? password[i] + ('a' - 'A') : password[i]);
	simple = few_runs(folded) || repeats(folded) || stem_only(folded)
	    || listed(folded);
	secret_wipe(folded, sizeof folded);
	if (simple)
		return unacceptable(e, "password_common",
		    "too common or too simple");
	return true;
}

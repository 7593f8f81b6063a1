/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Making and reading passwords. Whether one is good enough, lib/password.c
 * says.
 */
#include "bin/balcao_password.h"

#include <stdio.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/crypto.h"
#include "lib/err.h"
#include "lib/password.h"
#include "lib/secret.h"
#include "lib/str.h"

enum {
	GROUP = 5
};

/* Thirty-two, none of which looks like another. */
static const char alphabet[] = "abcdefghijkmnpqrstuvwxyz23456789";
_Static_assert(sizeof alphabet == 32 + 1, "five bits a character");

const char *
password_from(struct arena *arena, const uint8_t bytes[PASSWORD_RANDOM])
{
	char *out = arena_alloc(arena, 2 * PASSWORD_RANDOM);
	size_t n = 0;

	for (size_t i = 0; i < PASSWORD_RANDOM; i++) {
		if (i > 0 && i % GROUP == 0)
			out[n++] = '-';
		out[n++] = alphabet[bytes[i] % 32];
	}
	return out;
}

const char *
password_random(struct arena *arena)
{
	uint8_t bytes[PASSWORD_RANDOM];
	const char *out;

	crypto_random(bytes, sizeof bytes);
	out = password_from(arena, bytes);
	secret_wipe(bytes, sizeof bytes);
	return out;
}

bool
password_from_stdin(struct arena *arena, const char **out, struct err *e)
{
	char line[PASSWORD_MAX + 2];
	size_t n;
	bool ok;

	if (fgets(line, sizeof line, stdin) == NULL)
		return err_set(e, ERR_INPUT, "no password came on standard "
		    "input");
	n = strcspn(line, "\n");
	ok = n <= PASSWORD_MAX && str_utf8(bytes(line, n));
	line[n <= PASSWORD_MAX ? n : PASSWORD_MAX] = '\0';
	*out = arena_strdup(arena, line);
	secret_wipe(line, sizeof line);
	return ok || err_set(e, ERR_INPUT, "the password is too long, or not "
	    "UTF-8");
}

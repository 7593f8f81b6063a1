/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Making and reading references. The check character is the sum of the
 * values weighted 2 to 9 modulo 31, a prime: every single wrong character
 * and every swap of two neighbours shows (ISO/IEC 7064's argument).
 */
#include "services/reference.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "lib/crypto.h"
#include "lib/err.h"

enum {
	PREFIX = 2,
	BODY = 8,
	ALL = PREFIX + BODY + 1		/* characters without the dashes */
};

/* no 0 O 1 I L */
static const char alphabet[] = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
_Static_assert(sizeof alphabet - 1 == 31, "the check needs a prime");

static char
check_of(const char body[BODY])
{
	size_t sum = 0;

	for (size_t i = 0; i < BODY; i++)
		sum += (i + 2) * (size_t)(strchr(alphabet, body[i]) - alphabet);
	return alphabet[sum % (sizeof alphabet - 1)];
}

void
reference_new(const char prefix[2], char out[REFERENCE_TEXT])
{
	char body[BODY];
	uint8_t byte;

	for (size_t i = 0; i < BODY; i++) {
		/* 248 = 8 * 31: above it the remainder would favour some */
		do
			crypto_random(&byte, 1);
		while (byte >= 248);
		body[i] = alphabet[byte % 31];
	}
	snprintf(out, REFERENCE_TEXT, "%.2s-%.8s-%c", prefix, body,
	    check_of(body));
}

bool
reference_parse(const char *typed, char out[REFERENCE_TEXT], struct err *e)
{
	char plain[ALL];
	size_t n = 0;

	for (const char *p = typed; *p != '\0'; p++) {
		unsigned char c = (unsigned char)*p;

		if (c == '-' || c == ' ')
			continue;
		if (n == ALL || !isascii(c) || !isalnum(c))
			goto form;
		plain[n] = (char)toupper(c);
		if (n >= PREFIX && strchr(alphabet, plain[n]) == NULL)
			goto form;
		n++;
	}
	if (n != ALL || !isalpha((unsigned char)plain[0])
	    || !isalpha((unsigned char)plain[1]))
		goto form;
	if (check_of(plain + PREFIX) != plain[ALL - 1]) {
		err_rule(e, "reference_check", "a character is mistyped");
		if (e != NULL)
			e->code = ERR_INPUT;
		return false;
	}
	snprintf(out, REFERENCE_TEXT, "%.2s-%.8s-%c", plain, plain + PREFIX,
	    plain[ALL - 1]);
	return true;
form:
	err_rule(e, "reference_form", "this is no reference of ours");
	if (e != NULL)
		e->code = ERR_INPUT;
	return false;
}

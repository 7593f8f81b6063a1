/* SPDX-License-Identifier: Apache-2.0 */
/*
 * CPF; pure functions for the type, the account pages and tests.
 */
#include "forms/cpf.h"

#include <string.h>

#include "lib/arena.h"

enum {
	MODULUS = 11
};

/* Weighted n + 1 down to 2; a rest below 2 makes a zero. */
static int
check_digit(const char *s, int n)
{
	int sum = 0, rest;

	for (int i = 0; i < n; i++)
		sum += (s[i] - '0') * (n + 1 - i);
	rest = sum % MODULUS;
	return rest < 2 ? 0 : MODULUS - rest;
}

bool
cpf_valid(const char *s)
{
	if (strlen(s) != CPF_LENGTH ||
	    strspn(s, "0123456789") != CPF_LENGTH)
		return false;
	/* 111.111.111-11 and its like pass the sums but name nobody. */
	if (strspn(s, (char[]){ s[0], '\0' }) == CPF_LENGTH)
		return false;
	return check_digit(s, 9) == s[9] - '0' &&
	    check_digit(s, 10) == s[10] - '0';
}

const char *
cpf_read(struct arena *a, const char *s)
{
	return arena_printf(a, "%.3s.%.3s.%.3s-%.2s", s, s + 3, s + 6, s + 9);
}

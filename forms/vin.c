/* SPDX-License-Identifier: Apache-2.0 */
/*
 * VIN arithmetic; pure functions for the type, the vehicle service and tests.
 */
#include "forms/vin.h"

#include <string.h>

enum {
	MODULUS = 11
};

/* 49 CFR 565.15(c), tables III and IV. */
static const char transliterated[] = "0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ";
static const int weights[VIN_LENGTH] = {
	8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2
};

/* Each ten of the table runs through the values 0 to 9; -1: not allowed. */
static int
value_of(char c)
{
	const char *at = c != '.' ? strchr(transliterated, c) : NULL;

	if (c == '\0' || at == NULL)
		return -1;
	return (int)((at - transliterated) % 10);
}

bool
vin_valid(const char *s)
{
	if (strlen(s) != VIN_LENGTH)
		return false;
	for (; *s != '\0'; s++)
		if (value_of(*s) < 0)
			return false;
	return true;
}

bool
vin_valid_short(const char *s)
{
	size_t n = strlen(s);

	if (n < VIN_SHORT || n >= VIN_LENGTH)
		return false;
	for (; *s != '\0'; s++)
		if ((*s < '0' || *s > '9') && (*s < 'A' || *s > 'Z'))
			return false;
	return true;
}

char
vin_check_digit(const char *s)
{
	int sum = 0;

	for (int i = 0; i < VIN_LENGTH; i++)
		if (i != VIN_CHECK_PLACE)
			sum += value_of(s[i]) * weights[i];
	return "0123456789X"[sum % MODULUS];
}

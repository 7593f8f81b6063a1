/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Plates; pure functions for the type, the vehicle service and tests.
 */
#include "forms/plate.h"

#include <string.h>

#include "lib/arena.h"

enum {
	TURNING = 4		/* the place that is a digit or a letter */
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_letter(char c)
{
	return c >= 'A' && c <= 'Z';
}

bool
plate_valid(const char *s)
{
	return strlen(s) == PLATE_LENGTH && is_letter(s[0]) &&
	    is_letter(s[1]) && is_letter(s[2]) && is_digit(s[3]) &&
	    (is_digit(s[4]) || is_letter(s[4])) && is_digit(s[5]) &&
	    is_digit(s[6]);
}

bool
plate_is_old(const char *s)
{
	return plate_valid(s) && is_digit(s[TURNING]);
}

const char *
plate_mercosul(struct arena *a, const char *s)
{
	char *plate = arena_strdup(a, s);

	if (plate_is_old(plate))
		plate[TURNING] = (char)('A' + (plate[TURNING] - '0'));
	return plate;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From a year to its log's name and back.
 */
#include "services/origin.h"

#include <string.h>

#include "lib/arena.h"
#include "lib/str.h"

static const char middle[] = "/log/";

const char *
origin_of(struct arena *arena, const char *authority, int year)
{
	return arena_printf(arena, "%s%s%d", authority, middle, year);
}

int
origin_year(const char *origin, const char *authority)
{
	size_t n = strlen(authority);
	int64_t year;

	if (strncmp(origin, authority, n) != 0 ||
	    !str_starts(origin + n, middle) ||
	    !str_int(origin + n + strlen(middle), ORIGIN_YEAR_FIRST,
	    ORIGIN_YEAR_LAST, &year, NULL))
		return 0;
	return (int)year;
}

int
origin_year_at(instant at)
{
	const int64_t day = INT64_C(86400000);

	return date_civil((date)(at / day - (at % day < 0))).year;
}

bool
origin_key(const char *origin, const uint8_t public[CRYPTO_PUBLIC],
    struct note_key *key, struct err *e)
{
	return note_key_init(key, NOTE_ED25519, origin, public, e);
}

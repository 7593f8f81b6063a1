/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The names of an authority's logs: one a year, <domain>/log/<year>, which is
 * a checkpoint's origin and the name of the key that signs it.
 */
#ifndef SERVICES_ORIGIN_H
#define SERVICES_ORIGIN_H

#include <stdbool.h>
#include <stdint.h>

#include "audit/note.h"
#include "lib/clock.h"

struct arena;
struct err;

enum {
	ORIGIN_YEAR_FIRST = 2000,
	ORIGIN_YEAR_LAST = 9999
};

const char	*origin_of(struct arena *, const char *authority, int year);
/* The year of one of this authority's logs; 0: it is none. */
int		 origin_year(const char *origin, const char *authority);

/* The UTC year in which an instant lies. */
int		 origin_year_at(instant);

/* The log's key: its name is the origin, which must outlive it. */
bool		 origin_key(const char *origin,
		    const uint8_t public[CRYPTO_PUBLIC], struct note_key *,
		    struct err *e);

#endif

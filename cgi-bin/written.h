/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Dates, times and amounts as pages write them, in the language in use. How a
 * date or an amount reads is forms/type.h's to say.
 */
#ifndef CGI_BIN_WRITTEN_H
#define CGI_BIN_WRITTEN_H

#include <stdint.h>

#include "lib/clock.h"

struct arena;

/* "31 March 2026"; "" for DATE_NONE. */
const char	*written_date(struct arena *, date);
/* "31 March 2026, 14:05" in the authority's zone; "" for INSTANT_NONE. */
const char	*written_time(struct arena *, instant);
/* RFC 3339, for the machine's half of ui_time(). */
const char	*written_iso(struct arena *, instant);
/* Minor units of an ISO 4217 currency. */
const char	*written_money(struct arena *, const char *currency, int64_t);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Text at the edge: is it UTF-8, is it a number, how long is it to a reader.
 * Inside the house every string is valid UTF-8 and ends with NUL.
 */
#ifndef LIB_STR_H
#define LIB_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/bytes.h"

struct arena;
struct err;

/* Well-formed UTF-8 (Unicode 15, table 3-7) without NUL. */
bool	 str_utf8(struct bytes);

/* Code points in valid UTF-8. */
size_t	 str_length(const char *);

/*
 * The next code point of valid UTF-8; moves *s past it. 0 at the end.
 */
uint32_t str_next(const char **s);

/*
 * May a citizen's line of text hold this code point? Refused are C0 and C1
 * controls, the bidirectional overrides and isolates (U+202A-202E,
 * U+2066-2069), line and paragraph separators and noncharacters.
 */
bool	 str_printable(uint32_t code_point);

/*
 * Decimal digits with an optional minus, nothing else: no blanks, plus sign,
 * leading zeros ("0" itself is fine) or trailing text. ERR_INPUT.
 */
bool	 str_int(const char *, int64_t min, int64_t max, int64_t *out,
	    struct err *e);
bool	 str_uint(const char *, uint64_t max, uint64_t *out, struct err *e);

bool	 str_equal(const char *, const char *);	/* NULL equals only NULL */
bool	 str_starts(const char *, const char *prefix);
bool	 str_empty(const char *);		/* NULL or "" */

/* Without white space at both ends (ASCII, U+00A0, U+3000, U+2000-200A). */
char	*str_trim(struct arena *, const char *);
/* ASCII only, whatever the locale. */
char	*str_upper(struct arena *, const char *);
char	*str_lower(struct arena *, const char *);

/* Lower-case hexadecimal and base64 (RFC 4648 4, with padding). */
char	*str_hex(struct arena *, struct bytes);
bool	 str_unhex(struct arena *, const char *, struct bytes *, struct err *);
char	*str_base64(struct arena *, struct bytes);
bool	 str_unbase64(struct arena *, const char *, struct bytes *,
	    struct err *);
/* base64url without padding (RFC 4648 5), for tokens in addresses. */
char	*str_base64url(struct arena *, struct bytes);
bool	 str_unbase64url(struct arena *, const char *, struct bytes *,
	    struct err *);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Text at the edge: UTF-8, numbers, white space, hexadecimal and base64. The
 * C library's own functions are not used where they look at the locale, skip
 * blanks or stop quietly at what they do not understand.
 */
#include "lib/str.h"

#include <inttypes.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/err.h"

enum {
	REPLACEMENT = 0xfffd
};

/*
 * Unicode 15, table 3-7: the first byte tells the length and the range of
 * the second byte; all others are 80..BF.
 */
struct lead {
	uint8_t	first, last;
	uint8_t	length;
	uint8_t	second_min, second_max;
};

static const struct lead leads[] = {
	{ 0x00, 0x7f, 1, 0, 0 },
	{ 0xc2, 0xdf, 2, 0x80, 0xbf },
	{ 0xe0, 0xe0, 3, 0xa0, 0xbf },
	{ 0xe1, 0xec, 3, 0x80, 0xbf },
	{ 0xed, 0xed, 3, 0x80, 0x9f },
	{ 0xee, 0xef, 3, 0x80, 0xbf },
	{ 0xf0, 0xf0, 4, 0x90, 0xbf },
	{ 0xf1, 0xf3, 4, 0x80, 0xbf },
	{ 0xf4, 0xf4, 4, 0x80, 0x8f },
};

static const struct lead *
lead_of(uint8_t first)
{
	for (size_t i = 0; i < sizeof leads / sizeof *leads; i++)
		if (first >= leads[i].first && first <= leads[i].last)
			return &leads[i];
	return NULL;
}

/*
 * One character of at most n bytes: its length, or 0 if it is malformed.
 * Bytes are looked at in order, so a NUL ends it before anything behind.
 */
static size_t
decode(const uint8_t *p, size_t n, uint32_t *out)
{
	const struct lead *lead = lead_of(p[0]);
	uint32_t c;

	if (lead == NULL || lead->length > n)
		return 0;
	if (lead->length == 1) {
		*out = p[0];
		return 1;
	}
	if (p[1] < lead->second_min || p[1] > lead->second_max)
		return 0;
	c = p[0] & (0x7fu >> lead->length);
	for (size_t i = 1; i < lead->length; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (p[i] & 0x3fu);
	}
	*out = c;
	return lead->length;
}

bool
str_utf8(struct bytes b)
{
	uint32_t c;

	for (size_t at = 0, n; at < b.n; at += n) {
		n = decode(b.p + at, b.n - at, &c);
		if (n == 0 || c == 0)
			return false;
	}
	return true;
}

uint32_t
str_next(const char **s)
{
	uint32_t c = REPLACEMENT;
	size_t n;

	if (**s == '\0')
		return 0;
	n = decode((const uint8_t *)*s, 4, &c);
	*s += n == 0 ? 1 : n;
	return c;
}

size_t
str_length(const char *s)
{
	size_t n = 0;

	while (str_next(&s) != 0)
		n++;
	return n;
}

bool
str_printable(uint32_t c)
{
	if (c < 0x20 || (c >= 0x7f && c <= 0x9f))
		return false;
	if (c >= 0x2028 && c <= 0x202e)
		return false;
	if (c >= 0x2066 && c <= 0x2069)
		return false;
	if (c >= 0xd800 && c <= 0xdfff)
		return false;
	if (c >= 0xfdd0 && c <= 0xfdef)
		return false;
	return (c & 0xfffe) != 0xfffe && c <= 0x10ffff;
}

/* Digits alone; "0" or no leading zero. */
static bool
parse_digits(const char *s, uint64_t *out, struct err *e)
{
	uint64_t value = 0;

	if (*s == '\0' || (s[0] == '0' && s[1] != '\0'))
		return err_set(e, ERR_INPUT, "not a whole number");
	for (; *s != '\0'; s++) {
		if (*s < '0' || *s > '9')
			return err_set(e, ERR_INPUT, "not a whole number");
		if (__builtin_mul_overflow(value, 10, &value) ||
		    __builtin_add_overflow(value, (uint64_t)(*s - '0'), &value))
			return err_set(e, ERR_INPUT, "a number too large");
	}
	*out = value;
	return true;
}

bool
str_uint(const char *s, uint64_t max, uint64_t *out, struct err *e)
{
	uint64_t value;

	if (s == NULL)
		return err_set(e, ERR_INPUT, "no number");
	if (!parse_digits(s, &value, e))
		return false;
	if (value > max)
		return err_set(e, ERR_INPUT, "a number above %" PRIu64, max);
	*out = value;
	return true;
}

bool
str_int(const char *s, int64_t min, int64_t max, int64_t *out, struct err *e)
{
	bool negative = s != NULL && s[0] == '-';
	uint64_t magnitude = 0;
	int64_t value;

	if (s == NULL)
		return err_set(e, ERR_INPUT, "no number");
	if (!parse_digits(s + negative, &magnitude, e))
		return false;
	if (negative && magnitude == 0)
		return err_set(e, ERR_INPUT, "zero with a minus sign");
	if (magnitude > (uint64_t)INT64_MAX + negative)
		return err_set(e, ERR_INPUT, "a number too large");
	/* -(m - 1) - 1 reaches INT64_MIN without overflow. */
	value = negative ? -(int64_t)(magnitude - 1) - 1 : (int64_t)magnitude;
	if (value < min || value > max)
		return err_set(e, ERR_INPUT, "a number outside %" PRId64
		    " to %" PRId64, min, max);
	*out = value;
	return true;
}

bool
str_equal(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	return strcmp(a, b) == 0;
}

bool
str_starts(const char *s, const char *prefix)
{
	return s != NULL && strncmp(s, prefix, strlen(prefix)) == 0;
}

bool
str_empty(const char *s)
{
	return s == NULL || *s == '\0';
}

static bool
is_space(uint32_t c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xa0 ||
	    (c >= 0x2000 && c <= 0x200a) || c == 0x3000;
}

char *
str_trim(struct arena *a, const char *s)
{
	const char *start = s, *end = s;
	bool inside = false;

	for (const char *at = s; *at != '\0';) {
		const char *before = at;

		if (is_space(str_next(&at)))
			continue;
		if (!inside)
			start = before;
		inside = true;
		end = at;
	}
	return arena_strndup(a, start, inside ? (size_t)(end - start) : 0);
}

static char *
shift_case(struct arena *a, const char *s, char first, char last, int by)
{
	char *out = arena_strdup(a, s);

	for (char *p = out; *p != '\0'; p++)
		if (*p >= first && *p <= last)
			*p = (char)(*p + by);
	return out;
}

char *
str_upper(struct arena *a, const char *s)
{
	return shift_case(a, s, 'a', 'z', 'A' - 'a');
}

char *
str_lower(struct arena *a, const char *s)
{
	return shift_case(a, s, 'A', 'Z', 'a' - 'A');
}

/* Where c stands among the digits, or -1. */
static int
digit(const char *digits, char c)
{
	const char *found = c == '\0' ? NULL : strchr(digits, c);

	return found == NULL ? -1 : (int)(found - digits);
}

static const char hex_digits[] = "0123456789abcdef";

char *
str_hex(struct arena *a, struct bytes b)
{
	char *out = arena_alloc(a, b.n * 2 + 1);

	for (size_t i = 0; i < b.n; i++) {
		out[2 * i] = hex_digits[b.p[i] >> 4];
		out[2 * i + 1] = hex_digits[b.p[i] & 15];
	}
	return out;
}

bool
str_unhex(struct arena *a, const char *s, struct bytes *out, struct err *e)
{
	size_t n = strlen(s) / 2;
	uint8_t *p = arena_alloc(a, n);

	if (s[2 * n] != '\0')
		return err_set(e, ERR_INPUT, "an odd number of hex digits");
	for (size_t i = 0; i < n; i++) {
		int high = digit(hex_digits, s[2 * i]);
		int low = digit(hex_digits, s[2 * i + 1]);

		if (high < 0 || low < 0)
			return err_set(e, ERR_INPUT, "not a hex digit");
		p[i] = (uint8_t)(high << 4 | low);
	}
	*out = bytes(p, n);
	return true;
}

static const char base64_digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "abcdefghijklmnopqrstuvwxyz0123456789+/";
static const char base64url_digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "abcdefghijklmnopqrstuvwxyz0123456789-_";

static char *
encode64(struct arena *a, struct bytes b, const char *digits, bool padded)
{
	char *out = arena_alloc(a, b.n / 3 * 4 + 5), *p = out;

	for (size_t i = 0; i < b.n; i += 3) {
		size_t n = b.n - i < 3 ? b.n - i : 3;
		uint32_t group = (uint32_t)b.p[i] << 16;

		if (n > 1)
			group |= (uint32_t)b.p[i + 1] << 8;
		if (n > 2)
			group |= b.p[i + 2];
		for (size_t k = 0; k <= n; k++)
			*p++ = digits[group >> (18 - 6 * k) & 63];
		for (size_t k = n; padded && k < 3; k++)
			*p++ = '=';
	}
	return out;
}

/* The alphabets differ in their last two digits alone. */
static int
value64(const char *digits, char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	if (c == digits[62] || c == digits[63])
		return c == digits[62] ? 62 : 63;
	return -1;
}

/* n digits and no padding; one value has one encoding. */
static bool
decode64(struct arena *a, const char *s, size_t n, const char *digits,
    struct bytes *out, struct err *e)
{
	uint8_t *p = arena_alloc(a, n / 4 * 3 + 3);
	uint32_t pending = 0;
	unsigned bits = 0;
	size_t used = 0;

	if (n % 4 == 1)
		return err_set(e, ERR_INPUT, "base64 of an impossible length");
	for (size_t i = 0; i < n; i++) {
		int value = value64(digits, s[i]);

		if (value < 0)
			return err_set(e, ERR_INPUT, "not a base64 digit");
		pending = pending << 6 | (uint32_t)value;
		bits += 6;
		if (bits < 8)
			continue;
		bits -= 8;
		p[used++] = (uint8_t)(pending >> bits);
		pending &= (1u << bits) - 1;
	}
	if (pending != 0)
		return err_set(e, ERR_INPUT, "base64 with bits left over");
	*out = bytes(p, used);
	return true;
}

char *
str_base64(struct arena *a, struct bytes b)
{
	return encode64(a, b, base64_digits, true);
}

bool
str_unbase64(struct arena *a, const char *s, struct bytes *out, struct err *e)
{
	size_t n = strlen(s);

	if (n % 4 != 0)
		return err_set(e, ERR_INPUT, "base64 without its padding");
	if (n > 0 && s[n - 1] == '=')
		n -= s[n - 2] == '=' ? 2 : 1;
	return decode64(a, s, n, base64_digits, out, e);
}

char *
str_base64url(struct arena *a, struct bytes b)
{
	return encode64(a, b, base64url_digits, false);
}

bool
str_unbase64url(struct arena *a, const char *s, struct bytes *out,
    struct err *e)
{
	return decode64(a, s, strlen(s), base64url_digits, out, e);
}

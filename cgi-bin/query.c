/* SPDX-License-Identifier: Apache-2.0 */
/*
 * URL-encoded names and values. Strict at every byte; what a name means and
 * how often it may come, cgi-bin/field.c says.
 */
#include "cgi-bin/query.h"

#include <stdint.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/str.h"

enum {
	FIRST_PAIRS = 16
};

static int
hex_digit(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* The bytes behind the escapes; a plus sign is a blank only in forms. */
static bool
decode(struct arena *a, struct bytes in, bool form, const char **out,
    struct err *e)
{
	char *text = arena_alloc(a, in.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < in.n; i++) {
		uint8_t c = in.p[i];

		if (c == '+' && form) {
			c = ' ';
		} else if (c == '%') {
			int high = i + 2 < in.n ? hex_digit(in.p[i + 1]) : -1;
			int low = i + 2 < in.n ? hex_digit(in.p[i + 2]) : -1;

			if (high < 0 || low < 0)
				return err_set(e, ERR_INPUT, "an escape "
				    "without two hexadecimal digits");
			c = (uint8_t)(high << 4 | low);
			i += 2;
		}
		text[n++] = (char)c;
	}
	if (!str_utf8(bytes(text, n)))
		return err_set(e, ERR_INPUT, "text that is no UTF-8");
	*out = text;
	return true;
}

bool
query_add(struct arena *a, struct pairs *pairs, const char *name,
    const char *value, struct err *e)
{
	if (pairs->n == QUERY_PAIRS)
		return err_set(e, ERR_LIMIT, "more than %d fields",
		    QUERY_PAIRS);
	if (pairs->n == pairs->capacity) {
		size_t more = pairs->n == 0 ? FIRST_PAIRS : 2 * pairs->n;
		struct pair *grown = arena_array(a, more, sizeof *grown);

		if (pairs->n > 0)
			memcpy(grown, pairs->pair, pairs->n * sizeof *grown);
		pairs->pair = grown;
		pairs->capacity = more;
	}
	pairs->pair[pairs->n++] = (struct pair){ name, value };
	return true;
}

/* One "name=value" or bare "name". */
static bool
parse_pair(struct arena *a, struct bytes in, struct pairs *pairs,
    struct err *e)
{
	const uint8_t *equals = memchr(in.p, '=', in.n);
	size_t split = equals != NULL ? (size_t)(equals - in.p) : in.n;
	size_t after = equals != NULL ? split + 1 : in.n;
	const char *name, *value;

	if (!decode(a, bytes(in.p, split), true, &name, e) ||
	    !decode(a, bytes(in.p + after, in.n - after), true, &value, e))
		return false;
	if (*name == '\0')
		return err_set(e, ERR_INPUT, "a value without a name");
	if (strlen(name) > QUERY_NAME)
		return err_set(e, ERR_INPUT, "a name over %d bytes",
		    QUERY_NAME);
	return query_add(a, pairs, name, value, e);
}

bool
query_parse(struct arena *a, struct bytes in, struct pairs *pairs,
    struct err *e)
{
	struct pairs read = *pairs;
	size_t at = 0;

	while (at < in.n) {
		const uint8_t *p = in.p + at;
		const uint8_t *end = memchr(p, '&', in.n - at);
		size_t n = end != NULL ? (size_t)(end - p) : in.n - at;

		if (n > 0 && !parse_pair(a, bytes(p, n), &read, e))
			return false;
		at += n + 1;
	}
	*pairs = read;
	return true;
}

const char *
query_next(const struct pairs *pairs, const char *name, size_t *i)
{
	while (*i < pairs->n) {
		const struct pair *p = &pairs->pair[(*i)++];

		if (strcmp(p->name, name) == 0)
			return p->value;
	}
	return NULL;
}

const char *
query_find(const struct pairs *pairs, const char *name)
{
	size_t i = 0;

	return query_next(pairs, name, &i);
}

/* "%2f" in either case. */
static bool
has_escaped_slash(struct bytes in)
{
	for (size_t i = 0; i + 2 < in.n; i++) {
		if (in.p[i] == '%' && in.p[i + 1] == '2' &&
		    (in.p[i + 2] | 0x20) == 'f')
			return true;
	}
	return false;
}

bool
query_path(struct arena *a, struct bytes in, const char **path,
    struct err *e)
{
	if (has_escaped_slash(in))
		return err_set(e, ERR_INPUT, "a path with an escaped slash");
	return decode(a, in, false, path, e);
}

static bool
is_unreserved(uint8_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || strchr("-._~", c) != NULL;
}

void
query_escape(struct buf *b, const char *s)
{
	for (; *s != '\0'; s++) {
		uint8_t c = (uint8_t)*s;

		if (is_unreserved(c))
			buf_u8(b, c);
		else
			buf_printf(b, "%%%02X", c);
	}
}

const char *
query_address(struct arena *a, const char *path, const struct pairs *pairs,
    const char *but)
{
	struct buf b = buf_new(a, 0);
	const char *join = "?";

	buf_puts(&b, path);
	for (size_t i = 0; i < pairs->n; i++) {
		const struct pair *p = &pairs->pair[i];

		if (but != NULL && strcmp(p->name, but) == 0)
			continue;
		buf_puts(&b, join);
		query_escape(&b, p->name);
		buf_u8(&b, '=');
		query_escape(&b, p->value);
		join = "&";
	}
	return buf_text(&b);
}

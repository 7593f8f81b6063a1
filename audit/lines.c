/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Line by line through a text. The callers are the other formats of audit/,
 * which know what each line has to be.
 */
#include "audit/lines.h"

#include <string.h>

#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"

struct lines
lines_of(struct bytes all)
{
	return (struct lines){ .left = all };
}

bool
lines_take(struct lines *l, struct bytes *line)
{
	const uint8_t *end = l->left.n == 0 ? NULL
	    : memchr(l->left.p, '\n', l->left.n);

	if (end == NULL)
		return false;
	*line = bytes(l->left.p, (size_t)(end - l->left.p));
	l->left.p += line->n + 1;
	l->left.n -= line->n + 1;
	l->number++;
	return true;
}

bool
lines_fault(const struct lines *l, struct err *e, const char *why)
{
	return err_set(e, ERR_INPUT, "line %zu: %s", l->number, why);
}

/* A NUL within would end the string early: the callers have refused it, or
 * what stands behind is missed by the length. */
static const char *
text_from(struct arena *a, struct bytes line, size_t from)
{
	return arena_strndup(a, (const char *)line.p + from, line.n - from);
}

bool
lines_base64(struct arena *a, const struct lines *l, struct bytes line,
    size_t from, struct bytes *out, struct err *e)
{
	struct err why = { 0 };
	const char *text = text_from(a, line, from);

	if (strlen(text) != line.n - from)
		return lines_fault(l, e, "not a base64 digit");
	if (!str_unbase64(a, text, out, &why))
		return lines_fault(l, e, why.text);
	return true;
}

bool
lines_hash(struct arena *a, const struct lines *l, struct bytes line,
    struct hash *out, struct err *e)
{
	struct bytes b = { 0 };

	if (!lines_base64(a, l, line, 0, &b, e))
		return false;
	if (b.n != CRYPTO_HASH)
		return lines_fault(l, e, "a hash has 32 bytes");
	memcpy(out->b, b.p, CRYPTO_HASH);
	return true;
}

bool
lines_number(struct arena *a, const struct lines *l, struct bytes line,
    size_t from, uint64_t max, uint64_t *out, struct err *e)
{
	struct err why = { 0 };
	const char *text = text_from(a, line, from);

	if (strlen(text) != line.n - from)
		return lines_fault(l, e, "not a whole number");
	if (!str_uint(text, max, out, &why))
		return lines_fault(l, e, why.text);
	return true;
}

bool
lines_begins(struct bytes line, const char *prefix)
{
	size_t n = strlen(prefix);

	return line.n >= n && memcmp(line.p, prefix, n) == 0;
}

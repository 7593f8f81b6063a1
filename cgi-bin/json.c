/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writing JSON. Every text passes one escaper; braces are the caller's to
 * close.
 */
#include "cgi-bin/json.h"

#include <stddef.h>

struct json
json_new(struct arena *arena)
{
	return (struct json){ .buf = buf_new(arena, 1024) };
}

/* RFC 8259 7: quote, backslash and controls. */
static void
put_string(struct buf *b, const char *s)
{
	buf_puts(b, "\"");
	for (; *s != '\0'; s++) {
		if (*s == '"' || *s == '\\')
			buf_puts(b, "\\");
		if ((unsigned char)*s < ' ')
			buf_printf(b, "\\u%04x", (unsigned)*s);
		else
			buf_put(b, s, 1);
	}
	buf_puts(b, "\"");
}

static void
put_name(struct json *j, const char *name)
{
	if (j->more)
		buf_puts(&j->buf, ",");
	j->more = true;
	if (name == NULL)
		return;
	put_string(&j->buf, name);
	buf_puts(&j->buf, ":");
}

static void
put_open(struct json *j, const char *name, const char *brace)
{
	put_name(j, name);
	buf_puts(&j->buf, brace);
	j->more = false;
}

static void
put_shut(struct json *j, const char *brace)
{
	buf_puts(&j->buf, brace);
	j->more = true;
}

void
json_begin(struct json *j, const char *name)
{
	put_open(j, name, "{");
}

void
json_end(struct json *j)
{
	put_shut(j, "}");
}

void
json_list_begin(struct json *j, const char *name)
{
	put_open(j, name, "[");
}

void
json_list_end(struct json *j)
{
	put_shut(j, "]");
}

void
json_text(struct json *j, const char *name, const char *value)
{
	if (value == NULL)
		return;
	put_name(j, name);
	put_string(&j->buf, value);
}

struct bytes
json_bytes(const struct json *j)
{
	return buf_bytes(&j->buf);
}

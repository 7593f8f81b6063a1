/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The multipart reader: one state per place a byte can be at. Only a carriage
 * return can begin a delimiter, so after a mismatch nothing before the
 * offending byte has to be looked at again.
 */
#include "cgi-bin/multipart.h"

#include <string.h>
#include <strings.h>

#include "cgi-bin/parameter.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"

enum state {
	FIRST,		/* inside the first boundary, or before it */
	FIRST_LF,	/* an empty line before it */
	TAIL,		/* behind the first boundary: CRLF or "--" */
	TAIL_LF,
	TAIL_DASH,
	HEADER,		/* in a header line, or at the empty one */
	HEADER_LF,
	DATA,		/* in a part's bytes, or in what may be a delimiter */
	CLOSED,		/* behind the last boundary: nothing, or CRLF */
	CLOSED_LF,
	OVER
};

enum {
	CRLF = 2,	/* of the delimiter, CRLF "--" boundary */
	DELIMITER = 4 + MULTIPART_BOUNDARY
};

struct multipart {
	struct arena		*arena;
	const struct multipart_sink *sink;
	enum state		 state;
	bool			 failed;
	size_t			 offset;
	char			 delimiter[DELIMITER + 1];
	size_t			 length;	/* of the delimiter */
	size_t			 matched;	/* of it, up to now */
	uint8_t			 tail;		/* behind it: CR, '-' or 0 */
	char			 line[MULTIPART_HEADER + 1];
	size_t			 line_length;
	unsigned		 headers;
	unsigned		 parts;
	struct multipart_part	 part;
};

/* bchars of RFC 2046 5.1.1; a blank may not be the last. */
static bool
is_boundary(const char *s)
{
	size_t n = strlen(s);

	return n > 0 && n <= MULTIPART_BOUNDARY && s[n - 1] != ' ' &&
	    strspn(s, "0123456789abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ'()+_,-./:=? ") == n;
}

bool
multipart_boundary(struct arena *a, const char *content_type,
    const char **boundary, struct err *e)
{
	const char *found;

	if (!parameter_find(a, content_type, "boundary", &found, e))
		return false;
	if (found == NULL || !is_boundary(found))
		return err_set(e, ERR_INPUT, "multipart without a boundary");
	*boundary = found;
	return true;
}

struct multipart *
multipart_new(struct arena *a, const char *boundary,
    const struct multipart_sink *sink)
{
	struct multipart *m = arena_alloc(a, sizeof *m);

	m->arena = a;
	m->sink = sink;
	memcpy(m->delimiter, "\r\n--", 4);
	m->length = 4 + strnlen(boundary, MULTIPART_BOUNDARY);
	memcpy(m->delimiter + 4, boundary, m->length - 4);
	m->matched = CRLF;
	return m;
}

static bool
malformed(const struct multipart *m, struct err *e)
{
	return err_set(e, ERR_INPUT, "malformed multipart at byte %zu",
	    m->offset);
}

static bool
disposition(struct multipart *m, const char *value, struct err *e)
{
	struct multipart_part *p = &m->part;

	if (p->name != NULL || !parameter_is(value, "form-data"))
		return malformed(m, e);
	if (!parameter_find(m->arena, value, "name", &p->name, e) ||
	    !parameter_find(m->arena, value, "filename", &p->filename, e))
		return false;
	if (str_empty(p->name) || !str_utf8(bytes_of(p->name)) ||
	    !str_utf8(bytes_of(p->filename)))
		return malformed(m, e);
	return true;
}

/* RFC 7578 4.7: no transfer encoding but those that change nothing. */
static bool
is_plain_encoding(const char *value)
{
	return strcasecmp(value, "7bit") == 0 ||
	    strcasecmp(value, "8bit") == 0 ||
	    strcasecmp(value, "binary") == 0;
}

static bool
header(struct multipart *m, struct err *e)
{
	char *colon = memchr(m->line, ':', m->line_length);
	const char *value;

	m->line[m->line_length] = '\0';
	if (colon == NULL)
		return malformed(m, e);
	*colon = '\0';
	value = str_trim(m->arena, colon + 1);
	if (!str_utf8(bytes_of(value)))
		return malformed(m, e);
	if (++m->headers > MULTIPART_HEADERS)
		return err_set(e, ERR_LIMIT, "more than %d headers of a part",
		    MULTIPART_HEADERS);
	if (strcasecmp(m->line, "Content-Disposition") == 0)
		return disposition(m, value, e);
	if (strcasecmp(m->line, "Content-Type") == 0)
		m->part.type = value;
	else if (strcasecmp(m->line, "Content-Transfer-Encoding") == 0 &&
	    !is_plain_encoding(value))
		return malformed(m, e);
	return true;
}

/* At the line feed of a header line; an empty line ends the headers. */
static bool
header_line(struct multipart *m, struct err *e)
{
	m->state = HEADER;
	if (m->line_length > 0) {
		bool ok = header(m, e);

		m->line_length = 0;
		return ok;
	}
	if (m->part.name == NULL)
		return malformed(m, e);
	if (m->part.type == NULL)
		m->part.type = "text/plain";
	if (++m->parts > MULTIPART_PARTS)
		return err_set(e, ERR_LIMIT, "more than %d parts",
		    MULTIPART_PARTS);
	m->state = DATA;
	m->matched = 0;
	return m->sink->begin(m->sink->arg, &m->part, e);
}

static bool
header_byte(struct multipart *m, uint8_t c, struct err *e)
{
	bool in_name = memchr(m->line, ':', m->line_length) == NULL;

	if (c == '\r') {
		m->state = HEADER_LF;
		return true;
	}
	if (m->line_length == MULTIPART_HEADER)
		return err_set(e, ERR_LIMIT, "a header over %d bytes",
		    MULTIPART_HEADER);
	if (in_name && !parameter_token(c) && (c != ':' || !m->line_length))
		return malformed(m, e);
	if (c == 0x7f || (c < ' ' && c != '\t'))
		return malformed(m, e);
	m->line[m->line_length++] = (char)c;
	return true;
}

static void
begin_headers(struct multipart *m)
{
	m->state = HEADER;
	m->part = (struct multipart_part){ NULL, NULL, NULL };
	m->headers = 0;
	m->line_length = 0;
}

static bool
expect(struct multipart *m, uint8_t c, uint8_t wanted, enum state next,
    struct err *e)
{
	if (c != wanted)
		return malformed(m, e);
	m->state = next;
	return true;
}

/* A byte of the first boundary, which may come after empty lines. */
static bool
first_byte(struct multipart *m, uint8_t c, struct err *e)
{
	if (m->matched == CRLF && c == '\r') {
		m->state = FIRST_LF;
		return true;
	}
	if (c != (uint8_t)m->delimiter[m->matched])
		return malformed(m, e);
	if (++m->matched == m->length)
		m->state = TAIL;
	return true;
}

/* A byte anywhere but in a part's data. */
static bool
byte(struct multipart *m, uint8_t c, struct err *e)
{
	switch (m->state) {
	case FIRST:
		return first_byte(m, c, e);
	case FIRST_LF:
		return expect(m, c, '\n', FIRST, e);
	case TAIL:
		if (c == '\r')
			return expect(m, c, '\r', TAIL_LF, e);
		return expect(m, c, '-', TAIL_DASH, e);
	case TAIL_LF:
		begin_headers(m);
		return expect(m, c, '\n', HEADER, e);
	case TAIL_DASH:
		return expect(m, c, '-', CLOSED, e);
	case HEADER:
		return header_byte(m, c, e);
	case HEADER_LF:
		if (c != '\n')
			return malformed(m, e);
		return header_line(m, e);
	case CLOSED:
		return expect(m, c, '\r', CLOSED_LF, e);
	case CLOSED_LF:
		return expect(m, c, '\n', OVER, e);
	case DATA:
	case OVER:
		break;
	}
	return malformed(m, e);
}

static bool
put_data(struct multipart *m, const void *p, size_t n, struct err *e)
{
	return n == 0 || m->sink->data(m->sink->arg, bytes(p, n), e);
}

/* What looked like a delimiter was data: all of it but a last CR, which may
 * begin the real one. */
static bool
mismatch(struct multipart *m, struct err *e)
{
	size_t matched = m->matched;
	uint8_t tail = m->tail;

	m->matched = tail == '\r' ? 1 : 0;
	m->tail = 0;
	return put_data(m, m->delimiter, matched, e) &&
	    put_data(m, "-", tail == '-' ? 1 : 0, e);
}

/* A byte behind a whole delimiter. Sets taken unless it is to be looked at
 * again. */
static bool
behind_delimiter(struct multipart *m, uint8_t c, bool *taken, struct err *e)
{
	*taken = true;
	if (m->tail == 0 && (c == '\r' || c == '-')) {
		m->tail = c;
		return true;
	}
	if ((m->tail == '\r' && c == '\n') || (m->tail == '-' && c == '-')) {
		m->tail = 0;
		m->state = CLOSED;
		if (!m->sink->end(m->sink->arg, e))
			return false;
		if (c == '\n')
			begin_headers(m);
		return true;
	}
	*taken = false;
	return mismatch(m, e);
}

/* Bytes of a part; returns how many were taken through n. */
static bool
data(struct multipart *m, struct bytes in, size_t *n, struct err *e)
{
	const uint8_t *cr;
	bool taken;

	*n = 1;
	if (m->matched == 0) {
		cr = memchr(in.p, '\r', in.n);
		*n = cr != NULL ? (size_t)(cr - in.p) + 1 : in.n;
		m->matched = cr != NULL;
		return put_data(m, in.p, *n - m->matched, e);
	}
	if (m->matched < m->length) {
		if (*in.p == (uint8_t)m->delimiter[m->matched]) {
			m->matched++;
			return true;
		}
		*n = 0;
		return mismatch(m, e);
	}
	if (!behind_delimiter(m, *in.p, &taken, e))
		return false;
	*n = taken;
	return true;
}

bool
multipart_feed(struct multipart *m, struct bytes in, struct err *e)
{
	size_t at = 0;

	if (m->failed)
		return malformed(m, e);
	while (at < in.n) {
		size_t n = 1;
		bool ok;

		if (m->state == DATA)
			ok = data(m, bytes(in.p + at, in.n - at), &n, e);
		else
			ok = byte(m, in.p[at], e);
		if (!ok) {
			m->failed = true;
			return false;
		}
		at += n;
		m->offset += n;
	}
	return true;
}

bool
multipart_end(const struct multipart *m, struct err *e)
{
	if (m->failed || (m->state != CLOSED && m->state != OVER))
		return malformed(m, e);
	return true;
}

size_t
multipart_offset(const struct multipart *m)
{
	return m->offset;
}

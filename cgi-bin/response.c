/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Building an answer. Header values are checked here, where all of them pass,
 * so that no text can ever become a header of its own.
 */
#include "cgi-bin/response.h"

#include <inttypes.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/log.h"

/*
 * On every response. Pages load nothing but this site's style sheet, pictures
 * and forms, run no script, and stand in nobody's frame; other sites learn
 * neither addresses nor answers.
 */
static const struct response_header always[] = {
	{ "Content-Security-Policy", "default-src 'none'; style-src 'self'; "
	    "img-src 'self'; form-action 'self'; "
	    "base-uri 'none'; frame-ancestors 'none'" },
	{ "X-Content-Type-Options", "nosniff" },
	{ "X-Frame-Options", "DENY" },
	{ "Referrer-Policy", "same-origin" },
	{ "Cross-Origin-Opener-Policy", "same-origin" },
	{ "Cross-Origin-Resource-Policy", "same-origin" },
	{ "Permissions-Policy", "camera=(), geolocation=(), microphone=(), "
	    "payment=(), usb=()" },
};

static const char html_type[] = "text/html; charset=utf-8";

struct response
response_new(struct arena *a)
{
	return (struct response){ .arena = a, .page = true,
	    .type = html_type };
}

void
response_page(struct response *r, unsigned status)
{
	r->status = status;
	r->page = true;
	r->type = html_type;
}

/* Printable ASCII: nothing that ends a header line, and nothing that two
 * readers could decode in two ways. */
static bool
is_header_text(const char *s)
{
	for (; *s != '\0'; s++) {
		if (*s < ' ' || *s > '~')
			return false;
	}
	return true;
}

void
response_header(struct response *r, const char *name, const char *value)
{
	if (r->headers == RESPONSE_HEADERS || !is_header_text(value)) {
		log_event(LOG_ALARM, "header-left-out", "name", name, NULL);
		return;
	}
	r->header[r->headers++] = (struct response_header){
		name, arena_strdup(r->arena, value)
	};
}

bool
response_is_local(const char *path)
{
	if (path[0] != '/' || path[1] == '/')
		return false;
	return is_header_text(path) && strpbrk(path, "\\ ") == NULL;
}

void
response_redirect(struct response *r, const char *path)
{
	if (!response_is_local(path)) {
		log_event(LOG_ALARM, "redirect-not-local", NULL);
		path = "/";
	}
	r->status = 303;
	r->page = false;
	r->type = NULL;
	r->body = bytes(NULL, 0);
	response_header(r, "Location", path);
}

/* attr-char of RFC 8187 3.2.1. */
static bool
is_plain(uint8_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
}

static const char *
disposition(struct arena *a, const char *name)
{
	struct buf b = buf_new(a, 0);

	buf_puts(&b, "attachment; filename=\"");
	for (const char *s = name; *s != '\0'; s++)
		buf_u8(&b, is_plain((uint8_t)*s) ? (uint8_t)*s : '_');
	buf_puts(&b, "\"; filename*=UTF-8''");
	for (const char *s = name; *s != '\0'; s++) {
		if (is_plain((uint8_t)*s))
			buf_u8(&b, (uint8_t)*s);
		else
			buf_printf(&b, "%%%02X", (uint8_t)*s);
	}
	return buf_text(&b);
}

void
response_download(struct response *r, const char *name, const char *type,
    struct bytes body)
{
	response_bytes(r, 200, type, body);
	response_header(r, "Content-Disposition",
	    disposition(r->arena, name));
}

/* The front server is asked to hand pieces on: kept there, the whole file
 * would lie on its disk. */
void
response_stream(struct response *r, const char *name, const char *type,
    const struct response_stream *stream)
{
	struct response_stream *kept = arena_alloc(r->arena, sizeof *kept);

	*kept = *stream;
	response_download(r, name, type, bytes(NULL, 0));
	response_header(r, "X-Accel-Buffering", "no");
	r->stream = kept;
}

void
response_bytes(struct response *r, unsigned status, const char *type,
    struct bytes body)
{
	r->status = status;
	r->page = false;
	r->type = type;
	r->body = body;
}

void
response_cookie(struct response *r, const char *name, const char *value,
    int64_t seconds)
{
	const char *age = "";

	if (seconds != 0)
		age = arena_printf(r->arena, "; Max-Age=%" PRId64,
		    seconds < 0 ? 0 : seconds);
	response_header(r, "Set-Cookie", arena_printf(r->arena,
	    "%s=%s; Path=/; Secure; HttpOnly; SameSite=Lax%s", name,
	    seconds < 0 ? "" : value, age));
}

/* nginx writes its status line from these words; without them it leaves out
 * a blank that RFC 9112 4 wants. */
static const char *
reason(unsigned status)
{
	static const struct {
		unsigned	 status;
		const char	*words;
	} reasons[] = {
		{ 200, "OK" }, { 303, "See Other" }, { 400, "Bad Request" },
		{ 403, "Forbidden" }, { 404, "Not Found" },
		{ 405, "Method Not Allowed" }, { 409, "Conflict" },
		{ 422, "Unprocessable Content" },
		{ 429, "Too Many Requests" },
		{ 500, "Internal Server Error" },
		{ 503, "Service Unavailable" },
	};

	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
		if (reasons[i].status == status)
			return reasons[i].words;
	}
	return status < 400 ? "Done" : "Refused";
}

void
response_head(const struct response *r, struct buf *b)
{
	buf_printf(b, "Status: %u %s\r\n", r->status, reason(r->status));
	if (r->type != NULL)
		buf_printf(b, "Content-Type: %s\r\n", r->type);
	if (r->stream != NULL)
		buf_printf(b, "Content-Length: %" PRIu64 "\r\n",
		    r->stream->length);
	else if (r->body.n > 0)
		buf_printf(b, "Content-Length: %zu\r\n", r->body.n);
	buf_printf(b, "Cache-Control: %s\r\n",
	    r->shared ? "public, max-age=60" : "no-store");
	for (size_t i = 0; i < sizeof always / sizeof *always; i++)
		buf_printf(b, "%s: %s\r\n", always[i].name, always[i].value);
	for (size_t i = 0; i < r->headers; i++)
		buf_printf(b, "%s: %s\r\n", r->header[i].name,
		    r->header[i].value);
	buf_puts(b, "\r\n");
}

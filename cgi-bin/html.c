/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The writer: a buffer, the stack of elements that are open, and whether the
 * last start tag may still take attributes. It knows how HTML is written and
 * nothing of what is on our pages; ui_*.c and layout.c call it.
 */
#include "cgi-bin/html.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/log.h"

enum {
	DEPTH = 64,
	PAGE = 24 * 1024	/* a usual page */
};

struct html {
	struct buf	 out;
	const char	*stack[DEPTH];
	size_t		 depth;
	bool		 in_tag;	/* attributes may follow */
	bool		 in_void;	/* of an element without content */
	bool		 at_start;	/* no text in this element yet */
};

static const char replacement[] = "\xEF\xBF\xBD";

static _Noreturn void
fault(const struct html *h, const char *what, const char *name)
{
	const char *within = h->depth > 0 ? h->stack[h->depth - 1] : "";

	log_event(LOG_ALARM, "html-fault", "what", what, "name", name,
	    "within", within, NULL);
	abort();
}

static bool
is_in(const char *const *list, const char *name)
{
	for (; *list != NULL; list++)
		if (**list == *name && strcmp(*list, name) == 0)
			return true;
	return false;
}

/* HTML 13.1.2: elements that have no end tag. */
static bool
is_void(const char *element)
{
	static const char *const list[] = {
		"area", "base", "br", "col", "embed", "hr", "img", "input",
		"link", "meta", "source", "track", "wbr", NULL
	};

	return is_in(list, element);
}

/* Their content is no text to the browser, so no escaper could guard it. */
static bool
is_raw(const char *element)
{
	static const char *const list[] = {
		"iframe", "noembed", "noframes", "noscript", "object",
		"plaintext", "script", "style", "xmp", NULL
	};

	return is_in(list, element);
}

static bool
is_address(const char *attribute)
{
	static const char *const list[] = {
		"action", "cite", "data", "formaction", "href", "ping",
		"poster", "src", "srcdoc", "srcset", NULL
	};

	return is_in(list, attribute);
}

static bool
is_name(const char *s)
{
	const char *from = s;

	while ((*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') ||
	    (*s >= '0' && *s <= '9') || *s == '-' || *s == ':')
		s++;
	return s > from && *s == '\0';
}

struct html *
html_new(struct arena *a)
{
	struct html *h = arena_alloc(a, sizeof *h);

	h->out = buf_new(a, PAGE);
	return h;
}

struct arena *
html_arena(struct html *h)
{
	return h->out.arena;
}

static const char *
reference(unsigned char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	case '\r':
		return "&#13;";	/* bare, it is read as LF (HTML 13.2.3.5) */
	default:
		return NULL;
	}
}

/*
 * How many bytes of a code point that HTML cannot hold, not even as a
 * reference, start here: controls and noncharacters (HTML 13.2.3.5). A NUL
 * fails every comparison, so none reads past the end.
 */
static size_t
unwritable(const unsigned char *s)
{
	if (*s < 0x20)
		return *s != '\t' && *s != '\n' && *s != '\r';
	if (*s < 0xC2)
		return *s == 0x7F;
	if (*s == 0xC2)
		return (s[1] & 0xE0) == 0x80 ? 2 : 0;
	if (*s == 0xEF)
		return (s[1] == 0xB7 && s[2] >= 0x90 && s[2] <= 0xAF) ||
		    (s[1] == 0xBF && s[2] >= 0xBE) ? 3 : 0;
	if (*s >= 0xF0)
		return (s[1] & 0x0F) == 0x0F && s[2] == 0xBF && s[3] >= 0xBE ?
		    4 : 0;
	return 0;
}

/* Most of any text: letters, digits and blanks of ASCII. */
static bool
is_plain(unsigned char c)
{
	return (c >= '?' && c < 0x7F) || (c >= '(' && c <= ';') || c == ' ';
}

/*
 * The escaper. One for text and values alike: what a quoted value needs is
 * harmless in text.
 */
static void
escape(struct buf *b, const char *text)
{
	const unsigned char *s = (const unsigned char *)text, *from = s;
	const char *ref;

	while (*s != '\0') {
		size_t n;

		if (is_plain(*s)) {
			s++;
			continue;
		}
		n = unwritable(s);
		ref = n > 0 ? replacement : reference(*s);
		if (ref == NULL) {
			s++;
			continue;
		}
		buf_put(b, from, (size_t)(s - from));
		buf_puts(b, ref);
		s += n > 0 ? n : 1;
		from = s;
	}
	buf_put(b, from, (size_t)(s - from));
}

static void
close_tag(struct html *h)
{
	if (!h->in_tag)
		return;
	buf_puts(&h->out, ">");
	h->at_start = !h->in_void;
	h->in_tag = h->in_void = false;
}

void
html_doctype(struct html *h)
{
	if (h->out.n > 0)
		fault(h, "document type after the start", "html");
	buf_puts(&h->out, "<!DOCTYPE html>\n");
}

void
html_begin(struct html *h, const char *element)
{
	close_tag(h);
	if (!is_name(element) || is_raw(element))
		fault(h, "not an element of ours", element);
	h->in_void = is_void(element);
	if (!h->in_void) {
		if (h->depth == DEPTH)
			fault(h, "too deep", element);
		h->stack[h->depth++] = element;
	}
	buf_puts(&h->out, "<");
	buf_puts(&h->out, element);
	h->in_tag = true;
	h->at_start = false;
}

void
html_end(struct html *h, const char *element)
{
	close_tag(h);
	if (h->depth == 0 || strcmp(h->stack[h->depth - 1], element) != 0)
		fault(h, "end without its begin", element);
	h->depth--;
	buf_puts(&h->out, "</");
	buf_puts(&h->out, element);
	buf_puts(&h->out, ">");
	h->at_start = false;
}

void
html_element(struct html *h, const char *element, const char *classes,
    const char *text)
{
	html_begin(h, element);
	html_class(h, classes, NULL, NULL);
	html_text(h, text);
	html_end(h, element);
}

static void
put_attribute(struct html *h, const char *name, const char *value)
{
	if (!h->in_tag)
		fault(h, "attribute outside a start tag", name);
	if (!is_name(name))
		fault(h, "not an attribute", name);
	buf_puts(&h->out, " ");
	buf_puts(&h->out, name);
	if (value == NULL)
		return;
	buf_puts(&h->out, "=\"");
	escape(&h->out, value);
	buf_puts(&h->out, "\"");
}

void
html_attr(struct html *h, const char *name, const char *value)
{
	if (is_address(name))
		fault(h, "an address needs html_url", name);
	/* The browser runs one, and the page's policy forbids both. */
	if (strcasecmp(name, "style") == 0 || strncasecmp(name, "on", 2) == 0)
		fault(h, "an attribute the policy forbids", name);
	if (value != NULL)
		put_attribute(h, name, value);
}

void
html_attrf(struct html *h, const char *name, const char *fmt, ...)
{
	struct buf value = buf_new(h->out.arena, 0);
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(&value, fmt, ap);
	va_end(ap);
	html_attr(h, name, buf_text(&value));
}

void
html_flag(struct html *h, const char *name, bool on)
{
	if (on)
		put_attribute(h, name, NULL);
}

static bool
blank(const char *s)
{
	return s == NULL || *s == '\0';
}

const char *
html_join(struct html *h, const char *a, const char *b)
{
	if (blank(a))
		return blank(b) ? NULL : b;
	return blank(b) ? a : arena_printf(h->out.arena, "%s %s", a, b);
}

void
html_class(struct html *h, const char *base, const char *modifier,
    const char *more)
{
	html_attr(h, "class", html_join(h, html_join(h, base, modifier), more));
}

bool
html_url_safe(const char *url)
{
	size_t scheme;

	if (blank(url))
		return false;
	for (const unsigned char *s = (const unsigned char *)url; *s; s++)
		if (*s <= ' ' || *s == 0x7F || *s == '\\' ||
		    (*s == 0xC2 && (s[1] & 0xE0) == 0x80))
			return false;
	scheme = strcspn(url, ":/?#");
	if (url[scheme] != ':')
		return strncmp(url, "//", 2) != 0;
	return strncasecmp(url, "https://", 8) == 0 ||
	    strncasecmp(url, "mailto:", 7) == 0;
}

void
html_url(struct html *h, const char *name, const char *url)
{
	if (strcmp(name, "href") != 0 && strcmp(name, "src") != 0 &&
	    strcmp(name, "action") != 0)
		fault(h, "not an address we use", name);
	if (html_url_safe(url))
		put_attribute(h, name, url);
}

/* HTML 13.2.6.4.7: a line end right after these start tags is dropped. */
static bool
drops_line_end(const char *element)
{
	return strcmp(element, "textarea") == 0 || strcmp(element, "pre") == 0;
}

void
html_text(struct html *h, const char *s)
{
	if (blank(s))
		return;
	close_tag(h);
	if (h->depth == 0)
		fault(h, "text outside any element", "");
	if (h->at_start && *s == '\n' &&
	    drops_line_end(h->stack[h->depth - 1]))
		buf_puts(&h->out, "\n");
	h->at_start = false;
	escape(&h->out, s);
}

void
html_textf(struct html *h, const char *fmt, ...)
{
	struct buf text = buf_new(h->out.arena, 0);
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(&text, fmt, ap);
	va_end(ap);
	html_text(h, buf_text(&text));
}

void
html_lines(struct html *h, const char *s)
{
	size_t n;

	if (s == NULL)
		return;
	for (;;) {
		n = strcspn(s, "\r\n");
		html_text(h, arena_strndup(h->out.arena, s, n));
		if (s[n] == '\0')
			return;
		html_begin(h, "br");
		s += n + (s[n] == '\r' && s[n + 1] == '\n' ? 2 : 1);
	}
}

struct bytes
html_finish(struct html *h)
{
	close_tag(h);
	if (h->depth > 0)
		fault(h, "left open", h->stack[h->depth - 1]);
	return buf_bytes(&h->out);
}

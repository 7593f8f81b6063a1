/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A small HTML reader for tests: tags, quoted attributes, text and the few
 * references that appear. It is no browser; what it does not know it shows
 * as text, and a comparison fails.
 */
#include "tests/conformance/markup.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "cgi-bin/html.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/bytes.h"

enum {
	ATTRIBUTES = 32
};

enum kind {
	TEXT,
	START,
	END,
	OVER
};

struct attribute {
	const char	*name;
	const char	*value;		/* NULL: none, as in "disabled" */
};

struct token {
	enum kind	 kind;
	const char	*name;		/* or the text */
	bool		 empty;		/* "/>" */
	struct attribute attribute[ATTRIBUTES];
	size_t		 n;
};

static bool
in(const char *const *list, const char *name)
{
	for (; *list != NULL; list++)
		if (strcmp(*list, name) == 0)
			return true;
	return false;
}

static bool
is_void(const char *name)
{
	static const char *const list[] = {
		"br", "hr", "img", "input", "link", "meta", NULL
	};

	return in(list, name);
}

/* What flows in a line of text, so that white space around it shows. */
static bool
is_inline(const char *name)
{
	static const char *const list[] = {
		"a", "abbr", "b", "code", "em", "i", "span", "strong", "time",
		NULL
	};

	return in(list, name);
}

static char *
resolve(struct arena *a, const char *s, size_t n)
{
	static const struct {
		const char	*reference;
		const char	*text;
	} known[] = {
		{ "&amp;", "&" }, { "&lt;", "<" }, { "&gt;", ">" },
		{ "&quot;", "\"" }, { "&#39;", "'" }, { "&ctdot;", "⋯" },
		{ "&nbsp;", "\u00A0" }, { "&#13;", "\r" },
		{ "&#x27;", "'" }, { "&#92;", "\\" }
	};
	struct buf b = buf_new(a, n);
	size_t i = 0;

	while (i < n) {
		size_t k = 0, most = sizeof known / sizeof *known;

		while (k < most && strncmp(s + i, known[k].reference,
		    strlen(known[k].reference)) != 0)
			k++;
		if (k == most) {
			buf_put(&b, s + i++, 1);
			continue;
		}
		buf_puts(&b, known[k].text);
		i += strlen(known[k].reference);
	}
	return arena_strndup(a, buf_text(&b), b.n);
}

static const char *
skip_blanks(const char *s)
{
	return s + strspn(s, " \t\r\n\f");
}

static const char *
read_attribute(struct arena *a, const char *s, struct token *t)
{
	size_t n = strcspn(s, " \t\r\n\f=/>");
	struct attribute *at = &t->attribute[t->n];

	if (t->n < ATTRIBUTES)
		t->n++;
	at->name = arena_strndup(a, s, n);
	at->value = NULL;
	s = skip_blanks(s + n);
	if (*s != '=')
		return s;
	s = skip_blanks(s + 1);
	if (*s == '"' || *s == '\'') {
		char quote[2] = { *s++, '\0' };

		n = strcspn(s, quote);
		at->value = resolve(a, s, n);
		return s + n + (s[n] != '\0');
	}
	n = strcspn(s, " \t\r\n\f>");
	at->value = resolve(a, s, n);
	return s + n;
}

static int
by_name(const void *x, const void *y)
{
	const struct attribute *a = x, *b = y;

	return strcmp(a->name, b->name);
}

static const char *
read_tag(struct arena *a, const char *s, struct token *t)
{
	size_t n;

	t->kind = *s == '/' ? END : START;
	s += *s == '/';
	n = strcspn(s, " \t\r\n\f/>");
	t->name = arena_strndup(a, s, n);
	for (s = skip_blanks(s + n); *s != '\0' && *s != '>';
	    s = skip_blanks(s)) {
		if (*s == '/') {
			t->empty = true;
			s++;
			continue;
		}
		s = read_attribute(a, s, t);
	}
	qsort(t->attribute, t->n, sizeof *t->attribute, by_name);
	return s + (*s == '>');
}

static struct token
next(struct arena *a, const char **s)
{
	struct token t = { .kind = OVER };
	size_t n;

	if (**s == '\0')
		return t;
	if (**s == '<' && (isalpha((unsigned char)(*s)[1]) ||
	    (*s)[1] == '/')) {
		*s = read_tag(a, *s + 1, &t);
		return t;
	}
	n = 1 + strcspn(*s + 1, "<");
	t.kind = TEXT;
	t.name = resolve(a, *s, n);
	*s += n;
	return t;
}

/* The line being built: is a space due before the next character? */
struct line {
	struct buf	 out;
	bool		 space;
	bool		 started;
};

static void
put_text(struct line *l, const char *s)
{
	for (; *s != '\0'; s++) {
		if (strchr(" \t\r\n\f", *s) != NULL) {
			l->space = l->started;
			continue;
		}
		if (l->space)
			buf_puts(&l->out, " ");
		buf_put(&l->out, s, 1);
		l->space = false;
		l->started = true;
	}
}

static void
put_value(struct buf *b, const char *s)
{
	for (s = skip_blanks(s); *s != '\0'; ) {
		size_t n = strcspn(s, " \t\r\n\f");

		buf_put(b, s, n);
		s = skip_blanks(s + n);
		if (*s != '\0')
			buf_puts(b, " ");
	}
}

static void
put_tag(struct line *l, const struct token *t)
{
	bool flows = is_inline(t->name);

	if (!flows)
		l->space = l->started = false;
	buf_printf(&l->out, "%s<%s%s", flows ? "" : "\n",
	    t->kind == END ? "/" : "", t->name);
	for (size_t i = 0; i < t->n; i++) {
		buf_printf(&l->out, " %s", t->attribute[i].name);
		if (t->attribute[i].value == NULL)
			continue;
		buf_puts(&l->out, "=\"");
		put_value(&l->out, t->attribute[i].value);
		buf_puts(&l->out, "\"");
	}
	buf_puts(&l->out, flows ? ">" : ">\n");
}

static bool
is_hidden(const struct token *t)
{
	for (size_t i = 0; t->kind == START && i < t->n; i++)
		if (strcmp(t->attribute[i].name, "hidden") == 0)
			return true;
	return false;
}

/* Past the end of the element just begun. */
static void
skip_element(struct arena *a, const char **s, const struct token *begun)
{
	struct token t;
	int depth = 1;

	while (depth > 0 && (t = next(a, s)).kind != OVER)
		if (t.kind != TEXT && strcmp(t.name, begun->name) == 0)
			depth += t.kind == START ? 1 : -1;
}

char *
markup_normal(struct arena *a, const char *html)
{
	struct line l = { .out = buf_new(a, strlen(html)) };
	struct token t;

	while ((t = next(a, &html)).kind != OVER) {
		if (is_hidden(&t)) {
			skip_element(a, &html, &t);
			continue;
		}
		if (t.kind == TEXT) {
			put_text(&l, t.name);
			continue;
		}
		put_tag(&l, &t);
		if (!t.empty || is_void(t.name))
			continue;
		put_tag(&l, &(struct token){ .kind = END, .name = t.name });
	}
	return arena_strndup(a, buf_text(&l.out), l.out.n);
}

static void
replay_start(struct html *h, const struct token *t)
{
	html_begin(h, t->name);
	for (size_t i = 0; i < t->n; i++) {
		const struct attribute *at = &t->attribute[i];

		if (strcmp(at->name, "href") == 0)
			html_url(h, at->name, at->value);
		else if (at->value == NULL)
			html_flag(h, at->name, true);
		else
			html_attr(h, at->name, at->value);
	}
	if (t->empty && !is_void(t->name))
		html_end(h, t->name);
}

void
markup_replay(struct html *h, struct arena *a, const char *html)
{
	struct token t;

	while ((t = next(a, &html)).kind != OVER) {
		if (t.kind == TEXT)
			html_text(h, t.name);
		else if (t.kind == START)
			replay_start(h, &t);
		else
			html_end(h, t.name);
	}
}

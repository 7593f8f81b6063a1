/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The steps that every part of a definition is read with. What an element
 * means is its reader's affair; here are names, numbers, texts, expressions.
 */
#include "forms/reader.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "forms/definition.h"
#include "forms/path.h"
#include "forms/rule.h"
#include "forms/words.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/xml.h"

enum {
	FAULTS_LIMIT = 500	/* nobody reads on */
};

void
reader_fault(struct reader *r, int line, const char *fmt, ...)
{
	struct xml_fault *fault = arena_alloc(r->arena, sizeof *fault);
	struct buf text = buf_new(r->arena, 120);
	struct xml_fault **at = &r->faults;
	va_list ap;

	if (++r->n_faults > FAULTS_LIMIT)
		return;
	va_start(ap, fmt);
	buf_vprintf(&text, fmt, ap);
	va_end(ap);
	fault->line = line;
	fault->text = buf_text(&text);
	while (*at != NULL && (*at)->line <= line)
		at = &(*at)->next;
	fault->next = *at;
	*at = fault;
}

static bool
is_among(const char *s, const char *const *list)
{
	for (; *list != NULL; list++)
		if (str_equal(s, *list))
			return true;
	return false;
}

void
reader_children(struct reader *r, const struct xml_node *n,
    const char *const *names)
{
	for (const struct xml_node *c = xml_first(n); c; c = xml_next(c))
		if (!is_among(xml_name(c), names))
			reader_fault(r, xml_line(c),
			    "<%s> does not belong inside <%s>", xml_name(c),
			    xml_name(n));
}

size_t
reader_count(const struct xml_node *n, const char *name)
{
	size_t count = 0;

	for (const struct xml_node *c = xml_first(n); c; c = xml_next(c))
		count += str_equal(xml_name(c), name);
	return count;
}

size_t
reader_count_below(const struct xml_node *n, const char *name)
{
	size_t count = 0;

	for (const struct xml_node *c = xml_first(n); c; c = xml_next(c))
		count += str_equal(xml_name(c), name) +
		    reader_count_below(c, name);
	return count;
}

const char *
reader_attribute(struct reader *r, const struct xml_node *n,
    const char *attribute)
{
	return xml_attribute(r->arena, n, attribute);
}

const char *
reader_needed(struct reader *r, const struct xml_node *n,
    const char *attribute)
{
	const char *value = reader_attribute(r, n, attribute);

	if (!str_empty(value))
		return value;
	reader_fault(r, xml_line(n), "<%s> needs %s=\"…\"", xml_name(n),
	    attribute);
	return "";
}

static bool
is_name(const char *s)
{
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789-");

	return s[n] == '\0' && n <= DEFINITION_NAME && s[0] >= 'a' &&
	    s[0] <= 'z';
}

const char *
reader_name(struct reader *r, const struct xml_node *n, const char *attribute)
{
	const char *name = reader_needed(r, n, attribute);

	if (name[0] != '\0' && !is_name(name))
		reader_fault(r, xml_line(n), "%s=\"%.60s\": a name begins "
		    "with a letter a-z and goes on with letters, digits and "
		    "hyphens, %d at most", attribute, name, DEFINITION_NAME);
	return name;
}

bool
reader_flag(struct reader *r, const struct xml_node *n, const char *attribute)
{
	static const char *const values[] = { "false", "true", NULL };

	return reader_one_of(r, n, attribute, values) == 1;
}

void
reader_number(struct reader *r, const struct xml_node *n,
    const char *attribute, int64_t min, int64_t max, int64_t *out)
{
	const char *value = reader_attribute(r, n, attribute);

	if (value != NULL && !str_int(value, min, max, out, NULL))
		reader_fault(r, xml_line(n), "%s=\"%.40s\" is no whole number "
		    "from %lld to %lld", attribute, value, (long long)min,
		    (long long)max);
}

size_t
reader_one_of(struct reader *r, const struct xml_node *n,
    const char *attribute, const char *const *values)
{
	const char *value = reader_attribute(r, n, attribute);
	struct buf list = buf_new(r->arena, 80);

	if (value == NULL)
		return 0;
	for (size_t i = 0; values[i] != NULL; i++) {
		if (str_equal(value, values[i]))
			return i;
		buf_printf(&list, "%s\"%s\"", i > 0 ? ", " : "", values[i]);
	}
	reader_fault(r, xml_line(n), "%s=\"%.40s\" is none of %s", attribute,
	    value, buf_text(&list));
	return 0;
}

const struct rule *
reader_rule(struct reader *r, const struct xml_node *n, const char *attribute)
{
	const char *text = reader_attribute(r, n, attribute);
	struct rule *rule;
	struct err e;

	if (text == NULL)
		return NULL;
	rule = arena_alloc(r->arena, sizeof *rule);
	rule->text = text;
	rule->line = xml_line(n);
	if (!xml_compile(text, &rule->compiled, &e)) {
		reader_fault(r, rule->line, "%s=\"%.80s\": %s", attribute,
		    text, e.text);
		return NULL;
	}
	rule->next = r->rules;
	r->rules = rule;
	if (!path_parse(r->arena, text, &rule->path, &e)) {
		reader_fault(r, rule->line, "%s=\"%.80s\": %s", attribute,
		    text, e.text);
		return NULL;
	}
	rule->always = rule->path->kind == PATH_CALL &&
	    str_equal(rule->path->text, "true");
	return rule;
}

/* ---- texts ---- */

/* Lines are joined and blanks run together, as the file is laid out for its
 * author; an empty line divides paragraphs and stays. */
static const char *
tidy(struct arena *a, const char *s)
{
	struct buf out = buf_new(a, strlen(s));

	while (*s != '\0') {
		size_t blanks = strspn(s, " \t\r\n"), ends = 0;

		for (size_t i = 0; i < blanks; i++)
			ends += s[i] == '\n';
		s += blanks;
		if (blanks > 0 && out.n > 0 && *s != '\0')
			buf_puts(&out, ends > 1 ? "\n\n" : " ");
		blanks = strcspn(s, " \t\r\n");
		buf_put(&out, s, blanks);
		s += blanks;
	}
	return buf_text(&out);
}

static bool
is_language(const struct reader *r, const char *language)
{
	for (size_t i = 0; i < r->n_languages; i++)
		if (str_equal(r->languages[i], language))
			return true;
	return false;
}

/* One text of the list, with what is wrong about it. */
static struct words *
read_one(struct reader *r, const struct xml_node *n, const struct words *list)
{
	struct words *w = arena_alloc(r->arena, sizeof *w);

	w->language = reader_needed(r, n, "lang");
	w->text = tidy(r->arena, xml_text(r->arena, n));
	if (w->language[0] != '\0' && !is_language(r, w->language))
		reader_fault(r, xml_line(n), "<%s>: the form does not name "
		    "the language \"%.20s\"", xml_name(n), w->language);
	if (words_in(list, w->language) != NULL)
		reader_fault(r, xml_line(n), "<%s> is there twice in \"%.20s\"",
		    xml_name(n), w->language);
	if (w->text[0] == '\0')
		reader_fault(r, xml_line(n), "<%s> is empty", xml_name(n));
	return w;
}

static void
note_missing(struct reader *r, const struct xml_node *n, const char *child,
    const struct words *list)
{
	for (size_t i = 0; i < r->n_languages; i++)
		if (words_in(list, r->languages[i]) == NULL)
			reader_fault(r, xml_line(n),
			    "<%s> has no <%s> in \"%s\"", xml_name(n), child,
			    r->languages[i]);
}

const struct words *
reader_words(struct reader *r, const struct xml_node *n, const char *child,
    bool needed)
{
	const struct words *first = NULL;
	const struct words **end = &first;

	for (const struct xml_node *c = xml_first(n); c; c = xml_next(c)) {
		struct words *w;

		if (!str_equal(xml_name(c), child))
			continue;
		w = read_one(r, c, first);
		*end = w;
		end = &w->next;
	}
	if (first != NULL || needed)
		note_missing(r, n, child, first);
	return first;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Options of an example, taken one by one, so that what no mapping asked for
 * can be told afterwards.
 */
#include "tests/conformance/fixture.h"

#include <string.h>

#include "cgi-bin/html.h"
#include "tests/conformance/markup.h"

void
leave_out(struct fixture *f, const char *reason)
{
	if (f->left_out == NULL)
		f->left_out = reason;
}

json_t *
look(json_t *from, const char *name)
{
	json_t *v = json_object_get(from, name);

	return json_is_object(v) || json_is_array(v) ? v : NULL;
}

const char *
take_text(struct fixture *f, json_t *from, const char *name)
{
	json_t *v = json_object_get(from, name);
	const char *s = NULL;

	if (json_is_string(v))
		s = arena_strdup(f->arena, json_string_value(v));
	else if (json_is_integer(v))
		s = arena_printf(f->arena, "%lld",
		    (long long)json_integer_value(v));
	if (s != NULL || json_is_null(v))
		json_object_del(from, name);
	return s;
}

bool
take_flag(struct fixture *f, json_t *from, const char *name)
{
	json_t *v = json_object_get(from, name);
	bool on = json_is_true(v);

	(void)f;
	if (json_is_boolean(v))
		json_object_del(from, name);
	return on;
}

unsigned
take_number(struct fixture *f, json_t *from, const char *name)
{
	json_t *v = json_object_get(from, name);
	unsigned n = json_is_string(v) ?
	    (unsigned)strspn(json_string_value(v), "0123456789") : 0;

	if (json_is_string(v) && n > 0) {
		const char *s = json_string_value(v);

		for (n = 0; *s >= '0' && *s <= '9'; s++)
			n = n * 10 + (unsigned)(*s - '0');
	} else if (json_is_integer(v)) {
		n = (unsigned)json_integer_value(v);
	} else {
		return 0;
	}
	(void)f;
	json_object_del(from, name);
	return n;
}

/* The name of any scalar that is still there, or NULL. */
static const char *
rest(json_t *v, const char *name)
{
	const char *key, *found;
	json_t *child;
	size_t i;

	if (json_is_object(v)) {
		json_object_foreach(v, key, child)
			if ((found = rest(child, key)) != NULL)
				return strcmp(name, "attributes") == 0 ?
				    name : found;
		return NULL;
	}
	if (json_is_array(v)) {
		json_array_foreach(v, i, child)
			if ((found = rest(child, name)) != NULL)
				return found;
		return NULL;
	}
	return v == NULL || json_is_null(v) ? NULL : name;
}

void
fixture_rest(struct fixture *f)
{
	const char *name = rest(f->options, "");

	if (name != NULL)
		leave_out(f, arena_strdup(f->arena, name));
}

unsigned
take_class(struct fixture *f, json_t *from, const char *const *table,
    size_t n)
{
	const char *classes = json_string_value(json_object_get(from,
	    "classes"));

	for (unsigned i = 0; classes != NULL && i < n; i++)
		if (table[i] != NULL && strcmp(classes, table[i]) == 0) {
			take_text(f, from, "classes");
			return i;
		}
	return 0;
}

static struct ui_label
label_of(struct fixture *f, json_t *from, const char *const *sizes)
{
	struct ui_label l = { .text = take_text(f, from, "text") };

	l.size = (enum ui_size)take_class(f, from, sizes, UI_XL + 1);
	l.classes = take_text(f, from, "classes");
	l.heading = take_flag(f, from, "isPageHeading");
	return l;
}

struct ui_label
take_label(struct fixture *f, json_t *from)
{
	static const char *const sizes[] = {
		[UI_S] = "govuk-label--s", [UI_M] = "govuk-label--m",
		[UI_L] = "govuk-label--l", [UI_XL] = "govuk-label--xl"
	};

	return label_of(f, from, sizes);
}

struct ui_label
take_legend(struct fixture *f, json_t *from)
{
	static const char *const sizes[] = {
		[UI_S] = "govuk-fieldset__legend--s",
		[UI_M] = "govuk-fieldset__legend--m",
		[UI_L] = "govuk-fieldset__legend--l",
		[UI_XL] = "govuk-fieldset__legend--xl"
	};

	return label_of(f, from, sizes);
}

const char *
take_hint(struct fixture *f)
{
	return take_text(f, look(f->options, "hint"), "text");
}

const char *
take_error(struct fixture *f)
{
	return take_text(f, look(f->options, "errorMessage"), "text");
}

const char *
take_group_classes(struct fixture *f)
{
	return take_text(f, look(f->options, "formGroup"), "classes");
}

/* An inline style, which the page's policy forbids, our writer refuses. */
const char *
take_html(struct fixture *f, json_t *from)
{
	const char *html = take_text(f, from, "html");

	if (html != NULL && strstr(html, " style=") != NULL) {
		leave_out(f, "inline style");
		return NULL;
	}
	return html;
}

/* html wins, as in the templates. */
struct words
take_words(struct fixture *f, json_t *from)
{
	struct words w = { .html = take_html(f, from) };

	w.text = take_text(f, from, "text");
	return w;
}

void
put_words(struct fixture *f, const struct words *w)
{
	if (w->html != NULL)
		markup_replay(f->html, f->arena, w->html);
	else
		html_text(f->html, w->text);
}

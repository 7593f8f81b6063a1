/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Examples of questions and their frame: options to ui_field.h, ui_input.h,
 * ui_date.h, ui_choice.h and ui_form.h.
 */
#include <string.h>

#include "cgi-bin/html.h"
#include "cgi-bin/ui_choice.h"
#include "cgi-bin/ui_date.h"
#include "cgi-bin/ui_form.h"
#include "cgi-bin/ui_input.h"
#include "tests/conformance/fixture.h"
#include "tests/conformance/markup.h"

enum {
	ITEMS = 32
};

static enum ui_spelling
take_spelling(struct fixture *f, json_t *from)
{
	json_t *v = json_object_get(from, "spellcheck");

	if (!json_is_boolean(v))
		return UI_SPELLING_UNSAID;
	return take_flag(f, from, "spellcheck") ? UI_SPELLING_ON :
	    UI_SPELLING_OFF;
}

static unsigned
take_width(struct fixture *f)
{
	static const char *const widths[21] = {
		[2] = "govuk-input--width-2", [3] = "govuk-input--width-3",
		[4] = "govuk-input--width-4", [5] = "govuk-input--width-5",
		[10] = "govuk-input--width-10",
		[20] = "govuk-input--width-20"
	};

	return take_class(f, f->options, widths, 21);
}

static struct ui_input
take_input(struct fixture *f)
{
	json_t *o = f->options;

	return (struct ui_input){
		.name = take_text(f, o, "name"),
		.id = take_text(f, o, "id"),
		.label = take_label(f, look(o, "label")),
		.hint = take_hint(f),
		.error = take_error(f),
		.value = take_text(f, o, "value"),
		.disabled = take_flag(f, o, "disabled"),
		.autocomplete = take_text(f, o, "autocomplete"),
		.spelling = take_spelling(f, o),
		.described_by = take_text(f, o, "describedBy"),
		.width = take_width(f),
		.classes = take_text(f, o, "classes"),
		.group_classes = take_group_classes(f),
	};
}

void
map_input(struct fixture *f)
{
	struct ui_input i = take_input(f);

	i.type = take_text(f, f->options, "type");
	i.inputmode = take_text(f, f->options, "inputmode");
	i.autocapitalize = take_text(f, f->options, "autocapitalize");
	i.pattern = take_text(f, f->options, "pattern");
	i.prefix = take_text(f, look(f->options, "prefix"), "text");
	i.suffix = take_text(f, look(f->options, "suffix"), "text");
	ui_input(f->html, &i);
}

void
map_textarea(struct fixture *f)
{
	struct ui_input i = take_input(f);

	i.rows = take_number(f, f->options, "rows");
	ui_textarea(f->html, &i);
}

void
map_character_count(struct fixture *f)
{
	struct ui_input i = take_input(f);

	i.rows = take_number(f, f->options, "rows");
	i.limit = take_number(f, f->options, "maxlength");
	if (i.limit == 0)
		leave_out(f, "no limit in characters");
	ui_character_count(f->html, &i);
}

void
map_password_input(struct fixture *f)
{
	struct ui_input i = take_input(f);

	if (i.value != NULL)
		leave_out(f, "a password is never shown again");
	ui_password(f->html, &i);
}

void
map_file_upload(struct fixture *f)
{
	json_t *attributes = look(f->options, "attributes");
	struct ui_input i = take_input(f);

	i.multiple = take_flag(f, f->options, "multiple");
	i.accept = take_text(f, attributes, "accept");
	if (i.value != NULL)
		i.value = NULL;	/* browsers ignore it, and so do both */
	ui_file(f->html, &i);
}

void
map_label(struct fixture *f)
{
	const char *for_id = take_text(f, f->options, "for");
	struct ui_label l = take_label(f, f->options);

	ui_label(f->html, &l, for_id);
}

void
map_hint(struct fixture *f)
{
	const char *id = take_text(f, f->options, "id");
	const char *classes = take_text(f, f->options, "classes");

	ui_hint(f->html, id, classes, take_text(f, f->options, "text"));
}

void
map_error_message(struct fixture *f)
{
	const char *id = take_text(f, f->options, "id");

	ui_error_message(f->html, id, take_text(f, f->options, "text"));
}

void
map_fieldset(struct fixture *f)
{
	struct words inside = { .html = take_html(f, f->options) };
	struct ui_fieldset s = {
		.legend = take_legend(f, look(f->options, "legend")),
		.role = take_text(f, f->options, "role"),
		.described_by = take_text(f, f->options, "describedBy"),
		.classes = take_text(f, f->options, "classes"),
	};

	ui_fieldset_begin(f->html, &s);
	put_words(f, &inside);
	ui_fieldset_end(f->html);
}

struct reveal {
	struct arena	*arena;
	const char	*html;
};

static void
put_reveal(struct html *h, const void *arg)
{
	const struct reveal *r = arg;

	markup_replay(h, r->arena, r->html);
}

static struct ui_item
take_item(struct fixture *f, json_t *o)
{
	struct reveal r = { .arena = f->arena };
	bool never = json_is_false(json_object_get(o, "checked")) ||
	    json_is_false(json_object_get(o, "selected"));
	struct ui_item i = {
		.value = take_text(f, o, "value"),
		.text = take_text(f, o, "text"),
		.hint = take_text(f, look(o, "hint"), "text"),
		.checked = take_flag(f, o, "checked") ||
		    take_flag(f, o, "selected"),
		.disabled = take_flag(f, o, "disabled"),
		.exclusive = take_text(f, o, "behaviour") != NULL,
		.divider = take_text(f, o, "divider"),
		.id = take_text(f, o, "id"),
		.name = take_text(f, o, "name"),
	};

	take_flag(f, o, "selected");
	if (never)
		leave_out(f, "checked against the value");
	r.html = take_html(f, look(o, "conditional"));
	if (r.html != NULL && *r.html != '\0') {
		struct reveal *kept = arena_alloc(f->arena, sizeof *kept);

		*kept = r;
		i.reveal = put_reveal;
		i.arg = kept;
	}
	return i;
}

static struct ui_choice
take_choice(struct fixture *f)
{
	json_t *o = f->options, *items = look(o, "items"), *it;
	struct ui_item *list = arena_array(f->arena, ITEMS, sizeof *list);
	struct ui_choice c = {
		.name = take_text(f, o, "name"),
		.id = take_text(f, o, "idPrefix"),
		.hint = take_hint(f),
		.error = take_error(f),
		.items = list,
		.value = take_text(f, o, "value"),
		.group_classes = take_group_classes(f),
	};
	size_t i;

	if (c.id == NULL)
		c.id = take_text(f, o, "id");
	json_array_foreach(items, i, it) {
		if (!json_is_object(it))
			leave_out(f, "an item that is none");
		else if (c.n < ITEMS)
			list[c.n++] = take_item(f, it);
	}
	return c;
}

static void
take_frame(struct fixture *f, struct ui_choice *c)
{
	json_t *fieldset = look(f->options, "fieldset");

	c->described_by = take_text(f, f->options, "describedBy");
	if (fieldset == NULL)
		return;
	c->legend = take_legend(f, look(fieldset, "legend"));
	if (look(fieldset, "describedBy") == NULL && c->described_by == NULL)
		c->described_by = take_text(f, fieldset, "describedBy");
}

static void
take_looks(struct fixture *f, struct ui_choice *c, const char *small,
    const char *inlined)
{
	const char *const table[] = { NULL, small, inlined };
	unsigned look = take_class(f, f->options, table, 3);

	c->small = look == 1;
	c->inlined = look == 2;
	c->classes = take_text(f, f->options, "classes");
}

void
map_radios(struct fixture *f)
{
	struct ui_choice c = take_choice(f);

	take_frame(f, &c);
	take_looks(f, &c, "govuk-radios--small", "govuk-radios--inline");
	ui_radios(f->html, &c);
}

void
map_checkboxes(struct fixture *f)
{
	json_t *values = look(f->options, "values"), *v;
	const char **list = arena_array(f->arena, ITEMS, sizeof *list);
	struct ui_choice c = take_choice(f);
	size_t i, n = 0;

	json_array_foreach(values, i, v)
		if (n + 1 < ITEMS && json_is_string(v))
			list[n++] = arena_strdup(f->arena,
			    json_string_value(v));
	if (values != NULL)
		json_array_clear(values);
	c.values = list;
	take_frame(f, &c);
	take_looks(f, &c, "govuk-checkboxes--small", NULL);
	ui_checkboxes(f->html, &c);
}

void
map_select(struct fixture *f)
{
	struct ui_choice c = take_choice(f);

	c.label = take_label(f, look(f->options, "label"));
	c.described_by = take_text(f, f->options, "describedBy");
	c.disabled = take_flag(f, f->options, "disabled");
	c.classes = take_text(f, f->options, "classes");
	ui_select(f->html, &c);
}

/* One part of a date, from wherever the options have it. */
struct date_part {
	const char	*value;
	bool		 asked;
	bool		 bad;
	bool		 good;		/* "error": false */
	bool		 birthday;
};

static bool
take_birthday(struct fixture *f, json_t *from)
{
	const char *how = take_text(f, from, "autocomplete");

	if (how != NULL && strncmp(how, "bday-", 5) != 0)
		leave_out(f, "autocomplete");
	return how != NULL;
}

static void
take_part(struct fixture *f, json_t *from, const char *width,
    struct date_part *p)
{
	const char *const usual[] = { NULL, width };

	take_class(f, from, usual, 2);
	p->good = json_is_false(json_object_get(from, "error"));
	p->bad = take_flag(f, from, "error");
	p->value = take_text(f, from, "value");
	p->birthday = take_birthday(f, from);
}

static struct date_part
date_part(struct fixture *f, const char *name, const char *prefix)
{
	const char *width = strcmp(name, "year") == 0 ?
	    "govuk-input--width-4" : "govuk-input--width-2";
	json_t *items = look(f->options, "items"), *it;
	json_t *own = json_object_get(f->options, name);
	struct date_part p = { .asked = json_array_size(items) == 0 };
	size_t i;

	if (json_is_object(own))
		take_part(f, own, width, &p);
	if (p.asked && json_is_false(own)) {
		p.asked = false;
		take_flag(f, f->options, name);
	}
	json_array_foreach(items, i, it)
		if (json_is_string(json_object_get(it, "name")) &&
		    strcmp(json_string_value(json_object_get(it, "name")),
		    name) == 0) {
			struct date_part outer = p;

			take_text(f, it, "name");
			take_part(f, it, width, &p);
			p.asked = true;
			if (p.value == NULL)
				p.value = outer.value;
		}
	if (p.value == NULL)
		p.value = take_text(f, look(f->options, "values"),
		    prefix != NULL ? arena_printf(f->arena, "%s-%s", prefix,
		    name) : name);
	return p;
}

void
map_date_input(struct fixture *f)
{
	json_t *fieldset = look(f->options, "fieldset");
	const char *prefix = take_text(f, f->options, "namePrefix");
	struct date_part d = date_part(f, "day", prefix);
	struct date_part m = date_part(f, "month", prefix);
	struct date_part y = date_part(f, "year", prefix);
	bool some_good = d.good || m.good || y.good;
	struct ui_date o = {
		.name = prefix,
		.id = take_text(f, f->options, "id"),
		.legend = take_legend(f, look(fieldset, "legend")),
		.hint = take_hint(f),
		.error = take_error(f),
		.day = d.value,
		.month = m.value,
		.year = y.value,
		.no_day = !d.asked,
		.no_year = !y.asked,
		.bad_day = d.bad || (some_good && !d.good),
		.bad_month = m.bad || (some_good && !m.good),
		.bad_year = y.bad || (some_good && !y.good),
		.birthday = d.birthday,
		.described_by = take_text(f, fieldset, "describedBy"),
		.classes = take_text(f, f->options, "classes"),
		.group_classes = take_group_classes(f),
	};

	if (!m.asked)
		leave_out(f, "a date without its month");
	ui_date(f->html, &o);
}

void
map_button(struct fixture *f)
{
	static const char *const kinds[] = {
		[UI_SECONDARY] = "govuk-button--secondary",
		[UI_WARNING] = "govuk-button--warning",
		[UI_INVERSE] = "govuk-button--inverse"
	};
	json_t *o = f->options;
	struct ui_button b = {
		.text = take_text(f, o, "text"),
		.kind = take_class(f, o, kinds, UI_INVERSE + 1),
		.name = take_text(f, o, "name"),
		.value = take_text(f, o, "value"),
		.href = take_text(f, o, "href"),
		.start = take_flag(f, o, "isStartButton"),
		.disabled = take_flag(f, o, "disabled"),
		.id = take_text(f, o, "id"),
		.type = take_text(f, o, "type"),
		.classes = take_text(f, o, "classes"),
	};

	ui_button(f->html, &b);
}

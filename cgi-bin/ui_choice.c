/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The components "radios", "checkboxes" and "select" of the GOV.UK Design
 * System. The first two differ in names and little else, so one function
 * writes both from a table of the names.
 */
#include "cgi-bin/ui_choice.h"

#include <string.h>

#include "cgi-bin/html.h"
#include "lib/arena.h"
#include "lib/str.h"

struct kind {
	const char	*type;
	const char	*module;
	const char	*list;
	const char	*small;
	const char	*inlined;
	const char	*item;
	const char	*input;
	const char	*label;
	const char	*hint;
	const char	*divider;
	const char	*reveal;
	const char	*reveal_hidden;
};

static const struct kind radio = {
	.type = "radio",
	.module = "govuk-radios",
	.list = "govuk-radios",
	.small = "govuk-radios--small",
	.inlined = "govuk-radios--inline",
	.item = "govuk-radios__item",
	.input = "govuk-radios__input",
	.label = "govuk-radios__label",
	.hint = "govuk-radios__hint",
	.divider = "govuk-radios__divider",
	.reveal = "govuk-radios__conditional",
	.reveal_hidden = "govuk-radios__conditional--hidden",
};

static const struct kind box = {
	.type = "checkbox",
	.module = "govuk-checkboxes",
	.list = "govuk-checkboxes",
	.small = "govuk-checkboxes--small",
	.item = "govuk-checkboxes__item",
	.input = "govuk-checkboxes__input",
	.label = "govuk-checkboxes__label",
	.hint = "govuk-checkboxes__hint",
	.divider = "govuk-checkboxes__divider",
	.reveal = "govuk-checkboxes__conditional",
	.reveal_hidden = "govuk-checkboxes__conditional--hidden",
};

/* An item on its way out. */
struct place {
	const struct kind	*kind;
	const struct ui_choice	*choice;
	const struct ui_item	*item;
	const char		*id;
	const char		*hint_id;	/* NULL: no hint */
	const char		*reveal_id;	/* NULL: reveals nothing */
	const char		*described_by;
	bool			 checked;
};

/* An option without a value is sent as its text (HTML 4.10.10). */
static bool
chosen(const struct ui_choice *o, const struct ui_item *i)
{
	const char *value = i->value != NULL ? i->value : i->text;

	if (i->checked)
		return true;
	if (!str_empty(o->value) && strcmp(o->value, value) == 0)
		return true;
	for (const char *const *v = o->values; v != NULL && *v != NULL; v++)
		if (strcmp(*v, value) == 0)
			return true;
	return false;
}

static void
input(struct html *h, const struct place *p)
{
	const struct ui_item *i = p->item;
	bool own_name = p->kind == &box && i->name != NULL;

	html_begin(h, "input");
	html_attr(h, "class", p->kind->input);
	html_attr(h, "id", p->id);
	html_attr(h, "name", own_name ? i->name : p->choice->name);
	html_attr(h, "type", p->kind->type);
	html_attr(h, "value", i->value != NULL ? i->value : "");
	html_flag(h, "checked", p->checked);
	html_flag(h, "disabled", i->disabled);
	html_attr(h, "data-aria-controls", p->reveal_id);
	html_attr(h, "data-behaviour", i->exclusive ? "exclusive" : NULL);
	html_attr(h, "aria-describedby", p->described_by);
}

static void
reveal(struct html *h, const struct place *p)
{
	html_begin(h, "div");
	html_class(h, p->kind->reveal,
	    p->checked ? NULL : p->kind->reveal_hidden, NULL);
	html_attr(h, "id", p->reveal_id);
	p->item->reveal(h, p->item->arg);
	html_end(h, "div");
}

static void
item(struct html *h, const struct place *p)
{
	html_begin(h, "div");
	html_attr(h, "class", p->kind->item);
	input(h, p);
	ui_label(h, &(struct ui_label){
		.text = p->item->text,
		.classes = p->kind->label,
	}, p->id);
	if (p->hint_id != NULL)
		ui_hint(h, p->hint_id, p->kind->hint, p->item->hint);
	html_end(h, "div");
	if (p->reveal_id != NULL)
		reveal(h, p);
}

/* The first id has no number: the error summary leads to it. */
static const char *
item_id(struct html *h, const char *group_id, size_t i)
{
	if (i == 0)
		return group_id;
	return arena_printf(html_arena(h), "%s-%zu", group_id, i + 1);
}

/* inherited: what describes the question, where no fieldset says it. */
static struct place
place(struct html *h, const struct kind *k, const struct ui_choice *o,
    const char *id, const char *inherited, size_t i)
{
	const struct ui_item *it = &o->items[i];
	struct arena *a = html_arena(h);
	struct place p = {
		.kind = k,
		.choice = o,
		.item = it,
		.id = it->id != NULL ? it->id : item_id(h, id, i),
		.checked = chosen(o, it),
	};

	if (!str_empty(it->hint))
		p.hint_id = arena_printf(a, "%s-item-hint", p.id);
	if (it->reveal != NULL)
		p.reveal_id = arena_printf(a, "conditional-%s", p.id);
	p.described_by = html_join(h, inherited, p.hint_id);
	return p;
}

static void
list(struct html *h, const struct kind *k, const struct ui_choice *o,
    const char *id, const char *inherited)
{
	struct place p;

	html_begin(h, "div");
	html_class(h, html_join(h, k->list, o->small ? k->small : NULL),
	    o->inlined ? k->inlined : NULL, o->classes);
	html_attr(h, "data-module", k->module);
	for (size_t i = 0; i < o->n; i++) {
		if (o->items[i].divider != NULL) {
			html_element(h, "div", k->divider,
			    o->items[i].divider);
			continue;
		}
		p = place(h, k, o, id, inherited, i);
		item(h, &p);
	}
	html_end(h, "div");
}

static struct ui_group
group_of(const struct ui_choice *o)
{
	return (struct ui_group){
		.id = str_empty(o->id) ? o->name : o->id,
		.hint = o->hint,
		.error = o->error,
		.described_by = o->described_by,
		.classes = o->group_classes,
	};
}

static void
question(struct html *h, const struct kind *k, const struct ui_choice *o)
{
	struct ui_group g = group_of(o);
	const char *described_by = ui_group_described_by(h, &g);
	bool framed = o->legend.text != NULL;

	ui_group_begin(h, &g);
	if (framed)
		ui_fieldset_begin(h, &(struct ui_fieldset){
			.legend = o->legend,
			.described_by = described_by,
		});
	ui_group_notes(h, &g);
	list(h, k, o, g.id, framed || k != &box ? NULL : described_by);
	if (framed)
		ui_fieldset_end(h);
	ui_group_end(h);
}

void
ui_radios(struct html *h, const struct ui_choice *o)
{
	question(h, &radio, o);
}

void
ui_checkboxes(struct html *h, const struct ui_choice *o)
{
	question(h, &box, o);
}

void
ui_checkbox(struct html *h, const char *name, const char *text,
    bool checked, const char *error)
{
	question(h, &box, &(struct ui_choice){
		.name = name,
		.error = error,
		.items = &(struct ui_item){
			.value = "yes",
			.text = text,
			.checked = checked,
		},
		.n = 1,
	});
}

static void
option(struct html *h, const struct ui_choice *o, const struct ui_item *i)
{
	html_begin(h, "option");
	html_attr(h, "value", i->value);
	html_flag(h, "selected", chosen(o, i));
	html_flag(h, "disabled", i->disabled);
	html_text(h, i->text);
	html_end(h, "option");
}

void
ui_select(struct html *h, const struct ui_choice *o)
{
	struct ui_group g = group_of(o);

	ui_group_begin(h, &g);
	ui_label(h, &o->label, g.id);
	ui_group_notes(h, &g);
	html_begin(h, "select");
	html_class(h, "govuk-select", o->classes,
	    g.error != NULL ? "govuk-select--error" : NULL);
	html_attr(h, "id", g.id);
	html_attr(h, "name", o->name);
	html_flag(h, "disabled", o->disabled);
	html_attr(h, "aria-describedby", ui_group_described_by(h, &g));
	for (size_t i = 0; i < o->n; i++)
		option(h, o, &o->items[i]);
	html_end(h, "select");
	ui_group_end(h);
}

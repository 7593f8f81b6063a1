/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A form's answers as canonical XML, and back. One set of answers has one
 * form in bytes; loading takes that form and no other, which is why it need
 * not look at attributes, comments or the order of elements.
 */
#include "forms/form_state.h"

#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"

/* ---- writing ---- */

static void
put_parts(const struct definition_item *item, const struct form_slot *slot,
    struct xml_node *n)
{
	const char *const *parts = type_parts(item->type);

	for (size_t i = 0; parts[i] != NULL; i++)
		if (slot->value.texts[i] != NULL)
			xml_set_text(xml_add(n, parts[i]),
			    slot->value.texts[i]);
}

static void
put_slot(const struct definition_item *item, const struct form_slot *slot,
    bool all, struct xml_node *parent)
{
	if (!all && !slot->matters)
		return;
	if (type_composite(item->type) && slot->value.n > 0) {
		put_parts(item, slot, xml_add(parent, item->name));
		return;
	}
	for (size_t i = 0; i < slot->value.n; i++)
		xml_set_text(xml_add(parent, item->name),
		    slot->value.texts[i]);
}

static void
put_entry(const struct definition_page *page, const struct form_entry *entry,
    bool all, struct xml_node *parent)
{
	for (size_t i = 0; i < page->n_items; i++)
		put_slot(&page->items[i], &entry->slots[i], all, parent);
}

static void
put_page(const struct form *f, const struct definition_page *page, bool all,
    struct xml_node *root)
{
	const struct form_entries *of;

	if (page->repeat == NULL) {
		struct form_entry alone = {
			.slots = &f->alone.slots[page->items[0].index],
		};

		put_entry(page, &alone, all, root);
		return;
	}
	if (!all && !f->pages[page->index])
		return;
	of = form_entries_of(f, page->repeat);
	for (unsigned n = 0; n < of->n; n++)
		put_entry(page, &of->entries[n], all,
		    xml_add(root, page->repeat->name));
}

static struct bytes
put_form(struct arena *a, const struct form *f, bool all)
{
	const struct definition *d = f->definition;
	struct xml *x = xml_new(d->name);
	struct bytes out;

	xml_set_attribute(xml_root(x), "version",
	    arena_printf(a, "%u", d->version));
	for (size_t i = 0; i < d->n_pages; i++)
		put_page(f, &d->pages[i], all, xml_root(x));
	out = xml_canonical(a, x);
	xml_free(x);
	return out;
}

struct bytes
form_draft(struct arena *a, const struct form *f)
{
	return put_form(a, f, true);
}

struct bytes
form_submission(struct arena *a, const struct form *f)
{
	return put_form(a, f, false);
}

/* ---- reading ---- */

static void
take_parts(struct form *f, const struct definition_item *item,
    const struct xml_node *n, struct type_value *v)
{
	const char *const *parts = type_parts(item->type);
	const struct xml_node *part;

	while (parts[v->n] != NULL)
		v->n++;
	v->texts = arena_array(f->arena, v->n, sizeof *v->texts);
	for (size_t i = 0; i < v->n; i++) {
		part = xml_child(n, parts[i]);
		if (part != NULL)
			v->texts[i] = xml_text(f->arena, part);
	}
}

/* One more text: the only one, or the next of several choices. */
static void
take_text(struct form *f, const struct xml_node *n, struct type_value *v)
{
	const char **texts = arena_array(f->arena, v->n + 1, sizeof *texts);

	for (size_t i = 0; i < v->n; i++)
		texts[i] = v->texts[i];
	texts[v->n++] = xml_text(f->arena, n);
	v->texts = texts;
}

static bool
take_element(struct form *f, const struct definition_item *item,
    unsigned entry, const struct xml_node *n, struct err *e)
{
	struct type_value *v = &form_slot(f, item, entry)->value;
	bool more = type_many(item->type) && v->n < item->rules.n_choices;

	if (v->n > 0 && !more)
		return err_set(e, ERR_INPUT, "%s is there twice", item->name);
	if (type_composite(item->type))
		take_parts(f, item, n, v);
	else
		take_text(f, n, v);
	return true;
}

static bool
take_entry(struct form *f, const struct definition_repeat *repeat,
    const struct xml_node *n, struct err *e)
{
	unsigned entry;

	if (form_entries(f, repeat) >= repeat->max)
		return err_set(e, ERR_INPUT, "too many entries of %s",
		    repeat->name);
	entry = form_grow(f, repeat);
	/* What the entry lacks was emptied by somebody; no default again. */
	for (size_t i = 0; i < repeat->page->n_items; i++)
		form_slot(f, &repeat->page->items[i], entry)->value.n = 0;
	for (const struct xml_node *c = xml_first(n); c; c = xml_next(c)) {
		const struct definition_item *item =
		    definition_item(f->definition, xml_name(c));

		if (item == NULL || item->repeat != repeat)
			return err_set(e, ERR_INPUT, "an unknown item in %s",
			    repeat->name);
		if (!take_element(f, item, entry, c, e))
			return false;
	}
	return true;
}

static bool
take_child(struct form *f, const struct xml_node *n, struct err *e)
{
	const struct definition *d = f->definition;
	const struct definition_repeat *repeat =
	    definition_repeat(d, xml_name(n));
	const struct definition_item *item = definition_item(d, xml_name(n));

	if (repeat != NULL)
		return take_entry(f, repeat, n, e);
	if (item == NULL || item->repeat != NULL)
		return err_set(e, ERR_INPUT, "an unknown item");
	return take_element(f, item, 0, n, e);
}

static bool
all_canonical(struct form *f, struct err *e)
{
	const struct definition *d = f->definition;

	for (size_t i = 0; i < d->n_items; i++) {
		const struct definition_item *item = &d->items[i];
		unsigned last = form_entries_for(f, item);

		for (unsigned n = item->repeat != NULL; n <= last; n++)
			if (!type_canonical(f->arena, item->type,
			    &item->rules, &form_slot(f, item, n)->value))
				return err_set(e, ERR_INPUT,
				    "%s is not canonical", item->name);
	}
	return true;
}

static bool
take_form(struct form *f, const struct xml *x, struct err *e)
{
	const struct xml_node *root = xml_root(x);

	if (!str_equal(xml_name(root), f->definition->name))
		return err_set(e, ERR_INPUT, "not an instance of %s",
		    f->definition->name);
	for (const struct xml_node *c = xml_first(root); c; c = xml_next(c))
		if (!take_child(f, c, e))
			return false;
	return all_canonical(f, e);
}

bool
form_load(struct arena *a, const struct definition *d,
    const struct form_world *world, struct bytes text, struct form **out,
    struct err *e)
{
	struct form *f = form_blank(a, d, world);
	struct xml *x;
	bool good;

	if (text.n > FORM_LIMIT)
		return err_set(e, ERR_INPUT, "the instance is larger than "
		    "%d bytes", FORM_LIMIT);
	if (!xml_parse(text, &x, e))
		return false;
	good = take_form(f, x, e);
	xml_free(x);
	if (!good)
		return false;
	if (!bytes_equal(form_draft(a, f), text))
		return err_set(e, ERR_INPUT, "the instance is not canonical, "
		    "or of another version than %u", d->version);
	form_work(f);
	*out = f;
	return true;
}

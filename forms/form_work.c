/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Working a form out: which pages and items matter, and what is calculated.
 * One pass over the items in the definition's order settles a form whose
 * items do not read each other in circles; a second one proves it. A circle,
 * which check.c would have refused, ends after a few passes.
 */
#include "forms/form_state.h"

#include "lib/arena.h"
#include "lib/err.h"
#include "lib/log.h"
#include "lib/str.h"

enum {
	PASSES = 12
};

/* ---- the XML that expressions see ---- */

static void
fill_element(const struct definition_item *item, struct form_slot *slot,
    struct xml_node *parent)
{
	const char *const *parts = type_parts(item->type);
	bool seen = slot->matters && slot->value.n > 0;

	slot->node = xml_add(parent, item->name);
	if (!type_composite(item->type)) {
		if (seen)
			xml_set_text(slot->node, slot->value.texts[0]);
		return;
	}
	for (size_t i = 0; parts[i] != NULL; i++) {
		struct xml_node *part = xml_add(slot->node, parts[i]);

		if (seen)
			xml_set_text(part, slot->value.texts[i]);
	}
}

/* Of several choices each is an element, so that equipment = 'towbar' asks
 * whether it is among them. */
static void
add_item(const struct definition_item *item, struct form_slot *slot,
    struct xml_node *parent)
{
	fill_element(item, slot, parent);
	if (!type_many(item->type) || !slot->matters)
		return;
	for (size_t i = 1; i < slot->value.n; i++)
		xml_set_text(xml_add(parent, item->name),
		    slot->value.texts[i]);
}

static void
add_entry(const struct definition_page *page, struct form_entry *entry)
{
	for (size_t i = 0; i < page->n_items; i++)
		add_item(&page->items[i], &entry->slots[i], entry->node);
}

static void
add_entries(struct form *f, const struct definition_page *page)
{
	struct form_entries *of = form_entries_of(f, page->repeat);

	for (unsigned n = 0; n < of->n; n++) {
		of->entries[n].node = xml_add(f->alone.node,
		    page->repeat->name);
		add_entry(page, &of->entries[n]);
	}
}

/* Entries of a repeat that does not matter are not there to be counted; no
 * expression is run in them either. */
static void
build(struct form *f)
{
	const struct definition *d = f->definition;

	xml_free(f->xml);
	f->xml = xml_new(d->name);
	f->alone.node = xml_root(f->xml);
	for (size_t i = 0; i < d->n_pages; i++) {
		const struct definition_page *page = &d->pages[i];

		if (page->repeat == NULL)
			for (size_t j = 0; j < page->n_items; j++)
				add_item(&page->items[j],
				    &f->alone.slots[page->items[j].index],
				    f->alone.node);
		else if (f->pages[i])
			add_entries(f, page);
	}
}

/* ---- expressions ---- */

bool
form_is_true(const struct form *f, const struct rule *rule,
    struct xml_node *context, const char *name, bool otherwise)
{
	struct err e;
	bool holds;

	if (rule == NULL)
		return otherwise;
	if (rule->always)
		return true;
	if (xml_is_true(rule->compiled, context, &f->world, &holds, &e))
		return holds;
	log_event(LOG_WARNING, "form-expression", "form",
	    f->definition->name, "item", name, "text", e.text, NULL);
	return otherwise;
}

/* The calculated value; absent where its inputs give no sensible one. */
static struct type_value
calculate(const struct form *f, const struct definition_item *item,
    struct xml_node *context)
{
	struct type_value value = { 0 };
	const char *text;

	if (!xml_string(f->arena, item->calculate->compiled, context,
	    &f->world, &text, NULL) || text[0] == '\0')
		return value;
	value.texts = arena_array(f->arena, 1, sizeof *value.texts);
	value.texts[0] = text;
	value.n = 1;
	if (type_composite(item->type) || !type_canonical(f->arena,
	    item->type, &item->rules, &value))
		value.n = 0;
	return value;
}

static bool
same_value(const struct type_value *a, const struct type_value *b)
{
	if (a->n != b->n)
		return false;
	return a->n == 0 || str_equal(a->texts[0], b->texts[0]);
}

/* A value of one element is put right at once; anything larger waits for
 * the next pass, which builds anew. */
static void
show(const struct definition_item *item, struct form_slot *slot)
{
	if (type_composite(item->type) || type_many(item->type))
		return;
	xml_set_text(slot->node, slot->matters && slot->value.n > 0 ?
	    slot->value.texts[0] : "");
}

static bool
work_slot(struct form *f, const struct definition_item *item, unsigned entry)
{
	struct form_slot *slot = form_slot(f, item, entry);
	struct xml_node *context = form_context(f, item, entry);
	struct type_value value = slot->value;
	bool matters, changed;

	matters = f->pages[item->page->index] && form_is_true(f,
	    item->relevant, context, item->name, true);
	if (item->calculate != NULL)
		value = calculate(f, item, context);
	changed = matters != slot->matters ||
	    !same_value(&value, &slot->value);
	slot->matters = matters;
	slot->value = value;
	if (changed)
		show(item, slot);
	return changed;
}

static bool
work_page(struct form *f, const struct definition_page *page)
{
	bool before = f->pages[page->index];

	f->pages[page->index] = form_is_true(f, page->relevant,
	    f->alone.node, page->name, true);
	return f->pages[page->index] != before;
}

/* Entries that the XML does not hold matter to nobody. */
static void
forget_entries(struct form *f, const struct definition_item *item)
{
	for (unsigned n = 1; n <= form_entries_for(f, item); n++)
		form_slot(f, item, n)->matters = false;
}

static bool
work_item(struct form *f, const struct definition_item *item, bool page_built)
{
	bool changed = false;

	if (item->repeat == NULL)
		return work_slot(f, item, 0);
	if (!page_built) {
		forget_entries(f, item);
		return false;
	}
	for (unsigned n = 1; n <= form_entries_for(f, item); n++)
		changed |= work_slot(f, item, n);
	return changed;
}

void
form_work(struct form *f)
{
	const struct definition *d = f->definition;
	bool *built = arena_array(f->arena, d->n_pages, sizeof *built);
	bool changed = true;

	for (int pass = 0; changed && pass < PASSES; pass++) {
		changed = false;
		build(f);
		for (size_t i = 0; i < d->n_pages; i++)
			built[i] = f->pages[i];
		for (size_t i = 0; i < d->n_items; i++) {
			const struct definition_item *item =
			    &d->items[d->order[i]];

			changed |= work_page(f, item->page);
			changed |= work_item(f, item,
			    built[item->page->index]);
		}
	}
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Taking what was posted for a page, and saying what is wrong with a page or
 * the whole form. Called through form.h.
 */
#include "forms/form_state.h"

#include <string.h>

#include "lib/arena.h"
#include "lib/str.h"

/* ---- posted fields ---- */

struct posted {
	const struct form_field *fields;
	size_t		 n;
};

/* The value of "name" or "name-part"; NULL if it was not posted. */
static const char *
find(const struct posted *p, const char *name, const char *part)
{
	size_t length = strlen(name);

	for (size_t i = 0; i < p->n; i++) {
		const char *field = p->fields[i].name;

		if (!str_starts(field, name))
			continue;
		if (part == NULL ? field[length] == '\0' :
		    field[length] == '-' &&
		    str_equal(field + length + 1, part))
			return p->fields[i].value;
	}
	return NULL;
}

static struct type_typed
gather_many(struct arena *a, const struct posted *p, const char *name)
{
	struct type_typed typed = {
		arena_array(a, p->n, sizeof *typed.texts), 0
	};

	for (size_t i = 0; i < p->n; i++)
		if (str_equal(p->fields[i].name, name))
			typed.texts[typed.n++] = p->fields[i].value;
	return typed;
}

static struct type_typed
gather_one(struct arena *a, const struct posted *p, const char *name)
{
	struct type_typed typed = {
		arena_array(a, 1, sizeof *typed.texts), 1
	};

	typed.texts[0] = find(p, name, NULL);
	if (typed.texts[0] == NULL)
		typed.n = 0;
	return typed;
}

/* n = 0: none of the item's fields was posted. */
static struct type_typed
gather(struct arena *a, const struct posted *p,
    const struct definition_item *item)
{
	const char *const *parts = type_parts(item->type);
	struct type_typed typed = { 0 };
	bool any = false;

	if (type_many(item->type))
		return gather_many(a, p, item->name);
	while (parts[typed.n] != NULL)
		typed.n++;
	typed.texts = arena_array(a, typed.n, sizeof *typed.texts);
	for (size_t i = 0; i < typed.n; i++) {
		typed.texts[i] = find(p, item->name, parts[i]);
		any |= typed.texts[i] != NULL;
	}
	return any ? typed : gather_one(a, p, item->name);
}

/* ---- what is wrong ---- */

struct errors {
	struct arena	 *arena;
	struct form_error *first;
	struct form_error **end;
};

static void
add(struct errors *list, const struct form_error *error)
{
	struct form_error *copy = arena_alloc(list->arena, sizeof *copy);

	*copy = *error;
	copy->next = NULL;
	*list->end = copy;
	list->end = &copy->next;
}

static enum type_code
missing_code(const struct definition_item *item)
{
	return str_equal(type_name(item->type), "declaration") ?
	    TYPE_DECLARE : TYPE_MISSING;
}

/* An item that is to be filled but was not, or breaks its own rule. A rule
 * that cannot be run refuses: nothing unproved gets through. */
static struct type_fault
fault_of(const struct form *f, const struct definition_item *item,
    unsigned entry)
{
	const struct form_slot *slot = form_slot(f, item, entry);
	struct xml_node *context = form_context(f, item, entry);
	struct type_fault fault = { 0 };

	if (slot->fault.code != TYPE_FINE)
		return slot->fault;
	if (slot->value.n == 0 && item->required != NULL &&
	    form_is_true(f, item->required, context, item->name, true))
		fault.code = missing_code(item);
	if (slot->value.n > 0 && item->constraint != NULL &&
	    !form_is_true(f, item->constraint, context, item->name, false))
		fault.code = TYPE_CONSTRAINT;
	return fault;
}

static void
check_item(struct form *f, const struct definition_item *item,
    unsigned entry, struct errors *list)
{
	struct form_error error = {
		.page = item->page,
		.item = item,
		.entry = entry,
	};

	if (!form_item_matters(f, item, entry))
		return;
	error.fault = fault_of(f, item, entry);
	if (error.fault.code != TYPE_FINE)
		add(list, &error);
}

static void
check_entry(struct form *f, const struct definition_page *page,
    unsigned entry, struct errors *list)
{
	for (size_t i = 0; i < page->n_items; i++)
		check_item(f, &page->items[i], entry, list);
}

static void
check_repeat(struct form *f, const struct definition_page *page,
    struct errors *list)
{
	const struct definition_repeat *repeat = page->repeat;
	unsigned n = form_entries(f, repeat);
	struct form_error error = {
		.page = page,
		.repeat = repeat,
		.fault = { TYPE_TOO_FEW, NULL, repeat->min, repeat->max },
	};

	if (n < repeat->min)
		add(list, &error);
	for (unsigned entry = 1; entry <= n; entry++)
		check_entry(f, page, entry, list);
}

static void
check_page(struct form *f, const struct definition_page *page,
    struct errors *list)
{
	if (!form_page_matters(f, page))
		return;
	if (page->repeat != NULL)
		check_repeat(f, page, list);
	else
		check_entry(f, page, 0, list);
}

struct form_error *
form_check_page(struct form *f, const struct definition_page *page)
{
	struct errors list = { f->arena, NULL, &list.first };

	check_page(f, page, &list);
	return list.first;
}

struct form_error *
form_check(struct form *f)
{
	struct errors list = { f->arena, NULL, &list.first };

	for (size_t i = 0; i < f->definition->n_pages; i++)
		check_page(f, &f->definition->pages[i], &list);
	return list.first;
}

const struct definition_page *
form_first_open(struct form *f)
{
	const struct form_error *error = form_check(f);

	return error != NULL ? error->page : NULL;
}

/* ---- taking ---- */

/* A question that was not asked keeps its answer; one that was asked and
 * not answered (an empty set of boxes posts nothing) loses it. */
static void
take_item(struct form *f, const struct definition_item *item, unsigned entry,
    const struct posted *p)
{
	struct form_slot *slot = form_slot(f, item, entry);
	struct type_typed typed;

	if (item->given || item->calculate != NULL)
		return;
	typed = gather(f->arena, p, item);
	if (typed.n == 0 && !slot->matters)
		return;
	slot->fault = (struct type_fault){ 0 };
	slot->typed = (struct type_typed){ 0 };
	if (!type_parse(f->arena, item->type, &item->rules, &typed,
	    &slot->value, &slot->fault))
		slot->typed = typed;
}

struct form_error *
form_take(struct form *f, const struct definition_page *page, unsigned entry,
    const struct form_field *fields, size_t n)
{
	struct errors list = { f->arena, NULL, &list.first };
	struct posted posted = { fields, n };

	if (page->n_items == 0 || form_slot(f, &page->items[0], entry) == NULL)
		return NULL;
	for (size_t i = 0; i < page->n_items; i++)
		take_item(f, &page->items[i], entry, &posted);
	form_work(f);
	check_entry(f, page, entry, &list);
	return list.first;
}

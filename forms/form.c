/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A form in use: its making, its answers one by one, its entries, and the
 * way from page to page. Taking posted fields is in form_take.c, working out
 * in form_work.c, reading and writing XML in form_xml.c.
 */
#include "forms/form_state.h"

#include <string.h>

#include "forms/cpf.h"
#include "forms/plate.h"
#include "forms/vin.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"

/* ---- the world that expressions see ---- */

static bool
ask_param(void *arg, const char *name, date on, int64_t *value)
{
	const struct form *f = arg;

	return f->given.param != NULL &&
	    f->given.param(f->given.arg, name, on, value);
}

static bool
vin_check(const char *s)
{
	return vin_valid(s) && s[VIN_CHECK_PLACE] == vin_check_digit(s);
}

static bool
ask_check(void *arg, const char *kind, const char *s)
{
	static const struct {
		const char	*kind;
		bool		(*holds)(const char *);
	} checks[] = {
		{ "vin", vin_valid },
		{ "vin-check", vin_check },
		{ "plate", plate_valid },
		{ "plate-old", plate_is_old },
		{ "cpf", cpf_valid },
	};

	(void)arg;
	for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
		if (str_equal(checks[i].kind, kind))
			return checks[i].holds(s);
	return false;
}

/* ---- making ---- */

/* Everything is taken to matter until form_work() finds that it does not:
 * a form without relevance is settled in one pass. */
static struct form_slot *
new_slots(struct arena *a, size_t n)
{
	struct form_slot *slots = arena_array(a, n, sizeof *slots);

	for (size_t i = 0; i < n; i++)
		slots[i].matters = true;
	return slots;
}

struct form *
form_blank(struct arena *a, const struct definition *d,
    const struct form_world *world)
{
	struct form *f = arena_alloc(a, sizeof *f);

	f->arena = a;
	f->definition = d;
	f->given = *world;
	f->world = (struct xml_world){
		.today = world->today,
		.param = ask_param,
		.check = ask_check,
		.arg = f,
	};
	f->alone.slots = new_slots(a, d->n_items);
	f->pages = arena_array(a, d->n_pages, sizeof *f->pages);
	for (size_t i = 0; i < d->n_pages; i++)
		f->pages[i] = true;
	f->repeats = arena_array(a, d->n_repeats, sizeof *f->repeats);
	for (size_t i = 0; i < d->n_repeats; i++)
		f->repeats[i].entries = arena_array(a, d->repeats[i].max,
		    sizeof *f->repeats[i].entries);
	return f;
}

static void
set_standard(struct form *f, const struct definition_item *item,
    struct form_slot *slot)
{
	if (item->standard == NULL)
		return;
	slot->value.texts = arena_array(f->arena, 1,
	    sizeof *slot->value.texts);
	slot->value.texts[0] = item->standard;
	slot->value.n = 1;
}

struct form *
form_new(struct arena *a, const struct definition *d,
    const struct form_world *world)
{
	struct form *f = form_blank(a, d, world);

	for (size_t i = 0; i < d->n_items; i++)
		if (d->items[i].repeat == NULL)
			set_standard(f, &d->items[i], &f->alone.slots[i]);
	for (size_t i = 0; i < d->n_repeats; i++)
		for (unsigned n = 0; n < d->repeats[i].min; n++)
			form_grow(f, &d->repeats[i]);
	form_work(f);
	return f;
}

void
form_free(struct form *f)
{
	if (f != NULL)
		xml_free(f->xml);
}

const struct definition *
form_definition(const struct form *f)
{
	return f->definition;
}

/* ---- slots and entries ---- */

struct form_entries *
form_entries_of(const struct form *f, const struct definition_repeat *repeat)
{
	return &f->repeats[repeat - f->definition->repeats];
}

struct form_slot *
form_slot(const struct form *f, const struct definition_item *item,
    unsigned entry)
{
	const struct form_entries *of;

	if (item->repeat == NULL)
		return entry == 0 ? &f->alone.slots[item->index] : NULL;
	of = form_entries_of(f, item->repeat);
	if (entry == 0 || entry > of->n)
		return NULL;
	return &of->entries[entry - 1].slots[item - item->page->items];
}

struct xml_node *
form_context(const struct form *f, const struct definition_item *item,
    unsigned entry)
{
	if (item->repeat == NULL)
		return f->alone.node;
	return form_entries_of(f, item->repeat)->entries[entry - 1].node;
}

unsigned
form_entries_for(const struct form *f, const struct definition_item *item)
{
	return item->repeat != NULL ? form_entries(f, item->repeat) : 0;
}

unsigned
form_entries(const struct form *f, const struct definition_repeat *repeat)
{
	return form_entries_of(f, repeat)->n;
}

unsigned
form_grow(struct form *f, const struct definition_repeat *repeat)
{
	const struct definition_page *page = repeat->page;
	struct form_entries *of = form_entries_of(f, repeat);
	struct form_entry *entry = &of->entries[of->n++];

	*entry = (struct form_entry){
		.slots = new_slots(f->arena, page->n_items),
	};
	for (size_t i = 0; i < page->n_items; i++)
		set_standard(f, &page->items[i], &entry->slots[i]);
	return of->n;
}

bool
form_add_entry(struct form *f, const struct definition_repeat *repeat,
    unsigned *entry, struct err *e)
{
	if (form_entries(f, repeat) >= repeat->max)
		return err_set(e, ERR_LIMIT, "%s: %u entries at most",
		    repeat->name, repeat->max);
	*entry = form_grow(f, repeat);
	form_work(f);
	return true;
}

bool
form_remove_entry(struct form *f, const struct definition_repeat *repeat,
    unsigned entry, struct err *e)
{
	struct form_entries *of = form_entries_of(f, repeat);

	if (entry == 0 || entry > of->n)
		return err_set(e, ERR_ABSENT, "%s: no entry %u", repeat->name,
		    entry);
	memmove(&of->entries[entry - 1], &of->entries[entry],
	    (of->n - entry) * sizeof *of->entries);
	of->n--;
	form_work(f);
	return true;
}

/* ---- answers from the program ---- */

static bool
set_value(struct form *f, const struct definition_item *item,
    const char *text)
{
	struct form_slot *slot = form_slot(f, item, 0);
	struct type_value value = { 0 };

	if (slot == NULL || type_composite(item->type))
		return false;
	if (text[0] != '\0') {
		value.texts = arena_array(f->arena, 1, sizeof *value.texts);
		value.texts[0] = arena_strdup(f->arena, text);
		value.n = 1;
		if (!type_canonical(f->arena, item->type, &item->rules,
		    &value))
			return false;
	}
	*slot = (struct form_slot){ .value = value, .matters = slot->matters };
	return true;
}

bool
form_give(struct form *f, const char *name, const char *value, struct err *e)
{
	const struct definition_item *item =
	    definition_item(f->definition, name);

	if (item == NULL || item->repeat != NULL)
		return err_set(e, ERR_ABSENT, "no item %.60s to fill", name);
	if (!set_value(f, item, value))
		return err_set(e, ERR_INPUT, "not a canonical value of %s",
		    item->name);
	form_work(f);
	return true;
}

void
form_prefill(struct form *f, const char *prefill, const char *value)
{
	const struct definition *d = f->definition;
	bool any = false;

	for (size_t i = 0; i < d->n_items; i++) {
		const struct definition_item *item = &d->items[i];

		if (item->repeat == NULL && str_equal(item->prefill, prefill) &&
		    f->alone.slots[i].value.n == 0)
			any |= set_value(f, item, value);
	}
	if (any)
		form_work(f);
}

/* ---- what a field shows ---- */

static size_t
part_place(const struct type *type, const char *part)
{
	const char *const *parts = type_parts(type);
	size_t i = 0;

	if (part == NULL)
		return 0;
	while (parts[i] != NULL && !str_equal(parts[i], part))
		i++;
	return i;
}

static struct type_typed
shown(const struct form *f, const struct definition_item *item,
    unsigned entry)
{
	const struct form_slot *slot = form_slot(f, item, entry);

	if (slot == NULL)
		return (struct type_typed){ 0 };
	if (slot->typed.n > 0)
		return slot->typed;
	return type_typed(f->arena, item->type, &item->rules, &slot->value);
}

const char *
form_typed(const struct form *f, const struct definition_item *item,
    unsigned entry, const char *part)
{
	struct type_typed typed = shown(f, item, entry);
	size_t place = part_place(item->type, part);

	if (place >= typed.n || typed.texts[place] == NULL)
		return "";
	return typed.texts[place];
}

bool
form_is_chosen(const struct form *f, const struct definition_item *item,
    unsigned entry, const char *code)
{
	struct type_typed typed = shown(f, item, entry);

	for (size_t i = 0; i < typed.n; i++)
		if (str_equal(typed.texts[i], code))
			return true;
	return false;
}

/* ---- from page to page ---- */

bool
form_item_matters(const struct form *f, const struct definition_item *item,
    unsigned entry)
{
	const struct form_slot *slot = form_slot(f, item, entry);

	return slot != NULL && slot->matters;
}

bool
form_page_matters(const struct form *f, const struct definition_page *page)
{
	if (!f->pages[page->index] || page->repeat != NULL)
		return f->pages[page->index];
	for (size_t i = 0; i < page->n_items; i++)
		if (form_item_matters(f, &page->items[i], 0))
			return true;
	return false;
}

const struct definition_page *
form_next(const struct form *f, const struct definition_page *page)
{
	const struct definition *d = f->definition;

	for (size_t i = page != NULL ? page->index + 1 : 0; i < d->n_pages;
	    i++)
		if (form_page_matters(f, &d->pages[i]))
			return &d->pages[i];
	return NULL;
}

const struct definition_page *
form_previous(const struct form *f, const struct definition_page *page)
{
	const struct definition *d = f->definition;

	for (size_t i = page != NULL ? page->index : d->n_pages; i-- > 0;)
		if (form_page_matters(f, &d->pages[i]))
			return &d->pages[i];
	return NULL;
}

/* ---- policy ---- */

bool
form_fees(struct arena *a, const struct form *f, const char ***out,
    struct err *e)
{
	const struct policy *p = &f->definition->policy;
	const char **lines = arena_array(a, p->n_fees + 1, sizeof *lines);
	size_t n = 0;
	bool due;

	for (size_t i = 0; i < p->n_fees; i++) {
		due = true;
		if (p->fees[i].relevant != NULL &&
		    !xml_is_true(p->fees[i].relevant->compiled,
		    f->alone.node, &f->world, &due, e))
			return err_at(e, p->fees[i].line);
		if (due)
			lines[n++] = p->fees[i].line;
	}
	*out = lines;
	return true;
}

bool
form_needs_second(const struct form *f, int64_t decided, bool *out,
    struct err *e)
{
	const struct policy *p = &f->definition->policy;

	if (p->second == POLICY_ABOVE && p->second_of != NULL &&
	    !xml_number(p->second_of->compiled, f->alone.node, &f->world,
	    &decided, e))
		return err_at(e, "four-eyes");
	*out = p->second == POLICY_ALWAYS ||
	    (p->second == POLICY_ABOVE && decided > p->second_above);
	return true;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading answers; changes nothing. For pages, letters and services.
 */
#include "forms/answer.h"

#include "forms/form_state.h"
#include "lib/arena.h"
#include "lib/str.h"

const char *
answer_read(struct arena *a, const struct form *f,
    const struct definition_item *item, unsigned entry)
{
	const struct form_slot *slot = form_slot(f, item, entry);

	if (slot == NULL || !slot->matters)
		return "";
	return type_read(a, item->type, &item->rules, &slot->value);
}

/* ---- all of them ---- */

static size_t
count_all(const struct form *f)
{
	const struct definition *d = f->definition;
	size_t n = 0;

	for (size_t i = 0; i < d->n_items; i++)
		n += d->items[i].repeat == NULL ? 1 :
		    form_entries_for(f, &d->items[i]);
	return n;
}

static size_t
list_entry(struct arena *a, const struct form *f,
    const struct definition_page *page, unsigned entry, struct answer *list)
{
	size_t n = 0;

	for (size_t i = 0; i < page->n_items; i++) {
		const struct definition_item *item = &page->items[i];

		if (!form_item_matters(f, item, entry))
			continue;
		list[n++] = (struct answer){
			.page = page,
			.item = item,
			.entry = entry,
			.label = words_read(item->label),
			.value = answer_read(a, f, item, entry),
		};
	}
	return n;
}

struct answer *
answer_list(struct arena *a, const struct form *f, size_t *n)
{
	const struct definition *d = f->definition;
	struct answer *list = arena_array(a, count_all(f), sizeof *list);

	*n = 0;
	for (size_t i = 0; i < d->n_pages; i++) {
		const struct definition_page *page = &d->pages[i];
		unsigned last = page->repeat != NULL ?
		    form_entries(f, page->repeat) : 0;

		for (unsigned e = page->repeat != NULL; e <= last; e++)
			*n += list_entry(a, f, page, e, list + *n);
	}
	return list;
}

/* ---- one, typed ---- */

static const struct form_slot *
find(const struct form *f, const char *name, unsigned entry,
    const struct definition_item **item)
{
	const struct form_slot *slot;

	*item = definition_item(f->definition, name);
	if (*item == NULL)
		return NULL;
	slot = form_slot(f, *item, entry);
	if (slot == NULL || !slot->matters || slot->value.n == 0)
		return NULL;
	return slot;
}

const char *
answer_text(const struct form *f, const char *name, unsigned entry,
    const char *part)
{
	const struct definition_item *item;
	const struct form_slot *slot = find(f, name, entry, &item);
	const char *const *parts;

	if (slot == NULL || type_composite(item->type) != (part != NULL))
		return NULL;
	if (part == NULL)
		return slot->value.texts[0];
	parts = type_parts(item->type);
	for (size_t i = 0; parts[i] != NULL; i++)
		if (str_equal(parts[i], part))
			return slot->value.texts[i];
	return NULL;
}

bool
answer_chosen(const struct form *f, const char *name, unsigned entry,
    const char *code)
{
	const struct definition_item *item;
	const struct form_slot *slot = find(f, name, entry, &item);

	for (size_t i = 0; slot != NULL && i < slot->value.n; i++)
		if (str_equal(slot->value.texts[i], code))
			return true;
	return false;
}

date
answer_date(const struct form *f, const char *name, unsigned entry)
{
	const char *s = answer_text(f, name, entry, NULL);
	date d;

	if (s == NULL || !date_parse(s, &d, NULL))
		return DATE_NONE;
	return d;
}

int64_t
answer_int(const struct form *f, const char *name, unsigned entry,
    int64_t standard)
{
	const char *s = answer_text(f, name, entry, NULL);
	int64_t value;

	if (s == NULL || !str_int(s, INT64_MIN + 1, INT64_MAX, &value, NULL))
		return standard;
	return value;
}

bool
answer_true(const struct form *f, const char *name, unsigned entry)
{
	return str_equal(answer_text(f, name, entry, NULL), "true");
}

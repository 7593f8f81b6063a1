/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From the XML of a definition to its structs. Reads on after a fault, so
 * that one look finds all of them; definition_parse() takes none. Knows the
 * shape of the document, not what its expressions mean.
 */
#include "forms/definition.h"

#include <string.h>

#include "forms/item_read.h"
#include "forms/order.h"
#include "forms/policy_read.h"
#include "forms/reader.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/xml.h"

/* The definition and its arrays while they are still being filled. */
struct draft {
	struct reader	 reader;
	struct definition *d;
	struct definition_page *pages;
	struct definition_item *items;
	struct definition_repeat *repeats;
};

static void
read_languages(struct reader *r, const struct xml_node *root)
{
	const char *s = reader_needed(r, root, "languages");
	const char **list = arena_array(r->arena, strlen(s) / 2 + 2,
	    sizeof *list);
	size_t n;

	while (*(s += strspn(s, " ")) != '\0') {
		n = strcspn(s, " ");
		list[r->n_languages++] = arena_strndup(r->arena, s, n);
		s += n;
	}
	r->languages = list;
}

static void
read_items(struct draft *f, const struct xml_node *n,
    struct definition_page *page, const struct definition_repeat *repeat)
{
	struct definition *d = f->d;

	page->items = &f->items[d->n_items];
	for (const struct xml_node *c = xml_first(n); c; c = xml_next(c)) {
		struct definition_item *item = &f->items[d->n_items];

		if (!str_equal(xml_name(c), "item"))
			continue;
		item->page = page;
		item->repeat = repeat;
		item->index = d->n_items++;
		item_read(&f->reader, c, item);
		page->n_items++;
	}
	if (page->n_items == 0)
		reader_fault(&f->reader, xml_line(n), "<%s> has no items",
		    xml_name(n));
}

static void
read_repeat(struct draft *f, const struct xml_node *n,
    struct definition_page *page)
{
	static const char *const children[] = { "label", "add", "item", NULL };
	struct definition_repeat *repeat = &f->repeats[f->d->n_repeats++];
	int64_t min = 0, max = DEFINITION_ENTRIES;

	reader_children(&f->reader, n, children);
	repeat->page = page;
	repeat->line = xml_line(n);
	repeat->name = reader_name(&f->reader, n, "name");
	reader_number(&f->reader, n, "min", 0, DEFINITION_ENTRIES, &min);
	reader_number(&f->reader, n, "max", min, DEFINITION_ENTRIES, &max);
	repeat->min = (unsigned)min;
	repeat->max = (unsigned)max;
	repeat->label = reader_words(&f->reader, n, "label", true);
	repeat->add = reader_words(&f->reader, n, "add", true);
	page->repeat = repeat;
	read_items(f, n, page, repeat);
}

static void
read_page(struct draft *f, const struct xml_node *n)
{
	static const char *const children[] = { "title", "text", "item",
		"repeat", NULL };
	struct definition_page *page = &f->pages[f->d->n_pages];
	size_t repeats = reader_count(n, "repeat");

	reader_children(&f->reader, n, children);
	page->index = f->d->n_pages++;
	page->line = xml_line(n);
	page->name = reader_name(&f->reader, n, "name");
	page->title = reader_words(&f->reader, n, "title", true);
	page->text = reader_words(&f->reader, n, "text", false);
	page->relevant = reader_rule(&f->reader, n, "relevant");
	if (repeats > 1 || (repeats == 1 && reader_count(n, "item") > 0))
		reader_fault(&f->reader, page->line,
		    "a page has items or one <repeat>, not both or several");
	if (repeats > 0)
		read_repeat(f, xml_child(n, "repeat"), page);
	else
		read_items(f, n, page, NULL);
}

static void
read_pages(struct draft *f, const struct xml_node *root)
{
	struct arena *a = f->reader.arena;
	size_t items = reader_count_below(root, "item");

	f->pages = arena_array(a, reader_count(root, "page"),
	    sizeof *f->pages);
	f->items = arena_array(a, items, sizeof *f->items);
	f->repeats = arena_array(a, reader_count_below(root, "repeat"),
	    sizeof *f->repeats);
	f->d->pages = f->pages;
	f->d->items = f->items;
	f->d->repeats = f->repeats;
	if (items > DEFINITION_ITEMS) {
		reader_fault(&f->reader, xml_line(root),
		    "more than %d items", DEFINITION_ITEMS);
		return;
	}
	for (const struct xml_node *c = xml_first(root); c; c = xml_next(c))
		if (str_equal(xml_name(c), "page"))
			read_page(f, c);
	if (f->d->n_pages == 0)
		reader_fault(&f->reader, xml_line(root),
		    "the form has no pages");
}

static void
read_letters(struct reader *r, const struct xml_node *root,
    struct definition *d)
{
	static const char *const children[] = { "title", "text", NULL };
	struct definition_letter *list = arena_array(r->arena,
	    reader_count(root, "letter"), sizeof *list);

	d->letters = list;
	for (const struct xml_node *c = xml_first(root); c; c = xml_next(c)) {
		struct definition_letter *letter = &list[d->n_letters];

		if (!str_equal(xml_name(c), "letter"))
			continue;
		reader_children(r, c, children);
		letter->line = xml_line(c);
		letter->event = reader_name(r, c, "event");
		letter->title = reader_words(r, c, "title", true);
		letter->body = reader_words(r, c, "text", true);
		if (definition_letter(d, letter->event) != NULL)
			reader_fault(r, xml_line(c),
			    "the letter \"%s\" is there twice", letter->event);
		d->n_letters++;
	}
}

/* Items, their fields, and repeats share one space of names: an expression
 * or a posted field names one thing only. */
static bool
is_field_of(const char *field, const struct definition_item *item)
{
	size_t n = strlen(item->name);

	if (!str_starts(field, item->name) || field[n] != '-')
		return false;
	for (const char *const *p = type_parts(item->type); *p != NULL; p++)
		if (str_equal(field + n + 1, *p))
			return true;
	return false;
}

static void
note_doubles(struct reader *r, const struct definition *d)
{
	for (size_t i = 0; i < d->n_items; i++) {
		const struct definition_item *item = &d->items[i];

		if (definition_item(d, item->name) != item)
			reader_fault(r, item->line,
			    "two items are called \"%s\"", item->name);
		if (definition_repeat(d, item->name) != NULL)
			reader_fault(r, item->line, "an item and a repeat are "
			    "both called \"%s\"", item->name);
		for (size_t j = 0; j < d->n_items; j++)
			if (is_field_of(item->name, &d->items[j]))
				reader_fault(r, item->line, "\"%s\" is already "
				    "a field of \"%s\"", item->name,
				    d->items[j].name);
	}
	for (size_t i = 0; i < d->n_pages; i++)
		if (definition_page(d, d->pages[i].name) != &d->pages[i])
			reader_fault(r, d->pages[i].line,
			    "two pages are called \"%s\"", d->pages[i].name);
	for (size_t i = 0; i < d->n_repeats; i++)
		if (definition_repeat(d, d->repeats[i].name) != &d->repeats[i])
			reader_fault(r, d->repeats[i].line,
			    "two repeats are called \"%s\"",
			    d->repeats[i].name);
}

static void
read_form(struct draft *f, const struct xml_node *root)
{
	static const char *const children[] = { "title", "summary", "service",
		"page", "decision", "letter", NULL };
	const struct xml_node *service = xml_child(root, "service");
	const struct xml_node *decision = xml_child(root, "decision");
	struct definition *d = f->d;
	int64_t version = 0;

	reader_children(&f->reader, root, children);
	read_languages(&f->reader, root);
	d->languages = f->reader.languages;
	d->n_languages = f->reader.n_languages;
	d->name = reader_name(&f->reader, root, "name");
	reader_needed(&f->reader, root, "version");
	reader_number(&f->reader, root, "version", 1, INT32_MAX, &version);
	d->version = (unsigned)version;
	d->title = reader_words(&f->reader, root, "title", true);
	d->summary = reader_words(&f->reader, root, "summary", true);
	if (service != NULL)
		policy_read(&f->reader, service, &d->policy);
	else
		reader_fault(&f->reader, xml_line(root),
		    "the form has no <service>");
	read_pages(f, root);
	if (decision != NULL)
		d->reasons = policy_read_reasons(&f->reader, decision,
		    "reason", &d->n_reasons);
	read_letters(&f->reader, root, d);
	note_doubles(&f->reader, d);
}

/* libxml2's line stands at the start of its text: "line 3: why". */
static void
note_unreadable(struct reader *r, const struct err *e)
{
	const char *why = strstr(e->text, ": ");
	int line = 0;

	if (str_starts(e->text, "line ") && why != NULL) {
		for (const char *p = e->text + 5; *p >= '0' && *p <= '9'; p++)
			line = line * 10 + (*p - '0');
		reader_fault(r, line, "%s", why + 2);
		return;
	}
	reader_fault(r, 1, "%s", e->text);
}

const struct definition *
definition_read(struct arena *a, struct bytes text, struct xml_fault **faults)
{
	struct draft f = { .reader = { .arena = a } };
	struct xml *xml;
	struct err e;

	if (!xml_parse(text, &xml, &e)) {
		note_unreadable(&f.reader, &e);
		*faults = f.reader.faults;
		return NULL;
	}
	if (!str_equal(xml_name(xml_root(xml)), "form")) {
		reader_fault(&f.reader, xml_line(xml_root(xml)),
		    "the outermost element is not <form>");
		*faults = f.reader.faults;
		xml_free(xml);
		return NULL;
	}
	f.d = arena_alloc(a, sizeof *f.d);
	read_form(&f, xml_root(xml));
	f.d->rules = f.reader.rules;
	f.d->order = order_items(a, f.d, NULL);
	*faults = f.reader.faults;
	xml_free(xml);
	return f.d;
}

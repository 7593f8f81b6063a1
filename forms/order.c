/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Depth-first ordering of items and pages by what their expressions read.
 * Nodes are numbered: items first, pages after them.
 */
#include "forms/order.h"

#include "forms/definition.h"
#include "forms/scope.h"
#include "lib/arena.h"
#include "lib/buf.h"

enum state {
	UNSEEN,
	OPEN,		/* on the way from the root to where we are */
	DONE
};

struct walk {
	struct arena	*arena;
	const struct definition *d;
	enum state	*states;
	size_t		*path;		/* the open nodes */
	size_t		 n_path;
	size_t		*order;
	size_t		 n_order;
	struct order_cycle *cycles;
};

static void	visit_node(struct walk *, size_t node);

static size_t
node_of_page(const struct walk *w, const struct definition_page *page)
{
	return w->d->n_items + page->index;
}

static const char *
node_name(const struct walk *w, size_t node)
{
	if (node < w->d->n_items)
		return w->d->items[node].name;
	return w->d->pages[node - w->d->n_items].name;
}

static int
node_line(const struct walk *w, size_t node)
{
	if (node < w->d->n_items)
		return w->d->items[node].line;
	return w->d->pages[node - w->d->n_items].line;
}

/* The node is open: the way from it back to it is a circle. */
static void
note_cycle(struct walk *w, size_t node)
{
	struct order_cycle *cycle = arena_alloc(w->arena, sizeof *cycle);
	struct buf text = buf_new(w->arena, 80);
	size_t from = w->n_path;

	while (from > 0 && w->path[from - 1] != node)
		from--;
	for (size_t i = from == 0 ? 0 : from - 1; i < w->n_path; i++)
		buf_printf(&text, "%s, ", node_name(w, w->path[i]));
	buf_puts(&text, node_name(w, node));
	cycle->line = node_line(w, node);
	cycle->text = buf_text(&text);
	cycle->next = w->cycles;
	w->cycles = cycle;
}

static void
on_reference(void *arg, const struct path *path,
    const struct scope_place *place)
{
	struct walk *w = arg;

	(void)path;
	if (place->kind == SCOPE_ENTRIES)
		visit_node(w, node_of_page(w, place->repeat->page));
	else if (place->item != NULL)
		visit_node(w, place->item->index);
}

static void
visit_rule(struct walk *w, const struct rule *rule,
    const struct definition_repeat *repeat)
{
	struct scope scope = { w->d, repeat };

	if (rule != NULL)
		scope_walk(&scope, rule->path, on_reference, w);
}

static void
visit_reads(struct walk *w, size_t node)
{
	const struct definition_item *item;

	if (node >= w->d->n_items) {
		visit_rule(w, w->d->pages[node - w->d->n_items].relevant,
		    NULL);
		return;
	}
	item = &w->d->items[node];
	visit_node(w, node_of_page(w, item->page));
	visit_rule(w, item->relevant, item->repeat);
	visit_rule(w, item->calculate, item->repeat);
}

static void
visit_node(struct walk *w, size_t node)
{
	if (w->states[node] == OPEN)
		note_cycle(w, node);
	if (w->states[node] != UNSEEN)
		return;
	w->states[node] = OPEN;
	w->path[w->n_path++] = node;
	visit_reads(w, node);
	w->n_path--;
	w->states[node] = DONE;
	if (node < w->d->n_items)
		w->order[w->n_order++] = node;
}

const size_t *
order_items(struct arena *a, const struct definition *d,
    struct order_cycle **cycles)
{
	size_t n = d->n_items + d->n_pages;
	struct walk w = {
		.arena = a,
		.d = d,
		.states = arena_array(a, n, sizeof *w.states),
		.path = arena_array(a, n, sizeof *w.path),
		.order = arena_array(a, d->n_items, sizeof *w.order),
	};

	for (size_t node = 0; node < n; node++)
		visit_node(&w, node);
	if (cycles != NULL)
		*cycles = w.cycles;
	return w.order;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The component "table" of the GOV.UK Design System, and what it lacks for a
 * desk: columns that sort by a link, rows that become cards on a narrow
 * screen, a box to tick for a row.
 */
#include "cgi-bin/ui_table.h"

#include "cgi-bin/html.h"
#include "cgi-bin/ui_prose.h"
#include "lib/arena.h"

static const char *const caption_sizes[] = {
	[UI_S] = "govuk-table__caption--s",
	[UI_M] = "govuk-table__caption--m",
	[UI_L] = "govuk-table__caption--l",
	[UI_XL] = "govuk-table__caption--xl"
};

static const char *
sort_name(enum ui_sort sort)
{
	static const char *const names[] = {
		[UI_SORT_UP] = "ascending",
		[UI_SORT_DOWN] = "descending"
	};

	return names[sort];
}

static void
head_cell(struct html *h, const struct ui_column_head *c)
{
	html_begin(h, "th");
	html_attr(h, "scope", "col");
	html_class(h, "govuk-table__header",
	    c->numeric ? "govuk-table__header--numeric" : NULL, c->classes);
	html_attr(h, "aria-sort", sort_name(c->sort));
	if (c->hidden) {
		ui_hidden_words(h, c->text);
	} else if (c->sort_href != NULL) {
		html_begin(h, "a");
		html_attr(h, "class", "balcao-table__sort");
		html_url(h, "href", c->sort_href);
		html_text(h, c->text);
		html_end(h, "a");
	} else {
		html_text(h, c->text);
	}
	html_end(h, "th");
}

static void
head(struct html *h, const struct ui_table *t)
{
	html_begin(h, "thead");
	html_attr(h, "class", "govuk-table__head");
	html_begin(h, "tr");
	html_attr(h, "class", "govuk-table__row");
	for (size_t i = 0; i < t->n; i++)
		head_cell(h, &t->columns[i]);
	html_end(h, "tr");
	html_end(h, "thead");
}

static void
caption(struct html *h, const struct ui_table *t)
{
	if (t->caption == NULL)
		return;
	html_begin(h, "caption");
	html_class(h, "govuk-table__caption", caption_sizes[t->caption_size],
	    t->caption_hidden ? "govuk-visually-hidden" : NULL);
	html_text(h, t->caption);
	html_end(h, "caption");
}

void
ui_table_begin(struct html *h, struct ui_table *t)
{
	t->column = 0;
	t->in_row = false;
	html_begin(h, "table");
	html_class(h, html_join(h, "govuk-table",
	    t->cards ? "balcao-table--cards" : NULL),
	    t->small ? "govuk-table--small-text-until-tablet "
	    "balcao-table--dense" : NULL, t->classes);
	caption(h, t);
	if (!t->headless)
		head(h, t);
	html_begin(h, "tbody");
	html_attr(h, "class", "govuk-table__body");
}

static void
row_end(struct html *h, struct ui_table *t)
{
	if (t->in_row)
		html_end(h, "tr");
	t->in_row = false;
}

void
ui_table_row(struct html *h, struct ui_table *t)
{
	row_end(h, t);
	html_begin(h, "tr");
	html_attr(h, "class", "govuk-table__row");
	t->in_row = true;
	t->column = 0;
}

void
ui_table_end(struct html *h, struct ui_table *t)
{
	row_end(h, t);
	html_end(h, "tbody");
	html_end(h, "table");
}

/* Is the cell that is being written a heading of its row? */
static bool
is_head(const struct ui_table *t)
{
	return t->row_heads && t->column == 0;
}

void
ui_cell_begin(struct html *h, struct ui_table *t)
{
	const struct ui_column_head *c = &t->columns[t->column];

	if (is_head(t)) {
		html_begin(h, "th");
		html_attr(h, "scope", "row");
		html_class(h, "govuk-table__header", c->classes, NULL);
	} else {
		html_begin(h, "td");
		html_class(h, "govuk-table__cell",
		    c->numeric ? "govuk-table__cell--numeric" : NULL,
		    c->classes);
	}
	if (t->cards && !c->hidden)
		html_attr(h, "data-heading", c->text);
}

void
ui_cell_end(struct html *h, struct ui_table *t)
{
	html_end(h, is_head(t) ? "th" : "td");
	if (t->column + 1 < t->n)
		t->column++;
}

void
ui_cell(struct html *h, struct ui_table *t, const char *text)
{
	ui_cell_begin(h, t);
	html_text(h, text);
	ui_cell_end(h, t);
}

void
ui_cell_tick(struct html *h, struct ui_table *t, const char *name,
    const char *value, const char *label)
{
	const char *id = arena_printf(html_arena(h), "%s-%s", name, value);

	ui_cell_begin(h, t);
	html_begin(h, "div");
	html_attr(h, "class", "govuk-checkboxes__item balcao-table__tick");
	html_begin(h, "input");
	html_attr(h, "class", "govuk-checkboxes__input");
	html_attr(h, "id", id);
	html_attr(h, "name", name);
	html_attr(h, "type", "checkbox");
	html_attr(h, "value", value);
	html_begin(h, "label");
	html_attr(h, "class", "govuk-label govuk-checkboxes__label");
	html_attr(h, "for", id);
	ui_hidden_words(h, label);
	html_end(h, "label");
	html_end(h, "div");
	ui_cell_end(h, t);
}

/* Attributes of SVG, for the page's policy has no room for a style. */
void
ui_cell_bar(struct html *h, struct ui_table *t, const char *figure,
    unsigned part, unsigned whole)
{
	unsigned share = whole == 0 ? 0 : part >= whole ? 1000 :
	    (unsigned)((unsigned long long)part * 1000 / whole);

	ui_cell_begin(h, t);
	html_begin(h, "div");
	html_attr(h, "class", "balcao-bar");
	html_element(h, "span", "balcao-bar__figure", figure);
	html_begin(h, "svg");
	html_attr(h, "class", "balcao-bar__line");
	html_attr(h, "xmlns", "http://www.w3.org/2000/svg");
	html_attr(h, "viewBox", "0 0 1000 10");
	html_attr(h, "preserveAspectRatio", "none");
	html_attr(h, "aria-hidden", "true");
	html_attr(h, "focusable", "false");
	html_begin(h, "rect");
	html_attrf(h, "width", "%u", share);
	html_attr(h, "height", "10");
	html_end(h, "rect");
	html_end(h, "svg");
	html_end(h, "div");
	ui_cell_end(h, t);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The component "pagination" of the GOV.UK Design System: two links below
 * one another where the parts have no numbers, else a line of numbers.
 */
#include "cgi-bin/ui_pagination.h"

#include "cgi-bin/html.h"
#include "cgi-bin/ui_prose.h"
#include "lib/text.h"

/* One of the two arrows. */
struct arrow {
	const char	*rel;
	const char	*href;
	const char	*words;		/* NULL: the usual ones */
	const char	*label;
	const char	*usual;
	const char	*wrap;
	const char	*icon;
	const char	*path;
	bool		 icon_last;
	bool		 block;
};

static void
icon(struct html *h, const struct arrow *a)
{
	html_begin(h, "svg");
	html_class(h, "govuk-pagination__icon", a->icon, NULL);
	html_attr(h, "xmlns", "http://www.w3.org/2000/svg");
	html_attr(h, "height", "13");
	html_attr(h, "width", "15");
	html_attr(h, "aria-hidden", "true");
	html_attr(h, "focusable", "false");
	html_attr(h, "viewBox", "0 0 15 13");
	html_begin(h, "path");
	html_attr(h, "d", a->path);
	html_end(h, "path");
	html_end(h, "svg");
}

static void
title(struct html *h, const struct arrow *a)
{
	html_begin(h, "span");
	html_class(h, "govuk-pagination__link-title",
	    a->block && a->label == NULL ?
	    "govuk-pagination__link-title--decorated" : NULL, NULL);
	html_text(h, a->words != NULL ? a->words : a->usual);
	if (a->words == NULL)
		ui_hidden_words(h, _(" page"));
	html_end(h, "span");
	if (a->label == NULL || !a->block)
		return;
	html_text(h, " ");
	ui_hidden_words(h, ":");
	html_text(h, " ");
	html_element(h, "span", "govuk-pagination__link-label", a->label);
}

static void
arrow(struct html *h, const struct arrow *a)
{
	bool last = a->icon_last && !a->block;

	html_begin(h, "div");
	html_attr(h, "class", a->wrap);
	html_begin(h, "a");
	html_attr(h, "class", "govuk-link govuk-pagination__link");
	html_url(h, "href", a->href);
	html_attr(h, "rel", a->rel);
	if (!last)
		icon(h, a);
	title(h, a);
	if (last)
		icon(h, a);
	html_end(h, "a");
	html_end(h, "div");
}

static void
number(struct html *h, const struct ui_page *p)
{
	html_begin(h, "li");
	html_class(h, "govuk-pagination__item", p->current ?
	    "govuk-pagination__item--current" : NULL, p->number == 0 ?
	    "govuk-pagination__item--ellipsis" : NULL);
	if (p->number == 0) {
		html_text(h, "\u22EF");
	} else {
		html_begin(h, "a");
		html_attr(h, "class", "govuk-link govuk-pagination__link");
		html_url(h, "href", p->href);
		html_attrf(h, "aria-label", _("Page %u"), p->number);
		html_attr(h, "aria-current", p->current ? "page" : NULL);
		html_textf(h, "%u", p->number);
		html_end(h, "a");
	}
	html_end(h, "li");
}

static void
numbers(struct html *h, const struct ui_pagination *o)
{
	if (o->n == 0)
		return;
	html_begin(h, "ul");
	html_attr(h, "class", "govuk-pagination__list");
	for (size_t i = 0; i < o->n; i++)
		number(h, &o->pages[i]);
	html_end(h, "ul");
}

static struct arrow
previous(const struct ui_pagination *o)
{
	return (struct arrow){
		.rel = "prev",
		.href = o->previous,
		.words = o->previous_text,
		.label = o->previous_label,
		.usual = _("Previous"),
		.wrap = "govuk-pagination__prev",
		.icon = "govuk-pagination__icon--prev",
		.path = "m6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 "
		    "1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-"
		    "4.293-1.414-1.414z",
		.block = o->n == 0,
	};
}

static struct arrow
next(const struct ui_pagination *o)
{
	return (struct arrow){
		.rel = "next",
		.href = o->next,
		.words = o->next_text,
		.label = o->next_label,
		.usual = _("Next"),
		.wrap = "govuk-pagination__next",
		.icon = "govuk-pagination__icon--next",
		.path = "m8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986v2"
		    "h12.896l-4.1855 3.9766 1.377 1.4492 6.7441-6.4062-6.7246"
		    "-6.7266z",
		.icon_last = true,
		.block = o->n == 0,
	};
}

void
ui_pagination(struct html *h, const struct ui_pagination *o)
{
	struct arrow back = previous(o), on = next(o);

	if (o->n == 0 && o->previous == NULL && o->next == NULL)
		return;
	html_begin(h, "nav");
	html_class(h, "govuk-pagination",
	    o->n == 0 ? "govuk-pagination--block" : NULL, o->classes);
	html_attr(h, "aria-label",
	    o->label != NULL ? o->label : _("Pagination"));
	if (o->previous != NULL)
		arrow(h, &back);
	numbers(h, o);
	if (o->next != NULL)
		arrow(h, &on);
	html_end(h, "nav");
}

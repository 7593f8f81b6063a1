/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Examples of ways from page to page: options to ui_nav.h and
 * ui_pagination.h.
 */
#include <string.h>

#include "cgi-bin/html.h"
#include "cgi-bin/ui_nav.h"
#include "cgi-bin/ui_pagination.h"
#include "tests/conformance/fixture.h"

enum {
	ITEMS = 32
};

static const char *
take_href(struct fixture *f, json_t *from, const char *name)
{
	const char *href = take_text(f, from, name);

	if (href != NULL && !html_url_safe(href))
		leave_out(f, "an address we refuse");
	return href;
}

void
map_back_link(struct fixture *f)
{
	const char *href = take_href(f, f->options, "href");
	const char *text = take_text(f, f->options, "text");

	ui_back_link(f->html, href != NULL ? href : "#",
	    text != NULL && *text != '\0' ? text : NULL);
}

void
map_skip_link(struct fixture *f)
{
	const char *href = take_href(f, f->options, "href");

	ui_skip_link(f->html, href != NULL ? href : "#content",
	    take_text(f, f->options, "text"));
}

void
map_breadcrumbs(struct fixture *f)
{
	json_t *items = look(f->options, "items"), *it;
	struct ui_crumb crumbs[ITEMS];
	size_t i, n = 0;

	json_array_foreach(items, i, it)
		if (n < ITEMS)
			crumbs[n++] = (struct ui_crumb){
				.text = take_text(f, it, "text"),
				.href = take_href(f, it, "href"),
			};
	ui_breadcrumbs(f->html, crumbs, n);
}

void
map_service_navigation(struct fixture *f)
{
	json_t *o = f->options, *list = look(o, "navigation"), *it;
	struct ui_nav_item items[ITEMS];
	struct ui_nav nav = {
		.service = take_text(f, o, "serviceName"),
		.service_href = take_href(f, o, "serviceUrl"),
		.label = take_text(f, o, "navigationLabel"),
		.items = items,
		.id = take_text(f, o, "navigationId"),
		.classes = take_text(f, o, "classes"),
	};
	size_t i;

	/* The button that would collapse it is hidden without script. */
	take_flag(f, o, "collapseNavigationOnMobile");
	json_array_foreach(list, i, it) {
		if (!json_is_object(it))
			continue;
		if (nav.n < ITEMS)
			items[nav.n++] = (struct ui_nav_item){
				.text = take_text(f, it, "text"),
				.href = take_href(f, it, "href"),
				.current = take_flag(f, it, "current"),
				.active = take_flag(f, it, "active"),
			};
	}
	ui_service_navigation(f->html, &nav);
}

void
map_language_navigation(struct fixture *f)
{
	json_t *list = look(f->options, "items"), *it;
	struct ui_language languages[ITEMS];
	size_t i, n = 0;

	json_array_foreach(list, i, it)
		if (n < ITEMS)
			languages[n++] = (struct ui_language){
				.name = take_text(f, it, "text"),
				.tag = take_text(f, it, "lang"),
				.href = take_href(f, it, "href"),
				.current = take_flag(f, it, "current"),
			};
	ui_language_navigation(f->html, languages, n);
}

void
map_pagination(struct fixture *f)
{
	json_t *o = f->options, *items = look(o, "items"), *it;
	json_t *previous = look(o, "previous"), *next = look(o, "next");
	struct ui_page pages[ITEMS];
	struct ui_pagination p = {
		.previous = take_href(f, previous, "href"),
		.previous_text = take_text(f, previous, "text"),
		.previous_label = take_text(f, previous, "labelText"),
		.next = take_href(f, next, "href"),
		.next_text = take_text(f, next, "text"),
		.next_label = take_text(f, next, "labelText"),
		.pages = pages,
		.label = take_text(f, o, "landmarkLabel"),
		.classes = take_text(f, o, "classes"),
	};
	size_t i;

	json_array_foreach(items, i, it) {
		if (json_object_size(it) == 0)
			leave_out(f, "an item that is none");
		else if (p.n < ITEMS)
			pages[p.n++] = (struct ui_page){
				.number = take_flag(f, it, "ellipsis") ? 0 :
				    take_number(f, it, "number"),
				.href = take_href(f, it, "href"),
				.current = take_flag(f, it, "current"),
			};
	}
	ui_pagination(f->html, &p);
}

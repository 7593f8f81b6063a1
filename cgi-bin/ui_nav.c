/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The components "back-link", "breadcrumbs", "skip-link", "service-
 * navigation", "language-navigation" and "pagination" of the GOV.UK Design
 * System. The navigation never collapses: without script it could not open.
 */
#include "cgi-bin/ui_nav.h"

#include "cgi-bin/html.h"
#include "cgi-bin/ui_prose.h"
#include "lib/text.h"

static void
plain_link(struct html *h, const char *classes, const char *href,
    const char *words)
{
	html_begin(h, "a");
	html_url(h, "href", href);
	html_attr(h, "class", classes);
	html_text(h, words);
	html_end(h, "a");
}

void
ui_back_link(struct html *h, const char *href, const char *words)
{
	plain_link(h, "govuk-back-link", href,
	    words != NULL ? words : _("Back"));
}

void
ui_skip_link(struct html *h, const char *href, const char *words)
{
	html_begin(h, "a");
	html_url(h, "href", href);
	html_attr(h, "class", "govuk-skip-link");
	html_attr(h, "data-module", "govuk-skip-link");
	html_text(h, words);
	html_end(h, "a");
}

void
ui_breadcrumbs(struct html *h, const struct ui_crumb *crumbs, size_t n)
{
	html_begin(h, "nav");
	html_attr(h, "class", "govuk-breadcrumbs");
	html_attr(h, "aria-label", _("Breadcrumb"));
	html_begin(h, "ol");
	html_attr(h, "class", "govuk-breadcrumbs__list");
	for (size_t i = 0; i < n; i++) {
		html_begin(h, "li");
		html_attr(h, "class", "govuk-breadcrumbs__list-item");
		if (crumbs[i].href != NULL) {
			plain_link(h, "govuk-breadcrumbs__link",
			    crumbs[i].href, crumbs[i].text);
		} else {
			html_attr(h, "aria-current", "page");
			html_text(h, crumbs[i].text);
		}
		html_end(h, "li");
	}
	html_end(h, "ol");
	html_end(h, "nav");
}

static void
service_name(struct html *h, const struct ui_nav *o)
{
	html_begin(h, "span");
	html_attr(h, "class", "govuk-service-navigation__service-name");
	if (o->service_href != NULL)
		plain_link(h, "govuk-service-navigation__link",
		    o->service_href, o->service);
	else
		html_element(h, "span", "govuk-service-navigation__text",
		    o->service);
	html_end(h, "span");
}

static void
nav_item(struct html *h, const struct ui_nav_item *i)
{
	bool on = i->current || i->active;
	const char *element = i->href != NULL ? "a" : "span";

	html_begin(h, "li");
	html_class(h, "govuk-service-navigation__item",
	    on ? "govuk-service-navigation__item--active" : NULL, NULL);
	html_begin(h, element);
	html_attr(h, "class", i->href != NULL ?
	    "govuk-service-navigation__link" :
	    "govuk-service-navigation__text");
	html_url(h, "href", i->href);
	if (on)
		html_attr(h, "aria-current", i->current ? "page" : "true");
	/* Who overrides colours still sees which one it is. */
	if (on)
		html_element(h, "strong",
		    "govuk-service-navigation__active-fallback", i->text);
	else
		html_text(h, i->text);
	html_end(h, element);
	html_end(h, "li");
}

static void
nav_list(struct html *h, const struct ui_nav *o)
{
	html_begin(h, "nav");
	html_attr(h, "aria-label", o->label != NULL ? o->label : _("Menu"));
	html_attr(h, "class", "govuk-service-navigation__wrapper");
	html_begin(h, "ul");
	html_attr(h, "class", "govuk-service-navigation__list");
	html_attr(h, "id", o->id != NULL ? o->id : "navigation");
	for (size_t i = 0; i < o->n; i++)
		nav_item(h, &o->items[i]);
	html_end(h, "ul");
	html_end(h, "nav");
}

void
ui_service_navigation(struct html *h, const struct ui_nav *o)
{
	const char *element = o->service != NULL ? "section" : "div";

	html_begin(h, element);
	if (o->service != NULL)
		html_attr(h, "aria-label", _("Service information"));
	html_class(h, "govuk-service-navigation", o->classes, NULL);
	html_attr(h, "data-module", "govuk-service-navigation");
	html_begin(h, "div");
	html_attr(h, "class", "govuk-width-container");
	html_begin(h, "div");
	html_attr(h, "class", "govuk-service-navigation__container");
	if (o->service != NULL)
		service_name(h, o);
	if (o->n > 0)
		nav_list(h, o);
	html_end(h, "div");
	html_end(h, "div");
	html_end(h, element);
}

static void
language(struct html *h, const struct ui_language *l)
{
	bool link = !l->current && l->href != NULL;
	const char *element = link ? "a" : "span";

	html_begin(h, "li");
	html_attr(h, "class", "govuk-language-navigation__list-item");
	html_begin(h, element);
	html_attr(h, "class", link ? "govuk-language-navigation__link" :
	    "govuk-language-navigation__text");
	html_attr(h, "aria-current", link ? NULL : "true");
	html_url(h, "href", link ? l->href : NULL);
	html_attr(h, "rel", link ? "alternate" : NULL);
	html_attr(h, "lang", l->tag);
	html_attr(h, "hreflang", link ? l->tag : NULL);
	html_text(h, l->name);
	html_end(h, element);
	html_end(h, "li");
}

void
ui_language_navigation(struct html *h, const struct ui_language *languages,
    size_t n)
{
	html_begin(h, "nav");
	html_attr(h, "class", "govuk-language-navigation");
	html_attr(h, "aria-label", _("Language"));
	html_begin(h, "ul");
	html_attr(h, "class", "govuk-language-navigation__list");
	for (size_t i = 0; i < n; i++)
		language(h, &languages[i]);
	html_end(h, "ul");
	html_end(h, "nav");
}

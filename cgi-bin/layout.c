/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The page around a page, after the GOV.UK page template. It decides nothing:
 * what is shown of the navigation, the languages and the footer is given.
 * page.c fills it in for a visit.
 */
#include "cgi-bin/layout.h"

#include "cgi-bin/html.h"
#include "cgi-bin/ui_form.h"
#include "cgi-bin/ui_mark.h"
#include "cgi-bin/ui_notice.h"
#include "cgi-bin/ui_prose.h"
#include "lib/text.h"

const char layout_style[] = "/assets/balcao.css";

static const char theme_colour[] = "#0b4a50";

static void
meta(struct html *h, const char *name, const char *content)
{
	if (content == NULL)
		return;
	html_begin(h, "meta");
	html_attr(h, "name", name);
	html_attr(h, "content", content);
}

static void
head_link(struct html *h, const char *rel, const char *type,
    const char *href)
{
	if (href == NULL)
		return;
	html_begin(h, "link");
	html_attr(h, "rel", rel);
	html_attr(h, "type", type);
	html_url(h, "href", href);
}

/* A reader of many tabs sees first what is wrong, then which page it is. */
static void
title(struct html *h, const struct layout *o)
{
	html_begin(h, "title");
	if (o->n_errors > 0)
		html_textf(h, "%s: ", _("Error"));
	html_text(h, o->title);
	if (o->authority != NULL)
		html_textf(h, " – %s", o->authority);
	html_end(h, "title");
}

static void
head(struct html *h, const struct layout *o)
{
	html_begin(h, "head");
	html_begin(h, "meta");
	html_attr(h, "charset", "utf-8");
	title(h, o);
	meta(h, "viewport",
	    "width=device-width, initial-scale=1, viewport-fit=cover");
	meta(h, "theme-color", theme_colour);
	meta(h, "description", o->description);
	head_link(h, "stylesheet", NULL,
	    o->style != NULL ? o->style : layout_style);
	head_link(h, "icon", "image/svg+xml", "/assets/favicon.svg");
	head_link(h, "canonical", NULL, o->canonical);
	head_link(h, "alternate", "application/atom+xml", o->feed);
	html_end(h, "head");
}

static void
sign_out(struct html *h, const struct layout *o)
{
	if (o->handle == NULL && o->sign_out == NULL)
		return;
	html_begin(h, "div");
	html_attr(h, "class", "balcao-header__person");
	if (o->handle != NULL)
		html_element(h, "span", "balcao-header__handle",
		    o->handle);
	if (o->sign_out != NULL) {
		ui_form_begin(h, &(struct ui_form){
			.action = o->sign_out,
			.token = o->token,
		});
		html_begin(h, "button");
		html_attr(h, "type", "submit");
		html_attr(h, "class", "balcao-header__button");
		html_text(h, _("Sign out"));
		html_end(h, "button");
		ui_form_end(h);
	}
	html_end(h, "div");
}

static void
brand(struct html *h, const struct layout *o)
{
	html_begin(h, "a");
	html_attr(h, "class", "balcao-header__brand");
	html_url(h, "href", o->home != NULL ? o->home : "/");
	ui_mark(h, NULL);
	html_element(h, "span", "balcao-header__name",
	    o->authority != NULL ? o->authority : "Balcão");
	html_end(h, "a");
}

static void
bar(struct html *h, const struct layout *o)
{
	html_begin(h, "div");
	html_attr(h, "class", "balcao-header");
	html_begin(h, "div");
	html_attr(h, "class", "govuk-width-container "
	    "balcao-header__container");
	brand(h, o);
	html_begin(h, "div");
	html_attr(h, "class", "balcao-header__tools");
	if (o->languages != NULL)
		ui_language_navigation(h, o->languages, o->n_languages);
	sign_out(h, o);
	html_end(h, "div");
	html_end(h, "div");
	html_end(h, "div");
}

static void
way_back(struct html *h, const struct layout *o)
{
	if (o->crumbs == NULL && o->back == NULL)
		return;
	html_begin(h, "div");
	html_attr(h, "class", "govuk-width-container");
	if (o->crumbs != NULL)
		ui_breadcrumbs(h, o->crumbs, o->n_crumbs);
	else
		ui_back_link(h, o->back, NULL);
	html_end(h, "div");
}

/* Whatever stands above main stands in the header, so that somebody who
 * steps from landmark to landmark misses nothing. */
static void
header(struct html *h, const struct layout *o)
{
	html_begin(h, "header");
	html_attr(h, "class", "govuk-template__header");
	bar(h, o);
	if (o->nav.n > 0 || o->nav.service != NULL)
		ui_service_navigation(h, &o->nav);
	if (o->demonstration != NULL)
		ui_phase_banner(h, _("Demonstration"), o->demonstration);
	way_back(h, o);
	html_end(h, "header");
}

void
layout_begin(struct html *h, const struct layout *o)
{
	html_doctype(h);
	html_begin(h, "html");
	html_attr(h, "lang", o->lang != NULL ? o->lang : text_tag());
	html_attr(h, "class", "govuk-template");
	head(h, o);
	html_begin(h, "body");
	html_class(h, "govuk-template__body",
	    o->wide ? "balcao-wide" : NULL, NULL);
	ui_skip_link(h, "#main-content", _("Skip to main content"));
	header(h, o);
	html_begin(h, "div");
	html_attr(h, "class", "govuk-width-container");
	html_begin(h, "main");
	html_attr(h, "class", "govuk-main-wrapper");
	html_attr(h, "id", "main-content");
	if (o->whole) {
		ui_error_summary(h, o->errors, o->n_errors);
		return;
	}
	ui_row_begin(h);
	ui_column_begin(h, o->wide ? UI_FULL : UI_TWO_THIRDS);
	ui_error_summary(h, o->errors, o->n_errors);
}

static void
footer_link(struct html *h, const struct layout_link *l)
{
	html_begin(h, "li");
	html_begin(h, "a");
	html_attr(h, "class", "balcao-footer__link");
	html_url(h, "href", l->href);
	html_text(h, l->text);
	html_end(h, "a");
	html_end(h, "li");
}

static void
footer_links(struct html *h, const struct layout *o)
{
	const struct layout_link ours[] = {
		{ _("Accessibility statement"), "/accessibility" },
		{ _("Privacy"), "/privacy" },
		{ _("Contact"), "/contact" },
		{ NULL, NULL }
	};
	const struct layout_link *l = o->footer != NULL ? o->footer : ours;

	html_element(h, "h2", "govuk-visually-hidden", _("Support links"));
	html_begin(h, "ul");
	html_attr(h, "class", "balcao-footer__links");
	for (; l->text != NULL; l++)
		footer_link(h, l);
	html_end(h, "ul");
}

static void
footer(struct html *h, const struct layout *o)
{
	html_begin(h, "footer");
	html_attr(h, "class", "govuk-template__footer balcao-footer");
	html_begin(h, "div");
	html_attr(h, "class", "govuk-width-container "
	    "balcao-footer__container");
	footer_links(h, o);
	html_begin(h, "div");
	html_attr(h, "class", "balcao-footer__brand");
	ui_mark(h, NULL);
	html_element(h, "span", NULL,
	    o->authority != NULL ? o->authority : "Balcão");
	html_end(h, "div");
	html_end(h, "div");
	html_end(h, "footer");
}

void
layout_end(struct html *h, const struct layout *o)
{
	if (!o->whole) {
		ui_column_end(h);
		ui_row_end(h);
	}
	html_end(h, "main");
	html_end(h, "div");
	footer(h, o);
	html_end(h, "body");
	html_end(h, "html");
}

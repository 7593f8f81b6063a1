/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The components "panel", "notification-banner", "warning-text" and
 * "phase-banner" of the GOV.UK Design System.
 */
#include "cgi-bin/ui_notice.h"

#include "cgi-bin/html.h"
#include "cgi-bin/ui_prose.h"
#include "lib/arena.h"
#include "lib/text.h"

static void
panel_begin(struct html *h, const char *title)
{
	html_begin(h, "div");
	html_attr(h, "class", "govuk-panel govuk-panel--confirmation");
	html_element(h, "h1", "govuk-panel__title", title);
}

void
ui_panel_begin(struct html *h, const char *title)
{
	panel_begin(h, title);
	html_begin(h, "div");
	html_attr(h, "class", "govuk-panel__body");
}

void
ui_panel_end(struct html *h)
{
	html_end(h, "div");
	html_end(h, "div");
}

void
ui_panel(struct html *h, const char *title, const char *text)
{
	if (text == NULL) {
		panel_begin(h, title);
		html_end(h, "div");
		return;
	}
	ui_panel_begin(h, title);
	html_text(h, text);
	ui_panel_end(h);
}

void
ui_panel_reference(struct html *h, const char *title, const char *label,
    const char *reference)
{
	ui_panel_begin(h, title);
	html_text(h, label);
	ui_break(h);
	ui_strong(h, reference);
	ui_panel_end(h);
}

static const char *
banner_title(const struct ui_banner *o)
{
	if (o->title != NULL)
		return o->title;
	return o->success ? _("Success") : _("Important");
}

static const char *
banner_role(const struct ui_banner *o)
{
	if (o->role != NULL)
		return o->role;
	return o->success ? "alert" : "region";
}

static void
banner_head(struct html *h, const struct ui_banner *o, const char *id)
{
	const char *name = arena_printf(html_arena(h), "h%d",
	    o->level > 0 ? o->level : 2);

	html_begin(h, "div");
	html_attr(h, "class", "govuk-notification-banner__header");
	html_begin(h, name);
	html_attr(h, "class", "govuk-notification-banner__title");
	html_attr(h, "id", id);
	html_text(h, banner_title(o));
	html_end(h, name);
	html_end(h, "div");
}

void
ui_banner_begin(struct html *h, const struct ui_banner *o)
{
	const char *id = o->id != NULL ? o->id :
	    "govuk-notification-banner-title";

	html_begin(h, "div");
	html_class(h, "govuk-notification-banner",
	    o->success ? "govuk-notification-banner--success" : NULL,
	    o->classes);
	html_attr(h, "role", banner_role(o));
	html_attr(h, "aria-labelledby", id);
	html_attr(h, "data-module", "govuk-notification-banner");
	banner_head(h, o, id);
	html_begin(h, "div");
	html_attr(h, "class", "govuk-notification-banner__content");
}

void
ui_banner_end(struct html *h)
{
	html_end(h, "div");
	html_end(h, "div");
}

void
ui_banner_heading(struct html *h, const char *text)
{
	html_element(h, "p", "govuk-notification-banner__heading", text);
}

void
ui_banner(struct html *h, const struct ui_banner *o)
{
	ui_banner_begin(h, o);
	ui_banner_heading(h, o->text);
	ui_banner_end(h);
}

void
ui_warning(struct html *h, const char *words)
{
	html_begin(h, "div");
	html_attr(h, "class", "govuk-warning-text");
	html_begin(h, "span");
	html_attr(h, "class", "govuk-warning-text__icon");
	html_attr(h, "aria-hidden", "true");
	html_text(h, "!");
	html_end(h, "span");
	html_text(h, " ");
	html_begin(h, "strong");
	html_attr(h, "class", "govuk-warning-text__text");
	ui_hidden_words(h, _("Warning"));
	html_text(h, " ");
	html_text(h, words);
	html_end(h, "strong");
	html_end(h, "div");
}

void
ui_phase_banner(struct html *h, const char *tag, const char *text)
{
	html_begin(h, "div");
	html_attr(h, "class", "govuk-phase-banner govuk-width-container");
	html_begin(h, "p");
	html_attr(h, "class", "govuk-phase-banner__content");
	html_element(h, "strong", "govuk-tag govuk-phase-banner__content__tag",
	    tag);
	html_text(h, " ");
	html_element(h, "span", "govuk-phase-banner__text", text);
	html_end(h, "p");
	html_end(h, "div");
}

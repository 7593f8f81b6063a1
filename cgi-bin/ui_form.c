/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Forms, hidden fields and the component "button" of the GOV.UK Design
 * System. Whether a form may be sent is guard.c's question.
 */
#include "cgi-bin/ui_form.h"

#include "cgi-bin/html.h"

void
ui_form_begin(struct html *h, const struct ui_form *o)
{
	html_begin(h, "form");
	html_url(h, "action", o->action);
	html_attr(h, "method", o->get ? "get" : "post");
	html_attr(h, "enctype", o->files ? "multipart/form-data" : NULL);
	html_attr(h, "id", o->id);
	html_class(h, o->classes, NULL, NULL);
	html_attr(h, "role", o->label != NULL ? "search" : NULL);
	html_attr(h, "aria-label", o->label);
	/* The browser's own complaints are in its language and vanish. */
	html_flag(h, "novalidate", true);
	if (o->token != NULL && !o->get)
		ui_hidden(h, "csrf", o->token);
}

void
ui_form_end(struct html *h)
{
	html_end(h, "form");
}

void
ui_hidden(struct html *h, const char *name, const char *value)
{
	html_begin(h, "input");
	html_attr(h, "type", "hidden");
	html_attr(h, "name", name);
	html_attr(h, "value", value);
}

static void
start_icon(struct html *h)
{
	html_begin(h, "svg");
	html_attr(h, "class", "govuk-button__start-icon");
	html_attr(h, "xmlns", "http://www.w3.org/2000/svg");
	html_attr(h, "width", "17.5");
	html_attr(h, "height", "19");
	html_attr(h, "viewBox", "0 0 33 40");
	html_attr(h, "aria-hidden", "true");
	html_attr(h, "focusable", "false");
	html_begin(h, "path");
	html_attr(h, "fill", "currentColor");
	html_attr(h, "d", "M0 0h13l20 20-20 20H0l20-20z");
	html_end(h, "path");
	html_end(h, "svg");
}

static void
button_looks(struct html *h, const struct ui_button *o)
{
	static const char *const kinds[] = {
		[UI_SECONDARY] = "govuk-button--secondary",
		[UI_WARNING] = "govuk-button--warning",
		[UI_INVERSE] = "govuk-button--inverse"
	};

	html_class(h, html_join(h, "govuk-button", kinds[o->kind]), o->classes,
	    o->start ? "govuk-button--start" : NULL);
	html_attr(h, "data-module", "govuk-button");
	html_attr(h, "id", o->id);
}

static void
button_content(struct html *h, const struct ui_button *o)
{
	html_text(h, o->text);
	if (o->start)
		start_icon(h);
}

void
ui_button(struct html *h, const struct ui_button *o)
{
	if (o->href != NULL) {
		html_begin(h, "a");
		html_url(h, "href", o->href);
		html_attr(h, "role", "button");
		html_attr(h, "draggable", "false");
		button_looks(h, o);
		button_content(h, o);
		html_end(h, "a");
		return;
	}
	html_begin(h, "button");
	html_attr(h, "type", o->type != NULL ? o->type : "submit");
	html_attr(h, "value", o->value);
	html_attr(h, "name", o->name);
	html_attr(h, "form", o->form);
	html_flag(h, "disabled", o->disabled);
	html_attr(h, "aria-disabled", o->disabled ? "true" : NULL);
	button_looks(h, o);
	button_content(h, o);
	html_end(h, "button");
}

void
ui_submit(struct html *h, const char *text)
{
	ui_button(h, &(struct ui_button){ .text = text });
}

void
ui_buttons_begin(struct html *h)
{
	html_begin(h, "div");
	html_attr(h, "class", "govuk-button-group");
}

void
ui_buttons_end(struct html *h)
{
	html_end(h, "div");
}

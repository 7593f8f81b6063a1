/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Form group, label, hint, error message and fieldset of the GOV.UK Design
 * System. Question components draw their frame with these; it knows nothing
 * of the controls inside.
 */
#include "cgi-bin/ui_field.h"

#include "cgi-bin/html.h"
#include "lib/arena.h"
#include "lib/str.h"
#include "lib/text.h"

static const char *const label_sizes[] = {
	[UI_S] = "govuk-label--s",
	[UI_M] = "govuk-label--m",
	[UI_L] = "govuk-label--l",
	[UI_XL] = "govuk-label--xl"
};

static const char *const legend_sizes[] = {
	[UI_S] = "govuk-fieldset__legend--s",
	[UI_M] = "govuk-fieldset__legend--m",
	[UI_L] = "govuk-fieldset__legend--l",
	[UI_XL] = "govuk-fieldset__legend--xl"
};

_Static_assert(sizeof label_sizes == sizeof legend_sizes,
    "a label and a legend come in the same sizes");

void
ui_label(struct html *h, const struct ui_label *l, const char *for_id)
{
	if (l->text == NULL)
		return;
	if (l->heading) {
		html_begin(h, "h1");
		html_attr(h, "class", "govuk-label-wrapper");
	}
	html_begin(h, "label");
	html_class(h, "govuk-label", label_sizes[l->size], l->classes);
	html_attr(h, "for", for_id);
	html_text(h, l->text);
	html_end(h, "label");
	if (l->heading)
		html_end(h, "h1");
}

void
ui_hint(struct html *h, const char *id, const char *classes,
    const char *text)
{
	html_begin(h, "div");
	html_attr(h, "id", id);
	html_class(h, "govuk-hint", classes, NULL);
	html_text(h, text);
	html_end(h, "div");
}

void
ui_error_message(struct html *h, const char *id, const char *sentence)
{
	html_begin(h, "p");
	html_attr(h, "id", id);
	html_attr(h, "class", "govuk-error-message");
	html_begin(h, "span");
	html_attr(h, "class", "govuk-visually-hidden");
	html_textf(h, "%s:", _("Error"));
	html_end(h, "span");
	html_text(h, " ");
	html_text(h, sentence);
	html_end(h, "p");
}

static void
legend(struct html *h, const struct ui_label *l)
{
	html_begin(h, "legend");
	html_class(h, "govuk-fieldset__legend", legend_sizes[l->size],
	    l->classes);
	if (l->heading)
		html_element(h, "h1", "govuk-fieldset__heading", l->text);
	else
		html_text(h, l->text);
	html_end(h, "legend");
}

void
ui_fieldset_begin(struct html *h, const struct ui_fieldset *f)
{
	html_begin(h, "fieldset");
	html_class(h, "govuk-fieldset", f->classes, NULL);
	html_attr(h, "role", f->role);
	html_attr(h, "aria-describedby", f->described_by);
	if (f->legend.text != NULL)
		legend(h, &f->legend);
}

void
ui_fieldset_end(struct html *h)
{
	html_end(h, "fieldset");
}

void
ui_group_begin(struct html *h, const struct ui_group *g)
{
	html_begin(h, "div");
	html_class(h, "govuk-form-group",
	    g->error != NULL ? "govuk-form-group--error" : NULL, g->classes);
}

void
ui_group_end(struct html *h)
{
	html_end(h, "div");
}

/* A hint that a page does not fill in is no hint. */
static bool
has_hint(const struct ui_group *g)
{
	return !str_empty(g->hint);
}

static const char *
note_id(struct html *h, const struct ui_group *g, const char *note)
{
	return arena_printf(html_arena(h), "%s-%s", g->id, note);
}

const char *
ui_group_described_by(struct html *h, const struct ui_group *g)
{
	const char *ids = g->described_by;

	if (has_hint(g))
		ids = html_join(h, ids, note_id(h, g, "hint"));
	if (g->error != NULL)
		ids = html_join(h, ids, note_id(h, g, "error"));
	return html_join(h, ids, NULL);
}

void
ui_group_notes(struct html *h, const struct ui_group *g)
{
	if (has_hint(g))
		ui_hint(h, note_id(h, g, "hint"), NULL, g->hint);
	if (g->error != NULL)
		ui_error_message(h, note_id(h, g, "error"), g->error);
}

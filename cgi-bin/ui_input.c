/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Text, long text, password and file questions of the GOV.UK Design System:
 * its components "input", "textarea", "character-count", "password-input" and
 * "file-upload". Dates are ui_date.c, choices ui_choice.c.
 */
#include "cgi-bin/ui_input.h"

#include "cgi-bin/html.h"
#include "cgi-bin/ui_form.h"
#include "lib/arena.h"
#include "lib/str.h"
#include "lib/text.h"

enum {
	ROWS = 5
};

static const char *
id_of(const struct ui_input *o)
{
	return str_empty(o->id) ? o->name : o->id;
}

static struct ui_group
group_of(const struct ui_input *o)
{
	return (struct ui_group){
		.id = id_of(o),
		.hint = o->hint,
		.error = o->error,
		.described_by = o->described_by,
		.classes = o->group_classes,
	};
}

static const char *
spelling(enum ui_spelling s)
{
	static const char *const values[] = {
		[UI_SPELLING_OFF] = "false",
		[UI_SPELLING_ON] = "true"
	};

	return values[s];
}

/* Form group to error message: the same for all of this file. */
static void
open_question(struct html *h, const struct ui_input *o,
    const struct ui_group *g)
{
	ui_group_begin(h, g);
	ui_label(h, &o->label, g->id);
	ui_group_notes(h, g);
}

static const char *
width(struct html *h, unsigned characters)
{
	if (characters == 0)
		return NULL;
	return arena_printf(html_arena(h), "govuk-input--width-%u",
	    characters);
}

/* classes: what a component adds to an input it is made of. */
static void
control(struct html *h, const struct ui_input *o, const struct ui_group *g,
    const char *classes)
{
	const char *error = g->error != NULL ? "govuk-input--error" : NULL;
	const char *more = html_join(h, width(h, o->width), o->classes);

	html_begin(h, "input");
	html_class(h, classes, more, error);
	html_attr(h, "id", g->id);
	html_attr(h, "name", o->name);
	html_attr(h, "type", o->type != NULL ? o->type : "text");
	html_attr(h, "spellcheck", spelling(o->spelling));
	html_attr(h, "value", o->value);
	html_flag(h, "disabled", o->disabled);
	html_attr(h, "aria-describedby", ui_group_described_by(h, g));
	html_attr(h, "autocomplete", o->autocomplete);
	html_attr(h, "autocapitalize", o->autocapitalize);
	html_attr(h, "pattern", o->pattern);
	html_attr(h, "inputmode", o->inputmode);
}

static void
affix(struct html *h, const char *classes, const char *text)
{
	if (str_empty(text))
		return;
	html_begin(h, "div");
	html_attr(h, "class", classes);
	html_attr(h, "aria-hidden", "true");
	html_text(h, text);
	html_end(h, "div");
}

void
ui_input(struct html *h, const struct ui_input *o)
{
	struct ui_group g = group_of(o);
	bool wrapped = !str_empty(o->prefix) || !str_empty(o->suffix);

	open_question(h, o, &g);
	if (wrapped) {
		html_begin(h, "div");
		html_attr(h, "class", "govuk-input__wrapper");
	}
	affix(h, "govuk-input__prefix", o->prefix);
	control(h, o, &g, "govuk-input");
	affix(h, "govuk-input__suffix", o->suffix);
	if (wrapped)
		html_end(h, "div");
	ui_group_end(h);
}

static void
long_text(struct html *h, const struct ui_input *o, const struct ui_group *g,
    const char *classes)
{
	html_begin(h, "textarea");
	html_class(h, "govuk-textarea",
	    g->error != NULL ? "govuk-textarea--error" : NULL, classes);
	html_attr(h, "id", g->id);
	html_attr(h, "name", o->name);
	html_attrf(h, "rows", "%u", o->rows > 0 ? o->rows : ROWS);
	html_attr(h, "spellcheck", spelling(o->spelling));
	html_flag(h, "disabled", o->disabled);
	html_attr(h, "aria-describedby", ui_group_described_by(h, g));
	html_attr(h, "autocomplete", o->autocomplete);
	html_text(h, o->value);
	html_end(h, "textarea");
}

void
ui_textarea(struct html *h, const struct ui_input *o)
{
	struct ui_group g = group_of(o);

	open_question(h, o, &g);
	long_text(h, o, &g, o->classes);
	ui_group_end(h);
}

/*
 * Without script nothing counts; the limit is said before it is exceeded.
 * maxlength is not set, for browsers cut a pasted text there unsaid.
 */
void
ui_character_count(struct html *h, const struct ui_input *o)
{
	struct ui_group g = group_of(o);
	struct arena *a = html_arena(h);
	const char *info = arena_printf(a, "%s-info", g.id);

	g.described_by = info;
	g.classes = html_join(h, "govuk-character-count", o->group_classes);
	ui_group_begin(h, &g);
	html_attr(h, "data-module", "govuk-character-count");
	html_attrf(h, "data-maxlength", "%u", o->limit);
	ui_label(h, &o->label, g.id);
	ui_group_notes(h, &g);
	long_text(h, o, &g,
	    html_join(h, "govuk-js-character-count", o->classes));
	ui_hint(h, info, "govuk-character-count__message",
	    arena_printf(a, text_n("You can enter up to %u character",
	    "You can enter up to %u characters", o->limit), o->limit));
	ui_group_end(h);
}

/*
 * The component's button that shows what was typed needs script, so it is
 * not there. A password is never written back into a page.
 */
void
ui_password(struct html *h, const struct ui_input *o)
{
	struct ui_group g = group_of(o);
	struct ui_input secret = *o;

	secret.type = "password";
	secret.value = NULL;
	secret.spelling = UI_SPELLING_OFF;
	secret.autocapitalize = "none";
	if (secret.autocomplete == NULL)
		secret.autocomplete = "current-password";
	g.classes = html_join(h, "govuk-password-input", o->group_classes);
	ui_group_begin(h, &g);
	html_attr(h, "data-module", "govuk-password-input");
	ui_label(h, &o->label, g.id);
	ui_group_notes(h, &g);
	html_begin(h, "div");
	html_attr(h, "class",
	    "govuk-input__wrapper govuk-password-input__wrapper");
	control(h, &secret, &g, "govuk-input govuk-password-input__input "
	    "govuk-js-password-input-input");
	html_end(h, "div");
	ui_group_end(h);
}

void
ui_file(struct html *h, const struct ui_input *o)
{
	struct ui_group g = group_of(o);

	open_question(h, o, &g);
	html_begin(h, "input");
	html_class(h, "govuk-file-upload", o->classes,
	    g.error != NULL ? "govuk-file-upload--error" : NULL);
	html_attr(h, "id", g.id);
	html_attr(h, "name", o->name);
	html_attr(h, "type", "file");
	html_attr(h, "accept", o->accept);
	html_flag(h, "disabled", o->disabled);
	html_flag(h, "multiple", o->multiple);
	html_attr(h, "aria-describedby", ui_group_described_by(h, &g));
	ui_group_end(h);
}

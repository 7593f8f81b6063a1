/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What only the desk shows: our own components. A colour is always beside
 * the word that says the same.
 */
#include "cgi-bin/ui_desk.h"

#include "cgi-bin/html.h"
#include "cgi-bin/ui_prose.h"
#include "lib/text.h"

void
ui_checks_begin(struct html *h)
{
	html_begin(h, "ul");
	html_attr(h, "class", "balcao-checks");
}

void
ui_checks_end(struct html *h)
{
	html_end(h, "ul");
}

void
ui_check(struct html *h, enum ui_verdict verdict, const char *title,
    const char *reason)
{
	static const struct {
		const char	*classes;
		const char	*word;
		enum ui_colour	 colour;
	} looks[] = {
		[UI_GOOD] = {
			"balcao-checks__item--good", N_("Passed"), UI_GREEN
		},
		[UI_DOUBTFUL] = {
			"balcao-checks__item--doubtful", N_("Look at it"),
			UI_YELLOW
		},
		[UI_BAD] = {
			"balcao-checks__item--bad", N_("Failed"), UI_RED
		},
		[UI_UNCHECKED] = { NULL, N_("Not checked"), UI_GREY }
	};

	html_begin(h, "li");
	html_class(h, "balcao-checks__item", looks[verdict].classes, NULL);
	html_begin(h, "div");
	html_attr(h, "class", "balcao-checks__words");
	html_element(h, "span", "balcao-checks__title", title);
	if (reason != NULL)
		html_element(h, "p", "balcao-checks__reason", reason);
	html_end(h, "div");
	ui_tag(h, looks[verdict].colour, text(looks[verdict].word));
	html_end(h, "li");
}

void
ui_filter_begin(struct html *h, const char *title)
{
	html_begin(h, "div");
	html_attr(h, "class", "balcao-filter");
	html_element(h, "h2", "balcao-filter__title", title);
}

void
ui_filter_chosen(struct html *h, const char *words, const char *without)
{
	html_begin(h, "a");
	html_attr(h, "class", "balcao-filter__chosen");
	html_url(h, "href", without);
	ui_hidden_words(h, _("Remove this filter:"));
	html_text(h, " ");
	html_text(h, words);
	html_end(h, "a");
}

void
ui_filter_end(struct html *h)
{
	html_end(h, "div");
}

void
ui_note(struct html *h, const struct ui_note *n)
{
	static const struct {
		const char	*classes;
		const char	*word;
		enum ui_colour	 colour;
	} looks[] = {
		[UI_NOTE_STAFF] = {
			"balcao-note--staff", N_("Note for staff"), UI_YELLOW
		},
		[UI_NOTE_CITIZEN] = {
			"balcao-note--citizen", N_("Sent to the citizen"),
			UI_TEAL
		},
		[UI_NOTE_SYSTEM] = {
			"balcao-note--system", N_("By the system"), UI_GREY
		}
	};

	html_begin(h, "article");
	html_class(h, "balcao-note", looks[n->kind].classes, NULL);
	html_begin(h, "p");
	html_attr(h, "class", "balcao-note__head");
	ui_tag(h, looks[n->kind].colour, text(looks[n->kind].word));
	html_text(h, " ");
	if (n->by != NULL) {
		html_text(h, n->by);
		html_text(h, " · ");
	}
	ui_time(h, n->iso, n->time);
	html_end(h, "p");
	html_begin(h, "p");
	html_attr(h, "class", "govuk-body");
	html_lines(h, n->text);
	html_end(h, "p");
	html_end(h, "article");
}

void
ui_figures_begin(struct html *h)
{
	html_begin(h, "ul");
	html_attr(h, "class", "balcao-figures");
}

void
ui_figures_end(struct html *h)
{
	html_end(h, "ul");
}

void
ui_figure(struct html *h, const char *figure, const char *what,
    const char *href)
{
	const char *element = href != NULL ? "a" : "span";

	html_begin(h, "li");
	html_attr(h, "class", "balcao-figures__item");
	html_begin(h, element);
	html_attr(h, "class", "balcao-figures__link");
	html_url(h, "href", href);
	html_element(h, "span", "balcao-figures__figure", figure);
	html_text(h, " ");
	html_element(h, "span", "balcao-figures__what", what);
	html_end(h, element);
	html_end(h, "li");
}

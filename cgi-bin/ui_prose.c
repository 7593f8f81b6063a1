/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Typography of the GOV.UK Design System and its components "tag", "details"
 * and "inset-text". Everything a page says in running text comes from here.
 */
#include "cgi-bin/ui_prose.h"

#include <string.h>

#include "cgi-bin/html.h"
#include "lib/arena.h"

static const char *const heading_sizes[] = {
	[UI_S] = "govuk-heading-s",
	[UI_M] = "govuk-heading-m",
	[UI_L] = "govuk-heading-l",
	[UI_XL] = "govuk-heading-xl"
};

static const char *const caption_sizes[] = {
	[UI_S] = "govuk-caption-m",
	[UI_M] = "govuk-caption-m",
	[UI_L] = "govuk-caption-l",
	[UI_XL] = "govuk-caption-xl"
};

static const char *
heading_name(int level)
{
	static const char *const names[] = { "h1", "h2", "h3", "h4" };

	return names[level < 1 ? 0 : level > 4 ? 3 : level - 1];
}

void
ui_heading(struct html *h, int level, enum ui_size size, const char *text)
{
	html_element(h, heading_name(level), heading_sizes[size], text);
}

void
ui_heading_caption(struct html *h, int level, enum ui_size size,
    const char *caption, const char *text)
{
	html_begin(h, heading_name(level));
	html_class(h, heading_sizes[size], NULL, NULL);
	html_element(h, "span", caption_sizes[size], caption);
	html_text(h, " ");
	html_text(h, text);
	html_end(h, heading_name(level));
}

void
ui_paragraph(struct html *h, const char *text)
{
	html_element(h, "p", "govuk-body", text);
}

void
ui_paragraphs(struct html *h, const char *text)
{
	const char *end;

	for (; *text != '\0'; text = end + strspn(end, "\n")) {
		end = strstr(text, "\n\n");
		if (end == NULL)
			end = text + strlen(text);
		ui_paragraph_begin(h);
		html_lines(h, arena_strndup(html_arena(h), text,
		    (size_t)(end - text)));
		ui_paragraph_end(h);
	}
}

void
ui_lead(struct html *h, const char *text)
{
	html_element(h, "p", "govuk-body-l", text);
}

void
ui_paragraph_begin(struct html *h)
{
	html_begin(h, "p");
	html_attr(h, "class", "govuk-body");
}

void
ui_paragraph_end(struct html *h)
{
	html_end(h, "p");
}

void
ui_words(struct html *h, const char *text)
{
	html_text(h, text);
}

void
ui_strong(struct html *h, const char *text)
{
	html_element(h, "strong", NULL, text);
}

void
ui_code(struct html *h, const char *text)
{
	html_element(h, "code", "balcao-code", text);
}

void
ui_hidden_words(struct html *h, const char *text)
{
	html_element(h, "span", "govuk-visually-hidden", text);
}

void
ui_break(struct html *h)
{
	html_begin(h, "br");
}

void
ui_typed(struct html *h, const char *text)
{
	html_lines(h, text);
}

void
ui_link(struct html *h, const char *href, const char *text)
{
	ui_link_about(h, href, text, NULL);
}

void
ui_link_about(struct html *h, const char *href, const char *text,
    const char *about)
{
	html_begin(h, "a");
	html_attr(h, "class", "govuk-link");
	html_url(h, "href", href);
	html_text(h, text);
	if (about != NULL)
		ui_hidden_words(h, arena_printf(html_arena(h), " %s", about));
	html_end(h, "a");
}

void
ui_time(struct html *h, const char *iso, const char *text)
{
	html_begin(h, "time");
	html_attr(h, "datetime", iso);
	html_text(h, text);
	html_end(h, "time");
}

void
ui_foreign(struct html *h, const char *lang, const char *text)
{
	html_begin(h, "span");
	html_attr(h, "lang", lang);
	html_text(h, text);
	html_end(h, "span");
}

static const char *
list_name(enum ui_list_kind kind)
{
	return kind == UI_LIST_NUMBER ? "ol" : "ul";
}

void
ui_list_begin(struct html *h, enum ui_list_kind kind)
{
	static const char *const classes[] = {
		[UI_LIST_PLAIN] = "govuk-list",
		[UI_LIST_BULLET] = "govuk-list govuk-list--bullet",
		[UI_LIST_NUMBER] = "govuk-list govuk-list--number"
	};

	html_begin(h, list_name(kind));
	html_attr(h, "class", classes[kind]);
}

void
ui_list_end(struct html *h, enum ui_list_kind kind)
{
	html_end(h, list_name(kind));
}

void
ui_item_begin(struct html *h)
{
	html_begin(h, "li");
}

void
ui_item_end(struct html *h)
{
	html_end(h, "li");
}

void
ui_list(struct html *h, enum ui_list_kind kind, const char *const *items)
{
	ui_list_begin(h, kind);
	for (; *items != NULL; items++)
		html_element(h, "li", NULL, *items);
	ui_list_end(h, kind);
}

const char *
ui_tag_class(enum ui_colour colour)
{
	static const char *const colours[] = {
		[UI_GREY] = "govuk-tag--grey",
		[UI_GREEN] = "govuk-tag--green",
		[UI_TEAL] = "govuk-tag--teal",
		[UI_BLUE] = "govuk-tag--blue",
		[UI_PURPLE] = "govuk-tag--purple",
		[UI_MAGENTA] = "govuk-tag--magenta",
		[UI_RED] = "govuk-tag--red",
		[UI_ORANGE] = "govuk-tag--orange",
		[UI_YELLOW] = "govuk-tag--yellow"
	};

	return colours[colour];
}

void
ui_tag(struct html *h, enum ui_colour colour, const char *text)
{
	html_begin(h, "strong");
	html_class(h, "govuk-tag", ui_tag_class(colour), NULL);
	html_text(h, text);
	html_end(h, "strong");
}

void
ui_details_begin(struct html *h, const char *summary, bool open,
    const char *id)
{
	html_begin(h, "details");
	html_attr(h, "id", id);
	html_attr(h, "class", "govuk-details");
	html_flag(h, "open", open);
	html_begin(h, "summary");
	html_attr(h, "class", "govuk-details__summary");
	html_element(h, "span", "govuk-details__summary-text", summary);
	html_end(h, "summary");
	html_begin(h, "div");
	html_attr(h, "class", "govuk-details__text");
}

void
ui_details_end(struct html *h)
{
	html_end(h, "div");
	html_end(h, "details");
}

void
ui_details(struct html *h, const char *summary, const char *text)
{
	ui_details_begin(h, summary, false, NULL);
	html_text(h, text);
	ui_details_end(h);
}

void
ui_inset_begin(struct html *h, const char *id)
{
	html_begin(h, "div");
	html_attr(h, "id", id);
	html_attr(h, "class", "govuk-inset-text");
}

void
ui_inset_end(struct html *h)
{
	html_end(h, "div");
}

void
ui_inset(struct html *h, const char *text)
{
	ui_inset_begin(h, NULL);
	html_text(h, text);
	ui_inset_end(h);
}

void
ui_section_break(struct html *h)
{
	html_begin(h, "hr");
	html_attr(h, "class", "govuk-section-break govuk-section-break--l "
	    "govuk-section-break--visible");
}

void
ui_row_begin(struct html *h)
{
	html_begin(h, "div");
	html_attr(h, "class", "govuk-grid-row");
}

void
ui_row_end(struct html *h)
{
	html_end(h, "div");
}

void
ui_column_begin(struct html *h, enum ui_column column)
{
	static const char *const classes[] = {
		[UI_FULL] = "govuk-grid-column-full",
		[UI_TWO_THIRDS] = "govuk-grid-column-two-thirds",
		[UI_ONE_THIRD] = "govuk-grid-column-one-third",
		[UI_ONE_HALF] = "govuk-grid-column-one-half",
		[UI_THREE_QUARTERS] = "govuk-grid-column-three-quarters",
		[UI_ONE_QUARTER] = "govuk-grid-column-one-quarter"
	};

	html_begin(h, "div");
	html_attr(h, "class", classes[column]);
}

void
ui_column_end(struct html *h)
{
	html_end(h, "div");
}

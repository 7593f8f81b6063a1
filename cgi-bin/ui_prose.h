/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Running text: headings, paragraphs, links, lists, and the small marks in
 * them. Where text is not enough a pair of begin and end takes the rest:
 *
 *	ui_paragraph_begin(h);
 *	ui_words(h, _("Read the notes first: "));
 *	ui_link(h, "/notes", _("notes for buyers"));
 *	ui_paragraph_end(h);
 */
#ifndef CGI_BIN_UI_PROSE_H
#define CGI_BIN_UI_PROSE_H

#include <stdbool.h>

#include "cgi-bin/ui_field.h"

struct html;

/* level 1 to 4; a size apart from it, for the outline is not the looks. */
void	ui_heading(struct html *, int level, enum ui_size, const char *text);
/* With a caption above that belongs to it: "VR-7K3M9Q2X-C", a section. */
void	ui_heading_caption(struct html *, int level, enum ui_size,
	    const char *caption, const char *text);

void	ui_paragraph(struct html *, const char *text);
/* One for each run of lines; empty lines divide them. */
void	ui_paragraphs(struct html *, const char *text);
void	ui_lead(struct html *, const char *text);
void	ui_paragraph_begin(struct html *);
void	ui_paragraph_end(struct html *);

/* Inside a paragraph, a cell, a list item. */
void	ui_words(struct html *, const char *text);
void	ui_strong(struct html *, const char *text);
void	ui_code(struct html *, const char *text);	/* references, hashes */
void	ui_hidden_words(struct html *, const char *text); /* to be heard */
void	ui_break(struct html *);
/* What somebody typed, line ends kept. */
void	ui_typed(struct html *, const char *text);
void	ui_link(struct html *, const char *href, const char *text);
/* A second link with the same words, told apart for those who listen. */
void	ui_link_about(struct html *, const char *href, const char *text,
	    const char *about);
/* iso: "2026-03-31" or RFC 3339, for machines; text for people. */
void	ui_time(struct html *, const char *iso, const char *text);
/* Words in another language than the page's: lang is BCP 47. */
void	ui_foreign(struct html *, const char *lang, const char *text);

enum ui_list_kind {
	UI_LIST_PLAIN,
	UI_LIST_BULLET,
	UI_LIST_NUMBER
};

/* Items ended by NULL. */
void	ui_list(struct html *, enum ui_list_kind, const char *const *items);
void	ui_list_begin(struct html *, enum ui_list_kind);
void	ui_item_begin(struct html *);
void	ui_item_end(struct html *);
void	ui_list_end(struct html *, enum ui_list_kind);

enum ui_colour {
	UI_COLOUR_PLAIN,	/* the component's own */
	UI_GREY,
	UI_GREEN,
	UI_TEAL,
	UI_BLUE,
	UI_PURPLE,
	UI_MAGENTA,
	UI_RED,
	UI_ORANGE,
	UI_YELLOW
};

/* A state, as a word on a colour; the word alone must say it. */
void	ui_tag(struct html *, enum ui_colour, const char *text);
/* For components that have a tag inside. */
const char	*ui_tag_class(enum ui_colour);

void	ui_details(struct html *, const char *summary, const char *text);
void	ui_details_begin(struct html *, const char *summary, bool open,
	    const char *id);
void	ui_details_end(struct html *);

void	ui_inset(struct html *, const char *text);
void	ui_inset_begin(struct html *, const char *id);
void	ui_inset_end(struct html *);

void	ui_section_break(struct html *);

/* Columns of a page; inside main there is always one of them. */
enum ui_column {
	UI_FULL,
	UI_TWO_THIRDS,
	UI_ONE_THIRD,
	UI_ONE_HALF,
	UI_THREE_QUARTERS,
	UI_ONE_QUARTER
};

void	ui_row_begin(struct html *);
void	ui_row_end(struct html *);
void	ui_column_begin(struct html *, enum ui_column);
void	ui_column_end(struct html *);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tables, written row by row so that a long one needs no memory of its own.
 * A cell takes its place and its looks from its column.
 *
 *	const struct ui_column_head c[] = {
 *		{ .text = _("Bill") }, { .text = _("Amount"), .numeric = true },
 *		{ .text = _("State") },
 *	};
 *	struct ui_table t = { .caption = _("Bills"), .columns = c, .n = 3 };
 *
 *	ui_table_begin(h, &t);
 *	for (…) {
 *		ui_table_row(h, &t);
 *		ui_cell(h, &t, bill->reference);
 *		ui_cell(h, &t, amount);
 *		ui_cell_begin(h, &t);
 *		ui_tag(h, UI_GREEN, _("Paid"));
 *		ui_cell_end(h, &t);
 *	}
 *	ui_table_end(h, &t);
 */
#ifndef CGI_BIN_UI_TABLE_H
#define CGI_BIN_UI_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "cgi-bin/ui_field.h"

struct html;

enum ui_sort {
	UI_SORT_NOT,
	UI_SORT_UP,
	UI_SORT_DOWN
};

struct ui_column_head {
	const char	*text;
	bool		 numeric;	/* to the right, digits of one width */
	bool		 hidden;	/* the heading is only heard */
	const char	*sort_href;	/* sorted by it; NULL: cannot be */
	enum ui_sort	 sort;		/* as it is now */
	const char	*classes;
};

struct ui_table {
	const char			*caption;
	enum ui_size			 caption_size;
	bool				 caption_hidden;
	const struct ui_column_head	*columns;
	size_t				 n;
	bool				 headless;	/* no heading row */
	bool				 row_heads;	/* first cell is one */
	bool				 small;		/* the desk's density */
	/* On a narrow screen each row becomes a card of headings and values:
	 * for more columns than a telephone has room for. */
	bool				 cards;
	const char			*classes;
	/* kept by the functions below */
	size_t				 column;
	bool				 in_row;
};

void	ui_table_begin(struct html *, struct ui_table *);
void	ui_table_row(struct html *, struct ui_table *);
void	ui_cell(struct html *, struct ui_table *, const char *text);
void	ui_cell_begin(struct html *, struct ui_table *);
void	ui_cell_end(struct html *, struct ui_table *);
void	ui_table_end(struct html *, struct ui_table *);

/* Begin and end of a cell with a box to tick for the whole row. */
void	ui_cell_tick(struct html *, struct ui_table *, const char *name,
	    const char *value, const char *label);

/* A cell with a figure, and a bar as long as its part of the whole. */
void	ui_cell_bar(struct html *, struct ui_table *, const char *figure,
	    unsigned part, unsigned whole);

#endif

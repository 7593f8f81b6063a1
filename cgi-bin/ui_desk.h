/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Components of our own for staff: the checks a system did, the notes on a
 * case, the filters of a work list, a row of figures.
 */
#ifndef CGI_BIN_UI_DESK_H
#define CGI_BIN_UI_DESK_H

#include <stdbool.h>

struct html;

enum ui_verdict {
	UI_GOOD,
	UI_DOUBTFUL,
	UI_BAD,
	UI_UNCHECKED
};

void	ui_checks_begin(struct html *);
void	ui_check(struct html *, enum ui_verdict, const char *title,
	    const char *reason);
void	ui_checks_end(struct html *);

/* Beside the work list: a form of filters; the caller opens the form. */
void	ui_filter_begin(struct html *, const char *title);
/* What filters now, each with a link that drops it. */
void	ui_filter_chosen(struct html *, const char *text, const char *without);
void	ui_filter_end(struct html *);

enum ui_note_kind {
	UI_NOTE_STAFF,
	UI_NOTE_CITIZEN,
	UI_NOTE_SYSTEM
};

struct ui_note {
	enum ui_note_kind kind;
	const char	*text;
	const char	*by;
	const char	*iso;
	const char	*time;
};

void	ui_note(struct html *, const struct ui_note *);

/* "12 overdue": a figure that leads to its list; href may be NULL. */
void	ui_figures_begin(struct html *);
void	ui_figure(struct html *, const char *figure, const char *what,
	    const char *href);
void	ui_figures_end(struct html *);

#endif

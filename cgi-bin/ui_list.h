/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lists of what is known and of what is to be done: check your answers, a
 * record's facts, the parts of an application.
 *
 *	const struct ui_summary s = { .actions = true };
 *
 *	ui_summary_begin(h, &s);
 *	ui_summary_row(h, &s, &(struct ui_summary_row){
 *		.key = _("Name"), .value = name,
 *		.actions = { { "/name", _("Change"), _("name") } },
 *	});
 *	ui_summary_end(h, &s);
 */
#ifndef CGI_BIN_UI_LIST_H
#define CGI_BIN_UI_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "cgi-bin/ui_prose.h"

struct html;

enum {
	UI_ACTIONS = 4
};

struct ui_action {
	const char	*href;		/* NULL ends the list */
	const char	*text;		/* "Change" */
	const char	*about;		/* "name", for those who listen */
};

struct ui_summary {
	bool			 actions;	/* some row has one */
	bool			 borderless;
	const char		*classes;
	/* With a title the list is a card. */
	const char		*title;
	int			 level;		/* of the title; 0: 2 */
	struct ui_action	 title_actions[UI_ACTIONS];
};

/* The same struct for begin, rows and end. */
void	ui_summary_begin(struct html *, const struct ui_summary *);
void	ui_summary_end(struct html *, const struct ui_summary *);

struct ui_summary_row {
	const char		*key;
	const char		*value;		/* text as typed, lines kept */
	struct ui_action	 actions[UI_ACTIONS];
	const char		*classes;
};

void	ui_summary_row(struct html *, const struct ui_summary *,
	    const struct ui_summary_row *);
/* For a value that is more than text, which stands between the two. */
void	ui_summary_row_begin(struct html *, const struct ui_summary *,
	    const struct ui_summary_row *);
void	ui_summary_row_end(struct html *, const struct ui_summary *,
	    const struct ui_summary_row *);
/* A row that is only read. */
void	ui_summary_fact(struct html *, const struct ui_summary *,
	    const char *key, const char *value);

struct ui_tasks {
	const char	*id;		/* NULL: "task-list" */
	const char	*classes;
	size_t		 n;		/* kept by ui_task */
};

struct ui_task {
	const char	*title;
	const char	*href;		/* NULL: cannot be started yet */
	const char	*hint;
	const char	*status;	/* "Completed", "Not yet started" */
	bool		 tag;		/* status is still to be looked at */
	enum ui_colour	 colour;	/* of the tag */
	bool		 cannot_start;
	const char	*classes;
};

void	ui_tasks_begin(struct html *, struct ui_tasks *);
void	ui_task(struct html *, struct ui_tasks *, const struct ui_task *);
void	ui_tasks_end(struct html *);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Questions answered by choosing. Without script nothing hides, so what a
 * choice reveals is always on the page, below its choice.
 *
 *	ui_radios(h, &(struct ui_choice){
 *		.name = "colour",
 *		.legend = { _("What is its colour?"), UI_L, true },
 *		.items = colours, .n = n_colours,
 *		.value = field_typed(a, "colour"),
 *		.error = field_error(a, "colour"),
 *	});
 */
#ifndef CGI_BIN_UI_CHOICE_H
#define CGI_BIN_UI_CHOICE_H

#include <stdbool.h>
#include <stddef.h>

#include "cgi-bin/ui_field.h"

struct ui_item {
	const char	*value;
	const char	*text;
	const char	*hint;
	bool		 checked;	/* besides what .value(s) say */
	bool		 disabled;
	bool		 exclusive;	/* "none of these", checkboxes */
	const char	*divider;	/* a line with "or", and nothing else */
	const char	*id;		/* NULL: made from the question's */
	const char	*name;		/* checkboxes: NULL: the question's */
	/* Questions that this choice brings; NULL: none. */
	void		(*reveal)(struct html *, const void *arg);
	const void	*arg;
};

struct ui_choice {
	const char		*name;
	const char		*id;		/* NULL: the name */
	struct ui_label		 legend;	/* no text: no fieldset */
	struct ui_label		 label;		/* select only */
	const char		*hint;
	const char		*error;
	const struct ui_item	*items;
	size_t			 n;
	const char		*value;		/* chosen: radios, select */
	const char *const	*values;	/* ticked, ended by NULL */
	bool			 inlined;	/* radios side by side */
	bool			 small;
	bool			 disabled;	/* select */
	const char		*described_by;
	const char		*classes;
	const char		*group_classes;
};

void	ui_radios(struct html *, const struct ui_choice *);
void	ui_checkboxes(struct html *, const struct ui_choice *);
void	ui_select(struct html *, const struct ui_choice *);

/* One box to tick, such as a declaration: no fieldset around it. */
void	ui_checkbox(struct html *, const char *name, const char *text,
	    bool checked, const char *error);

#endif

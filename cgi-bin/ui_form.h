/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A form and what sends it.
 */
#ifndef CGI_BIN_UI_FORM_H
#define CGI_BIN_UI_FORM_H

#include <stdbool.h>

struct html;

struct ui_form {
	const char	*action;	/* NULL: this page's own address */
	const char	*token;		/* guard_token(): hidden field "csrf" */
	bool		 get;		/* a search: method GET, no token */
	bool		 files;		/* multipart/form-data */
	const char	*id;
	const char	*classes;
	const char	*label;		/* role="search" with this name */
};

void	ui_form_begin(struct html *, const struct ui_form *);
void	ui_form_end(struct html *);
void	ui_hidden(struct html *, const char *name, const char *value);

enum ui_button_kind {
	UI_PRIMARY,
	UI_SECONDARY,
	UI_WARNING,
	UI_INVERSE
};

struct ui_button {
	const char		*text;
	enum ui_button_kind	 kind;
	const char		*name;
	const char		*value;
	const char		*href;		/* a link that looks like one */
	bool			 start;		/* with an arrow */
	bool			 disabled;
	const char		*id;
	const char		*type;		/* NULL: submit */
	const char		*form;		/* id of a form elsewhere */
	const char		*classes;
};

void	ui_button(struct html *, const struct ui_button *);

/* A primary button that sends the form. */
void	ui_submit(struct html *, const char *text);

/* Buttons and links side by side. */
void	ui_buttons_begin(struct html *);
void	ui_buttons_end(struct html *);

#endif

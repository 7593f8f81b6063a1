/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What wants to be seen first: the result of an act, news, a warning.
 */
#ifndef CGI_BIN_UI_NOTICE_H
#define CGI_BIN_UI_NOTICE_H

#include <stdbool.h>

struct html;

/* The result of an act: green, once on a page, its title the h1. */
void	ui_panel(struct html *, const char *title, const char *text);
/* "Your reference" and, large below it, the reference. */
void	ui_panel_reference(struct html *, const char *title,
	    const char *label, const char *reference);
void	ui_panel_begin(struct html *, const char *title);
void	ui_panel_end(struct html *);

struct ui_banner {
	bool		 success;	/* green, read out at once */
	const char	*title;		/* NULL: "Success", "Important" */
	const char	*text;		/* NULL: what stands before the end */
	const char	*id;		/* of the title, where several are */
	const char	*role;		/* NULL: alert or region */
	int		 level;		/* of its heading; 0: 2 */
	const char	*classes;
};

void	ui_banner(struct html *, const struct ui_banner *);
void	ui_banner_begin(struct html *, const struct ui_banner *);
void	ui_banner_end(struct html *);
/* A line in the banner's large type. */
void	ui_banner_heading(struct html *, const char *text);

void	ui_warning(struct html *, const char *text);

/* Above the page: which phase or installation this is. */
void	ui_phase_banner(struct html *, const char *tag, const char *text);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Ways from page to page.
 */
#ifndef CGI_BIN_UI_NAV_H
#define CGI_BIN_UI_NAV_H

#include <stdbool.h>
#include <stddef.h>

struct html;

/* text NULL: "Back". */
void	ui_back_link(struct html *, const char *href, const char *text);
void	ui_skip_link(struct html *, const char *href, const char *text);

struct ui_crumb {
	const char	*text;
	const char	*href;		/* NULL: this page */
};

void	ui_breadcrumbs(struct html *, const struct ui_crumb *, size_t n);

struct ui_nav_item {
	const char	*text;
	const char	*href;		/* NULL: words only */
	bool		 current;	/* this very page */
	bool		 active;	/* the section this page is in */
};

struct ui_nav {
	const char			*service;	/* name, or NULL */
	const char			*service_href;
	const char			*label;		/* NULL: "Menu" */
	const struct ui_nav_item	*items;
	size_t				 n;
	const char			*id;		/* NULL: "navigation" */
	const char			*classes;
};

void	ui_service_navigation(struct html *, const struct ui_nav *);

struct ui_language {
	const char	*name;		/* in itself: "Português" */
	const char	*tag;		/* BCP 47 */
	const char	*href;		/* this page in it */
	bool		 current;
};

void	ui_language_navigation(struct html *, const struct ui_language *,
	    size_t n);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The page around a page: head, skip link, header with the authority's name,
 * navigation, languages, phase banner, back link, error summary, main,
 * footer.
 *
 *	layout_begin(h, &(struct layout){ .title = _("Your vehicles"), … });
 *	ui_heading(h, 1, UI_XL, _("Your vehicles"));
 *	layout_end(h, &layout);
 */
#ifndef CGI_BIN_LAYOUT_H
#define CGI_BIN_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "cgi-bin/ui_error.h"
#include "cgi-bin/ui_nav.h"

struct html;

/* The footer's links, ended by NULL text. */
struct layout_link {
	const char	*text;
	const char	*href;
};

struct layout {
	const char		*title;		/* of this page */
	const char		*authority;	/* "Municipality of …" */
	const char		*home;		/* of the audience; NULL: "/" */
	const char		*lang;		/* NULL: text_tag() */
	const char		*style;		/* NULL: layout_style */
	const char		*description;	/* for search engines; NULL */
	const char		*canonical;	/* https: address; NULL */
	const char		*feed;		/* Atom; NULL */

	struct ui_nav		 nav;		/* citizen's or desk's */
	const struct ui_language *languages;	/* NULL: no switch */
	size_t			 n_languages;
	const char		*handle;	/* who is signed in; NULL */
	const char		*sign_out;	/* address of the form; NULL */
	const char		*token;		/* guard_token() for it */

	const char		*demonstration;	/* banner's text; NULL: none */
	const char		*back;		/* address; NULL: no link */
	const struct ui_crumb	*crumbs;	/* instead of back */
	size_t			 n_crumbs;
	const struct ui_error	*errors;
	size_t			 n_errors;

	bool			 wide;		/* the desk: uses the screen */
	bool			 whole;		/* main has no columns yet: page
						 * makes its own */
	const struct layout_link *footer;	/* NULL: our three */
};

extern const char layout_style[];		/* "/assets/balcao.css" */

/* Until the start of the page's own content. */
void	layout_begin(struct html *, const struct layout *);
/* The same struct, for what layout_begin() opened. */
void	layout_end(struct html *, const struct layout *);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The house around a page's content, with everything filled in that a visit
 * knows: authority, navigation of the audience, languages, who is signed in,
 * the list of errors. Page writers say what only they know:
 *
 *	page_begin(v, &(struct page){ .title = _("Your vehicles"),
 *	    .back = "/account" });
 *	ui_heading(v->html, 1, UI_XL, _("Your vehicles"));
 *	page_end(v);
 */
#ifndef CGI_BIN_PAGE_H
#define CGI_BIN_PAGE_H

#include <stdbool.h>
#include <stddef.h>

struct answers;
struct ui_error;
struct visit;

struct page {
	const char		*title;
	const char		*back;		/* path; NULL: no link */
	const struct answers	*answers;	/* their faults come first */
	/* what else is wrong: with a form of forms/, with what is filed */
	const struct ui_error	*errors;
	size_t			 n_errors;
	bool			 wide;		/* the desk: the whole screen */
	bool			 whole;		/* the page makes its columns */
};

/* Faults and errors also make the status 422. */
void	page_begin(struct visit *, const struct page *);
void	page_end(struct visit *);

#endif

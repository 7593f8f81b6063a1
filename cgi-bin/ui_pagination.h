/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From one part of a long list to the next. Lists that grow without end know
 * only the part before and the part after; short ones have numbers too.
 */
#ifndef CGI_BIN_UI_PAGINATION_H
#define CGI_BIN_UI_PAGINATION_H

#include <stdbool.h>
#include <stddef.h>

struct html;

struct ui_page {
	unsigned	 number;	/* 0: an ellipsis */
	const char	*href;
	bool		 current;
};

struct ui_pagination {
	const char		*previous;	/* address, or NULL */
	const char		*previous_text;	/* NULL: "Previous page" */
	const char		*previous_label;
	const char		*next;
	const char		*next_text;
	const char		*next_label;
	const struct ui_page	*pages;
	size_t			 n;
	const char		*label;		/* NULL: "Pagination" */
	const char		*classes;
};

/* Nothing where there is neither page before nor after nor numbers. */
void	ui_pagination(struct html *, const struct ui_pagination *);

#endif

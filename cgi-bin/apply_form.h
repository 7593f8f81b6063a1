/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From a page of a form (forms/definition.h) to components and back: every
 * type of item has its component here, and nowhere else. It knows no draft
 * and no address, so a page of questions, the redoing of a few of them and
 * the desk's look at them are written with the same functions.
 */
#ifndef CGI_BIN_APPLY_FORM_H
#define CGI_BIN_APPLY_FORM_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct definition_page;
struct form;
struct form_error;
struct html;
struct request;
struct ui_error;

/* One page of a form, or one entry of its repeat. */
struct apply_form {
	struct form		*form;
	const struct definition_page *page;
	unsigned		 entry;		/* 0: it has no repeat */
	const char		*prefix;	/* of its fields' names; NULL */
	bool			 part;		/* of a page: heading level 2 */
	const struct form_error	*errors;	/* shown at their fields */
};

/* Heading, text and questions; the form element around is the caller's. */
void	apply_form_put(struct html *, const struct apply_form *);

/* Take what was posted for it; the errors, NULL if there are none, are kept
 * for apply_form_put(). */
struct form_error	*apply_form_take(struct arena *, struct apply_form *,
			    const struct request *);

/* The id of what adds an entry, to which "add one or more" leads. */
extern const char	apply_form_add[];

/* More lines for an error summary behind the n that are there. Room for all:
 * apply_form_count(). */
size_t	apply_form_count(const struct apply_form *);
size_t	apply_form_list(struct arena *, const struct apply_form *,
	    struct ui_error *, size_t n);

#endif

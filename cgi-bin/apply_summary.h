/* SPDX-License-Identifier: Apache-2.0 */
/*
 * All answers of a form as summary lists, page by page: to check them before
 * they are sent, and to read them again later.
 */
#ifndef CGI_BIN_APPLY_SUMMARY_H
#define CGI_BIN_APPLY_SUMMARY_H

#include <stddef.h>

struct draft;
struct finding;
struct form;
struct intake_fee;
struct definition;
struct ui_error;
struct visit;

/* draft: where "Change" leads; NULL: the answers are only read. findings:
 * what is wrong beyond the form, each above the list of its item. */
void	apply_summary_put(struct visit *, const struct form *,
	    const struct draft *, const struct finding *);

/* The bad ones among the findings, each with the id it has on the page. */
struct ui_error	*apply_summary_errors(struct visit *, const struct finding *,
		    size_t *n);

/* What is to be paid, and the sum. Nothing for none. */
void	apply_summary_fees(struct visit *, const struct definition *,
	    const struct intake_fee *, size_t n);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The list of what is wrong, first on a page that is shown again. Each line
 * leads to its question, and says the same sentence as the question does.
 */
#ifndef CGI_BIN_UI_ERROR_H
#define CGI_BIN_UI_ERROR_H

#include <stddef.h>

struct html;

struct ui_error {
	const char	*text;
	const char	*id;	/* of the control; NULL: no link */
};

/* Nothing for n = 0. */
void	ui_error_summary(struct html *, const struct ui_error *, size_t n);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a reader sees when a request cannot be answered: what happened, what
 * it means for them, what to do next. No code names, no blame.
 */
#ifndef CGI_BIN_ERROR_PAGE_H
#define CGI_BIN_ERROR_PAGE_H

#include <stdbool.h>

struct err;
struct visit;

/*
 * Write the page for a status (400 403 404 405 409 413 414 415 422 429 431
 * 500 503) to the visit's html, and set the response. e may be NULL; of it
 * only code and constraint choose the words, its text is for the log.
 */
void	error_page(struct visit *, unsigned status, const struct err *e);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Opening a sealed detail in the room that wrote it: routes of every room
 * with pages, and the words that the auditors' pages share. The request's
 * capture is "request".
 */
#ifndef CGI_BIN_DETAIL_H
#define CGI_BIN_DETAIL_H

#include "cgi-bin/ui_prose.h"

struct detail_request;
struct err;
struct visit;

void	detail_show(struct visit *);		/* what opening means */
void	detail_open_page(struct visit *);	/* POST: opens it */

/* A tag with its state. */
void	detail_put_state(struct visit *, const struct detail_request *);
/* The sentence of a refused step; NULL: no rule of these. */
const char	*detail_rule(const struct err *);
/* A page that says it, or the frame's own. */
void	detail_fail(struct visit *, const struct err *, const char *back);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What room general adds to the pages that all services share: its front
 * page, and the way into the house's own forms.
 */
#ifndef CGI_BIN_GENERAL_PAGES_H
#define CGI_BIN_GENERAL_PAGES_H

struct visit;

void	general_page_home(struct visit *);	/* /apply */

/* /apply/{form:word}; ?general=<id> names the entry that is objected to */
void	general_page_start(struct visit *);
void	general_page_begin(struct visit *);	/* POST */

#endif

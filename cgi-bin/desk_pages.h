/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The staff home: work lists across services. References, states, deadlines
 * and handles; no personal data. Filters stand in the address, so a bookmark
 * is a saved search.
 */
#ifndef CGI_BIN_DESK_PAGES_H
#define CGI_BIN_DESK_PAGES_H

struct visit;

void	desk_page_home(struct visit *);		/* /desk */
void	desk_page_export(struct visit *);	/* POST /desk/export */
void	desk_page_assign(struct visit *);	/* POST /desk/assign */
void	desk_page_find(struct visit *);		/* /desk/find?reference= */

#endif

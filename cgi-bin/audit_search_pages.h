/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Searching the log, what was found as a file, and saved searches.
 */
#ifndef CGI_BIN_AUDIT_SEARCH_PAGES_H
#define CGI_BIN_AUDIT_SEARCH_PAGES_H

struct visit;

void	audit_search_page(struct visit *);		/* /audit */
void	audit_search_page_export(struct visit *);	/* POST /audit/export */
void	audit_search_page_save(struct visit *);	/* POST /audit/searches */
void	audit_search_page_drop(struct visit *);	/* POST …/{search}/drop */

#endif

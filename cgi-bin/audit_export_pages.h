/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Long downloads: what was asked for, how far each is, and fetching it.
 */
#ifndef CGI_BIN_AUDIT_EXPORT_PAGES_H
#define CGI_BIN_AUDIT_EXPORT_PAGES_H

struct visit;

void	audit_export_page_list(struct visit *);	/* /audit/exports */
void	audit_export_page_show(struct visit *);	/* /audit/exports/{job} */
void	audit_export_page_fetch(struct visit *);	/* POST of the same */

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Figures of each member of staff, and who stands out.
 */
#ifndef CGI_BIN_AUDIT_STATISTICS_PAGES_H
#define CGI_BIN_AUDIT_STATISTICS_PAGES_H

struct visit;

void	audit_statistics_page(struct visit *);	/* /audit/statistics */
void	audit_statistics_page_export(struct visit *);

#endif

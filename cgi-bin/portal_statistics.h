/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Public statistics, as tables with bars and as CSV. Counts are rounded and
 * small ones not shown (services/statistics.h).
 */
#ifndef CGI_BIN_PORTAL_STATISTICS_H
#define CGI_BIN_PORTAL_STATISTICS_H

struct visit;

void	portal_statistics_show(struct visit *);	/* /statistics */
void	portal_statistics_csv(struct visit *);	/* /statistics.csv */

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How an application stands, from its first day to its last, with what can be
 * done now.
 */
#ifndef CGI_BIN_APPLY_STATUS_H
#define CGI_BIN_APPLY_STATUS_H

struct visit;

/* P/applications/{reference:reference} */
void	apply_status_show(struct visit *);

#endif

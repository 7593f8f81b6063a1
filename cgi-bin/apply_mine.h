/* SPDX-License-Identifier: Apache-2.0 */
/*
 * All that one has begun and sent in a service.
 */
#ifndef CGI_BIN_APPLY_MINE_H
#define CGI_BIN_APPLY_MINE_H

struct visit;

void	apply_mine_show(struct visit *);	/* P/applications */

#endif

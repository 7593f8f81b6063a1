/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What there is about oneself: /account, /account/access-log,
 * /account/data.
 */
#ifndef CGI_BIN_ACCOUNT_HISTORY_PAGES_H
#define CGI_BIN_ACCOUNT_HISTORY_PAGES_H

struct visit;

void	account_history_page_home(struct visit *);
void	account_history_page_access(struct visit *);
void	account_history_page_file(struct visit *);	/* …/file */
void	account_history_page_data(struct visit *);

#endif

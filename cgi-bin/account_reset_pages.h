/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A forgotten password: /account/reset, and the link in the mail.
 */
#ifndef CGI_BIN_ACCOUNT_RESET_PAGES_H
#define CGI_BIN_ACCOUNT_RESET_PAGES_H

struct visit;

void	account_reset_page_show(struct visit *);
void	account_reset_page_send(struct visit *);
void	account_reset_page_sent(struct visit *);
void	account_reset_page_set_show(struct visit *);
void	account_reset_page_set(struct visit *);

#endif

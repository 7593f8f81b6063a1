/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Into a service: /account/enter, with an account, without one, and by a
 * mailed link.
 */
#ifndef CGI_BIN_ACCOUNT_ENTER_PAGES_H
#define CGI_BIN_ACCOUNT_ENTER_PAGES_H

struct visit;

void	account_enter_page_show(struct visit *);
void	account_enter_page_give(struct visit *);
void	account_enter_page_without(struct visit *);
void	account_enter_page_link_ask(struct visit *);
void	account_enter_page_link(struct visit *);

#endif

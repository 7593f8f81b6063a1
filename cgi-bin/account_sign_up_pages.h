/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Opening an account: /account/sign-up, and the link in the mail.
 */
#ifndef CGI_BIN_ACCOUNT_SIGN_UP_PAGES_H
#define CGI_BIN_ACCOUNT_SIGN_UP_PAGES_H

struct visit;

void	account_sign_up_page_show(struct visit *);
void	account_sign_up_page_send(struct visit *);
void	account_sign_up_page_sent(struct visit *);
void	account_sign_up_page_confirm_ask(struct visit *);
void	account_sign_up_page_confirm(struct visit *);

#endif

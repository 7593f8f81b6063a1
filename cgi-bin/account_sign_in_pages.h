/* SPDX-License-Identifier: Apache-2.0 */
/*
 * In and out: /account/sign-in, /account/leave.
 */
#ifndef CGI_BIN_ACCOUNT_SIGN_IN_PAGES_H
#define CGI_BIN_ACCOUNT_SIGN_IN_PAGES_H

struct visit;

void	account_sign_in_page_show(struct visit *);
void	account_sign_in_page_send(struct visit *);
void	account_sign_in_page_leave(struct visit *);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One's own data and settings: /account/profile, /account/password,
 * /account/language.
 */
#ifndef CGI_BIN_ACCOUNT_PROFILE_PAGES_H
#define CGI_BIN_ACCOUNT_PROFILE_PAGES_H

struct visit;

void	account_profile_page_show(struct visit *);
void	account_profile_page_save(struct visit *);
void	account_profile_page_password_show(struct visit *);
void	account_profile_page_password(struct visit *);
void	account_profile_page_language(struct visit *);

#endif

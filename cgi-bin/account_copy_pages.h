/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A copy of everything about oneself: /account/data/copy and below.
 */
#ifndef CGI_BIN_ACCOUNT_COPY_PAGES_H
#define CGI_BIN_ACCOUNT_COPY_PAGES_H

struct visit;

void	account_copy_page_show(struct visit *);
void	account_copy_page_ask(struct visit *);		/* POST */
void	account_copy_page_read(struct visit *);		/* …/read */
void	account_copy_page_file(struct visit *);		/* …/file */

#endif

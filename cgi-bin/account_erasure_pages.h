/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How far one's erasure is: /account/data/erasure.
 */
#ifndef CGI_BIN_ACCOUNT_ERASURE_PAGES_H
#define CGI_BIN_ACCOUNT_ERASURE_PAGES_H

struct visit;

void	account_erasure_page_show(struct visit *);

#endif

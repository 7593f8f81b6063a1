/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Auditors learn a pseudonym, auditors and supervisors who bears a handle;
 * both say why, and are recorded.
 */
#ifndef CGI_BIN_ACCOUNT_LOOKUP_PAGES_H
#define CGI_BIN_ACCOUNT_LOOKUP_PAGES_H

struct visit;

void	account_lookup_page_person(struct visit *);
void	account_lookup_page_person_find(struct visit *);
void	account_lookup_page_staff(struct visit *);
void	account_lookup_page_staff_find(struct visit *);

#endif

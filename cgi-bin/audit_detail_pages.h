/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Requests to open a sealed detail: asked by auditors, decided by
 * supervisors. Opening is cgi-bin/detail.h, in the room that wrote the entry.
 */
#ifndef CGI_BIN_AUDIT_DETAIL_PAGES_H
#define CGI_BIN_AUDIT_DETAIL_PAGES_H

struct answers;
struct uuid;
struct visit;

void	audit_detail_page_ask(struct visit *);	/* POST /audit/entries/… */
void	audit_detail_page_list(struct visit *);	/* /audit/details */
void	audit_detail_page_show(struct visit *);	/* /audit/details/{…} */
void	audit_detail_page_approve(struct visit *);
void	audit_detail_page_refuse(struct visit *);

/* The form on an entry's page. */
void	audit_detail_put_ask(struct visit *, const struct uuid *entry);

#endif

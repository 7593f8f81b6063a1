/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One entry, and everything about one case. Pseudonyms and codes; whatever a
 * detail holds stays sealed. Each page shown is an entry itself.
 */
#ifndef CGI_BIN_AUDIT_PAGES_H
#define CGI_BIN_AUDIT_PAGES_H

struct answers;
struct visit;

void	audit_page_find(struct visit *);	/* /audit/entries?event= */
void	audit_page_entry(struct visit *);	/* /audit/entries/{event} */
void	audit_page_proof(struct visit *);	/* …/proof: a tlog-proof */
void	audit_page_leaf(struct visit *);	/* …/leaf: its bytes */
void	audit_page_case(struct visit *);	/* /audit/cases/{reference} */
void	audit_page_case_export(struct visit *);

/* The form that asks for an entry's number; answers may be NULL. */
void	audit_put_find(struct visit *, const struct answers *);

#endif

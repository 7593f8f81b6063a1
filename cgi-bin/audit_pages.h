/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The log as auditors see it: a search whose filters stand in the address,
 * one entry, everything about one case. Pseudonyms and codes; whatever a
 * detail holds stays sealed. Each page shown is an entry itself.
 */
#ifndef CGI_BIN_AUDIT_PAGES_H
#define CGI_BIN_AUDIT_PAGES_H

#include <stddef.h>

#include "cgi-bin/route.h"

struct visit;

extern const struct route	audit_routes[];
extern const size_t		audit_routes_n;

void	audit_page_search(struct visit *);	/* /audit */
void	audit_page_export(struct visit *);	/* POST /audit/export */
void	audit_page_find(struct visit *);	/* /audit/entries?event= */
void	audit_page_entry(struct visit *);	/* /audit/entries/{event} */
void	audit_page_case(struct visit *);	/* /audit/cases/{reference} */

#endif

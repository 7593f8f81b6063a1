/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What to search the log for, as it stands in the address of the page, so
 * that a bookmark is a saved search.
 */
#ifndef CGI_BIN_AUDIT_FILTER_H
#define CGI_BIN_AUDIT_FILTER_H

#include <stdbool.h>

struct answers;
struct auditlog_filter;
struct visit;

/* False: what is wrong stands in the answers, and nothing is searched for.
 * A filter is never left out in silence. */
bool	audit_filter_read(struct visit *, struct answers *,
	    struct auditlog_filter *);

/* The form that asks for it. False: the visit is answered. */
bool	audit_filter_put(struct visit *, const struct answers *);
/* Its own address, without the place in a long list. */
const char	*audit_filter_address(struct visit *, const struct answers *);
/* The same as hidden fields. */
void	audit_filter_hide(struct visit *, const struct answers *);

#endif

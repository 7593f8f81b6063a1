/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The days that a table of the auditors' is about: in the address, the last
 * thirty if it says none.
 */
#ifndef CGI_BIN_AUDIT_SPAN_H
#define CGI_BIN_AUDIT_SPAN_H

#include "cgi-bin/field.h"
#include "services/auditlog_access.h"

struct visit;

struct audit_span {
	struct auditlog_span	 days;
	struct answers		 answers;	/* from, until, before */
	struct uuid		 before;	/* nil: from the newest on */
	const char		*actor;		/* a handle, or NULL */
	bool			 fine;		/* false: say what is wrong */
};

struct audit_span	audit_span_read(struct visit *);

/* Beside the page's content, the form that asks for other days; actor: and
 * for whom. The page is whole (cgi-bin/page.h). */
void	audit_span_begin(struct visit *, const struct audit_span *,
	    const char *action, bool actor);
void	audit_span_end(struct visit *);
/* "from=2026-01-01&until=2026-01-31" */
const char	*audit_span_query(struct visit *, const struct audit_span *);
/* A form that downloads what the page shows. */
void	audit_span_put_export(struct visit *, const struct audit_span *,
	    const char *action);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How an entry reads, wherever it stands: who, what, about which case.
 */
#ifndef CGI_BIN_AUDIT_PARTS_H
#define CGI_BIN_AUDIT_PARTS_H

#include "lib/uuid.h"

struct auditlog_entry;
struct auditlog_row;
struct visit;

/* "DET-014, Office of Vehicles", "a citizen", "no account". */
const char	*audit_who(struct visit *, const struct auditlog_row *);
/* "vehicle.title", or "–". */
const char	*audit_record(const struct auditlog_row *);
/* In the visit's arena. */
const char	*audit_id(struct visit *, struct uuid);
const char	*audit_entry_path(struct visit *, struct uuid event);

/* Everything of one entry. */
void		 audit_put_facts(struct visit *, const struct auditlog_row *);
void		 audit_put_images(struct visit *,
		    const struct auditlog_entry *);
void		 audit_put_log(struct visit *, const struct auditlog_entry *);

#endif

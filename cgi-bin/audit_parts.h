/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How an entry reads, wherever it stands: who, what, about which case.
 */
#ifndef CGI_BIN_AUDIT_PARTS_H
#define CGI_BIN_AUDIT_PARTS_H

#include <stdbool.h>

#include "lib/uuid.h"

struct auditlog_entry;
struct auditlog_page;
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

/* A table of entries; then the ways to newer and older ones, and how far was
 * looked. base: the address of the first page, with a question mark in it;
 * later: this is not the first. */
void	audit_put_rows(struct visit *, const struct auditlog_page *);
void	audit_put_pages(struct visit *, const struct auditlog_page *,
	    const char *base, bool later);

#endif

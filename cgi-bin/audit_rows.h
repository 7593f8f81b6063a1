/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Entries as files: CSV for spreadsheets, JSON lines for programs. Codes are
 * the register's names, not translated.
 */
#ifndef CGI_BIN_AUDIT_ROWS_H
#define CGI_BIN_AUDIT_ROWS_H

#include "services/auditlog_export.h"

/* As services/auditlog_export.h has its writers. */
void		audit_rows_write(struct arena *, enum auditlog_format,
		    bool first, const struct auditlog_row *, size_t n,
		    struct bytes *out);
/* All of a short file. */
struct bytes	audit_rows_file(struct arena *, enum auditlog_format,
		    const struct auditlog_row *, size_t n);

/* "audit-log.csv", and "text/csv; charset=utf-8". */
const char	*audit_rows_name(enum auditlog_format);
const char	*audit_rows_type(enum auditlog_format);

#endif

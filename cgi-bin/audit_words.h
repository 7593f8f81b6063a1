/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The register's codes in an auditor's words, translated. A code that the
 * tables lack reads as the register writes it.
 */
#ifndef CGI_BIN_AUDIT_WORDS_H
#define CGI_BIN_AUDIT_WORDS_H

#include "audit/entry.h"
#include "cgi-bin/ui_prose.h"
#include "schema/registry.h"

const char	*audit_words_event(enum event_type);
const char	*audit_words_room(enum room_code);
const char	*audit_words_purpose(enum purpose);
const char	*audit_words_outcome(enum entry_outcome);
enum ui_colour	 audit_words_colour(enum entry_outcome);

/* "casework.note": tables go by the register's own names; "" for 0. */
const char	*audit_words_table(unsigned code);

#endif

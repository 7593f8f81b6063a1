/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What can be done with a case: each command is one POST that names the
 * version it believes in, one act, and a way back to the case. Handlers for
 * D/{reference:reference}/<command>.
 */
#ifndef CGI_BIN_CASE_COMMAND_H
#define CGI_BIN_CASE_COMMAND_H

#include <stddef.h>

#include "cgi-bin/field.h"

struct visit;

void	case_claim(struct visit *);
void	case_release(struct visit *);
void	case_note(struct visit *);
void	case_ask(struct visit *);
void	case_recommend(struct visit *);
void	case_return(struct visit *);
void	case_decide(struct visit *);
void	case_set_aside(struct visit *);
void	case_pay(struct visit *);

/* The fields of two pages, for showing them blank. */
extern const struct field	case_decide_fields[];
extern const size_t		case_decide_fields_n;
extern const struct field	case_ask_fields[];
extern const size_t		case_ask_fields_n;

#endif

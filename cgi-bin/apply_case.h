/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What belongs to an application, and taking it back. All are below
 * P/applications/{reference:reference}.
 */
#ifndef CGI_BIN_APPLY_CASE_H
#define CGI_BIN_APPLY_CASE_H

struct visit;

void	apply_case_answers(struct visit *);	/* …/answers */
/* …/letter/{n:int}: 1 is the oldest; a sheet to be printed */
void	apply_case_letter(struct visit *);

void	apply_case_ask_withdraw(struct visit *);	/* …/withdraw */
void	apply_case_withdraw(struct visit *);		/* POST */

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Answering the office's question: in words, and by answering some of the
 * form's questions again.
 */
#ifndef CGI_BIN_APPLY_ANSWER_H
#define CGI_BIN_APPLY_ANSWER_H

struct visit;

/* P/applications/{reference:reference}/answer */
void	apply_answer_show(struct visit *);
void	apply_answer_take(struct visit *);	/* POST */

#endif

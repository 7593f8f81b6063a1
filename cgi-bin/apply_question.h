/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The questions of a draft, a page at a time, and the entries of a repeat.
 * ?return=check leads back to the check page once nothing is open.
 */
#ifndef CGI_BIN_APPLY_QUESTION_H
#define CGI_BIN_APPLY_QUESTION_H

struct draft;
struct visit;

/* P/draft/{draft:uuid}/{page:word}: its questions, or its entries' list */
void	apply_question_show(struct visit *);
void	apply_question_take(struct visit *);		/* POST */

/* …/{entry:int}: one entry; one more than there are is a new one */
void	apply_question_show_entry(struct visit *);
void	apply_question_take_entry(struct visit *);	/* POST */

/* …/{entry:int}/remove */
void	apply_question_ask_remove(struct visit *);
void	apply_question_remove(struct visit *);		/* POST */

/* "Somebody saved this elsewhere", for any act on a draft: what was sent is
 * not saved, and the address shows how things stand. */
void	apply_question_conflict(struct visit *, const char *address);

#endif

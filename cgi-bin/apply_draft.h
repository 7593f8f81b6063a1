/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A draft as a whole: going on with it, leaving it for later, deleting it.
 */
#ifndef CGI_BIN_APPLY_DRAFT_H
#define CGI_BIN_APPLY_DRAFT_H

struct visit;

void	apply_draft_resume(struct visit *);	/* P/draft/{draft:uuid} */
void	apply_draft_saved(struct visit *);	/* P/saved/{draft:uuid} */

/* P/discard/{draft:uuid} */
void	apply_draft_ask_discard(struct visit *);
void	apply_draft_discard(struct visit *);	/* POST */

#endif

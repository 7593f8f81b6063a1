/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Checking the answers, sending them, and the word that they arrived.
 * Whatever comes of a sending - twice, late, or unknown - one application
 * comes of one draft, and this is where the reader is told of it.
 */
#ifndef CGI_BIN_APPLY_CHECK_H
#define CGI_BIN_APPLY_CHECK_H

struct visit;

void	apply_check_show(struct visit *);	/* P/check/{draft:uuid} */
void	apply_check_submit(struct visit *);	/* POST */

/* P/sent/{draft:uuid}: did it arrive? */
void	apply_check_sent(struct visit *);

/* P/applications/{reference:reference}/submitted?receipt=<entry's id> */
void	apply_check_confirm(struct visit *);

#endif

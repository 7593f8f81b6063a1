/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The start page of a form: what it is, what it costs, how long it takes,
 * what is asked, and the button that begins.
 */
#ifndef CGI_BIN_APPLY_START_H
#define CGI_BIN_APPLY_START_H

struct visit;

/* P/apply/{form:word}: anyone's. ?<the service's name>=<uuid> says about
 * which thing of the register. */
void	apply_start_show(struct visit *);
void	apply_start_begin(struct visit *);	/* POST */

#endif

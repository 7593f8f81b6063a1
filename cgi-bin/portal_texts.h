/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What every page's footer leads to.
 */
#ifndef CGI_BIN_PORTAL_TEXTS_H
#define CGI_BIN_PORTAL_TEXTS_H

struct visit;

void	portal_texts_accessibility(struct visit *);	/* /accessibility */
void	portal_texts_privacy(struct visit *);		/* /privacy */
void	portal_texts_contact(struct visit *);		/* /contact */

#endif

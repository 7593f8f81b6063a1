/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The mark: an arch above a counter, in the colour of the text beside it.
 * assets/mark.svg is the same drawing for pages that are not ours.
 */
#ifndef CGI_BIN_UI_MARK_H
#define CGI_BIN_UI_MARK_H

struct html;

void	ui_mark(struct html *, const char *classes);

#endif

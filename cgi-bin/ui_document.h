/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A letter, certificate or receipt: a sheet with the authority's head, that
 * prints as it stands, without the page around it.
 */
#ifndef CGI_BIN_UI_DOCUMENT_H
#define CGI_BIN_UI_DOCUMENT_H

struct html;

struct ui_document {
	const char	*authority;
	const char	*office;	/* NULL: none */
	const char	*title;		/* its h1 */
	const char	*reference;
	const char	*date;
	const char	*addressee;	/* lines; NULL: none */
	const char	*lang;		/* where not the page's; NULL */
};

void	ui_document_begin(struct html *, const struct ui_document *);
/* proof: how to check it without us, in the small print; NULL: none */
void	ui_document_end(struct html *, const char *proof);

#endif

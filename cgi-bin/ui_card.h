/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The front of the house: a welcome with a search in it, and services as
 * cards. Our own components, for the portal's first pages.
 */
#ifndef CGI_BIN_UI_CARD_H
#define CGI_BIN_UI_CARD_H

struct html;

/* The page's h1 on the brand's colour; a form may stand before the end. */
void	ui_hero_begin(struct html *, const char *title, const char *lead);
void	ui_hero_end(struct html *);

struct ui_card {
	const char	*title;
	const char	*href;		/* NULL: words only */
	const char	*text;
	const char	*facts;		/* "Online · free · 10 minutes"; NULL */
	int		 level;		/* of the title; 0: 3 */
};

void	ui_cards_begin(struct html *);
void	ui_card(struct html *, const struct ui_card *);
void	ui_cards_end(struct html *);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Welcome and cards. A card's link is its title alone, stretched by the
 * style over the whole card, so that it is heard once and hit easily.
 */
#include "cgi-bin/ui_card.h"

#include "cgi-bin/html.h"
#include "lib/arena.h"

void
ui_hero_begin(struct html *h, const char *title, const char *lead)
{
	html_begin(h, "div");
	html_attr(h, "class", "balcao-hero");
	html_element(h, "h1", "balcao-hero__title", title);
	if (lead != NULL)
		html_element(h, "p", "balcao-hero__lead", lead);
}

void
ui_hero_end(struct html *h)
{
	html_end(h, "div");
}

void
ui_cards_begin(struct html *h)
{
	html_begin(h, "ul");
	html_attr(h, "class", "balcao-cards");
}

void
ui_cards_end(struct html *h)
{
	html_end(h, "ul");
}

static void
title(struct html *h, const struct ui_card *c)
{
	const char *heading = arena_printf(html_arena(h), "h%d",
	    c->level > 0 ? c->level : 3);

	html_begin(h, heading);
	html_attr(h, "class", "balcao-cards__title");
	if (c->href != NULL) {
		html_begin(h, "a");
		html_attr(h, "class", "balcao-cards__link");
		html_url(h, "href", c->href);
	}
	html_text(h, c->title);
	if (c->href != NULL)
		html_end(h, "a");
	html_end(h, heading);
}

void
ui_card(struct html *h, const struct ui_card *c)
{
	html_begin(h, "li");
	html_attr(h, "class", "balcao-cards__card");
	title(h, c);
	if (c->text != NULL)
		html_element(h, "p", "balcao-cards__text", c->text);
	if (c->facts != NULL)
		html_element(h, "p", "balcao-cards__facts", c->facts);
	html_end(h, "li");
}

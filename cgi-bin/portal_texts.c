/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The three statements. They say what holds for every installation; an
 * authority's own notices stand beside them, not in them.
 */
#include "cgi-bin/portal_texts.h"

#include "cgi-bin/page.h"
#include "cgi-bin/ui_list.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/visit.h"
#include "lib/arena.h"
#include "lib/conf.h"
#include "lib/err.h"
#include "lib/text.h"
#include "services/catalogue.h"

/* A heading and what stands below it; NULL ends a list of them. */
struct part {
	const char	*heading;
	const char	*text;		/* "\n\n" divides paragraphs */
};

static const struct part accessibility[] = {
	{ N_("How you can use this site"),
	    N_("Everything works with a keyboard alone, with a screen reader, "
	    "magnified to 400 percent, on a telephone, and without script. "
	    "Nothing moves or plays by itself. You can stop at any question "
	    "and come back later.") },
	{ N_("What we aim for"),
	    N_("The Web Content Accessibility Guidelines 2.2, level AA.") },
	{ N_("What is tested, and how"),
	    N_("Each building block of our pages is compared with the "
	    "published examples of the GOV.UK Design System, which was tested "
	    "with people of many abilities. A gallery of all of them is "
	    "checked by a program (axe-core) at three widths of the screen.\n\n"
	    "Programs find only part of what hinders people. Nobody outside "
	    "has assessed this site yet.") },
	{ N_("When something hinders you"),
	    N_("Tell us which page it was and what you wanted to do. Until it "
	    "is mended, our offices do it with you.") },
	{ NULL, NULL }
};

static const struct part privacy[] = {
	{ N_("What is stored"),
	    N_("What you answer in a form, from your first saved page on, and "
	    "what we answer you. Before you save or sign in, nothing is "
	    "stored.\n\nUnfinished applications are deleted when their time "
	    "is over; each one shows until when it is kept.") },
	{ N_("Who can read it"),
	    N_("It is encrypted before it is stored, with a key of your own "
	    "for each service. A service reads only what you told that "
	    "service. Staff open a file only for a purpose that they name.") },
	{ N_("What stands open"),
	    N_("References, states, dates of work, amounts and random numbers "
	    "in place of names: the offices work with them and the public "
	    "statistics count them.") },
	{ N_("Who looked"),
	    N_("Each look of staff into your file, each export and each "
	    "refusal is recorded before the page is shown. You find the list "
	    "in your account. Auditors search the same records, and their "
	    "searches are recorded too.") },
	{ N_("How long"),
	    N_("As long as the law asks for each service: its page in the "
	    "catalogue names the law and the years.") },
	{ N_("Cookies and addresses"),
	    N_("One cookie for each service you are signed in to, and one for "
	    "your language. They are sent to nobody else; no page loads "
	    "anything from another site. Your network address is not stored: "
	    "against too many tries we count a scrambled form of it, for a "
	    "day at most.") },
	{ NULL, NULL }
};

static void
put_parts(struct visit *v, const struct part *p)
{
	for (; p->heading != NULL; p++) {
		ui_heading(v->html, 2, UI_M, _(p->heading));
		ui_paragraphs(v->html, _(p->text));
	}
}

static void
show(struct visit *v, const char *title, const struct part *parts)
{
	page_begin(v, &(struct page){ .title = title });
	ui_heading(v->html, 1, UI_XL, title);
	put_parts(v, parts);
	ui_paragraph_begin(v->html);
	ui_link(v->html, "/contact", _("How to reach us"));
	ui_paragraph_end(v->html);
	page_end(v);
}

void
portal_texts_accessibility(struct visit *v)
{
	show(v, _("Accessibility statement"), accessibility);
}

void
portal_texts_privacy(struct visit *v)
{
	show(v, _("Privacy"), privacy);
}

static void
put_offices(struct visit *v, const struct catalogue_office *offices,
    size_t n)
{
	if (n == 0)
		return;
	ui_heading(v->html, 2, UI_M, _("Our offices"));
	ui_list_begin(v->html, UI_LIST_BULLET);
	for (size_t i = 0; i < n; i++) {
		ui_item_begin(v->html);
		ui_words(v->html, offices[i].name);
		ui_item_end(v->html);
	}
	ui_list_end(v->html, UI_LIST_BULLET);
}

void
portal_texts_contact(struct visit *v)
{
	struct catalogue_office *offices;
	struct err e = { 0 };
	size_t n;

	if (!catalogue_offices(v->room, v->arena, &offices, &n, &e)) {
		visit_fail(v, &e);
		return;
	}
	page_begin(v, &(struct page){ .title = _("Contact") });
	ui_heading(v->html, 1, UI_XL, _("Contact"));
	ui_paragraph(v->html, arena_printf(v->arena, _("This site is run by "
	    "%s."), conf_text(v->conf, "authority", "name")));
	ui_paragraph(v->html, _("Questions about an application are answered "
	    "fastest by its own page: sign in and open it. At an office, have "
	    "its reference at hand."));
	put_offices(v, offices, n);
	ui_paragraph(v->html, _("If a page failed, tell us the code that it "
	    "showed: with it we find what went wrong."));
	page_end(v);
}

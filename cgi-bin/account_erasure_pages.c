/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What each service answered to an approved request for erasure. Before it
 * is approved there is nothing to show but the way to ask.
 */
#include "cgi-bin/account_erasure_pages.h"

#include "cgi-bin/account_way.h"
#include "cgi-bin/page.h"
#include "cgi-bin/ui_form.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/ui_table.h"
#include "cgi-bin/visit.h"
#include "cgi-bin/written.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/text.h"
#include "services/erasure_run.h"
#include "services/session.h"

static const struct {
	const char	*state;
	enum ui_colour	 colour;
	const char	*words;
} states[] = {
	{ "asked", UI_GREY, N_("Asked") },
	{ "held", UI_YELLOW, N_("Must still keep it") },
	{ "erasing", UI_BLUE, N_("Is erasing it") },
	{ "erased", UI_GREEN, N_("Erased") },
};

static const struct {
	const char	*reason;
	const char	*words;
} reasons[] = {
	{ "open_application", N_("An application of yours is still open") },
	{ "active_title", N_("Something is still registered to you") },
	{ "retention", N_("The law makes it keep your records") },
};

static void
put_state(struct visit *v, const struct erasure_part *p)
{
	for (size_t i = 0; i < sizeof states / sizeof *states; i++)
		if (str_equal(states[i].state, p->state))
			ui_tag(v->html, states[i].colour,
			    _(states[i].words));
}

static const char *
why_of(struct visit *v, const struct erasure_part *p)
{
	const char *words = "";

	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
		if (str_equal(reasons[i].reason, p->reason))
			words = _(reasons[i].words);
	return p->until == DATE_NONE ? words : arena_printf(v->arena,
	    _("%s, until %s"), words, written_date(v->arena, p->until));
}

static void
put_parts(struct visit *v, const struct erasure_part *p, size_t n)
{
	const struct ui_column_head columns[] = {
		{ .text = _("Service") }, { .text = _("State") },
		{ .text = _("Why") },
	};
	struct ui_table t = { .caption = _("What each service answered"),
	    .caption_size = UI_M, .columns = columns, .n = 3,
	    .cards = true };

	ui_table_begin(v->html, &t);
	for (size_t i = 0; i < n; i++) {
		ui_table_row(v->html, &t);
		ui_cell(v->html, &t, account_room_name(p[i].room));
		ui_cell_begin(v->html, &t);
		put_state(v, &p[i]);
		ui_cell_end(v->html, &t);
		ui_cell(v->html, &t, why_of(v, &p[i]));
	}
	ui_table_end(v->html, &t);
}

static void
put_way(struct visit *v)
{
	ui_paragraph(v->html, _("You can ask us to close your account and to "
	    "erase what we hold about you. A supervisor decides on it. What "
	    "the law makes a service keep is erased when that time is "
	    "over."));
	ui_paragraph(v->html, _("Erased data cannot be brought back. If you "
	    "want a copy, get it first."));
	ui_buttons_begin(v->html);
	ui_button(v->html, &(struct ui_button){
	    .text = _("Ask to have your data erased"),
	    .href = "/apply/erasure" });
	ui_link(v->html, "/account/data/copy", _("Get a copy first"));
	ui_buttons_end(v->html);
}

static void
put_running(struct visit *v, const struct erasure *r,
    const struct erasure_part *p, size_t n)
{
	ui_paragraph(v->html, arena_printf(v->arena, _("Your request was "
	    "approved, and the erasure began on %s."),
	    written_time(v->arena, r->started_at)));
	if (n > 0)
		put_parts(v, p, n);
	ui_paragraph(v->html, _("Services that must still keep something are "
	    "asked again when that has ended. Your account is erased last; "
	    "then you get a mail, and can no longer sign in."));
}

void
account_erasure_page_show(struct visit *v)
{
	struct erasure_part *p = NULL;
	struct erasure r;
	struct err e;
	bool found;
	size_t n = 0;

	if (!erasure_run_find(v->room, v->arena, v->session->subject, &r,
	    &found, &e) || (found && !erasure_run_parts(v->room, v->arena,
	    &r, &p, &n, &e))) {
		visit_fail(v, &e);
		return;
	}
	page_begin(v, &(struct page){ .title = _("Erasing your data"),
	    .back = "/account/data" });
	ui_heading(v->html, 1, UI_XL, _("Erasing your data"));
	if (found)
		put_running(v, &r, p, n);
	else
		put_way(v);
	page_end(v);
}

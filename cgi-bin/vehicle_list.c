/* SPDX-License-Identifier: Apache-2.0 */
/*
 * All vehicles of a citizen, what they are buying, and what they have begun
 * or sent. One card each, the state first.
 */
#include "cgi-bin/vehicle_list.h"

#include "cgi-bin/applicant.h"
#include "cgi-bin/apply_words.h"
#include "cgi-bin/page.h"
#include "cgi-bin/ui_form.h"
#include "cgi-bin/ui_list.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/ui_table.h"
#include "cgi-bin/vehicle_pages.h"
#include "cgi-bin/vehicle_words.h"
#include "cgi-bin/visit.h"
#include "cgi-bin/written.h"
#include "forms/definition.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/text.h"
#include "services/apply.h"
#include "services/casework.h"
#include "services/intake.h"
#include "services/session.h"
#include "services/vehicle_bar.h"
#include "services/vehicle_offer.h"
#include "services/vehicle_record.h"

/* Everything the page says, read before any of it is written. */
struct garage {
	struct vehicle_file	*files;
	size_t			 n_files;
	struct offer_bought	*bought;
	size_t			 n_bought;
	struct draft		*drafts;
	size_t			 n_drafts;
	struct application	*sent;
	size_t			 n_sent;
};

static bool
read_garage(struct visit *v, struct garage *g, struct err *e)
{
	struct room *room = v->room;
	struct arena *arena = v->arena;
	struct uuid *ids;

	if (!vehicle_record_of(room, arena, v->session->subject, &ids,
	    &g->n_files, e))
		return false;
	g->files = arena_array(arena, g->n_files, sizeof *g->files);
	for (size_t i = 0; i < g->n_files; i++)
		if (!vehicle_record_get(room, arena, ids[i], &g->files[i],
		    e))
			return false;
	return vehicle_offer_bought(room, arena, v->session->subject,
	    &g->bought, &g->n_bought, e)
	    && intake_list(room, arena, v->session, &g->drafts,
	    &g->n_drafts, e)
	    && apply_list(room, arena, v->session, &g->sent, &g->n_sent, e);
}

/* ---- vehicles */

static void
put_state(struct visit *v, const struct ui_summary *card,
    const struct registration *r)
{
	const struct ui_summary_row row = { .key = _("Registration") };
	struct vehicle_state state = vehicle_words_registration(r->state);

	ui_summary_row_begin(v->html, card, &row);
	ui_tag(v->html, state.colour, state.name);
	ui_break(v->html);
	ui_words(v->html, arena_printf(v->arena, _("Valid until %s"),
	    written_date(v->arena, r->valid_until)));
	ui_summary_row_end(v->html, card, &row);
}

/* What bars a sale, and what is under review, in a word each. */
static void
put_marks(struct visit *v, const struct ui_summary *card,
    const struct vehicle_file *f)
{
	const struct ui_summary_row row = { .key = _("Attention") };
	const char *rule = vehicle_bar(f, NULL,
	    vehicle_deed("vehicle-transfer"), clock_today());

	if (rule == NULL && uuid_is_nil(f->vehicle.locked_by))
		return;
	ui_summary_row_begin(v->html, card, &row);
	if (rule != NULL) {
		ui_words(v->html, vehicle_bar_words(v->arena, f, rule));
		ui_break(v->html);
	}
	if (!uuid_is_nil(f->vehicle.locked_by))
		ui_words(v->html, _("A change is under review."));
	ui_summary_row_end(v->html, card, &row);
}

static void
put_vehicle(struct visit *v, const struct vehicle_file *f)
{
	const struct ui_summary card = {
		.title = vehicle_words_name(v, &f->vehicle),
		.title_actions = {
			{ vehicle_page_path(v, f, ""), _("Open"), NULL },
		},
	};

	ui_summary_begin(v->html, &card);
	ui_summary_fact(v->html, &card, _("Plate"), f->plate.version > 0
	    ? f->plate.number : _("None"));
	put_state(v, &card, &f->registration);
	if (!vehicle_is_owner(f, v->session))
		ui_summary_fact(v->html, &card, _("You are"),
		    _("Its keeper, not its owner"));
	put_marks(v, &card, f);
	ui_summary_end(v->html, &card);
}

/* ---- what is on its way */

/* Until the title has passed: then it is a vehicle of theirs. */
static void
put_bought(struct visit *v, const struct garage *g)
{
	bool any = false;

	for (size_t i = 0; i < g->n_bought; i++) {
		const struct offer_bought *b = &g->bought[i];
		struct apply_state state = apply_words_state(b->state);

		if (str_equal(b->state, "issued"))
			continue;
		if (!any) {
			ui_heading(v->html, 2, UI_M,
			    _("Vehicles that you accepted"));
			ui_list_begin(v->html, UI_LIST_PLAIN);
		}
		any = true;
		ui_item_begin(v->html);
		ui_code(v->html, b->reference);
		ui_words(v->html, " ");
		ui_tag(v->html, state.colour, state.name);
		ui_item_end(v->html);
	}
	if (any)
		ui_list_end(v->html, UI_LIST_PLAIN);
}

static bool
is_over(const struct application *a)
{
	static const char *const over[] = { "issued", "refused", "withdrawn",
	    "lapsed", "superseded" };

	for (size_t i = 0; i < sizeof over / sizeof *over; i++)
		if (str_equal(a->state, over[i]))
			return true;
	return false;
}

static void
put_work(struct visit *v, struct ui_table *t, const char *href,
    const char *title, const char *since, struct apply_state state)
{
	if (!t->in_row)
		ui_table_begin(v->html, t);
	ui_table_row(v->html, t);
	ui_cell_begin(v->html, t);
	ui_link_about(v->html, href, title, since);
	ui_cell_end(v->html, t);
	ui_cell(v->html, t, since);
	ui_cell_begin(v->html, t);
	ui_tag(v->html, state.colour, state.name);
	ui_cell_end(v->html, t);
}

static void
put_going_on(struct visit *v, const struct garage *g)
{
	const struct apply_state draft = { NULL, UI_GREY, _("Not sent yet"),
	    NULL };
	const struct ui_column_head heads[] = {
		{ .text = _("Application") }, { .text = _("Since") },
		{ .text = _("State") },
	};
	struct ui_table t = { .caption = _("Applications under way"),
	    .caption_size = UI_M, .columns = heads, .n = 3, .cards = true };

	for (size_t i = 0; i < g->n_drafts; i++)
		put_work(v, &t, applicant_draft_path(v, "draft",
		    &g->drafts[i]),
		    words_read(g->drafts[i].definition->title),
		    written_date(v->arena,
		    clock_date(g->drafts[i].started_at)), draft);
	for (size_t i = 0; i < g->n_sent; i++)
		if (!is_over(&g->sent[i]))
			put_work(v, &t, applicant_path(v, &g->sent[i], ""),
			    vehicle_words_form(v, g->sent[i].form),
			    written_date(v->arena,
			    clock_date(g->sent[i].submitted_at)),
			    apply_words_state(g->sent[i].state));
	if (t.in_row)
		ui_table_end(v->html, &t);
}

/* ---- the page */

void
vehicle_list_show(struct visit *v)
{
	struct garage g = { .n_files = 0 };
	struct err e;

	if (!applicant_enter(v))
		return;
	if (!read_garage(v, &g, &e)) {
		visit_fail(v, &e);
		return;
	}
	page_begin(v, &(struct page){ .title = _("Your vehicles"),
	    .back = "/services" });
	ui_heading(v->html, 1, UI_XL, _("Your vehicles"));
	if (g.n_files == 0)
		ui_paragraph(v->html, _("No vehicle is registered to you."));
	for (size_t i = 0; i < g.n_files; i++)
		put_vehicle(v, &g.files[i]);
	ui_button(v->html, &(struct ui_button){
	    .text = _("Register a vehicle"),
	    .href = "/vehicles/apply/vehicle-registration" });
	put_bought(v, &g);
	put_going_on(v, &g);
	ui_paragraph_begin(v->html);
	ui_link(v->html, "/vehicles/applications", _("All your applications"));
	ui_paragraph_end(v->html);
	ui_paragraph_begin(v->html);
	ui_link(v->html, "/vehicles/look", _("Look a vehicle up by its plate "
	    "or VIN"));
	ui_paragraph_end(v->html);
	page_end(v);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Looking at one application; what an applicant does to it is apply_case.c
 * and apply_answer.c. A reader's own look is no entry of the log.
 */
#include "cgi-bin/apply_status.h"

#include "cgi-bin/applicant.h"
#include "cgi-bin/apply_receipt.h"
#include "cgi-bin/apply_words.h"
#include "cgi-bin/page.h"
#include "cgi-bin/ui_list.h"
#include "cgi-bin/ui_notice.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/ui_table.h"
#include "cgi-bin/ui_timeline.h"
#include "cgi-bin/visit.h"
#include "cgi-bin/written.h"
#include "forms/definition.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/text.h"
#include "services/apply.h"
#include "services/casefile.h"
#include "services/casework.h"
#include "services/decision.h"
#include "services/fee.h"
#include "services/inquiry.h"
#include "services/service.h"

/* What the page of one application says, read before any of it is written. */
struct standing {
	struct application	 a;
	const struct definition	*definition;
	struct casefile_event	*events;
	size_t			 n_events;
	struct fee		*fees;
	size_t			 n_fees;
	struct decision		*decisions;
	size_t			 n_decisions;
	struct inquiry		*inquiries;
	size_t			 n_inquiries;
	const char		*office;
};

static bool
read_standing(struct visit *v, struct standing *s)
{
	struct room *room = v->room;
	struct arena *arena = v->arena;
	struct err e;

	s->definition = applicant_definition(v, &s->a);
	if (s->definition == NULL)
		return false;
	if (casefile_events(room, arena, &s->a, false, &s->events,
	    &s->n_events, &e)
	    && fee_list(room, arena, s->a.id, &s->fees, &s->n_fees, &e)
	    && decision_list(room, arena, &s->a, &s->decisions,
	    &s->n_decisions, &e)
	    && inquiry_list(room, arena, &s->a, &s->inquiries,
	    &s->n_inquiries, &e)
	    && apply_office(room, arena, &s->a, &s->office, &e))
		return true;
	visit_fail(v, &e);
	return false;
}

static const struct inquiry *
open_inquiry(const struct standing *s)
{
	for (size_t i = 0; i < s->n_inquiries; i++)
		if (str_equal(s->inquiries[i].state, "open"))
			return &s->inquiries[i];
	return NULL;
}

static void
put_question(struct visit *v, const struct standing *s)
{
	const struct inquiry *q = open_inquiry(s);
	const struct ui_banner banner = {
		.title = _("We need something from you"),
	};

	if (q == NULL)
		return;
	ui_banner_begin(v->html, &banner);
	ui_banner_heading(v->html, arena_printf(v->arena,
	    _("Answer by %s"), written_date(v->arena, q->due)));
	ui_paragraphs(v->html, q->question);
	ui_paragraph_begin(v->html);
	ui_link(v->html, applicant_path(v, &s->a, "/answer"),
	    _("Answer the question"));
	ui_paragraph_end(v->html);
	ui_banner_end(v->html);
}

static const char *
due_text(struct visit *v, const struct standing *s)
{
	if (s->a.suspended_on != DATE_NONE)
		return _("The time stands still until you answer");
	return written_date(v->arena, s->a.due);
}

static void
put_facts(struct visit *v, const struct standing *s)
{
	const struct ui_summary list = { .title = NULL };
	struct apply_state state = apply_words_state(s->a.state);
	const struct ui_summary_row row = { .key = _("State") };

	ui_summary_begin(v->html, &list);
	ui_summary_row_begin(v->html, &list, &row);
	ui_tag(v->html, state.colour, state.name);
	ui_break(v->html);
	ui_words(v->html, state.next);
	ui_summary_row_end(v->html, &list, &row);
	ui_summary_fact(v->html, &list, _("Sent"),
	    written_time(v->arena, s->a.submitted_at));
	if (s->a.due != DATE_NONE)
		ui_summary_fact(v->html, &list,
		    str_equal(s->a.state, "awaiting_acceptance")
		    ? _("Open until") : _("We decide by"), due_text(v, s));
	if (s->a.decided_on != DATE_NONE)
		ui_summary_fact(v->html, &list, _("Decided"),
		    written_date(v->arena, s->a.decided_on));
	ui_summary_fact(v->html, &list, _("Office"), s->office);
	ui_summary_end(v->html, &list);
}

static void
put_letters(struct visit *v, const struct standing *s)
{
	if (s->n_decisions == 0)
		return;
	ui_heading(v->html, 2, UI_M, _("Letters"));
	ui_list_begin(v->html, UI_LIST_PLAIN);
	for (size_t i = 0; i < s->n_decisions; i++) {
		const struct decision *d = &s->decisions[i];

		ui_item_begin(v->html);
		ui_link(v->html, applicant_path(v, &s->a, visit_path(v,
		    "/letter/%zu", s->n_decisions - i)), d->letter.title);
		ui_words(v->html, arena_printf(v->arena, ", %s",
		    written_date(v->arena, d->decided_on)));
		if (d->appeal_until != DATE_NONE && !d->approved)
			ui_words(v->html, arena_printf(v->arena,
			    _(" (you can appeal until %s)"),
			    written_date(v->arena, d->appeal_until)));
		ui_item_end(v->html);
	}
	ui_list_end(v->html, UI_LIST_PLAIN);
}

static const struct {
	const char	*state;
	enum ui_colour	 colour;
	const char	*name;
} fee_states[] = {
	{ "open", UI_YELLOW, N_("To be paid") },
	{ "paid", UI_GREEN, N_("Paid") },
	{ "waived", UI_GREY, N_("Not owed any more") },
	{ "refunded", UI_GREY, N_("Paid back") },
};

static void
put_fee(struct visit *v, struct ui_table *t, const struct standing *s,
    const struct fee *fee)
{
	ui_table_row(v->html, t);
	ui_cell(v->html, t, applicant_fee(v, s->definition, fee->line));
	ui_cell(v->html, t, written_money(v->arena, fee->currency,
	    fee->amount));
	ui_cell_begin(v->html, t);
	for (size_t i = 0; i < sizeof fee_states / sizeof *fee_states; i++)
		if (str_equal(fee_states[i].state, fee->state))
			ui_tag(v->html, fee_states[i].colour,
			    _(fee_states[i].name));
	ui_cell_end(v->html, t);
}

static void
put_fees(struct visit *v, const struct standing *s)
{
	const struct ui_column_head heads[] = {
		{ .text = _("Fee") },
		{ .text = _("Amount"), .numeric = true },
		{ .text = _("State") },
	};
	struct ui_table t = {
		.caption = _("Fees"), .caption_size = UI_M,
		.columns = heads, .n = 3,
	};

	if (s->n_fees == 0)
		return;
	ui_table_begin(v->html, &t);
	for (size_t i = 0; i < s->n_fees; i++)
		put_fee(v, &t, s, &s->fees[i]);
	ui_table_end(v->html, &t);
	if (str_equal(s->a.state, "awaiting_payment"))
		ui_paragraph(v->html, arena_printf(v->arena,
		    _("Pay %s at the counter of %s and give the reference "
		    "%s."), applicant_money(v, fee_due(s->fees, s->n_fees)),
		    s->office, s->a.reference));
}

static void
put_answered(struct visit *v, const struct standing *s)
{
	bool any = false;

	for (size_t i = 0; i < s->n_inquiries; i++) {
		const struct inquiry *q = &s->inquiries[i];

		if (str_equal(q->state, "open"))
			continue;
		if (!any)
			ui_heading(v->html, 2, UI_M,
			    _("Questions and answers"));
		any = true;
		ui_details_begin(v->html, arena_printf(v->arena,
		    _("Our question of %s"), written_date(v->arena,
		    q->asked_on)), false, NULL);
		ui_paragraphs(v->html, q->question);
		ui_inset_begin(v->html, NULL);
		ui_paragraphs(v->html, str_empty(q->answer)
		    ? _("You did not answer it.") : q->answer);
		ui_inset_end(v->html);
		ui_details_end(v->html);
	}
}

static void
put_timeline(struct visit *v, const struct standing *s)
{
	ui_heading(v->html, 2, UI_M, _("What happened so far"));
	ui_timeline_begin(v->html);
	for (size_t i = s->n_events; i-- > 0;) {
		const struct casefile_event *event = &s->events[i];
		const char *title = apply_words_event(event);

		if (title == NULL && event->note == NULL)
			continue;
		ui_timeline_event(v->html, &(struct ui_event){
			.title = title != NULL ? title : _("A note for you"),
			.by = apply_words_by(v->arena, event),
			.iso = written_iso(v->arena, event->at),
			.time = written_time(v->arena, event->at),
			.text = event->note,
		});
	}
	ui_timeline_end(v->html);
}

/* Not after the decision, nor while a second person decides. */
static bool
may_withdraw(const struct application *a)
{
	static const char *const from[] = { "awaiting_acceptance",
	    "awaiting_payment", "queued", "in_review",
	    "awaiting_applicant" };

	for (size_t i = 0; i < sizeof from / sizeof *from; i++)
		if (str_equal(a->state, from[i]))
			return true;
	return false;
}

static void
put_ways(struct visit *v, const struct standing *s)
{
	ui_heading(v->html, 2, UI_M, _("What you can do"));
	ui_list_begin(v->html, UI_LIST_PLAIN);
	ui_item_begin(v->html);
	ui_link(v->html, applicant_path(v, &s->a, "/answers"),
	    _("Read the answers you sent"));
	ui_item_end(v->html);
	if (may_withdraw(&s->a)) {
		ui_item_begin(v->html);
		ui_link(v->html, applicant_path(v, &s->a, "/withdraw"),
		    _("Withdraw the application"));
		ui_item_end(v->html);
	}
	ui_list_end(v->html, UI_LIST_PLAIN);
}

void
apply_status_show(struct visit *v)
{
	struct standing s;

	if (!applicant_application(v, &s.a) || !read_standing(v, &s))
		return;
	page_begin(v, &(struct page){
		.title = visit_path(v, "%s – %s", s.a.reference,
		    words_read(s.definition->title)),
		.back = visit_path(v, "%s/applications",
		    applicant_base(v)),
	});
	ui_heading_caption(v->html, 1, UI_L, s.a.reference,
	    words_read(s.definition->title));
	put_question(v, &s);
	put_facts(v, &s);
	put_letters(v, &s);
	apply_receipt_list(v, &s.a);
	put_fees(v, &s);
	put_answered(v, &s);
	put_timeline(v, &s);
	put_ways(v, &s);
	page_end(v);
}

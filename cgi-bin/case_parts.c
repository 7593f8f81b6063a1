/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Parts of the case page: each draws one thing of a case that was opened.
 */
#include "cgi-bin/case_parts.h"

#include "cgi-bin/applicant.h"
#include "cgi-bin/case_pages.h"
#include "cgi-bin/desk_words.h"
#include "cgi-bin/ui_desk.h"
#include "cgi-bin/ui_form.h"
#include "cgi-bin/ui_input.h"
#include "cgi-bin/ui_list.h"
#include "cgi-bin/ui_notice.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/ui_timeline.h"
#include "cgi-bin/visit.h"
#include "cgi-bin/written.h"
#include "forms/answer.h"
#include "forms/definition.h"
#include "forms/form.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/text.h"
#include "services/casefile.h"
#include "services/casework.h"
#include "services/decision.h"
#include "services/fee.h"
#include "services/inquiry.h"
#include "services/intake.h"
#include "services/service.h"
#include "services/session.h"

static bool
load_findings(struct visit *v, struct case_view *c, struct err *e)
{
	const struct service *s = applicant_service(v);

	return s->check == NULL || s->check(v->room, v->arena, NULL, c->form,
	    c->application->thing, &c->findings, e);
}

bool
case_parts_load(struct visit *v, struct case_view *c, struct err *e)
{
	const struct application *a = c->application;

	if (!intake_answers(v->room, v->arena, a, &c->form, &c->number, e)
	    || !load_findings(v, c, e)
	    || !casefile_events(v->room, v->arena, a, true, &c->events,
	    &c->n_events, e)
	    || !casefile_actions(v->room, v->arena, a, &c->actions,
	    &c->n_actions, e)
	    || !casefile_related(v->room, v->arena, a, &c->related,
	    &c->n_related, e)
	    || !inquiry_list(v->room, v->arena, a, &c->inquiries,
	    &c->n_inquiries, e)
	    || !decision_list(v->room, v->arena, a, &c->decisions,
	    &c->n_decisions, e)
	    || !fee_list(v->room, v->arena, a->id, &c->fees, &c->n_fees, e)
	    || !casefile_holder(v->room, v->arena, a, &c->holder, e))
		return false;
	c->title = words_read(form_definition(c->form)->title);
	c->mine = c->holder != NULL
	    && uuid_equal(a->assignee, v->session->account);
	return true;
}

void
case_parts_head(struct visit *v, const struct case_view *c)
{
	const struct application *a = c->application;
	const struct desk_state state = desk_words_state(a->state);
	const struct ui_summary list = { .borderless = true };

	ui_heading_caption(v->html, 1, UI_L, a->reference, c->title);
	ui_summary_begin(v->html, &list);
	ui_summary_row_begin(v->html, &list, &(struct ui_summary_row){
	    .key = _("State") });
	ui_tag(v->html, state.colour, state.name);
	ui_summary_row_end(v->html, &list, &(struct ui_summary_row){
	    .key = _("State") });
	ui_summary_fact(v->html, &list, _("Submitted"),
	    written_time(v->arena, a->submitted_at));
	if (a->due != DATE_NONE)
		ui_summary_fact(v->html, &list, _("Due"),
		    written_date(v->arena, a->due));
	if (c->holder != NULL)
		ui_summary_fact(v->html, &list, _("Held by"),
		    c->mine ? arena_printf(v->arena, _("you, until %s"),
		    written_time(v->arena, a->lease_until))
		    : arena_printf(v->arena, _("%s, until %s"), c->holder,
		    written_time(v->arena, a->lease_until)));
	ui_summary_end(v->html, &list);
	if (c->holder != NULL && !c->mine)
		ui_inset(v->html, arena_printf(v->arena, _("%s is working on "
		    "this case. You can read it; to work on it, wait until "
		    "it is released or ask a supervisor."), c->holder));
}

void
case_parts_findings(struct visit *v, const struct case_view *c)
{
	static const enum ui_verdict verdicts[] = {
		[FINDING_GOOD] = UI_GOOD,
		[FINDING_DOUBT] = UI_DOUBTFUL,
		[FINDING_BAD] = UI_BAD,
	};

	if (c->findings == NULL)
		return;
	ui_heading(v->html, 2, UI_M, _("What the system found"));
	ui_checks_begin(v->html);
	for (const struct finding *f = c->findings; f != NULL; f = f->next)
		ui_check(v->html, verdicts[f->level], f->sentence, NULL);
	ui_checks_end(v->html);
}

void
case_parts_answers(struct visit *v, const struct case_view *c)
{
	const struct definition_page *page = NULL;
	struct ui_summary list = { 0 };
	struct answer *answers;
	size_t n;

	ui_heading(v->html, 2, UI_M, _("Answers"));
	if (c->number > 1)
		ui_paragraph(v->html, arena_printf(v->arena,
		    _("As answered again: sending number %d."), c->number));
	answers = answer_list(v->arena, c->form, &n);
	for (size_t i = 0; i < n; i++) {
		if (answers[i].page != page) {
			if (page != NULL)
				ui_summary_end(v->html, &list);
			page = answers[i].page;
			ui_heading(v->html, 3, UI_S, words_read(page->title));
			ui_summary_begin(v->html, &list);
		}
		ui_summary_fact(v->html, &list, answers[i].label,
		    answers[i].value);
	}
	if (page != NULL)
		ui_summary_end(v->html, &list);
}

void
case_parts_inquiries(struct visit *v, const struct case_view *c)
{
	if (c->n_inquiries == 0)
		return;
	ui_heading(v->html, 2, UI_M, _("Questions to the applicant"));
	for (size_t i = 0; i < c->n_inquiries; i++) {
		const struct inquiry *q = &c->inquiries[i];
		const struct ui_summary list = { .title = arena_printf(
		    v->arena, _("Asked on %s"),
		    written_date(v->arena, q->asked_on)), .level = 3 };

		ui_summary_begin(v->html, &list);
		ui_summary_fact(v->html, &list, _("Question"), q->question);
		ui_summary_fact(v->html, &list, _("Answer"),
		    q->answer != NULL ? q->answer
		    : str_equal(q->state, "open") ? arena_printf(v->arena,
		    _("None yet; due by %s"), written_date(v->arena, q->due))
		    : _("None; it lapsed"));
		ui_summary_end(v->html, &list);
	}
}

void
case_parts_decisions(struct visit *v, const struct case_view *c)
{
	for (size_t i = 0; i < c->n_decisions; i++) {
		const struct decision *d = &c->decisions[i];

		if (i == 0)
			ui_heading(v->html, 2, UI_M, _("Decision"));
		ui_details_begin(v->html, d->letter.title, i == 0, NULL);
		ui_paragraphs(v->html, d->letter.body);
		ui_details_end(v->html);
	}
}

void
case_parts_timeline(struct visit *v, const struct case_view *c)
{
	ui_heading(v->html, 2, UI_M, _("What happened"));
	ui_timeline_begin(v->html);
	for (size_t i = c->n_events; i-- > 0;) {
		const struct casefile_event *e = &c->events[i];

		ui_timeline_event(v->html, &(struct ui_event){
			.title = desk_words_step(e->action),
			.by = e->handle == NULL
			    ? (str_equal(e->role, "system")
			    ? _("by rule") : _("applicant"))
			    : e->office == NULL ? e->handle
			    : arena_printf(v->arena, "%s, %s", e->handle,
			    e->office),
			.iso = written_iso(v->arena, e->at),
			.time = written_time(v->arena, e->at),
			.text = e->note,
		});
	}
	ui_timeline_end(v->html);
}

/* ---- commands */

static void
put_version(struct visit *v, const struct case_view *c)
{
	ui_hidden(v->html, "version", arena_printf(v->arena, "%d",
	    c->application->version));
}

static void
put_button(struct visit *v, const struct case_view *c, const char *path,
    const char *text, enum ui_button_kind kind)
{
	ui_form_begin(v->html, &(struct ui_form){
	    .action = case_path(v, c->application, path), .token = v->csrf });
	put_version(v, c);
	ui_button(v->html, &(struct ui_button){ .text = text, .kind = kind });
	ui_form_end(v->html);
}

/* A command that wants words for the file. */
static void
put_words(struct visit *v, const struct case_view *c, const char *path,
    const char *text, const char *label)
{
	ui_details_begin(v->html, text, false, path + 1);
	ui_form_begin(v->html, &(struct ui_form){
	    .action = case_path(v, c->application, path), .token = v->csrf });
	put_version(v, c);
	ui_textarea(v->html, &(struct ui_input){ .name = "note",
	    .id = arena_printf(v->arena, "note-%s", path + 1),
	    .label = { label, UI_PLAIN, false, NULL }, .rows = 3 });
	ui_button(v->html, &(struct ui_button){ .text = text,
	    .kind = UI_SECONDARY });
	ui_form_end(v->html);
	ui_details_end(v->html);
}

static void
put_link(struct visit *v, const struct case_view *c, const char *path,
    const char *text, enum ui_button_kind kind)
{
	ui_button(v->html, &(struct ui_button){ .text = text, .kind = kind,
	    .href = case_path(v, c->application, path) });
}

static bool
has_role(const struct visit *v, const char *role)
{
	return str_equal(role, "clerk")
	    ? (v->session->roles & ROLE_CLERK) != 0
	    : str_equal(role, "supervisor")
	    && (v->session->roles & ROLE_SUPERVISOR) != 0;
}

/* Is this command worth a button for whoever looks? PostgreSQL says the last
 * word when it is pressed. */
static bool
can(const struct visit *v, const struct case_view *c, const char *action)
{
	const struct application *a = c->application;

	for (size_t i = 0; i < c->n_actions; i++) {
		const struct casefile_action *t = &c->actions[i];

		if (!str_equal(t->action, action) || !has_role(v, t->role)
		    || (t->needs_lease && !c->mine)
		    || (t->second_person && uuid_equal(a->recommender,
		    v->session->account)))
			continue;
		return !str_equal(action, "claim") || c->holder == NULL;
	}
	return false;
}

void
case_parts_commands(struct visit *v, const struct case_view *c)
{
	ui_heading(v->html, 2, UI_M, _("What you can do"));
	if (can(v, c, "claim"))
		put_button(v, c, "/claim", _("Claim this case"), UI_PRIMARY);
	if (can(v, c, "approve") || can(v, c, "refuse"))
		put_link(v, c, "/decide", _("Decide"), UI_PRIMARY);
	if (can(v, c, "request_information"))
		put_link(v, c, "/ask", _("Ask the applicant"), UI_SECONDARY);
	if (can(v, c, "recommend"))
		put_words(v, c, "/recommend", _("Recommend"),
		    _("What do you recommend, and why?"));
	if (can(v, c, "return"))
		put_button(v, c, "/return", _("Return to the queue"),
		    UI_SECONDARY);
	if (can(v, c, "note"))
		put_words(v, c, "/note", _("Add a note"),
		    _("Note for the file"));
	if (can(v, c, "release"))
		put_button(v, c, "/release", _("Release"), UI_SECONDARY);
	if (can(v, c, "set_aside"))
		put_words(v, c, "/set-aside", _("Set the decision aside"),
		    _("Why is it set aside?"));
	if (c->n_actions == 0)
		ui_paragraph(v->html, _("This case is closed. Nothing can be "
		    "done with it."));
	else if (c->holder != NULL && !c->mine)
		ui_paragraph(v->html, _("Somebody else holds this case."));
}

void
case_parts_fees(struct visit *v, const struct case_view *c)
{
	static const struct {
		const char	*state;
		const char	*words;
	} states[] = {
		{ "open", N_("open") }, { "paid", N_("paid") },
		{ "waived", N_("waived") }, { "refunded", N_("refunded") },
	};
	const struct ui_summary list = { 0 };

	if (c->n_fees == 0)
		return;
	ui_heading(v->html, 2, UI_M, _("Fees"));
	ui_summary_begin(v->html, &list);
	for (size_t i = 0; i < c->n_fees; i++) {
		const struct fee *f = &c->fees[i];
		const char *state = f->state;

		for (size_t k = 0; k < sizeof states / sizeof *states; k++)
			if (str_equal(states[k].state, f->state))
				state = _(states[k].words);
		ui_summary_fact(v->html, &list, applicant_fee(v,
		    form_definition(c->form), f->line),
		    arena_printf(v->arena, "%s (%s)",
		    written_money(v->arena, f->currency, f->amount), state));
	}
	ui_summary_end(v->html, &list);
	if (can(v, c, "paid"))
		put_button(v, c, "/pay", arena_printf(v->arena,
		    _("Paid at the counter: %s"), written_money(v->arena,
		    c->fees[0].currency, fee_due(c->fees, c->n_fees))),
		    UI_PRIMARY);
}

void
case_parts_related(struct visit *v, const struct case_view *c)
{
	if (c->n_related == 0)
		return;
	ui_heading(v->html, 2, UI_M, _("Related cases"));
	ui_list_begin(v->html, UI_LIST_PLAIN);
	for (size_t i = 0; i < c->n_related; i++) {
		const struct casefile_related *r = &c->related[i];

		ui_item_begin(v->html);
		ui_link(v->html, visit_path(v, "%s/%s",
		    applicant_service(v)->desk, r->reference), r->reference);
		ui_words(v->html, arena_printf(v->arena, " %s",
		    desk_words_state(r->state).name));
		ui_item_end(v->html);
	}
	ui_list_end(v->html, UI_LIST_PLAIN);
}

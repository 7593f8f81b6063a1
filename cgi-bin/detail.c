/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The page that opens a detail shows it in place of a redirection: it can be
 * read once, and no second page could show it again.
 */
#include "cgi-bin/detail.h"

#include "cgi-bin/audit_words.h"
#include "cgi-bin/page.h"
#include "cgi-bin/ui_desk.h"
#include "cgi-bin/ui_form.h"
#include "cgi-bin/ui_list.h"
#include "cgi-bin/ui_notice.h"
#include "cgi-bin/ui_table.h"
#include "cgi-bin/visit.h"
#include "cgi-bin/written.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/text.h"
#include "services/detail.h"
#include "services/session.h"

static const struct {
	const char	*state;
	const char	*name;
	enum ui_colour	 colour;
} states[] = {
	{ "asked", N_("Waits for a supervisor"), UI_BLUE },
	{ "approved", N_("Approved"), UI_GREEN },
	{ "refused", N_("Refused"), UI_RED },
	{ "opened", N_("Opened"), UI_GREY },
	{ "lapsed", N_("Lapsed"), UI_GREY },
};

static const struct {
	const char	*rule;
	const char	*sentence;
} rules[] = {
	{ "four_eyes", N_("You asked for this yourself, or the entry is your "
	    "own. Another supervisor has to decide.") },
	{ "conflict_of_interest", N_("The entry is about you or somebody "
	    "related to you. Another person has to do this.") },
	{ "role_missing", N_("Your role does not take this step.") },
	{ "not_asker", N_("Only the auditor who asked may open it.") },
	{ "detail_over", N_("The 24 hours are over. Ask again.") },
	{ "detail_nowhere", N_("A program without pages wrote this entry. It "
	    "holds nothing personal, and nobody can open it here.") },
	{ "detail_request_edge", N_("This was done already, or it cannot be "
	    "done in this place.") },
	{ "detail_request_once", N_("You have asked for this entry already. "
	    "See your requests.") },
};

void
detail_put_state(struct visit *v, const struct detail_request *r)
{
	for (size_t i = 0; i < sizeof states / sizeof *states; i++)
		if (str_equal(states[i].state, r->state))
			ui_tag(v->html, states[i].colour,
			    _(states[i].name));
}

const char *
detail_rule(const struct err *e)
{
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		if (err_is(e, rules[i].rule))
			return _(rules[i].sentence);
	return NULL;
}

void
detail_fail(struct visit *v, const struct err *e, const char *back)
{
	const char *sentence = detail_rule(e);

	visit_back(v, back);
	if (sentence == NULL) {
		visit_fail(v, e);
		return;
	}
	page_begin(v, &(struct page){ .title = _("This cannot be done"),
	    .back = back });
	ui_heading(v->html, 1, UI_L, _("This cannot be done"));
	ui_paragraph(v->html, sentence);
	page_end(v);
	response_page(v->response, 403);
}

/* Somebody else's request is as if it were not there. */
static bool
get(struct visit *v, struct detail_request *r)
{
	struct err e = { 0 };

	if (detail_get(v->room, v->arena, visit_uuid(v, "request"), r, &e)
	    && uuid_equal(r->asker, v->session->account))
		return true;
	if (e.code == ERR_NONE)
		err_set(&e, ERR_ABSENT, "somebody else's request");
	visit_fail(v, &e);
	return false;
}

void
detail_show(struct visit *v)
{
	struct detail_request r;

	visit_back(v, "/audit/details");
	if (!get(v, &r))
		return;
	page_begin(v, &(struct page){ .title = _("Open a sealed detail"),
	    .back = "/audit/details" });
	ui_heading_caption(v->html, 1, UI_L,
	    audit_words_room(r.room), _("Open a sealed detail"));
	ui_paragraph_begin(v->html);
	detail_put_state(v, &r);
	ui_paragraph_end(v->html);
	if (!str_equal(r.state, "approved")) {
		ui_paragraph(v->html, _("It can be opened once, within 24 "
		    "hours after a supervisor has approved it."));
		page_end(v);
		return;
	}
	ui_warning(v->html, _("You can open it once. Whom it is about sees "
	    "that it was opened."));
	ui_paragraph(v->html, arena_printf(v->arena, _("Open it before %s."),
	    written_time(v->arena, r.until_at)));
	ui_form_begin(v->html, &(struct ui_form){ .token = v->csrf,
	    .action = v->request->path });
	ui_submit(v->html, _("Open it now"));
	ui_form_end(v->html);
	page_end(v);
}

static void
put_id(struct visit *v, const struct ui_summary *list, const char *key,
    struct uuid id)
{
	char text[UUID_TEXT];

	ui_summary_fact(v->html, list, key, uuid_is_nil(id) ? "–"
	    : uuid_text(id, text));
}

static void
put_values(struct visit *v, const struct detail *d)
{
	const struct ui_column_head columns[] = {
		{ .text = _("What") }, { .text = _("Value") },
	};
	struct ui_table t = { .caption = _("What the entry keeps besides"),
	    .columns = columns, .n = 2, .small = true, .cards = true };

	if (d->n == 0)
		return;
	ui_table_begin(v->html, &t);
	for (size_t i = 0; i < d->n; i++) {
		const struct detail_value *value = &d->values[i];

		ui_table_row(v->html, &t);
		ui_cell(v->html, &t, value->table == NULL ? "–"
		    : arena_printf(v->arena, "%s.%s", value->table,
		    value->column));
		ui_cell_begin(v->html, &t);
		ui_typed(v->html, value->text != NULL ? value->text : "–");
		ui_cell_end(v->html, &t);
	}
	ui_table_end(v->html, &t);
}

static void
put_detail(struct visit *v, const struct detail_request *r,
    const struct detail *d)
{
	const struct ui_summary list = { .actions = false };

	ui_summary_begin(v->html, &list);
	put_id(v, &list, _("Entry"), r->entry);
	put_id(v, &list, _("Account"), d->actor);
	put_id(v, &list, _("Person (pseudonym)"), d->subject);
	put_id(v, &list, _("Case"), d->application);
	put_id(v, &list, _("First record"), d->row);
	ui_summary_end(v->html, &list);
	put_values(v, d);
	ui_checks_begin(v->html);
	ui_check(v->html, d->agrees ? UI_GOOD : UI_BAD,
	    _("The entry in the log commits to these values"),
	    d->agrees ? NULL : _("Somebody changed one of the two. Report "
	    "this."));
	ui_checks_end(v->html);
}

void
detail_open_page(struct visit *v)
{
	struct detail_request r;
	struct detail d;
	struct err e = { 0 };

	visit_back(v, "/audit/details");
	if (!get(v, &r))
		return;
	if (!detail_open(v->room, v->arena, v->session, &r, &d, &e)) {
		detail_fail(v, &e, "/audit/details");
		return;
	}
	page_begin(v, &(struct page){ .title = _("A sealed detail"),
	    .back = "/audit/details" });
	ui_heading_caption(v->html, 1, UI_L, audit_words_room(r.room),
	    _("A sealed detail"));
	ui_inset(v->html, _("This page is shown once. Print it if you need "
	    "it, and keep it as you keep a record."));
	put_detail(v, &r, &d);
	page_end(v);
}

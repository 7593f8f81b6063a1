/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Asking and deciding. A supervisor sees the reason and the entry's number,
 * and nothing of the log.
 */
#include "cgi-bin/audit_detail_pages.h"

#include "cgi-bin/audit_parts.h"
#include "cgi-bin/audit_words.h"
#include "cgi-bin/detail.h"
#include "cgi-bin/field.h"
#include "cgi-bin/page.h"
#include "cgi-bin/ui_form.h"
#include "cgi-bin/ui_input.h"
#include "cgi-bin/ui_list.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/ui_table.h"
#include "cgi-bin/visit.h"
#include "cgi-bin/written.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/text.h"
#include "services/detail.h"
#include "services/session.h"

static const struct field ask_field[] = {
	{ .name = "reason", .type = FIELD_LINES, .required = true,
	    .min = 10, .max = DETAIL_REASON,
	    .missing = N_("Say why the detail has to be opened") },
};

static const char *
path_of(struct visit *v, struct uuid request)
{
	return visit_path(v, "/audit/details/%s", audit_id(v, request));
}

/* ---- asking ---- */

static void
put_ask(struct visit *v, struct uuid entry, const struct answers *a)
{
	ui_form_begin(v->html, &(struct ui_form){ .token = v->csrf,
	    .action = visit_path(v, "/audit/entries/%s/detail",
	    audit_id(v, entry)) });
	ui_textarea(v->html, &(struct ui_input){ .name = "reason",
	    .label = { _("Why does its detail have to be opened?"), UI_S,
	    false, NULL },
	    .hint = _("A supervisor reads this and decides within 24 hours."),
	    .rows = 3, .value = a != NULL ? field_typed(a, "reason") : NULL,
	    .error = a != NULL ? field_error(a, "reason") : NULL });
	ui_button(v->html, &(struct ui_button){ .kind = UI_SECONDARY,
	    .text = _("Ask a supervisor") });
	ui_form_end(v->html);
}

void
audit_detail_put_ask(struct visit *v, const struct uuid *entry)
{
	ui_heading(v->html, 2, UI_M, _("Its sealed detail"));
	ui_paragraph(v->html, _("What was typed or searched for, reasons, "
	    "and the values behind the commitments are sealed. The room that "
	    "wrote the entry opens them once, after a supervisor approved."));
	put_ask(v, *entry, NULL);
}

void
audit_detail_page_ask(struct visit *v)
{
	struct uuid entry = visit_uuid(v, "event"), request;
	const char *back = audit_entry_path(v, entry);
	struct answers a;
	struct err e = { 0 };

	if (!field_read(v, ask_field, 1, &a)) {
		page_begin(v, &(struct page){ .answers = &a, .back = back,
		    .title = _("Ask to open a sealed detail") });
		ui_heading_caption(v->html, 1, UI_L, audit_id(v, entry),
		    _("Ask to open a sealed detail"));
		put_ask(v, entry, &a);
		page_end(v);
		return;
	}
	if (detail_ask(v->room, v->arena, v->session, entry,
	    field_text(&a, "reason"), &request, &e))
		response_redirect(v->response, path_of(v, request));
	else
		detail_fail(v, &e, back);
}

/* ---- the list ---- */

static void
put_requests(struct visit *v, const struct detail_request *all, size_t n,
    const char *caption)
{
	const struct ui_column_head columns[] = {
		{ .text = _("Asked") }, { .text = _("By") },
		{ .text = _("Where") }, { .text = _("State") },
		{ .text = _("Until") },
	};
	struct ui_table t = { .caption = caption, .columns = columns,
	    .n = 5, .cards = true };

	ui_table_begin(v->html, &t);
	for (size_t i = 0; i < n; i++) {
		ui_table_row(v->html, &t);
		ui_cell_begin(v->html, &t);
		ui_link(v->html, path_of(v, all[i].id),
		    written_time(v->arena, all[i].asked_at));
		ui_cell_end(v->html, &t);
		ui_cell(v->html, &t, all[i].handle);
		ui_cell(v->html, &t, audit_words_room(all[i].room));
		ui_cell_begin(v->html, &t);
		detail_put_state(v, &all[i]);
		ui_cell_end(v->html, &t);
		ui_cell(v->html, &t, written_time(v->arena,
		    all[i].until_at));
	}
	ui_table_end(v->html, &t);
}

static bool
put_part(struct visit *v, bool waiting, const char *caption,
    const char *empty)
{
	struct detail_request *all;
	struct err e = { 0 };
	size_t n;

	if (!detail_list(v->room, v->arena, v->session, waiting, &all, &n,
	    &e)) {
		visit_fail(v, &e);
		return false;
	}
	if (n > 0)
		put_requests(v, all, n, caption);
	else
		ui_paragraph(v->html, empty);
	return true;
}

void
audit_detail_page_list(struct visit *v)
{
	unsigned roles = v->session->roles;

	if ((roles & (ROLE_AUDITOR | ROLE_SUPERVISOR)) == 0) {
		struct err e;

		err_rule(&e, "guard_role", "another role's page");
		visit_fail(v, &e);
		return;
	}
	page_begin(v, &(struct page){ .title = _("Sealed details"),
	    .back = roles & ROLE_AUDITOR ? "/audit" : "/desk" });
	ui_heading(v->html, 1, UI_L, _("Sealed details"));
	if (roles & ROLE_AUDITOR && !put_part(v, false, _("Your requests"),
	    _("You have asked for none yet. The page of each entry has a "
	    "form that asks.")))
		return;
	if (roles & ROLE_SUPERVISOR && !put_part(v, true,
	    _("Waiting for a supervisor"), _("No request waits for a "
	    "supervisor.")))
		return;
	page_end(v);
}

/* ---- one request ---- */

/* One's own, or any for a supervisor. */
static bool
get(struct visit *v, struct detail_request *r, const char **reason)
{
	struct err e = { 0 };

	if (detail_get(v->room, v->arena, visit_uuid(v, "request"), r, &e)
	    && ((v->session->roles & ROLE_SUPERVISOR) != 0
	    || uuid_equal(r->asker, v->session->account))
	    && detail_reason(v->room, v->arena, r, reason, &e))
		return true;
	if (e.code == ERR_NONE)
		err_set(&e, ERR_ABSENT, "somebody else's request");
	visit_fail(v, &e);
	return false;
}

static void
put_decision(struct visit *v, const struct detail_request *r)
{
	static const struct {
		const char		*action;
		const char		*text;
		enum ui_button_kind	 kind;
	} ways[] = {
		{ "approve", N_("Approve"), UI_PRIMARY },
		{ "refuse", N_("Refuse"), UI_SECONDARY },
	};

	ui_paragraph(v->html, _("If you approve, the auditor can open the "
	    "detail once within 24 hours. Both are entries of the log."));
	for (size_t i = 0; i < 2; i++) {
		ui_form_begin(v->html, &(struct ui_form){ .token = v->csrf,
		    .action = visit_path(v, "%s/%s", path_of(v, r->id),
		    ways[i].action) });
		ui_button(v->html, &(struct ui_button){
		    .text = _(ways[i].text), .kind = ways[i].kind });
		ui_form_end(v->html);
	}
}

static void
put_request(struct visit *v, const struct detail_request *r,
    const char *reason)
{
	const struct ui_summary list = { .actions = false };
	const struct ui_summary_row row = { .key = _("State") };

	ui_summary_begin(v->html, &list);
	ui_summary_row_begin(v->html, &list, &row);
	detail_put_state(v, r);
	ui_summary_row_end(v->html, &list, &row);
	ui_summary_fact(v->html, &list, _("Entry"), audit_id(v, r->entry));
	ui_summary_fact(v->html, &list, _("Where"),
	    audit_words_room(r->room));
	ui_summary_fact(v->html, &list, _("Reason"), reason);
	ui_summary_fact(v->html, &list, _("Asked"),
	    written_time(v->arena, r->asked_at));
	ui_summary_fact(v->html, &list, _("Until"),
	    written_time(v->arena, r->until_at));
	if (r->decided_at != INSTANT_NONE)
		ui_summary_fact(v->html, &list, _("Decided"),
		    written_time(v->arena, r->decided_at));
	if (r->opened_at != INSTANT_NONE)
		ui_summary_fact(v->html, &list, _("Opened"),
		    written_time(v->arena, r->opened_at));
	ui_summary_end(v->html, &list);
}

void
audit_detail_page_show(struct visit *v)
{
	struct detail_request r;
	const char *reason;
	bool own;

	visit_back(v, "/audit/details");
	if (!get(v, &r, &reason))
		return;
	own = uuid_equal(r.asker, v->session->account);
	page_begin(v, &(struct page){
	    .title = _("Request to open a sealed detail"),
	    .back = "/audit/details" });
	ui_heading(v->html, 1, UI_L, _("Request to open a sealed detail"));
	put_request(v, &r, reason);
	if (str_equal(r.state, "asked") && !own)
		put_decision(v, &r);
	if (str_equal(r.state, "approved") && own
	    && detail_path(r.room) != NULL)
		ui_button(v->html, &(struct ui_button){
		    .text = _("Open the detail"),
		    .href = visit_path(v, "%s/%s", detail_path(r.room),
		    audit_id(v, r.id)) });
	page_end(v);
}

static void
decide(struct visit *v, bool approve)
{
	struct detail_request r;
	const char *reason;
	struct err e = { 0 };

	visit_back(v, "/audit/details");
	if (!get(v, &r, &reason))
		return;
	if (detail_decide(v->room, v->arena, v->session, &r, approve, &e))
		response_redirect(v->response, path_of(v, r.id));
	else
		detail_fail(v, &e, path_of(v, r.id));
}

void
audit_detail_page_approve(struct visit *v)
{
	decide(v, true);
}

void
audit_detail_page_refuse(struct visit *v)
{
	decide(v, false);
}

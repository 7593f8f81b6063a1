/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One entry and one case. The services write the entry of each question
 * before they answer; no page here shows what such an entry does not tell of.
 */
#include "cgi-bin/audit_pages.h"

#include "cgi-bin/audit_detail_pages.h"
#include "cgi-bin/audit_parts.h"
#include "cgi-bin/audit_rows.h"
#include "cgi-bin/audit_words.h"
#include "cgi-bin/desk_words.h"
#include "cgi-bin/field.h"
#include "cgi-bin/page.h"
#include "cgi-bin/ui_form.h"
#include "cgi-bin/ui_input.h"
#include "cgi-bin/ui_list.h"
#include "cgi-bin/ui_notice.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/ui_timeline.h"
#include "cgi-bin/visit.h"
#include "cgi-bin/written.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/text.h"
#include "services/auditlog.h"

static const struct field find_field[] = {
	{ .name = "event", .type = FIELD_UUID, .required = true,
	    .missing = N_("Enter the number of an entry"),
	    .wrong = N_("Enter the number as it stands on the receipt, with "
	    "its hyphens") },
};

void
audit_put_find(struct visit *v, const struct answers *a)
{
	ui_form_begin(v->html, &(struct ui_form){ .action = "/audit/entries",
	    .get = true, .label = _("Open an entry") });
	ui_input(v->html, &(struct ui_input){ .name = "event",
	    .label = { _("Number of an entry"), UI_S, false, NULL },
	    .hint = _("It stands on receipts."),
	    .spelling = UI_SPELLING_OFF,
	    .value = a != NULL ? field_typed(a, "event") : "",
	    .error = a != NULL ? field_error(a, "event") : NULL });
	ui_button(v->html, &(struct ui_button){ .text = _("Open"),
	    .kind = UI_SECONDARY });
	ui_form_end(v->html);
}

void
audit_page_find(struct visit *v)
{
	struct answers a;

	if (field_read(v, find_field, 1, &a)) {
		response_redirect(v->response, audit_entry_path(v,
		    field_uuid(&a, "event")));
		return;
	}
	page_begin(v, &(struct page){ .title = _("Open an entry"),
	    .answers = &a, .back = "/audit" });
	ui_heading(v->html, 1, UI_L, _("Open an entry"));
	audit_put_find(v, &a);
	page_end(v);
}

/* ---- one entry ---- */

void
audit_page_entry(struct visit *v)
{
	struct auditlog_entry entry;
	struct uuid event = visit_uuid(v, "event");
	const char *title;
	struct err e = { 0 };

	visit_back(v, "/audit");
	if (!auditlog_get(v->room, v->arena, v->session, event, &entry, &e)) {
		visit_fail(v, &e);
		return;
	}
	title = audit_words_event(entry.row.type);
	page_begin(v, &(struct page){ .title = arena_printf(v->arena,
	    _("Entry: %s"), title), .back = "/audit", .wide = true });
	ui_heading_caption(v->html, 1, UI_L, audit_id(v, event), title);
	audit_put_facts(v, &entry.row);
	audit_put_images(v, &entry);
	audit_put_log(v, &entry);
	audit_detail_put_ask(v, &event);
	page_end(v);
}

static void
take_away(struct visit *v, bool proof)
{
	struct uuid event = visit_uuid(v, "event");
	const char *id = audit_id(v, event);
	struct auditlog_entry entry;
	struct err e = { 0 };

	visit_back(v, audit_entry_path(v, event));
	if (!auditlog_take_away(v->room, v->arena, v->session, event, &entry,
	    &e))
		visit_fail(v, &e);
	else if (proof ? entry.proof.note.p == NULL : entry.text.p == NULL)
		visit_refuse(v, 404, NULL);
	else if (proof)
		response_download(v->response, arena_printf(v->arena,
		    "%s.tlog-proof", id), "text/plain; charset=utf-8",
		    auditlog_proof(v->arena, &entry));
	else
		response_download(v->response, arena_printf(v->arena,
		    "%s.leaf", id), "application/octet-stream", entry.text);
}

void
audit_page_proof(struct visit *v)
{
	take_away(v, true);
}

void
audit_page_leaf(struct visit *v)
{
	take_away(v, false);
}

/* ---- one case ---- */

static void
put_step(struct visit *v, const struct auditlog_step *s)
{
	ui_item_begin(v->html);
	ui_words(v->html, arena_printf(v->arena, "%s: %s → %s",
	    desk_words_step(s->action), desk_words_state(s->from).name,
	    desk_words_state(s->to).name));
	ui_item_end(v->html);
}

/* The steps that this entry commits to. */
static void
put_steps(struct visit *v, const struct auditlog_case *c, struct uuid entry)
{
	bool any = false;

	for (size_t i = 0; i < c->n_steps; i++) {
		if (!uuid_equal(c->steps[i].entry, entry))
			continue;
		if (!any)
			ui_list_begin(v->html, UI_LIST_BULLET);
		any = true;
		put_step(v, &c->steps[i]);
	}
	if (any)
		ui_list_end(v->html, UI_LIST_BULLET);
}

static void
put_event(struct visit *v, const struct auditlog_case *c,
    const struct auditlog_row *r)
{
	const char *title = audit_words_event(r->type);

	if (r->outcome != OUTCOME_OK)
		title = arena_printf(v->arena, "%s: %s", title,
		    audit_words_outcome(r->outcome));
	ui_timeline_event_begin(v->html, &(struct ui_event){ .title = title,
	    .by = audit_who(v, r), .iso = written_iso(v->arena, r->at),
	    .time = written_time(v->arena, r->at) });
	put_steps(v, c, r->id);
	ui_paragraph_begin(v->html);
	ui_words(v->html, arena_printf(v->arena, "%s · %s · ",
	    audit_words_room(r->room), audit_words_purpose(r->purpose)));
	ui_link_about(v->html, audit_entry_path(v, r->id), _("Entry"),
	    written_time(v->arena, r->at));
	ui_paragraph_end(v->html);
	ui_timeline_event_end(v->html);
}

/* A step without an entry cannot be written by any program. */
static void
put_orphans(struct visit *v, const struct auditlog_case *c)
{
	bool any = false;

	for (size_t i = 0; i < c->n_steps; i++)
		any = any || uuid_is_nil(c->steps[i].entry);
	if (!any)
		return;
	ui_warning(v->html, _("Steps of this case have no entry: they were "
	    "not written by any of our programs, or their entries are gone. "
	    "Report this."));
	put_steps(v, c, (struct uuid){ { 0 } });
}

static void
put_case(struct visit *v, const struct auditlog_case *c)
{
	const struct application *a = &c->application;
	const struct desk_state state = desk_words_state(a->state);
	const struct ui_summary list = { .borderless = true };
	const struct ui_summary_row row = { .key = _("State") };

	ui_summary_begin(v->html, &list);
	ui_summary_fact(v->html, &list, _("Form"), a->form);
	ui_summary_row_begin(v->html, &list, &row);
	ui_tag(v->html, state.colour, state.name);
	ui_summary_row_end(v->html, &list, &row);
	ui_summary_fact(v->html, &list, _("Filed"),
	    written_time(v->arena, a->submitted_at));
	ui_summary_end(v->html, &list);
	put_orphans(v, c);
	ui_heading(v->html, 2, UI_M, _("What happened"));
	if (c->n == 0) {
		ui_paragraph(v->html, _("No entry names this case. If it was "
		    "erased on request, its entries are there without its "
		    "name."));
		return;
	}
	ui_timeline_begin(v->html);
	for (size_t i = 0; i < c->n; i++)
		put_event(v, c, &c->rows[i]);
	ui_timeline_end(v->html);
	if (!c->more)
		return;
	ui_paragraph_begin(v->html);
	ui_link(v->html, visit_path(v, "/audit?reference=%s", a->reference),
	    _("There are more: search for the newest entries of this case"));
	ui_paragraph_end(v->html);
}

static void
put_case_export(struct visit *v, const struct auditlog_case *c)
{
	ui_form_begin(v->html, &(struct ui_form){ .token = v->csrf,
	    .action = visit_path(v, "/audit/cases/%s/export",
	    c->application.reference) });
	ui_button(v->html, &(struct ui_button){ .kind = UI_SECONDARY,
	    .text = _("Download as CSV") });
	ui_form_end(v->html);
}

void
audit_page_case(struct visit *v)
{
	struct auditlog_case c;
	struct err e = { 0 };

	visit_back(v, "/audit");
	if (!auditlog_case(v->room, v->arena, v->session, visit_text(v,
	    "reference"), false, &c, &e)) {
		visit_fail(v, &e);
		return;
	}
	page_begin(v, &(struct page){ .title = arena_printf(v->arena,
	    _("Case %s"), c.application.reference), .back = "/audit" });
	ui_heading_caption(v->html, 1, UI_L, c.application.reference,
	    _("Everything about this case"));
	put_case(v, &c);
	if (c.n > 0)
		put_case_export(v, &c);
	page_end(v);
}

void
audit_page_case_export(struct visit *v)
{
	struct auditlog_case c;
	struct err e = { 0 };

	visit_back(v, "/audit");
	if (!auditlog_case(v->room, v->arena, v->session, visit_text(v,
	    "reference"), true, &c, &e)) {
		visit_fail(v, &e);
		return;
	}
	response_download(v->response, "case.csv",
	    "text/csv; charset=utf-8", audit_rows_file(v->arena, EXPORT_CSV,
	    c.rows, c.n));
}

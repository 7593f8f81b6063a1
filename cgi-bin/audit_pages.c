/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The auditors' pages. The services write the entry of each question before
 * they answer; no page here shows what such an entry does not tell of.
 */
#include "cgi-bin/audit_pages.h"

#include "cgi-bin/audit_filter.h"
#include "cgi-bin/audit_parts.h"
#include "cgi-bin/audit_words.h"
#include "cgi-bin/csv.h"
#include "cgi-bin/desk_words.h"
#include "cgi-bin/field.h"
#include "cgi-bin/page.h"
#include "cgi-bin/ui_form.h"
#include "cgi-bin/ui_input.h"
#include "cgi-bin/ui_list.h"
#include "cgi-bin/ui_notice.h"
#include "cgi-bin/ui_pagination.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/ui_table.h"
#include "cgi-bin/ui_timeline.h"
#include "cgi-bin/visit.h"
#include "cgi-bin/written.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/text.h"
#include "services/auditlog.h"

const struct route audit_routes[] = {
	{ METHOD_GET, "/audit", GUARD_AUDITOR, CSRF_NONE, audit_page_search,
	    0 },
	{ METHOD_POST, "/audit/export", GUARD_AUDITOR, CSRF_TOKEN,
	    audit_page_export, 0 },
	{ METHOD_GET, "/audit/entries", GUARD_AUDITOR, CSRF_NONE,
	    audit_page_find, 0 },
	{ METHOD_GET, "/audit/entries/{event:uuid}", GUARD_AUDITOR,
	    CSRF_NONE, audit_page_entry, 0 },
	{ METHOD_GET, "/audit/cases/{reference:reference}", GUARD_AUDITOR,
	    CSRF_NONE, audit_page_case, 0 },
};
const size_t audit_routes_n = sizeof audit_routes / sizeof *audit_routes;

/* ---- the search ---- */

static void
put_row(struct visit *v, struct ui_table *t, const struct auditlog_row *r)
{
	ui_table_row(v->html, t);
	ui_cell_begin(v->html, t);
	ui_link(v->html, audit_entry_path(v, r->id),
	    written_time(v->arena, r->at));
	ui_cell_end(v->html, t);
	ui_cell(v->html, t, audit_words_event(r->type));
	ui_cell(v->html, t, audit_words_room(r->room));
	ui_cell(v->html, t, audit_words_purpose(r->purpose));
	ui_cell_begin(v->html, t);
	ui_tag(v->html, audit_words_colour(r->outcome),
	    audit_words_outcome(r->outcome));
	ui_cell_end(v->html, t);
	ui_cell(v->html, t, audit_who(v, r));
	ui_cell_begin(v->html, t);
	if (r->reference != NULL)
		ui_link(v->html, visit_path(v, "/audit/cases/%s",
		    r->reference), r->reference);
	else
		ui_words(v->html, "–");
	ui_cell_end(v->html, t);
	ui_cell(v->html, t, audit_record(r));
}

static void
put_nothing(struct visit *v, const struct auditlog_page *page)
{
	if (page->no_handle)
		ui_paragraph(v->html, _("Nobody has this staff handle. Check "
		    "it and search again."));
	else if (page->no_case)
		ui_paragraph(v->html, _("There is no case with this "
		    "reference. Check it and search again."));
	else
		ui_paragraph(v->html, _("No entry fits. Take a filter away "
		    "or choose a longer time, and search again."));
}

static void
put_table(struct visit *v, const struct auditlog_page *page)
{
	const struct ui_column_head columns[] = {
		{ .text = _("When") }, { .text = _("What") },
		{ .text = _("Where") }, { .text = _("Purpose") },
		{ .text = _("Outcome") }, { .text = _("Who") },
		{ .text = _("Case") }, { .text = _("Record") },
	};
	struct ui_table t = { .caption = _("Entries, newest first"),
	    .caption_hidden = true, .columns = columns, .n = 8,
	    .small = true, .cards = true };

	if (page->n == 0) {
		put_nothing(v, page);
		return;
	}
	ui_table_begin(v->html, &t);
	for (size_t i = 0; i < page->n; i++)
		put_row(v, &t, &page->rows[i]);
	ui_table_end(v->html, &t);
}

static void
put_pages(struct visit *v, const struct auditlog_page *page, bool later)
{
	const char *first = query_address(v->arena, "/audit",
	    &v->request->query, "before");
	const char *next = NULL;

	if (page->more)
		next = visit_path(v, "%s%sbefore=%s", first,
		    strchr(first, '?') != NULL ? "&" : "?",
		    audit_id(v, page->rows[page->n - 1].id));
	ui_pagination(v->html, &(struct ui_pagination){
	    .previous = later ? first : NULL,
	    .previous_text = _("Newest entries"),
	    .next = next, .next_text = _("Older entries") });
}

static void
put_export(struct visit *v, const struct answers *a)
{
	ui_form_begin(v->html, &(struct ui_form){ .action = "/audit/export",
	    .token = v->csrf });
	audit_filter_hide(v, a);
	ui_button(v->html, &(struct ui_button){ .kind = UI_SECONDARY,
	    .text = _("Download as CSV") });
	ui_form_end(v->html);
	ui_paragraph(v->html, arena_printf(v->arena, _("At most %d entries, "
	    "the newest first. The download is an entry too."),
	    AUDITLOG_EXPORT));
}

static const struct field find_field[] = {
	{ .name = "event", .type = FIELD_UUID, .required = true,
	    .missing = N_("Enter the number of an entry"),
	    .wrong = N_("Enter the number as it stands on the receipt, with "
	    "its hyphens") },
};

static void
put_find(struct visit *v, const struct answers *a)
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

/* found NULL: the filter has a fault, and nothing was searched for. */
static void
show_search(struct visit *v, const struct answers *a,
    const struct auditlog_page *found, bool later)
{
	page_begin(v, &(struct page){ .title = _("Audit log"), .answers = a,
	    .wide = true, .whole = true });
	ui_heading(v->html, 1, UI_L, _("Audit log"));
	ui_row_begin(v->html);
	ui_column_begin(v->html, UI_ONE_QUARTER);
	if (!audit_filter_put(v, a))
		return;
	put_find(v, NULL);
	ui_column_end(v->html);
	ui_column_begin(v->html, UI_THREE_QUARTERS);
	if (found != NULL) {
		put_table(v, found);
		put_pages(v, found, later);
		if (found->n > 0)
			put_export(v, a);
	}
	ui_paragraph(v->html, _("Each search and each page shown here is "
	    "recorded. An entry's details are sealed: the room that wrote "
	    "them opens them on request."));
	ui_column_end(v->html);
	ui_row_end(v->html);
	page_end(v);
}

void
audit_page_search(struct visit *v)
{
	struct auditlog_filter f;
	struct auditlog_page found;
	struct answers a;
	struct err e = { 0 };

	if (!audit_filter_read(v, &a, &f)) {
		show_search(v, &a, NULL, false);
		return;
	}
	if (!auditlog_search(v->room, v->arena, v->session, &f, &found, &e)) {
		visit_fail(v, &e);
		return;
	}
	show_search(v, &a, &found, !uuid_is_nil(f.before));
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
	put_find(v, &a);
	page_end(v);
}

/* ---- export: codes as the register writes them, for programs ---- */

static void
csv_id(struct visit *v, struct csv *csv, struct uuid id)
{
	csv_cell(csv, uuid_is_nil(id) ? NULL : audit_id(v, id));
}

static struct bytes
csv_of(struct visit *v, const struct auditlog_page *page)
{
	static const char *const heads[] = { "entry", "at", "room", "event",
	    "outcome", "purpose", "handle", "office", "account", "person",
	    "case", "record", "row", NULL };
	static const char *const outcomes[] = { "ok", "denied", "error" };
	struct csv csv = csv_new(v->arena, heads);

	for (size_t i = 0; i < page->n; i++) {
		const struct auditlog_row *r = &page->rows[i];

		csv_id(v, &csv, r->id);
		csv_cell(&csv, written_iso(v->arena, r->at));
		csv_cell(&csv, registry_room_name(r->room));
		csv_cell(&csv, registry_event_name(r->type));
		csv_cell(&csv, r->outcome <= OUTCOME_ERROR
		    ? outcomes[r->outcome] : NULL);
		csv_cell(&csv, registry_purpose_name(r->purpose));
		csv_cell(&csv, r->handle);
		csv_cell(&csv, r->office);
		csv_id(v, &csv, r->actor);
		csv_id(v, &csv, r->subject);
		csv_cell(&csv, r->reference);
		csv_cell(&csv, audit_words_table(r->table));
		csv_id(v, &csv, r->row);
		csv_end_row(&csv);
	}
	return csv_bytes(&csv);
}

void
audit_page_export(struct visit *v)
{
	struct auditlog_filter f;
	struct auditlog_page found;
	struct answers a;
	struct err e = { 0 };

	visit_back(v, "/audit");
	if (!audit_filter_read(v, &a, &f)) {
		show_search(v, &a, NULL, false);
		return;
	}
	if (!auditlog_export(v->room, v->arena, v->session, &f, &found, &e)) {
		visit_fail(v, &e);
		return;
	}
	response_download(v->response, "audit-log.csv",
	    "text/csv; charset=utf-8", csv_of(v, &found));
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
	page_end(v);
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

void
audit_page_case(struct visit *v)
{
	struct auditlog_case c;
	struct err e = { 0 };

	visit_back(v, "/audit");
	if (!auditlog_case(v->room, v->arena, v->session, visit_text(v,
	    "reference"), &c, &e)) {
		visit_fail(v, &e);
		return;
	}
	page_begin(v, &(struct page){ .title = arena_printf(v->arena,
	    _("Case %s"), c.application.reference), .back = "/audit" });
	ui_heading_caption(v->html, 1, UI_L, c.application.reference,
	    _("Everything about this case"));
	put_case(v, &c);
	page_end(v);
}

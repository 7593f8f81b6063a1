/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tables of who saw whom. Each has its days in the address and is to be had
 * as a file; both are entries.
 */
#include "cgi-bin/audit_access_pages.h"

#include <inttypes.h>

#include "cgi-bin/audit_parts.h"
#include "cgi-bin/audit_rows.h"
#include "cgi-bin/audit_span.h"
#include "cgi-bin/csv.h"
#include "cgi-bin/page.h"
#include "cgi-bin/ui_pagination.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/ui_table.h"
#include "cgi-bin/visit.h"
#include "cgi-bin/written.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/text.h"
#include "services/auditlog.h"
#include "services/auditlog_access.h"
#include "services/auditlog_search.h"

enum {
	COLUMNS = 6
};

static const char csv_type[] = "text/csv; charset=utf-8";

static const char *
number(struct visit *v, int64_t n)
{
	return arena_printf(v->arena, "%" PRId64, n);
}

/* ---- tables of one shape ---- */

static void
put_counts(struct visit *v, struct ui_table *t,
    const struct auditlog_access *a)
{
	ui_cell(v->html, t, number(v, a->reads));
	ui_cell(v->html, t, number(v, a->acts));
	ui_cell(v->html, t, number(v, a->refused));
	ui_cell(v->html, t, written_time(v->arena, a->first));
	ui_cell(v->html, t, written_time(v->arena, a->last));
}

static void
put_who(struct visit *v, struct ui_table *t, const struct auditlog_access *a,
    const struct audit_span *s)
{
	ui_cell_begin(v->html, t);
	if (a->handle != NULL)
		ui_link(v->html, visit_path(v, "/audit/staff?actor=%s&%s",
		    a->handle, audit_span_query(v, s)),
		    a->office == NULL ? a->handle : arena_printf(v->arena,
		    "%s, %s", a->handle, a->office));
	else
		ui_code(v->html, audit_id(v, a->who));
	ui_cell_end(v->html, t);
}

static void
put_whom(struct visit *v, struct ui_table *t,
    const struct auditlog_access *a, const struct audit_span *s)
{
	ui_cell_begin(v->html, t);
	ui_link(v->html, visit_path(v, "/audit/people/%s?%s",
	    audit_id(v, a->who), audit_span_query(v, s)),
	    audit_id(v, a->who));
	ui_cell_end(v->html, t);
}

static void
put_accesses(struct visit *v, const struct auditlog_accesses *all,
    const struct audit_span *s, bool staff)
{
	const struct ui_column_head columns[COLUMNS] = {
		{ .text = staff ? _("Who") : _("Person (pseudonym)") },
		{ .text = _("Reads"), .numeric = true },
		{ .text = _("Acts"), .numeric = true },
		{ .text = _("Refused"), .numeric = true },
		{ .text = _("First") }, { .text = _("Last") },
	};
	struct ui_table t = { .caption = _("Most reads first"),
	    .columns = columns, .n = COLUMNS, .small = true, .cards = true };

	ui_table_begin(v->html, &t);
	for (size_t i = 0; i < all->n; i++) {
		ui_table_row(v->html, &t);
		if (staff)
			put_who(v, &t, &all->rows[i], s);
		else
			put_whom(v, &t, &all->rows[i], s);
		put_counts(v, &t, &all->rows[i]);
	}
	ui_table_end(v->html, &t);
	if (all->more)
		ui_paragraph(v->html, arena_printf(v->arena, _("Only the "
		    "first %d are shown: download the table, or choose fewer "
		    "days."), AUDITLOG_ACCESS_PAGE));
}

static struct bytes
csv_of(struct visit *v, const struct auditlog_accesses *all, bool staff)
{
	static const char *const staff_heads[] = { "account", "handle",
	    "office", "reads", "acts", "refused", "first", "last", NULL };
	static const char *const person_heads[] = { "person", "reads",
	    "acts", "refused", "first", "last", NULL };
	struct csv csv = csv_new(v->arena, staff ? staff_heads
	    : person_heads);

	for (size_t i = 0; i < all->n; i++) {
		const struct auditlog_access *a = &all->rows[i];

		csv_cell(&csv, audit_id(v, a->who));
		if (staff) {
			csv_cell(&csv, a->handle);
			csv_cell(&csv, a->office);
		}
		csv_int(&csv, a->reads);
		csv_int(&csv, a->acts);
		csv_int(&csv, a->refused);
		csv_cell(&csv, written_iso(v->arena, a->first));
		csv_cell(&csv, written_iso(v->arena, a->last));
		csv_end_row(&csv);
	}
	return csv_bytes(&csv);
}

/* ---- who saw a person ---- */

static bool
ask_readers(struct visit *v, const struct audit_span *s,
    enum auditlog_use use, struct auditlog_accesses *all)
{
	struct err e = { 0 };

	if (auditlog_readers(v->room, v->arena, v->session,
	    visit_uuid(v, "subject"), &s->days, use, all, &e))
		return true;
	visit_fail(v, &e);
	return false;
}

void
audit_access_page_person(struct visit *v)
{
	struct audit_span s = audit_span_read(v);
	const char *id = audit_id(v, visit_uuid(v, "subject"));
	const char *path = visit_path(v, "/audit/people/%s", id);
	struct auditlog_accesses all;

	if (!ask_readers(v, &s, AUDITLOG_VIEW, &all))
		return;
	page_begin(v, &(struct page){ .title = _("Who saw this person"),
	    .back = "/audit", .wide = true, .whole = true, .answers = &s.answers });
	ui_heading_caption(v->html, 1, UI_L, id, _("Who saw this person"));
	audit_span_begin(v, &s, path, false);
	if (all.n == 0)
		ui_paragraph(v->html, _("Nobody of the staff saw this person "
		    "in these days."));
	else
		put_accesses(v, &all, &s, true);
	if (all.n > 0)
		audit_span_put_export(v, &s, visit_path(v, "%s/export",
		    path));
	ui_paragraph_begin(v->html);
	ui_link(v->html, visit_path(v, "/audit?subject=%s", id),
	    _("All entries about this person"));
	ui_paragraph_end(v->html);
	audit_span_end(v);
	page_end(v);
}

void
audit_access_page_person_export(struct visit *v)
{
	struct audit_span s = audit_span_read(v);
	struct auditlog_accesses all;

	visit_back(v, visit_path(v, "/audit/people/%s",
	    audit_id(v, visit_uuid(v, "subject"))));
	if (ask_readers(v, &s, AUDITLOG_DOWNLOAD, &all))
		response_download(v->response, "who-saw-whom.csv", csv_type,
		    csv_of(v, &all, true));
}

/* ---- whom a member of staff saw ---- */

/* False: answered. *unknown: there is no such handle, or none was given. */
static bool
ask_read_by(struct visit *v, const struct audit_span *s,
    enum auditlog_use use, struct auditlog_accesses *all, bool *unknown)
{
	struct err e = { 0 };

	*all = (struct auditlog_accesses){ .n = 0 };
	*unknown = s->actor == NULL;
	if (*unknown || auditlog_read_by(v->room, v->arena, v->session,
	    s->actor, &s->days, use, all, &e))
		return true;
	*unknown = e.code == ERR_ABSENT;
	if (!*unknown)
		visit_fail(v, &e);
	return *unknown;
}

static void
put_staff(struct visit *v, const struct audit_span *s,
    const struct auditlog_accesses *all, bool unknown)
{
	if (s->actor == NULL)
		ui_paragraph(v->html, _("Enter the handle of a member of "
		    "staff."));
	else if (unknown)
		ui_paragraph(v->html, _("Nobody has this staff handle. Check "
		    "it and search again."));
	else if (all->n == 0)
		ui_paragraph(v->html, _("They saw nobody in these days."));
	if (all->n == 0)
		return;
	put_accesses(v, all, s, false);
	audit_span_put_export(v, s, "/audit/staff/export");
}

void
audit_access_page_staff(struct visit *v)
{
	struct audit_span s = audit_span_read(v);
	struct auditlog_accesses all;
	bool unknown;

	if (!ask_read_by(v, &s, AUDITLOG_VIEW, &all, &unknown))
		return;
	page_begin(v, &(struct page){
	    .title = _("Whom a member of staff saw"), .back = "/audit",
	    .wide = true, .whole = true, .answers = &s.answers });
	ui_heading_caption(v->html, 1, UI_L, s.actor,
	    _("Whom a member of staff saw"));
	audit_span_begin(v, &s, "/audit/staff", true);
	put_staff(v, &s, &all, unknown);
	audit_span_end(v);
	page_end(v);
}

void
audit_access_page_staff_export(struct visit *v)
{
	struct audit_span s = audit_span_read(v);
	struct auditlog_accesses all;
	bool unknown;

	visit_back(v, "/audit/staff");
	if (ask_read_by(v, &s, AUDITLOG_DOWNLOAD, &all, &unknown))
		response_download(v->response, "who-saw-whom.csv", csv_type,
		    csv_of(v, &all, false));
}

/* ---- outside the usual ---- */

static bool
ask_unusual(struct visit *v, const struct audit_span *s,
    enum auditlog_use use, struct auditlog_page *page)
{
	struct err e = { 0 };

	if (auditlog_unusual(v->room, v->arena, v->session, &s->days,
	    s->before, use, page, &e))
		return true;
	visit_fail(v, &e);
	return false;
}

void
audit_access_page_unusual(struct visit *v)
{
	struct audit_span s = audit_span_read(v);
	struct auditlog_page page;

	if (!ask_unusual(v, &s, AUDITLOG_VIEW, &page))
		return;
	page_begin(v, &(struct page){ .title = _("Reads outside the usual"),
	    .back = "/audit", .wide = true, .whole = true, .answers = &s.answers });
	ui_heading(v->html, 1, UI_L, _("Reads outside the usual"));
	ui_paragraph(v->html, _("Staff opened a record for another purpose "
	    "than casework, or a case of another office, which takes a "
	    "reason. The reason is sealed in the entry."));
	audit_span_begin(v, &s, "/audit/unusual", false);
	if (page.n > 0)
		audit_put_rows(v, &page);
	else if (!page.slice)
		ui_paragraph(v->html, _("There were none in these days."));
	audit_put_pages(v, &page, visit_path(v, "/audit/unusual?%s",
	    audit_span_query(v, &s)), !uuid_is_nil(s.before));
	if (page.n > 0)
		audit_span_put_export(v, &s, "/audit/unusual/export");
	audit_span_end(v);
	page_end(v);
}

void
audit_access_page_unusual_export(struct visit *v)
{
	struct audit_span s = audit_span_read(v);
	struct auditlog_page page;

	visit_back(v, "/audit/unusual");
	if (ask_unusual(v, &s, AUDITLOG_DOWNLOAD, &page))
		response_download(v->response, "unusual-reads.csv", csv_type,
		    audit_rows_file(v->arena, EXPORT_CSV,
	    page.rows,
		    page.n));
}

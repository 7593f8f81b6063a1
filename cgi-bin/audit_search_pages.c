/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The search page: filters in the address, saved ones beside them, what was
 * found as a file. The service writes the entry before it answers.
 */
#include "cgi-bin/audit_search_pages.h"

#include <string.h>

#include "cgi-bin/audit_filter.h"
#include "cgi-bin/audit_pages.h"
#include "cgi-bin/audit_parts.h"
#include "cgi-bin/audit_rows.h"
#include "cgi-bin/field.h"
#include "cgi-bin/page.h"
#include "cgi-bin/ui_form.h"
#include "cgi-bin/ui_input.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/visit.h"
#include "lib/arena.h"
#include "lib/conf.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/text.h"
#include "services/auditlog.h"
#include "services/auditlog_export.h"
#include "services/auditlog_saved.h"
#include "services/auditlog_search.h"

static const char *const formats[] = { "csv", "jsonl", NULL };
static const struct field export_field[] = {
	{ .name = "format", .type = FIELD_CHOICE, .choices = formats },
};
static const struct field save_field[] = {
	{ .name = "name", .type = FIELD_TEXT, .required = true,
	    .max = SAVED_NAME,
	    .missing = N_("Give the search a name") },
};

/* ---- what was found ---- */

static void
put_nothing(struct visit *v, const struct auditlog_page *page)
{
	if (page->no_handle)
		ui_paragraph(v->html, _("Nobody has this staff handle. Check "
		    "it and search again."));
	else if (page->no_case)
		ui_paragraph(v->html, _("There is no case with this "
		    "reference. Check it and search again."));
	else if (!page->slice)
		ui_paragraph(v->html, _("No entry fits. Take a filter away "
		    "or choose a longer time, and search again."));
}

/* The first page's address always has a question mark. */
static const char *
base_of(struct visit *v)
{
	const char *first = query_address(v->arena, "/audit",
	    &v->request->query, "before");

	return strchr(first, '?') != NULL ? first
	    : visit_path(v, "%s?", first);
}

static void
put_export(struct visit *v, const struct answers *a)
{
	ui_form_begin(v->html, &(struct ui_form){ .action = "/audit/export",
	    .token = v->csrf });
	audit_filter_hide(v, a);
	ui_buttons_begin(v->html);
	ui_button(v->html, &(struct ui_button){ .kind = UI_SECONDARY,
	    .name = "format", .value = "csv",
	    .text = _("Download as CSV") });
	ui_button(v->html, &(struct ui_button){ .kind = UI_SECONDARY,
	    .name = "format", .value = "jsonl",
	    .text = _("Download as JSON lines") });
	ui_buttons_end(v->html);
	ui_form_end(v->html);
	ui_paragraph(v->html, arena_printf(v->arena, _("At most %d entries, "
	    "the newest first. A long download is prepared first, on a page "
	    "that shows how far it is. The download is an entry too."),
	    (int)conf_int(v->conf, "audit", "export_most")));
}

/* ---- saved searches ---- */

static void
put_saved_one(struct visit *v, const struct auditlog_saved *s)
{
	char id[UUID_TEXT];

	ui_item_begin(v->html);
	ui_link(v->html, s->address, s->name);
	ui_form_begin(v->html, &(struct ui_form){ .token = v->csrf,
	    .action = visit_path(v, "/audit/searches/%s/drop",
	    uuid_text(s->id, id)) });
	ui_button(v->html, &(struct ui_button){ .kind = UI_SECONDARY,
	    .text = arena_printf(v->arena, _("Delete \"%s\""), s->name),
	    .classes = "govuk-!-margin-bottom-2" });
	ui_form_end(v->html);
	ui_item_end(v->html);
}

static bool
put_saved(struct visit *v, const struct answers *a, bool faulty)
{
	struct auditlog_saved *all;
	struct err e = { 0 };
	size_t n;

	if (!auditlog_saved_list(v->room, v->arena, v->session, &all, &n,
	    &e)) {
		visit_fail(v, &e);
		return false;
	}
	ui_details_begin(v->html, arena_printf(v->arena,
	    _("Saved searches (%d)"), (int)n), false, NULL);
	if (n == 0)
		ui_paragraph(v->html, _("None yet. A bookmark of this page "
		    "does the same."));
	ui_list_begin(v->html, UI_LIST_PLAIN);
	for (size_t i = 0; i < n; i++)
		put_saved_one(v, &all[i]);
	ui_list_end(v->html, UI_LIST_PLAIN);
	if (!faulty) {
		ui_form_begin(v->html, &(struct ui_form){
		    .action = "/audit/searches", .token = v->csrf });
		audit_filter_hide(v, a);
		ui_input(v->html, &(struct ui_input){ .name = "name",
		    .label = { _("Save this search as"), UI_S, false, NULL },
		    .hint = _("The name is sealed: only you see it.") });
		ui_button(v->html, &(struct ui_button){ .text = _("Save"),
		    .kind = UI_SECONDARY });
		ui_form_end(v->html);
	}
	ui_details_end(v->html);
	return true;
}

/* ---- the page ---- */

static void
put_found(struct visit *v, const struct answers *a,
    const struct auditlog_page *found, bool later)
{
	if (found->n > 0)
		audit_put_rows(v, found);
	else
		put_nothing(v, found);
	audit_put_pages(v, found, base_of(v), later);
	if (found->n > 0)
		put_export(v, a);
}

/* found NULL: the filter has a fault, and nothing was searched for. */
static void
show(struct visit *v, const struct answers *a,
    const struct auditlog_page *found, bool later)
{
	page_begin(v, &(struct page){ .title = _("Audit log"), .answers = a,
	    .wide = true, .whole = true });
	ui_heading(v->html, 1, UI_L, _("Audit log"));
	ui_row_begin(v->html);
	ui_column_begin(v->html, UI_ONE_QUARTER);
	if (!audit_filter_put(v, a) || !put_saved(v, a, found == NULL))
		return;
	audit_put_find(v, NULL);
	ui_column_end(v->html);
	ui_column_begin(v->html, UI_THREE_QUARTERS);
	if (found != NULL)
		put_found(v, a, found, later);
	ui_paragraph(v->html, _("Each search and each page shown here is "
	    "recorded. An entry's details are sealed: the room that wrote "
	    "them opens them on request."));
	ui_column_end(v->html);
	ui_row_end(v->html);
	page_end(v);
}

void
audit_search_page(struct visit *v)
{
	struct auditlog_filter f;
	struct auditlog_page found;
	struct answers a;
	struct err e = { 0 };

	if (!audit_filter_read(v, &a, &f)) {
		show(v, &a, NULL, false);
		return;
	}
	if (!auditlog_search(v->room, v->arena, v->session, &f, &found, &e)) {
		visit_fail(v, &e);
		return;
	}
	show(v, &a, &found, !uuid_is_nil(f.before));
}

void
audit_search_page_export(struct visit *v)
{
	enum auditlog_format format = EXPORT_CSV;
	struct auditlog_filter f;
	struct auditlog_page found;
	struct answers a, how;
	struct uuid job;
	struct err e = { 0 };
	char id[UUID_TEXT];

	visit_back(v, "/audit");
	if (!audit_filter_read(v, &a, &f)) {
		show(v, &a, NULL, false);
		return;
	}
	if (field_read(v, export_field, 1, &how)
	    && field_chosen(&how, "format", "jsonl"))
		format = EXPORT_JSONL;
	f.before = (struct uuid){ { 0 } };
	if (!auditlog_export(v->room, v->arena, v->session, &f, format,
	    &found, &job, &e))
		visit_fail(v, &e);
	else if (uuid_is_nil(job))
		response_download(v->response, audit_rows_name(format),
		    audit_rows_type(format), audit_rows_file(v->arena,
		    format, found.rows, found.n));
	else
		response_redirect(v->response, visit_path(v,
		    "/audit/exports/%s", uuid_text(job, id)));
}

void
audit_search_page_save(struct visit *v)
{
	struct auditlog_filter f;
	struct answers a, name;
	const char *address;
	struct err e = { 0 };

	visit_back(v, "/audit");
	if (!audit_filter_read(v, &a, &f)) {
		show(v, &a, NULL, false);
		return;
	}
	address = audit_filter_address(v, &a);
	if (!field_read(v, save_field, 1, &name)) {
		page_begin(v, &(struct page){ .title = _("Save a search"),
		    .answers = &name, .back = address });
		ui_heading(v->html, 1, UI_L, _("Save a search"));
		ui_form_begin(v->html, &(struct ui_form){
		    .action = "/audit/searches", .token = v->csrf });
		audit_filter_hide(v, &a);
		ui_input(v->html, &(struct ui_input){ .name = "name",
		    .label = { _("Save this search as"), UI_S, false, NULL },
		    .value = field_typed(&name, "name"),
		    .error = field_error(&name, "name") });
		ui_submit(v->html, _("Save"));
		ui_form_end(v->html);
		page_end(v);
		return;
	}
	if (auditlog_saved_put(v->room, v->arena, v->session,
	    field_text(&name, "name"), address, &e))
		response_redirect(v->response, address);
	else
		visit_fail(v, &e);
}

void
audit_search_page_drop(struct visit *v)
{
	struct err e = { 0 };

	visit_back(v, "/audit");
	if (auditlog_saved_drop(v->room, v->arena, v->session,
	    visit_uuid(v, "search"), &e))
		response_redirect(v->response, "/audit");
	else
		visit_fail(v, &e);
}

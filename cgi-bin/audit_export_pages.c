/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Pages of export jobs. The page of one that is not done asks for itself
 * again by a header, without script. The file goes out a chunk at a time.
 */
#include "cgi-bin/audit_export_pages.h"

#include <inttypes.h>

#include "cgi-bin/audit_rows.h"
#include "cgi-bin/page.h"
#include "cgi-bin/ui_form.h"
#include "cgi-bin/ui_list.h"
#include "cgi-bin/ui_notice.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/ui_table.h"
#include "cgi-bin/visit.h"
#include "cgi-bin/written.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/text.h"
#include "services/auditlog_export.h"

enum {
	KIB = 1024,
	COLUMNS = 4
};

static const char again_s[] = "3";

static const char *
format_name(enum auditlog_format format)
{
	return format == EXPORT_CSV ? "CSV" : _("JSON lines");
}

static bool
is_done(const struct auditlog_job *j)
{
	return str_equal(j->state, "ready");
}

static void
put_state(struct visit *v, const struct auditlog_job *j)
{
	if (is_done(j))
		ui_tag(v->html, UI_GREEN, _("Ready"));
	else if (str_equal(j->state, "failed"))
		ui_tag(v->html, UI_RED, _("Failed"));
	else
		ui_tag(v->html, UI_BLUE, arena_printf(v->arena,
		    _("Being prepared: %u%%"), j->percent));
}

static const char *
path_of(struct visit *v, const struct auditlog_job *j)
{
	char id[UUID_TEXT];

	return visit_path(v, "/audit/exports/%s", uuid_text(j->id, id));
}

/* ---- all of them ---- */

static void
put_jobs(struct visit *v, const struct auditlog_job *jobs, size_t n)
{
	const struct ui_column_head columns[COLUMNS] = {
		{ .text = _("Asked for") }, { .text = _("State") },
		{ .text = _("Entries"), .numeric = true },
		{ .text = _("Kept until") },
	};
	struct ui_table t = { .caption = _("Exports, newest first"),
	    .caption_hidden = true, .columns = columns, .n = COLUMNS };

	ui_table_begin(v->html, &t);
	for (size_t i = 0; i < n; i++) {
		ui_table_row(v->html, &t);
		ui_cell_begin(v->html, &t);
		ui_link(v->html, path_of(v, &jobs[i]),
		    written_time(v->arena, jobs[i].asked_at));
		ui_cell_end(v->html, &t);
		ui_cell_begin(v->html, &t);
		put_state(v, &jobs[i]);
		ui_cell_end(v->html, &t);
		ui_cell(v->html, &t, arena_printf(v->arena, "%" PRId64,
		    jobs[i].entries));
		ui_cell(v->html, &t, written_time(v->arena,
		    jobs[i].expires_at));
	}
	ui_table_end(v->html, &t);
}

void
audit_export_page_list(struct visit *v)
{
	struct auditlog_job *jobs;
	struct err e = { 0 };
	size_t n;

	if (!auditlog_job_list(v->room, v->arena, v->session, &jobs, &n,
	    &e)) {
		visit_fail(v, &e);
		return;
	}
	page_begin(v, &(struct page){ .title = _("Exports"),
	    .back = "/audit" });
	ui_heading(v->html, 1, UI_L, _("Exports"));
	if (n > 0)
		put_jobs(v, jobs, n);
	else
		ui_paragraph(v->html, _("You have asked for no long download "
		    "since yesterday. Search the log, then choose Download "
		    "below what was found."));
	page_end(v);
}

/* ---- one of them ---- */

static void
put_facts(struct visit *v, const struct auditlog_job *j)
{
	const struct ui_summary list = { .actions = false };
	const struct ui_summary_row row = { .key = _("State") };

	ui_summary_begin(v->html, &list);
	ui_summary_row_begin(v->html, &list, &row);
	put_state(v, j);
	ui_summary_row_end(v->html, &list, &row);
	ui_summary_fact(v->html, &list, _("Format"), format_name(j->format));
	ui_summary_fact(v->html, &list, _("Asked for"),
	    written_time(v->arena, j->asked_at));
	ui_summary_fact(v->html, &list, _("Entries"), arena_printf(v->arena,
	    "%" PRId64, j->entries));
	if (j->reached != INSTANT_NONE && !is_done(j))
		ui_summary_fact(v->html, &list, _("Back to"),
		    written_time(v->arena, j->reached));
	ui_summary_fact(v->html, &list, _("Size"), arena_printf(v->arena,
	    "%" PRId64 " KiB", (j->size + KIB - 1) / KIB));
	ui_summary_fact(v->html, &list, _("Kept until"),
	    written_time(v->arena, j->expires_at));
	ui_summary_end(v->html, &list);
}

static void
put_fetch(struct visit *v, const struct auditlog_job *j)
{
	if (j->entries >= j->most)
		ui_warning(v->html, arena_printf(v->arena, _("It ends after "
		    "%lld entries, as the installation says. Ask for fewer "
		    "days to get the rest."), (long long)j->most));
	ui_form_begin(v->html, &(struct ui_form){ .action = path_of(v, j),
	    .token = v->csrf });
	ui_submit(v->html, _("Download"));
	ui_form_end(v->html);
	ui_paragraph(v->html, _("Each download is an entry of the log."));
}

void
audit_export_page_show(struct visit *v)
{
	struct auditlog_job j;
	struct err e = { 0 };

	visit_back(v, "/audit/exports");
	if (!auditlog_job_get(v->room, v->arena, v->session,
	    visit_uuid(v, "job"), &j, &e)) {
		visit_fail(v, &e);
		return;
	}
	page_begin(v, &(struct page){ .title = _("Export"),
	    .back = "/audit/exports" });
	ui_heading(v->html, 1, UI_L, _("Export"));
	put_facts(v, &j);
	if (is_done(&j)) {
		put_fetch(v, &j);
	} else if (str_equal(j.state, "failed")) {
		ui_paragraph(v->html, _("It could not be made. Search again "
		    "and ask for it once more; if that fails too, tell whoever "
		    "runs the system."));
	} else {
		response_header(v->response, "Refresh", again_s);
		ui_paragraph(v->html, _("It is being prepared. This page "
		    "loads again by itself; you can leave it and come back: "
		    "it goes on without you."));
		ui_paragraph_begin(v->html);
		ui_link(v->html, path_of(v, &j), _("Load the page again"));
		ui_paragraph_end(v->html);
	}
	page_end(v);
}

/* ---- fetching ---- */

struct fetching {
	struct room	*room;
	struct arena	*arena;		/* of one chunk at a time */
	struct uuid	 job;
	int32_t		 n, chunks;
};

static bool
next_chunk(void *arg, struct bytes *piece)
{
	struct fetching *f = arg;
	struct err e = { 0 };

	*piece = bytes(NULL, 0);
	while (f->n < f->chunks && piece->n == 0) {
		arena_reset(f->arena);
		if (!auditlog_job_chunk(f->room, f->arena, f->job, f->n,
		    piece, &e))
			return false;
		f->n++;
	}
	return true;
}

static void
end_chunks(void *arg)
{
	struct fetching *f = arg;

	arena_free(f->arena);
}

void
audit_export_page_fetch(struct visit *v)
{
	struct fetching *f = arena_alloc(v->arena, sizeof *f);
	struct auditlog_job j;
	struct err e = { 0 };

	visit_back(v, "/audit/exports");
	if (!auditlog_job_get(v->room, v->arena, v->session,
	    visit_uuid(v, "job"), &j, &e)) {
		visit_fail(v, &e);
		return;
	}
	if (!is_done(&j)) {
		response_redirect(v->response, path_of(v, &j));
		return;
	}
	if (!auditlog_job_fetch(v->room, v->arena, v->session, &j, &e)) {
		visit_fail(v, &e);
		return;
	}
	*f = (struct fetching){ .room = v->room, .job = j.id,
	    .arena = arena_new(ARENA_REQUEST_LIMIT), .chunks = j.chunks };
	response_stream(v->response, audit_rows_name(j.format),
	    audit_rows_type(j.format), &(struct response_stream){
	    .next = next_chunk, .end = end_chunks, .arg = f,
	    .length = (uint64_t)j.size });
}

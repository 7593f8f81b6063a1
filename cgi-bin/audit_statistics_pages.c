/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The figures and, on the same page, how each is computed: whoever is asked
 * about one can compute it again.
 */
#include "cgi-bin/audit_statistics_pages.h"

#include <inttypes.h>

#include "cgi-bin/audit_parts.h"
#include "cgi-bin/audit_span.h"
#include "cgi-bin/csv.h"
#include "cgi-bin/page.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/ui_table.h"
#include "cgi-bin/visit.h"
#include "cgi-bin/written.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/text.h"
#include "services/auditlog_tally.h"

enum {
	COLUMNS = 8
};

static bool
is_share(int measure)
{
	return measure != MEASURE_READS;
}

static const char *
value_text(struct visit *v, int measure, double value)
{
	if (is_share(measure))
		return arena_printf(v->arena, "%.1f%%", value * 100);
	return arena_printf(v->arena, "%.1f", value);
}

static void
put_figure(struct visit *v, struct ui_table *t, int measure,
    const struct auditlog_figure *f)
{
	ui_cell_begin(v->html, t);
	if (!f->known)
		ui_words(v->html, "–");
	else
		ui_words(v->html, value_text(v, measure, f->value));
	if (f->outlier) {
		ui_break(v->html);
		ui_tag(v->html, UI_ORANGE, arena_printf(v->arena,
		    _("stands out: %.1f"), f->score));
	}
	ui_cell_end(v->html, t);
}

static void
put_clerk(struct visit *v, struct ui_table *t,
    const struct auditlog_clerk *c, const struct audit_span *s)
{
	ui_table_row(v->html, t);
	ui_cell_begin(v->html, t);
	if (c->handle != NULL)
		ui_link(v->html, visit_path(v, "/audit/staff?actor=%s&%s",
		    c->handle, audit_span_query(v, s)), c->handle);
	else
		ui_code(v->html, audit_id(v, c->account));
	ui_cell_end(v->html, t);
	ui_cell(v->html, t, arena_printf(v->arena, "%" PRId64, c->reads));
	ui_cell(v->html, t, arena_printf(v->arena, "%" PRId64,
	    c->decisions));
	for (int m = 0; m < MEASURE__MAX; m++)
		put_figure(v, t, m, &c->figure[m]);
}

static void
put_median(struct visit *v, struct ui_table *t,
    const struct auditlog_tally *all)
{
	ui_table_row(v->html, t);
	ui_cell_begin(v->html, t);
	ui_strong(v->html, _("Median of all"));
	ui_cell_end(v->html, t);
	ui_cell(v->html, t, "");
	ui_cell(v->html, t, "");
	for (int m = 0; m < MEASURE__MAX; m++)
		ui_cell(v->html, t, all->compared[m] == 0 ? "–"
		    : value_text(v, m, all->median[m]));
}

static void
put_table(struct visit *v, const struct auditlog_tally *all,
    const struct audit_span *s)
{
	const struct ui_column_head columns[COLUMNS] = {
		{ .text = _("Staff handle") },
		{ .text = _("Reads"), .numeric = true },
		{ .text = _("Decisions"), .numeric = true },
		{ .text = _("Reads per decision"), .numeric = true },
		{ .text = _("Reads without an act"), .numeric = true },
		{ .text = _("Out of hours"), .numeric = true },
		{ .text = _("Denied"), .numeric = true },
		{ .text = _("Refusals"), .numeric = true },
	};
	struct ui_table t = { .caption = _("By staff handle"),
	    .columns = columns, .n = COLUMNS, .small = true, .cards = true };

	ui_table_begin(v->html, &t);
	put_median(v, &t, all);
	for (size_t i = 0; i < all->n; i++)
		put_clerk(v, &t, &all->clerks[i], s);
	ui_table_end(v->html, &t);
	if (all->more)
		ui_paragraph(v->html, arena_printf(v->arena, _("Only the "
		    "first %d are shown: download the table, or choose fewer "
		    "days."), TALLY_CLERKS));
}

static void
put_method(struct visit *v)
{
	const char *const items[] = {
		_("Reads per decision: records read, divided by decisions "
		"taken; from five decisions on."),
		_("Reads without an act: reads of a case by somebody who did "
		"nothing else with that case on the same day, of all reads; "
		"from 20 reads on."),
		_("Out of hours: entries before 07:00, from 19:00 on, on a "
		"Saturday, a Sunday or a holiday, of all entries; from 20 "
		"entries on."),
		_("Denied: refused accesses, of reads and refused accesses; "
		"from 20 on."),
		_("Refusals: decisions that refuse an application, of all "
		"decisions; from five decisions on."),
		NULL
	};

	ui_heading(v->html, 2, UI_M, _("How this is computed"));
	ui_list(v->html, UI_LIST_BULLET, items);
	ui_paragraph(v->html, _("A figure stands out if it lies more than 3.5 "
	    "deviations above the median of all who have it. One deviation is "
	    "1.4826 times the median distance from the median; where more "
	    "than half are alike, 1.2533 times the mean distance. Fewer than "
	    "five people are not compared. Standing out proves nothing: it "
	    "says where to look first."));
	ui_paragraph(v->html, _("Days are counted once they are over. "
	    "Entries of citizens and of programs by themselves are not "
	    "counted."));
}

static void
put_days(struct visit *v, const struct auditlog_tally *all)
{
	if (all->last == DATE_NONE)
		ui_paragraph(v->html, _("No day has been counted yet: the "
		    "first figures come an hour after midnight."));
	else
		ui_paragraph(v->html, arena_printf(v->arena, _("Counted from "
		    "%s to %s."), written_date(v->arena, all->first),
		    written_date(v->arena, all->last)));
}

static bool
ask(struct visit *v, const struct audit_span *s, enum auditlog_use use,
    struct auditlog_tally *all)
{
	struct err e = { 0 };

	if (auditlog_tally(v->room, v->arena, v->session, &s->days, use,
	    all, &e))
		return true;
	visit_fail(v, &e);
	return false;
}

void
audit_statistics_page(struct visit *v)
{
	struct audit_span s = audit_span_read(v);
	struct auditlog_tally all;

	if (!ask(v, &s, AUDITLOG_VIEW, &all))
		return;
	page_begin(v, &(struct page){ .title = _("Statistics of staff"),
	    .back = "/audit", .wide = true, .whole = true, .answers = &s.answers });
	ui_heading(v->html, 1, UI_L, _("Statistics of staff"));
	audit_span_begin(v, &s, "/audit/statistics", false);
	put_days(v, &all);
	if (all.n > 0) {
		put_table(v, &all, &s);
		audit_span_put_export(v, &s, "/audit/statistics/export");
	} else if (all.last != DATE_NONE) {
		ui_paragraph(v->html, _("No member of staff has an entry in "
		    "these days."));
	}
	put_method(v);
	audit_span_end(v);
	page_end(v);
}

static void
csv_clerk(struct visit *v, struct csv *csv, const struct auditlog_clerk *c)
{
	csv_cell(csv, audit_id(v, c->account));
	csv_cell(csv, c->handle);
	csv_cell(csv, c->office);
	csv_int(csv, c->entries);
	csv_int(csv, c->reads);
	csv_int(csv, c->alone);
	csv_int(csv, c->late);
	csv_int(csv, c->denied);
	csv_int(csv, c->decisions);
	csv_int(csv, c->refusals);
	for (int m = 0; m < MEASURE__MAX; m++) {
		if (c->figure[m].known)
			csv_real(csv, c->figure[m].score);
		else
			csv_cell(csv, NULL);
	}
	csv_end_row(csv);
}

void
audit_statistics_page_export(struct visit *v)
{
	static const char *const heads[] = { "account", "handle", "office",
	    "entries", "reads", "reads_without_act", "out_of_hours",
	    "denied", "decisions", "refusals", "score_reads_per_decision",
	    "score_reads_without_act", "score_out_of_hours",
	    "score_denied", "score_refusals", NULL };
	struct audit_span s = audit_span_read(v);
	struct auditlog_tally all;
	struct csv csv;

	visit_back(v, "/audit/statistics");
	if (!ask(v, &s, AUDITLOG_DOWNLOAD, &all))
		return;
	csv = csv_new(v->arena, heads);
	for (size_t i = 0; i < all.n; i++)
		csv_clerk(v, &csv, &all.clerks[i]);
	response_download(v->response, "statistics.csv",
	    "text/csv; charset=utf-8", csv_bytes(&csv));
}

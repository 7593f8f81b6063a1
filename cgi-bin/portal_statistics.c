/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Three tables of one count, and the count itself as CSV.
 */
#include "cgi-bin/portal_statistics.h"

#include "cgi-bin/csv.h"
#include "cgi-bin/desk_words.h"
#include "cgi-bin/page.h"
#include "cgi-bin/portal_words.h"
#include "cgi-bin/ui_form.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/ui_table.h"
#include "cgi-bin/visit.h"
#include "cgi-bin/written.h"
#include "forms/definition.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/text.h"
#include "services/form_store.h"
#include "services/statistics.h"

struct figures {
	struct statistics_count	*counts;
	size_t			 n;
	struct statistics_time	*times;
	size_t			 n_times;
};

static bool
load(struct visit *v, struct figures *f)
{
	struct err e = { 0 };

	form_store_refresh(v->room);
	if (statistics_counts(v->room, v->arena, &f->counts, &f->n, &e)
	    && statistics_times(v->room, v->arena, &f->times, &f->n_times,
	    &e))
		return true;
	visit_fail(v, &e);
	return false;
}

static const char *
shown(struct visit *v, int64_t n)
{
	int64_t rounded = statistics_shown(n);

	if (rounded < 0)
		return arena_printf(v->arena, _("under %d"),
		    STATISTICS_LEAST);
	return arena_printf(v->arena, "%lld", (long long)rounded);
}

static const char *
label(struct visit *v, enum statistics_by by, const char *key)
{
	const struct definition *d;

	if (by == STATISTICS_STATE)
		return desk_words_state(key).name;
	if (by == STATISTICS_MONTH)
		return portal_words_month(v, key);
	d = form_store_find(v->room, key);
	return d != NULL ? words_read(d->title) : key;
}

/* "12 days"; too few decisions, no figure. */
static const char *
days_of(struct visit *v, const struct figures *f, const char *form)
{
	for (size_t i = 0; i < f->n_times; i++)
		if (str_equal(f->times[i].form, form))
			return arena_printf(v->arena, text_n("%lld day",
			    "%lld days", (unsigned long)f->times[i].days),
			    (long long)f->times[i].days);
	return "–";
}

static unsigned
bar(int64_t n)
{
	int64_t rounded = statistics_shown(n);

	return rounded < 0 ? 0 : (unsigned)rounded;
}

static void
put_table(struct visit *v, const struct figures *f, enum statistics_by by,
    const char *title, const char *head)
{
	const struct ui_column_head columns[] = {
		{ .text = head }, { .text = _("Applications") },
		{ .text = _("Half were decided within"), .numeric = true },
	};
	struct ui_table t = { .caption = title, .caption_size = UI_M,
	    .columns = columns, .n = by == STATISTICS_FORM ? 3 : 2,
	    .row_heads = true, .cards = by == STATISTICS_FORM };
	struct statistics_sum *sums;
	size_t n = statistics_sum(v->arena, f->counts, f->n, by, &sums);
	unsigned whole = 0;

	for (size_t i = 0; i < n; i++)
		whole = bar(sums[i].n) > whole ? bar(sums[i].n) : whole;
	ui_table_begin(v->html, &t);
	for (size_t i = 0; i < n; i++) {
		ui_table_row(v->html, &t);
		ui_cell(v->html, &t, label(v, by, sums[i].key));
		ui_cell_bar(v->html, &t, shown(v, sums[i].n),
		    bar(sums[i].n), whole);
		if (by == STATISTICS_FORM)
			ui_cell(v->html, &t, days_of(v, f, sums[i].key));
	}
	ui_table_end(v->html, &t);
}

void
portal_statistics_show(struct visit *v)
{
	struct figures f;

	if (!load(v, &f))
		return;
	page_begin(v, &(struct page){ .title = _("Statistics"),
	    .wide = true });
	ui_heading(v->html, 1, UI_XL, _("Statistics"));
	ui_lead(v->html, arena_printf(v->arena,
	    _("Applications received since %s."),
	    written_date(v->arena, statistics_since())));
	if (f.n == 0) {
		ui_paragraph(v->html, _("None was received yet."));
		page_end(v);
		return;
	}
	ui_paragraph(v->html, arena_printf(v->arena, _("Counts are rounded "
	    "to the nearest %d, and those under %d are not shown, so that "
	    "they tell nothing of any one person."), STATISTICS_LEAST,
	    STATISTICS_LEAST));
	put_table(v, &f, STATISTICS_FORM, _("By service"), _("Service"));
	put_table(v, &f, STATISTICS_STATE, _("By where they stand now"),
	    _("State"));
	put_table(v, &f, STATISTICS_MONTH, _("By month"), _("Month"));
	ui_button(v->html, &(struct ui_button){ .href = "/statistics.csv",
	    .text = _("Download as CSV"), .kind = UI_SECONDARY });
	page_end(v);
}

void
portal_statistics_csv(struct visit *v)
{
	static const char *const heads[] = { "service", "state", "month",
	    "applications", NULL };
	struct csv csv = csv_new(v->arena, heads);
	struct figures f;

	if (!load(v, &f))
		return;
	for (size_t i = 0; i < f.n; i++) {
		const struct statistics_count *c = &f.counts[i];
		int64_t n = statistics_shown(c->n);

		csv_cell(&csv, c->form);
		csv_cell(&csv, c->state);
		csv_cell(&csv, c->month);
		csv_cell(&csv, n < 0 ? arena_printf(v->arena, "<%d",
		    STATISTICS_LEAST) : arena_printf(v->arena, "%lld",
		    (long long)n));
		csv_end_row(&csv);
	}
	response_download(v->response, "statistics.csv",
	    "text/csv; charset=utf-8", csv_bytes(&csv));
}

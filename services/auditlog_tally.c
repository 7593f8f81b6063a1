/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Figures and outliers. The counting of a day is PostgreSQL's
 * (auditor.tally_day); here counts become shares and shares are compared.
 */
#include "services/auditlog_tally.h"

#include <stdlib.h>

#include "lib/arena.h"
#include "lib/err.h"
#include "schema/statements.h"
#include "services/act.h"
#include "services/auditlog_row.h"
#include "services/room.h"

enum {
	DAYS = 5		/* of one round */
};

/* Iglewicz and Hoaglin, "How to Detect and Handle Outliers" (1993): the
 * scale that makes the median deviation of a normal distribution one, the
 * same for a mean deviation, and the limit. */
static const double median_scale = 1.4826;
static const double mean_scale = 1.2533;
static const double limit = 3.5;

static int
by_value(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static double
median_of(double *v, size_t n)
{
	qsort(v, n, sizeof *v, by_value);
	return n % 2 == 1 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
}

static double
away(double value, double median)
{
	return value > median ? value - median : median - value;
}

/* What one deviation is worth; 0: they are all alike. */
static double
deviation(const double *values, size_t n, double median, double *scratch)
{
	double sum = 0, middle;

	for (size_t i = 0; i < n; i++) {
		scratch[i] = away(values[i], median);
		sum += scratch[i];
	}
	middle = median_of(scratch, n);
	/* Where more than half are alike, the mean still tells the others. */
	return middle > 0 ? middle * median_scale
	    : sum / (double)n * mean_scale;
}

static void
set(struct auditlog_figure *f, int64_t part, int64_t whole, int64_t least)
{
	*f = (struct auditlog_figure){ .known = whole >= least };
	if (f->known)
		f->value = (double)part / (double)whole;
}

static void
set_figures(struct auditlog_clerk *c)
{
	set(&c->figure[MEASURE_READS], c->reads, c->decisions,
	    TALLY_DECISIONS);
	set(&c->figure[MEASURE_ALONE], c->alone, c->reads, TALLY_READS);
	set(&c->figure[MEASURE_LATE], c->late, c->entries, TALLY_READS);
	set(&c->figure[MEASURE_DENIED], c->denied, c->reads + c->denied,
	    TALLY_READS);
	set(&c->figure[MEASURE_REFUSALS], c->refusals, c->decisions,
	    TALLY_DECISIONS);
}

static void
compare(struct arena *arena, struct auditlog_tally *t,
    enum auditlog_measure m)
{
	double *values = arena_array(arena, t->n, sizeof *values);
	double *scratch = arena_array(arena, t->n, sizeof *scratch);
	double one;
	size_t n = 0;

	for (size_t i = 0; i < t->n; i++)
		if (t->clerks[i].figure[m].known)
			values[n++] = t->clerks[i].figure[m].value;
	t->compared[m] = n;
	if (n == 0)
		return;
	t->median[m] = median_of(values, n);
	one = deviation(values, n, t->median[m], scratch);
	for (size_t i = 0; i < t->n; i++) {
		struct auditlog_figure *f = &t->clerks[i].figure[m];

		if (!f->known || n < TALLY_FEWEST || one <= 0)
			continue;
		f->score = (f->value - t->median[m]) / one;
		f->outlier = f->score > limit;
	}
}

void
auditlog_tally_compare(struct arena *arena, struct auditlog_tally *t)
{
	for (size_t i = 0; i < t->n; i++)
		set_figures(&t->clerks[i]);
	for (int m = 0; m < MEASURE__MAX; m++)
		compare(arena, t, (enum auditlog_measure)m);
}

static void
take_clerk(struct db_row row, struct auditlog_clerk *c)
{
	c->account = db_take_uuid(&row);
	c->handle = db_take_text(&row);
	c->office = db_take_text(&row);
	c->entries = db_take_int(&row);
	c->reads = db_take_int(&row);
	c->alone = db_take_int(&row);
	c->late = db_take_int(&row);
	c->denied = db_take_int(&row);
	c->decisions = db_take_int(&row);
	c->refusals = db_take_int(&row);
}

static bool
look(struct room *room, struct arena *arena, const struct auditlog_span *span,
    struct auditlog_tally *t, struct err *e)
{
	struct db_rows *rows;
	struct db_row row;

	if (!db_ask(room->db, arena, QUERY_AUDITLOG_TALLIED, NULL, 0, &rows,
	    e))
		return false;
	row = db_row(rows, 0);
	t->first = db_take_date(&row);
	t->last = db_take_date(&row);
	if (!db_ask(room->db, arena, QUERY_AUDITLOG_TALLY,
	    (struct db_value[]){ db_date(span->from), db_date(span->until),
	    db_int(TALLY_CLERKS + 1) }, 3, &rows, e))
		return false;
	t->more = db_count(rows) > TALLY_CLERKS;
	t->n = t->more ? TALLY_CLERKS : db_count(rows);
	t->clerks = arena_array(arena, t->n, sizeof *t->clerks);
	for (size_t i = 0; i < t->n; i++)
		take_clerk(db_row(rows, i), &t->clerks[i]);
	return true;
}

bool
auditlog_tally(struct room *room, struct arena *arena,
    const struct session *session, const struct auditlog_span *span,
    enum auditlog_use use, struct auditlog_tally *t, struct err *e)
{
	struct auditlog_values v = { .n = 0 };

	*t = (struct auditlog_tally){ .n = 0 };
	if (!look(room, arena, span, t, e))
		return false;
	auditlog_tally_compare(arena, t);
	auditlog_put(&v, COLUMN_AUDITOR_TALLY_DAY, db_date(span->from));
	auditlog_put(&v, COLUMN_AUDITOR_TALLY_DAY, db_date(span->until));
	return act_note(room, arena, session, &(struct act_entry){
	    .type = use == AUDITLOG_VIEW ? EVENT_AUDITOR_QUERY
	        : EVENT_EXPORT,
	    .purpose = PURPOSE_AUDIT, .table = TABLE_AUDITOR_TALLY,
	    .values = v.entry, .n = v.n }, NULL, e);
}

bool
auditlog_tally_work(struct room *room, struct arena *arena, struct err *e)
{
	struct db_rows *rows;
	struct db_row row;

	for (int i = 0; i < DAYS; i++) {
		if (!db_ask(room->db, arena, QUERY_AUDITLOG_TALLY_NEXT, NULL,
		    0, &rows, e))
			return false;
		row = db_row(rows, 0);
		if (db_take_null(&row))
			return true;
	}
	return true;
}

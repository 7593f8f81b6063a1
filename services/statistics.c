/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Counting applications. The portal's role reads states and dates of filing
 * and decision; it could not count by person if it wanted to.
 */
#include "services/statistics.h"

#include <string.h>

#include "lib/arena.h"
#include "lib/conf.h"
#include "lib/db.h"
#include "lib/err.h"
#include "lib/str.h"
#include "schema/statements.h"
#include "services/room.h"

date
statistics_since(void)
{
	struct civil c = date_civil(clock_today());

	c.day = 1;
	return date_add_months(date_from(c), 1 - STATISTICS_MONTHS);
}

static bool
ask(struct room *room, struct arena *arena, unsigned statement,
    struct db_rows **rows, struct err *e)
{
	return db_ask(room->db, arena, statement, (struct db_value[]){
	    db_text(conf_text(room->conf, "authority", "zone")),
	    db_instant(clock_start_of(statistics_since())) }, 2, rows, e);
}

bool
statistics_counts(struct room *room, struct arena *arena,
    struct statistics_count **out, size_t *n, struct err *e)
{
	struct db_rows *rows;

	if (!ask(room, arena, QUERY_STATISTICS_COUNTS, &rows, e))
		return false;
	*n = db_count(rows);
	*out = arena_array(arena, *n, sizeof **out);
	for (size_t i = 0; i < *n; i++) {
		struct db_row row = db_row(rows, i);
		struct statistics_count *c = &(*out)[i];

		c->form = db_take_text(&row);
		c->state = db_take_text(&row);
		c->month = db_take_text(&row);
		c->n = db_take_int(&row);
	}
	return true;
}

bool
statistics_times(struct room *room, struct arena *arena,
    struct statistics_time **out, size_t *n, struct err *e)
{
	struct db_rows *rows;

	*n = 0;
	if (!ask(room, arena, QUERY_STATISTICS_TIMES, &rows, e))
		return false;
	*out = arena_array(arena, db_count(rows), sizeof **out);
	for (size_t i = 0; i < db_count(rows); i++) {
		struct db_row row = db_row(rows, i);
		struct statistics_time t = { .form = db_take_text(&row) };

		t.n = db_take_int(&row);
		t.days = db_take_int(&row);
		if (t.n >= STATISTICS_LEAST)
			(*out)[(*n)++] = t;
	}
	return true;
}

static const char *
key_of(const struct statistics_count *c, enum statistics_by by)
{
	if (by == STATISTICS_FORM)
		return c->form;
	return by == STATISTICS_STATE ? c->state : c->month;
}

/* Its place in the list, where it is put if it is not there. */
static size_t
place(struct statistics_sum *list, size_t *n, const char *key, bool sorted)
{
	size_t at = 0;

	while (at < *n && (sorted ? strcmp(list[at].key, key) < 0
	    : !str_equal(list[at].key, key)))
		at++;
	if (at < *n && str_equal(list[at].key, key))
		return at;
	memmove(&list[at + 1], &list[at], (*n - at) * sizeof *list);
	list[at] = (struct statistics_sum){ key, 0 };
	++*n;
	return at;
}

size_t
statistics_sum(struct arena *arena, const struct statistics_count *counts,
    size_t n, enum statistics_by by, struct statistics_sum **out)
{
	struct statistics_sum *list = arena_array(arena, n + 1, sizeof *list);
	size_t sums = 0;

	for (size_t i = 0; i < n; i++) {
		size_t at = place(list, &sums, key_of(&counts[i], by),
		    by == STATISTICS_MONTH);

		list[at].n += counts[i].n;
	}
	*out = list;
	return sums;
}

int64_t
statistics_shown(int64_t n)
{
	if (n < STATISTICS_LEAST)
		return -1;
	return (n + STATISTICS_LEAST / 2) / STATISTICS_LEAST
	    * STATISTICS_LEAST;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading the history of one person. That is no entry, for citizens' own
 * reads are none; taking it away in a file is one.
 */
#include "services/history.h"

#include "lib/arena.h"
#include "lib/db.h"
#include "lib/err.h"
#include "schema/statements.h"
#include "services/act.h"
#include "services/room.h"
#include "services/session.h"

#define FAR	INT64_C(253402300799000)	/* end of year 9999 */

bool
history_applications(struct room *room, struct arena *arena,
    struct uuid subject, struct history_application **out, size_t *n,
    struct err *e)
{
	struct history_application *a;
	struct db_rows *rows;

	if (!db_ask(room->db, arena, QUERY_HISTORY_APPLICATIONS,
	    (struct db_value[]){ db_uuid(subject),
	    db_int(HISTORY_APPLICATIONS) }, 2, &rows, e))
		return false;
	*n = db_count(rows);
	*out = a = arena_array(arena, *n, sizeof *a);
	for (size_t i = 0; i < *n; i++) {
		struct db_row row = db_row(rows, i);

		a[i].reference = db_take_text(&row);
		a[i].form = db_take_text(&row);
		a[i].room = (enum room_code)db_take_int(&row);
		a[i].state = db_take_text(&row);
		a[i].submitted_at = db_take_instant(&row);
		a[i].due = db_take_date(&row);
		a[i].decided_on = db_take_date(&row);
	}
	return true;
}

static void
take_entry(struct db_row row, struct history_entry *h)
{
	h->id = db_take_uuid(&row);
	h->at = db_take_instant(&row);
	h->room = (enum room_code)db_take_int(&row);
	h->type = (enum event_type)db_take_int(&row);
	h->outcome = (enum entry_outcome)db_take_int(&row);
	h->purpose = (enum purpose)db_take_int(&row);
	h->actor = db_take_uuid(&row);
	h->handle = db_take_text(&row);
	h->office = db_take_text(&row);
	h->roles = (unsigned)db_take_int(&row);
	h->reference = db_take_text(&row);
	h->objection = db_take_text(&row);
	h->objection_state = db_take_text(&row);
}

/* The first instant of a year and of the next. */
static void
span(const struct history_filter *f, instant *from, instant *until)
{
	*from = 0;
	*until = FAR;
	if (f->year == 0)
		return;
	*from = clock_start_of(date_from((struct civil){ f->year, 1, 1, 0 }));
	*until = clock_start_of(date_from((struct civil){ f->year + 1, 1, 1,
	    0 }));
}

/* One more than asked for, to know whether there is a next one. */
bool
history_entries(struct room *room, struct arena *arena, struct uuid subject,
    const struct history_filter *f, size_t most, struct history_entry **out,
    size_t *n, bool *more, struct err *e)
{
	bool newest = f->at == INSTANT_NONE;
	struct history_entry *h;
	struct db_rows *rows;
	instant from, until;

	span(f, &from, &until);
	if (!db_ask(room->db, arena, QUERY_HISTORY_ENTRIES,
	    (struct db_value[]){ db_uuid(subject),
	    db_instant(newest ? FAR : f->at),
	    db_uuid(newest ? uuid_at(0) : f->id), db_instant(from),
	    db_instant(until), db_int(f->kind), db_int((int64_t)most + 1) },
	    7, &rows, e))
		return false;
	*n = db_count(rows);
	*more = *n > most;
	if (*more)
		*n = most;
	*out = h = arena_array(arena, *n, sizeof *h);
	for (size_t i = 0; i < *n; i++)
		take_entry(db_row(rows, i), &h[i]);
	return true;
}

bool
history_first_year(struct room *room, struct arena *arena,
    struct uuid subject, int *year, struct err *e)
{
	struct db_rows *rows;
	struct db_row row;
	instant first;

	if (!db_ask(room->db, arena, QUERY_HISTORY_FIRST, (struct db_value[]){
	    db_uuid(subject) }, 1, &rows, e))
		return false;
	row = db_row(rows, 0);
	first = db_take_instant(&row);
	*year = date_civil(first != INSTANT_NONE ? clock_date(first)
	    : clock_today()).year;
	return true;
}

bool
history_note_download(struct room *room, struct arena *arena,
    const struct session *s, struct err *e)
{
	return act_note(room, arena, s, &(struct act_entry){
	    .type = EVENT_EXPORT, .purpose = PURPOSE_ACCOUNT,
	    .subject = s->subject }, NULL, e);
}

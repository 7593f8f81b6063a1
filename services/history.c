/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading the history of one person. It writes no entry: citizens' own reads
 * are none.
 */
#include "services/history.h"

#include "lib/arena.h"
#include "lib/db.h"
#include "lib/err.h"
#include "schema/statements.h"
#include "services/room.h"

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
}

/* One more than a page is asked for, to know whether there is a next one. */
bool
history_entries(struct room *room, struct arena *arena, struct uuid subject,
    instant at, struct uuid id, struct history_entry **out, size_t *n,
    bool *more, struct err *e)
{
	struct history_entry *h;
	struct db_rows *rows;

	if (at == INSTANT_NONE) {
		at = FAR;
		id = uuid_at(0);
	}
	if (!db_ask(room->db, arena, QUERY_HISTORY_ENTRIES,
	    (struct db_value[]){ db_uuid(subject), db_instant(at),
	    db_uuid(id), db_int(HISTORY_ENTRIES + 1) }, 4, &rows, e))
		return false;
	*n = db_count(rows);
	*more = *n > HISTORY_ENTRIES;
	if (*more)
		*n = HISTORY_ENTRIES;
	*out = h = arena_array(arena, *n, sizeof *h);
	for (size_t i = 0; i < *n; i++)
		take_entry(db_row(rows, i), &h[i]);
	return true;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading work lists. The filters are parameters of one statement, so every
 * list has the same columns and the same order.
 */
#include "services/worklist.h"

#include "lib/arena.h"
#include "lib/db.h"
#include "lib/err.h"
#include "schema/registry.h"
#include "schema/statements.h"
#include "services/act.h"
#include "services/room.h"
#include "services/session.h"

static void
take(struct db_row row, const struct session *session,
    struct worklist_row *w, int64_t *total)
{
	struct uuid assignee;

	w->id = db_take_uuid(&row);
	w->version = (int32_t)db_take_int(&row);
	w->reference = db_take_text(&row);
	w->form = db_take_text(&row);
	w->room = (unsigned)db_take_int(&row);
	w->state = db_take_text(&row);
	w->submitted_at = db_take_instant(&row);
	w->due = db_take_date(&row);
	assignee = db_take_uuid(&row);
	w->assignee = db_take_text(&row);
	w->held = db_take_bool(&row);
	w->office = db_take_text(&row);
	*total = db_take_int(&row);
	w->mine = uuid_equal(assignee, session->account)
	    && !uuid_is_nil(assignee);
}

bool
worklist_read(struct room *room, struct arena *arena,
    const struct session *session, const struct worklist_filter *f,
    int64_t most, struct worklist_row **out, size_t *n, int64_t *total,
    struct err *e)
{
	struct db_rows *rows;

	if (!db_ask(room->db, arena, QUERY_WORKLIST_READ, (struct db_value[]){
	    db_uuid(session->account), db_uuid(session->office),
	    db_int(f->whose), db_int(f->urgency), db_date(clock_today()),
	    db_date(clock_today() + WORKLIST_SOON_DAYS), db_text(f->state),
	    db_text(f->form), db_int(most), db_int(f->page * most) }, 10,
	    &rows, e))
		return false;
	*n = db_count(rows);
	*total = 0;
	*out = arena_array(arena, *n, sizeof **out);
	for (size_t i = 0; i < *n; i++)
		take(db_row(rows, i), session, &(*out)[i], total);
	return true;
}

bool
worklist_count(struct room *room, struct arena *arena,
    const struct session *session, struct worklist_counts *c, struct err *e)
{
	struct db_rows *rows;
	struct db_row row;

	if (!db_ask(room->db, arena, QUERY_WORKLIST_COUNT,
	    (struct db_value[]){ db_uuid(session->account),
	    db_uuid(session->office), db_date(clock_today()),
	    db_date(clock_today() + WORKLIST_SOON_DAYS) }, 4, &rows, e))
		return false;
	row = db_row(rows, 0);
	c->overdue = db_take_int(&row);
	c->soon = db_take_int(&row);
	c->later = db_take_int(&row);
	c->unassigned = db_take_int(&row);
	c->mine = db_take_int(&row);
	return true;
}

bool
worklist_clerks(struct room *room, struct arena *arena,
    struct worklist_clerk **out, size_t *n, struct err *e)
{
	struct db_rows *rows;

	if (!db_ask(room->db, arena, QUERY_WORKLIST_CLERKS, NULL, 0, &rows,
	    e))
		return false;
	*n = db_count(rows);
	*out = arena_array(arena, *n, sizeof **out);
	for (size_t i = 0; i < *n; i++) {
		struct db_row row = db_row(rows, i);
		struct worklist_clerk *c = &(*out)[i];

		c->account = db_take_uuid(&row);
		c->handle = db_take_text(&row);
		c->office = db_take_text(&row);
		c->load = db_take_int(&row);
	}
	return true;
}

bool
worklist_exported(struct room *room, struct arena *arena,
    const struct session *session, int64_t rows, struct err *e)
{
	struct db_value count = db_int(rows);
	struct entry_value value = {
	    (uint32_t)COLUMN_CASEWORK_APPLICATION_REFERENCE, &count };

	return act_note(room, arena, session, &(struct act_entry){
	    .type = EVENT_EXPORT, .purpose = PURPOSE_CASEWORK,
	    .table = TABLE_CASEWORK_APPLICATION, .values = &value, .n = 1 },
	    NULL, e);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Looking up references for the public. Every look counts, found or not, so
 * that nobody can try references through.
 */
#include "services/tracking.h"

#include "lib/db.h"
#include "lib/err.h"
#include "schema/statements.h"
#include "services/room.h"

static void
take(struct db_row row, struct tracking *t)
{
	t->room = (enum room_code)db_take_int(&row);
	t->form = db_take_text(&row);
	t->form_version = (int32_t)db_take_int(&row);
	t->state = db_take_text(&row);
	t->received = clock_date(db_take_instant(&row));
	t->due = db_take_date(&row);
	t->decided = db_take_date(&row);
}

bool
tracking_find(struct room *room, struct arena *arena, const char *reference,
    struct hash sender, struct tracking *out, bool *found, struct err *e)
{
	struct db_rows *rows;
	bool allowed;

	if (!room_try(room, arena, "track", bytes(sender.b, sizeof sender.b),
	    TRACKING_S, TRACKING_TRIES, &allowed, e))
		return false;
	if (!allowed)
		return err_set(e, ERR_LIMIT, "too many references tried");
	if (!db_ask(room->db, arena, QUERY_TRACKING_FIND,
	    (struct db_value[]){ db_text(reference) }, 1, &rows, e))
		return false;
	*found = db_count(rows) == 1;
	if (*found)
		take(db_row(rows, 0), out);
	return true;
}

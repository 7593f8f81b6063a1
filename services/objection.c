/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The entry in the words of the form, and the row that ties the case to it.
 */
#include "services/objection.h"

#include "audit/entry.h"
#include "forms/form.h"
#include "lib/arena.h"
#include "lib/db.h"
#include "lib/err.h"
#include "schema/statements.h"
#include "services/act.h"
#include "services/casework.h"
#include "services/room.h"
#include "services/session.h"

enum {
	MINUTE_MS = 60 * 1000,
	HOUR_MINUTES = 60
};

const char objection_form[] = "objection";

bool
objection_find(struct room *room, struct arena *arena,
    const struct session *s, struct uuid id, struct objection_entry *out,
    bool *found, struct err *e)
{
	struct db_rows *rows;
	struct db_row row;

	if (!db_ask(room->db, arena, QUERY_OBJECTION_ENTRY,
	    (struct db_value[]){ db_bytes(secret_bytes(&s->token)),
	    db_uuid(id) }, 2, &rows, e))
		return false;
	*found = db_count(rows) > 0;
	if (!*found)
		return true;
	row = db_row(rows, 0);
	out->at = db_take_instant(&row);
	out->type = (enum event_type)db_take_int(&row);
	out->refused = db_take_int(&row) != OUTCOME_OK
	    || out->type == EVENT_REFUSED;
	out->handle = db_take_text(&row);
	out->office = db_take_text(&row);
	out->room = (enum room_code)db_take_int(&row);
	out->reference = db_take_text(&row);
	out->objected = db_take_bool(&row);
	return true;
}

static const char *
what_of(const struct objection_entry *o)
{
	if (o->refused)
		return "refused";
	switch (o->type) {
	case EVENT_READ:
		return "read";
	case EVENT_CREATE:
	case EVENT_UPDATE:
		return "change";
	case EVENT_DECIDE:
		return "decide";
	case EVENT_EXPORT:
		return "export";
	default:
		return "other";
	}
}

static const char *
who_of(struct arena *arena, const struct objection_entry *o)
{
	if (o->handle == NULL)
		return registry_room_name(o->room);
	return o->office != NULL ? arena_printf(arena, "%s, %s", o->handle,
	    o->office) : o->handle;
}

static const char *
time_of(struct arena *arena, instant at)
{
	int minutes = (int)((at - clock_start_of(clock_date(at)))
	    / MINUTE_MS);

	return arena_printf(arena, "%02d:%02d", minutes / HOUR_MINUTES,
	    minutes % HOUR_MINUTES);
}

bool
objection_begin(struct room *room, struct arena *arena,
    const struct session *s, struct form *form, struct uuid id,
    struct err *e)
{
	struct objection_entry o;
	char day[DATE_TEXT];
	bool found;

	if (!objection_find(room, arena, s, id, &o, &found, e))
		return false;
	if (!found)
		return err_set(e, ERR_ABSENT, "no entry to object to");
	if (o.objected)
		return err_rule(e, "objection_once", "objected already");
	return form_give(form, "day", date_text(clock_date(o.at), day), e)
	    && form_give(form, "time", time_of(arena, o.at), e)
	    && form_give(form, "who", who_of(arena, &o), e)
	    && form_give(form, "what", what_of(&o), e)
	    && (o.reference == NULL
	    || form_give(form, "case", o.reference, e));
}

bool
objection_filed(struct act *act, const struct application *a,
    struct uuid event, struct err *e)
{
	(void)e;
	act_put(act, QUERY_CASEWORK_OBJECTION_INSERT,
	    TABLE_CASEWORK_OBJECTION, (struct db_value[]){
	    db_uuid(uuid_new()), db_int(1), db_uuid(uuid_new()),
	    db_uuid(a->id), db_uuid(event), db_uuid(a->thing),
	    db_uuid(a->applicant) }, 7);
	return true;
}

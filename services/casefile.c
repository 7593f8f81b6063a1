/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading a case for the desk and, without staff notes, for its applicant.
 */
#include "services/casefile.h"

#include "lib/arena.h"
#include "lib/db.h"
#include "lib/envelope.h"
#include "lib/err.h"
#include "lib/str.h"
#include "schema/registry.h"
#include "schema/statements.h"
#include "services/casework.h"
#include "services/room.h"
#include "services/session.h"
#include "services/vault.h"

static bool
open_note(struct room *room, struct arena *arena, struct uuid id,
    struct bytes sealed, const char **out, struct err *e)
{
	struct bytes plain;

	if (!vault_open(room->vault, arena, (struct envelope_place){
	    .table = TABLE_CASEWORK_NOTE, .class = CLASS_NOTE, .row = id,
	    .version = 1 }, sealed, &plain, e))
		return false;
	*out = arena_strndup(arena, (const char *)plain.p, plain.n);
	return true;
}

/* Columns: id, version, action, from_state, to_state, role, handle, office,
 * at, note id, note kind, note body. */
static bool
take(struct room *room, struct arena *arena, struct db_row row, bool notes,
    struct casefile_event *v, struct err *e)
{
	struct uuid note;
	struct bytes sealed;

	v->id = db_take_uuid(&row);
	v->version = (int32_t)db_take_int(&row);
	v->action = db_take_text(&row);
	v->from = db_take_text(&row);
	v->to = db_take_text(&row);
	v->role = db_take_text(&row);
	v->handle = db_take_text(&row);
	v->office = db_take_text(&row);
	v->at = db_take_instant(&row);
	note = db_take_uuid(&row);
	v->note_kind = db_take_text(&row);
	sealed = db_take_bytes(&row);
	v->note = NULL;
	if (sealed.p == NULL
	    || (!notes && !str_equal(v->note_kind, "citizen")))
		return true;
	return open_note(room, arena, note, sealed, &v->note, e);
}

bool
casefile_events(struct room *room, struct arena *arena,
    const struct application *a, bool notes, struct casefile_event **out,
    size_t *n, struct err *e)
{
	struct db_rows *rows;

	if (!db_ask(room->db, arena, QUERY_CASEFILE_EVENTS,
	    (struct db_value[]){ db_uuid(a->id) }, 1, &rows, e))
		return false;
	*n = db_count(rows);
	*out = arena_array(arena, *n, sizeof **out);
	for (size_t i = 0; i < *n; i++)
		if (!take(room, arena, db_row(rows, i), notes, &(*out)[i],
		    e))
			return false;
	return true;
}

bool
casefile_actions(struct room *room, struct arena *arena,
    const struct application *a, struct casefile_action **out, size_t *n,
    struct err *e)
{
	struct db_rows *rows;

	if (!db_ask(room->db, arena, QUERY_CASEFILE_ACTIONS,
	    (struct db_value[]){ db_text(a->state), db_int(a->room),
	    db_text(a->form) }, 3, &rows, e))
		return false;
	*n = db_count(rows);
	*out = arena_array(arena, *n, sizeof **out);
	for (size_t i = 0; i < *n; i++) {
		struct db_row row = db_row(rows, i);
		struct casefile_action *c = &(*out)[i];

		c->action = db_take_text(&row);
		c->role = db_take_text(&row);
		c->needs_lease = db_take_bool(&row);
		c->second_person = db_take_bool(&row);
	}
	return true;
}

bool
casefile_related(struct room *room, struct arena *arena,
    const struct application *a, struct casefile_related **out, size_t *n,
    struct err *e)
{
	struct db_rows *rows;

	if (!db_ask(room->db, arena, QUERY_CASEFILE_RELATED,
	    (struct db_value[]){ db_uuid(a->id), db_uuid(a->applicant),
	    db_uuid(a->thing) }, 3, &rows, e))
		return false;
	*n = db_count(rows);
	*out = arena_array(arena, *n, sizeof **out);
	for (size_t i = 0; i < *n; i++) {
		struct db_row row = db_row(rows, i);
		struct casefile_related *r = &(*out)[i];

		r->reference = db_take_text(&row);
		r->form = db_take_text(&row);
		r->state = db_take_text(&row);
		r->submitted_at = db_take_instant(&row);
	}
	return true;
}

bool
casefile_holder(struct room *room, struct arena *arena,
    const struct application *a, const char **handle, struct err *e)
{
	struct db_rows *rows;
	struct db_row row;

	*handle = NULL;
	if (uuid_is_nil(a->assignee) || a->lease_until < clock_now())
		return true;
	if (!db_ask(room->db, arena, QUERY_CASEFILE_HANDLE,
	    (struct db_value[]){ db_uuid(a->assignee) }, 1, &rows, e))
		return false;
	row = db_row(rows, 0);
	*handle = db_take_text(&row);
	return true;
}

bool
casefile_renew(struct room *room, struct arena *arena,
    const struct session *session, const struct application *a, bool *held,
    struct err *e)
{
	struct db_rows *rows;
	struct db_row row;

	if (!db_ask(room->db, arena, QUERY_CASEWORK_RENEW,
	    (struct db_value[]){ db_bytes(secret_bytes(&session->token)),
	    db_uuid(a->id) }, 2, &rows, e))
		return false;
	row = db_row(rows, 0);
	*held = db_take_bool(&row);
	return true;
}

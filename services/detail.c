/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Requests and openings. The program gives the complete new row and hashes
 * it; auditor.detail_move derives it again and refuses any difference.
 */
#include "services/detail.h"

#include "audit/entry.h"
#include "lib/arena.h"
#include "lib/db.h"
#include "lib/err.h"
#include "lib/str.h"
#include "schema/statements.h"
#include "services/act.h"
#include "services/detail_read.h"
#include "services/room.h"
#include "services/session.h"
#include "services/vault.h"

enum {
	COLUMNS = 12,
	HOURS_MS = 24 * 60 * 60 * 1000,
	SWEEP = 50
};

static const struct {
	enum room_code	 room;
	const char	*path;
} paths[] = {
	{ ROOM_PORTAL, "/details" },
	{ ROOM_ACCOUNT, "/account/details" },
	{ ROOM_VEHICLE, "/desk/vehicles/details" },
	{ ROOM_GENERAL, "/desk/apply/details" },
	{ ROOM_DESK, "/desk/details" },
	{ ROOM_AUDITOR, "/audit/own/details" },
};

const char *
detail_path(enum room_code room)
{
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
		if (paths[i].room == room)
			return paths[i].path;
	return NULL;
}

static struct envelope_place
reason_place(struct uuid request)
{
	return (struct envelope_place){
		.table = TABLE_AUDITOR_DETAIL_REQUEST,
		.class = CLASS_REASON, .row = request, .version = 1 };
}

static void
take(struct db_row *row, struct detail_request *r)
{
	r->id = db_take_uuid(row);
	r->version = (int32_t)db_take_int(row);
	r->entry = db_take_uuid(row);
	r->room = (enum room_code)db_take_int(row);
	r->asker = db_take_uuid(row);
	r->state = db_take_text(row);
	r->asked_at = db_take_instant(row);
	r->until_at = db_take_instant(row);
	r->decider = db_take_uuid(row);
	r->decided_at = db_take_instant(row);
	r->opened_at = db_take_instant(row);
	r->reason = db_take_bytes(row);
}

bool
detail_get(struct room *room, struct arena *arena, struct uuid id,
    struct detail_request *r, struct err *e)
{
	struct db_rows *rows;
	struct db_row row;

	if (!db_ask(room->db, arena, QUERY_DETAIL_GET, (struct db_value[]){
	    db_uuid(id) }, 1, &rows, e))
		return false;
	if (db_count(rows) == 0)
		return err_set(e, ERR_ABSENT, "no such request");
	*r = (struct detail_request){ .version = 0 };
	row = db_row(rows, 0);
	take(&row, r);
	return true;
}

bool
detail_list(struct room *room, struct arena *arena,
    const struct session *session, bool waiting,
    struct detail_request **out, size_t *n, struct err *e)
{
	struct db_rows *rows;

	if (!db_ask(room->db, arena, QUERY_DETAIL_LIST, (struct db_value[]){
	    waiting ? db_null() : db_uuid(session->account),
	    db_int(DETAIL_LIST) }, 2, &rows, e))
		return false;
	*n = db_count(rows);
	*out = arena_array(arena, *n, sizeof **out);
	for (size_t i = 0; i < *n; i++) {
		struct db_row row = db_row(rows, i);

		take(&row, &(*out)[i]);
		(*out)[i].handle = db_take_text(&row);
	}
	return true;
}

bool
detail_reason(struct room *room, struct arena *arena,
    const struct detail_request *r, const char **out, struct err *e)
{
	struct bytes plain;

	if (!vault_open(room->vault, arena, reason_place(r->id), r->reason,
	    &plain, e))
		return false;
	*out = arena_strndup(arena, (const char *)plain.p, plain.n);
	return true;
}

/* ---- steps ---- */

struct about {
	enum room_code	room;
	struct uuid	subject, application;
};

struct moving {
	const char		*action;
	struct detail_request	 r;	/* as it is to be, but for times */
	const char		*reason;	/* of "ask" */
	struct about		 about;
	enum event_type		 type;		/* of its entry */
	struct db_rows		*rows;		/* of "open" */
};

/* What the step makes of the row, now that its time is known. */
static void
complete(struct moving *m, const struct act *act)
{
	instant now = act_now(act);

	if (str_equal(m->action, "ask")) {
		m->r.asked_at = now;
		m->r.asker = act_session(act)->account;
	}
	if (str_equal(m->action, "approve") || str_equal(m->action,
	    "refuse")) {
		m->r.decider = act_session(act)->account;
		m->r.decided_at = now;
	}
	if (str_equal(m->action, "ask") || str_equal(m->action, "approve"))
		m->r.until_at = now + HOURS_MS;
	if (str_equal(m->action, "open"))
		m->r.opened_at = now;
}

static bool
seal_reason(struct act *act, struct moving *m, struct err *e)
{
	struct uuid unit = vault_own_unit(act_room(act)->code,
	    date_civil(act_today(act)).year);

	return m->reason == NULL || act_seal(act, unit, reason_place(m->r.id),
	    bytes_of(m->reason), &m->r.reason, e);
}

static void
put_row(struct act *act, struct moving *m)
{
	const struct session *s = act_session(act);
	const struct detail_request *r = &m->r;
	const struct db_value row[COLUMNS] = {
		db_uuid(r->id), db_int(r->version), db_uuid(r->entry),
		db_int(r->room), db_uuid(r->asker), db_text(r->state),
		db_instant(r->asked_at), db_instant(r->until_at),
		db_uuid(r->decider), db_instant(r->decided_at),
		db_instant(r->opened_at), db_bytes(r->reason)
	};
	struct db_value values[3 + COLUMNS] = {
		s != NULL ? db_bytes(secret_bytes(&s->token)) : db_null(),
		db_text(m->action), db_instant(act_now(act))
	};

	for (size_t i = 0; i < COLUMNS; i++)
		values[3 + i] = row[i];
	act_add(act, QUERY_DETAIL_MOVE, values, 3 + COLUMNS, &m->rows);
	act_image(act, TABLE_AUDITOR_DETAIL_REQUEST, row, COLUMNS);
}

static bool
move_body(struct act *act, void *arg, struct err *e)
{
	struct moving *m = arg;

	complete(m, act);
	if (!seal_reason(act, m, e))
		return false;
	put_row(act, m);
	return act_say(act, &(struct act_entry){ .type = m->type,
	    .purpose = act_session(act) != NULL ? PURPOSE_AUDIT
	        : PURPOSE_OPERATION,
	    .subject = m->about.subject,
	    .application = m->about.application }, NULL, e);
}

/* What a rule refuses is an entry of its own. */
static bool
note_refusal(struct room *room, struct arena *arena,
    const struct session *session, const struct moving *m, struct err *e)
{
	return act_note(room, arena, session, &(struct act_entry){
	    .type = EVENT_REFUSED, .outcome = OUTCOME_DENIED,
	    .purpose = PURPOSE_AUDIT, .subject = m->about.subject,
	    .application = m->about.application,
	    .table = TABLE_AUDITOR_DETAIL_REQUEST, .row = m->r.id }, NULL,
	    e);
}

static bool
move(struct room *room, struct arena *arena, const struct session *session,
    struct moving *m, struct err *e)
{
	struct err why = { 0 };

	if (act_run(room, arena, session, move_body, m, &why))
		return true;
	if (why.code == ERR_DENIED && session != NULL
	    && !err_is(&why, "session_over")
	    && !note_refusal(room, arena, session, m, e))
		return false;
	if (e != NULL)
		*e = why;
	return false;
}

static bool
find_about(struct room *room, struct arena *arena, struct uuid entry,
    struct about *out, struct err *e)
{
	struct db_rows *rows;
	struct db_row row;

	if (!db_ask(room->db, arena, QUERY_DETAIL_ENTRY, (struct db_value[]){
	    db_uuid(entry) }, 1, &rows, e))
		return false;
	if (db_count(rows) == 0)
		return err_set(e, ERR_ABSENT, "no such entry");
	row = db_row(rows, 0);
	out->room = (enum room_code)db_take_int(&row);
	out->subject = db_take_uuid(&row);
	out->application = db_take_uuid(&row);
	return true;
}

bool
detail_ask(struct room *room, struct arena *arena,
    const struct session *session, struct uuid entry, const char *reason,
    struct uuid *request, struct err *e)
{
	struct moving m = {
		.action = "ask",
		.r = { .id = uuid_new(), .version = 1, .entry = entry,
		    .state = "asked", .decided_at = INSTANT_NONE,
		    .opened_at = INSTANT_NONE },
		.reason = reason,
		.type = EVENT_CREATE,
	};

	*request = m.r.id;
	if (!find_about(room, arena, entry, &m.about, e))
		return false;
	m.r.room = m.about.room;
	return move(room, arena, session, &m, e);
}

bool
detail_decide(struct room *room, struct arena *arena,
    const struct session *session, const struct detail_request *r,
    bool approve, struct err *e)
{
	struct moving m = {
		.action = approve ? "approve" : "refuse",
		.r = *r,
		.type = EVENT_DECIDE,
	};

	m.r.version++;
	m.r.state = approve ? "approved" : "refused";
	return find_about(room, arena, r->entry, &m.about, e)
	    && move(room, arena, session, &m, e);
}

bool
detail_sweep(struct room *room, struct arena *arena, struct err *e)
{
	struct db_rows *rows;

	if (!db_ask(room->db, arena, QUERY_DETAIL_OVER, (struct db_value[]){
	    db_int(SWEEP) }, 1, &rows, e))
		return false;
	for (size_t i = 0; i < db_count(rows); i++) {
		struct moving m = { .action = "lapse",
		    .type = EVENT_UPDATE };
		struct db_row row = db_row(rows, i);

		take(&row, &m.r);
		m.r.version++;
		m.r.state = "lapsed";
		if (!move(room, arena, NULL, &m, e))
			return false;
	}
	return true;
}

/* ---- opening ---- */

static bool
ask_about(struct room *room, struct arena *arena, struct uuid request,
    struct about *out, struct err *e)
{
	struct db_rows *rows;
	struct db_row row;

	if (!db_ask(room->db, arena, QUERY_DETAIL_ABOUT, (struct db_value[]){
	    db_uuid(request) }, 1, &rows, e))
		return false;
	row = db_row(rows, 0);
	db_take_instant(&row);
	db_take_int(&row);
	out->subject = db_take_uuid(&row);
	out->application = db_take_uuid(&row);
	return true;
}

bool
detail_open(struct room *room, struct arena *arena,
    const struct session *session, const struct detail_request *r,
    struct detail *out, struct err *e)
{
	struct moving m = { .action = "open", .r = *r, .type = EVENT_READ };
	struct bytes leaf, sealed, plain;
	struct db_row row;

	m.r.version++;
	m.r.state = "opened";
	if (!ask_about(room, arena, r->id, &m.about, e)
	    || !move(room, arena, session, &m, e))
		return false;
	if (db_count(m.rows) == 0)
		return err_set(e, ERR_SYSTEM, "the entry has no leaf");
	row = db_row(m.rows, 0);
	leaf = db_take_bytes(&row);
	sealed = db_take_bytes(&row);
	return vault_open(room->vault, arena, (struct envelope_place){
	    .table = TABLE_AUDIT_LEAF, .class = CLASS_DETAIL,
	    .row = r->entry, .version = 1 }, sealed, &plain, e)
	    && detail_read(arena, leaf, sealed, plain, out, e);
}

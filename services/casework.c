/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Filing and moving applications. Whoever calls this has a session or is a
 * room's worker; what they may do is decided in PostgreSQL, twice: once when
 * asked for the plan, once when the act is made.
 */
#include "services/casework.h"

#include "lib/arena.h"
#include "lib/db.h"
#include "lib/err.h"
#include "lib/str.h"
#include "schema/registry.h"
#include "schema/statements.h"
#include "services/act.h"
#include "services/room.h"
#include "services/session.h"

enum {
	APPLICATION_COLUMNS = 18,	/* audited */
	EVENT_COLUMNS = 14
};

void
casework_take(struct db_row *row, struct application *a)
{
	a->id = db_take_uuid(row);
	a->version = (int32_t)db_take_int(row);
	a->nonce = db_take_uuid(row);
	a->reference = db_take_text(row);
	a->form = db_take_text(row);
	a->form_version = (int32_t)db_take_int(row);
	a->room = (unsigned)db_take_int(row);
	a->office = db_take_uuid(row);
	a->applicant = db_take_uuid(row);
	a->thing = db_take_uuid(row);
	a->has_amount = !db_take_null(row);
	a->amount = db_take_int(row);
	a->state = db_take_text(row);
	a->submitted_at = db_take_instant(row);
	a->due = db_take_date(row);
	a->suspended_on = db_take_date(row);
	a->assignee = db_take_uuid(row);
	a->recommender = db_take_uuid(row);
	a->decided_on = db_take_date(row);
	a->lease_until = db_take_instant(row);
}

static void
put_application(const struct application *a,
    struct db_value out[APPLICATION_COLUMNS])
{
	const struct db_value values[APPLICATION_COLUMNS] = {
		db_uuid(a->id), db_int(a->version), db_uuid(a->nonce),
		db_text(a->reference), db_text(a->form),
		db_int(a->form_version), db_int(a->room), db_uuid(a->office),
		db_uuid(a->applicant), db_uuid(a->thing),
		a->has_amount ? db_int(a->amount) : db_null(),
		db_text(a->state), db_instant(a->submitted_at),
		db_date(a->due), db_date(a->suspended_on),
		db_uuid(a->assignee), db_uuid(a->recommender),
		db_date(a->decided_on),
	};

	memcpy(out, values, sizeof values);
}

bool
casework_get(struct room *room, struct arena *arena, struct uuid id,
    struct application *out, struct err *e)
{
	struct db_rows *rows;
	struct db_row row;

	if (!db_ask(room->db, arena, QUERY_CASEWORK_GET, (struct db_value[]){
	    db_uuid(id) }, 1, &rows, e))
		return false;
	if (db_count(rows) == 0)
		return err_set(e, ERR_ABSENT, "no such application");
	row = db_row(rows, 0);
	casework_take(&row, out);
	return true;
}

bool
casework_find(struct room *room, struct arena *arena, const char *reference,
    struct application *out, bool *found, struct err *e)
{
	struct db_rows *rows;
	struct db_row row;

	if (!db_ask(room->db, arena, QUERY_CASEWORK_FIND, (struct db_value[]){
	    db_text(reference) }, 1, &rows, e))
		return false;
	*found = db_count(rows) == 1;
	if (*found) {
		row = db_row(rows, 0);
		casework_take(&row, out);
	}
	return true;
}

struct step_event {
	struct uuid	 id;
	const char	*action, *from, *role;
	struct uuid	 cause;
};

/* The event and the application as they will stand, to the database's
 * judgement, with the images of both. */
static void
put_step(struct act *act, unsigned statement, const struct step_event *ev,
    const struct application *a)
{
	const struct session *s = act_session(act);
	struct db_value v[2 + EVENT_COLUMNS + APPLICATION_COLUMNS] = {
		s != NULL ? db_bytes(secret_bytes(&s->token)) : db_null(),
		db_date(act_today(act)),
		db_uuid(ev->id), db_int(1), db_uuid(uuid_new()),
		db_uuid(a->id), db_int(a->version), db_text(ev->action),
		db_text(ev->from), db_text(a->state),
		s != NULL ? db_uuid(s->account) : db_null(),
		db_int(act_room(act)->code), db_text(ev->role),
		s != NULL ? db_uuid(s->office) : db_null(),
		db_instant(act_now(act)), db_uuid(ev->cause),
	};

	put_application(a, v + 2 + EVENT_COLUMNS);
	act_add(act, statement, v, sizeof v / sizeof *v, NULL);
	act_image(act, TABLE_CASEWORK_EVENT, v + 2, EVENT_COLUMNS);
	act_image(act, TABLE_CASEWORK_APPLICATION, v + 2 + EVENT_COLUMNS,
	    APPLICATION_COLUMNS);
}

bool
casework_file(struct act *act, struct application *a, const char *action,
    struct uuid *event, struct err *e)
{
	struct room *room = act_room(act);
	struct db_rows *rows;
	struct db_row row;
	const struct session *s = act_session(act);
	bool staff = s != NULL && s->kind == SESSION_STAFF;
	struct step_event ev = { uuid_new(), action, "draft",
	    staff ? "clerk" : "applicant", { { 0 } } };

	if (!db_ask(room->db, act_arena(act), QUERY_CASEWORK_PLAN_FILING,
	    (struct db_value[]){ db_text(a->form), db_int(a->form_version),
	    db_text(action), db_text(ev.role), db_date(act_today(act)),
	    db_uuid(a->thing) }, 6, &rows, e))
		return false;
	row = db_row(rows, 0);
	a->state = db_take_text(&row);
	a->office = db_take_uuid(&row);
	a->due = db_take_date(&row);
	a->version = 1;
	a->nonce = uuid_new();
	a->assignee = staff ? s->account : (struct uuid){ { 0 } };
	a->room = room->code;
	a->submitted_at = act_now(act);
	a->suspended_on = a->decided_on = DATE_NONE;
	a->lease_until = INSTANT_NONE;
	put_step(act, QUERY_CASEWORK_FILE, &ev, a);
	*event = ev.id;
	return true;
}

static void
put_reasons(struct act *act, const struct casework_step *step,
    struct uuid event)
{
	for (size_t i = 0; i < step->n_reasons; i++)
		act_put(act, QUERY_CASEWORK_REASON_INSERT,
		    TABLE_CASEWORK_REASON, (struct db_value[]){
		    db_uuid(uuid_new()), db_int(1), db_uuid(uuid_new()),
		    db_uuid(event), db_int(step->reasons[i]) }, 5);
}

/* Notes are the application's own, so its key outlives none of them. */
static bool
put_note(struct act *act, const struct casework_step *step,
    const struct application *a, struct uuid event, struct err *e)
{
	struct uuid id = uuid_new();
	struct bytes body;

	if (str_empty(step->note))
		return true;
	if (!act_seal(act, a->applicant, (struct envelope_place){
	    .table = TABLE_CASEWORK_NOTE, .class = CLASS_NOTE, .row = id,
	    .version = 1 }, bytes_of(step->note), &body, e))
		return false;
	act_put(act, QUERY_CASEWORK_NOTE_INSERT, TABLE_CASEWORK_NOTE,
	    (struct db_value[]){ db_uuid(id), db_int(1), db_uuid(event),
	    db_text(step->note_kind), db_bytes(body) }, 5);
	return true;
}

static bool
plan(struct act *act, const struct casework_step *step,
    struct application *after, const char **from, struct err *e)
{
	const struct session *s = act_session(act);
	struct db_rows *rows;
	struct db_row row;

	if (!db_ask(act_room(act)->db, act_arena(act), QUERY_CASEWORK_PLAN,
	    (struct db_value[]){
	    s != NULL ? db_bytes(secret_bytes(&s->token)) : db_null(),
	    db_uuid(step->application), db_text(step->action),
	    db_text(step->role), db_uuid(step->assignee),
	    db_date(act_today(act)) }, 6, &rows, e))
		return false;
	if (db_count(rows) == 0)
		return err_set(e, ERR_ABSENT, "no such application");
	row = db_row(rows, 0);
	*from = db_take_text(&row);
	casework_take(&row, after);
	if (step->expected != 0 && step->expected != after->version - 1) {
		err_rule(e, "application_version", "somebody else was faster");
		if (e != NULL)
			e->code = ERR_CONFLICT;
		return false;
	}
	return true;
}

bool
casework_step(struct act *act, const struct casework_step *step,
    struct application *after, struct uuid *event, struct err *e)
{
	struct step_event ev = { .id = uuid_new(), .action = step->action,
	    .role = step->role, .cause = step->cause };

	if (!plan(act, step, after, &ev.from, e))
		return false;
	after->nonce = uuid_new();
	put_step(act, QUERY_CASEWORK_ACT, &ev, after);
	put_reasons(act, step, ev.id);
	*event = ev.id;
	return put_note(act, step, after, ev.id, e);
}

void
casework_follow(struct act *act, const char *action, const char *role,
    const char *to_state, struct application *a, struct uuid *event)
{
	struct step_event ev = { .id = uuid_new(), .action = action,
	    .from = a->state, .role = role };

	a->state = to_state;
	a->version++;
	a->nonce = uuid_new();
	put_step(act, QUERY_CASEWORK_ACT, &ev, a);
	*event = ev.id;
}

struct doing {
	const struct casework_step	*step;
	unsigned			 purpose;
	struct application		*after;
};

static bool
do_body(struct act *act, void *arg, struct err *e)
{
	struct doing *d = arg;
	struct uuid event;

	if (!casework_step(act, d->step, d->after, &event, e))
		return false;
	return act_say(act, &(struct act_entry){
	    .type = d->after->decided_on == act_today(act)
	        ? EVENT_DECIDE : EVENT_UPDATE,
	    .purpose = (enum purpose)d->purpose,
	    .subject = d->after->applicant,
	    .application = d->after->id }, NULL, e);
}

bool
casework_do(struct room *room, struct arena *arena,
    const struct session *session, const struct casework_step *step,
    unsigned purpose, struct application *after, struct err *e)
{
	struct doing d = { step, purpose, after };

	return act_run(room, arena, session, do_body, &d, e);
}

/* The reason typed by whoever opens a case is kept in the entry's detail. */
static bool
note_opening(struct room *room, struct arena *arena,
    const struct session *session, const struct application *a,
    unsigned purpose, const char *reason, enum entry_outcome outcome,
    struct err *e)
{
	struct db_value text = db_text(reason);
	struct entry_value value = { (uint32_t)COLUMN_CASEWORK_NOTE_BODY,
	    &text };

	return act_note(room, arena, session, &(struct act_entry){
	    .type = outcome == OUTCOME_OK ? EVENT_READ : EVENT_REFUSED,
	    .outcome = outcome,
	    .purpose = (enum purpose)purpose,
	    .subject = a->applicant,
	    .application = a->id,
	    .table = TABLE_CASEWORK_APPLICATION,
	    .row = a->id,
	    .values = &value,
	    .n = str_empty(reason) ? 0 : 1 }, NULL, e);
}

bool
casework_open(struct room *room, struct arena *arena,
    const struct session *session, const struct application *a,
    unsigned purpose, const char *reason, struct err *e)
{
	struct err why = { 0 };

	if (db_ask(room->db, arena, QUERY_CASEWORK_OPEN, (struct db_value[]){
	    db_bytes(secret_bytes(&session->token)), db_uuid(a->id),
	    db_bool(!str_empty(reason)) }, 3, NULL, &why)) {
		if (session->kind != SESSION_STAFF)
			return true;
		return note_opening(room, arena, session, a, purpose, reason,
		    OUTCOME_OK, e);
	}
	if (why.code == ERR_DENIED && !err_is(&why, "session_over")
	    && !err_is(&why, "outside_queue")
	    && !note_opening(room, arena, session, a, purpose, reason,
	    OUTCOME_DENIED, e))
		return false;
	if (e != NULL)
		*e = why;
	return false;
}

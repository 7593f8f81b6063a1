/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Information requests and the ends that are not decisions. The request is a
 * machine of its own; each of its edges is caused by the application's event
 * in the same act.
 */
#include "services/inquiry.h"

#include "forms/definition.h"
#include "forms/form.h"
#include "forms/policy.h"
#include "lib/arena.h"
#include "lib/db.h"
#include "lib/envelope.h"
#include "lib/err.h"
#include "lib/log.h"
#include "lib/str.h"
#include "schema/registry.h"
#include "schema/statements.h"
#include "services/act.h"
#include "services/casework.h"
#include "services/fee.h"
#include "services/form_store.h"
#include "services/intake.h"
#include "services/mail.h"
#include "services/room.h"
#include "services/service.h"
#include "services/session.h"
#include "services/vault.h"

enum {
	LAPSES = 50		/* of one round */
};

struct change {
	const struct service	*service;
	const struct application *application;
	const struct inquiry	*inquiry;
	const char		*action, *role;
	const char		*state;		/* of the request after it */
	const char		*text;		/* question or answer */
	const char		*items;
	const struct form	*redone;
	int32_t			 number;	/* of the submission before */
	date			 due;
	struct application	*after;
};

static struct envelope_place
place_of(struct uuid id, enum class_code class)
{
	return (struct envelope_place){
		.table = TABLE_CASEWORK_INFORMATION_REQUEST,
		.class = (uint16_t)class,
		.row = id,
		.version = 1,
	};
}

static const char *
page_of(struct arena *arena, const struct service *service,
    const struct application *a)
{
	return arena_printf(arena, "%s/applications/%s", service->path,
	    a->reference);
}

static bool
step(struct act *act, const struct change *c, struct uuid *event,
    struct err *e)
{
	return casework_step(act, &(struct casework_step){
	    .application = c->application->id,
	    .action = c->action,
	    .role = c->role,
	    .expected = c->application->version }, c->after, event, e);
}

static bool
say(struct act *act, const struct change *c, struct err *e)
{
	return act_say(act, &(struct act_entry){
	    .type = EVENT_UPDATE,
	    .purpose = act_session(act) != NULL
	        && act_session(act)->kind == SESSION_STAFF
	        ? PURPOSE_CASEWORK : PURPOSE_APPLICATION,
	    .subject = c->application->applicant,
	    .application = c->application->id }, NULL, e);
}

static bool
ask_body(struct act *act, void *arg, struct err *e)
{
	struct change *c = arg;
	struct uuid id = uuid_new(), event;
	struct bytes sealed;

	if (!step(act, c, &event, e) || !act_seal(act,
	    c->application->applicant, place_of(id, CLASS_QUESTION),
	    bytes_of(c->text), &sealed, e))
		return false;
	act_put(act, QUERY_CASEWORK_INFORMATION_REQUEST_INSERT,
	    TABLE_CASEWORK_INFORMATION_REQUEST, (struct db_value[]){
	    db_uuid(id), db_int(1), db_uuid(c->application->id),
	    db_text("open"), db_uuid(event), db_date(act_today(act)),
	    db_date(c->due), db_text(c->items), db_bytes(sealed),
	    db_null() }, 10);
	return mail_send(act, c->application->applicant, MAIL_QUESTION,
	    c->application->reference,
	    page_of(act_arena(act), c->service, c->application), e)
	    && say(act, c, e);
}

bool
inquiry_ask(struct room *room, struct arena *arena,
    const struct session *session, const struct service *service,
    const struct application *a, const char *question, const char *items,
    struct application *after, struct err *e)
{
	struct change c = { .service = service, .application = a,
	    .action = "request_information", .role = "clerk",
	    .text = question, .items = items, .after = after };
	struct db_rows *rows;
	struct db_row row;

	if (!db_ask(room->db, arena, QUERY_INQUIRY_DUE, (struct db_value[]){
	    db_text(a->form), db_int(a->form_version),
	    db_date(clock_today()) }, 3, &rows, e))
		return false;
	row = db_row(rows, 0);
	c.due = db_take_date(&row);
	return act_run(room, arena, session, ask_body, &c, e);
}

/* Columns: id, row_version, state, cause, asked_on, due, items, question,
 * answer. */
static bool
take(struct room *room, struct arena *arena, struct db_row row,
    struct inquiry *q, struct err *e)
{
	struct bytes plain;

	q->id = db_take_uuid(&row);
	q->version = (int32_t)db_take_int(&row);
	q->state = db_take_text(&row);
	q->cause = db_take_uuid(&row);
	q->asked_on = db_take_date(&row);
	q->due = db_take_date(&row);
	q->items = db_take_text(&row);
	q->sealed_question = db_take_bytes(&row);
	q->sealed_answer = db_take_bytes(&row);
	if (!vault_open(room->vault, arena, place_of(q->id, CLASS_QUESTION),
	    q->sealed_question, &plain, e))
		return false;
	q->question = arena_strndup(arena, (const char *)plain.p, plain.n);
	q->answer = NULL;
	if (q->sealed_answer.p == NULL)
		return true;
	if (!vault_open(room->vault, arena, place_of(q->id, CLASS_ANSWER),
	    q->sealed_answer, &plain, e))
		return false;
	q->answer = arena_strndup(arena, (const char *)plain.p, plain.n);
	return true;
}

bool
inquiry_list(struct room *room, struct arena *arena,
    const struct application *a, struct inquiry **out, size_t *n,
    struct err *e)
{
	struct db_rows *rows;

	if (!db_ask(room->db, arena, QUERY_INQUIRY_LIST, (struct db_value[]){
	    db_uuid(a->id) }, 1, &rows, e))
		return false;
	*n = db_count(rows);
	*out = arena_array(arena, *n, sizeof **out);
	for (size_t i = 0; i < *n; i++)
		if (!take(room, arena, db_row(rows, i), &(*out)[i], e))
			return false;
	return true;
}

bool
inquiry_open(struct room *room, struct arena *arena,
    const struct application *a, struct inquiry *out, bool *found,
    struct err *e)
{
	struct inquiry *all;
	size_t n;

	*found = false;
	if (!inquiry_list(room, arena, a, &all, &n, e))
		return false;
	for (size_t i = 0; i < n && !*found; i++) {
		*found = str_equal(all[i].state, "open");
		if (*found)
			*out = all[i];
	}
	return true;
}

/* The request's row after the change; an answer may be sealed into it. */
static void
put_request(struct act *act, const struct change *c, struct uuid event,
    struct bytes answer)
{
	const struct inquiry *q = c->inquiry;

	act_put(act, QUERY_CASEWORK_INFORMATION_REQUEST_UPDATE,
	    TABLE_CASEWORK_INFORMATION_REQUEST, (struct db_value[]){
	    db_uuid(q->id), db_int(q->version + 1),
	    db_uuid(c->application->id), db_text(c->state), db_uuid(event),
	    db_date(q->asked_on), db_date(q->due), db_text(q->items),
	    db_bytes(q->sealed_question), db_bytes(answer) }, 10);
}

static bool
put_redone(struct act *act, const struct change *c, struct uuid event,
    struct err *e)
{
	struct uuid id = uuid_new();
	struct bytes sealed;

	if (!act_seal(act, intake_unit(act_session(act),
	    c->application->thing),
	    (struct envelope_place){ .table = TABLE_CASEWORK_SUBMISSION,
	    .class = CLASS_ANSWERS, .row = id, .version = 1 },
	    form_submission(act_arena(act), c->redone), &sealed, e))
		return false;
	act_put(act, QUERY_CASEWORK_SUBMISSION_INSERT,
	    TABLE_CASEWORK_SUBMISSION, (struct db_value[]){ db_uuid(id),
	    db_int(1), db_uuid(c->application->id), db_uuid(event),
	    db_int(c->number + 1), db_bytes(sealed) }, 6);
	return true;
}

static bool
answer_body(struct act *act, void *arg, struct err *e)
{
	struct change *c = arg;
	struct uuid event;
	struct bytes sealed;

	if (!step(act, c, &event, e) || !act_seal(act,
	    c->application->applicant, place_of(c->inquiry->id,
	    CLASS_ANSWER), bytes_of(c->text), &sealed, e))
		return false;
	put_request(act, c, event, sealed);
	if (c->redone != NULL && !put_redone(act, c, event, e))
		return false;
	return say(act, c, e);
}

bool
inquiry_answer(struct room *room, struct arena *arena,
    const struct session *session, const struct application *a,
    const struct inquiry *inquiry, const char *answer,
    const struct form *redone, struct application *after, struct err *e)
{
	struct change c = { .application = a, .inquiry = inquiry,
	    .action = "respond", .role = "applicant", .state = "answered",
	    .text = answer, .redone = redone, .after = after };
	struct form *before;

	if (redone != NULL) {
		if (!intake_answers(room, arena, a, &before, &c.number, e))
			return false;
		form_free(before);
	}
	return act_run(room, arena, session, answer_body, &c, e);
}

/* Open fees are no longer owed. */
static bool
waive(struct act *act, const struct change *c, struct uuid event,
    struct err *e)
{
	struct fee *fee;
	size_t n;

	if (!fee_list(act_room(act), act_arena(act), c->application->id, &fee,
	    &n, e))
		return false;
	for (size_t i = 0; i < n; i++)
		if (str_equal(fee[i].state, "open"))
			fee_put(act, c->application->id, &fee[i], "waived",
			    event);
	return true;
}

/* Withdrawn or lapsed: the request ends with the application. */
static bool
end_body(struct act *act, void *arg, struct err *e)
{
	struct change *c = arg;
	struct uuid event;

	if (!step(act, c, &event, e))
		return false;
	if (c->inquiry != NULL)
		put_request(act, c, event, (struct bytes){ NULL, 0 });
	if (!waive(act, c, event, e))
		return false;
	if (c->service->ended != NULL
	    && !c->service->ended(act, c->application, event, e))
		return false;
	if (act_session(act) == NULL && !mail_send(act,
	    c->application->applicant, MAIL_LAPSED,
	    c->application->reference,
	    page_of(act_arena(act), c->service, c->application), e))
		return false;
	return say(act, c, e);
}

static bool
end(struct room *room, struct arena *arena, const struct session *session,
    struct change *c, struct err *e)
{
	struct inquiry open;
	bool found;

	if (!inquiry_open(room, arena, c->application, &open, &found, e))
		return false;
	c->inquiry = found ? &open : NULL;
	c->state = "lapsed";
	return act_run(room, arena, session, end_body, c, e);
}

bool
inquiry_withdraw(struct room *room, struct arena *arena,
    const struct session *session, const struct service *service,
    const struct application *a, struct application *after, struct err *e)
{
	struct change c = { .service = service, .application = a,
	    .action = "withdraw", .role = "applicant", .after = after };

	return end(room, arena, session, &c, e);
}

bool
inquiry_lapse(struct room *room, struct arena *arena,
    const struct service *service, int64_t *n, struct err *e)
{
	struct db_rows *rows;

	*n = 0;
	if (!db_ask(room->db, arena, QUERY_INQUIRY_OVERDUE,
	    (struct db_value[]){ db_date(clock_today()), db_int(LAPSES) }, 2,
	    &rows, e))
		return false;
	for (size_t i = 0; i < db_count(rows); i++) {
		struct db_row row = db_row(rows, i);
		struct application a, after;
		struct change c = { .service = service, .application = &a,
		    .action = "lapse", .role = "system", .after = &after };
		struct err why = { 0 };

		casework_take(&row, &a);
		if (end(room, arena, NULL, &c, &why))
			(*n)++;
		else
			log_error("lapse", &why);
	}
	return true;
}

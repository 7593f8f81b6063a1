/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Taking decisions. The rules of who may are PostgreSQL's; what a decision
 * does to a register is the service's hook, inside the same act.
 */
#include "services/decision.h"

#include "forms/definition.h"
#include "forms/form.h"
#include "lib/arena.h"
#include "lib/db.h"
#include "lib/envelope.h"
#include "lib/err.h"
#include "lib/str.h"
#include "schema/registry.h"
#include "schema/statements.h"
#include "services/act.h"
#include "services/casework.h"
#include "services/intake.h"
#include "services/mail.h"
#include "services/party.h"
#include "services/room.h"
#include "services/service.h"
#include "services/session.h"
#include "services/vault.h"

struct deciding {
	const struct service		*service;
	const struct decision_input	*input;
	const struct form		*form;
	const char			*name;		/* of the applicant */
	struct application		*after;
	struct uuid			*event;		/* of the entry */
};

/* The office's name and the last day of appeal, as the calendar has it. */
static bool
office_and_appeal(struct act *act, const struct application *a,
    unsigned appeal_days, struct letter_facts *facts, struct err *e)
{
	struct db_rows *rows;
	struct db_row row;

	if (!db_ask(act_room(act)->db, act_arena(act), QUERY_DECISION_FACTS,
	    (struct db_value[]){ db_uuid(a->office), db_date(act_today(act)),
	    db_int(appeal_days) }, 3, &rows, e))
		return false;
	row = db_row(rows, 0);
	facts->office = db_take_text(&row);
	facts->appeal_until = appeal_days > 0 ? db_take_date(&row) : DATE_NONE;
	return true;
}

static bool
put_decision(struct act *act, const struct deciding *d, struct uuid event,
    struct err *e)
{
	const struct decision_input *in = d->input;
	struct uuid id = uuid_new();
	struct bytes sealed;
	struct letter_facts facts = {
		.application = d->after,
		.form = d->form,
		.approved = in->approve,
		.reasons = in->reasons,
		.n_reasons = in->n_reasons,
		.remark = in->remark,
		.name = d->name,
		.on = act_today(act),
	};

	if (!office_and_appeal(act, d->after,
	    form_definition(d->form)->policy.appeal_days, &facts, e))
		return false;
	if (!act_seal(act, d->after->applicant, (struct envelope_place){
	    .table = TABLE_CASEWORK_DECISION, .class = CLASS_LETTER,
	    .row = id, .version = 1 }, letter_write(act_arena(act), &facts),
	    &sealed, e))
		return false;
	act_put(act, QUERY_CASEWORK_DECISION_INSERT, TABLE_CASEWORK_DECISION,
	    (struct db_value[]){ db_uuid(id), db_int(1), db_uuid(event),
	    db_uuid(d->after->id),
	    db_text(in->approve ? "approved" : "refused"),
	    db_date(facts.on), db_date(facts.appeal_until),
	    db_bytes(sealed) }, 8);
	return true;
}

/* The register's part; and if it took the thing, the case is issued. */
static bool
tell_service(struct act *act, struct deciding *d, struct uuid event,
    struct err *e)
{
	struct decided decided = { .approved = d->input->approve,
	    .event = event, .form = d->form };
	struct uuid issue;

	if (d->service->decided != NULL
	    && !d->service->decided(act, d->after, &decided, e))
		return false;
	if (decided.issued)
		casework_follow(act, "issue", "clerk", "issued", d->after,
		    &issue);
	return mail_send(act, d->after->applicant,
	    decided.issued ? MAIL_ISSUED : MAIL_DECIDED, d->after->reference,
	    arena_printf(act_arena(act), "%s/applications/%s",
	    d->service->path, d->after->reference), e);
}

static bool
decide_body(struct act *act, void *arg, struct err *e)
{
	struct deciding *d = arg;
	const struct decision_input *in = d->input;
	struct uuid event;

	if (!casework_step(act, &(struct casework_step){
	    .application = in->application->id,
	    .action = in->approve ? "approve" : "refuse",
	    .role = "clerk",
	    .expected = in->application->version,
	    .reasons = in->reasons,
	    .n_reasons = in->n_reasons,
	    .note = in->note,
	    .note_kind = "staff" }, d->after, &event, e))
		return false;
	if (!put_decision(act, d, event, e)
	    || !tell_service(act, d, event, e))
		return false;
	return act_say(act, &(struct act_entry){
	    .type = EVENT_DECIDE, .purpose = PURPOSE_CASEWORK,
	    .subject = d->after->applicant,
	    .application = d->after->id }, d->event, e);
}

bool
decision_make(struct room *room, struct arena *arena,
    const struct session *session, const struct service *service,
    const struct decision_input *input, struct application *after,
    struct uuid *event, struct err *e)
{
	struct deciding d = { .service = service, .input = input,
	    .after = after, .event = event };
	struct form *form;
	struct party party;
	int32_t number;
	bool found, ok;

	if (!input->approve && input->n_reasons == 0)
		return err_rule(e, "reason_missing",
		    "a refusal needs a coded reason");
	if (!party_get(room, arena, input->application->applicant, &party,
	    &found, e) || !intake_answers(room, arena, input->application,
	    &form, &number, e))
		return false;
	d.form = form;
	d.name = found ? party.name : NULL;
	ok = act_run(room, arena, session, decide_body, &d, e);
	form_free(form);
	return ok;
}

struct setting_aside {
	const struct service	*service;
	struct casework_step	 step;
	struct application	*after;
};

static bool
set_aside_body(struct act *act, void *arg, struct err *e)
{
	struct setting_aside *s = arg;
	struct uuid event;

	if (!casework_step(act, &s->step, s->after, &event, e))
		return false;
	if (s->service->reopened != NULL
	    && !s->service->reopened(act, s->after, event, e))
		return false;
	return act_say(act, &(struct act_entry){
	    .type = EVENT_DECIDE, .purpose = PURPOSE_SUPERVISION,
	    .subject = s->after->applicant,
	    .application = s->after->id }, NULL, e);
}

bool
decision_set_aside(struct room *room, struct arena *arena,
    const struct session *session, const struct service *service,
    const struct casework_step *step, struct application *after,
    struct err *e)
{
	struct setting_aside s = { service, *step, after };

	s.step.action = "set_aside";
	s.step.role = "supervisor";
	return act_run(room, arena, session, set_aside_body, &s, e);
}

static bool
take_reasons(struct room *room, struct arena *arena, struct uuid event,
    struct decision *d, struct err *e)
{
	struct db_rows *rows;

	if (!db_ask(room->db, arena, QUERY_DECISION_REASONS,
	    (struct db_value[]){ db_uuid(event) }, 1, &rows, e))
		return false;
	for (size_t i = 0; i < db_count(rows)
	    && i < sizeof d->reasons / sizeof *d->reasons; i++) {
		struct db_row row = db_row(rows, i);

		d->reasons[d->n_reasons++] = (int32_t)db_take_int(&row);
	}
	return true;
}

/* Columns: id, event, outcome, decided_on, appeal_until, at, letter. */
static bool
take(struct room *room, struct arena *arena, struct db_row row,
    struct decision *d, struct err *e)
{
	struct uuid event;
	struct bytes plain;

	d->id = db_take_uuid(&row);
	event = db_take_uuid(&row);
	d->approved = str_equal(db_take_text(&row), "approved");
	d->decided_on = db_take_date(&row);
	d->appeal_until = db_take_date(&row);
	d->at = db_take_instant(&row);
	if (!vault_open(room->vault, arena, (struct envelope_place){
	    .table = TABLE_CASEWORK_DECISION, .class = CLASS_LETTER,
	    .row = d->id, .version = 1 }, db_take_bytes(&row), &plain, e))
		return false;
	return letter_read(arena, plain, &d->letter, e)
	    && take_reasons(room, arena, event, d, e);
}

bool
decision_list(struct room *room, struct arena *arena,
    const struct application *a, struct decision **out, size_t *n,
    struct err *e)
{
	struct db_rows *rows;

	if (!db_ask(room->db, arena, QUERY_DECISION_LIST, (struct db_value[]){
	    db_uuid(a->id) }, 1, &rows, e))
		return false;
	*n = db_count(rows);
	*out = arena_array(arena, *n, sizeof **out);
	for (size_t i = 0; i < *n; i++)
		if (!take(room, arena, db_row(rows, i), &(*out)[i], e))
			return false;
	return true;
}

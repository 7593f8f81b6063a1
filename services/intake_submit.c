/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Filing: the one act by which a draft becomes an application. Everything
 * that can be refused is looked at before; the rest is PostgreSQL's say.
 */
#include "services/intake.h"

#include "forms/definition.h"
#include "forms/form.h"
#include "lib/arena.h"
#include "lib/conf.h"
#include "lib/db.h"
#include "lib/envelope.h"
#include "lib/err.h"
#include "lib/str.h"
#include "schema/registry.h"
#include "schema/statements.h"
#include "services/act.h"
#include "services/casework.h"
#include "services/form_store.h"
#include "services/mail.h"
#include "services/reference.h"
#include "services/room.h"
#include "services/service.h"
#include "services/session.h"
#include "services/vault.h"

struct filing {
	const struct service	*service;
	struct draft		*draft;
	struct application	*application;
	struct intake_fee	*fee;
	size_t			 fees;
	struct uuid		 subject;	/* whose application it is */
	struct uuid		*event;		/* of the entry */
};

bool
intake_fees(struct room *room, struct arena *arena, const struct form *form,
    struct intake_fee **out, size_t *n, struct err *e)
{
	const char **line;
	size_t lines = 0;

	if (!form_fees(arena, form, &line, e))
		return false;
	while (line[lines] != NULL)
		lines++;
	*out = arena_array(arena, lines, sizeof **out);
	*n = 0;
	for (size_t i = 0; i < lines; i++) {
		const char *name = arena_printf(arena, "fee.%s", line[i]);
		int64_t amount;

		if (!form_store_parameter(room, name, clock_today(), &amount))
			return err_set(e, ERR_SYSTEM,
			    "the fee schedule has no line %s", name);
		if (amount > 0)
			(*out)[(*n)++] = (struct intake_fee){ line[i], amount };
	}
	return true;
}

static bool
put_submission(struct act *act, const struct filing *f, struct uuid event,
    struct err *e)
{
	struct uuid id = uuid_new();
	struct bytes sealed;

	if (!act_seal(act, f->draft->unit, (struct envelope_place){
	    .table = TABLE_CASEWORK_SUBMISSION, .class = CLASS_ANSWERS,
	    .row = id, .version = 1 },
	    form_submission(act_arena(act), f->draft->form), &sealed, e))
		return false;
	act_put(act, QUERY_CASEWORK_SUBMISSION_INSERT,
	    TABLE_CASEWORK_SUBMISSION, (struct db_value[]){ db_uuid(id),
	    db_int(1), db_uuid(f->draft->id), db_uuid(event), db_int(1),
	    db_bytes(sealed) }, 6);
	return true;
}

static void
put_fees(struct act *act, const struct filing *f, struct uuid event)
{
	const char *currency = conf_text(act_room(act)->conf, "authority",
	    "currency");

	for (size_t i = 0; i < f->fees; i++)
		act_put(act, QUERY_CASEWORK_FEE_INSERT, TABLE_CASEWORK_FEE,
		    (struct db_value[]){ db_uuid(uuid_new()), db_int(1),
		    db_uuid(uuid_new()), db_uuid(f->draft->id),
		    db_text(f->fee[i].line), db_text(currency),
		    db_int(f->fee[i].amount), db_text("open"),
		    db_uuid(event) }, 9);
}

static const char *
action_of(const struct filing *f)
{
	const char *action = f->service->filing != NULL
	    ? f->service->filing(f->draft->form) : "submit";

	return f->fees > 0 && str_equal(action, "submit")
	    ? "submit_unpaid" : action;
}

/* What the desk files about somebody is no application of theirs: the
 * decision tells them. */
static bool
tell_applicant(struct act *act, const struct filing *f, struct err *e)
{
	const struct application *a = f->application;

	if (act_session(act)->kind == SESSION_STAFF)
		return true;
	return mail_send(act, a->applicant, MAIL_RECEIVED, a->reference,
	    arena_printf(act_arena(act), "%s/applications/%s",
	    f->service->path, a->reference), e);
}

static bool
file_body(struct act *act, void *arg, struct err *e)
{
	struct filing *f = arg;
	struct application *a = f->application;
	const struct definition *d = f->draft->definition;
	char reference[REFERENCE_TEXT];
	struct uuid event;

	reference_new(d->policy.prefix, reference);
	*a = (struct application){
		.id = f->draft->id,
		.reference = arena_strdup(act_arena(act), reference),
		.form = d->name,
		.form_version = (int32_t)d->version,
		.applicant = f->subject,
		.thing = f->draft->thing,
	};
	if (!casework_file(act, a, action_of(f), &event, e)
	    || !put_submission(act, f, event, e))
		return false;
	put_fees(act, f, event);
	if (f->service->filed != NULL
	    && !f->service->filed(act, a, f->draft->form, event, e))
		return false;
	if (!tell_applicant(act, f, e))
		return false;
	act_add(act, QUERY_DRAFT_FILED, (struct db_value[]){
	    db_uuid(f->draft->id), db_int(f->draft->saved) }, 2, NULL);
	return act_say(act, &(struct act_entry){
	    .type = EVENT_CREATE, .purpose = PURPOSE_APPLICATION,
	    .subject = a->applicant, .application = a->id }, f->event, e);
}

static bool
any_bad(const struct finding *f)
{
	for (; f != NULL; f = f->next)
		if (f->level == FINDING_BAD)
			return true;
	return false;
}

/* What only a look beyond the page can tell. */
static bool
fit_to_file(struct room *room, struct arena *arena,
    const struct session *session, struct filing *f,
    struct intake_refusal *refusal, struct err *e)
{
	f->subject = f->draft->person;
	if (session->kind == SESSION_STAFF && !f->service->subject(room, arena,
	    f->draft->thing, &f->subject, e))
		return false;
	refusal->errors = form_check(f->draft->form);
	if (refusal->errors != NULL)
		return err_set(e, ERR_INPUT, "answers are missing or wrong");
	if (f->service->check != NULL && !f->service->check(room, arena,
	    session, f->draft->form, f->draft->thing, &refusal->findings, e))
		return false;
	if (any_bad(refusal->findings))
		return err_set(e, ERR_INPUT, "the service cannot take it so");
	return intake_fees(room, arena, f->draft->form, &f->fee, &f->fees, e);
}

bool
intake_submit(struct room *room, struct arena *arena,
    const struct session *session, const struct service *service,
    struct draft *draft, struct application *a, struct uuid *event,
    struct intake_refusal *refusal, struct err *e)
{
	struct filing f = { .service = service, .draft = draft,
	    .application = a, .event = event };
	struct err why = { 0 };

	*event = (struct uuid){ { 0 } };
	*refusal = (struct intake_refusal){ 0 };
	if (!fit_to_file(room, arena, session, &f, refusal, e))
		return false;
	if (act_run(room, arena, session, file_body, &f, &why))
		return true;
	/* the same draft, sent twice: the other request filed it */
	if (why.code == ERR_CONFLICT
	    && casework_get(room, arena, draft->id, a, NULL)) {
		*event = (struct uuid){ { 0 } };
		return true;
	}
	if (e != NULL)
		*e = why;
	return false;
}

bool
intake_answers(struct room *room, struct arena *arena,
    const struct application *a, struct form **form, int32_t *number,
    struct err *e)
{
	struct form_world world = form_store_world(room);
	const struct definition *definition;
	struct db_rows *rows;
	struct db_row row;
	struct uuid id;
	struct bytes plain;

	if (!form_store_get(room, a->form, a->form_version, &definition, e))
		return false;
	if (!db_ask(room->db, arena, QUERY_SUBMISSION_NEWEST,
	    (struct db_value[]){ db_uuid(a->id) }, 1, &rows, e))
		return false;
	if (db_count(rows) == 0)
		return err_set(e, ERR_SYSTEM, "an application without answers");
	row = db_row(rows, 0);
	id = db_take_uuid(&row);
	*number = (int32_t)db_take_int(&row);
	if (!vault_open(room->vault, arena, (struct envelope_place){
	    .table = TABLE_CASEWORK_SUBMISSION, .class = CLASS_ANSWERS,
	    .row = id, .version = 1 }, db_take_bytes(&row), &plain, e))
		return false;
	return form_load(arena, definition, &world, plain, form, e);
}

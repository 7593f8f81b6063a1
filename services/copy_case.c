/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading everything of a case for the one whose it is. Notes for staff are
 * the office's, and stay out; so does what other people said.
 */
#include "services/copy_case.h"

#include "forms/answer.h"
#include "forms/definition.h"
#include "forms/form.h"
#include "lib/arena.h"
#include "lib/db.h"
#include "lib/err.h"
#include "lib/text.h"
#include "schema/statements.h"
#include "services/casefile.h"
#include "services/casework.h"
#include "services/copy.h"
#include "services/decision.h"
#include "services/fee.h"
#include "services/inquiry.h"
#include "services/intake.h"
#include "services/party.h"
#include "services/room.h"
#include "services/service.h"
#include "services/session.h"

void
copy_case_put_party(struct copy_writer *w, const struct party *p)
{
	copy_record(w, "person", _("Who you are"));
	copy_text(w, "name", _("Name"), p->name);
	copy_text(w, "national_id", _("CPF"), p->national_id);
	copy_date(w, "born", _("Date of birth"), p->born);
	copy_text(w, "language", _("Language"), p->language);
}

static void
put_answers(struct arena *arena, const struct form *form,
    struct copy_writer *w)
{
	struct answer *list;
	size_t n;

	list = answer_list(arena, form, &n);
	for (size_t i = 0; i < n; i++)
		copy_text(w, list[i].item->name, list[i].label,
		    list[i].value);
}

static bool
put_events(struct room *room, struct arena *arena,
    const struct application *a, struct copy_writer *w, struct err *e)
{
	struct casefile_event *v;
	size_t n;

	if (!casefile_events(room, arena, a, false, &v, &n, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		copy_record(w, "step", a->reference);
		copy_time(w, "at", _("When"), v[i].at);
		copy_text(w, "action", _("What happened"), v[i].action);
		copy_text(w, "handle", _("Who"), v[i].handle);
		copy_text(w, "office", _("Office"), v[i].office);
		copy_text(w, "note", _("Note"), v[i].note);
	}
	return true;
}

static bool
put_inquiries(struct room *room, struct arena *arena,
    const struct application *a, struct copy_writer *w, struct err *e)
{
	struct inquiry *q;
	size_t n;

	if (!inquiry_list(room, arena, a, &q, &n, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		copy_record(w, "question", a->reference);
		copy_date(w, "asked_on", _("Asked on"), q[i].asked_on);
		copy_date(w, "due", _("To be answered by"), q[i].due);
		copy_text(w, "question", _("Question"), q[i].question);
		copy_text(w, "answer", _("Answer"), q[i].answer);
	}
	return true;
}

static bool
put_decisions(struct room *room, struct arena *arena,
    const struct application *a, struct copy_writer *w, struct err *e)
{
	struct decision *d;
	size_t n;

	if (!decision_list(room, arena, a, &d, &n, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		copy_record(w, "decision", d[i].letter.title);
		copy_text(w, "reference", _("Reference"), a->reference);
		copy_text(w, "outcome", _("Outcome"),
		    d[i].approved ? "approved" : "refused");
		copy_date(w, "decided_on", _("Decided on"), d[i].decided_on);
		copy_date(w, "appeal_until", _("Appeal until"),
		    d[i].appeal_until);
		copy_text(w, "letter", _("Letter"), d[i].letter.body);
	}
	return true;
}

static bool
put_fees(struct room *room, struct arena *arena, const struct application *a,
    struct copy_writer *w, struct err *e)
{
	struct fee *f;
	size_t n;

	if (!fee_list(room, arena, a->id, &f, &n, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		copy_record(w, "fee", a->reference);
		copy_text(w, "line", _("Fee"), f[i].line);
		copy_text(w, "currency", _("Currency"), f[i].currency);
		copy_text(w, "minor_units", _("Amount in cents"),
		    arena_printf(arena, "%lld", (long long)f[i].amount));
		copy_text(w, "fee_state", _("State"), f[i].state);
	}
	return true;
}

static bool
put_application(struct room *room, struct arena *arena,
    const struct application *a, struct copy_writer *w, struct err *e)
{
	struct form *form;
	int32_t number;

	if (!intake_answers(room, arena, a, &form, &number, e))
		return false;
	copy_record(w, "application",
	    words_read(form_definition(form)->title));
	copy_text(w, "reference", _("Reference"), a->reference);
	copy_text(w, "form", _("Form"), a->form);
	copy_text(w, "state", _("State"), a->state);
	copy_time(w, "submitted_at", _("Sent on"), a->submitted_at);
	copy_date(w, "due", _("Due"), a->due);
	copy_date(w, "decided_on", _("Decided on"), a->decided_on);
	copy_record(w, "answers", a->reference);
	put_answers(arena, form, w);
	form_free(form);
	return put_events(room, arena, a, w, e)
	    && put_inquiries(room, arena, a, w, e)
	    && put_decisions(room, arena, a, w, e)
	    && put_fees(room, arena, a, w, e);
}

static bool
put_applications(struct room *room, struct arena *arena, struct uuid subject,
    struct copy_writer *w, struct err *e)
{
	struct db_rows *rows;

	if (!db_ask(room->db, arena, QUERY_RIGHTS_APPLICATIONS,
	    (struct db_value[]){ db_uuid(subject), db_int(room->code) }, 2,
	    &rows, e))
		return false;
	for (size_t i = 0; i < db_count(rows); i++) {
		struct db_row row = db_row(rows, i);
		struct application a;

		casework_take(&row, &a);
		if (!put_application(room, arena, &a, w, e))
			return false;
	}
	return true;
}

/* Drafts are looked up as their owner would. */
static bool
put_drafts(struct room *room, struct arena *arena, struct uuid subject,
    struct copy_writer *w, struct err *e)
{
	const struct session owner = { .kind = SESSION_CITIZEN,
	    .subject = subject };
	struct draft *list;
	size_t n;

	if (!intake_list(room, arena, &owner, &list, &n, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct draft d;

		if (!intake_load(room, arena, &owner, list[i].id, &d, e))
			return false;
		copy_record(w, "draft", words_read(d.definition->title));
		copy_time(w, "started_at", _("Begun"), d.started_at);
		put_answers(arena, d.form, w);
		form_free(d.form);
	}
	return true;
}

bool
copy_case_write(struct room *room, struct arena *arena,
    const struct service *service, struct uuid subject,
    struct copy_writer *w, struct err *e)
{
	struct party p;
	bool found;

	if (!party_get(room, arena, subject, &p, &found, e))
		return false;
	if (found)
		copy_case_put_party(w, &p);
	return put_applications(room, arena, subject, w, e)
	    && put_drafts(room, arena, subject, w, e)
	    && (service->copy == NULL
	    || service->copy(room, arena, subject, w, e));
}

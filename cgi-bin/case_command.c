/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The commands. Who may is PostgreSQL's to say; a refusal comes back by the
 * name of its rule and is shown in words (cgi-bin/case_pages.c).
 */
#include "cgi-bin/case_command.h"

#include <string.h>

#include "cgi-bin/applicant.h"
#include "cgi-bin/case_pages.h"
#include "cgi-bin/field.h"
#include "cgi-bin/query.h"
#include "cgi-bin/visit.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/text.h"
#include "schema/registry.h"
#include "services/casework.h"
#include "services/decision.h"
#include "services/fee.h"
#include "services/inquiry.h"

enum {
	REASONS = 16,
	NOTE_MAX = 4000
};

static const struct field version_field = {
	.name = "version", .type = FIELD_INT, .required = true, .min = 1,
	.max = INT32_MAX
};

static const char *const outcomes[] = { "approve", "refuse", NULL };

const struct field case_decide_fields[] = {
	{ .name = "version", .type = FIELD_INT, .required = true, .min = 1,
	    .max = INT32_MAX },
	{ .name = "outcome", .type = FIELD_CHOICE, .required = true,
	    .choices = outcomes,
	    .missing = N_("Choose whether to approve or to refuse") },
	{ .name = "reasons", .type = FIELD_TEXT, .max = 200 },
	{ .name = "remark", .type = FIELD_LINES, .max = NOTE_MAX },
	{ .name = "note", .type = FIELD_LINES, .max = NOTE_MAX },
};
const size_t case_decide_fields_n =
    sizeof case_decide_fields / sizeof *case_decide_fields;

const struct field case_ask_fields[] = {
	{ .name = "version", .type = FIELD_INT, .required = true, .min = 1,
	    .max = INT32_MAX },
	{ .name = "question", .type = FIELD_LINES, .required = true,
	    .max = INQUIRY_TEXT, .missing = N_("Enter the question") },
};
const size_t case_ask_fields_n =
    sizeof case_ask_fields / sizeof *case_ask_fields;

static const struct field note_fields[] = {
	{ .name = "version", .type = FIELD_INT, .required = true, .min = 1,
	    .max = INT32_MAX },
	{ .name = "note", .type = FIELD_LINES, .required = true,
	    .max = NOTE_MAX, .missing = N_("Enter the note") },
};

static const struct field aside_fields[] = {
	{ .name = "version", .type = FIELD_INT, .required = true, .min = 1,
	    .max = INT32_MAX },
	{ .name = "note", .type = FIELD_LINES, .required = true,
	    .max = NOTE_MAX,
	    .missing = N_("Enter why the decision is set aside") },
};

/* Reason 900 of every service: a supervisor's own words say it. */
static const int32_t supervisor_reason[] = { 900 };

static void
back(struct visit *v, const struct application *a)
{
	response_redirect(v->response, case_path(v, a, ""));
}

/* Setting aside has a part in the service's register; no other step has. */
static bool
take_step(struct visit *v, const struct casework_step *s, unsigned purpose,
    struct application *after, struct err *e)
{
	if (str_equal(s->action, "set_aside"))
		return decision_set_aside(v->room, v->arena, v->session,
		    applicant_service(v), s, after, e);
	return casework_do(v->room, v->arena, v->session, s, purpose, after,
	    e);
}

/* A step of the table and nothing else. */
static void
step(struct visit *v, struct casework_step *s, unsigned purpose)
{
	struct application a, after;
	struct answers answers;
	struct err e = { 0 };

	if (!case_find(v, &a))
		return;
	if (s->expected == 0) {
		if (!field_read(v, &version_field, 1, &answers)) {
			back(v, &a);
			return;
		}
		s->expected = (int32_t)field_int(&answers, "version", 0);
	}
	s->application = a.id;
	if (!take_step(v, s, purpose, &after, &e)) {
		case_refused(v, &a, &e);
		return;
	}
	back(v, &after);
}

void
case_claim(struct visit *v)
{
	step(v, &(struct casework_step){ .action = "claim",
	    .role = "clerk" }, PURPOSE_CASEWORK);
}

void
case_release(struct visit *v)
{
	step(v, &(struct casework_step){ .action = "release",
	    .role = "clerk" }, PURPOSE_CASEWORK);
}

void
case_return(struct visit *v)
{
	step(v, &(struct casework_step){ .action = "return",
	    .role = "clerk" }, PURPOSE_CASEWORK);
}

/* A step with words for the file. */
static void
step_with_note(struct visit *v, const struct field *fields, size_t n,
    struct casework_step *s, unsigned purpose)
{
	struct application a;
	struct answers answers;

	if (!field_read(v, fields, n, &answers)) {
		if (case_find(v, &a)) {
			struct err e = { 0 };

			err_set(&e, ERR_INPUT, "the note is missing");
			visit_back(v, case_path(v, &a, ""));
			visit_keep(v, &answers);
			visit_refuse(v, 422, &e);
		}
		return;
	}
	s->expected = (int32_t)field_int(&answers, "version", 0);
	s->note = field_text(&answers, "note");
	s->note_kind = "staff";
	step(v, s, purpose);
}

void
case_note(struct visit *v)
{
	step_with_note(v, note_fields, 2, &(struct casework_step){
	    .action = "note", .role = "clerk" }, PURPOSE_CASEWORK);
}

void
case_recommend(struct visit *v)
{
	step_with_note(v, note_fields, 2, &(struct casework_step){
	    .action = "recommend", .role = "clerk" }, PURPOSE_CASEWORK);
}

void
case_set_aside(struct visit *v)
{
	step_with_note(v, aside_fields, 2, &(struct casework_step){
	    .action = "set_aside", .role = "supervisor",
	    .reasons = supervisor_reason, .n_reasons = 1 },
	    PURPOSE_SUPERVISION);
}

/* ---- asking */

/* The boxes ticked under this name, divided by blanks. */
static const char *
ticked(struct visit *v, const char *name)
{
	struct buf b = buf_new(v->arena, 128);
	const char *value;
	size_t i = 0;

	while ((value = query_next(&v->request->form, name, &i)) != NULL)
		buf_printf(&b, "%s%s", b.n > 0 ? " " : "", value);
	return buf_text(&b);
}

void
case_ask(struct visit *v)
{
	struct application a, after;
	struct answers answers;
	struct err e = { 0 };

	if (!case_find(v, &a))
		return;
	if (!field_read(v, case_ask_fields, case_ask_fields_n, &answers)) {
		if (case_read(v, &a, NULL))
			case_ask_put(v, &a, &answers);
		return;
	}
	a.version = (int32_t)field_int(&answers, "version", 0);
	if (!inquiry_ask(v->room, v->arena, v->session, applicant_service(v),
	    &a, field_text(&answers, "question"), ticked(v, "items"), &after,
	    &e)) {
		case_refused(v, &a, &e);
		return;
	}
	back(v, &after);
}

/* ---- deciding */

static size_t
reasons_of(struct visit *v, int32_t out[REASONS])
{
	const char *value;
	size_t n = 0, i = 0;
	int64_t code;

	while (n < REASONS && (value = query_next(&v->request->form, "reason",
	    &i)) != NULL)
		if (str_int(value, 1, INT32_MAX, &code, NULL))
			out[n++] = (int32_t)code;
	return n;
}

void
case_decide(struct visit *v)
{
	struct application a, after;
	struct answers answers;
	struct decision_input in = { .application = &a };
	int32_t reasons[REASONS];
	struct uuid event;
	struct err e = { 0 };
	bool fit;

	if (!case_find(v, &a))
		return;
	fit = field_read(v, case_decide_fields, case_decide_fields_n,
	    &answers);
	in.approve = field_chosen(&answers, "outcome", "approve");
	in.reasons = reasons;
	in.n_reasons = reasons_of(v, reasons);
	if (fit && !in.approve && in.n_reasons == 0) {
		field_fault(&answers, "reasons",
		    _("Choose at least one reason for the refusal"));
		fit = false;
	}
	if (!fit) {
		if (case_read(v, &a, NULL))
			case_decide_put(v, &a, &answers);
		return;
	}
	a.version = (int32_t)field_int(&answers, "version", 0);
	in.remark = field_text(&answers, "remark");
	in.note = field_text(&answers, "note");
	if (!decision_make(v->room, v->arena, v->session,
	    applicant_service(v), &in, &after, &event, &e)) {
		case_refused(v, &a, &e);
		return;
	}
	back(v, &after);
}

/* ---- the counter */

void
case_pay(struct visit *v)
{
	struct application a, after;
	struct answers answers;
	struct uuid event;
	struct err e = { 0 };

	if (!case_find(v, &a))
		return;
	if (!field_read(v, &version_field, 1, &answers)) {
		back(v, &a);
		return;
	}
	a.version = (int32_t)field_int(&answers, "version", 0);
	if (!fee_take(v->room, v->arena, v->session, applicant_service(v), &a,
	    &after, &event, &e)) {
		case_refused(v, &a, &e);
		return;
	}
	back(v, &after);
}

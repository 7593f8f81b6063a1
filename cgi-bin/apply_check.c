/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The draft's id is the application's, so every question here has one safe
 * way to be asked: is there an application of that id? What the database
 * leaves unknown is neither "sent" nor "not sent" to the reader.
 */
#include "cgi-bin/apply_check.h"

#include "cgi-bin/applicant.h"
#include "cgi-bin/apply_question.h"
#include "cgi-bin/apply_receipt.h"
#include "cgi-bin/apply_summary.h"
#include "cgi-bin/apply_words.h"
#include "cgi-bin/field.h"
#include "cgi-bin/page.h"
#include "cgi-bin/ui_error.h"
#include "cgi-bin/ui_form.h"
#include "cgi-bin/ui_list.h"
#include "cgi-bin/ui_notice.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/visit.h"
#include "forms/definition.h"
#include "forms/form.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/text.h"
#include "services/apply.h"
#include "services/casework.h"
#include "services/fee.h"
#include "services/intake.h"
#include "services/service.h"
#include "services/session.h"

/* ---- check your answers ---- */

static void
put_sending(struct visit *v, const struct draft *d)
{
	ui_heading(v->html, 2, UI_M, _("Now send your application"));
	ui_paragraph(v->html, _("We keep a record of it that nobody can "
	    "change unseen. You will get a reference at once."));
	ui_form_begin(v->html, &(struct ui_form){
		.action = applicant_draft_path(v, "check", d),
		.token = v->csrf,
	});
	ui_buttons_begin(v->html);
	ui_submit(v->html, _("Send the application"));
	ui_link(v->html, applicant_draft_path(v, "saved", d),
	    _("Save and come back later"));
	ui_link(v->html, applicant_draft_path(v, "discard", d),
	    _("Delete this application"));
	ui_buttons_end(v->html);
	ui_form_end(v->html);
}

static void
put_check(struct visit *v, const struct draft *d,
    const struct finding *findings)
{
	const struct definition_page *last = form_previous(d->form, NULL);
	struct intake_fee *fee;
	struct ui_error *errors;
	size_t fees, n;
	struct err e;

	if (!intake_fees(v->room, v->arena, d->form, &fee, &fees, &e)) {
		visit_fail(v, &e);
		return;
	}
	errors = apply_summary_errors(v, findings, &n);
	page_begin(v, &(struct page){
		.title = _("Check your answers"),
		.back = last != NULL ?
		    applicant_question_path(v, d, last, 0) : NULL,
		.errors = errors,
		.n_errors = n,
	});
	ui_heading_caption(v->html, 1, UI_L, words_read(d->definition->title),
	    _("Check your answers"));
	apply_summary_put(v, d->form, d, findings);
	apply_summary_fees(v, d->definition, fee, fees);
	put_sending(v, d);
	page_end(v);
}

void
apply_check_show(struct visit *v)
{
	struct draft d;

	if (!applicant_draft(v, &d))
		return;
	if (form_first_open(d.form) != NULL)
		response_redirect(v->response, applicant_resume_path(v, &d));
	else
		put_check(v, &d, NULL);
	form_free(d.form);
}

/* ---- sending ---- */

/* receipt: the entry's id, or nil if it is not known here. A clerk, who
 * filled a form of the desk, goes to the case. */
static void
go_to_confirmation(struct visit *v, const struct application *a,
    struct uuid receipt)
{
	char id[UUID_TEXT];
	const char *path = applicant_path(v, a, "/submitted");

	if (v->session->kind == SESSION_STAFF)
		path = visit_path(v, "%s/%s", applicant_base(v),
		    a->reference);
	else if (!uuid_is_nil(receipt))
		path = visit_path(v, "%s?receipt=%s", path,
		    uuid_text(receipt, id));
	response_redirect(v->response, path);
}

static void
put_unsure(struct visit *v, const char *look)
{
	page_begin(v, &(struct page){ .title = _("We are checking") });
	ui_heading(v->html, 1, UI_L, _("We are checking whether your "
	    "application arrived"));
	ui_paragraph(v->html, _("The connection was interrupted at the very "
	    "moment you sent it. It may have arrived, so please do not send "
	    "it again now."));
	ui_button(v->html, &(struct ui_button){ .text = _("Look again"),
	    .href = look });
	page_end(v);
	response_page(v->response, 503);
}

/* Filed after all, by this request or by another? */
static void
look_for(struct visit *v, const struct draft *d)
{
	struct application a;
	struct err e;

	if (apply_filed(v->room, v->arena, v->session, d->id, &a, &e))
		go_to_confirmation(v, &a, (struct uuid){ { 0 } });
	else
		put_unsure(v, applicant_draft_path(v, "sent", d));
}

static void
refuse(struct visit *v, const struct draft *d,
    const struct intake_refusal *why, const struct err *e)
{
	const char *check = applicant_draft_path(v, "check", d);

	if (why->errors != NULL) {
		response_redirect(v->response, applicant_resume_path(v, d));
	} else if (e->code == ERR_INPUT && why->findings != NULL) {
		put_check(v, d, why->findings);
	} else if (e->code == ERR_UNKNOWN) {
		look_for(v, d);
	} else if (e->code == ERR_CONFLICT) {
		apply_question_conflict(v, check);
	} else {
		visit_back(v, check);
		visit_fail(v, e);
	}
}

static void
submit(struct visit *v, struct draft *d)
{
	struct intake_refusal why;
	struct application a;
	struct uuid event;
	struct err e;

	if (intake_submit(v->room, v->arena, v->session,
	    applicant_service(v), d, &a, &event, &why, &e))
		go_to_confirmation(v, &a, event);
	else
		refuse(v, d, &why, &e);
}

/* The draft that is gone may be the application that it became. */
void
apply_check_submit(struct visit *v)
{
	struct uuid id = visit_uuid(v, "draft");
	struct application a;
	struct draft d;
	struct err e;

	if (!applicant_enter(v))
		return;
	if (apply_load(v->room, v->arena, v->session, id, &d, &e)) {
		submit(v, &d);
		form_free(d.form);
	} else if (e.code == ERR_ABSENT && apply_filed(v->room, v->arena,
	    v->session, id, &a, &e)) {
		go_to_confirmation(v, &a, (struct uuid){ { 0 } });
	} else {
		visit_fail(v, &e);
	}
}

static void
put_not_sent(struct visit *v, const struct draft *d)
{
	const char *title = _("Your application has not arrived yet");

	page_begin(v, &(struct page){ .title = title });
	ui_heading(v->html, 1, UI_L, title);
	ui_paragraph(v->html, _("Look again in a minute. If this page still "
	    "says so then, send it once more from the page with your answers: "
	    "it is never filed twice."));
	ui_buttons_begin(v->html);
	ui_button(v->html, &(struct ui_button){ .text = _("Look again"),
	    .href = v->request->path });
	ui_link(v->html, applicant_draft_path(v, "check", d),
	    _("Show my answers"));
	ui_buttons_end(v->html);
	page_end(v);
}

void
apply_check_sent(struct visit *v)
{
	struct uuid id = visit_uuid(v, "draft");
	struct application a;
	struct draft d;
	struct err e;

	if (!applicant_enter(v))
		return;
	if (apply_filed(v->room, v->arena, v->session, id, &a, &e)) {
		go_to_confirmation(v, &a, (struct uuid){ { 0 } });
		return;
	}
	if (e.code != ERR_ABSENT || !apply_load(v->room, v->arena,
	    v->session, id, &d, &e)) {
		visit_fail(v, &e);
		return;
	}
	put_not_sent(v, &d);
	form_free(d.form);
}

/* ---- it arrived ---- */

/* The number of the entry that proves the filing, if the address has it. */
static void
put_receipt(struct visit *v, const struct application *a)
{
	static const struct field receipt = {
		.name = "receipt", .type = FIELD_UUID,
	};
	struct answers given;

	if (field_read(v, &receipt, 1, &given)
	    && field_given(&given, "receipt"))
		apply_receipt_promise(v, a, field_uuid(&given, "receipt"));
}

static bool
put_payment(struct visit *v, const struct application *a,
    const struct definition *d, struct err *e)
{
	const struct ui_summary list = { .title = NULL };
	const char *office;
	struct fee *fee;
	size_t n;

	if (!fee_list(v->room, v->arena, a->id, &fee, &n, e)
	    || !apply_office(v->room, v->arena, a, &office, e))
		return false;
	if (fee_due(fee, n) == 0)
		return true;
	ui_heading(v->html, 2, UI_M, _("What you have to pay"));
	ui_summary_begin(v->html, &list);
	for (size_t i = 0; i < n; i++)
		if (str_equal(fee[i].state, "open"))
			ui_summary_fact(v->html, &list, applicant_fee(v, d,
			    fee[i].line), applicant_money(v, fee[i].amount));
	ui_summary_end(v->html, &list);
	ui_paragraph(v->html, arena_printf(v->arena,
	    _("Pay %s at the counter of %s. Give the reference above. We "
	    "start once it is paid."), applicant_money(v, fee_due(fee, n)),
	    office));
	return true;
}

static void
put_confirmation(struct visit *v, const struct application *a,
    const struct definition *d)
{
	const char *title = _("Application sent");
	struct err e;

	page_begin(v, &(struct page){ .title = title });
	ui_panel_reference(v->html, title, _("Your reference"),
	    a->reference);
	ui_paragraph(v->html, words_read(d->title));
	if (!put_payment(v, a, d, &e)) {
		visit_fail(v, &e);
		return;
	}
	ui_heading(v->html, 2, UI_M, _("What happens next"));
	ui_paragraph(v->html, apply_words_state(a->state).next);
	ui_paragraph(v->html, _("We will mail you when something happens, and "
	    "you can look at any time."));
	put_receipt(v, a);
	ui_paragraph(v->html, _("Print this page, or save it, to keep it."));
	ui_buttons_begin(v->html);
	ui_button(v->html, &(struct ui_button){
		.text = _("Follow your application"),
		.href = applicant_path(v, a, ""),
	});
	ui_link(v->html, visit_path(v, "%s/applications",
	    applicant_base(v)), _("All your applications"));
	ui_buttons_end(v->html);
	page_end(v);
}

void
apply_check_confirm(struct visit *v)
{
	const struct definition *d;
	struct application a;

	if (!applicant_application(v, &a))
		return;
	d = applicant_definition(v, &a);
	if (d != NULL)
		put_confirmation(v, &a, d);
}

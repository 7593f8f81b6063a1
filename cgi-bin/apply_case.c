/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Answers, letters, withdrawal. A withdrawal that was sent twice finds the
 * application withdrawn, and says the same.
 */
#include "cgi-bin/apply_case.h"

#include "cgi-bin/applicant.h"
#include "cgi-bin/apply_summary.h"
#include "cgi-bin/field.h"
#include "cgi-bin/page.h"
#include "cgi-bin/ui_document.h"
#include "cgi-bin/ui_form.h"
#include "cgi-bin/ui_notice.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/visit.h"
#include "cgi-bin/written.h"
#include "forms/form.h"
#include "lib/arena.h"
#include "lib/conf.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/text.h"
#include "services/apply.h"
#include "services/casework.h"
#include "services/decision.h"
#include "services/inquiry.h"
#include "services/intake.h"

/* ---- the answers ---- */

void
apply_case_answers(struct visit *v)
{
	struct application a;
	struct form *form;
	int32_t number;
	struct err e;

	if (!applicant_application(v, &a))
		return;
	if (!intake_answers(v->room, v->arena, &a, &form, &number, &e)) {
		visit_fail(v, &e);
		return;
	}
	page_begin(v, &(struct page){ .title = _("The answers you sent"),
	    .back = applicant_path(v, &a, "") });
	ui_heading_caption(v->html, 1, UI_L, a.reference,
	    _("The answers you sent"));
	if (number > 1)
		ui_paragraph(v->html, _("These are the answers as you changed "
		    "them last."));
	apply_summary_put(v, form, NULL, NULL);
	page_end(v);
	form_free(form);
}

/* ---- letters ---- */

static void
put_letter(struct visit *v, const struct application *a,
    const struct decision *d, const char *office)
{
	const struct letter *letter = &d->letter;
	bool foreign = !str_equal(letter->language, v->language);

	page_begin(v, &(struct page){ .title = letter->title,
	    .back = applicant_path(v, a, ""), .whole = true });
	ui_document_begin(v->html, &(struct ui_document){
		.authority = conf_text(v->conf, "authority", "name"),
		.office = office,
		.title = letter->title,
		.reference = a->reference,
		.date = written_date(v->arena, d->decided_on),
		.lang = foreign ? letter->language : NULL,
	});
	ui_paragraphs(v->html, letter->body);
	ui_document_end(v->html, NULL);
	page_end(v);
}

void
apply_case_letter(struct visit *v)
{
	int64_t number = visit_int(v, "n");
	struct application a;
	struct decision *all;
	const char *office;
	size_t n;
	struct err e;

	if (!applicant_application(v, &a))
		return;
	if (!decision_list(v->room, v->arena, &a, &all, &n, &e)
	    || !apply_office(v->room, v->arena, &a, &office, &e)) {
		visit_fail(v, &e);
		return;
	}
	if (number < 1 || number > (int64_t)n) {
		visit_refuse(v, 404, NULL);
		return;
	}
	put_letter(v, &a, &all[n - (size_t)number], office);
}

/* ---- taking it back ---- */

void
apply_case_ask_withdraw(struct visit *v)
{
	const char *title = _("Withdraw this application?");
	struct application a;

	if (!applicant_application(v, &a))
		return;
	page_begin(v, &(struct page){ .title = title,
	    .back = applicant_path(v, &a, "") });
	ui_heading_caption(v->html, 1, UI_L, a.reference, title);
	ui_warning(v->html, _("We stop dealing with it, and you cannot take "
	    "this back. You can apply again at any time."));
	ui_paragraph(v->html, _("Fees that are not paid yet are no longer "
	    "owed."));
	ui_form_begin(v->html, &(struct ui_form){
		.action = v->request->path, .token = v->csrf,
	});
	ui_hidden(v->html, "version", arena_printf(v->arena, "%d",
	    a.version));
	ui_buttons_begin(v->html);
	ui_button(v->html, &(struct ui_button){ .text = _("Withdraw it"),
	    .kind = UI_WARNING });
	ui_link(v->html, applicant_path(v, &a, ""), _("Keep it"));
	ui_buttons_end(v->html);
	ui_form_end(v->html);
	page_end(v);
}

void
apply_case_withdraw(struct visit *v)
{
	static const struct field version = {
		.name = "version", .type = FIELD_INT, .required = true,
		.min = 1, .max = INT32_MAX,
	};
	const char *status;
	struct application a, after;
	struct answers given;
	struct err e;

	if (!applicant_application(v, &a))
		return;
	status = applicant_path(v, &a, "");
	visit_back(v, status);
	if (!field_read(v, &version, 1, &given)) {
		visit_refuse(v, 422, NULL);
		return;
	}
	if (str_equal(a.state, "withdrawn")) {
		response_redirect(v->response, status);
		return;
	}
	a.version = (int32_t)field_int(&given, "version", 0);
	if (inquiry_withdraw(v->room, v->arena, v->session,
	    applicant_service(v), &a, &after, &e))
		response_redirect(v->response, status);
	else
		visit_fail(v, &e);
}

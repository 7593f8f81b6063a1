/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A draft between two visits. Its questions are apply_question.c, what
 * becomes of the answers apply_check.c.
 */
#include "cgi-bin/apply_draft.h"

#include "cgi-bin/applicant.h"
#include "cgi-bin/page.h"
#include "cgi-bin/ui_form.h"
#include "cgi-bin/ui_notice.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/visit.h"
#include "cgi-bin/written.h"
#include "forms/definition.h"
#include "forms/form.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/text.h"
#include "services/intake.h"
#include "services/session.h"

void
apply_draft_resume(struct visit *v)
{
	struct draft d;

	if (!applicant_draft(v, &d))
		return;
	response_redirect(v->response, applicant_resume_path(v, &d));
	form_free(d.form);
}

static void
put_saved(struct visit *v, const struct draft *d)
{
	const char *until = written_date(v->arena, clock_date(d->expires_at));

	page_begin(v, &(struct page){ .title = _("Your answers are saved") });
	ui_panel(v->html, _("Your answers are saved"), arena_printf(v->arena,
	    _("You can continue until %s"), until));
	ui_paragraph(v->html, words_read(d->definition->title));
	if (request_query(v->request, "partly") != NULL)
		ui_inset(v->html, _("Something on the last page could not be "
		    "read and was not saved. We will ask you again."));
	if (v->session->kind == SESSION_LINK)
		ui_paragraph(v->html, _("We mailed you a link. It opens your "
		    "application again until that day; nobody else gets "
		    "it."));
	else
		ui_paragraph(v->html, _("To continue, sign in and open your "
		    "applications."));
	ui_paragraph(v->html, _("Nothing has been sent to us yet. After that "
	    "day your answers are deleted."));
	ui_buttons_begin(v->html);
	ui_button(v->html, &(struct ui_button){ .text = _("Continue now"),
	    .href = applicant_draft_path(v, "draft", d) });
	ui_link(v->html, visit_path(v, "%s/applications",
	    applicant_base(v)), _("Your applications"));
	ui_buttons_end(v->html);
	page_end(v);
}

void
apply_draft_saved(struct visit *v)
{
	struct draft d;

	if (!applicant_draft(v, &d))
		return;
	put_saved(v, &d);
	form_free(d.form);
}

/* ---- throwing away ---- */

void
apply_draft_ask_discard(struct visit *v)
{
	struct draft d;
	const char *go_on;

	if (!applicant_draft(v, &d))
		return;
	go_on = applicant_draft_path(v, "draft", &d);
	page_begin(v, &(struct page){ .title = _("Delete this application?"),
	    .back = go_on });
	ui_heading_caption(v->html, 1, UI_L, words_read(d.definition->title),
	    _("Delete this application?"));
	ui_warning(v->html, _("All your answers in it are deleted. This "
	    "cannot be undone."));
	ui_form_begin(v->html, &(struct ui_form){
		.action = v->request->path, .token = v->csrf,
	});
	ui_buttons_begin(v->html);
	ui_button(v->html, &(struct ui_button){ .text = _("Delete it"),
	    .kind = UI_WARNING });
	ui_link(v->html, go_on, _("Keep it and continue"));
	ui_buttons_end(v->html);
	ui_form_end(v->html);
	page_end(v);
	form_free(d.form);
}

void
apply_draft_discard(struct visit *v)
{
	struct err e;

	if (!applicant_enter(v))
		return;
	if (!intake_discard(v->room, v->arena, v->session,
	    visit_uuid(v, "draft"), &e)) {
		visit_fail(v, &e);
		return;
	}
	response_redirect(v->response, visit_path(v, "%s/applications",
	    applicant_base(v)));
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a form is about, for whoever comes by, and the making of a draft. The
 * questions are apply_question.c.
 */
#include "cgi-bin/apply_start.h"

#include "cgi-bin/applicant.h"
#include "cgi-bin/field.h"
#include "cgi-bin/page.h"
#include "cgi-bin/program.h"
#include "cgi-bin/serve.h"
#include "cgi-bin/ui_form.h"
#include "cgi-bin/ui_list.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/visit.h"
#include "cgi-bin/written.h"
#include "forms/definition.h"
#include "forms/form.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/text.h"
#include "services/apply.h"
#include "services/form_store.h"
#include "services/intake.h"
#include "services/service.h"
#include "services/session.h"

/* The thing that the address or the form names; nil: none. */
static struct uuid
thing_of(struct visit *v)
{
	const struct field thing = {
		.name = applicant_service(v)->name, .type = FIELD_UUID,
	};
	struct answers a;

	if (!field_read(v, &thing, 1, &a))
		return (struct uuid){ { 0 } };
	return field_uuid(&a, thing.name);
}

static void
put_cost(struct visit *v, const struct definition *d)
{
	const struct ui_summary list = { .title = NULL };
	const struct policy *p = &d->policy;

	ui_heading(v->html, 2, UI_M, _("What it costs"));
	if (p->n_fees == 0) {
		ui_paragraph(v->html, _("It is free."));
		return;
	}
	ui_summary_begin(v->html, &list);
	for (size_t i = 0; i < p->n_fees; i++) {
		const char *line = p->fees[i].line, *cost = _("Ask us");
		int64_t amount;

		if (form_store_parameter(v->room, arena_printf(v->arena,
		    "fee.%s", line), clock_today(), &amount))
			cost = applicant_money(v, amount);
		if (p->fees[i].relevant != NULL)
			cost = arena_printf(v->arena, _("%s, in some cases"),
			    cost);
		ui_summary_fact(v->html, &list, applicant_fee(v, d, line),
		    cost);
	}
	ui_summary_end(v->html, &list);
}

static void
put_time(struct visit *v, const struct definition *d)
{
	unsigned days = policy_deadline(&d->policy, NULL);

	ui_heading(v->html, 2, UI_M, _("How long it takes"));
	if (days > 0)
		ui_paragraph(v->html, arena_printf(v->arena, text_n(
		    "We decide within %u day of receiving your application.",
		    "We decide within %u days of receiving your application.",
		    days), days));
	ui_paragraph(v->html, arena_printf(v->arena,
	    _("You can stop at any question and come back within %d days."),
	    INTAKE_DRAFT_DAYS));
}

static void
put_questions(struct visit *v, const struct definition *d)
{
	ui_heading(v->html, 2, UI_M, _("What we will ask you"));
	ui_list_begin(v->html, UI_LIST_BULLET);
	for (size_t i = 0; i < d->n_pages; i++) {
		ui_item_begin(v->html);
		ui_words(v->html, words_read(d->pages[i].title));
		ui_item_end(v->html);
	}
	ui_list_end(v->html, UI_LIST_BULLET);
}

static void
put_who(struct visit *v, const struct definition *d)
{
	const struct policy *p = &d->policy;

	ui_heading(v->html, 2, UI_M, _("Who can apply"));
	ui_paragraph(v->html, (p->apply & POLICY_LINK) != 0
	    ? _("Everyone. You can sign in, or go on without an account: "
	    "then we mail you a link that opens your application again.")
	    : _("Everyone who has an account with us. You can make one when "
	    "you start."));
	ui_details(v->html, _("How long we keep what you tell us"),
	    p->retention_years == 0
	    ? arena_printf(v->arena, _("Until it is decided. %s."),
	    words_read(p->retention))
	    : arena_printf(v->arena, _("%u years after the last decision. "
	    "%s."), p->retention_years, words_read(p->retention)));
}

/* Nobody yet: account asks who this is, and leads back to this page. */
static const char *
way_in(struct visit *v)
{
	const struct request *r = v->request;
	struct buf b = buf_new(v->arena, 0);

	buf_puts(&b, "/account/enter?room=");
	query_escape(&b, v->serve->program->name);
	buf_puts(&b, "&to=");
	query_escape(&b, query_address(v->arena, r->path, &r->query, NULL));
	return buf_text(&b);
}

static bool
is_staff(const struct visit *v)
{
	return v->session != NULL && v->session->kind == SESSION_STAFF;
}

/* The forms of the desk are not for citizens, and are not shown to them. */
static bool
is_for_desk(const struct definition *d)
{
	return (d->policy.apply & POLICY_DESK) != 0;
}

static void
put_begin(struct visit *v, const struct definition *d)
{
	struct uuid thing = thing_of(v);
	char id[UUID_TEXT];

	if (v->session == NULL) {
		ui_button(v->html, &(struct ui_button){
			.text = _("Start now"), .start = true,
			.href = way_in(v),
		});
		return;
	}
	if (is_staff(v) && !is_for_desk(d)) {
		ui_inset(v->html, _("You are signed in as staff. To apply, "
		    "sign in with an account of your own."));
		return;
	}
	ui_form_begin(v->html, &(struct ui_form){
		.action = v->request->path, .token = v->csrf,
	});
	if (!uuid_is_nil(thing))
		ui_hidden(v->html, applicant_service(v)->name,
		    uuid_text(thing, id));
	ui_button(v->html, &(struct ui_button){
		.text = _("Start now"), .start = true,
	});
	ui_form_end(v->html);
}

static void
put_draft(struct visit *v, const struct draft *d)
{
	const char *begun = written_time(v->arena, d->started_at);
	const struct ui_summary card = {
		.title = arena_printf(v->arena, _("Begun on %s"), begun),
		.title_actions = {
			{ applicant_draft_path(v, "draft", d), _("Continue"),
			    NULL },
			{ applicant_draft_path(v, "discard", d),
			    _("Delete"), NULL },
		},
	};

	ui_summary_begin(v->html, &card);
	ui_summary_fact(v->html, &card, _("Last saved"),
	    written_time(v->arena, d->changed_at));
	ui_summary_fact(v->html, &card, _("Kept until"),
	    written_date(v->arena, clock_date(d->expires_at)));
	ui_summary_end(v->html, &card);
}

static void
put_drafts(struct visit *v, const char *form, const struct draft *mine,
    size_t n)
{
	bool any = false;

	for (size_t i = 0; i < n; i++) {
		if (!str_equal(mine[i].definition->name, form))
			continue;
		if (!any)
			ui_heading(v->html, 2, UI_M,
			    _("Continue where you stopped"));
		any = true;
		put_draft(v, &mine[i]);
	}
}

static void
put_page(struct visit *v, const struct definition *d,
    const struct draft *mine, size_t n)
{
	page_begin(v, &(struct page){
		.title = words_read(d->title),
		.back = is_staff(v) ? applicant_base(v) : "/services",
	});
	ui_heading(v->html, 1, UI_XL, words_read(d->title));
	ui_lead(v->html, words_read(d->summary));
	put_drafts(v, d->name, mine, n);
	put_cost(v, d);
	put_time(v, d);
	put_questions(v, d);
	if (!is_for_desk(d))
		put_who(v, d);
	put_begin(v, d);
	page_end(v);
}

void
apply_start_show(struct visit *v)
{
	const struct session *session;
	const struct definition *d;
	struct draft *mine = NULL;
	size_t n = 0;
	struct err e;

	if (!visit_session(v, &session, &e)) {
		visit_fail(v, &e);
		return;
	}
	if (!applicant_enter(v))
		return;
	d = form_store_find(v->room, visit_text(v, "form"));
	if (d == NULL || (is_for_desk(d) && !is_staff(v))) {
		visit_refuse(v, 404, NULL);
		return;
	}
	if (session != NULL && !intake_list(v->room, v->arena, session,
	    &mine, &n, &e)) {
		visit_fail(v, &e);
		return;
	}
	put_page(v, d, mine, n);
}

/* ---- beginning ---- */

static void
say_no(struct visit *v, const char *title, const char *what,
    const char *href, const char *link)
{
	page_begin(v, &(struct page){ .title = title,
	    .back = v->request->path });
	ui_heading(v->html, 1, UI_L, title);
	ui_paragraph(v->html, what);
	ui_paragraph_begin(v->html);
	ui_link(v->html, href, link);
	ui_paragraph_end(v->html);
	page_end(v);
	response_page(v->response, 403);
}

static void
refuse_begin(struct visit *v, const struct err *e)
{
	if (err_is(e, "needs_account"))
		say_no(v, _("You need an account for this"),
		    _("This service cannot be used by a mailed link. Sign in "
		    "or make an account, then start again."),
		    "/account/sign-in", _("Sign in or make an account"));
	else if (e->code == ERR_LIMIT)
		say_no(v, _("You have too many unfinished applications"),
		    _("Finish or delete one of them, then start again."),
		    visit_path(v, "%s/applications",
		    applicant_base(v)), _("Your applications"));
	else
		visit_fail(v, e);
}

void
apply_start_begin(struct visit *v)
{
	struct draft d;
	struct err e;

	if (!applicant_enter(v))
		return;
	visit_back(v, v->request->path);
	if (!apply_begin(v->room, v->arena, v->session, applicant_service(v),
	    visit_text(v, "form"), thing_of(v), &d, &e)) {
		refuse_begin(v, &e);
		return;
	}
	response_redirect(v->response, applicant_resume_path(v, &d));
	form_free(d.form);
}

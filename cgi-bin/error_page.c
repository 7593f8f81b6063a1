/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The words for what went wrong: one table, most special line first. Only
 * cgi-bin/visit.c calls it.
 */
#include "cgi-bin/error_page.h"

#include <stddef.h>

#include "cgi-bin/field.h"
#include "cgi-bin/page.h"
#include "cgi-bin/ui_form.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/visit.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/text.h"

struct words {
	unsigned	 status;	/* 0: every other */
	enum err_code	 code;		/* ERR_NONE: any */
	const char	*rule;		/* NULL: any */
	const char	*title;
	const char	*what;		/* happened, and what it means */
	const char	*next;		/* to do */
	const char	*link;		/* to the page behind; NULL: to the start */
};

static const struct words all[] = {
	{ 400, ERR_NONE, NULL, N_("The request could not be read"),
	    N_("What arrived here was damaged or incomplete. Nothing was saved."),
	    N_("Go back and try again. If you typed the address yourself, check it."),
	    NULL },
	{ 403, ERR_NONE, "guard_role", N_("You cannot see this page"), NULL,
	    N_("If you have another account, sign out and sign in with that one."),
	    NULL },
	{ 403, ERR_NONE, "guard_csrf", N_("This form is no longer valid"),
	    N_("It was open for too long, or it was not sent from a page of "
	    "this site. Nothing was saved."),
	    N_("Open the page again and send the form once more."),
	    N_("Open the page again") },
	{ 403, ERR_NONE, "vehicle_locked", N_("This cannot be started now"),
	    N_("Another application about the same vehicle is being dealt "
	    "with. Nothing was saved."),
	    N_("Wait until it is decided, or withdraw it, then start again."),
	    N_("Go back") },
	{ 403, ERR_NONE, NULL, N_("This cannot be done"),
	    N_("The rules do not allow this step now, or not to you. Nothing "
	    "was saved."),
	    N_("Go back to see what can be done instead."),
	    N_("Go back") },
	{ 404, ERR_NONE, NULL, N_("Page not found"),
	    N_("There is no such page, or it is not yours to see."),
	    N_("If you typed the address, check it. If you followed a link, it "
	    "may be out of date."), NULL },
	{ 405, ERR_NONE, NULL, N_("This page cannot be used that way"),
	    N_("The address exists, but it takes another kind of request."),
	    N_("Start again from the page that led you here."),
	    N_("Open the page again") },
	{ 409, ERR_NONE, NULL, N_("This has changed since you opened it"),
	    N_("Somebody else was faster. Nothing of yours was saved."),
	    N_("Look at it again, then decide."), N_("Look at it again") },
	{ 413, ERR_NONE, NULL, N_("What you sent is too large"),
	    N_("It is more than this page takes at once. Nothing was saved."),
	    N_("Go back and choose smaller or fewer files, or shorten the text."),
	    N_("Go back") },
	{ 414, ERR_NONE, NULL, N_("The address is too long"),
	    N_("Nothing was saved."),
	    N_("If you followed a link, it may be damaged."), NULL },
	{ 415, ERR_NONE, NULL, N_("The form could not be read"),
	    N_("It came in a way that this page does not know. Nothing was "
	    "saved."), N_("Go back and send it again from its own page."),
	    N_("Go back") },
	{ 422, ERR_NONE, NULL, N_("Some answers cannot be used"),
	    N_("Nothing was saved."), N_("Go back and check your answers."),
	    N_("Go back") },
	{ 429, ERR_NONE, NULL, N_("Too many tries"),
	    N_("This was tried too often in a short time."),
	    N_("Wait a few minutes, then try again."), N_("Try again") },
	{ 431, ERR_NONE, NULL, N_("The request is too large"),
	    N_("Your browser sent more about itself than can be taken."),
	    N_("Delete this site's cookies, then try again."), NULL },
	{ 503, ERR_UNKNOWN, NULL, N_("We are checking"),
	    N_("We cannot say yet whether your last step was saved. It may "
	    "have been, so please do not repeat it."),
	    N_("Look again in a minute: the page then shows what was saved."),
	    N_("Look again") },
	{ 503, ERR_NONE, NULL, N_("Please try again"),
	    N_("The service was busy for a moment. Nothing was saved, and "
	    "nothing happened twice."),
	    N_("Try again in a moment."), N_("Try again") },
	{ 0, ERR_NONE, NULL, N_("There is a problem with the service"),
	    N_("The fault is ours, and it has been noted."),
	    N_("Try again later. What was saved before is still there."),
	    NULL },
};

static const struct words *
choose(unsigned status, const struct err *e)
{
	const struct words *w = all;

	for (;; w++) {
		if (w->status == 0)
			return w;
		if (w->status != status)
			continue;
		if (w->code != ERR_NONE && (e == NULL || e->code != w->code))
			continue;
		if (w->rule == NULL || (e != NULL && err_is(e, w->rule)))
			return w;
	}
}

/* The page behind this one: the handler's word, or the same address. */
static const char *
way_back(const struct visit *v)
{
	if (v->back != NULL)
		return v->back;
	return v->match.allowed[METHOD_GET] ? v->request->path : "/";
}

static void
put_kept(struct visit *v, const struct field_answer *a)
{
	static const char *const parts[] = { "day", "month", "year" };
	const char *name = a->field->name;

	switch (a->field->type) {
	case FIELD_SECRET:
		break;
	case FIELD_DATE:
		for (size_t i = 0; i < 3; i++)
			ui_hidden(v->html, arena_printf(v->arena, "%s-%s",
			    name, parts[i]), a->typed_date[i]);
		break;
	case FIELD_CHOICES:
		for (size_t i = 0; a->chosen != NULL && a->chosen[i] != NULL;
		    i++)
			ui_hidden(v->html, name, a->chosen[i]);
		break;
	default:
		if (*a->typed != '\0')
			ui_hidden(v->html, name, a->typed);
	}
}

/* The same form once more, filled in, for what was nobody's fault. */
static void
put_again(struct visit *v)
{
	ui_form_begin(v->html, &(struct ui_form){
		.action = v->request->path,
		.token = v->csrf[0] != '\0' ? v->csrf : NULL,
	});
	for (size_t i = 0; i < v->kept->n; i++)
		put_kept(v, &v->kept->answer[i]);
	ui_submit(v->html, _("Try again"));
	ui_form_end(v->html);
}

static bool
may_repeat(const struct visit *v, const struct err *e)
{
	return v->kept != NULL && v->request->method == METHOD_POST &&
	    e != NULL && (e->code == ERR_BUSY || e->code == ERR_LOST);
}

static void
put_link(struct visit *v, const struct words *w)
{
	ui_paragraph_begin(v->html);
	if (w->link != NULL)
		ui_link(v->html, way_back(v), _(w->link));
	else
		ui_link(v->html, "/", _("Go to the start page"));
	ui_paragraph_end(v->html);
}

void
error_page(struct visit *v, unsigned status, const struct err *e)
{
	const struct words *w = choose(status, e);
	const struct route *r = v->match.route;

	page_begin(v, &(struct page){ .title = _(w->title) });
	ui_heading(v->html, 1, UI_L, _(w->title));
	if (w->what != NULL)
		ui_paragraph(v->html, _(w->what));
	else if (r != NULL)
		ui_paragraph(v->html, guard_whose(r->guard));
	ui_paragraph(v->html, _(w->next));
	if (may_repeat(v, e))
		put_again(v);
	else
		put_link(v, w);
	if (status != 404 && status != 405)
		ui_paragraph(v->html, arena_printf(v->arena,
		    _("If you contact us about this, quote %s."),
		    v->reference));
	page_end(v);
	response_page(v->response, status);
}

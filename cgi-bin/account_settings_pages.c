/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Password and language. Staff and citizens alike have these, so the routes
 * are anyone's and the handlers ask who it is.
 */
#include "cgi-bin/account_profile_pages.h"

#include "cgi-bin/account_way.h"
#include "cgi-bin/field.h"
#include "cgi-bin/page.h"
#include "cgi-bin/ui_form.h"
#include "cgi-bin/ui_input.h"
#include "cgi-bin/ui_notice.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/visit.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/text.h"
#include "services/account.h"
#include "services/session.h"

static const struct field password_fields[] = {
	{ .name = "old", .type = FIELD_SECRET, .required = true,
	    .missing = N_("Enter the password you have now") },
	{ .name = "password", .type = FIELD_SECRET, .required = true,
	    .missing = N_("Choose a new password") },
};

/* NULL: answered already, by the way in. */
static const struct session *
signed_in(struct visit *v, const char *page)
{
	const struct session *s;
	struct err e;

	if (!visit_session(v, &s, &e)) {
		visit_fail(v, &e);
		return NULL;
	}
	if (s != NULL && s->kind != SESSION_LINK)
		return s;
	response_redirect(v->response, account_way_path(v,
	    "/account/sign-in", &(struct account_way){ ROOM_ACCOUNT, page }));
	return NULL;
}

static void
put_password(struct visit *v, const char *name, const char *label,
    const char *autocomplete, const struct answers *a)
{
	ui_password(v->html, &(struct ui_input){
		.name = name, .label = { .text = label },
		.error = field_error(a, name), .autocomplete = autocomplete,
	});
}

static void
show_password(struct visit *v, const struct answers *a)
{
	page_begin(v, &(struct page){ .title = _("Change your password"),
	    .answers = a, .back = "/account" });
	if (str_equal(request_query(v->request, "done"), "changed"))
		ui_banner(v->html, &(struct ui_banner){ .success = true,
		    .text = _("Your password is changed. Everywhere else you "
		    "are signed out.") });
	ui_heading(v->html, 1, UI_XL, _("Change your password"));
	ui_form_begin(v->html, &(struct ui_form){
		.action = "/account/password", .token = v->csrf });
	put_password(v, "old", _("The password you have now"),
	    "current-password", a);
	put_password(v, "password", _("New password"), "new-password", a);
	ui_submit(v->html, _("Change the password"));
	ui_form_end(v->html);
	page_end(v);
}

void
account_profile_page_password_show(struct visit *v)
{
	struct answers a;

	if (signed_in(v, "/account/password") == NULL)
		return;
	field_blank(v->arena, password_fields, 2, &a);
	show_password(v, &a);
}

static void
refuse_password(struct visit *v, struct answers *a, const struct err *e)
{
	if (err_is(e, "reset_wait")) {
		account_say_wait(v, ACCOUNT_WAIT_S / 60);
		return;
	}
	if (err_is(e, "sign_in"))
		field_fault(a, "old", _("This is not your password"));
	else if (account_password_fault(e) != NULL)
		field_fault(a, "password", account_password_fault(e));
	else if (account_busy_fault(e) != NULL)
		field_fault(a, "password", account_busy_fault(e));
	if (a->faults == 0) {
		visit_fail(v, e);
		return;
	}
	show_password(v, a);
	if (account_busy_fault(e) != NULL)
		response_page(v->response, 503);
}

void
account_profile_page_password(struct visit *v)
{
	const struct session *s = signed_in(v, "/account/password");
	struct hash remote = visit_remote(v);
	struct answers a;
	struct err e;

	if (s == NULL)
		return;
	if (!field_read(v, password_fields, 2, &a))
		show_password(v, &a);
	else if (account_change_password(v->room, v->arena, s,
	    field_text(&a, "old"), field_text(&a, "password"),
	    bytes(remote.b, sizeof remote.b), &e))
		response_redirect(v->response,
		    "/account/password?done=changed");
	else
		refuse_password(v, &a, &e);
}

/* The cookie is for pages before signing in; the account's choice is for its
 * mails too. */
void
account_profile_page_language(struct visit *v)
{
	const char *tag = request_form(v->request, "language");
	const char *to = request_form(v->request, "to");
	const struct session *s;
	struct err e;

	if (tag == NULL || !text_use(tag)) {
		visit_refuse(v, 400, NULL);
		return;
	}
	if (!visit_session(v, &s, &e)
	    || (s != NULL && s->kind != SESSION_LINK
	        && !account_change_language(v->room, v->arena, s, tag, &e))) {
		visit_fail(v, &e);
		return;
	}
	visit_set_language(v, text_tag());
	response_redirect(v->response, to != NULL && response_is_local(to)
	    ? to : "/account");
}

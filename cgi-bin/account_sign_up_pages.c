/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Opening an account. Every page is the same whether or not the address has
 * one; a link in a mail asks before it acts, because mail programs open
 * links too.
 */
#include "cgi-bin/account_sign_up_pages.h"

#include "cgi-bin/account_way.h"
#include "cgi-bin/field.h"
#include "cgi-bin/page.h"
#include "cgi-bin/ui_form.h"
#include "cgi-bin/ui_input.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/visit.h"
#include "lib/err.h"
#include "lib/text.h"
#include "services/account.h"

enum {
	FIELDS = 3,
	WAIT_MINUTES = 60
};

static const struct field fields[FIELDS] = {
	{ .name = "name", .type = FIELD_TEXT, .required = true, .max = 200,
	    .missing = N_("Enter your full name") },
	{ .name = "email", .type = FIELD_TEXT, .required = true, .max = 254,
	    .missing = N_("Enter your mail address") },
	{ .name = "password", .type = FIELD_SECRET, .required = true,
	    .missing = N_("Choose a password") },
};

static void
show(struct visit *v, const struct answers *a)
{
	page_begin(v, &(struct page){ .title = _("Open an account"),
	    .answers = a, .back = "/account/sign-in" });
	ui_heading(v->html, 1, UI_XL, _("Open an account"));
	ui_form_begin(v->html, &(struct ui_form){
		.action = "/account/sign-up" });
	ui_input(v->html, &(struct ui_input){
		.name = "name", .label = { .text = _("Full name") },
		.value = field_typed(a, "name"),
		.error = field_error(a, "name"),
		.autocomplete = "name", .spelling = UI_SPELLING_OFF,
	});
	ui_input(v->html, &(struct ui_input){
		.name = "email", .type = "email",
		.label = { .text = _("Mail address") },
		.hint = _("We send a link to it, to be sure that it is "
		    "yours."),
		.value = field_typed(a, "email"),
		.error = field_error(a, "email"),
		.autocomplete = "email", .spelling = UI_SPELLING_OFF,
	});
	ui_password(v->html, &(struct ui_input){
		.name = "password", .label = { .text = _("Password") },
		.hint = _("At least 10 characters. Several words that do not "
		    "belong together are easy to keep and hard to guess."),
		.error = field_error(a, "password"),
		.autocomplete = "new-password",
	});
	ui_submit(v->html, _("Continue"));
	ui_form_end(v->html);
	page_end(v);
}

void
account_sign_up_page_show(struct visit *v)
{
	struct answers a;

	field_blank(v->arena, fields, FIELDS, &a);
	show(v, &a);
}

static void
refuse(struct visit *v, struct answers *a, const struct err *e)
{
	if (account_email_fault(e) != NULL)
		field_fault(a, "email", account_email_fault(e));
	else if (account_password_fault(e) != NULL)
		field_fault(a, "password", account_password_fault(e));
	else if (err_is(e, "name"))
		field_fault(a, "name", _("Enter your name as you write it"));
	else if (err_is(e, "sign_up_wait"))
		account_say_wait(v, WAIT_MINUTES);
	else if (account_busy_fault(e) != NULL)
		field_fault(a, "password", account_busy_fault(e));
	else
		visit_fail(v, e);
	if (a->faults == 0)
		return;
	show(v, a);
	if (account_busy_fault(e) != NULL)
		response_page(v->response, 503);
}

void
account_sign_up_page_send(struct visit *v)
{
	struct hash remote = visit_remote(v);
	struct account_new n = { .language = v->language, .born = DATE_NONE };
	struct answers a;
	struct err e;

	if (!field_read(v, fields, FIELDS, &a)) {
		show(v, &a);
		return;
	}
	n.name = field_text(&a, "name");
	n.email = field_text(&a, "email");
	n.password = field_text(&a, "password");
	if (account_sign_up(v->room, v->arena, &n,
	    bytes(remote.b, sizeof remote.b), &e))
		response_redirect(v->response, "/account/sign-up/sent");
	else
		refuse(v, &a, &e);
}

void
account_sign_up_page_sent(struct visit *v)
{
	account_say(v, &(struct account_say){
		.title = _("Look into your mail"),
		.what = _("We have sent a message to the address you gave. "
		    "Open the link in it within 24 hours to go on."),
		.more = _("If nothing comes within some minutes, look into "
		    "the folder for unwanted mail, or start again."),
		.link = _("Start again"),
		.href = "/account/sign-up",
	});
}

static void
say_gone(struct visit *v)
{
	account_say(v, &(struct account_say){
		.title = _("This link does not work any more"),
		.what = _("It was used before, or it is older than 24 hours. "
		    "If you have confirmed your address already, sign in."),
		.more = _("If not, open an account again: you get a new "
		    "link."),
		.link = _("Sign in"),
		.href = "/account/sign-in",
		.status = 404,
	});
}

void
account_sign_up_page_confirm_ask(struct visit *v)
{
	struct err e;
	bool found;

	if (!account_confirm_find(v->room, v->arena, visit_text(v, "token"),
	    &found, &e)) {
		visit_fail(v, &e);
		return;
	}
	if (!found) {
		say_gone(v);
		return;
	}
	page_begin(v, &(struct page){ .title = _("Confirm your address") });
	ui_heading(v->html, 1, UI_XL, _("Confirm your address"));
	ui_paragraph(v->html, _("Your account is made when you confirm."));
	ui_form_begin(v->html, &(struct ui_form){
		.action = v->request->path });
	ui_submit(v->html, _("Confirm"));
	ui_form_end(v->html);
	page_end(v);
}

void
account_sign_up_page_confirm(struct visit *v)
{
	struct err e;

	if (account_confirm(v->room, v->arena, visit_text(v, "token"), &e))
		response_redirect(v->response,
		    "/account/sign-in?done=confirmed");
	else if (e.code == ERR_ABSENT)
		say_gone(v);
	else
		visit_fail(v, &e);
}

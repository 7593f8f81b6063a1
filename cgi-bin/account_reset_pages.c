/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Setting a new password by a mailed link. The answer to an address is one
 * page, whoever it belongs to.
 */
#include "cgi-bin/account_reset_pages.h"

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
	WAIT_MINUTES = 60
};

static const struct field asked[] = {
	{ .name = "email", .type = FIELD_TEXT, .required = true, .max = 254,
	    .missing = N_("Enter your mail address") },
};
static const struct field set[] = {
	{ .name = "password", .type = FIELD_SECRET, .required = true,
	    .missing = N_("Choose a password") },
};

static void
show(struct visit *v, const struct answers *a)
{
	page_begin(v, &(struct page){ .title = _("Set a new password"),
	    .answers = a, .back = "/account/sign-in" });
	ui_heading(v->html, 1, UI_XL, _("Set a new password"));
	ui_paragraph(v->html, _("We send a link to the address of your "
	    "account. It works once, for one hour."));
	ui_form_begin(v->html, &(struct ui_form){
		.action = "/account/reset" });
	ui_input(v->html, &(struct ui_input){
		.name = "email", .type = "email",
		.label = { .text = _("Mail address") },
		.value = field_typed(a, "email"),
		.error = field_error(a, "email"),
		.autocomplete = "email", .spelling = UI_SPELLING_OFF,
	});
	ui_submit(v->html, _("Send the link"));
	ui_form_end(v->html);
	page_end(v);
}

void
account_reset_page_show(struct visit *v)
{
	struct answers a;

	field_blank(v->arena, asked, 1, &a);
	show(v, &a);
}

void
account_reset_page_send(struct visit *v)
{
	struct hash remote = visit_remote(v);
	struct answers a;
	struct err e;

	if (!field_read(v, asked, 1, &a)) {
		show(v, &a);
		return;
	}
	if (account_ask_reset(v->room, v->arena, field_text(&a, "email"),
	    v->language, bytes(remote.b, sizeof remote.b), &e)) {
		response_redirect(v->response, "/account/reset/sent");
	} else if (account_email_fault(&e) != NULL) {
		field_fault(&a, "email", account_email_fault(&e));
		show(v, &a);
	} else if (err_is(&e, "reset_wait")) {
		account_say_wait(v, WAIT_MINUTES);
	} else {
		visit_fail(v, &e);
	}
}

void
account_reset_page_sent(struct visit *v)
{
	account_say(v, &(struct account_say){
		.title = _("Look into your mail"),
		.what = _("We have sent a message to the address you gave. "
		    "Open the link in it within one hour."),
		.more = _("If nothing comes within some minutes, look into "
		    "the folder for unwanted mail, or ask for another link."),
		.link = _("Ask for another link"),
		.href = "/account/reset",
	});
}

static void
say_gone(struct visit *v)
{
	account_say(v, &(struct account_say){
		.title = _("This link does not work any more"),
		.what = _("It was used before, or it is older than one "
		    "hour. Your password was not changed."),
		.link = _("Ask for another link"),
		.href = "/account/reset",
		.status = 404,
	});
}

static void
show_set(struct visit *v, const struct answers *a)
{
	page_begin(v, &(struct page){ .title = _("Choose a new password"),
	    .answers = a });
	ui_heading(v->html, 1, UI_XL, _("Choose a new password"));
	ui_paragraph(v->html, _("You will be signed out everywhere, and sign "
	    "in again with it."));
	ui_form_begin(v->html, &(struct ui_form){
		.action = v->request->path });
	ui_password(v->html, &(struct ui_input){
		.name = "password", .label = { .text = _("New password") },
		.hint = _("At least 10 characters. Several words that do not "
		    "belong together are easy to keep and hard to guess."),
		.error = field_error(a, "password"),
		.autocomplete = "new-password",
	});
	ui_submit(v->html, _("Set the password"));
	ui_form_end(v->html);
	page_end(v);
}

void
account_reset_page_set_show(struct visit *v)
{
	struct answers a;
	struct err e;
	bool found;

	if (!account_reset_find(v->room, v->arena, visit_text(v, "token"),
	    &found, &e)) {
		visit_fail(v, &e);
		return;
	}
	if (!found) {
		say_gone(v);
		return;
	}
	field_blank(v->arena, set, 1, &a);
	show_set(v, &a);
}

void
account_reset_page_set(struct visit *v)
{
	struct answers a;
	struct err e;

	if (!field_read(v, set, 1, &a)) {
		show_set(v, &a);
		return;
	}
	if (account_reset(v->room, v->arena, visit_text(v, "token"),
	    field_text(&a, "password"), &e)) {
		response_redirect(v->response, "/account/sign-in?done=reset");
	} else if (account_password_fault(&e) != NULL) {
		field_fault(&a, "password", account_password_fault(&e));
		show_set(v, &a);
	} else if (account_busy_fault(&e) != NULL) {
		field_fault(&a, "password", account_busy_fault(&e));
		show_set(v, &a);
		response_page(v->response, 503);
	} else if (e.code == ERR_ABSENT || e.code == ERR_CONFLICT) {
		say_gone(v);
	} else {
		visit_fail(v, &e);
	}
}

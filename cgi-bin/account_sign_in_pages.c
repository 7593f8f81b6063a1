/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Signing in and out. Beside it, for a service, the way to go on without an
 * account (cgi-bin/account_enter_pages.c takes what that form sends).
 */
#include "cgi-bin/account_sign_in_pages.h"

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
#include "services/entrance.h"
#include "services/room.h"
#include "services/session.h"

enum {
	FIELDS = 2
};

static const struct field fields[FIELDS] = {
	{ .name = "email", .type = FIELD_TEXT, .required = true, .max = 254,
	    .missing = N_("Enter your mail address") },
	{ .name = "password", .type = FIELD_SECRET, .required = true,
	    .missing = N_("Enter your password") },
};

/* What just happened, as the redirect before this page says. */
static void
put_news(struct visit *v)
{
	static const struct {
		const char	*done, *text;
	} all[] = {
		{ "confirmed", N_("Your account is ready. Sign in with the "
		    "password you chose.") },
		{ "reset", N_("Your new password is set, and you were signed "
		    "out everywhere. Sign in with it.") },
		{ "left", N_("You are signed out.") },
	};
	const char *done = request_query(v->request, "done");

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (str_equal(done, all[i].done))
			ui_banner(v->html, &(struct ui_banner){
				.success = true, .text = _(all[i].text),
			});
}

static void
put_form(struct visit *v, const struct answers *a,
    const struct account_way *way)
{
	ui_form_begin(v->html, &(struct ui_form){
		.action = "/account/sign-in" });
	account_way_put(v, way);
	ui_input(v->html, &(struct ui_input){
		.name = "email", .type = "email",
		.label = { .text = _("Mail address") },
		.value = field_typed(a, "email"),
		.error = field_error(a, "email"),
		.autocomplete = "username", .spelling = UI_SPELLING_OFF,
	});
	ui_password(v->html, &(struct ui_input){
		.name = "password", .label = { .text = _("Password") },
		.error = field_error(a, "password"),
		.autocomplete = "current-password",
	});
	ui_submit(v->html, _("Sign in"));
	ui_form_end(v->html);
}

static void
put_links(struct visit *v, const struct account_way *way)
{
	ui_list_begin(v->html, UI_LIST_PLAIN);
	ui_item_begin(v->html);
	ui_link(v->html, account_way_path(v, "/account/sign-up", way),
	    _("Open an account"));
	ui_item_end(v->html);
	ui_item_begin(v->html);
	ui_link(v->html, "/account/reset", _("Set a new password"));
	ui_item_end(v->html);
	ui_list_end(v->html, UI_LIST_PLAIN);
}

/* Only a service can be used without an account. */
static void
put_without(struct visit *v, const struct account_way *way)
{
	if (!entrance_is_service(way->room) || way->to == NULL)
		return;
	ui_section_break(v->html);
	ui_heading(v->html, 2, UI_M, _("Go on without an account"));
	ui_paragraph(v->html, _("You can apply without an account. We mail "
	    "you a link that opens your application again for 30 days. If "
	    "you have such a link already, use it."));
	ui_form_begin(v->html, &(struct ui_form){
		.action = "/account/enter/without" });
	account_way_put(v, way);
	ui_input(v->html, &(struct ui_input){
		.name = "address", .type = "email",
		.label = { .text = _("Your mail address") },
		.hint = _("We use it for this application only."),
		.autocomplete = "email", .spelling = UI_SPELLING_OFF,
	});
	ui_button(v->html, &(struct ui_button){
		.text = _("Go on without an account"), .kind = UI_SECONDARY });
	ui_form_end(v->html);
}

static void
show(struct visit *v, const struct answers *a)
{
	struct account_way way = account_way(v);

	page_begin(v, &(struct page){ .title = _("Sign in"), .answers = a });
	put_news(v);
	ui_heading(v->html, 1, UI_XL, _("Sign in"));
	put_form(v, a, &way);
	put_links(v, &way);
	put_without(v, &way);
	page_end(v);
}

void
account_sign_in_page_show(struct visit *v)
{
	struct account_way way = account_way(v);
	const struct session *s;
	struct answers a;
	struct err e;

	if (!visit_session(v, &s, &e)) {
		visit_fail(v, &e);
		return;
	}
	if (s != NULL && s->kind != SESSION_LINK) {
		account_way_go(v, &way, s);
		return;
	}
	field_blank(v->arena, fields, FIELDS, &a);
	show(v, &a);
}

static void
refuse(struct visit *v, struct answers *a, const struct err *e)
{
	if (err_is(e, "sign_in")) {
		field_fault(a, "email",
		    _("The mail address or the password is not right"));
		show(v, a);
	} else if (err_is(e, "sign_in_wait")) {
		account_say_wait(v, ACCOUNT_WAIT_S / 60);
	} else if (account_busy_fault(e) != NULL) {
		field_fault(a, "password", account_busy_fault(e));
		show(v, a);
		response_page(v->response, 503);
	} else {
		visit_fail(v, e);
	}
}

void
account_sign_in_page_send(struct visit *v)
{
	struct account_way way = account_way(v);
	struct hash remote = visit_remote(v);
	struct session *s;
	struct answers a;
	struct err e;

	if (!field_read(v, fields, FIELDS, &a)) {
		show(v, &a);
		return;
	}
	if (!account_sign_in(v->room, v->arena, field_text(&a, "email"),
	    field_text(&a, "password"), bytes(remote.b, sizeof remote.b), &s,
	    &e)) {
		refuse(v, &a, &e);
		return;
	}
	visit_set_session(v, "account", str_base64url(v->arena,
	    secret_bytes(&s->token)), 0);
	account_way_go(v, &way, s);
}

/* From any room's page: only account's own cookie comes along, and that is
 * enough to end the session everywhere. */
void
account_sign_in_page_leave(struct visit *v)
{
	const struct session *s;
	struct err e;

	if (!visit_session(v, &s, &e) ||
	    (s != NULL && !entrance_leave(v->room, v->arena, s, &e))) {
		visit_fail(v, &e);
		return;
	}
	visit_set_session(v, "account", NULL, 0);
	response_redirect(v->response, "/account/sign-in?done=left");
}

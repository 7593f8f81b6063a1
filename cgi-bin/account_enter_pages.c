/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The way into another room. A room's token is made here and nowhere else;
 * making it again gives the same one, so this GET can be repeated.
 */
#include "cgi-bin/account_enter_pages.h"

#include <string.h>

#include "cgi-bin/account_way.h"
#include "cgi-bin/field.h"
#include "cgi-bin/page.h"
#include "cgi-bin/query.h"
#include "cgi-bin/ui_form.h"
#include "cgi-bin/ui_input.h"
#include "cgi-bin/ui_list.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/visit.h"
#include "cgi-bin/written.h"
#include "forms/cpf.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/text.h"
#include "services/entrance.h"
#include "services/person.h"
#include "services/session.h"

enum {
	WAIT_MINUTES = 60
};

static const struct field give_fields[] = {
	{ .name = "version", .type = FIELD_INT, .required = true, .min = 1,
	    .max = INT32_MAX },
};
static const struct field without_fields[] = {
	{ .name = "address", .type = FIELD_TEXT, .required = true, .max = 254,
	    .missing = N_("Enter your mail address") },
};

static const char *
target(const struct account_way *way)
{
	return way->to != NULL ? way->to : account_room_path(way->room);
}

static void
go_on(struct visit *v, const struct account_way *way, const char *token)
{
	visit_set_session(v, registry_room_name(way->room), token, 0);
	response_redirect(v->response, target(way));
}

static const char *
language_name(const char *tag)
{
	for (const struct text_language *l = text_languages; l->tag; l++)
		if (str_equal(l->tag, tag))
			return l->name;
	return tag;
}

static void
put_profile(struct visit *v, const struct account_way *way,
    const struct person *p)
{
	const struct ui_summary list = { .actions = true };
	const struct ui_action change = { account_way_path(v,
	    "/account/profile", way), _("Change"), _("your profile") };

	ui_summary_begin(v->html, &list);
	ui_summary_row(v->html, &list, &(struct ui_summary_row){
		.key = _("Name"), .value = p->name, .actions = { change } });
	ui_summary_row(v->html, &list, &(struct ui_summary_row){
		.key = _("CPF"), .value = cpf_read(v->arena, p->national_id),
		.actions = { change } });
	ui_summary_row(v->html, &list, &(struct ui_summary_row){
		.key = _("Date of birth"),
		.value = written_date(v->arena, p->born),
		.actions = { change } });
	ui_summary_row(v->html, &list, &(struct ui_summary_row){
		.key = _("Language"), .value = language_name(p->language),
		.actions = { change } });
	ui_summary_end(v->html, &list);
}

static void
show_profile(struct visit *v, const struct account_way *way,
    const struct person *p)
{
	page_begin(v, &(struct page){
	    .title = _("Tell this service who you are") });
	ui_heading_caption(v->html, 1, UI_L, account_room_name(way->room),
	    _("Tell this service who you are"));
	ui_paragraph(v->html, _("This service is kept apart from your "
	    "account. To work for you it needs to know this. It is told "
	    "nothing else, and the record of who looked at your file shows "
	    "that it was told."));
	put_profile(v, way, p);
	ui_paragraph(v->html, _("If you change your profile later, this "
	    "service is told the change."));
	ui_form_begin(v->html, &(struct ui_form){
		.action = "/account/enter", .token = v->csrf });
	account_way_put(v, way);
	ui_hidden(v->html, "version", arena_printf(v->arena, "%d",
	    (int)p->profile_version));
	ui_submit(v->html, _("Agree and continue"));
	ui_form_end(v->html);
	page_end(v);
}

static void
next_step(struct visit *v, const struct account_way *way)
{
	enum entrance_step step;
	const char *token;
	struct person p;
	struct err e;

	if (!entrance_next(v->room, v->arena, v->session, way->room, &step,
	    &p, &e)) {
		visit_fail(v, &e);
		return;
	}
	if (step == ENTRANCE_FILL) {
		response_redirect(v->response, account_way_path(v,
		    "/account/profile", way));
	} else if (step == ENTRANCE_CONFIRM) {
		show_profile(v, way, &p);
	} else if (entrance_pass(v->room, v->arena, v->session, way->room,
	    &token, &e)) {
		go_on(v, way, token);
	} else {
		visit_fail(v, &e);
	}
}

void
account_enter_page_show(struct visit *v)
{
	struct account_way way = account_way(v);
	const struct session *s;
	struct err e;

	if (!visit_session(v, &s, &e))
		visit_fail(v, &e);
	else if (s == NULL || s->kind == SESSION_LINK)
		response_redirect(v->response, account_way_path(v,
		    "/account/sign-in", &way));
	else if (way.room == ROOM_ACCOUNT)
		account_way_go(v, &way, s);
	else
		next_step(v, &way);
}

void
account_enter_page_give(struct visit *v)
{
	struct account_way way = account_way(v);
	const char *token;
	struct answers a;
	struct err e;

	if (!field_read(v, give_fields, 1, &a)
	    || !entrance_is_service(way.room)) {
		visit_refuse(v, 400, NULL);
		return;
	}
	visit_back(v, account_way_path(v, "/account/enter", &way));
	if (entrance_give(v->room, v->arena, v->session, way.room,
	    (int32_t)field_int(&a, "version", 0), &token, &e))
		go_on(v, &way, token);
	else
		visit_fail(v, &e);
}

static void
show_without(struct visit *v, const struct account_way *way,
    const struct answers *a)
{
	page_begin(v, &(struct page){ .title = _("Go on without an account"),
	    .answers = a, .back = account_way_path(v, "/account/sign-in",
	    way) });
	ui_heading(v->html, 1, UI_L, _("Go on without an account"));
	ui_form_begin(v->html, &(struct ui_form){
		.action = "/account/enter/without" });
	account_way_put(v, way);
	ui_input(v->html, &(struct ui_input){
		.name = "address", .type = "email",
		.label = { .text = _("Your mail address") },
		.hint = _("We use it for this application only."),
		.value = field_typed(a, "address"),
		.error = field_error(a, "address"),
		.autocomplete = "email", .spelling = UI_SPELLING_OFF,
	});
	ui_submit(v->html, _("Continue"));
	ui_form_end(v->html);
	page_end(v);
}

/* Both cookies: the room's to go on with, account's to sign out with. */
static void
go_by_link(struct visit *v, const struct account_way *way,
    const struct entrance_link *link)
{
	char id[UUID_TEXT];
	const char *to = target(way);

	visit_set_session(v, "account", str_base64url(v->arena,
	    secret_bytes(&link->session->token)), 0);
	visit_set_session(v, registry_room_name(link->room), link->token, 0);
	response_redirect(v->response, visit_path(v, "%s%sapplication=%s", to,
	    strchr(to, '?') != NULL ? "&" : "?",
	    uuid_text(link->application, id)));
}

void
account_enter_page_without(struct visit *v)
{
	struct account_way way = account_way(v);
	struct hash remote = visit_remote(v);
	struct entrance_link link;
	struct answers a;
	struct err e;

	if (!entrance_is_service(way.room) || way.to == NULL) {
		visit_refuse(v, 400, NULL);
		return;
	}
	if (!field_read(v, without_fields, 1, &a)) {
		show_without(v, &way, &a);
		return;
	}
	if (entrance_begin(v->room, v->arena, field_text(&a, "address"),
	    v->language, bytes(remote.b, sizeof remote.b), way.room,
	    account_way_path(v, "", &way), &link, &e)) {
		go_by_link(v, &way, &link);
	} else if (account_email_fault(&e) != NULL) {
		field_fault(&a, "address", account_email_fault(&e));
		show_without(v, &way, &a);
	} else if (err_is(&e, "link_wait")) {
		account_say_wait(v, WAIT_MINUTES);
	} else {
		visit_fail(v, &e);
	}
}

static void
say_gone(struct visit *v)
{
	account_say(v, &(struct account_say){
		.title = _("This link does not work any more"),
		.what = _("It is older than 30 days, and what was not sent "
		    "is gone. An application that you sent can be tracked "
		    "by its reference."),
		.link = _("Track an application"),
		.href = "/track",
		.status = 404,
	});
}

void
account_enter_page_link_ask(struct visit *v)
{
	struct account_way way = account_way(v);
	struct err e;
	bool found;

	if (!entrance_resume_find(v->room, v->arena, visit_text(v, "token"),
	    &found, &e)) {
		visit_fail(v, &e);
		return;
	}
	if (!found) {
		say_gone(v);
		return;
	}
	page_begin(v, &(struct page){
	    .title = _("Continue your application") });
	ui_heading(v->html, 1, UI_L, _("Continue your application"));
	ui_paragraph(v->html, _("You can go on where you stopped."));
	ui_form_begin(v->html, &(struct ui_form){
		.action = v->request->path });
	account_way_put(v, &way);
	ui_submit(v->html, _("Continue"));
	ui_form_end(v->html);
	page_end(v);
}

void
account_enter_page_link(struct visit *v)
{
	struct account_way way = account_way(v);
	struct entrance_link link;
	struct err e;

	if (entrance_resume(v->room, v->arena, visit_text(v, "token"),
	    v->language, &link, &e)) {
		way.room = link.room;
		go_by_link(v, &way, &link);
	} else if (e.code == ERR_ABSENT) {
		say_gone(v);
	} else {
		visit_fail(v, &e);
	}
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the pages of account share. No page is here.
 */
#include "cgi-bin/account_way.h"

#include <string.h>

#include "cgi-bin/page.h"
#include "cgi-bin/query.h"
#include "cgi-bin/ui_form.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/visit.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/text.h"
#include "services/entrance.h"
#include "services/session.h"

static const struct {
	enum room_code	 room;
	const char	*path;
	const char	*name;
} rooms[] = {
	{ ROOM_PORTAL, "/", N_("Portal") },
	{ ROOM_ACCOUNT, "/account", N_("Accounts") },
	{ ROOM_VEHICLE, "/vehicles", N_("Vehicles") },
	{ ROOM_ADDRESS, "/addresses", N_("Addresses") },
	{ ROOM_BILL, "/bills", N_("Bills") },
	{ ROOM_BENEFIT, "/benefits", N_("Benefits") },
	{ ROOM_CONTRIBUTION, "/contributions", N_("Contributions") },
	{ ROOM_GENERAL, "/apply", N_("Other services") },
	{ ROOM_PAYMENT, "/pay", N_("Payments") },
	{ ROOM_DESK, "/desk", N_("The desk") },
	{ ROOM_AUDITOR, "/audit", N_("Audit") },
	{ ROOM_EXCHANGE, "/", N_("Exchange with other agencies") },
	{ ROOM_COURIER, "/", N_("Mail") },
	{ ROOM_BALCAO, "/", N_("Administration") },
};

enum {
	ROOMS = sizeof rooms / sizeof *rooms
};

const char *
account_room_name(enum room_code room)
{
	for (size_t i = 0; i < ROOMS; i++)
		if (rooms[i].room == room)
			return _(rooms[i].name);
	return _("The system");
}

const char *
account_room_path(enum room_code room)
{
	for (size_t i = 0; i < ROOMS; i++)
		if (rooms[i].room == room)
			return rooms[i].path;
	return "/";
}

static const char *
given(const struct visit *v, const char *name)
{
	const char *value = v->request->method == METHOD_POST ?
	    request_form(v->request, name) : NULL;

	return value != NULL ? value : request_query(v->request, name);
}

struct account_way
account_way(const struct visit *v)
{
	const char *room = given(v, "room"), *to = given(v, "to");
	struct account_way w = { ROOM_ACCOUNT, NULL };

	if (room != NULL && entrance_room(room) != ROOM_NONE)
		w.room = entrance_room(room);
	if (to != NULL && response_is_local(to))
		w.to = to;
	return w;
}

const char *
account_way_path(struct visit *v, const char *page,
    const struct account_way *w)
{
	struct buf b = buf_new(v->arena, 0);

	buf_puts(&b, page);
	if (w->room == ROOM_ACCOUNT && w->to == NULL)
		return buf_text(&b);
	buf_printf(&b, "?room=%s", registry_room_name(w->room));
	if (w->to != NULL) {
		buf_puts(&b, "&to=");
		query_escape(&b, w->to);
	}
	return buf_text(&b);
}

void
account_way_put(struct visit *v, const struct account_way *w)
{
	if (w->room != ROOM_ACCOUNT || w->to != NULL)
		ui_hidden(v->html, "room", registry_room_name(w->room));
	if (w->to != NULL)
		ui_hidden(v->html, "to", w->to);
}

/* Nobody said where: staff to their work, citizens to their own. */
static const char *
home_of(const struct session *s)
{
	if (s->kind != SESSION_STAFF)
		return "/account";
	return s->roles == ROLE_AUDITOR ? "/audit" : "/desk";
}

void
account_way_go(struct visit *v, const struct account_way *w,
    const struct session *s)
{
	if (w->room != ROOM_ACCOUNT)
		response_redirect(v->response,
		    account_way_path(v, "/account/enter", w));
	else
		response_redirect(v->response,
		    w->to != NULL ? w->to : home_of(s));
}

void
account_say(struct visit *v, const struct account_say *s)
{
	page_begin(v, &(struct page){ .title = s->title });
	ui_heading(v->html, 1, UI_L, s->title);
	ui_paragraph(v->html, s->what);
	if (s->more != NULL)
		ui_paragraph(v->html, s->more);
	if (s->link != NULL) {
		ui_paragraph_begin(v->html);
		ui_link(v->html, s->href, s->link);
		ui_paragraph_end(v->html);
	}
	page_end(v);
	if (s->status != 0)
		response_page(v->response, s->status);
}

void
account_say_wait(struct visit *v, int minutes)
{
	account_say(v, &(struct account_say){
		.title = _("Too many tries"),
		.what = arena_printf(v->arena, text_n(
		    "This was tried too often. Wait %d minute, then try "
		    "again.", "This was tried too often. Wait %d minutes, "
		    "then try again.", (unsigned long)minutes), minutes),
		.more = _("If you forgot your password, you can set a new one "
		    "meanwhile."),
		.link = _("Set a new password"),
		.href = "/account/reset",
		.status = 429,
	});
}

const char *
account_password_fault(const struct err *e)
{
	if (err_is(e, "password_short"))
		return _("Use at least 10 characters for the password");
	if (err_is(e, "password_long"))
		return _("Use a shorter password");
	if (err_is(e, "password_common"))
		return _("This password is easily guessed. Use several words "
		    "that do not belong together");
	return NULL;
}

const char *
account_busy_fault(const struct err *e)
{
	if (!err_is(e, "hash_busy"))
		return NULL;
	return _("Many people are signing in at this moment. Send it again "
	    "in a few seconds");
}

const char *
account_email_fault(const struct err *e)
{
	if (err_is(e, "email_domain"))
		return _("Write the part behind the @ in plain letters, as "
		    "your provider shows it for mail programs (xn--…)");
	if (err_is(e, "email_form"))
		return _("Enter a mail address such as name@example.org");
	return NULL;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * My applications across all services, and my data. Who looked at them is
 * account_access_pages.c.
 */
#include "cgi-bin/account_history_pages.h"

#include "cgi-bin/account_way.h"
#include "cgi-bin/apply_words.h"
#include "cgi-bin/page.h"
#include "cgi-bin/ui_form.h"
#include "cgi-bin/ui_list.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/ui_table.h"
#include "cgi-bin/visit.h"
#include "cgi-bin/written.h"
#include "forms/cpf.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/text.h"
#include "services/history.h"
#include "services/person.h"
#include "services/session.h"

enum {
	COLUMNS = 4
};

static void
put_application(struct visit *v, struct ui_table *t,
    const struct history_application *a)
{
	struct apply_state state = apply_words_state(a->state);

	ui_table_row(v->html, t);
	ui_cell_begin(v->html, t);
	ui_link(v->html, visit_path(v, "%s/applications/%s",
	    account_room_path(a->room), a->reference), a->reference);
	ui_cell_end(v->html, t);
	ui_cell(v->html, t, account_room_name(a->room));
	ui_cell_begin(v->html, t);
	ui_tag(v->html, state.colour, state.name);
	ui_cell_end(v->html, t);
	ui_cell(v->html, t, written_date(v->arena,
	    clock_date(a->submitted_at)));
}

static void
put_applications(struct visit *v, const struct history_application *a,
    size_t n)
{
	const struct ui_column_head columns[COLUMNS] = {
		{ .text = _("Reference") }, { .text = _("Service") },
		{ .text = _("State") }, { .text = _("Sent on") },
	};
	struct ui_table t = { .caption = _("My applications"),
	    .caption_hidden = true, .columns = columns, .n = COLUMNS,
	    .cards = true };

	if (n == 0) {
		ui_paragraph(v->html, _("You have not sent any application "
		    "yet. What you began and did not send is kept by its "
		    "service for 30 days."));
		ui_paragraph_begin(v->html);
		ui_link(v->html, "/services", _("See all services"));
		ui_paragraph_end(v->html);
		return;
	}
	ui_table_begin(v->html, &t);
	for (size_t i = 0; i < n; i++)
		put_application(v, &t, &a[i]);
	ui_table_end(v->html, &t);
}

static void
put_ways(struct visit *v)
{
	static const struct {
		const char	*href, *text;
	} ways[] = {
		{ "/account/profile", N_("Your profile") },
		{ "/account/access-log", N_("Who looked at your file") },
		{ "/account/data", N_("What is stored about you here") },
		{ "/account/password", N_("Change your password") },
	};

	ui_heading(v->html, 2, UI_M, _("Your account"));
	ui_list_begin(v->html, UI_LIST_PLAIN);
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		ui_item_begin(v->html);
		ui_link(v->html, ways[i].href, _(ways[i].text));
		ui_item_end(v->html);
	}
	ui_list_end(v->html, UI_LIST_PLAIN);
	ui_form_begin(v->html, &(struct ui_form){
		.action = "/account/leave" });
	ui_button(v->html, &(struct ui_button){
		.text = _("Sign out"), .kind = UI_SECONDARY });
	ui_form_end(v->html);
}

static void
show_home(struct visit *v, const struct session *s)
{
	struct history_application *a;
	struct err e;
	size_t n;

	if (!history_applications(v->room, v->arena, s->subject, &a, &n,
	    &e)) {
		visit_fail(v, &e);
		return;
	}
	page_begin(v, &(struct page){ .title = _("My applications") });
	ui_heading(v->html, 1, UI_XL, _("My applications"));
	put_applications(v, a, n);
	put_ways(v);
	page_end(v);
}

void
account_history_page_home(struct visit *v)
{
	const struct account_way none = { ROOM_ACCOUNT, NULL };
	const struct session *s;
	struct err e;

	if (!visit_session(v, &s, &e))
		visit_fail(v, &e);
	else if (s == NULL || s->kind == SESSION_LINK)
		response_redirect(v->response, "/account/sign-in");
	else if (s->kind == SESSION_STAFF)
		account_way_go(v, &none, s);
	else
		show_home(v, s);
}

static const char *
or_none(const char *s)
{
	return s != NULL ? s : _("Not given");
}

static const char *
address_of(struct visit *v, const struct person *p)
{
	struct buf b = buf_new(v->arena, 0);

	for (size_t i = 0; i < p->lines; i++)
		buf_printf(&b, "%s%s", i > 0 ? "\n" : "", p->address[i]);
	return p->lines > 0 ? buf_text(&b) : NULL;
}

static void
put_person(struct visit *v, const struct person *p)
{
	const struct ui_summary list = { .actions = false };
	struct html *h = v->html;

	ui_summary_begin(h, &list);
	ui_summary_fact(h, &list, _("Name"), or_none(p->name));
	ui_summary_fact(h, &list, _("CPF"), or_none(p->national_id != NULL
	    ? cpf_read(v->arena, p->national_id) : NULL));
	ui_summary_fact(h, &list, _("Date of birth"),
	    or_none(p->born != DATE_NONE ? written_date(v->arena, p->born)
	    : NULL));
	ui_summary_fact(h, &list, _("Mail address"), or_none(p->email));
	ui_summary_fact(h, &list, _("Telephone"), or_none(p->phone));
	ui_summary_fact(h, &list, _("Postal address"),
	    or_none(address_of(v, p)));
	ui_summary_fact(h, &list, _("Language"), or_none(p->language));
	ui_summary_end(h, &list);
}

static void
put_given(struct visit *v, const struct person_given *g, size_t n)
{
	ui_heading(v->html, 2, UI_M, _("Services that were told who you "
	    "are"));
	if (n == 0)
		ui_paragraph(v->html, _("None yet."));
	ui_list_begin(v->html, UI_LIST_BULLET);
	for (size_t i = 0; i < n; i++) {
		ui_item_begin(v->html);
		ui_words(v->html, arena_printf(v->arena,
		    _("%s, last on %s"), account_room_name(g[i].room),
		    written_time(v->arena, g[i].at)));
		ui_item_end(v->html);
	}
	ui_list_end(v->html, UI_LIST_BULLET);
}

static void
put_rights(struct visit *v)
{
	static const struct {
		const char	*href, *text;
	} ways[] = {
		{ "/account/data/copy", N_("Get a copy of everything about "
		    "you") },
		{ "/account/profile", N_("Correct your profile") },
		{ "/account/access-log", N_("See who looked at your file, and "
		    "object") },
		{ "/account/data/erasure", N_("Have your data erased") },
	};

	ui_heading(v->html, 2, UI_M, _("What you can do"));
	ui_list_begin(v->html, UI_LIST_PLAIN);
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		ui_item_begin(v->html);
		ui_link(v->html, ways[i].href, _(ways[i].text));
		ui_item_end(v->html);
	}
	ui_list_end(v->html, UI_LIST_PLAIN);
}

void
account_history_page_data(struct visit *v)
{
	struct uuid subject = v->session->subject;
	struct person_given *given;
	struct person p;
	struct err e;
	size_t n;

	if (!person_get(v->room, v->arena, subject, &p, &e)
	    || !person_given(v->room, v->arena, subject, &given, &n, &e)) {
		visit_fail(v, &e);
		return;
	}
	page_begin(v, &(struct page){
	    .title = _("What is stored about you here"),
	    .back = "/account" });
	ui_heading(v->html, 1, UI_XL, _("What is stored about you here"));
	ui_paragraph(v->html, _("This is all that your account holds. It is "
	    "stored encrypted, under a key of your own. Your password is "
	    "stored in a way that cannot be read back."));
	put_person(v, &p);
	put_given(v, given, n);
	ui_paragraph(v->html, _("What you told a service in an application "
	    "is shown with that application."));
	put_rights(v);
	page_end(v);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The front page of services without pages of their own. An objection starts
 * at the entry it is about; whoever comes without one is shown where they
 * are.
 */
#include "cgi-bin/general_pages.h"

#include "cgi-bin/applicant.h"
#include "cgi-bin/apply_start.h"
#include "cgi-bin/field.h"
#include "cgi-bin/page.h"
#include "cgi-bin/ui_form.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/visit.h"
#include "forms/definition.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/text.h"
#include "services/form_store.h"
#include "services/objection.h"
#include "services/session.h"

static const char entries_path[] = "/account/access-log";

static void
put_form(struct visit *v, const struct definition *d)
{
	ui_item_begin(v->html);
	ui_link(v->html, applicant_start_path(v, d->name),
	    words_read(d->title));
	ui_break(v->html);
	ui_words(v->html, words_read(d->summary));
	ui_item_end(v->html);
}

void
general_page_home(struct visit *v)
{
	const struct definition **all;
	const struct session *session;
	struct err e;
	size_t n;

	if (!visit_session(v, &session, &e)) {
		visit_fail(v, &e);
		return;
	}
	if (!applicant_enter(v))
		return;
	n = form_store_all(v->room, v->arena, &all);
	page_begin(v, &(struct page){ .title = _("Other services"),
	    .back = "/services" });
	ui_heading(v->html, 1, UI_XL, _("Other services"));
	if (n == 0)
		ui_paragraph(v->html, _("There is no service here yet."));
	ui_list_begin(v->html, UI_LIST_PLAIN);
	for (size_t i = 0; i < n; i++)
		if ((all[i]->policy.apply & POLICY_DESK) == 0)
			put_form(v, all[i]);
	ui_list_end(v->html, UI_LIST_PLAIN);
	if (session != NULL && session->kind != SESSION_STAFF) {
		ui_paragraph_begin(v->html);
		ui_link(v->html, "/apply/applications",
		    _("Your applications here"));
		ui_paragraph_end(v->html);
	}
	page_end(v);
}

static void
say_where(struct visit *v, const char *title, const char *what)
{
	page_begin(v, &(struct page){ .title = title,
	    .back = entries_path });
	ui_heading(v->html, 1, UI_L, title);
	ui_paragraph(v->html, what);
	ui_button(v->html, &(struct ui_button){
	    .text = _("Who looked at your file"), .href = entries_path });
	page_end(v);
}

/* False: the visit is answered. Who is not signed in is asked to first. */
static bool
has_entry(struct visit *v)
{
	static const struct field entry = {
		.name = "general", .type = FIELD_UUID,
	};
	struct objection_entry o = { 0 };
	struct answers a;
	bool found = false;
	struct err e;

	if (field_read(v, &entry, 1, &a) && field_given(&a, "general")
	    && v->session != NULL && !objection_find(v->room, v->arena,
	    v->session, field_uuid(&a, "general"), &o, &found, &e)) {
		visit_fail(v, &e);
		return false;
	}
	if (field_given(&a, "general") && v->session == NULL)
		return true;
	if (found && !o.objected)
		return true;
	say_where(v, found ? _("You have objected to this already")
	    : _("Choose what you object to"), found
	    ? _("Each entry can be objected to once. The list shows how your "
	    "objection stands.")
	    : _("The list of who looked at your file has a link beside each "
	    "entry of others."));
	return false;
}

static bool
may_start(struct visit *v)
{
	const struct session *session;
	struct err e;

	if (!str_equal(visit_text(v, "form"), objection_form))
		return true;
	if (visit_session(v, &session, &e))
		return has_entry(v);
	visit_fail(v, &e);
	return false;
}

void
general_page_start(struct visit *v)
{
	if (may_start(v))
		apply_start_show(v);
}

void
general_page_begin(struct visit *v)
{
	if (may_start(v))
		apply_start_begin(v);
}

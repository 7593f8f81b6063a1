/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The answer is shown in place of a redirection: it is kept nowhere from
 * where a second page could show it. Sending the form again asks again, and
 * is recorded again.
 */
#include "cgi-bin/account_lookup_pages.h"

#include "cgi-bin/account_way.h"
#include "cgi-bin/field.h"
#include "cgi-bin/page.h"
#include "cgi-bin/ui_form.h"
#include "cgi-bin/ui_input.h"
#include "cgi-bin/ui_list.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/visit.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/text.h"
#include "services/lookup.h"
#include "services/session.h"

enum {
	WAIT_MINUTES = 60,
	FIELDS = 2
};

static const struct field person_fields[FIELDS] = {
	{ .name = "who", .type = FIELD_TEXT, .required = true, .max = 254,
	    .missing = N_("Enter a CPF or a mail address") },
	{ .name = "reason", .type = FIELD_TEXT, .required = true, .min = 5,
	    .max = LOOKUP_REASON,
	    .missing = N_("Say why you need it") },
};
static const struct field staff_fields[FIELDS] = {
	{ .name = "handle", .type = FIELD_TEXT, .required = true, .max = 40,
	    .missing = N_("Enter a staff handle") },
	{ .name = "reason", .type = FIELD_TEXT, .required = true, .min = 5,
	    .max = LOOKUP_REASON,
	    .missing = N_("Say why you need it") },
};

struct form {
	const char	*title, *what, *action, *name, *label, *hint;
};

static void
show(struct visit *v, const struct form *f, const struct answers *a)
{
	page_begin(v, &(struct page){ .title = f->title, .answers = a,
	    .back = v->session->roles & ROLE_AUDITOR ? "/audit" : "/desk" });
	ui_heading(v->html, 1, UI_L, f->title);
	ui_paragraph(v->html, f->what);
	ui_form_begin(v->html, &(struct ui_form){ .action = f->action,
	    .token = v->csrf });
	ui_input(v->html, &(struct ui_input){ .name = f->name,
	    .label = { f->label, UI_S, false, NULL }, .hint = f->hint,
	    .spelling = UI_SPELLING_OFF, .value = field_typed(a, f->name),
	    .error = field_error(a, f->name) });
	ui_input(v->html, &(struct ui_input){ .name = "reason",
	    .label = { _("Why do you need it?"), UI_S, false, NULL },
	    .hint = _("For example, the number of a complaint. It is kept "
	    "sealed with the record of your question."),
	    .value = field_typed(a, "reason"),
	    .error = field_error(a, "reason") });
	ui_submit(v->html, _("Find"));
	ui_form_end(v->html);
	page_end(v);
}

static void
fail(struct visit *v, const struct err *e)
{
	if (err_is(e, "lookup"))
		account_say_wait(v, WAIT_MINUTES);
	else
		visit_fail(v, e);
}

/* ---- a person ---- */

static struct form
person_form(void)
{
	return (struct form){
		.title = _("Find a person's pseudonym"),
		.what = _("The log knows people by a pseudonym alone. This "
		    "page tells you one, and nothing else. The person sees "
		    "that an auditor asked."),
		.action = "/account/lookup/person",
		.name = "who",
		.label = _("CPF or mail address"),
	};
}

void
account_lookup_page_person(struct visit *v)
{
	const struct form f = person_form();
	struct answers a;

	field_blank(v->arena, person_fields, FIELDS, &a);
	show(v, &f, &a);
}

static void
say_person(struct visit *v, struct uuid subject)
{
	const struct ui_summary list = { .actions = false };
	char id[UUID_TEXT];

	page_begin(v, &(struct page){
	    .title = _("Find a person's pseudonym"),
	    .back = "/account/lookup/person" });
	ui_heading(v->html, 1, UI_L, _("Find a person's pseudonym"));
	if (uuid_is_nil(subject)) {
		ui_paragraph(v->html, _("Nobody is known here by this number "
		    "or address. Your question was recorded all the same."));
	} else {
		uuid_text(subject, id);
		ui_summary_begin(v->html, &list);
		ui_summary_fact(v->html, &list, _("Pseudonym"), id);
		ui_summary_end(v->html, &list);
		ui_paragraph_begin(v->html);
		ui_link(v->html, visit_path(v, "/audit?subject=%s", id),
		    _("All entries about this person"));
		ui_break(v->html);
		ui_link(v->html, visit_path(v, "/audit/people/%s", id),
		    _("Who saw this person"));
		ui_paragraph_end(v->html);
	}
	page_end(v);
}

void
account_lookup_page_person_find(struct visit *v)
{
	const struct form f = person_form();
	bool fine;
	enum lookup_by by;
	const char *value = NULL;
	struct uuid subject;
	struct answers a;
	struct err e = { 0 };

	fine = field_read(v, person_fields, FIELDS, &a);
	if (field_text(&a, "who") != NULL) {
		value = lookup_canonical(v->arena, field_text(&a, "who"),
		    &by);
		if (value == NULL)
			field_fault(&a, "who", _("Enter a CPF of eleven "
			    "digits, or a mail address such as "
			    "name@example.org"));
	}
	visit_back(v, "/account/lookup/person");
	if (!fine || value == NULL)
		show(v, &f, &a);
	else if (lookup_person(v->room, v->arena, v->session, by, value,
	    field_text(&a, "reason"), &subject, &e))
		say_person(v, subject);
	else
		fail(v, &e);
}

/* ---- a member of staff ---- */

static struct form
staff_form(void)
{
	return (struct form){
		.title = _("Who bears a staff handle"),
		.what = _("Pages and letters name staff by a handle. This "
		    "page tells you the name behind one. The member of staff "
		    "sees that you asked."),
		.action = "/account/lookup/staff",
		.name = "handle",
		.label = _("Staff handle"),
		.hint = _("For example, DET-014"),
	};
}

void
account_lookup_page_staff(struct visit *v)
{
	const struct form f = staff_form();
	struct err e = { 0 };
	struct answers a;

	if ((v->session->roles & (ROLE_AUDITOR | ROLE_SUPERVISOR)) == 0) {
		err_rule(&e, "guard_role", "another role's page");
		visit_fail(v, &e);
		return;
	}
	field_blank(v->arena, staff_fields, FIELDS, &a);
	show(v, &f, &a);
}

static void
say_staff(struct visit *v, const char *handle, const char *name)
{
	const struct ui_summary list = { .actions = false };

	page_begin(v, &(struct page){
	    .title = _("Who bears a staff handle"),
	    .back = "/account/lookup/staff" });
	ui_heading(v->html, 1, UI_L, _("Who bears a staff handle"));
	if (name == NULL) {
		ui_paragraph(v->html, _("Nobody has this staff handle. Your "
		    "question was recorded all the same."));
	} else {
		ui_summary_begin(v->html, &list);
		ui_summary_fact(v->html, &list, _("Staff handle"), handle);
		ui_summary_fact(v->html, &list, _("Name"), name);
		ui_summary_end(v->html, &list);
	}
	page_end(v);
}

void
account_lookup_page_staff_find(struct visit *v)
{
	const struct form f = staff_form();
	const char *handle, *name;
	struct answers a;
	struct err e = { 0 };

	visit_back(v, "/account/lookup/staff");
	if (!field_read(v, staff_fields, FIELDS, &a)) {
		show(v, &f, &a);
		return;
	}
	handle = str_upper(v->arena, field_text(&a, "handle"));
	if (lookup_staff(v->room, v->arena, v->session, handle,
	    field_text(&a, "reason"), &name, &e))
		say_staff(v, handle, name);
	else
		fail(v, &e);
}

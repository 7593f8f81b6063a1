/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The profile: what is asked before a service is entered for the first time,
 * and changed at any time. Password and language: account_settings_pages.c.
 */
#include "cgi-bin/account_profile_pages.h"

#include <string.h>

#include "cgi-bin/account_way.h"
#include "cgi-bin/field.h"
#include "cgi-bin/page.h"
#include "cgi-bin/ui_date.h"
#include "cgi-bin/ui_form.h"
#include "cgi-bin/ui_input.h"
#include "cgi-bin/ui_notice.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/visit.h"
#include "forms/cpf.h"
#include "forms/type.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/text.h"
#include "services/person.h"
#include "services/session.h"

enum {
	FIELDS = 6
};

static const struct field fields[FIELDS] = {
	{ .name = "name", .type = FIELD_TEXT, .required = true,
	    .max = PERSON_NAME, .missing = N_("Enter your full name") },
	{ .name = "cpf", .type = FIELD_TEXT, .max = 20 },
	{ .name = "born", .type = FIELD_DATE },
	{ .name = "phone", .type = FIELD_TEXT, .max = 30 },
	{ .name = "address", .type = FIELD_LINES, .max = 600 },
	{ .name = "version", .type = FIELD_INT, .required = true, .min = 1,
	    .max = INT32_MAX },
};

static void
prefill(struct visit *v, const struct person *p, struct answers *a)
{
	struct buf lines = buf_new(v->arena, 0);
	char born[DATE_TEXT];

	for (size_t i = 0; i < p->lines; i++)
		buf_printf(&lines, "%s%s", i > 0 ? "\n" : "", p->address[i]);
	field_blank(v->arena, fields, FIELDS, a);
	field_prefill(a, "name", p->name);
	field_prefill(a, "cpf", p->national_id != NULL
	    ? cpf_read(v->arena, p->national_id) : "");
	field_prefill(a, "phone", p->phone);
	field_prefill(a, "address", buf_text(&lines));
	field_prefill(a, "version", arena_printf(v->arena, "%d",
	    (int)p->version));
	if (p->born == DATE_NONE)
		return;
	field_prefill(a, "born", arena_strdup(v->arena,
	    date_text(p->born, born)));
}

/* A date is shown in its parts; what is stored comes as one. */
static const char *
born_part(struct visit *v, const struct answers *a, enum field_part part)
{
	static const size_t at[] = { 8, 5, 0 }, length[] = { 2, 2, 4 };
	const char *typed = field_typed(a, "born");

	if (*typed == '\0')
		return field_typed_part(a, "born", part);
	return arena_strndup(v->arena, typed + at[part], length[part]);
}

static void
put_who(struct visit *v, const struct answers *a)
{
	ui_input(v->html, &(struct ui_input){
		.name = "name", .label = { .text = _("Full name") },
		.value = field_typed(a, "name"),
		.error = field_error(a, "name"),
		.autocomplete = "name", .spelling = UI_SPELLING_OFF,
	});
	ui_input(v->html, &(struct ui_input){
		.name = "cpf", .label = { .text = _("CPF") },
		.hint = _("Eleven digits, for example 529.982.247-25"),
		.value = field_typed(a, "cpf"),
		.error = field_error(a, "cpf"), .width = 20,
		.inputmode = "numeric", .spelling = UI_SPELLING_OFF,
	});
	ui_date(v->html, &(struct ui_date){
		.name = "born", .legend = { .text = _("Date of birth") },
		.hint = _("For example, 27 3 1985"),
		.error = field_error(a, "born"), .birthday = true,
		.day = born_part(v, a, FIELD_DAY),
		.month = born_part(v, a, FIELD_MONTH),
		.year = born_part(v, a, FIELD_YEAR),
	});
}

static void
put_contact(struct visit *v, const struct answers *a)
{
	ui_input(v->html, &(struct ui_input){
		.name = "phone", .type = "tel",
		.label = { .text = _("Telephone (optional)") },
		.hint = _("With area code; with +, country code first"),
		.value = field_typed(a, "phone"),
		.error = field_error(a, "phone"), .width = 20,
		.autocomplete = "tel", .spelling = UI_SPELLING_OFF,
	});
	ui_textarea(v->html, &(struct ui_input){
		.name = "address",
		.label = { .text = _("Postal address (optional)") },
		.hint = _("Up to six lines, as on a letter"),
		.value = field_typed(a, "address"),
		.error = field_error(a, "address"), .rows = 4,
		.autocomplete = "street-address",
		.spelling = UI_SPELLING_OFF,
	});
}

static void
put_intro(struct visit *v, const struct account_way *way)
{
	if (str_equal(request_query(v->request, "done"), "saved"))
		ui_banner(v->html, &(struct ui_banner){ .success = true,
		    .text = _("Your profile is saved.") });
	ui_heading(v->html, 1, UI_XL, _("Your profile"));
	if (way->room != ROOM_ACCOUNT)
		ui_inset(v->html, _("The service you are going to needs your "
		    "name, CPF and date of birth. Fill them in once; you will "
		    "see what it is told before it is told."));
}

static void
show(struct visit *v, const struct answers *a)
{
	struct account_way way = account_way(v);

	page_begin(v, &(struct page){ .title = _("Your profile"),
	    .answers = a, .back = "/account" });
	put_intro(v, &way);
	ui_form_begin(v->html, &(struct ui_form){
		.action = "/account/profile", .token = v->csrf });
	account_way_put(v, &way);
	ui_hidden(v->html, "version", field_typed(a, "version"));
	put_who(v, a);
	put_contact(v, a);
	ui_submit(v->html, way.room != ROOM_ACCOUNT
	    ? _("Save and continue") : _("Save"));
	ui_form_end(v->html);
	page_end(v);
}

void
account_profile_page_show(struct visit *v)
{
	struct answers a;
	struct person p;
	struct err e;

	if (!person_get(v->room, v->arena, v->session->subject, &p, &e)) {
		visit_fail(v, &e);
		return;
	}
	prefill(v, &p, &a);
	show(v, &a);
}

/* As the forms read such an answer, so that a profile fits into them. */
static bool
parse_as(struct visit *v, const char *type, const char *typed,
    const char **out)
{
	struct type_rules rules = { 0 };
	struct type_typed given = { &typed, 1 };
	struct type_value value;
	struct type_fault fault;

	*out = NULL;
	if (typed == NULL)
		return true;
	type_defaults(type_find(type), &rules);
	if (!type_parse(v->arena, type_find(type), &rules, &given, &value,
	    &fault))
		return false;
	*out = value.n > 0 ? value.texts[0] : NULL;
	return true;
}

static bool
read_lines(struct visit *v, const char *typed, struct person *p)
{
	p->lines = 0;
	while (typed != NULL && *typed != '\0') {
		size_t n = strcspn(typed, "\n");
		const char *line = str_trim(v->arena,
		    arena_strndup(v->arena, typed, n));

		if (*line != '\0') {
			if (p->lines == PERSON_LINES)
				return false;
			p->address[p->lines++] = line;
		}
		typed += n + (typed[n] == '\n');
	}
	return true;
}

static bool
read_person(struct visit *v, struct answers *a, struct person *p)
{
	p->name = field_text(a, "name");
	p->born = field_date(a, "born");
	p->version = (int32_t)field_int(a, "version", 0);
	if (!parse_as(v, "cpf", field_text(a, "cpf"), &p->national_id))
		field_fault(a, "cpf", _("Enter the eleven digits of your CPF "
		    "as they stand on the card"));
	if (!parse_as(v, "phone", field_text(a, "phone"), &p->phone))
		field_fault(a, "phone", _("Enter a telephone number with its "
		    "area code"));
	if (!read_lines(v, field_text(a, "address"), p))
		field_fault(a, "address", _("Use six lines or fewer"));
	return a->faults == 0;
}

static void
refuse(struct visit *v, struct answers *a, const struct err *e)
{
	if (err_is(e, "name"))
		field_fault(a, "name", _("Enter your name as you write it"));
	else if (err_is(e, "born"))
		field_fault(a, "born", _("Enter your date of birth"));
	else if (err_is(e, "national_id")
	    || err_is(e, "person_national_id_once"))
		field_fault(a, "cpf", _("This CPF cannot be used here. Check "
		    "it, and contact the office if it is yours"));
	if (a->faults > 0) {
		show(v, a);
		return;
	}
	visit_back(v, "/account/profile");
	visit_fail(v, e);
}

void
account_profile_page_save(struct visit *v)
{
	struct account_way way = account_way(v);
	struct person was, is;
	struct answers a;
	struct err e;

	if (!person_get(v->room, v->arena, v->session->subject, &was, &e)) {
		visit_fail(v, &e);
		return;
	}
	is = was;
	if (!field_read(v, fields, FIELDS, &a) || !read_person(v, &a, &is)) {
		show(v, &a);
		return;
	}
	/* The version that the form was made from: a later one wins. */
	was.version = is.version;
	if (!person_change(v->room, v->arena, v->session, &was, &is, &e))
		refuse(v, &a, &e);
	else if (way.room != ROOM_ACCOUNT)
		account_way_go(v, &way, v->session);
	else
		response_redirect(v->response, "/account/profile?done=saved");
}

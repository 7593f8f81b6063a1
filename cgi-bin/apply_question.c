/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Asking, taking and saving. A page that is sent twice is saved twice, with
 * the same result; the draft alone says which entries there are.
 */
#include "cgi-bin/apply_question.h"

#include "cgi-bin/applicant.h"
#include "cgi-bin/apply_entries.h"
#include "cgi-bin/apply_form.h"
#include "cgi-bin/field.h"
#include "cgi-bin/page.h"
#include "cgi-bin/ui_error.h"
#include "cgi-bin/ui_form.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/visit.h"
#include "forms/definition.h"
#include "forms/form.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/text.h"
#include "services/intake.h"

static const char back_to_check[] = "?return=check";

static bool
returns(const struct visit *v)
{
	return str_equal(request_query(v->request, "return"), "check");
}

static bool
comes_later(const struct visit *v)
{
	return request_form(v->request, "_later") != NULL;
}

/* The address that was asked for, once more. */
static const char *
same(struct visit *v)
{
	return visit_path(v, "%s%s", v->request->path,
	    returns(v) ? back_to_check : "");
}

/* The draft, and the page that the address names. A page that does not
 * matter (any more) leads to where the draft goes on. */
static bool
find_page(struct visit *v, struct draft *d, struct apply_form *f)
{
	if (!applicant_draft(v, d))
		return false;
	*f = (struct apply_form){
		.form = d->form,
		.page = definition_page(d->definition, visit_text(v, "page")),
	};
	if (f->page != NULL && form_page_matters(d->form, f->page))
		return true;
	if (f->page == NULL)
		visit_refuse(v, 404, NULL);
	else
		response_redirect(v->response, applicant_resume_path(v, d));
	form_free(d->form);
	return false;
}

/* An entry that is there, or the one behind the last, which is then made. */
static bool
find_entry(struct visit *v, struct draft *d, struct apply_form *f)
{
	int64_t entry = visit_int(v, "entry");
	unsigned there;

	if (!find_page(v, d, f))
		return false;
	if (f->page->repeat != NULL) {
		there = form_entries(d->form, f->page->repeat);
		if (entry >= 1 && entry <= there) {
			f->entry = (unsigned)entry;
			return true;
		}
		if (entry == (int64_t)there + 1 && form_add_entry(d->form,
		    f->page->repeat, &f->entry, NULL))
			return true;
	}
	visit_refuse(v, 404, NULL);
	form_free(d->form);
	return false;
}

/* Where "Back" leads. */
static const char *
before(struct visit *v, const struct draft *d, const struct apply_form *f)
{
	const struct definition_page *page;

	if (f->entry > 0)
		return visit_path(v, "%s%s", applicant_question_path(v, d,
		    f->page, 0), returns(v) ? back_to_check : "");
	if (returns(v))
		return applicant_draft_path(v, "check", d);
	page = form_previous(d->form, f->page);
	if (page != NULL)
		return applicant_question_path(v, d, page, 0);
	return applicant_start_path(v, d->definition->name);
}

/* Was something typed that could not be kept? */
static bool
loses(const struct apply_form *f)
{
	for (const struct form_error *e = f->errors; e != NULL; e = e->next)
		if (e->fault.code != TYPE_MISSING &&
		    e->fault.code != TYPE_DECLARE)
			return true;
	return false;
}

/* Where "Save and continue" leads. */
static const char *
after(struct visit *v, const struct draft *d, const struct apply_form *f)
{
	const struct definition_page *open;

	if (comes_later(v))
		return visit_path(v, "%s%s", applicant_draft_path(v, "saved",
		    d), loses(f) ? "?partly=yes" : "");
	if (f->entry > 0)
		return before(v, d, f);
	if (!returns(v))
		return applicant_step_path(v, d, form_next(d->form, f->page));
	open = form_first_open(d->form);
	return visit_path(v, "%s%s", applicant_step_path(v, d, open),
	    open != NULL ? back_to_check : "");
}

/* trouble: why it could not be saved, or NULL. */
static void
put_page(struct visit *v, const struct draft *d, const struct apply_form *f,
    const char *trouble)
{
	struct ui_error *errors = arena_array(v->arena,
	    apply_form_count(f) + 1, sizeof *errors);
	size_t n = 0;

	if (trouble != NULL)
		errors[n++].text = trouble;
	n = apply_form_list(v->arena, f, errors, n);
	page_begin(v, &(struct page){
		.title = words_read(f->page->title),
		.back = before(v, d, f),
		.errors = errors,
		.n_errors = n,
	});
	ui_form_begin(v->html, &(struct ui_form){
		.action = same(v), .token = v->csrf,
	});
	if (f->page->repeat != NULL && f->entry == 0)
		apply_entries_put(v, d, f->page);
	else
		apply_form_put(v->html, f);
	ui_buttons_begin(v->html);
	ui_submit(v->html, _("Save and continue"));
	ui_button(v->html, &(struct ui_button){
		.text = _("Save and come back later"), .kind = UI_SECONDARY,
		.name = "_later", .value = "yes",
	});
	ui_buttons_end(v->html);
	ui_form_end(v->html);
	page_end(v);
}

void
apply_question_conflict(struct visit *v, const char *address)
{
	const char *title = _("These answers were changed elsewhere");

	page_begin(v, &(struct page){ .title = title });
	ui_heading(v->html, 1, UI_L, title);
	ui_paragraph(v->html, _("You, or somebody using your sign-in, saved "
	    "this application in another window or on another device. What "
	    "you sent just now was not saved."));
	ui_paragraph(v->html, _("Look at how it stands now, then change what "
	    "is still to be changed."));
	ui_button(v->html, &(struct ui_button){
		.text = _("Show it as it is now"), .href = address,
	});
	page_end(v);
	response_page(v->response, 409);
}

/* Saved, or the reader is told: nothing typed is lost to a busy moment. */
static void
save(struct visit *v, struct draft *d, const struct apply_form *f)
{
	struct err e;

	if (intake_save(v->room, v->arena, d, &e)) {
		response_redirect(v->response, after(v, d, f));
		return;
	}
	if (err_is(&e, "draft_saved")) {
		apply_question_conflict(v, same(v));
	} else if (e.code == ERR_BUSY || e.code == ERR_LOST ||
	    e.code == ERR_UNKNOWN) {
		put_page(v, d, f, _("The service was busy for a moment. Save "
		    "once more: nothing is saved twice."));
		response_page(v->response, 503);
	} else {
		visit_fail(v, &e);
	}
}

static void
take(struct visit *v, struct draft *d, struct apply_form *f)
{
	if (apply_form_take(v->arena, f, v->request) != NULL &&
	    !comes_later(v))
		put_page(v, d, f, NULL);
	else
		save(v, d, f);
}

void
apply_question_show(struct visit *v)
{
	struct apply_form f;
	struct draft d;

	if (!find_page(v, &d, &f))
		return;
	put_page(v, &d, &f, NULL);
	form_free(d.form);
}

/* The list of entries changes nothing; it must be complete to be left. */
static void
leave_list(struct visit *v, struct draft *d, struct apply_form *f)
{
	f->errors = comes_later(v) ? NULL : form_check_page(d->form, f->page);
	if (f->errors != NULL)
		put_page(v, d, f, NULL);
	else
		response_redirect(v->response, after(v, d, f));
}

void
apply_question_take(struct visit *v)
{
	struct apply_form f;
	struct draft d;

	if (!find_page(v, &d, &f))
		return;
	if (f.page->repeat != NULL)
		leave_list(v, &d, &f);
	else
		take(v, &d, &f);
	form_free(d.form);
}

void
apply_question_show_entry(struct visit *v)
{
	struct apply_form f;
	struct draft d;

	if (!find_entry(v, &d, &f))
		return;
	put_page(v, &d, &f, NULL);
	form_free(d.form);
}

void
apply_question_take_entry(struct visit *v)
{
	struct apply_form f;
	struct draft d;

	if (!find_entry(v, &d, &f))
		return;
	take(v, &d, &f);
	form_free(d.form);
}

void
apply_question_ask_remove(struct visit *v)
{
	struct apply_form f;
	struct draft d;

	if (!find_entry(v, &d, &f))
		return;
	apply_entries_ask_remove(v, &d, f.page, f.entry);
	form_free(d.form);
}

/* Entries move up when one goes: only the draft that was looked at may lose
 * its third. Sent twice, the second finds another draft and changes none. */
void
apply_question_remove(struct visit *v)
{
	static const struct field saved = {
		.name = "_saved", .type = FIELD_INT, .required = true,
	};
	struct answers a;
	struct apply_form f;
	struct draft d;
	const char *list;
	struct err e;

	if (!find_page(v, &d, &f))
		return;
	list = visit_path(v, "%s%s", applicant_question_path(v, &d, f.page,
	    0), returns(v) ? back_to_check : "");
	if (!field_read(v, &saved, 1, &a) ||
	    field_int(&a, "_saved", 0) != d.saved || f.page->repeat == NULL ||
	    visit_int(v, "entry") > DEFINITION_ENTRIES ||
	    !form_remove_entry(d.form, f.page->repeat,
	    (unsigned)visit_int(v, "entry"), NULL))
		response_redirect(v->response, list);
	else if (intake_save(v->room, v->arena, &d, &e))
		response_redirect(v->response, list);
	else if (err_is(&e, "draft_saved"))
		apply_question_conflict(v, list);
	else
		visit_fail(v, &e);
	form_free(d.form);
}

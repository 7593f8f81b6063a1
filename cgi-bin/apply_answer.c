/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The questions to redo stand on one page, in the parts of the form that they
 * belong to. Whole pages of the form are shown and taken, for what a question
 * means may hang on its neighbours; a page that a new answer opens up joins
 * them when the answers are sent.
 */
#include "cgi-bin/apply_answer.h"

#include <string.h>

#include "cgi-bin/applicant.h"
#include "cgi-bin/apply_form.h"
#include "cgi-bin/field.h"
#include "cgi-bin/page.h"
#include "cgi-bin/ui_error.h"
#include "cgi-bin/ui_form.h"
#include "cgi-bin/ui_input.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/visit.h"
#include "cgi-bin/written.h"
#include "forms/definition.h"
#include "forms/form.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/text.h"
#include "services/casework.h"
#include "services/inquiry.h"
#include "services/intake.h"

/* Everything on the page. */
struct redoing {
	struct application	 a;
	struct inquiry		 inquiry;
	struct form		*form;		/* NULL: nothing to redo */
	struct apply_form	*part;
	size_t			 n;
	struct answers		 text;
};

static struct field
text_field(const struct redoing *r)
{
	return (struct field){
		.name = "_answer", .type = FIELD_LINES, .max = INQUIRY_TEXT,
		.required = r->n == 0,
		.missing = N_("Write your answer"),
	};
}

/* Is the name one of those, which blanks divide? */
static bool
names(const char *list, const char *name)
{
	size_t n = strlen(name);

	while (*list != '\0') {
		size_t word = strcspn(list, " ");

		if (word == n && memcmp(list, name, n) == 0)
			return true;
		list += word + strspn(list + word, " ");
	}
	return false;
}

static bool
is_asked(const struct redoing *r, const struct definition_page *page)
{
	for (size_t i = 0; i < page->n_items; i++)
		if (names(r->inquiry.items, page->items[i].name))
			return true;
	return false;
}

static bool
is_there(const struct redoing *r, const struct definition_page *page)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->part[i].page == page)
			return true;
	return false;
}

/* Each entry of a repeat is a part of its own, its fields told apart by a
 * number in front; one that just opened up has as many as there must be. */
static void
add_page(struct visit *v, struct redoing *r,
    const struct definition_page *page)
{
	const struct definition_repeat *repeat = page->repeat;
	unsigned last;

	if (is_there(r, page))
		return;
	while (repeat != NULL && form_entries(r->form, repeat) < repeat->min
	    && form_add_entry(r->form, repeat, &last, NULL))
		continue;
	last = repeat != NULL ? form_entries(r->form, repeat) : 0;
	for (unsigned entry = repeat != NULL; entry <= last; entry++)
		r->part[r->n++] = (struct apply_form){
			.form = r->form,
			.page = page,
			.entry = entry,
			.prefix = entry > 0 ? arena_printf(v->arena, "%u.",
			    entry) : NULL,
			.part = true,
		};
}

static bool
read_form(struct visit *v, struct redoing *r, struct err *e)
{
	const struct definition *d;
	int32_t number;

	if (str_empty(r->inquiry.items))
		return true;
	if (!intake_answers(v->room, v->arena, &r->a, &r->form, &number, e))
		return false;
	d = form_definition(r->form);
	r->part = arena_array(v->arena, d->n_pages +
	    d->n_repeats * DEFINITION_ENTRIES, sizeof *r->part);
	for (size_t i = 0; i < d->n_pages; i++)
		if (is_asked(r, &d->pages[i])
		    && form_page_matters(r->form, &d->pages[i]))
			add_page(v, r, &d->pages[i]);
	return true;
}

/* False: the visit is answered. A question that is answered already, or ended
 * otherwise, leads to the page that says so. */
static bool
find_question(struct visit *v, struct redoing *r)
{
	bool found;
	struct err e;

	*r = (struct redoing){ .n = 0 };
	if (!applicant_application(v, &r->a))
		return false;
	visit_back(v, applicant_path(v, &r->a, ""));
	if (!inquiry_open(v->room, v->arena, &r->a, &r->inquiry, &found, &e)
	    || (found && !read_form(v, r, &e))) {
		visit_fail(v, &e);
		return false;
	}
	if (!found)
		response_redirect(v->response, applicant_path(v, &r->a, ""));
	return found;
}

static struct ui_error *
errors_of(struct visit *v, const struct redoing *r, size_t *n)
{
	struct ui_error *errors;
	size_t most = 0;

	for (size_t i = 0; i < r->n; i++)
		most += apply_form_count(&r->part[i]);
	errors = arena_array(v->arena, most, sizeof *errors);
	*n = 0;
	for (size_t i = 0; i < r->n; i++)
		*n = apply_form_list(v->arena, &r->part[i], errors, *n);
	return errors;
}

static void
put_text(struct visit *v, const struct redoing *r)
{
	ui_character_count(v->html, &(struct ui_input){
		.name = "_answer",
		.label = { .text = r->n > 0 ? _("Anything else (optional)")
		    : _("Your answer"), .size = UI_M },
		.value = field_typed(&r->text, "_answer"),
		.error = field_error(&r->text, "_answer"),
		.rows = 8,
		.limit = INQUIRY_TEXT,
	});
}

static void
put_page(struct visit *v, const struct redoing *r)
{
	const char *title = _("Answer our question");
	struct ui_error *errors;
	size_t n;

	errors = errors_of(v, r, &n);
	page_begin(v, &(struct page){ .title = title,
	    .back = applicant_path(v, &r->a, ""), .answers = &r->text,
	    .errors = errors, .n_errors = n });
	ui_heading_caption(v->html, 1, UI_L, r->a.reference, title);
	ui_inset_begin(v->html, NULL);
	ui_paragraphs(v->html, r->inquiry.question);
	ui_inset_end(v->html);
	ui_paragraph(v->html, arena_printf(v->arena,
	    _("Answer by %s. Until then the time that we have to decide "
	    "stands still."), written_date(v->arena, r->inquiry.due)));
	ui_form_begin(v->html, &(struct ui_form){
		.action = v->request->path, .token = v->csrf,
	});
	for (size_t i = 0; i < r->n; i++) {
		if (!form_page_matters(r->form, r->part[i].page))
			continue;
		ui_hidden(v->html, "_page", r->part[i].page->name);
		apply_form_put(v->html, &r->part[i]);
	}
	put_text(v, r);
	ui_submit(v->html, _("Send the answer"));
	ui_form_end(v->html);
	page_end(v);
}

void
apply_answer_show(struct visit *v)
{
	struct redoing r;
	struct field text;

	if (!find_question(v, &r))
		return;
	text = text_field(&r);
	field_blank(v->arena, &text, 1, &r.text);
	put_page(v, &r);
	form_free(r.form);
}

/* Was this page among those that were shown? */
static bool
was_shown(const struct visit *v, const struct definition_page *page)
{
	const char *name;
	size_t i = 0;

	while ((name = request_form_next(v->request, "_page", &i)) != NULL)
		if (str_equal(name, page->name))
			return true;
	return false;
}

static void
take_part(struct visit *v, struct apply_form *part)
{
	if (was_shown(v, part->page))
		apply_form_take(v->arena, part, v->request);
}

/* Pages that the new answers leave open: taken if they were shown already,
 * and in any case on the page if it is shown again. */
static void
take_opened(struct visit *v, struct redoing *r)
{
	const struct definition *d = form_definition(r->form);

	for (size_t i = 0; i < d->n_pages; i++) {
		const struct definition_page *page = &d->pages[i];
		size_t from = r->n;

		if (is_there(r, page)
		    || form_check_page(r->form, page) == NULL)
			continue;
		add_page(v, r, page);
		for (size_t k = from; k < r->n; k++)
			take_part(v, &r->part[k]);
	}
}

/* Those of one entry, in a list of their own. */
static const struct form_error *
errors_at(struct visit *v, const struct form_error *all, unsigned entry)
{
	struct form_error *first = NULL, **end = &first;

	for (; all != NULL; all = all->next) {
		if (all->entry != entry)
			continue;
		*end = arena_alloc(v->arena, sizeof **end);
		**end = *all;
		(*end)->next = NULL;
		end = &(*end)->next;
	}
	return first;
}

/* True if all of it is in order. What stands in the fields by now decides,
 * for one page's answers may bear on another's. */
static bool
take_form(struct visit *v, struct redoing *r)
{
	if (r->form == NULL)
		return true;
	for (size_t i = 0; i < r->n; i++)
		take_part(v, &r->part[i]);
	take_opened(v, r);
	for (size_t i = 0; i < r->n; i++)
		r->part[i].errors = errors_at(v, form_check_page(r->form,
		    r->part[i].page), r->part[i].entry);
	return form_check(r->form) == NULL;
}

static void
send_answer(struct visit *v, const struct redoing *r)
{
	const char *text = field_text(&r->text, "_answer");
	struct application after;
	struct err e;

	visit_keep(v, &r->text);
	if (inquiry_answer(v->room, v->arena, v->session, &r->a, &r->inquiry,
	    text != NULL ? text : "", r->form, &after, &e))
		response_redirect(v->response, applicant_path(v, &r->a, ""));
	else
		visit_fail(v, &e);
}

void
apply_answer_take(struct visit *v)
{
	struct redoing r;
	struct field text;
	bool fine;

	if (!find_question(v, &r))
		return;
	text = text_field(&r);
	fine = field_read(v, &text, 1, &r.text);
	if (take_form(v, &r) && fine)
		send_answer(v, &r);
	else
		put_page(v, &r);
	form_free(r.form);
}

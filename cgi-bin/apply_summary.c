/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Answers in words, as forms/answer.h reads them. Only what matters is shown,
 * for only that is sent.
 */
#include "cgi-bin/apply_summary.h"

#include "cgi-bin/applicant.h"
#include "cgi-bin/ui_error.h"
#include "cgi-bin/ui_list.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/visit.h"
#include "forms/answer.h"
#include "forms/definition.h"
#include "forms/form.h"
#include "lib/arena.h"
#include "lib/str.h"
#include "lib/text.h"
#include "services/intake.h"
#include "services/service.h"

struct showing {
	struct visit		*v;
	const struct form	*form;
	const struct draft	*draft;		/* NULL: nothing changes */
	const struct finding	*findings;
};

static const char *
change_path(const struct showing *s, const struct definition_page *page,
    unsigned entry)
{
	return visit_path(s->v, "%s?return=check",
	    applicant_question_path(s->v, s->draft, page, entry));
}

/* By its place in the list: two may be about one item. */
static const char *
finding_id(struct visit *v, const struct finding *list,
    const struct finding *f)
{
	unsigned place = 1;

	for (; list != f; list = list->next)
		place++;
	return visit_path(v, "finding-%u", place);
}

struct ui_error *
apply_summary_errors(struct visit *v, const struct finding *findings,
    size_t *n)
{
	struct ui_error *errors;
	size_t most = 0;

	for (const struct finding *f = findings; f != NULL; f = f->next)
		most++;
	errors = arena_array(v->arena, most, sizeof *errors);
	*n = 0;
	for (const struct finding *f = findings; f != NULL; f = f->next)
		if (f->level == FINDING_BAD)
			errors[(*n)++] = (struct ui_error){ f->sentence,
			    finding_id(v, findings, f) };
	return errors;
}

static bool
is_about(const struct finding *f, const struct definition_page *page)
{
	for (size_t i = 0; page != NULL && i < page->n_items; i++)
		if (str_equal(page->items[i].name, f->item))
			return true;
	return page == NULL && f->item == NULL;
}

/* What is wrong with the answers of this page; NULL: with none of them. */
static void
put_findings(const struct showing *s, const struct definition_page *page)
{
	for (const struct finding *f = s->findings; f != NULL; f = f->next) {
		if (f->level != FINDING_BAD || !is_about(f, page))
			continue;
		ui_inset_begin(s->v->html, finding_id(s->v, s->findings, f));
		ui_strong(s->v->html, f->sentence);
		ui_inset_end(s->v->html);
	}
}

static bool
is_declaration(const struct definition_item *item)
{
	return str_equal(type_name(item->type), "declaration");
}

static void
put_row(const struct showing *s, const struct ui_summary *list,
    const struct answer *a)
{
	struct ui_summary_row row = {
		.key = a->label,
		.value = a->value,
	};

	if (is_declaration(a->item)) {
		row.key = _("You declare");
		row.value = a->label;
	}
	if (str_empty(a->value))
		row.value = _("Not answered");
	if (list->actions && !a->item->given && a->item->calculate == NULL)
		row.actions[0] = (struct ui_action){
			change_path(s, a->page, a->entry), _("Change"),
			is_declaration(a->item) ? words_read(a->page->title)
			: a->label,
		};
	ui_summary_row(s->v->html, list, &row);
}

/* The answers of one page, or of one entry, from the first of them; how many
 * they are. */
static size_t
put_group(const struct showing *s, const struct answer *a, size_t n)
{
	const struct definition_repeat *repeat = a->page->repeat;
	const struct ui_summary list = {
		.actions = s->draft != NULL,
		.title = repeat == NULL ? NULL : arena_printf(s->v->arena,
		    "%s %u", words_read(repeat->label), a->entry),
		.level = 3,
	};
	size_t i;

	ui_summary_begin(s->v->html, &list);
	for (i = 0; i < n && a[i].page == a->page && a[i].entry == a->entry;
	    i++)
		put_row(s, &list, &a[i]);
	ui_summary_end(s->v->html, &list);
	return i;
}

/* A repeat's entries are added and removed on its own page. */
static void
put_page(const struct showing *s, const struct definition_page *page,
    const struct answer *a, size_t n)
{
	struct html *h = s->v->html;
	size_t i = 0;

	ui_heading(h, 2, UI_M, words_read(page->title));
	put_findings(s, page);
	while (i < n && a[i].page != page)
		i++;
	if (i == n)
		ui_paragraph(h, _("None"));
	while (i < n && a[i].page == page)
		i += put_group(s, a + i, n - i);
	if (page->repeat == NULL || s->draft == NULL)
		return;
	ui_paragraph_begin(h);
	ui_link(h, change_path(s, page, 0), _("Add or remove"));
	ui_paragraph_end(h);
}

void
apply_summary_put(struct visit *v, const struct form *form,
    const struct draft *draft, const struct finding *findings)
{
	const struct showing s = { v, form, draft, findings };
	const struct definition *d = form_definition(form);
	struct answer *answers;
	size_t n;

	answers = answer_list(v->arena, form, &n);
	put_findings(&s, NULL);
	for (size_t i = 0; i < d->n_pages; i++)
		if (form_page_matters(form, &d->pages[i]))
			put_page(&s, &d->pages[i], answers, n);
}

void
apply_summary_fees(struct visit *v, const struct definition *d,
    const struct intake_fee *fee, size_t n)
{
	const struct ui_summary list = { .title = NULL };
	int64_t sum = 0;

	if (n == 0)
		return;
	ui_heading(v->html, 2, UI_M, _("What it costs"));
	ui_summary_begin(v->html, &list);
	for (size_t i = 0; i < n; i++) {
		sum += fee[i].amount;
		ui_summary_fact(v->html, &list, applicant_fee(v, d,
		    fee[i].line), applicant_money(v, fee[i].amount));
	}
	if (n > 1)
		ui_summary_fact(v->html, &list, _("In all"),
		    applicant_money(v, sum));
	ui_summary_end(v->html, &list);
}

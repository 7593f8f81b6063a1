/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Written by apply_question.c's pages alone. Every link keeps the query, so
 * that whoever came from the check page gets back there.
 */
#include "cgi-bin/apply_entries.h"

#include "cgi-bin/applicant.h"
#include "cgi-bin/apply_form.h"
#include "cgi-bin/page.h"
#include "cgi-bin/ui_form.h"
#include "cgi-bin/ui_list.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/visit.h"
#include "forms/answer.h"
#include "forms/definition.h"
#include "forms/form.h"
#include "lib/arena.h"
#include "lib/text.h"
#include "services/intake.h"

static const char *
with_query(struct visit *v, const char *path)
{
	return query_address(v->arena, path, &v->request->query, NULL);
}

static const char *
name_of(struct visit *v, const struct definition_page *page, unsigned entry)
{
	return arena_printf(v->arena, "%s %u",
	    words_read(page->repeat->label), entry);
}

static void
put_answers(struct visit *v, const struct draft *d,
    const struct definition_page *page, unsigned entry,
    const struct ui_summary *list)
{
	for (size_t i = 0; i < page->n_items; i++) {
		const struct definition_item *item = &page->items[i];
		const char *value;

		if (!form_item_matters(d->form, item, entry))
			continue;
		value = answer_read(v->arena, d->form, item, entry);
		ui_summary_fact(v->html, list, words_read(item->label),
		    *value != '\0' ? value : _("Not answered yet"));
	}
}

static void
put_entry(struct visit *v, const struct draft *d,
    const struct definition_page *page, unsigned entry)
{
	const char *path = applicant_question_path(v, d, page, entry);
	const struct ui_summary card = {
		.title = name_of(v, page, entry),
		.title_actions = {
			{ with_query(v, path), _("Change"), NULL },
			{ with_query(v, visit_path(v, "%s/remove", path)),
			    _("Remove"), NULL },
		},
	};

	ui_summary_begin(v->html, &card);
	put_answers(v, d, page, entry, &card);
	ui_summary_end(v->html, &card);
}

void
apply_entries_put(struct visit *v, const struct draft *d,
    const struct definition_page *page)
{
	const struct definition_repeat *repeat = page->repeat;
	unsigned n = form_entries(d->form, repeat);

	ui_heading(v->html, 1, UI_L, words_read(page->title));
	ui_paragraphs(v->html, words_read(page->text));
	if (n == 0)
		ui_paragraph(v->html, _("You have added none yet."));
	for (unsigned entry = 1; entry <= n; entry++)
		put_entry(v, d, page, entry);
	if (n >= repeat->max) {
		ui_paragraph(v->html, _("You cannot add more here."));
		return;
	}
	ui_button(v->html, &(struct ui_button){
		.text = words_read(repeat->add),
		.kind = UI_SECONDARY,
		.id = apply_form_add,
		.href = with_query(v, applicant_question_path(v, d, page,
		    n + 1)),
	});
}

void
apply_entries_ask_remove(struct visit *v, const struct draft *d,
    const struct definition_page *page, unsigned entry)
{
	const char *list = with_query(v, applicant_question_path(v, d, page,
	    0));
	const char *title = arena_printf(v->arena, _("Remove %s?"),
	    name_of(v, page, entry));
	const struct ui_summary facts = { .title = NULL };

	page_begin(v, &(struct page){ .title = title, .back = list });
	ui_heading(v->html, 1, UI_L, title);
	ui_summary_begin(v->html, &facts);
	put_answers(v, d, page, entry, &facts);
	ui_summary_end(v->html, &facts);
	ui_form_begin(v->html, &(struct ui_form){
		.action = with_query(v, v->request->path), .token = v->csrf,
	});
	ui_hidden(v->html, "_saved", arena_printf(v->arena, "%d", d->saved));
	ui_buttons_begin(v->html);
	ui_button(v->html, &(struct ui_button){ .text = _("Remove"),
	    .kind = UI_WARNING });
	ui_link(v->html, list, _("Keep it"));
	ui_buttons_end(v->html);
	ui_form_end(v->html);
	page_end(v);
}

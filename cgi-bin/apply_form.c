/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Pages of a form, question by question. What an answer means, and what is
 * wrong with it, is forms/form.h's to say.
 */
#include "cgi-bin/apply_form.h"

#include <string.h>

#include "cgi-bin/apply_item.h"
#include "cgi-bin/html.h"
#include "cgi-bin/request.h"
#include "cgi-bin/ui_error.h"
#include "cgi-bin/ui_list.h"
#include "cgi-bin/ui_prose.h"
#include "forms/answer.h"
#include "forms/definition.h"
#include "forms/form.h"
#include "forms/sentence.h"
#include "lib/arena.h"
#include "lib/str.h"
#include "lib/text.h"

const char apply_form_add[] = "add";

static const char *
field_name(struct arena *a, const struct apply_form *f,
    const struct definition_item *item)
{
	if (f->prefix == NULL)
		return item->name;
	return arena_printf(a, "%s%s", f->prefix, item->name);
}

static bool
is_asked(const struct apply_form *f, const struct definition_item *item)
{
	return form_item_matters(f->form, item, f->entry) && !item->given &&
	    item->calculate == NULL;
}

static bool
is_known(const struct apply_form *f, const struct definition_item *item)
{
	return form_item_matters(f->form, item, f->entry) &&
	    (item->given || item->calculate != NULL);
}

/* What is known without asking stands before the questions. */
static void
put_known(struct html *h, const struct apply_form *f)
{
	const struct ui_summary list = { .title = NULL };
	bool any = false;

	for (size_t i = 0; i < f->page->n_items; i++)
		any |= is_known(f, &f->page->items[i]);
	if (!any)
		return;
	ui_summary_begin(h, &list);
	for (size_t i = 0; i < f->page->n_items; i++) {
		const struct definition_item *item = &f->page->items[i];
		const char *value;

		if (!is_known(f, item))
			continue;
		value = answer_read(html_arena(h), f->form, item, f->entry);
		ui_summary_fact(h, &list, words_read(item->label),
		    *value != '\0' ? value : _("Not known"));
	}
	ui_summary_end(h, &list);
}

static const struct form_error *
error_at(const struct apply_form *f, const struct definition_item *item)
{
	const struct form_error *e = f->errors;

	while (e != NULL && (e->item != item || e->entry != f->entry))
		e = e->next;
	return e;
}

static struct apply_item
question_of(struct html *h, const struct apply_form *f,
    const struct definition_item *item)
{
	const struct form_error *error = error_at(f, item);
	struct apply_item q = {
		.form = f->form,
		.item = item,
		.entry = f->entry,
		.name = field_name(html_arena(h), f, item),
		.label = { .text = words_read(item->label), .size = UI_S },
		.hint = item->hint != NULL ? words_read(item->hint) : NULL,
	};

	if (error != NULL) {
		q.error = sentence_of(html_arena(h), item, &error->fault);
		q.part = error->fault.part;
	}
	return q;
}

/*
 * A page that is one question, and whose title asks it: then the title is
 * the question's label, and the page's text its hint. NULL: it is not.
 */
static const struct definition_item *
only_question(const struct apply_form *f)
{
	const char *title = words_read(f->page->title);
	const char *text = words_read(f->page->text);
	size_t length = strlen(title);
	const struct definition_item *only = NULL;

	if (f->part || f->entry > 0 || length == 0 ||
	    title[length - 1] != '?' || strchr(text, '\n') != NULL)
		return NULL;
	for (size_t i = 0; i < f->page->n_items; i++) {
		const struct definition_item *item = &f->page->items[i];

		if (!form_item_matters(f->form, item, f->entry))
			continue;
		if (only != NULL || !is_asked(f, item))
			return NULL;
		only = item;
	}
	if (only == NULL || (*text != '\0' && only->hint != NULL) ||
	    str_equal(type_name(only->type), "declaration"))
		return NULL;
	return only;
}

static void
put_heading(struct html *h, const struct apply_form *f)
{
	const char *title = words_read(f->page->title);
	const struct definition_repeat *repeat = f->page->repeat;

	if (repeat != NULL && f->entry > 0)
		ui_heading_caption(h, f->part ? 2 : 1, f->part ? UI_M : UI_L,
		    arena_printf(html_arena(h), "%s %u",
		    words_read(repeat->label), f->entry), title);
	else
		ui_heading(h, f->part ? 2 : 1, f->part ? UI_M : UI_L, title);
}

void
apply_form_put(struct html *h, const struct apply_form *f)
{
	const struct definition_item *only = only_question(f);
	struct apply_item q;

	if (only != NULL) {
		q = question_of(h, f, only);
		q.label = (struct ui_label){ words_read(f->page->title), UI_L,
		    true, NULL };
		if (f->page->text != NULL)
			q.hint = words_read(f->page->text);
		apply_item_put(h, &q);
		return;
	}
	put_heading(h, f);
	ui_paragraphs(h, words_read(f->page->text));
	put_known(h, f);
	for (size_t i = 0; i < f->page->n_items; i++) {
		if (!is_asked(f, &f->page->items[i]))
			continue;
		q = question_of(h, f, &f->page->items[i]);
		apply_item_put(h, &q);
	}
}

/* ---- back ---- */

struct form_error *
apply_form_take(struct arena *a, struct apply_form *f,
    const struct request *r)
{
	const char *prefix = f->prefix != NULL ? f->prefix : "";
	struct form_field *fields = arena_array(a, r->form.n, sizeof *fields);
	struct form_error *errors;
	size_t n = 0;

	for (size_t i = 0; i < r->form.n; i++) {
		const struct pair *p = &r->form.pair[i];

		if (str_starts(p->name, prefix))
			fields[n++] = (struct form_field){
				p->name + strlen(prefix), p->value
			};
	}
	errors = form_take(f->form, f->page, f->entry, fields, n);
	f->errors = errors;
	return errors;
}

size_t
apply_form_count(const struct apply_form *f)
{
	size_t n = 0;

	for (const struct form_error *e = f->errors; e != NULL; e = e->next)
		n++;
	return n;
}

size_t
apply_form_list(struct arena *a, const struct apply_form *f,
    struct ui_error *out, size_t n)
{
	for (const struct form_error *e = f->errors; e != NULL; e = e->next) {
		out[n].text = sentence_error(a, e);
		out[n++].id = e->item == NULL ? apply_form_add :
		    apply_item_control(a, e->item,
		    field_name(a, f, e->item), e->fault.part);
	}
	return n;
}

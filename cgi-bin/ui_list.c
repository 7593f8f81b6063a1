/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The components "summary-list" (with its card) and "task-list" of the
 * GOV.UK Design System.
 */
#include "cgi-bin/ui_list.h"

#include "cgi-bin/html.h"
#include "lib/arena.h"
#include "lib/str.h"

static size_t
count(const struct ui_action *actions)
{
	size_t n = 0;

	while (n < UI_ACTIONS && actions[n].href != NULL)
		n++;
	return n;
}

/* Several lists on one page have "Change name" each: the card's title tells
 * them apart. */
static void
action(struct html *h, const struct ui_action *a, const char *card)
{
	html_begin(h, "a");
	html_attr(h, "class", "govuk-link");
	html_url(h, "href", a->href);
	html_text(h, a->text);
	if (a->about != NULL || card != NULL) {
		html_begin(h, "span");
		html_attr(h, "class", "govuk-visually-hidden");
		if (a->about != NULL)
			html_textf(h, " %s", a->about);
		if (card != NULL)
			html_textf(h, " (%s)", card);
		html_end(h, "span");
	}
	html_end(h, "a");
}

/* One action stands alone, several are a list. */
static void
actions(struct html *h, const struct ui_action *a, const char *card,
    const char *item_class)
{
	size_t n = count(a);

	if (n == 1) {
		action(h, a, card);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		html_begin(h, "li");
		html_attr(h, "class", item_class);
		action(h, &a[i], card);
		html_end(h, "li");
	}
}

static void
card_begin(struct html *h, const struct ui_summary *s)
{
	const char *heading = arena_printf(html_arena(h), "h%d",
	    s->level > 0 ? s->level : 2);
	size_t n = count(s->title_actions);
	const char *wrap = n == 1 ? "div" : "ul";

	html_begin(h, "div");
	html_attr(h, "class", "govuk-summary-card");
	html_begin(h, "div");
	html_attr(h, "class", "govuk-summary-card__title-wrapper");
	html_element(h, heading, "govuk-summary-card__title", s->title);
	if (n > 0) {
		html_begin(h, wrap);
		html_attr(h, "class", "govuk-summary-card__actions");
		actions(h, s->title_actions, s->title,
		    "govuk-summary-card__action");
		html_end(h, wrap);
	}
	html_end(h, "div");
	html_begin(h, "div");
	html_attr(h, "class", "govuk-summary-card__content");
}

void
ui_summary_begin(struct html *h, const struct ui_summary *s)
{
	if (s->title != NULL)
		card_begin(h, s);
	html_begin(h, "dl");
	html_class(h, "govuk-summary-list",
	    s->borderless ? "govuk-summary-list--no-border" : NULL,
	    s->classes);
}

void
ui_summary_end(struct html *h, const struct ui_summary *s)
{
	html_end(h, "dl");
	if (s->title == NULL)
		return;
	html_end(h, "div");
	html_end(h, "div");
}

void
ui_summary_row_begin(struct html *h, const struct ui_summary *s,
    const struct ui_summary_row *r)
{
	bool bare = s->actions && count(r->actions) == 0;

	html_begin(h, "div");
	html_class(h, "govuk-summary-list__row",
	    bare ? "govuk-summary-list__row--no-actions" : NULL, r->classes);
	html_element(h, "dt", "govuk-summary-list__key", r->key);
	html_begin(h, "dd");
	html_attr(h, "class", "govuk-summary-list__value");
}

void
ui_summary_row_end(struct html *h, const struct ui_summary *s,
    const struct ui_summary_row *r)
{
	size_t n = count(r->actions);

	html_end(h, "dd");
	if (n > 0) {
		html_begin(h, "dd");
		html_attr(h, "class", "govuk-summary-list__actions");
		if (n > 1) {
			html_begin(h, "ul");
			html_attr(h, "class",
			    "govuk-summary-list__actions-list");
		}
		actions(h, r->actions, s->title,
		    "govuk-summary-list__actions-list-item");
		if (n > 1)
			html_end(h, "ul");
		html_end(h, "dd");
	}
	html_end(h, "div");
}

void
ui_summary_row(struct html *h, const struct ui_summary *s,
    const struct ui_summary_row *r)
{
	ui_summary_row_begin(h, s, r);
	html_lines(h, r->value);
	ui_summary_row_end(h, s, r);
}

void
ui_summary_fact(struct html *h, const struct ui_summary *s, const char *key,
    const char *value)
{
	ui_summary_row(h, s, &(struct ui_summary_row){
		.key = key,
		.value = value,
	});
}

void
ui_tasks_begin(struct html *h, struct ui_tasks *t)
{
	if (t->id == NULL)
		t->id = "task-list";
	t->n = 0;
	html_begin(h, "ul");
	html_class(h, "govuk-task-list", t->classes, NULL);
}

void
ui_tasks_end(struct html *h)
{
	html_end(h, "ul");
}

static void
task_name(struct html *h, const struct ui_task *t, const char *hint_id,
    const char *status_id)
{
	html_begin(h, "div");
	html_attr(h, "class", "govuk-task-list__name-and-hint");
	if (t->href != NULL) {
		html_begin(h, "a");
		html_attr(h, "class", "govuk-link govuk-task-list__link");
		html_url(h, "href", t->href);
		html_attr(h, "aria-describedby",
		    html_join(h, hint_id, status_id));
		html_text(h, t->title);
		html_end(h, "a");
	} else {
		html_element(h, "div", NULL, t->title);
	}
	if (hint_id != NULL) {
		html_begin(h, "div");
		html_attr(h, "id", hint_id);
		html_attr(h, "class", "govuk-task-list__hint");
		html_text(h, t->hint);
		html_end(h, "div");
	}
	html_end(h, "div");
}

static void
task_status(struct html *h, const struct ui_task *t, const char *id)
{
	html_begin(h, "div");
	html_class(h, "govuk-task-list__status", t->cannot_start ?
	    "govuk-task-list__status--cannot-start-yet" : NULL, NULL);
	html_attr(h, "id", id);
	if (t->tag)
		ui_tag(h, t->colour, t->status);
	else
		html_text(h, t->status);
	html_end(h, "div");
}

void
ui_task(struct html *h, struct ui_tasks *list, const struct ui_task *t)
{
	struct arena *a = html_arena(h);
	const char *status_id, *hint_id = NULL;

	list->n++;
	status_id = arena_printf(a, "%s-%zu-status", list->id, list->n);
	if (!str_empty(t->hint))
		hint_id = arena_printf(a, "%s-%zu-hint", list->id, list->n);
	html_begin(h, "li");
	html_class(h, "govuk-task-list__item", t->href != NULL ?
	    "govuk-task-list__item--with-link" : NULL, t->classes);
	task_name(h, t, hint_id, status_id);
	task_status(h, t, status_id);
	html_end(h, "li");
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Examples of what is read rather than answered: options to ui_prose.h,
 * ui_notice.h, ui_error.h, ui_list.h and ui_table.h.
 */
#include <string.h>

#include "cgi-bin/html.h"
#include "cgi-bin/ui_error.h"
#include "cgi-bin/ui_list.h"
#include "cgi-bin/ui_notice.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/ui_table.h"
#include "tests/conformance/fixture.h"

enum {
	ITEMS = 32
};

static enum ui_colour
take_colour(struct fixture *f, json_t *from)
{
	static const char *const colours[] = {
		[UI_GREY] = "govuk-tag--grey",
		[UI_GREEN] = "govuk-tag--green",
		[UI_TEAL] = "govuk-tag--teal",
		[UI_BLUE] = "govuk-tag--blue",
		[UI_PURPLE] = "govuk-tag--purple",
		[UI_MAGENTA] = "govuk-tag--magenta",
		[UI_RED] = "govuk-tag--red",
		[UI_ORANGE] = "govuk-tag--orange",
		[UI_YELLOW] = "govuk-tag--yellow"
	};

	return take_class(f, from, colours, UI_YELLOW + 1);
}

void
map_tag(struct fixture *f)
{
	enum ui_colour colour = take_colour(f, f->options);

	ui_tag(f->html, colour, take_text(f, f->options, "text"));
}

void
map_details(struct fixture *f)
{
	struct words w = take_words(f, f->options);
	const char *id = take_text(f, f->options, "id");
	bool open = take_flag(f, f->options, "open");

	ui_details_begin(f->html, take_text(f, f->options, "summaryText"),
	    open, id);
	put_words(f, &w);
	ui_details_end(f->html);
}

void
map_inset_text(struct fixture *f)
{
	struct words w = take_words(f, f->options);

	ui_inset_begin(f->html, take_text(f, f->options, "id"));
	put_words(f, &w);
	ui_inset_end(f->html);
}

void
map_warning_text(struct fixture *f)
{
	const char *icon = take_text(f, f->options, "iconFallbackText");

	if (icon != NULL && *icon != '\0' && strcmp(icon, "Warning") != 0)
		leave_out(f, "iconFallbackText");
	ui_warning(f->html, take_text(f, f->options, "text"));
}

void
map_panel(struct fixture *f)
{
	struct words w = take_words(f, f->options);
	const char *title = take_text(f, f->options, "titleText");

	if (w.html == NULL) {
		ui_panel(f->html, title, w.text);
		return;
	}
	ui_panel_begin(f->html, title);
	put_words(f, &w);
	ui_panel_end(f->html);
}

void
map_phase_banner(struct fixture *f)
{
	json_t *tag = look(f->options, "tag");
	const char *word = take_text(f, tag, "text");

	ui_phase_banner(f->html, word, take_text(f, f->options, "text"));
}

void
map_notification_banner(struct fixture *f)
{
	struct words w = take_words(f, f->options);
	const char *type = take_text(f, f->options, "type");
	struct ui_banner b = {
		.success = type != NULL && strcmp(type, "success") == 0,
		.title = take_text(f, f->options, "titleText"),
		.text = w.text,
		.id = take_text(f, f->options, "titleId"),
		.role = take_text(f, f->options, "role"),
		.level = (int)take_number(f, f->options,
		    "titleHeadingLevel"),
		.classes = take_text(f, f->options, "classes"),
	};

	if (w.html == NULL) {
		ui_banner(f->html, &b);
		return;
	}
	ui_banner_begin(f->html, &b);
	put_words(f, &w);
	ui_banner_end(f->html);
}

void
map_error_summary(struct fixture *f)
{
	const char *title = take_text(f, f->options, "titleText");
	json_t *list = look(f->options, "errorList"), *it;
	struct ui_error errors[ITEMS];
	size_t i, n = 0;

	if (title == NULL || strcmp(title, "There is a problem") != 0)
		leave_out(f, "another title");
	json_array_foreach(list, i, it) {
		const char *href = take_text(f, it, "href");

		if (href != NULL && *href != '#')
			leave_out(f, "a link to another page");
		if (n < ITEMS)
			errors[n++] = (struct ui_error){
				.text = take_text(f, it, "text"),
				.id = href != NULL ? href + 1 : NULL,
			};
	}
	if (n == 0)
		leave_out(f, "no error");
	ui_error_summary(f->html, errors, n);
}

static void
take_actions(struct fixture *f, json_t *from, struct ui_action *actions)
{
	json_t *items = look(from, "items"), *it;
	size_t i, n = 0;

	if (json_array_size(items) > UI_ACTIONS)
		leave_out(f, "more than four actions");
	json_array_foreach(items, i, it) {
		const char *href = take_text(f, it, "href");

		if (!html_url_safe(href))
			leave_out(f, "an address we refuse");
		if (n < UI_ACTIONS)
			actions[n++] = (struct ui_action){
				.href = href,
				.text = take_text(f, it, "text"),
				.about = take_text(f, it,
				    "visuallyHiddenText"),
			};
	}
}

static void
summary_row(struct fixture *f, const struct ui_summary *s, json_t *row)
{
	struct words value = take_words(f, look(row, "value"));
	struct ui_summary_row r = {
		.key = take_text(f, look(row, "key"), "text"),
		.value = value.text,
		.classes = take_text(f, row, "classes"),
	};

	take_actions(f, look(row, "actions"), r.actions);
	if (value.html == NULL) {
		ui_summary_row(f->html, s, &r);
		return;
	}
	ui_summary_row_begin(f->html, s, &r);
	put_words(f, &value);
	ui_summary_row_end(f->html, s, &r);
}

void
map_summary_list(struct fixture *f)
{
	static const char *const borders[] = {
		NULL, "govuk-summary-list--no-border"
	};
	json_t *rows = look(f->options, "rows"), *row;
	json_t *card = look(f->options, "card");
	struct ui_summary s = {
		.borderless = take_class(f, f->options, borders, 2) == 1,
		.classes = take_text(f, f->options, "classes"),
		.title = take_text(f, look(card, "title"), "text"),
		.level = (int)take_number(f, look(card, "title"),
		    "headingLevel"),
	};
	size_t i;

	if (card != NULL && s.title == NULL)
		leave_out(f, "a card without a title");
	take_actions(f, look(card, "actions"), s.title_actions);
	json_array_foreach(rows, i, row)
		if (json_array_size(look(look(row, "actions"), "items")) > 0)
			s.actions = true;
	ui_summary_begin(f->html, &s);
	json_array_foreach(rows, i, row)
		if (json_is_object(row))
			summary_row(f, &s, row);
	ui_summary_end(f->html, &s);
}

static struct ui_task
take_task(struct fixture *f, json_t *o)
{
	static const char *const cannot[] = {
		NULL, "govuk-task-list__status--cannot-start-yet"
	};
	json_t *status = look(o, "status"), *tag = look(status, "tag");
	struct ui_task t = {
		.title = take_text(f, look(o, "title"), "text"),
		.href = take_text(f, o, "href"),
		.hint = take_text(f, look(o, "hint"), "text"),
		.tag = tag != NULL,
		.cannot_start = take_class(f, status, cannot, 2) == 1,
		.classes = take_text(f, o, "classes"),
	};

	t.colour = take_colour(f, tag);
	t.status = take_text(f, tag != NULL ? tag : status, "text");
	return t;
}

void
map_task_list(struct fixture *f)
{
	json_t *items = look(f->options, "items"), *it;
	struct ui_tasks list = {
		.id = take_text(f, f->options, "idPrefix"),
		.classes = take_text(f, f->options, "classes"),
	};
	size_t i;

	ui_tasks_begin(f->html, &list);
	json_array_foreach(items, i, it) {
		struct ui_task t = { 0 };

		if (!json_is_object(it)) {
			leave_out(f, "an item that is none");
			continue;
		}
		t = take_task(f, it);
		ui_task(f->html, &list, &t);
	}
	ui_tasks_end(f->html);
}

static bool
take_numeric(struct fixture *f, json_t *cell)
{
	const char *format = take_text(f, cell, "format");

	if (format != NULL && strcmp(format, "numeric") != 0)
		leave_out(f, "format");
	return format != NULL;
}

/* A column is numeric as a whole; its head says so first. */
static void
take_column(struct fixture *f, struct ui_column_head *c, json_t *rows,
    size_t column, bool first_is_head)
{
	json_t *row;
	size_t i;

	json_array_foreach(rows, i, row) {
		json_t *cell = json_array_get(row, column);
		bool numeric;

		if (cell == NULL || (column == 0 && first_is_head)) {
			take_text(f, cell, "format");
			continue;
		}
		numeric = take_numeric(f, cell);
		if (i == 0 && c->text == NULL)
			c->numeric = numeric;
		else if (numeric != c->numeric)
			leave_out(f, "a column of two formats");
	}
}

static void
put_rows(struct fixture *f, struct ui_table *t, json_t *rows)
{
	json_t *row, *cell;
	size_t i, k;

	json_array_foreach(rows, i, row) {
		if (!json_is_array(row))
			continue;
		ui_table_row(f->html, t);
		json_array_foreach(row, k, cell) {
			struct words w = take_words(f, cell);

			ui_cell_begin(f->html, t);
			put_words(f, &w);
			ui_cell_end(f->html, t);
		}
	}
}

void
map_table(struct fixture *f)
{
	static const char *const captions[] = {
		[UI_S] = "govuk-table__caption--s",
		[UI_M] = "govuk-table__caption--m",
		[UI_L] = "govuk-table__caption--l",
		[UI_XL] = "govuk-table__caption--xl"
	};
	json_t *o = f->options, *head = look(o, "head"), *cell;
	json_t *rows = look(o, "rows"), *row;
	struct ui_column_head columns[ITEMS] = { 0 };
	struct ui_table t = {
		.caption = take_text(f, o, "caption"),
		.columns = columns,
		.headless = head == NULL,
		.row_heads = take_flag(f, o, "firstCellIsHeader"),
		.classes = take_text(f, o, "classes"),
	};
	const char *size = take_text(f, o, "captionClasses");
	size_t i;

	for (i = 0; size != NULL && i <= UI_XL; i++)
		if (captions[i] != NULL && strcmp(captions[i], size) == 0)
			t.caption_size = (enum ui_size)i;
	json_array_foreach(head, i, cell) {
		columns[i].text = take_text(f, cell, "text");
		columns[i].numeric = take_numeric(f, cell);
	}
	t.n = json_array_size(head);
	json_array_foreach(rows, i, row)
		if (json_array_size(row) > t.n)
			t.n = json_array_size(row);
	for (i = 0; i < t.n; i++)
		take_column(f, &columns[i], rows, i, t.row_heads);
	ui_table_begin(f->html, &t);
	put_rows(f, &t, rows);
	ui_table_end(f->html, &t);
}

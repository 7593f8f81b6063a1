/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The components of the items, by type. What an answer means, and what is
 * wrong with it, is forms/form.h's to say; apply_form.c calls this.
 */
#include "cgi-bin/apply_item.h"

#include <string.h>

#include "cgi-bin/html.h"
#include "cgi-bin/ui_address.h"
#include "cgi-bin/ui_choice.h"
#include "cgi-bin/ui_date.h"
#include "cgi-bin/ui_input.h"
#include "forms/definition.h"
#include "forms/form.h"
#include "lib/arena.h"
#include "lib/str.h"
#include "lib/text.h"

enum {
	RADIOS = 7	/* more choices than these are a list to open */
};

static const char *
typed(const struct apply_item *q, const char *part)
{
	return form_typed(q->form, q->item, q->entry, part);
}

/* ---- typed on a line ---- */

/* How each type likes its line. */
static const struct {
	const char	*type;
	struct ui_input	 input;
} lines[] = {
	{ "text", { .spelling = UI_SPELLING_UNSAID } },
	{ "name", { .spelling = UI_SPELLING_OFF } },
	{ "email", { .type = "email", .spelling = UI_SPELLING_OFF } },
	{ "phone", { .type = "tel", .width = 20 } },
	{ "integer", { .inputmode = "numeric", .width = 10,
	    .spelling = UI_SPELLING_OFF } },
	{ "money", { .inputmode = "decimal", .width = 10,
	    .spelling = UI_SPELLING_OFF } },
	{ "vin", { .autocapitalize = "characters", .width = 20,
	    .spelling = UI_SPELLING_OFF } },
	{ "plate", { .autocapitalize = "characters", .width = 10,
	    .spelling = UI_SPELLING_OFF } },
	{ "cpf", { .inputmode = "numeric", .width = 20,
	    .spelling = UI_SPELLING_OFF } },
};

/* What stands before an amount of this currency. */
static const char *
sign(struct arena *a, const struct definition_item *item)
{
	static const char no_break_space[] = "\xC2\xA0";
	const char *zero = "0", *read, *end;
	struct type_value value = { &zero, 1 };

	if (!str_equal(type_name(item->type), "money"))
		return NULL;
	read = type_read(a, item->type, &item->rules, &value);
	end = strstr(read, no_break_space);
	return end != NULL ? arena_strndup(a, read, (size_t)(end - read)) :
	    NULL;
}

static void
put_line(struct html *h, const struct apply_item *q)
{
	struct ui_input input = { .name = NULL };

	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		if (str_equal(lines[i].type, type_name(q->item->type)))
			input = lines[i].input;
	input.name = q->name;
	input.label = q->label;
	input.hint = q->hint;
	input.error = q->error;
	input.value = typed(q, NULL);
	input.autocomplete = q->item->autocomplete;
	input.prefix = sign(html_arena(h), q->item);
	ui_input(h, &input);
}

static void
put_text(struct html *h, const struct apply_item *q)
{
	const struct type_rules *rules = &q->item->rules;

	if (rules->lines <= 1) {
		put_line(h, q);
		return;
	}
	ui_character_count(h, &(struct ui_input){
		.name = q->name,
		.label = q->label,
		.hint = q->hint,
		.error = q->error,
		.value = typed(q, NULL),
		.rows = rules->lines,
		.limit = (unsigned)rules->high,
	});
}

/* ---- typed in parts ---- */

static void
put_date(struct html *h, const struct apply_item *q)
{
	ui_date(h, &(struct ui_date){
		.name = q->name,
		.legend = q->label,
		.hint = q->hint,
		.error = q->error,
		.day = typed(q, "day"),
		.month = typed(q, "month"),
		.year = typed(q, "year"),
		.bad_day = str_equal(q->part, "day"),
		.bad_month = str_equal(q->part, "month"),
		.bad_year = str_equal(q->part, "year"),
		.birthday = str_equal(q->item->autocomplete, "bday"),
	});
}

static const char *
typed_part(const void *arg, const char *part)
{
	return typed(arg, part);
}

static void
put_address(struct html *h, const struct apply_item *q)
{
	ui_address(h, &(struct ui_address){
		.name = q->name,
		.legend = q->label,
		.hint = q->hint,
		.error = q->error,
		.part = q->part,
		.typed = typed_part,
		.arg = q,
	});
}

/* ---- chosen ---- */

static struct ui_item
item_of(const struct apply_item *q, const char *code, const char *text)
{
	return (struct ui_item){
		.value = code,
		.text = text,
		.checked = form_is_chosen(q->form, q->item, q->entry,
		    code),
	};
}

/* The choices behind a first one, which only a list to open has. */
static void
put_choice(struct html *h, const struct apply_item *q)
{
	const struct type_rules *rules = &q->item->rules;
	struct ui_item *items = arena_array(html_arena(h),
	    rules->n_choices + 1, sizeof *items);
	struct ui_choice choice = {
		.name = q->name,
		.hint = q->hint,
		.error = q->error,
		.items = items + 1,
		.n = rules->n_choices,
	};

	for (size_t i = 0; i < rules->n_choices; i++) {
		const struct type_choice *c = &rules->choices[i];

		items[i + 1] = item_of(q, c->code, words_read(c->label));
		if (c->hint != NULL)
			items[i + 1].hint = words_read(c->hint);
	}
	if (type_many(q->item->type) || rules->n_choices <= RADIOS) {
		choice.legend = q->label;
		(type_many(q->item->type) ? ui_checkboxes : ui_radios)(h,
		    &choice);
		return;
	}
	items[0] = (struct ui_item){ .value = "", .text = _("Choose one") };
	choice.items = items;
	choice.n++;
	choice.label = q->label;
	ui_select(h, &choice);
}

static void
put_yes_no(struct html *h, const struct apply_item *q)
{
	const struct ui_item items[] = {
		item_of(q, "yes", _("Yes")), item_of(q, "no", _("No")),
	};

	ui_radios(h, &(struct ui_choice){
		.name = q->name,
		.legend = q->label,
		.hint = q->hint,
		.error = q->error,
		.items = items,
		.n = sizeof items / sizeof *items,
		.inlined = true,
	});
}

/* The box says itself what is declared: no legend above it. */
static void
put_declaration(struct html *h, const struct apply_item *q)
{
	const struct ui_item box = item_of(q, "yes",
	    words_read(q->item->label));

	ui_checkboxes(h, &(struct ui_choice){
		.name = q->name,
		.hint = q->hint,
		.error = q->error,
		.items = &box,
		.n = 1,
	});
}

static const struct {
	const char	*type;
	void		(*put)(struct html *, const struct apply_item *);
} kinds[] = {
	{ "text", put_text },
	{ "date", put_date },
	{ "choice", put_choice },
	{ "choices", put_choice },
	{ "yesno", put_yes_no },
	{ "address", put_address },
	{ "declaration", put_declaration },
};

void
apply_item_put(struct html *h, const struct apply_item *q)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (str_equal(kinds[i].type, type_name(q->item->type))) {
			kinds[i].put(h, q);
			return;
		}
	put_line(h, q);
}

const char *
apply_item_control(struct arena *a, const struct definition_item *item,
    const char *name, const char *part)
{
	const char *type = type_name(item->type);

	if (str_equal(type, "date"))
		part = part != NULL ? part : "day";
	else if (str_equal(type, "address"))
		part = part != NULL ? part : "street";
	else
		return name;
	return arena_printf(a, "%s-%s", name, part);
}

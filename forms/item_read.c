/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One item of a definition: its type and the type's parameters, its texts,
 * choices, messages and rules. Called by definition_read.c alone.
 */
#include "forms/item_read.h"

#include "forms/definition.h"
#include "forms/reader.h"
#include "lib/arena.h"
#include "lib/str.h"
#include "lib/xml.h"

enum {
	LINES_LIMIT = 40
};

/* Well below 2^53, so that expressions can count on it. */
static const int64_t NUMBER_LIMIT = INT64_C(1000000000000000);

static void
read_choices(struct reader *r, const struct xml_node *n,
    struct type_rules *rules)
{
	struct type_choice *list = arena_array(r->arena,
	    reader_count(n, "choice"), sizeof *list);

	for (const struct xml_node *c = xml_first(n); c; c = xml_next(c)) {
		struct type_choice *choice = &list[rules->n_choices];

		if (!str_equal(xml_name(c), "choice"))
			continue;
		choice->code = reader_name(r, c, "code");
		choice->label = reader_words(r, c, "label", true);
		choice->hint = reader_words(r, c, "hint", false);
		for (size_t i = 0; i < rules->n_choices; i++)
			if (str_equal(list[i].code, choice->code))
				reader_fault(r, xml_line(c), "the choice "
				    "\"%s\" is there twice", choice->code);
		rules->n_choices++;
	}
	rules->choices = list;
}

static void
read_messages(struct reader *r, const struct xml_node *n,
    struct definition_item *item)
{
	struct definition_message *list = arena_array(r->arena,
	    reader_count(n, "message"), sizeof *list);

	for (const struct xml_node *c = xml_first(n); c; c = xml_next(c)) {
		struct definition_message *message = &list[item->n_messages];
		const char *code;

		if (!str_equal(xml_name(c), "message"))
			continue;
		code = reader_needed(r, c, "code");
		message->code = type_code_find(code);
		message->words = reader_words(r, c, "text", true);
		if (message->code == TYPE__MAX || message->code == TYPE_FINE)
			reader_fault(r, xml_line(c), "no fault of an answer "
			    "has the code \"%.40s\"", code);
		else
			item->n_messages++;
	}
	item->messages = list;
}

static bool
is_chosen(const struct type *type)
{
	return str_equal(type_name(type), "choice") || type_many(type);
}

/* The parameters of the type; an unknown one leaves the item as text. */
static void
read_type(struct reader *r, const struct xml_node *n,
    struct definition_item *item)
{
	static const char *const digit[] = { "note", "enforce", NULL };
	static const char *const brief[] = { "refuse", "allow", NULL };
	struct type_rules *rules = &item->rules;
	const char *name = reader_needed(r, n, "type");
	int64_t lines = 0;

	item->type = type_find(name);
	if (item->type == NULL) {
		reader_fault(r, xml_line(n), "no type is called \"%.40s\"",
		    name);
		item->type = type_find("text");
	}
	reader_number(r, n, "lines", 1, LINES_LIMIT, &lines);
	rules->lines = (unsigned)lines;
	type_defaults(item->type, rules);
	reader_number(r, n, "min", -NUMBER_LIMIT, NUMBER_LIMIT, &rules->low);
	reader_number(r, n, "max", rules->low, NUMBER_LIMIT, &rules->high);
	rules->currency = reader_attribute(r, n, "currency");
	rules->check_digit = reader_one_of(r, n, "checkdigit", digit) == 1;
	rules->short_allowed = reader_one_of(r, n, "short", brief) == 1;
	read_choices(r, n, rules);
	if (is_chosen(item->type) != (rules->n_choices > 0))
		reader_fault(r, xml_line(n), is_chosen(item->type) ?
		    "nothing to choose from" :
		    "an item of this type has no choices");
}

static void
read_standard(struct reader *r, const struct xml_node *n,
    struct definition_item *item)
{
	struct type_value value = { &item->standard, 1 };

	item->standard = reader_attribute(r, n, "default");
	if (item->standard == NULL)
		return;
	if (type_composite(item->type) || !type_canonical(r->arena,
	    item->type, &item->rules, &value)) {
		reader_fault(r, xml_line(n), "default=\"%.60s\" is no value "
		    "of this item", item->standard);
		item->standard = NULL;
	}
}

void
item_read(struct reader *r, const struct xml_node *n,
    struct definition_item *item)
{
	static const char *const children[] = { "label", "noun", "hint",
		"message", "choice", NULL };

	reader_children(r, n, children);
	item->line = xml_line(n);
	item->name = reader_name(r, n, "name");
	read_type(r, n, item);
	item->label = reader_words(r, n, "label", true);
	item->noun = reader_words(r, n, "noun", false);
	item->hint = reader_words(r, n, "hint", false);
	read_messages(r, n, item);
	item->given = reader_flag(r, n, "given");
	item->prefill = reader_attribute(r, n, "prefill");
	item->autocomplete = reader_attribute(r, n, "autocomplete");
	read_standard(r, n, item);
	item->required = reader_rule(r, n, "required");
	item->relevant = reader_rule(r, n, "relevant");
	item->constraint = reader_rule(r, n, "constraint");
	item->calculate = reader_rule(r, n, "calculate");
}

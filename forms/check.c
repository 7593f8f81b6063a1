/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `balcao form check`: grammar, structure, then sense. Each stage looks at
 * all there is, and one list takes what all of them find.
 */
#include "forms/check.h"

#include <string.h>

#include "forms/check_rule.h"
#include "forms/definition.h"
#include "forms/order.h"
#include "forms/reader.h"
#include "forms/scope.h"
#include "lib/arena.h"
#include "lib/str.h"
#include "lib/xml.h"

static void
check_grammar(struct reader *r, struct bytes text, struct xml_grammar *grammar)
{
	struct xml_fault *found;
	struct xml *x;

	if (grammar == NULL || !xml_parse(text, &x, NULL))
		return;
	found = xml_validate(r->arena, grammar, x);
	for (; found != NULL; found = found->next)
		reader_fault(r, found->line, "%s", found->text);
	xml_free(x);
}

static bool
has_message(const struct definition_item *item, enum type_code code)
{
	for (size_t i = 0; i < item->n_messages; i++)
		if (item->messages[i].code == code)
			return true;
	return false;
}

/* Is it the citizen who answers it, in words that an error may quote? */
static bool
needs_noun(const struct definition_item *item)
{
	return !item->given && item->calculate == NULL &&
	    !str_equal(type_name(item->type), "declaration");
}

static void
check_item(struct reader *r, const struct definition *d,
    const struct definition_item *item)
{
	struct scope scope = { d, item->repeat };

	check_rule_condition(r, &scope, item->required);
	check_rule_condition(r, &scope, item->relevant);
	check_rule_condition(r, &scope, item->constraint);
	check_rule_value(r, &scope, item->calculate, item);
	if (item->constraint != NULL && !has_message(item, TYPE_CONSTRAINT))
		reader_fault(r, item->line, "%s has a constraint but no "
		    "<message code=\"constraint\"> to say what is wrong",
		    item->name);
	if (needs_noun(item) && item->noun == NULL)
		reader_fault(r, item->line, "%s has no <noun> for sentences "
		    "like \"Enter …\"", item->name);
	if (str_equal(item->name, "csrf"))
		reader_fault(r, item->line, "every page has a field of its "
		    "own named csrf; choose another name");
	if (item->given && (item->calculate != NULL || item->repeat != NULL))
		reader_fault(r, item->line, "%s is given: it is neither "
		    "calculated nor part of a repeat", item->name);
}

static void
check_items(struct reader *r, const struct definition *d)
{
	struct scope scope = { d, NULL };

	for (size_t i = 0; i < d->n_items; i++)
		check_item(r, d, &d->items[i]);
	for (size_t i = 0; i < d->n_pages; i++)
		check_rule_condition(r, &scope, d->pages[i].relevant);
}

static void
check_cycles(struct reader *r, const struct definition *d)
{
	struct order_cycle *cycles;

	order_items(r->arena, d, &cycles);
	for (; cycles != NULL; cycles = cycles->next)
		reader_fault(r, cycles->line, "these read each other in a "
		    "circle: %s", cycles->text);
}

/* ---- the service ---- */

static void
check_states(struct reader *r, const struct policy_days *list, size_t n)
{
	static const char *const states[] = { "draft", "submitted",
		"awaiting_payment", "queued", "in_review",
		"awaiting_applicant", "recommended", "approved", "refused",
		"issued" };
	const size_t n_states = sizeof states / sizeof *states;

	for (size_t i = 0; i < n; i++) {
		size_t s = 0;

		while (s < n_states && !str_equal(states[s], list[i].state))
			s++;
		if (s == n_states && list[i].state != NULL)
			reader_fault(r, 1, "an application is never in the "
			    "state \"%.40s\"", list[i].state);
	}
}

static void
check_policy(struct reader *r, const struct definition *d)
{
	const struct policy *p = &d->policy;
	struct scope scope = { d, NULL };

	check_rule_number(r, &scope, p->second_of);
	for (size_t i = 0; i < p->n_fees; i++)
		check_rule_condition(r, &scope, p->fees[i].relevant);
	check_states(r, p->deadlines, p->n_deadlines);
	check_states(r, p->lapses, p->n_lapses);
}

static void
check_reasons(struct reader *r, const struct definition *d)
{
	for (size_t i = 0; i < d->n_reasons; i++)
		if (d->reasons[i].refusal)
			return;
	reader_fault(r, 1, "the form has no reason for a refusal: a clerk "
	    "could not refuse");
}

/* ---- letters ---- */

static bool
is_placeholder(const struct definition *d, const char *s, size_t n)
{
	static const char *const known[] = { "reference", "name", "date",
		"reasons", "appeal-until", "office" };
	static const char answer[] = "answer:";
	const size_t skip = sizeof answer - 1;

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strlen(known[i]) == n && memcmp(known[i], s, n) == 0)
			return true;
	if (n <= skip || memcmp(s, answer, skip) != 0)
		return false;
	for (size_t i = 0; i < d->n_items; i++)
		if (strlen(d->items[i].name) == n - skip &&
		    memcmp(d->items[i].name, s + skip, n - skip) == 0)
			return d->items[i].repeat == NULL;
	return false;
}

static void
check_placeholders(struct reader *r, const struct definition *d,
    const struct definition_letter *letter, const struct words *w)
{
	for (; w != NULL; w = w->next) {
		const char *open = w->text, *close;

		while ((open = strchr(open, '{')) != NULL) {
			close = strchr(open, '}');
			if (close == NULL)
				close = open + strlen(open);
			open++;
			if (!is_placeholder(d, open, (size_t)(close - open)))
				reader_fault(r, letter->line,
				    "the letter \"%s\" in \"%s\": nothing "
				    "fills {%.*s}", letter->event,
				    w->language, (int)(close - open), open);
		}
	}
}

static void
check_letters(struct reader *r, const struct definition *d)
{
	static const char *const needed[] = { "approved", "refused" };

	for (size_t i = 0; i < d->n_letters; i++) {
		check_placeholders(r, d, &d->letters[i], d->letters[i].title);
		check_placeholders(r, d, &d->letters[i], d->letters[i].body);
	}
	for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
		if (definition_letter(d, needed[i]) == NULL)
			reader_fault(r, 1, "the form has no letter \"%s\"",
			    needed[i]);
}

struct xml_fault *
check_definition(struct arena *a, struct bytes text,
    struct xml_grammar *grammar)
{
	struct reader r = { .arena = a };
	const struct definition *d;

	d = definition_read(a, text, &r.faults);
	if (d == NULL)
		return r.faults;
	check_grammar(&r, text, grammar);
	check_items(&r, d);
	check_cycles(&r, d);
	check_policy(&r, d);
	check_reasons(&r, d);
	check_letters(&r, d);
	definition_free(d);
	return r.faults;
}

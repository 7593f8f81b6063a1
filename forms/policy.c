/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The policy of a service: reading it from <service>, and asking it. What a
 * state or a line of the schedule is, the database knows; here they are
 * names.
 */
#include "forms/policy.h"

#include <string.h>

#include "forms/policy_read.h"
#include "forms/reader.h"
#include "lib/arena.h"
#include "lib/str.h"
#include "lib/xml.h"

enum {
	DAYS_LIMIT = 3660,
	YEARS_LIMIT = 100,
	NUMBER_LIMIT = 999999
};

static unsigned
days_of(const struct policy_days *list, size_t n, const char *state)
{
	for (size_t i = 0; i < n; i++)
		if (str_equal(list[i].state, state))
			return list[i].days;
	return 0;
}

unsigned
policy_deadline(const struct policy *p, const char *state)
{
	return days_of(p->deadlines, p->n_deadlines, state);
}

unsigned
policy_lapse(const struct policy *p, const char *state)
{
	return days_of(p->lapses, p->n_lapses, state);
}

/* ---- reading ---- */

static unsigned
read_count(struct reader *r, const struct xml_node *n, const char *attribute,
    int64_t max)
{
	int64_t value = 0;

	reader_needed(r, n, attribute);
	reader_number(r, n, attribute, 1, max, &value);
	return (unsigned)value;
}

static const struct policy_days *
read_days(struct reader *r, const struct xml_node *n, const char *name,
    size_t *count)
{
	struct policy_days *list = arena_array(r->arena,
	    reader_count(n, name), sizeof *list);

	*count = 0;
	for (const struct xml_node *c = xml_first(n); c; c = xml_next(c)) {
		struct policy_days *days = &list[*count];

		if (!str_equal(xml_name(c), name))
			continue;
		days->state = reader_attribute(r, c, "state");
		days->days = read_count(r, c, "days", DAYS_LIMIT);
		if (days_of(list, *count, days->state) != 0)
			reader_fault(r, xml_line(c),
			    "a <%s> for this state is there twice", name);
		++*count;
	}
	return list;
}

static void
read_fees(struct reader *r, const struct xml_node *n, struct policy *p)
{
	struct policy_fee *list = arena_array(r->arena,
	    reader_count(n, "fee"), sizeof *list);

	for (const struct xml_node *c = xml_first(n); c; c = xml_next(c)) {
		if (!str_equal(xml_name(c), "fee"))
			continue;
		list[p->n_fees].line = reader_name(r, c, "line");
		list[p->n_fees].relevant = reader_rule(r, c, "relevant");
		p->n_fees++;
	}
	p->fees = list;
}

const struct policy_reason *
policy_read_reasons(struct reader *r, const struct xml_node *n,
    const char *name, size_t *count)
{
	static const char *const outcomes[] = { "approval", "refusal", NULL };
	struct policy_reason *list = arena_array(r->arena,
	    reader_count(n, name), sizeof *list);

	*count = 0;
	for (const struct xml_node *c = xml_first(n); c; c = xml_next(c)) {
		struct policy_reason *reason = &list[*count];

		if (!str_equal(xml_name(c), name))
			continue;
		reason->number = read_count(r, c, "number", NUMBER_LIMIT);
		reason->refusal = reader_one_of(r, c, "outcome", outcomes) == 1;
		reason->words = reader_words(r, c, "text", true);
		for (size_t i = 0; i < *count; i++)
			if (list[i].number == reason->number)
				reader_fault(r, xml_line(c),
				    "the number %u is there twice",
				    reason->number);
		++*count;
	}
	return list;
}

static void
read_second(struct reader *r, const struct xml_node *n, struct policy *p)
{
	static const char *const when[] = { "never", "always", "above", NULL };

	if (n == NULL)
		return;
	p->second = (enum policy_second)reader_one_of(r, n, "when", when);
	p->second_of = reader_rule(r, n, "of");
	reader_number(r, n, "amount", 0, INT64_MAX, &p->second_above);
	if (p->second == POLICY_ABOVE)
		reader_needed(r, n, "amount");
}

static void
read_retention(struct reader *r, const struct xml_node *service,
    struct policy *p)
{
	const struct xml_node *n = xml_child(service, "retention");
	int64_t years = 0;

	if (n == NULL) {
		reader_fault(r, xml_line(service),
		    "<service> needs a <retention>");
		return;
	}
	reader_needed(r, n, "years");
	reader_number(r, n, "years", 0, YEARS_LIMIT, &years);
	p->retention_years = (unsigned)years;
	p->retention = reader_words(r, n, "text", true);
}

static bool
is_prefix(const char *s)
{
	size_t n = strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

	return n == strlen(s) && n == 2;
}

void
policy_read(struct reader *r, const struct xml_node *n, struct policy *p)
{
	static const char *const children[] = { "four-eyes", "deadline",
		"lapse", "appeal", "fee", "purpose", "retention", NULL };
	static const char *const apply[] = { "account", "link", "both",
		"desk", NULL };
	static const enum policy_apply who[] = { POLICY_ACCOUNT, POLICY_LINK,
		POLICY_BOTH, POLICY_DESK };
	const struct xml_node *appeal = xml_child(n, "appeal");

	reader_children(r, n, children);
	p->prefix = reader_needed(r, n, "prefix");
	if (!is_prefix(p->prefix))
		reader_fault(r, xml_line(n), "prefix=\"%.20s\" is not two "
		    "letters A-Z", p->prefix);
	p->office = reader_name(r, n, "office");
	p->room = reader_name(r, n, "room");
	p->apply = who[reader_one_of(r, n, "apply", apply)];
	read_second(r, xml_child(n, "four-eyes"), p);
	p->deadlines = read_days(r, n, "deadline", &p->n_deadlines);
	p->lapses = read_days(r, n, "lapse", &p->n_lapses);
	if (appeal != NULL)
		p->appeal_days = read_count(r, appeal, "days", DAYS_LIMIT);
	read_fees(r, n, p);
	p->purposes = policy_read_reasons(r, n, "purpose", &p->n_purposes);
	if (p->n_purposes == 0)
		reader_fault(r, xml_line(n), "<service> needs a <purpose>");
	read_retention(r, n, p);
}

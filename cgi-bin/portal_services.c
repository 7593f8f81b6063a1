/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The catalogue's list and the page of one service. Everything on them comes
 * from the form's definition; the questions themselves are asked by its room.
 */
#include "cgi-bin/portal_services.h"

#include "cgi-bin/page.h"
#include "cgi-bin/portal_words.h"
#include "cgi-bin/ui_card.h"
#include "cgi-bin/ui_form.h"
#include "cgi-bin/ui_input.h"
#include "cgi-bin/ui_list.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/visit.h"
#include "cgi-bin/written.h"
#include "forms/definition.h"
#include "lib/arena.h"
#include "lib/conf.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/text.h"
#include "services/catalogue.h"
#include "services/form_store.h"

enum {
	LONGEST_SEARCH = 200	/* bytes */
};

void
portal_services_search(struct visit *v, const char *q)
{
	ui_form_begin(v->html, &(struct ui_form){ .action = "/services",
	    .get = true, .label = _("Search services") });
	ui_input(v->html, &(struct ui_input){ .name = "q",
	    .label = { _("What do you want to do?"), UI_S, false, NULL },
	    .type = "search", .value = q });
	ui_button(v->html, &(struct ui_button){ .text = _("Search"),
	    .kind = UI_SECONDARY });
	ui_form_end(v->html);
}

static void
put_card(struct visit *v, const struct definition *d, int level)
{
	ui_card(v->html, &(struct ui_card){
		.title = words_read(d->title),
		.href = visit_path(v, "/services/%s", d->name),
		.text = words_read(d->summary),
		.facts = portal_words_facts(v, d),
		.level = level,
	});
}

size_t
portal_services_cards(struct visit *v, const char *topic,
    const struct portal_cards *c)
{
	size_t found = 0;

	for (size_t i = 0; i < c->n; i++) {
		const struct definition *d = c->all[i].definition;
		const struct portal_topic t = portal_words_topic_of(d);

		if (!str_equal(t.name, topic))
			continue;
		if (found++ == 0) {
			ui_heading(v->html, c->level, UI_M, t.title);
			ui_paragraph(v->html, t.text);
			ui_cards_begin(v->html);
		}
		if (c->most == 0 || found <= c->most)
			put_card(v, d, c->level + 1);
	}
	if (found > 0)
		ui_cards_end(v->html);
	return found;
}

/* ---- the list ---- */

static const char *
asked(const struct visit *v, const char *name)
{
	const char *value = request_query(v->request, name);

	return value != NULL && strlen(value) <= LONGEST_SEARCH ? value : "";
}

static void
put_result(struct visit *v, const char *q, size_t n)
{
	if (*q == '\0')
		return;
	if (n > 0)
		ui_heading(v->html, 2, UI_M, arena_printf(v->arena, text_n(
		    "%zu service fits “%s”", "%zu services fit “%s”", n), n,
		    q));
	else
		ui_paragraph(v->html, arena_printf(v->arena, _("Nothing fits "
		    "“%s”. Try fewer or other words, or look through all "
		    "services."), q));
	ui_paragraph_begin(v->html);
	ui_link(v->html, "/services", _("All services"));
	ui_paragraph_end(v->html);
}

static bool
is_topic(const char *name)
{
	for (size_t i = 0; i < PORTAL_TOPICS; i++)
		if (str_equal(portal_words_topic(i).name, name))
			return true;
	return false;
}

void
portal_services_list(struct visit *v)
{
	const char *q = asked(v, "q"), *topic = asked(v, "topic");
	struct portal_cards cards = { .level = 2 };
	struct catalogue_entry *all;

	form_store_refresh(v->room);
	cards.n = catalogue_list(v->room, v->arena, q, &all);
	cards.all = all;
	page_begin(v, &(struct page){ .title = _("Services"),
	    .wide = true });
	ui_heading(v->html, 1, UI_XL, _("Services"));
	portal_services_search(v, q);
	put_result(v, q, cards.n);
	for (size_t i = 0; i < PORTAL_TOPICS; i++) {
		const char *name = portal_words_topic(i).name;

		if (!is_topic(topic) || str_equal(topic, name))
			portal_services_cards(v, name, &cards);
	}
	if (cards.n == 0 && *q == '\0')
		ui_paragraph(v->html, _("There are no services online yet. "
		    "Our offices help you until then."));
	page_end(v);
	response_header(v->response, "Link", "</services.atom>; "
	    "rel=\"alternate\"; type=\"application/atom+xml\"");
}

/* ---- one service ---- */

static const struct ui_summary facts = { .title = NULL };

static const char *
office_of(struct visit *v, const struct definition *d)
{
	struct catalogue_office *offices;
	size_t n;

	if (catalogue_offices(v->room, v->arena, &offices, &n, NULL))
		for (size_t i = 0; i < n; i++)
			if (str_equal(offices[i].code, d->policy.office))
				return offices[i].name;
	return conf_text(v->conf, "authority", "name");
}

/* "vehicle-transfer" as words, where the schedule has several lines. */
static const char *
line_name(struct visit *v, const struct definition *d, size_t i)
{
	char *name = arena_strdup(v->arena, d->policy.fees[i].line);

	if (str_equal(name, d->name))
		return words_read(d->title);
	for (char *c = name; *c != '\0'; c++)
		if (*c == '-')
			*c = ' ';
	return name;
}

static const char *
cost_of(struct visit *v, const struct definition *d, size_t i)
{
	const char *cost = _("ask us");
	int64_t amount;

	if (catalogue_price(v->room, v->arena, d, i, &amount))
		cost = written_money(v->arena, conf_text(v->conf,
		    "authority", "currency"), amount);
	if (d->policy.fees[i].relevant != NULL)
		cost = arena_printf(v->arena, _("%s, in some cases"), cost);
	return cost;
}

static void
put_cost(struct visit *v, const struct definition *d)
{
	const struct ui_summary_row row = { .key = _("Cost") };

	if (d->policy.n_fees == 0) {
		ui_summary_fact(v->html, &facts, row.key, _("It is free."));
		return;
	}
	ui_summary_row_begin(v->html, &facts, &row);
	for (size_t i = 0; i < d->policy.n_fees; i++) {
		if (i > 0)
			ui_break(v->html);
		if (d->policy.n_fees > 1)
			ui_words(v->html, arena_printf(v->arena, "%s: ",
			    line_name(v, d, i)));
		ui_words(v->html, cost_of(v, d, i));
	}
	ui_summary_row_end(v->html, &facts, &row);
}

static void
put_time(struct visit *v, const struct definition *d)
{
	unsigned days = policy_deadline(&d->policy, NULL);

	if (days > 0)
		ui_summary_fact(v->html, &facts, _("Time"),
		    arena_printf(v->arena, text_n(
		    "We decide within %u day of receiving your application.",
		    "We decide within %u days of receiving your application.",
		    days), days));
	if (d->policy.appeal_days > 0)
		ui_summary_fact(v->html, &facts, _("If you do not agree"),
		    arena_printf(v->arena, text_n(
		    "You can appeal within %u day of a refusal.",
		    "You can appeal within %u days of a refusal.",
		    d->policy.appeal_days), d->policy.appeal_days));
}

static void
put_questions(struct visit *v, const struct definition *d)
{
	const struct ui_summary_row row = { .key = _("What we ask about") };

	ui_summary_row_begin(v->html, &facts, &row);
	ui_list_begin(v->html, UI_LIST_BULLET);
	for (size_t i = 0; i < d->n_pages; i++) {
		ui_item_begin(v->html);
		ui_words(v->html, words_read(d->pages[i].title));
		ui_item_end(v->html);
	}
	ui_list_end(v->html, UI_LIST_BULLET);
	ui_summary_row_end(v->html, &facts, &row);
}

static void
put_facts(struct visit *v, const struct definition *d)
{
	ui_summary_begin(v->html, &facts);
	ui_summary_fact(v->html, &facts, _("Who can apply"),
	    (d->policy.apply & POLICY_LINK) != 0
	    ? _("Everyone, with or without an account.")
	    : _("Everyone who has an account with us. You can make one when "
	    "you start."));
	put_cost(v, d);
	put_time(v, d);
	put_questions(v, d);
	ui_summary_fact(v->html, &facts, _("How"), arena_printf(v->arena,
	    _("Online, at any hour. If you cannot, %s helps you at the "
	    "counter."), office_of(v, d)));
	ui_summary_fact(v->html, &facts, _("Legal basis of what we keep"),
	    words_read(d->policy.retention));
	ui_summary_fact(v->html, &facts, _("Kept for"),
	    d->policy.retention_years == 0
	    ? _("As long as it is not decided")
	    : arena_printf(v->arena, text_n("%u year after the last decision",
	    "%u years after the last decision", d->policy.retention_years),
	    d->policy.retention_years));
	ui_summary_end(v->html, &facts);
}

void
portal_services_show(struct visit *v)
{
	const struct definition *d;

	form_store_refresh(v->room);
	d = catalogue_find(v->room, visit_text(v, "name"));
	if (d == NULL) {
		visit_refuse(v, 404, NULL);
		return;
	}
	page_begin(v, &(struct page){ .title = words_read(d->title),
	    .back = "/services" });
	ui_heading_caption(v->html, 1, UI_XL, portal_words_topic_of(d).title,
	    words_read(d->title));
	ui_lead(v->html, words_read(d->summary));
	ui_button(v->html, &(struct ui_button){ .text = _("Start now"),
	    .start = true, .href = portal_words_start(v, d) });
	if (catalogue_needs_thing(d))
		ui_paragraph(v->html, _("You choose first what it is about, "
		    "from what is registered in your name."));
	put_facts(v, d);
	page_end(v);
	response_header(v->response, "Link", arena_printf(v->arena,
	    "</services/%s/description>; rel=\"alternate\"; "
	    "type=\"application/ld+json\"", d->name));
}

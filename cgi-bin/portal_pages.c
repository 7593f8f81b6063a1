/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The portal's routes, its first page, and tracking.
 */
#include "cgi-bin/portal_pages.h"

#include "cgi-bin/apply_words.h"
#include "cgi-bin/field.h"
#include "cgi-bin/detail.h"
#include "cgi-bin/page.h"
#include "cgi-bin/portal_feed.h"
#include "cgi-bin/portal_services.h"
#include "cgi-bin/portal_statistics.h"
#include "cgi-bin/portal_texts.h"
#include "cgi-bin/portal_verify.h"
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
#include "lib/log.h"
#include "lib/str.h"
#include "lib/text.h"
#include "services/catalogue.h"
#include "services/form_store.h"
#include "services/reference.h"
#include "services/tracking.h"

#define OPEN(path, handler) \
	{ METHOD_GET, path, GUARD_ANYONE, CSRF_NONE, handler, 0 }

const struct route portal_routes[] = {
	OPEN("/", portal_page_home),
	OPEN("/services", portal_services_list),
	OPEN("/services.atom", portal_feed_changes),
	OPEN("/services/{name:word}", portal_services_show),
	OPEN("/services/{name:word}/description", portal_feed_description),
	OPEN("/track", portal_page_track),
	OPEN("/verify", portal_verify_ask),
	{ METHOD_POST, "/verify", GUARD_ANYONE, CSRF_ORIGIN,
	    portal_verify_file, ROUTE_FORM },
	OPEN("/verify/{entry:uuid}", portal_verify_entry),
	OPEN("/statistics", portal_statistics_show),
	OPEN("/statistics.csv", portal_statistics_csv),
	OPEN("/accessibility", portal_texts_accessibility),
	OPEN("/privacy", portal_texts_privacy),
	OPEN("/contact", portal_texts_contact),
	OPEN("/healthz", portal_page_alive),
	{ METHOD_GET, "/details/{request:uuid}", GUARD_AUDITOR, CSRF_NONE,
	    detail_show, 0 },
	{ METHOD_POST, "/details/{request:uuid}", GUARD_AUDITOR, CSRF_TOKEN,
	    detail_open_page, 0 },
};
const size_t portal_routes_n = sizeof portal_routes / sizeof *portal_routes;

enum {
	CARDS = 6		/* of a topic, on the first page */
};

/* ---- the first page ---- */

static void
put_topics(struct visit *v)
{
	struct portal_cards cards = { .most = CARDS, .level = 3 };
	struct catalogue_entry *all;

	cards.n = catalogue_list(v->room, v->arena, NULL, &all);
	cards.all = all;
	ui_heading(v->html, 2, UI_L, _("Services"));
	if (cards.n == 0)
		ui_paragraph(v->html, _("There are no services online yet. "
		    "Our offices help you until then."));
	for (size_t i = 0; i < PORTAL_TOPICS && cards.n > 0; i++) {
		const struct portal_topic t = portal_words_topic(i);
		size_t n = portal_services_cards(v, t.name, &cards);

		if (n <= CARDS)
			continue;
		ui_paragraph_begin(v->html);
		ui_link_about(v->html, visit_path(v, "/services?topic=%s",
		    t.name), arena_printf(v->arena, _("All %zu services"),
		    n), t.title);
		ui_paragraph_end(v->html);
	}
}

static void
put_promises(struct visit *v)
{
	const struct ui_card cards[] = {
		{ .title = _("You see who looked"), .level = 3,
		    .href = "/account", .text = _("Whoever opens your file at "
		    "the office must say why. You find each look in your "
		    "account.") },
		{ .title = _("Nothing is changed unseen"), .level = 3,
		    .text = _("Every step, decision and payment is written "
		    "down as it happens, in a log that only grows. Auditors "
		    "can compare each record with it.") },
		{ .title = _("Kept sealed"), .level = 3, .href = "/privacy",
		    .text = _("What you tell us is encrypted before it is "
		    "stored, and only the service you told it can read "
		    "it.") },
	};

	ui_heading(v->html, 2, UI_L, _("What you can rely on"));
	ui_cards_begin(v->html);
	for (size_t i = 0; i < sizeof cards / sizeof *cards; i++)
		ui_card(v->html, &cards[i]);
	ui_cards_end(v->html);
	ui_paragraph_begin(v->html);
	ui_link(v->html, "/statistics", _("How many applications we get, and "
	    "how long they take"));
	ui_paragraph_end(v->html);
}

static void
put_reference(struct visit *v, const struct answers *a)
{
	ui_form_begin(v->html, &(struct ui_form){ .action = "/track",
	    .get = true });
	ui_input(v->html, &(struct ui_input){ .name = "reference",
	    .label = { _("Reference of your application"), UI_M, false,
	    NULL },
	    .hint = _("For example, VR-7K3M9Q2X-C. It stands in our mails "
	    "and letters."),
	    .width = 20, .spelling = UI_SPELLING_OFF,
	    .autocapitalize = "characters",
	    .value = a != NULL ? field_typed(a, "reference") : "",
	    .error = a != NULL ? field_error(a, "reference") : NULL });
	ui_button(v->html, &(struct ui_button){ .text = _("Track"),
	    .kind = a != NULL ? UI_PRIMARY : UI_SECONDARY });
	ui_form_end(v->html);
}

void
portal_page_home(struct visit *v)
{
	form_store_refresh(v->room);
	page_begin(v, &(struct page){ .title = _("Services for citizens"),
	    .wide = true });
	ui_hero_begin(v->html, conf_text(v->conf, "authority", "name"),
	    _("Services for citizens, at any hour, without a queue."));
	portal_services_search(v, "");
	ui_hero_end(v->html);
	put_topics(v);
	ui_heading(v->html, 2, UI_L, _("Track an application"));
	put_reference(v, NULL);
	put_promises(v);
	page_end(v);
	response_header(v->response, "Link", "</services.atom>; "
	    "rel=\"alternate\"; type=\"application/atom+xml\"");
}

/* ---- tracking ---- */

static const struct field track_field[] = {
	{ .name = "reference", .type = FIELD_TEXT, .required = true,
	    .max = 40, .missing = N_("Enter the reference of your "
	    "application") },
};

static const char *
what_is_wrong(const struct err *e)
{
	if (err_is(e, "reference_check"))
		return _("One character is mistyped: the last one proves the "
		    "others, and it does not fit. Compare the reference with "
		    "our mail or letter");
	return _("Enter a reference such as VR-7K3M9Q2X-C: two letters, "
	    "eight letters and numbers, and one more. There is never an O, "
	    "0, I, L or 1 behind the first two");
}

static const char *
title_of(struct visit *v, const struct tracking *t)
{
	const struct definition *d;

	if (form_store_get(v->room, t->form, t->form_version, &d, NULL))
		return words_read(d->title);
	return t->form;
}

static void
put_due(struct visit *v, const struct ui_summary *list,
    const struct tracking *t)
{
	const char *key = NULL;

	if (t->due == DATE_NONE)
		return;
	if (str_equal(t->state, "awaiting_applicant"))
		key = _("Your answer is due by");
	else if (str_equal(t->state, "queued")
	    || str_equal(t->state, "in_review")
	    || str_equal(t->state, "recommended"))
		key = _("Decision due by");
	if (key != NULL)
		ui_summary_fact(v->html, list, key,
		    written_date(v->arena, t->due));
}

static void
put_tracking(struct visit *v, const char *reference,
    const struct tracking *t)
{
	const struct apply_state state = apply_words_state(t->state);
	const struct ui_summary list = { .title = reference };
	const struct ui_summary_row row = { .key = _("State") };

	ui_summary_begin(v->html, &list);
	ui_summary_fact(v->html, &list, _("Service"), title_of(v, t));
	ui_summary_row_begin(v->html, &list, &row);
	ui_tag(v->html, state.colour, state.name);
	ui_paragraph(v->html, state.next);
	ui_summary_row_end(v->html, &list, &row);
	ui_summary_fact(v->html, &list, _("Received on"),
	    written_date(v->arena, t->received));
	put_due(v, &list, t);
	if (t->decided != DATE_NONE)
		ui_summary_fact(v->html, &list, _("Decided on"),
		    written_date(v->arena, t->decided));
	ui_summary_end(v->html, &list);
	ui_paragraph_begin(v->html);
	ui_words(v->html, _("Is it yours? Questions, letters and receipts "
	    "are under "));
	ui_link(v->html, "/account", _("my applications"));
	ui_words(v->html, ".");
	ui_paragraph_end(v->html);
}

/* t NULL: nothing was found, or asked for. */
static void
show_track(struct visit *v, const struct answers *a, const char *reference,
    const struct tracking *t)
{
	page_begin(v, &(struct page){ .title = _("Track an application"),
	    .answers = a });
	ui_heading(v->html, 1, UI_XL, _("Track an application"));
	if (t != NULL)
		put_tracking(v, reference, t);
	put_reference(v, a);
	ui_paragraph(v->html, _("Anybody who knows a reference sees these "
	    "dates, and nothing about you."));
	page_end(v);
}

static bool
read_reference(struct visit *v, struct answers *a,
    char reference[REFERENCE_TEXT])
{
	struct err e = { 0 };

	if (request_query(v->request, "reference") == NULL) {
		field_blank(v->arena, track_field, 1, a);
		return false;
	}
	if (!field_read(v, track_field, 1, a))
		return false;
	if (reference_parse(field_text(a, "reference"), reference, &e))
		return true;
	field_fault(a, "reference", what_is_wrong(&e));
	return false;
}

void
portal_page_track(struct visit *v)
{
	char reference[REFERENCE_TEXT];
	struct tracking t;
	struct answers a;
	struct err e = { 0 };
	bool found;

	form_store_refresh(v->room);
	if (!read_reference(v, &a, reference)) {
		show_track(v, &a, NULL, NULL);
		return;
	}
	if (!tracking_find(v->room, v->arena, reference, visit_remote(v), &t,
	    &found, &e)) {
		visit_back(v, "/track");
		visit_fail(v, &e);
		return;
	}
	if (!found)
		field_fault(&a, "reference", _("We have no application with "
		    "this reference. Compare it with our mail or letter"));
	show_track(v, &a, reference, found ? &t : NULL);
}

/* ---- a sign of life ---- */

void
portal_page_alive(struct visit *v)
{
	struct err e = { 0 };
	bool alive = catalogue_alive(v->room, v->arena, &e);

	if (!alive)
		log_error("alive", &e);
	response_bytes(v->response, alive ? 200 : 503,
	    "text/plain; charset=utf-8", bytes_of(alive ? "ok\n"
	    : "the database does not answer\n"));
}

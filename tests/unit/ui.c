/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Components where the Design System's examples say nothing: text that wants
 * to be markup, addresses that want to be script, options left out, and our
 * own components and page. Their looks are held by tests/conformance.
 */
#include "cgi-bin/layout.h"

#include <libxml/HTMLparser.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cgi-bin/html.h"
#include "cgi-bin/ui_card.h"
#include "cgi-bin/ui_choice.h"
#include "cgi-bin/ui_date.h"
#include "cgi-bin/ui_desk.h"
#include "cgi-bin/ui_document.h"
#include "cgi-bin/ui_form.h"
#include "cgi-bin/ui_input.h"
#include "cgi-bin/ui_list.h"
#include "cgi-bin/ui_notice.h"
#include "cgi-bin/ui_pagination.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/ui_table.h"
#include "cgi-bin/ui_timeline.h"
#include "lib/arena.h"

#define N(array)	(sizeof (array) / sizeof *(array))

#define EVIL	"\"'><script>alert(1)</script><img src=x onerror=alert(1)>&lt;"

static const char evil[] = EVIL;
static const char script[] = "javascript:alert(1)";

typedef void writer(struct html *);

static void
evil_reveal(struct html *h, const void *arg)
{
	html_text(h, arg);
}

static void
evil_inputs(struct html *h)
{
	const struct ui_input o = {
		.name = evil, .id = evil, .label = { .text = evil },
		.hint = evil, .error = evil, .value = evil,
		.autocomplete = evil, .described_by = evil,
		.classes = evil, .group_classes = evil, .prefix = evil,
		.suffix = evil, .pattern = evil, .accept = evil, .limit = 5,
	};

	ui_input(h, &o);
	ui_textarea(h, &o);
	ui_character_count(h, &o);
	ui_password(h, &o);
	ui_file(h, &o);
	ui_date(h, &(struct ui_date){
		.name = evil, .legend = { .text = evil }, .hint = evil,
		.error = evil, .day = evil, .month = evil, .year = evil });
}

static void
evil_choices(struct html *h)
{
	const struct ui_item items[] = {
		{ .value = evil, .text = evil, .hint = evil, .id = evil,
		  .reveal = evil_reveal, .arg = evil },
		{ .divider = evil },
	};
	const struct ui_choice o = {
		.name = evil, .legend = { .text = evil },
		.label = { .text = evil }, .hint = evil, .error = evil,
		.items = items, .n = 1, .value = evil,
	};
	struct ui_choice listed = o;

	listed.n = N(items);
	ui_radios(h, &listed);
	ui_checkboxes(h, &listed);
	ui_select(h, &o);
	ui_checkbox(h, evil, evil, true, evil);
}

static void
evil_prose(struct html *h)
{
	ui_heading(h, 2, UI_M, evil);
	ui_heading_caption(h, 2, UI_M, evil, evil);
	ui_paragraph(h, evil);
	ui_paragraph_begin(h);
	ui_link(h, script, evil);
	ui_link_about(h, "/ok?a=\"&b", evil, evil);
	ui_time(h, evil, evil);
	ui_foreign(h, evil, evil);
	ui_code(h, evil);
	ui_typed(h, evil);
	ui_paragraph_end(h);
	ui_list(h, UI_LIST_BULLET, (const char *const[]){ evil, NULL });
	ui_tag(h, UI_RED, evil);
	ui_details(h, evil, evil);
	ui_inset(h, evil);
}

static void
evil_notices(struct html *h)
{
	ui_panel(h, evil, evil);
	ui_panel_reference(h, evil, evil, evil);
	ui_banner(h, &(struct ui_banner){
		.title = evil, .text = evil, .id = evil, .role = evil });
	ui_warning(h, evil);
	ui_phase_banner(h, evil, evil);
	ui_error_summary(h, &(struct ui_error){ evil, evil }, 1);
	ui_form_begin(h, &(struct ui_form){
		.action = script, .token = evil, .id = evil });
	ui_hidden(h, evil, evil);
	ui_button(h, &(struct ui_button){
		.text = evil, .name = evil, .value = evil, .id = evil });
	ui_button(h, &(struct ui_button){ .text = evil, .href = script });
	ui_form_end(h);
}

static void
evil_lists(struct html *h)
{
	const struct ui_summary s = {
		.title = evil, .title_actions = { { script, evil, evil } } };
	const struct ui_column_head columns[] = {
		{ .text = evil, .sort_href = script, .sort = UI_SORT_UP } };
	struct ui_tasks tasks = { .id = evil };
	struct ui_table t = {
		.caption = evil, .columns = columns, .n = 1, .cards = true };

	ui_summary_begin(h, &s);
	ui_summary_row(h, &s, &(struct ui_summary_row){
		.key = evil, .value = evil,
		.actions = { { script, evil, evil }, { evil, evil, evil } } });
	ui_summary_end(h, &s);
	ui_tasks_begin(h, &tasks);
	ui_task(h, &tasks, &(struct ui_task){
		.title = evil, .href = script, .hint = evil, .status = evil,
		.tag = true });
	ui_tasks_end(h);
	ui_table_begin(h, &t);
	ui_table_row(h, &t);
	ui_cell(h, &t, evil);
	ui_table_row(h, &t);
	ui_cell_tick(h, &t, evil, evil, evil);
	ui_table_row(h, &t);
	ui_cell_bar(h, &t, evil, 1, 2);
	ui_table_end(h, &t);
}

static void
evil_own(struct html *h)
{
	const struct ui_document d = {
		.authority = evil, .office = evil, .title = evil,
		.reference = evil, .date = evil, .addressee = evil };

	ui_pagination(h, &(struct ui_pagination){
		.previous = script, .previous_text = evil,
		.next = "/n", .next_label = evil });
	ui_timeline_begin(h);
	ui_timeline_event(h, &(struct ui_event){
		.title = evil, .by = evil, .iso = evil, .time = evil,
		.text = evil });
	ui_timeline_end(h);
	ui_checks_begin(h);
	ui_check(h, UI_BAD, evil, evil);
	ui_checks_end(h);
	ui_filter_begin(h, evil);
	ui_filter_chosen(h, evil, script);
	ui_filter_end(h);
	ui_note(h, &(struct ui_note){
		.text = evil, .by = evil, .iso = evil, .time = evil });
	ui_figures_begin(h);
	ui_figure(h, evil, evil, script);
	ui_figures_end(h);
	ui_hero_begin(h, evil, evil);
	ui_hero_end(h);
	ui_cards_begin(h);
	ui_card(h, &(struct ui_card){
		.title = evil, .href = script, .text = evil, .facts = evil });
	ui_cards_end(h);
	ui_document_begin(h, &d);
	ui_document_end(h, evil);
}

static struct layout
layout(void)
{
	static const struct ui_nav_item items[] = {
		{ .text = EVIL, .href = "javascript:x", .current = true } };
	static const struct ui_language languages[] = {
		{ EVIL, EVIL, "javascript:x", false } };
	static const struct layout_link footer[] = {
		{ EVIL, "javascript:x" }, { NULL, NULL } };

	return (struct layout){
		.title = evil, .authority = evil, .home = script,
		.lang = evil, .style = script, .description = evil,
		.canonical = script, .feed = script,
		.nav = { .service = evil, .items = items, .n = N(items) },
		.languages = languages, .n_languages = N(languages),
		.handle = evil, .sign_out = script, .token = evil,
		.demonstration = evil, .back = script, .footer = footer,
	};
}

static void
evil_page(struct html *h)
{
	struct layout o = layout();

	layout_begin(h, &o);
	layout_end(h, &o);
}

static void
check_harmless(const xmlNode *node, size_t *elements)
{
	for (; node != NULL; node = node->next) {
		if (node->type != XML_ELEMENT_NODE)
			continue;
		(*elements)++;
		assert_string_not_equal((const char *)node->name, "script");
		assert_string_not_equal((const char *)node->name, "img");
		for (xmlAttr *a = node->properties; a != NULL; a = a->next) {
			const char *name = (const char *)a->name;
			xmlChar *value = xmlNodeListGetString(node->doc,
			    a->children, 1);

			assert_memory_not_equal(name, "on", 2);
			if (strcmp(name, "href") == 0 ||
			    strcmp(name, "action") == 0)
				assert_null(strstr((const char *)value,
				    "script:"));
			xmlFree(value);
		}
		check_harmless(node->children, elements);
	}
}

static void
hostile_text_stays_text(void **state)
{
	static const struct {
		const char	*name;
		writer		*write;
	} facts[] = {
		{ "inputs", evil_inputs },
		{ "choices", evil_choices },
		{ "prose", evil_prose },
		{ "notices", evil_notices },
		{ "lists", evil_lists },
		{ "our own", evil_own },
		{ "the page", evil_page },
	};

	(void)state;
	for (size_t i = 0; i < N(facts); i++) {
		struct arena *a = arena_new(0);
		struct html *h = html_new(a);
		size_t elements = 0;
		struct bytes page;
		htmlDocPtr doc;

		facts[i].write(h);
		page = html_finish(h);
		doc = htmlReadMemory((const char *)page.p, (int)page.n, NULL,
		    "UTF-8", HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
		    HTML_PARSE_NONET);
		assert_non_null(doc);
		check_harmless(xmlDocGetRootElement(doc), &elements);
		if (elements < 15)
			fail_msg("%s: only %zu elements", facts[i].name,
			    elements);
		xmlFreeDoc(doc);
		arena_free(a);
	}
}

/* ---- facts: what is in the output of a component, and what is not */

static void
secret_input(struct html *h)
{
	ui_password(h, &(struct ui_input){
		.name = "p", .value = "hunter2" });
}

static void
empty_hint(struct html *h)
{
	ui_input(h, &(struct ui_input){ .name = "n", .hint = "" });
}

static void
no_errors(struct html *h)
{
	ui_error_summary(h, NULL, 0);
}

static void
one_page(struct html *h)
{
	ui_pagination(h, &(struct ui_pagination){ .label = "Pages" });
}

static void
link_refused(struct html *h)
{
	ui_link(h, script, "words");
}

static void
get_form(struct html *h)
{
	ui_form_begin(h, &(struct ui_form){ .get = true, .token = "t" });
	ui_form_end(h);
}

static void
post_form(struct html *h)
{
	ui_form_begin(h, &(struct ui_form){ .token = "t", .files = true });
	ui_form_end(h);
}

static void
last_action(struct html *h)
{
	const struct ui_summary s = { .actions = true };

	ui_summary_begin(h, &s);
	ui_summary_row(h, &s, &(struct ui_summary_row){
		.key = "k", .value = "a\nb",
		.actions = { { "/1", "A", NULL }, { "/2", "B", NULL },
		    { "/3", "C", NULL }, { "/4", "D", NULL } } });
	ui_summary_end(h, &s);
}

static void
too_many_cells(struct html *h)
{
	const struct ui_column_head columns[] = {
		{ .text = "A" }, { .text = "B", .numeric = true } };
	struct ui_table t = { .columns = columns, .n = 2 };

	ui_table_begin(h, &t);
	ui_table_row(h, &t);
	ui_cell(h, &t, "1");
	ui_cell(h, &t, "2");
	ui_cell(h, &t, "3");
	ui_table_end(h, &t);
}

static void
card_cells(struct html *h)
{
	const struct ui_column_head columns[] = {
		{ .text = "Select", .hidden = true }, { .text = "Due" } };
	struct ui_table t = { .columns = columns, .n = 2, .cards = true };

	ui_table_begin(h, &t);
	ui_table_row(h, &t);
	ui_cell_tick(h, &t, "case", "1", "VR-1");
	ui_cell(h, &t, "today");
	ui_table_end(h, &t);
}

static void
bars(struct html *h)
{
	const struct ui_column_head column = { .text = "A" };
	struct ui_table t = { .columns = &column, .n = 1 };

	ui_table_begin(h, &t);
	ui_table_row(h, &t);
	ui_cell_bar(h, &t, "0", 0, 0);
	ui_table_row(h, &t);
	ui_cell_bar(h, &t, "1", 1, 3);
	ui_table_row(h, &t);
	ui_cell_bar(h, &t, "9", 9, 3);
	ui_table_end(h, &t);
}

static void
page_in_error(struct html *h)
{
	const struct ui_error e = { "Enter a name", "name" };
	const struct layout o = {
		.title = "Name", .authority = "Town", .lang = "pt-BR",
		.errors = &e, .n_errors = 1, .back = "/b" };

	layout_begin(h, &o);
	layout_end(h, &o);
}

static void
page_plain(struct html *h)
{
	const struct layout o = { .title = "Name", .authority = "Town" };

	layout_begin(h, &o);
	layout_end(h, &o);
}

static void
components_keep_their_word(void **state)
{
	static const struct {
		writer		*write;
		const char	*has;
		const char	*lacks;
	} facts[] = {
		{ secret_input, "type=\"password\"", "hunter2" },
		{ empty_hint, "<input", "hint" },
		{ no_errors, "", "<" },
		{ one_page, "", "<" },
		{ link_refused, "<a class=\"govuk-link\">words</a>", "href" },
		{ get_form, "method=\"get\"", "csrf" },
		{ post_form, "name=\"csrf\" value=\"t\"", "\"get\"" },
		{ post_form, "enctype=\"multipart/form-data\"", "action" },
		{ last_action, "href=\"/4\"", "no-actions" },
		{ last_action, "a<br>b", "a\nb" },
		{ too_many_cells, "numeric\">3</td></tr>", "data-heading" },
		{ card_cells, "data-heading=\"Due\"", "=\"Select\"" },
		{ card_cells, "for=\"case-1\"", "scope=\"row\"" },
		{ bars, "<rect width=\"0\"", "width=\"3000" },
		{ bars, "<rect width=\"333\"", "style" },
		{ bars, "<rect width=\"1000\"", "style" },
		{ page_in_error, "<title>Error: Name – Town</title>",
		  "javascript" },
		{ page_in_error, "<html lang=\"pt-BR\"", "<script" },
		{ page_in_error, "href=\"#name\"", "phase-banner" },
		{ page_in_error, "href=\"/b\"", "csrf" },
		{ page_plain, "<title>Name – Town</title>", "Error" },
		{ page_plain, "href=\"/assets/balcao.css\"", "back-link" },
		{ page_plain, "href=\"#main-content\"", "Sign out" },
		{ page_plain, "<main class=\"govuk-main-wrapper\" "
		  "id=\"main-content\"", "style=" },
	};

	(void)state;
	for (size_t i = 0; i < N(facts); i++) {
		struct arena *a = arena_new(0);
		struct html *h = html_new(a);
		const char *page;

		facts[i].write(h);
		page = (const char *)html_finish(h).p;
		if (strstr(page, facts[i].has) == NULL)
			fail_msg("fact %zu: no %s in %s", i, facts[i].has,
			    page);
		if (strstr(page, facts[i].lacks) != NULL)
			fail_msg("fact %zu: %s in %s", i, facts[i].lacks,
			    page);
		arena_free(a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hostile_text_stays_text),
		cmocka_unit_test(components_keep_their_word),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

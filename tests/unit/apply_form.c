/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Items as components: what each type looks like, empty, answered and wrong;
 * and that what was typed comes back as it was typed.
 */
#include "cgi-bin/apply_form.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cgi-bin/html.h"
#include "cgi-bin/request.h"
#include "cgi-bin/ui_error.h"
#include "forms/definition.h"
#include "forms/form.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/text.h"

#define COUNT(array)	(sizeof(array) / sizeof *(array))

#define EN(element, text) \
	"<" element " lang='en'>" text "</" element ">"
#define LABELS(label, noun)	EN("label", label) EN("noun", noun)
#define CHOICE(code, label) \
	"<choice code='" code "'>" EN("label", label) "</choice>"
#define ITEM(name, type, more) \
	"<item name='" name "' type='" type "' required='true()' " more ">" \
	LABELS("Label of " name, "the " name)
#define PAGE(name, type, more, inside) \
	"<page name='" name "'>" EN("title", "About " name) \
	ITEM(name, type, more) inside "</item></page>"

static const char source[] =
    "<form name='all' version='1' languages='en'>"
    EN("title", "All") EN("summary", "Every type")
    "<service prefix='AL' office='o' room='general'>"
    "<purpose number='1'>" EN("text", "P") "</purpose>"
    "<retention years='5'>" EN("text", "R") "</retention></service>"
    PAGE("word", "text", "max='9'", EN("hint", "Mind the hint"))
    PAGE("essay", "text", "lines='6' max='500'", "")
    PAGE("who", "name", "autocomplete='name'", "")
    PAGE("mail", "email", "", "")
    PAGE("call", "phone", "", "")
    PAGE("born", "date", "autocomplete='bday'", "")
    PAGE("count", "integer", "", "")
    PAGE("price", "money", "", "")
    PAGE("few", "choice", "", CHOICE("a", "Apple") CHOICE("b", "Pear"))
    PAGE("many", "choice", "", CHOICE("a", "A") CHOICE("b", "B")
    CHOICE("c", "C") CHOICE("d", "D") CHOICE("e", "E") CHOICE("f", "F")
    CHOICE("g", "G") CHOICE("h", "H"))
    PAGE("ticks", "choices", "", CHOICE("a", "A") CHOICE("b", "B"))
    PAGE("sure", "yesno", "", "")
    PAGE("home", "address", "", "")
    PAGE("chassis", "vin", "", "")
    PAGE("plate", "plate", "", "")
    PAGE("cpf", "cpf", "", "")
    PAGE("truth", "declaration", "", "")
    "<page name='asks'>" EN("title", "Is it asked?")
    EN("text", "It is the hint.")
    "<item name='asked' type='yesno'>" LABELS("Asked", "it")
    "</item></page>"
    "<page name='mixed'>" EN("title", "Which one?")
    "<item name='given' type='plate' given='true'>" EN("label", "Plate")
    "</item><item name='why' type='text'>" LABELS("Why", "why")
    "</item></page>"
    "<page name='children'>" EN("title", "Children")
    "<repeat name='child' min='1' max='3'>" EN("label", "Child")
    EN("add", "Add another child") ITEM("called", "name", "")
    "</item></repeat></page>"
    "</form>";

static struct arena *arena;
static const struct definition *definition;

static int
start(void **state)
{
	struct err e;

	(void)state;
	arena = arena_new(0);
	(void)text_init("/nonexistent", &e);
	if (definition_parse(arena, bytes_of(source), &definition, &e))
		return 0;
	print_error("%s\n", e.text);
	return 1;
}

static int
end(void **state)
{
	(void)state;
	definition_free(definition);
	arena_free(arena);
	return 0;
}

struct shown {
	const char	*html;
	struct ui_error	*error;		/* of the summary */
	size_t		 n;
};

/* The page as it comes, or, with a body, as it comes back. */
static struct shown
show(const char *page, unsigned entry, const char *prefix, const char *body)
{
	const struct form_world world = { .today = 20000 };
	struct apply_form f = {
		.form = form_new(arena, definition, &world),
		.page = definition_page(definition, page),
		.entry = entry,
		.prefix = prefix,
		.part = prefix != NULL,
	};
	struct html *h = html_new(arena);
	struct request r = { .method = METHOD_POST };
	struct shown s = { NULL, NULL, 0 };
	struct bytes out;
	struct err e;

	assert_non_null(f.page);
	if (body != NULL) {
		if (!query_parse(arena, bytes_of(body), &r.form, &e))
			fail_msg("%s", e.text);
		apply_form_take(arena, &f, &r);
	}
	apply_form_put(h, &f);
	out = html_finish(h);
	s.html = arena_strndup(arena, (const char *)out.p, out.n);
	s.error = arena_array(arena, apply_form_count(&f), sizeof *s.error);
	s.n = apply_form_list(arena, &f, s.error, 0);
	form_free(f.form);
	return s;
}

static void
has(const char *html, const char *fragment)
{
	if (strstr(html, fragment) == NULL)
		fail_msg("no %s in\n%s", fragment, html);
}

static void
has_not(const char *html, const char *fragment)
{
	if (strstr(html, fragment) != NULL)
		fail_msg("%s in\n%s", fragment, html);
}

/* ---- empty */

static void
every_type_has_its_component(void **state)
{
	static const struct {
		const char	*page;
		const char	*fragment;
	} cases[] = {
		{ "word", "<input class=\"govuk-input\" id=\"word\" "
		    "name=\"word\" type=\"text\"" },
		{ "word", "<div id=\"word-hint\" class=\"govuk-hint\">Mind "
		    "the hint</div>" },
		{ "word", "aria-describedby=\"word-hint\"" },
		{ "word", ">Label of word</label>" },
		{ "essay", "<textarea class=\"govuk-textarea" },
		{ "essay", "rows=\"6\"" },
		{ "essay", "up to 500 characters" },
		{ "who", "autocomplete=\"name\"" },
		{ "mail", "type=\"email\"" },
		{ "call", "type=\"tel\"" },
		{ "born", "id=\"born-day\" name=\"born-day\"" },
		{ "born", "name=\"born-year\"" },
		{ "born", "autocomplete=\"bday-month\"" },
		{ "count", "inputmode=\"numeric\"" },
		{ "price", "inputmode=\"decimal\"" },
		{ "price", "govuk-input__prefix\" aria-hidden=\"true\">"
		    "R$</div>" },
		{ "few", "type=\"radio\" value=\"b\"" },
		{ "few", ">Pear</label>" },
		{ "many", "<select class=\"govuk-select\" id=\"many\"" },
		{ "many", "<option value=\"\">Choose one</option>" },
		{ "many", "<option value=\"h\">H</option>" },
		{ "ticks", "type=\"checkbox\" value=\"b\"" },
		{ "sure", "type=\"radio\" value=\"yes\"" },
		{ "sure", "govuk-radios--inline" },
		{ "home", "id=\"home-street\"" },
		{ "home", "<option value=\"BR\" selected>" },
		{ "home", "<option value=\"SP\">" },
		{ "home", "name=\"home-lines\"" },
		{ "chassis", "autocapitalize=\"characters\"" },
		{ "plate", "govuk-input--width-10" },
		{ "cpf", "inputmode=\"numeric\"" },
		{ "truth", "type=\"checkbox\" value=\"yes\"" },
		{ "truth", ">Label of truth</label>" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		has(show(cases[i].page, 0, NULL, NULL).html,
		    cases[i].fragment);
}

static void
an_empty_page_has_no_error(void **state)
{
	(void)state;
	for (size_t i = 0; i < definition->n_pages; i++) {
		const struct definition_page *page = &definition->pages[i];
		struct shown s = show(page->name, page->repeat != NULL, NULL,
		    NULL);

		assert_int_equal(s.n, 0);
		has_not(s.html, "error");
	}
}

/* ---- wrong */

static void
errors_stand_at_their_fields(void **state)
{
	static const struct {
		const char	*page;
		const char	*body;
		const char	*id;		/* that the summary leads to */
		const char	*sentence;
	} cases[] = {
		{ "word", "word=", "word", "Enter the word" },
		{ "word", "word=0123456789", "word",
		    "Label of word must have 9 characters or fewer" },
		{ "essay", "essay=", "essay", "Enter the essay" },
		{ "who", "who=", "who", "Enter the who" },
		{ "mail", "mail=nobody", "mail",
		    "Enter an email address in the correct format, like "
		    "name@example.com" },
		{ "call", "call=x", "call", "Enter a phone number, like "
		    "11 91234-5678 or +55 11 91234-5678" },
		{ "born", "born-day=&born-month=&born-year=", "born-day",
		    "Enter the born" },
		{ "born", "born-day=1&born-month=&born-year=2000",
		    "born-month", "Label of born: enter the month" },
		{ "born", "born-day=1&born-month=2&born-year=99",
		    "born-year", "Label of born: the year must have 4 "
		    "numbers" },
		{ "born", "born-day=31&born-month=2&born-year=2000",
		    "born-day", "Label of born must be a real date" },
		{ "count", "count=many", "count",
		    "Label of count must be a number" },
		{ "price", "price=dear", "price",
		    "Label of price must be a number" },
		{ "few", "", "few", "Select the few" },
		{ "few", "few=z", "few", "Select the few from the list" },
		{ "many", "many=", "many", "Select the many" },
		{ "ticks", "", "ticks", "Select the ticks" },
		{ "sure", "", "sure", "Select the sure" },
		{ "home", "home-country=BR", "home-street",
		    "Enter the home" },
		{ "home", "home-country=BR&home-street=Rua", "home-city",
		    "Label of home: enter the town or city" },
		{ "home", "home-country=PT&home-city=Porto", "home-lines",
		    "Label of home: enter the lines of the address" },
		{ "chassis", "chassis=IOQ", "chassis", "Label of chassis "
		    "must have 17 letters and numbers, without I, O or Q" },
		{ "plate", "plate=1", "plate",
		    "Enter a plate like ABC1234 or ABC1D23" },
		{ "cpf", "cpf=1", "cpf", "Enter a CPF with 11 numbers, like "
		    "529.982.247-25" },
		{ "truth", "", "truth",
		    "Confirm the declaration to continue" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct shown s = show(cases[i].page, 0, NULL, cases[i].body);

		assert_int_equal(s.n, 1);
		assert_string_equal(s.error[0].text, cases[i].sentence);
		assert_string_equal(s.error[0].id, cases[i].id);
		has(s.html, arena_printf(arena, "id=\"%s\"", cases[i].id));
		has(s.html, arena_printf(arena, "Error:</span> %s</p>",
		    cases[i].sentence));
	}
}

static void
only_the_part_at_fault_is_marked(void **state)
{
	const char *html = show("born", 0, NULL,
	    "born-day=1&born-month=2&born-year=99").html;
	const char *year = strstr(html, "name=\"born-year\"");

	(void)state;
	assert_non_null(year);
	has(html, "govuk-input--error govuk-input--width-4");
	has_not(html, "govuk-input--error govuk-input--width-2");
}

/* ---- answered */

static void
what_was_typed_is_kept(void **state)
{
	static const struct {
		const char	*page;
		const char	*body;
		const char	*fragment;
	} cases[] = {
		{ "word", "word=%3Cb%3E", "value=\"&lt;b&gt;\"" },
		{ "word", "word=0123456789", "value=\"0123456789\"" },
		{ "essay", "essay=a%0D%0Ab", ">a\nb</textarea>" },
		{ "born", "born-day=31&born-month=2&born-year=2000",
		    "value=\"31\"" },
		{ "price", "price=dear", "value=\"dear\"" },
		{ "price", "price=1.234,5", "value=\"1234.50\"" },
		{ "few", "few=b", "value=\"b\" checked" },
		{ "many", "many=h", "<option value=\"h\" selected>" },
		{ "ticks", "ticks=a&ticks=b", "value=\"b\" checked" },
		{ "sure", "sure=no", "value=\"no\" checked" },
		{ "home", "home-country=BR&home-street=Rua+A",
		    "value=\"Rua A\"" },
		{ "home", "home-country=PT&home-lines=Rua+B", "Rua B<" },
		{ "home", "home-country=PT&home-lines=Rua+B",
		    "<details class=\"govuk-details\" open>" },
		{ "chassis", "chassis=9bwzzz377vt004251",
		    "value=\"9BWZZZ377VT004251\"" },
		{ "truth", "truth=yes", "value=\"yes\" checked" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		has(show(cases[i].page, 0, NULL, cases[i].body).html,
		    cases[i].fragment);
}

/* ---- pages */

static void
a_title_that_asks_is_the_question(void **state)
{
	const char *html = show("asks", 0, NULL, NULL).html;

	(void)state;
	has(html, "<h1 class=\"govuk-fieldset__heading\">Is it asked?</h1>");
	has(html, "<div id=\"asked-hint\" class=\"govuk-hint\">It is the "
	    "hint.</div>");
	has_not(html, "Asked<");
	html = show("mixed", 0, NULL, NULL).html;
	has(html, "<h1 class=\"govuk-heading-l\">Which one?</h1>");
	has(html, ">Why</label>");
}

static void
what_is_known_is_not_asked(void **state)
{
	const char *html = show("mixed", 0, NULL,
	    "given=ABC1234&why=because").html;

	(void)state;
	has(html, "govuk-summary-list__key\">Plate</dt>");
	has(html, ">Not known</dd>");
	has_not(html, "name=\"given\"");
	has_not(html, "ABC1234");
	has(html, "value=\"because\"");
}

static void
entries_and_parts_are_told_apart(void **state)
{
	struct shown s = show("children", 1, NULL, "called=");

	(void)state;
	has(s.html, "govuk-caption-l\">Child 1</span>");
	assert_string_equal(s.error[0].text, "Child 1: Enter the called");
	assert_string_equal(s.error[0].id, "called");
	s = show("children", 1, "1.", "called=Ana&1.called=Rui");
	has(s.html, "<h2");
	has(s.html, "name=\"1.called\"");
	has(s.html, "value=\"Rui\"");
	s = show("children", 1, "1.", "called=Ana");
	assert_string_equal(s.error[0].id, "1.called");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_type_has_its_component),
		cmocka_unit_test(an_empty_page_has_no_error),
		cmocka_unit_test(errors_stand_at_their_fields),
		cmocka_unit_test(only_the_part_at_fault_is_marked),
		cmocka_unit_test(what_was_typed_is_kept),
		cmocka_unit_test(a_title_that_asks_is_the_question),
		cmocka_unit_test(what_is_known_is_not_asked),
		cmocka_unit_test(entries_and_parts_are_told_apart),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, start, end);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading definitions: what a whole one holds, what each broken one is told,
 * which expressions there are, and in what order items are worked out.
 */
#include "forms/definition.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "forms/order.h"
#include "forms/path.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/text.h"
#include "lib/xml.h"

#define COUNT(array)	(sizeof(array) / sizeof *(array))

static struct arena *arena;

static int
open_arena(void **state)
{
	(void)state;
	arena = arena_new(0);
	return 0;
}

static int
close_arena(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

/* Pieces of a definition, so that each fact shows what it is about. */
#define EN(element, text) \
	"<" element " lang='en'>" text "</" element ">"
#define BOTH(element, en, pt) \
	EN(element, en) "<" element " lang='pt-BR'>" pt "</" element ">"
#define FORM "<form name='tree' version='3' languages='en'>" \
	EN("title", "Fell a tree") EN("summary", "Before you fell one.")
#define SERVICE "<service prefix='TR' office='parks' room='general'>" \
	"<purpose number='1'>" EN("text", "Deciding") "</purpose>" \
	"<retention years='5'>" EN("text", "Act 1") "</retention></service>"
#define ITEM(attributes) \
	"<item " attributes ">" EN("label", "L") EN("noun", "n") "</item>"
#define PAGE(inside) \
	"<page name='p'>" EN("title", "P") inside "</page>"
#define LETTER(event) \
	"<letter event='" event "'>" EN("title", "T") EN("text", "B") \
	"</letter>"
#define END "<decision><reason number='9' outcome='refusal'>" \
	EN("text", "No") "</reason></decision></form>"

/* clang-format off */
static const char whole[] =
    "<form name='tree' version='3' languages='en pt-BR'>"
    BOTH("title", "Fell a tree", "Derrubar árvore")
    BOTH("summary", "Ask first.", "Peça antes.")
    "<service prefix='TR' office='parks' room='general' apply='both'>"
    "<four-eyes when='above' amount='50000' of='value'/>"
    "<deadline days='20'/><deadline state='in_review' days='5'/>"
    "<lapse state='draft' days='30'/><appeal days='15'/>"
    "<fee line='tree'/><fee line='tall' relevant='height &gt; 5'/>"
    "<purpose number='41'>" BOTH("text", "Deciding", "Decidir") "</purpose>"
    "<retention years='5'>" BOTH("text", "Act 1", "Lei 1") "</retention>"
    "</service>"
    "<page name='tree'>" BOTH("title", "The tree", "A árvore")
    BOTH("text", "  First\n  paragraph.\n\n  Second. ", "Um.")
    "<item name='height' type='integer' required='true()' min='1' max='99'"
    " constraint='height &lt; 90'>"
    BOTH("label", "Height", "Altura") BOTH("noun", "the height", "a altura")
    BOTH("hint", "In metres", "Em metros")
    "<message code='constraint'>" BOTH("text", "Too high", "Alta demais")
    "</message></item>"
    "<item name='kind' type='choice' default='oak' prefill='x'"
    " autocomplete='off'>"
    BOTH("label", "Kind", "Espécie") BOTH("noun", "the kind", "a espécie")
    "<choice code='oak'>" BOTH("label", "Oak", "Carvalho") "</choice>"
    "<choice code='ash'>" BOTH("label", "Ash", "Freixo")
    BOTH("hint", "Often ill", "Muitas doentes") "</choice></item></page>"
    "<page name='nests' relevant=\"kind = 'oak'\">"
    BOTH("title", "Nests", "Ninhos")
    "<repeat name='nest' min='1' max='4'>"
    BOTH("label", "Nest", "Ninho") BOTH("add", "Add a nest", "Incluir ninho")
    "<item name='bird' type='text'>" BOTH("label", "Bird", "Ave")
    BOTH("noun", "the bird", "a ave") "</item></repeat></page>"
    "<page name='last'>" BOTH("title", "Last", "Fim")
    "<item name='value' type='money' calculate='height * 1000'>"
    BOTH("label", "Value", "Valor") "</item>"
    "<item name='place' type='text' given='true'>"
    BOTH("label", "Place", "Lugar") "</item></page>"
    "<decision><reason number='7' outcome='approval'>"
    BOTH("text", "Ill", "Doente") "</reason>"
    "<reason number='8' outcome='refusal'>"
    BOTH("text", "Healthy", "Sadia") "</reason></decision>"
    "<letter event='approved'>" BOTH("title", "Yes", "Sim")
    BOTH("text", "Dear {name}", "Prezado {name}") "</letter></form>";
/* clang-format on */

static const struct definition *
parse(const char *text)
{
	const struct definition *d = NULL;
	struct err e = { 0 };

	if (!definition_parse(arena, bytes_of(text), &d, &e))
		fail_msg("%s", e.text);
	return d;
}

static void
a_whole_one(void **state)
{
	const struct definition *d = parse(whole);
	const struct definition_item *height, *kind;

	(void)state;
	assert_string_equal(d->name, "tree");
	assert_int_equal(d->version, 3);
	assert_int_equal(d->n_languages, 2);
	assert_string_equal(d->languages[1], "pt-BR");
	assert_string_equal(words_read(d->title), "Fell a tree");
	assert_int_equal(d->n_pages, 3);
	assert_int_equal(d->n_items, 5);
	assert_int_equal(d->n_repeats, 1);
	height = definition_item(d, "height");
	assert_string_equal(type_name(height->type), "integer");
	assert_int_equal(height->rules.low, 1);
	assert_int_equal(height->rules.high, 99);
	assert_string_equal(height->required->text, "true()");
	assert_string_equal(height->constraint->text, "height < 90");
	assert_int_equal(height->messages[0].code, TYPE_CONSTRAINT);
	assert_string_equal(words_read(height->hint), "In metres");
	kind = definition_item(d, "kind");
	assert_string_equal(kind->standard, "oak");
	assert_string_equal(kind->prefill, "x");
	assert_string_equal(kind->autocomplete, "off");
	assert_int_equal(kind->rules.n_choices, 2);
	assert_null(kind->rules.choices[0].hint);
	assert_string_equal(words_read(kind->rules.choices[1].hint),
	    "Often ill");
	assert_ptr_equal(kind->page, definition_page(d, "tree"));
	assert_string_equal(words_read(kind->page->text),
	    "First paragraph.\n\nSecond.");
	assert_true(definition_item(d, "place")->given);
	assert_null(definition_item(d, "none"));
	assert_null(definition_page(d, "none"));
	definition_free(d);
}

static void
its_repeat_and_its_texts(void **state)
{
	const struct definition *d = parse(whole);
	const struct definition_repeat *nest = definition_repeat(d, "nest");

	(void)state;
	assert_int_equal(nest->min, 1);
	assert_int_equal(nest->max, 4);
	assert_ptr_equal(nest->page->repeat, nest);
	assert_int_equal(nest->page->n_items, 1);
	assert_ptr_equal(nest->page->items[0].repeat, nest);
	assert_string_equal(nest->page->relevant->text, "kind = 'oak'");
	assert_null(definition_repeat(d, "bird"));
	assert_true(text_use("pt-BR"));
	assert_string_equal(words_read(nest->add), "Incluir ninho");
	assert_true(text_use("en"));
	assert_string_equal(words_read(nest->label), "Nest");
	assert_string_equal(words_read(NULL), "");
	assert_null(words_in(nest->label, "fr"));
	assert_string_equal(words_read(definition_letter(d, "approved")->body),
	    "Dear {name}");
	assert_null(definition_letter(d, "refused"));
	assert_true(definition_reason(d, 8)->refusal);
	assert_false(definition_reason(d, 7)->refusal);
	assert_null(definition_reason(d, 9));
	definition_free(d);
}

static void
its_policy(void **state)
{
	const struct definition *d = parse(whole);
	const struct policy *p = &d->policy;

	(void)state;
	assert_string_equal(p->prefix, "TR");
	assert_string_equal(p->office, "parks");
	assert_string_equal(p->room, "general");
	assert_int_equal(p->apply, POLICY_BOTH);
	assert_int_equal(p->second, POLICY_ABOVE);
	assert_int_equal(p->second_above, 50000);
	assert_string_equal(p->second_of->text, "value");
	assert_int_equal(policy_deadline(p, NULL), 20);
	assert_int_equal(policy_deadline(p, "in_review"), 5);
	assert_int_equal(policy_deadline(p, "queued"), 0);
	assert_int_equal(policy_lapse(p, "draft"), 30);
	assert_int_equal(p->appeal_days, 15);
	assert_int_equal(p->n_fees, 2);
	assert_string_equal(p->fees[0].line, "tree");
	assert_null(p->fees[0].relevant);
	assert_string_equal(p->fees[1].relevant->text, "height > 5");
	assert_int_equal(p->purposes[0].number, 41);
	assert_int_equal(p->retention_years, 5);
	assert_string_equal(words_read(p->retention), "Act 1");
	definition_free(d);
}

static void
refused(void **state)
{
	static const struct {
		const char	*text;
		const char	*why;
	} facts[] = {
		{ "", "empty" },
		{ "<form", "" },
		{ "<!DOCTYPE form><form/>", "document type" },
		{ "<page/>", "not <form>" },
		{ "<form/>", "languages" },
		{ FORM SERVICE END, "no pages" },
		{ FORM PAGE(ITEM("name='a' type='text'")) END, "no <service>" },
		{ FORM SERVICE PAGE("") END, "no items" },
		{ FORM SERVICE PAGE(ITEM("name='a' type='string'")) END,
		  "no type is called \"string\"" },
		{ FORM SERVICE PAGE(ITEM("type='text'")) END, "needs name" },
		{ FORM SERVICE PAGE(ITEM("name='a'")) END, "needs type" },
		{ FORM SERVICE PAGE(ITEM("name='A' type='text'")) END,
		  "begins with a letter" },
		{ FORM SERVICE PAGE(ITEM("name='1a' type='text'")) END,
		  "begins with a letter" },
		{ FORM SERVICE PAGE(ITEM("name='a b' type='text'")) END,
		  "begins with a letter" },
		{ FORM SERVICE PAGE(ITEM("name='a' type='text'")
		  ITEM("name='a' type='text'")) END, "two items" },
		{ FORM SERVICE PAGE(ITEM("name='a' type='date'")
		  ITEM("name='a-day' type='text'")) END, "a field of \"a\"" },
		{ FORM SERVICE PAGE(ITEM("name='a' type='choice'")) END,
		  "nothing to choose" },
		{ FORM SERVICE PAGE("<item name='a' type='text'>"
		  EN("label", "L") "<choice code='x'>" EN("label", "X")
		  "</choice></item>") END, "has no choices" },
		{ FORM SERVICE PAGE("<item name='a' type='choice'>"
		  EN("label", "L") "<choice code='x'>" EN("label", "X")
		  "</choice><choice code='x'>" EN("label", "X")
		  "</choice></item>") END, "choice \"x\" is there twice" },
		{ FORM SERVICE PAGE(ITEM("name='a' type='integer' min='x'"))
		  END, "no whole number" },
		{ FORM SERVICE PAGE(ITEM("name='a' type='integer' min='9'"
		  " max='8'")) END, "no whole number" },
		{ FORM SERVICE PAGE(ITEM("name='a' type='integer'"
		  " max='9007199254740993'")) END, "no whole number" },
		{ FORM SERVICE PAGE(ITEM("name='a' type='date'"
		  " default='2026-02-30'")) END, "no value of this item" },
		{ FORM SERVICE PAGE(ITEM("name='a' type='address'"
		  " default='x'")) END, "no value of this item" },
		{ FORM SERVICE PAGE(ITEM("name='a' type='text'"
		  " relevant='b ='")) END, "b =" },
		{ FORM SERVICE PAGE(ITEM("name='a' type='text'"
		  " relevant='//b'")) END, "no part of an expression" },
		{ FORM SERVICE PAGE(ITEM("name='a' type='text' given='yes'"))
		  END, "none of" },
		{ FORM SERVICE PAGE(ITEM("name='a' type='text'") "<row/>")
		  END, "<row> does not belong" },
		{ FORM SERVICE PAGE(ITEM("name='a' type='text'")
		  "<repeat name='r'>" EN("label", "L") EN("add", "A")
		  ITEM("name='b' type='text'") "</repeat>") END, "not both" },
		{ FORM SERVICE PAGE("<repeat name='r' min='3' max='2'>"
		  EN("label", "L") EN("add", "A") ITEM("name='b' type='text'")
		  "</repeat>") END, "no whole number" },
		{ FORM SERVICE PAGE("<repeat name='r'>" EN("label", "L")
		  EN("add", "A") ITEM("name='r' type='text'") "</repeat>")
		  END, "both called" },
		{ FORM SERVICE PAGE(ITEM("name='a' type='text'"))
		  PAGE(ITEM("name='b' type='text'")) END, "two pages" },
		{ FORM SERVICE PAGE("<item name='a' type='text'/>") END,
		  "no <label> in \"en\"" },
		{ FORM SERVICE PAGE("<item name='a' type='text'>"
		  BOTH("label", "L", "R") "</item>") END,
		  "does not name the language" },
		{ FORM SERVICE PAGE("<item name='a' type='text'>"
		  EN("label", "L") EN("label", "L") "</item>") END, "twice" },
		{ FORM SERVICE PAGE("<item name='a' type='text'>"
		  EN("label", " ") "</item>") END, "is empty" },
		{ FORM SERVICE PAGE("<item name='a' type='text'>"
		  EN("label", "L") "<message code='odd'>" EN("text", "T")
		  "</message></item>") END, "the code \"odd\"" },
		{ FORM SERVICE PAGE(ITEM("name='a' type='text'"))
		  LETTER("x") LETTER("x") END, "letter \"x\" is there twice" },
		{ FORM "<service prefix='T1' office='o' room='r'/>"
		  PAGE(ITEM("name='a' type='text'")) END, "two letters A-Z" },
		{ FORM "<service prefix='TT' office='o' room='r'>"
		  "<four-eyes when='above'/></service>"
		  PAGE(ITEM("name='a' type='text'")) END, "needs amount" },
		{ FORM "<service prefix='TT' office='o' room='r'>"
		  "<deadline days='0'/></service>"
		  PAGE(ITEM("name='a' type='text'")) END, "no whole number" },
		{ FORM "<service prefix='TT' office='o' room='r'/>"
		  PAGE(ITEM("name='a' type='text'")) END, "<purpose>" },
		{ "<form name='tree' version='0' languages='en'/>",
		  "no whole number" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		struct xml_fault *faults = NULL;
		const struct definition *d = NULL;
		struct err e = { 0 };
		bool found = false;

		assert_false(definition_parse(arena, bytes_of(facts[i].text),
		    &d, &e));
		assert_int_equal(e.code, ERR_INPUT);
		assert_null(d);
		d = definition_read(arena, bytes_of(facts[i].text), &faults);
		for (; faults != NULL; faults = faults->next)
			found |= strstr(faults->text, facts[i].why) != NULL;
		definition_free(d);
		if (!found)
			fail_msg("fact %zu: not told \"%s\"", i,
			    facts[i].why);
	}
}

/* ---- expressions ---- */

static void
expressions(void **state)
{
	static const struct {
		const char	*text;
		const char	*why;	/* NULL: it is one */
	} facts[] = {
		{ "a = 'b'", NULL },
		{ " a\n=\n\"b\" ", NULL },
		{ "a or b and c = d", NULL },
		{ "-a + 3 * (b - 2) mod 4 div 5", NULL },
		{ "a-b - c", NULL },
		{ "../a", NULL },
		{ "../../a", NULL },
		{ "child[age > 6 and sex = 'f']/income", NULL },
		{ "count(child[contains(name, '[')])", NULL },
		{ "today()", NULL },
		{ "concat('it', \"'\", 's')", NULL },
		{ "a<=b", NULL },
		{ "div div mod", NULL },	/* an item may be called div */
		{ "or", NULL },
		{ "", "something is missing" },
		{ "a =", "something is missing, at character 4" },
		{ "a = = b", "no part of an expression, at character 5" },
		{ "a b", "does not belong here, at character 3" },
		{ "a and", "something is missing" },
		{ "(a", "closing bracket" },
		{ "f(a", "closing bracket" },
		{ "f(a,)", "no part" },
		{ "a[b", "square bracket" },
		{ "a[]", "no part" },
		{ "a[b][c]", "does not belong" },
		{ "'a", "no closing quote" },
		{ "0.5", "whole" },
		{ ".", "no part" },
		{ "./a", "no part" },
		{ "/a", "no part" },
		{ "//a", "no part" },
		{ "a//b", "a name of an item" },
		{ "a/", "a name of an item" },
		{ "*", "no part" },
		{ "a/*", "a name of an item" },
		{ "@a", "no part" },
		{ "$a", "no part" },
		{ "a::b", "does not belong" },
		{ "x:a", "does not belong" },
		{ "a | b", "does not belong" },
		{ "a ! b", "does not belong" },
		{ "\xc3\xa9", "no part" },
		{ "((((((((((((((((((((((((1))))))))))))))))))))))))",
		  "too deep" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		const struct path *p;
		struct err e = { 0 };
		bool good = path_parse(arena, facts[i].text, &p, &e);

		assert_int_equal(good, facts[i].why == NULL);
		if (facts[i].why != NULL)
			assert_non_null(strstr(e.text, facts[i].why));
	}
}

static void
tighter_binds_first(void **state)
{
	const struct path *p;

	(void)state;
	assert_true(path_parse(arena, "a or b and c = 1 + 2 * 3", &p, NULL));
	for (enum path_op op = PATH_OR; op != PATH__MAX;) {
		assert_int_equal(p->kind, PATH_BINARY);
		assert_int_equal(p->op, op);
		p = p->first->next;
		op = op == PATH_OR ? PATH_AND : op == PATH_AND ? PATH_EQUAL :
		    op == PATH_EQUAL ? PATH_PLUS : op == PATH_PLUS ?
		    PATH_TIMES : PATH__MAX;
	}
	assert_string_equal(p->text, "3");
	assert_true(path_parse(arena, "9 - 3 - 2", &p, NULL));
	assert_string_equal(p->first->next->text, "2");
}

/* ---- order ---- */

#define ORDER(items) FORM SERVICE PAGE(items) END

static void
what_is_read_comes_first(void **state)
{
	static const struct {
		const char	*text;
		const char	*order;
		const char	*cycle;		/* NULL: there is none */
	} facts[] = {
		{ ORDER(ITEM("name='a' type='integer'")
		  ITEM("name='b' type='integer'")), "ab", NULL },
		{ ORDER(ITEM("name='a' type='integer' calculate='b + 1'")
		  ITEM("name='b' type='integer' calculate='c + 1'")
		  ITEM("name='c' type='integer'")), "cba", NULL },
		{ ORDER(ITEM("name='a' type='text' relevant=\"c = 'x'\"")
		  ITEM("name='b' type='text'")
		  ITEM("name='c' type='text'")), "cab", NULL },
		/* a constraint may look at itself and forward */
		{ ORDER(ITEM("name='a' type='integer' constraint='a &lt; b'")
		  ITEM("name='b' type='integer'")), "ab", NULL },
		{ ORDER(ITEM("name='a' type='integer' calculate='a + 1'")),
		  "a", "a, a" },
		{ ORDER(ITEM("name='a' type='text' relevant=\"b = 'x'\"")
		  ITEM("name='b' type='text' relevant=\"a = 'x'\"")),
		  "ba", "a, b, a" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		const struct definition *d = parse(facts[i].text);
		struct order_cycle *cycles;
		char order[4] = "";

		for (size_t j = 0; j < d->n_items; j++)
			order[j] = d->items[d->order[j]].name[0];
		assert_string_equal(order, facts[i].order);
		order_items(arena, d, &cycles);
		assert_int_equal(cycles != NULL, facts[i].cycle != NULL);
		if (cycles != NULL)
			assert_string_equal(cycles->text, facts[i].cycle);
		definition_free(d);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_whole_one),
		cmocka_unit_test(its_repeat_and_its_texts),
		cmocka_unit_test(its_policy),
		cmocka_unit_test(refused),
		cmocka_unit_test(expressions),
		cmocka_unit_test(tighter_binds_first),
		cmocka_unit_test(what_is_read_comes_first),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	xml_init();
	return cmocka_run_group_tests(tests, open_arena, close_arena);
}

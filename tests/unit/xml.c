/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Documents as lists of facts: what is let in, what is refused and where,
 * what the canonical form of something is, and what a grammar says of it.
 */
#include "lib/xml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"

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

static const char *
canonical(const struct xml *x)
{
	struct bytes b = xml_canonical(arena, x);

	return arena_strndup(arena, (const char *)b.p, b.n);
}

/* Canonical XML 1.0 section 3 has most of these in larger examples. */
static void
one_document_has_one_form(void **state)
{
	static const struct {
		const char	*text;
		const char	*canonical;
	} facts[] = {
		{ "<a/>", "<a></a>" },
		{ "<a></a>", "<a></a>" },
		{ "<?xml version=\"1.0\"?>\n<a/>\n", "<a></a>" },
		{ "<a>\r\n</a>", "<a>\n</a>" },
		{ "<a>&#13;</a>", "<a>&#xD;</a>" },
		{ "<a b='2' a='1'/>", "<a a=\"1\" b=\"2\"></a>" },
		{ "<a  b = \"x\" />", "<a b=\"x\"></a>" },
		{ "<a><!-- no --></a>", "<a></a>" },
		{ "<a><![CDATA[<&>]]></a>", "<a>&lt;&amp;&gt;</a>" },
		{ "<a>&#x41;&#66;</a>", "<a>AB</a>" },
		{ "<a b=\"&lt;&quot;&#9;\"/>",
		  "<a b=\"&lt;&quot;&#x9;\"></a>" },
		{ "<a>S\xc3\xa3o</a>", "<a>S\xc3\xa3o</a>" },
		{ "<?xml version='1.0' encoding='ISO-8859-1'?><a>\xc3\xa3</a>",
		  "<a>\xc3\xa3</a>" },
		{ "<x:a xmlns:x='urn:y'/>",
		  "<x:a xmlns:x=\"urn:y\"></x:a>" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		struct xml *x;

		assert_true(xml_parse(bytes_of(facts[i].text), &x, NULL));
		assert_string_equal(canonical(x), facts[i].canonical);
		xml_free(x);
	}
}

static void
refused_with_its_line(void **state)
{
	static const struct {
		const char	*text;
		const char	*line;		/* "" for none */
	} facts[] = {
		{ "", "" },
		{ " ", "line 1" },
		{ "plain", "line 1" },
		{ "<a>", "line 1" },
		{ "<a>\n<b>\n</a>", "line 3" },
		{ "<a></a><b/>", "line 1" },
		{ "<a b='1' b='2'/>", "line 1" },
		{ "<a b=1/>", "line 1" },
		{ "<a>&nbsp;</a>", "line 1" },
		{ "<a>\n\n&x;</a>", "line 3" },
		{ "<a>&#0;</a>", "line 1" },
		{ "<a>\x01</a>", "line 1" },
		{ "<a>&#xFFFF;</a>", "line 1" },
		{ "<a>\xff</a>", "" },
		{ "\xff\xfe<\0a\0/\0>\0", "" },
		{ "<x:a/>", "line 1" },
		{ "<a xmlns='here'/>", "line 1" },
		{ "<a xmlns:x='../y'/>", "line 1" },
		/* a document type declaration, whatever it says */
		{ "<!DOCTYPE a><a/>", "line 1" },
		{ "<?xml version='1.0'?>\n<!DOCTYPE a SYSTEM 'a.dtd'>\n<a/>",
		  "line 2" },
		{ "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"
		  "<a>&e;</a>", "line 1" },
		{ "<!DOCTYPE a [<!ENTITY % p SYSTEM 'http://[::1]/'> %p;]>"
		  "<a/>", "line 1" },
		{ "<!DOCTYPE a [<!ENTITY a '1'><!ENTITY b '&a;&a;&a;&a;'>"
		  "<!ENTITY c '&b;&b;&b;&b;'><!ENTITY d '&c;&c;&c;&c;'>]>"
		  "<a>&d;</a>", "line 1" },
		{ "<!DOCTYPE a [<!ATTLIST a b CDATA 'c'>]><a/>", "line 1" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		struct err e = { 0 };
		struct xml *x = NULL;

		assert_false(xml_parse(bytes_of(facts[i].text), &x, &e));
		assert_null(x);
		assert_int_equal(e.code, ERR_INPUT);
		assert_true(strncmp(e.text, facts[i].line,
		    strlen(facts[i].line)) == 0);
		assert_null(strchr(e.text, '\n'));
	}
}

static bool
parses_at_depth(int depth)
{
	struct buf text = buf_new(arena, 1000);
	struct xml *x;

	for (int i = 0; i < depth; i++)
		buf_puts(&text, "<a>");
	for (int i = 0; i < depth; i++)
		buf_puts(&text, "</a>");
	if (!xml_parse(buf_bytes(&text), &x, NULL))
		return false;
	xml_free(x);
	return true;
}

static bool
parses_at_size(size_t size)
{
	char *text = arena_alloc(arena, size + 1);
	struct xml *x;

	memset(text, ' ', size);
	memcpy(text, "<a/>", 4);
	if (!xml_parse(bytes(text, size), &x, NULL))
		return false;
	xml_free(x);
	return true;
}

static void
within_limits(void **state)
{
	(void)state;
	assert_true(parses_at_depth(XML_DEPTH));
	assert_false(parses_at_depth(XML_DEPTH + 1));
	assert_false(parses_at_depth(100000));
	assert_true(parses_at_size(XML_LIMIT));
	assert_false(parses_at_size(XML_LIMIT + 1));
}

static void
a_tree_is_walked(void **state)
{
	static const char text[] =
	    "<a>\n<b x='1' y=''>one</b> text <!-- c --><c>t<d>wo</d></c>\n"
	    "<b>three</b></a>";
	struct xml_node *root, *b, *c;
	struct xml *x;

	(void)state;
	assert_true(xml_parse(bytes_of(text), &x, NULL));
	root = xml_root(x);
	assert_string_equal(xml_name(root), "a");
	b = xml_first(root);
	c = xml_next(b);
	assert_string_equal(xml_name(b), "b");
	assert_int_equal(xml_line(b), 2);
	assert_string_equal(xml_name(c), "c");
	assert_int_equal(xml_line(xml_next(c)), 3);
	assert_null(xml_next(xml_next(c)));
	assert_null(xml_first(b));
	assert_string_equal(xml_attribute(arena, b, "x"), "1");
	assert_string_equal(xml_attribute(arena, b, "y"), "");
	assert_null(xml_attribute(arena, b, "z"));
	assert_string_equal(xml_text(arena, b), "one");
	assert_string_equal(xml_text(arena, c), "two");
	assert_ptr_equal(xml_child(root, "c"), c);
	assert_ptr_equal(xml_child(root, "b"), b);
	assert_null(xml_child(root, "d"));
	xml_free(x);
}

static void
a_tree_is_made_and_changed(void **state)
{
	struct xml *x = xml_new("a");
	struct xml_node *b = xml_add(xml_root(x), "b");
	struct xml_node *c = xml_add(xml_root(x), "c");

	(void)state;
	xml_set_text(b, "1 < 2 & \"3\"");
	xml_set_attribute(b, "q", "it's & \"so\"");
	assert_string_equal(canonical(x), "<a><b q=\"it's &amp; &quot;so&quot;"
	    "\">1 &lt; 2 &amp; \"3\"</b><c></c></a>");
	xml_set_text(b, "&lt;");
	xml_set_attribute(b, "q", "");
	assert_string_equal(xml_text(arena, b), "&lt;");
	assert_string_equal(canonical(x),
	    "<a><b q=\"\">&amp;lt;</b><c></c></a>");
	xml_add(c, "d");
	xml_set_text(c, "gone with its children");
	xml_set_text(c, "");
	xml_remove(b);
	assert_string_equal(canonical(x), "<a><c></c></a>");
	xml_free(x);
}

/* What XML cannot say is replaced, so that what we write we can read. */
static void
any_text_is_written_readably(void **state)
{
	static const struct {
		const char	*text;
		const char	*stored;
	} facts[] = {
		{ "tab\tline\nreturn\r", "tab\tline\nreturn\r" },
		{ "a\x01z", "a\xef\xbf\xbdz" },
		{ "\x1b[0m", "\xef\xbf\xbd[0m" },
		{ "\xef\xbf\xbe", "\xef\xbf\xbd" },
		{ "\x7f\xc2\x80", "\x7f\xc2\x80" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		struct xml *x = xml_new("a"), *again;

		xml_set_text(xml_root(x), facts[i].text);
		assert_true(xml_parse(xml_canonical(arena, x), &again, NULL));
		assert_string_equal(xml_text(arena, xml_root(again)),
		    facts[i].stored);
		xml_free(again);
		xml_free(x);
	}
}

static const char grammar_text[] =
    "<element name='a' xmlns='http://relaxng.org/ns/structure/1.0'"
    " datatypeLibrary='http://www.w3.org/2001/XMLSchema-datatypes'>"
    "<oneOrMore><element name='b'><attribute name='n'>"
    "<data type='positiveInteger'/></attribute></element></oneOrMore>"
    "</element>";

static void
a_grammar_finds_faults_in_order(void **state)
{
	static const struct {
		const char	*text;
		int		 lines[3];	/* ended by 0 */
	} facts[] = {
		{ "<a><b n='1'/></a>", { 0 } },
		{ "<a>\n<b n='1'/>\n<b n='2'/>\n</a>", { 0 } },
		{ "<a/>", { 1, 0 } },
		{ "<a>\n<b n='0'/></a>", { 2, 0 } },
		{ "<a>\n<b/></a>", { 2, 0 } },
		{ "<b n='1'/>", { 1, 0 } },
	};
	struct xml_grammar *g;

	(void)state;
	assert_true(xml_grammar_load(bytes_of(grammar_text), &g, NULL));
	for (size_t i = 0; i < COUNT(facts); i++) {
		struct xml_fault *fault;
		struct xml *x;
		int last = 0;

		assert_true(xml_parse(bytes_of(facts[i].text), &x, NULL));
		fault = xml_validate(arena, g, x);
		assert_int_equal(fault != NULL, facts[i].lines[0] != 0);
		if (fault != NULL)
			assert_int_equal(fault->line, facts[i].lines[0]);
		for (; fault != NULL; fault = fault->next) {
			assert_true(fault->line >= last);
			assert_true(strlen(fault->text) > 0);
			assert_null(strchr(fault->text, '\n'));
			last = fault->line;
		}
		xml_free(x);
	}
	xml_grammar_free(g);
}

static void
a_bad_grammar_is_our_fault(void **state)
{
	static const char *const facts[] = {
		"",
		"<a/>",
		"<element xmlns='http://relaxng.org/ns/structure/1.0'/>",
		"<element name='a' xmlns='http://relaxng.org/ns/structure/1.0'>"
		"<ref name='nowhere'/></element>",
		"<externalRef href='file:///etc/passwd'"
		" xmlns='http://relaxng.org/ns/structure/1.0'/>",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		struct xml_grammar *g = NULL;
		struct err e = { 0 };

		assert_false(xml_grammar_load(bytes_of(facts[i]), &g, &e));
		assert_int_equal(e.code, ERR_SYSTEM);
		assert_null(g);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_document_has_one_form),
		cmocka_unit_test(refused_with_its_line),
		cmocka_unit_test(within_limits),
		cmocka_unit_test(a_tree_is_walked),
		cmocka_unit_test(a_tree_is_made_and_changed),
		cmocka_unit_test(any_text_is_written_readably),
		cmocka_unit_test(a_grammar_finds_faults_in_order),
		cmocka_unit_test(a_bad_grammar_is_our_fault),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	xml_init();
	return cmocka_run_group_tests(tests, open_arena, close_arena);
}

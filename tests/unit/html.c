/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The HTML writer: what it escapes, which addresses it lets through, that
 * whatever text goes in comes out of a real parser the same, and that faults
 * of the code end the program.
 */
#include "cgi-bin/html.h"

#include <jansson.h>
#include <libxml/HTMLparser.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/str.h"
#include "tests/unit/vectors.h"

#define N(array)	(sizeof (array) / sizeof *(array))

static const char *
finish(struct html *h)
{
	return (const char *)html_finish(h).p;
}

static void
text_is_escaped(void **state)
{
	static const struct {
		const char	*text;
		const char	*html;
	} facts[] = {
		{ "", "<p></p>" },
		{ NULL, "<p></p>" },
		{ "plain", "<p>plain</p>" },
		{ "a & b", "<p>a &amp; b</p>" },
		{ "&amp;", "<p>&amp;amp;</p>" },
		{ "<script>", "<p>&lt;script&gt;</p>" },
		{ "\"'", "<p>&quot;&#39;</p>" },
		{ "São João", "<p>São João</p>" },
		{ "日本語 🚗", "<p>日本語 🚗</p>" },
		{ "a\tb\nc", "<p>a\tb\nc</p>" },
		{ "a\r\nb", "<p>a&#13;\nb</p>" },
		{ "a\x01z", "<p>a\uFFFDz</p>" },
		{ "a\x7Fz", "<p>a\uFFFDz</p>" },
		{ "a\xC2\x85z", "<p>a\uFFFDz</p>" },
		{ "a\xC2\x9Fz", "<p>a\uFFFDz</p>" },
		{ "a\u00A0z", "<p>a\u00A0z</p>" },
		{ "a\uFFFDz", "<p>a\uFFFDz</p>" },
		{ "a\xEF\xBF\xBEz", "<p>a\uFFFDz</p>" },
		{ "a\xEF\xB7\x90z", "<p>a\uFFFDz</p>" },
		{ "a\xEF\xB7\x8Fz", "<p>a\xEF\xB7\x8Fz</p>" },
		{ "a\xF0\x9F\xBF\xBFz", "<p>a\uFFFDz</p>" },
		{ "a\xF4\x8F\xBF\xBEz", "<p>a\uFFFDz</p>" },
		{ "a\xF0\x9F\xBF\xBDz", "<p>a\xF0\x9F\xBF\xBDz</p>" },
		{ "]]>", "<p>]]&gt;</p>" },
		{ "<!--", "<p>&lt;!--</p>" },
	};
	struct arena *a = arena_new(0);

	(void)state;
	for (size_t i = 0; i < N(facts); i++) {
		struct html *h = html_new(a);

		html_begin(h, "p");
		html_text(h, facts[i].text);
		html_end(h, "p");
		assert_string_equal(finish(h), facts[i].html);
	}
	arena_free(a);
}

static void
values_are_escaped_and_quoted(void **state)
{
	static const struct {
		const char	*value;
		const char	*html;
	} facts[] = {
		{ NULL, "<i></i>" },
		{ "", "<i title=\"\"></i>" },
		{ "a b", "<i title=\"a b\"></i>" },
		{ "\" onclick=\"x",
		  "<i title=\"&quot; onclick=&quot;x\"></i>" },
		{ "'><b>", "<i title=\"&#39;&gt;&lt;b&gt;\"></i>" },
		{ "a\nb", "<i title=\"a\nb\"></i>" },
		{ "`x`", "<i title=\"`x`\"></i>" },
	};
	struct arena *a = arena_new(0);

	(void)state;
	for (size_t i = 0; i < N(facts); i++) {
		struct html *h = html_new(a);

		html_begin(h, "i");
		html_attr(h, "title", facts[i].value);
		html_end(h, "i");
		assert_string_equal(finish(h), facts[i].html);
	}
	arena_free(a);
}

static void
elements_nest_and_void_ones_end_themselves(void **state)
{
	struct arena *a = arena_new(0);
	struct html *h = html_new(a);

	(void)state;
	html_doctype(h);
	html_begin(h, "form");
	html_url(h, "action", "/a");
	html_begin(h, "input");
	html_flag(h, "checked", true);
	html_flag(h, "disabled", false);
	html_attrf(h, "rows", "%d", 5);
	html_begin(h, "br");
	html_begin(h, "b");
	html_class(h, "x", NULL, "y");
	html_textf(h, "%s<%d", "&", 1);
	html_end(h, "b");
	html_element(h, "i", NULL, "t");
	html_element(h, "i", "c", NULL);
	html_end(h, "form");
	assert_string_equal(finish(h), "<!DOCTYPE html>\n"
	    "<form action=\"/a\"><input checked rows=\"5\"><br>"
	    "<b class=\"x y\">&amp;&lt;1</b><i>t</i><i class=\"c\"></i>"
	    "</form>");
	arena_free(a);
}

/* A parser drops a line end right after these start tags (HTML 13.2.6). */
static void
first_line_end_of_a_textarea_is_kept(void **state)
{
	static const struct {
		const char	*element;
		const char	*text;
		const char	*html;
	} facts[] = {
		{ "textarea", "\na", "<textarea>\n\na</textarea>" },
		{ "textarea", "a\n", "<textarea>a\n</textarea>" },
		{ "textarea", "\r\na", "<textarea>&#13;\na</textarea>" },
		{ "pre", "\n", "<pre>\n\n</pre>" },
		{ "p", "\na", "<p>\na</p>" },
	};
	struct arena *a = arena_new(0);

	(void)state;
	for (size_t i = 0; i < N(facts); i++) {
		struct html *h = html_new(a);

		html_element(h, facts[i].element, NULL, facts[i].text);
		assert_string_equal(finish(h), facts[i].html);
	}
	arena_free(a);
}

static void
lines_become_breaks(void **state)
{
	static const struct {
		const char	*text;
		const char	*html;
	} facts[] = {
		{ "a", "<p>a</p>" },
		{ "a\nb", "<p>a<br>b</p>" },
		{ "a\r\nb\rc", "<p>a<br>b<br>c</p>" },
		{ "a\n\nb\n", "<p>a<br><br>b<br></p>" },
		{ "<\n>", "<p>&lt;<br>&gt;</p>" },
		{ "", "<p></p>" },
		{ NULL, "<p></p>" },
	};
	struct arena *a = arena_new(0);

	(void)state;
	for (size_t i = 0; i < N(facts); i++) {
		struct html *h = html_new(a);

		html_begin(h, "p");
		html_lines(h, facts[i].text);
		html_end(h, "p");
		assert_string_equal(finish(h), facts[i].html);
	}
	arena_free(a);
}

static void
only_safe_addresses_are_written(void **state)
{
	static const struct {
		const char	*url;
		bool		 safe;
	} facts[] = {
		{ "/vehicles/1", true },
		{ "/search?q=a&b=c", true },
		{ "?page=2", true },
		{ "#main-content", true },
		{ "renew", true },
		{ "./a:b", true },
		{ "/a:b", true },
		{ "?to=javascript:x", true },
		{ "https://example.org/", true },
		{ "HTTPS://example.org/", true },
		{ "mailto:desk@example.org", true },
		{ "/caf\xC3\xA9", true },
		{ NULL, false },
		{ "", false },
		{ "javascript:alert(1)", false },
		{ "JavaScript:alert(1)", false },
		{ " javascript:alert(1)", false },
		{ "\tjavascript:alert(1)", false },
		{ "java\nscript:alert(1)", false },
		{ "java\tscript:alert(1)", false },
		{ "\x01javascript:alert(1)", false },
		{ "data:text/html,x", false },
		{ "vbscript:x", false },
		{ "blob:x", false },
		{ "file:///etc/passwd", false },
		{ "http://example.org/", false },
		{ "https:example.org", false },
		{ "ftp://example.org/", false },
		{ "//example.org/", false },
		{ "/\\example.org/", false },
		{ "\\\\example.org", false },
		{ "/a b", false },
		{ "/a\x7F", false },
		{ "/a\xC2\x85", false },
		{ "a:b", false },
		{ ":", false },
	};
	struct arena *a = arena_new(0);

	(void)state;
	for (size_t i = 0; i < N(facts); i++) {
		struct html *h = html_new(a);

		html_begin(h, "a");
		html_url(h, "href", facts[i].url);
		html_end(h, "a");
		if (html_url_safe(facts[i].url) != facts[i].safe ||
		    (strstr(finish(h), "href") != NULL) != facts[i].safe)
			fail_msg("address %zu: %s", i, facts[i].url != NULL ?
			    facts[i].url : "(none)");
	}
	arena_free(a);
}

/* ---- faults of the code */

static void
end_of_another(struct html *h)
{
	html_begin(h, "p");
	html_end(h, "div");
}

static void
end_without_begin(struct html *h)
{
	html_end(h, "p");
}

static void
end_of_void(struct html *h)
{
	html_begin(h, "p");
	html_begin(h, "br");
	html_end(h, "br");
}

static void
left_open(struct html *h)
{
	html_begin(h, "p");
	html_finish(h);
}

static void
attribute_after_text(struct html *h)
{
	html_begin(h, "p");
	html_text(h, "x");
	html_attr(h, "id", "x");
}

static void
attribute_after_end(struct html *h)
{
	html_element(h, "p", NULL, "x");
	html_attr(h, "id", "x");
}

static void
address_as_attribute(struct html *h)
{
	html_begin(h, "a");
	html_attr(h, "href", "/");
}

static void
unknown_address(struct html *h)
{
	html_begin(h, "button");
	html_url(h, "formaction", "/");
}

static void
handler_attribute(struct html *h)
{
	html_begin(h, "p");
	html_attr(h, "onclick", "x");
}

static void
style_attribute(struct html *h)
{
	html_begin(h, "p");
	html_attr(h, "style", "x");
}

static void
attribute_with_blank(struct html *h)
{
	html_begin(h, "p");
	html_attr(h, "a b", "x");
}

static void
script_element(struct html *h)
{
	html_begin(h, "script");
}

static void
style_element(struct html *h)
{
	html_begin(h, "style");
}

static void
element_with_bracket(struct html *h)
{
	html_begin(h, "p>");
}

static void
text_outside(struct html *h)
{
	html_text(h, "x");
}

static void
late_doctype(struct html *h)
{
	html_element(h, "p", NULL, "x");
	html_doctype(h);
}

static void
too_deep(struct html *h)
{
	for (int i = 0; i < 1000; i++)
		html_begin(h, "div");
}

static int
status_of(void (*fault)(struct html *))
{
	pid_t child = fork();
	int status = 0;

	if (child == 0) {
		struct arena *a = arena_new(0);

		fclose(stderr);
		signal(SIGABRT, SIG_DFL);
		fault(html_new(a));
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return status;
}

static void
faults_of_the_code_end_the_program(void **state)
{
	static const struct {
		const char	*name;
		void		(*fault)(struct html *);
	} facts[] = {
		{ "end of another", end_of_another },
		{ "end without begin", end_without_begin },
		{ "end of a void element", end_of_void },
		{ "left open", left_open },
		{ "attribute after text", attribute_after_text },
		{ "attribute after end", attribute_after_end },
		{ "address as attribute", address_as_attribute },
		{ "unknown address", unknown_address },
		{ "handler attribute", handler_attribute },
		{ "style attribute", style_attribute },
		{ "attribute with blank", attribute_with_blank },
		{ "script element", script_element },
		{ "style element", style_element },
		{ "element with bracket", element_with_bracket },
		{ "text outside", text_outside },
		{ "late document type", late_doctype },
		{ "too deep", too_deep },
	};

	(void)state;
	for (size_t i = 0; i < N(facts); i++) {
		int status = status_of(facts[i].fault);

		if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGABRT)
			fail_msg("%s: status %d", facts[i].name, status);
	}
}

/* ---- hostile text through a parser that is not ours */

/* What a page can hold of it: controls and noncharacters are U+FFFD. */
static const char *
expected(struct arena *a, const char *s)
{
	struct buf b = buf_new(a, 0);

	while (*s != '\0') {
		const char *from = s;
		uint32_t c = str_next(&s);
		bool control = (c < 0x20 && c != '\t' && c != '\n' &&
		    c != '\r') || (c >= 0x7F && c <= 0x9F);
		bool noncharacter = (c & 0xFFFE) == 0xFFFE ||
		    (c >= 0xFDD0 && c <= 0xFDEF);

		if (control || noncharacter)
			buf_puts(&b, "\uFFFD");
		else
			buf_put(&b, from, (size_t)(s - from));
	}
	return buf_text(&b);
}

static xmlNode *
element(xmlNode *node, const char *name)
{
	for (; node != NULL; node = node->next) {
		xmlNode *found;

		if (node->type == XML_ELEMENT_NODE &&
		    strcmp((const char *)node->name, name) == 0)
			return node;
		found = element(node->children, name);
		if (found != NULL)
			return found;
	}
	return NULL;
}

static void
check_round_trip(const char *s)
{
	struct arena *a = arena_new(0);
	struct html *h = html_new(a);
	const char *want = expected(a, s);
	struct bytes page;
	xmlChar *text, *title;
	htmlDocPtr doc;
	xmlNode *p;

	html_begin(h, "div");
	html_begin(h, "p");
	html_attr(h, "title", s);
	html_text(h, s);
	html_end(h, "p");
	html_end(h, "div");
	page = html_finish(h);
	doc = htmlReadMemory((const char *)page.p, (int)page.n, NULL, "UTF-8",
	    HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET);
	assert_non_null(doc);
	p = element(xmlDocGetRootElement(doc), "p");
	assert_non_null(p);
	for (xmlNode *c = p->children; c != NULL; c = c->next)
		assert_int_equal(c->type, XML_TEXT_NODE);
	text = xmlNodeGetContent(p);
	title = xmlGetProp(p, (const xmlChar *)"title");
	assert_string_equal((const char *)text, want);
	assert_string_equal((const char *)title, want);
	assert_null(p->next);
	xmlFree(text);
	xmlFree(title);
	xmlFreeDoc(doc);
	arena_free(a);
}

static void
naughty_strings_come_out_as_they_went_in(void **state)
{
	json_t *strings = vectors_load("naughty-strings/blns.json"), *s;
	size_t i, checked = 0;

	(void)state;
	json_array_foreach(strings, i, s) {
		if (!str_utf8(bytes(json_string_value(s),
		    json_string_length(s))))
			continue;
		check_round_trip(json_string_value(s));
		checked++;
	}
	assert_true(checked > 500);
	vectors_free(strings);
}

static void
every_ascii_character_comes_out_as_it_went_in(void **state)
{
	(void)state;
	for (int c = 1; c < 128; c++) {
		char s[] = { 'a', (char)c, 'z', '\0' };

		check_round_trip(s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_escaped),
		cmocka_unit_test(values_are_escaped_and_quoted),
		cmocka_unit_test(elements_nest_and_void_ones_end_themselves),
		cmocka_unit_test(first_line_end_of_a_textarea_is_kept),
		cmocka_unit_test(lines_become_breaks),
		cmocka_unit_test(only_safe_addresses_are_written),
		cmocka_unit_test(faults_of_the_code_end_the_program),
		cmocka_unit_test(naughty_strings_come_out_as_they_went_in),
		cmocka_unit_test(
		    every_ascii_character_comes_out_as_it_went_in),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

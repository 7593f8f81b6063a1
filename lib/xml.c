/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Documents: parsing within limits, looking, changing, writing canonically
 * and validating. With xml_path.c (expressions) the only caller of libxml2.
 * No entity is ever declared, so none is ever expanded, and no name in a
 * document is ever followed to a file or the network.
 */
#include "lib/xml.h"

#include <libxml/c14n.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/relaxng.h>
#include <libxml/uri.h>
#include <libxml/xmlIO.h>

#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

#include "lib/arena.h"
#include "lib/err.h"
#include "lib/log.h"
#include "lib/str.h"
#include "lib/xml_tree.h"

struct xml_grammar {
	xmlRelaxNG	*schema;
};

void
xml_tree_no_memory(void)
{
	log_event(LOG_ALARM, "out-of-memory", "why", "libxml2 got none", NULL);
	_exit(EX_SOFTWARE);
}

const char *
xml_tree_reason(const xmlError *error, char *out, size_t n)
{
	size_t length;

	if (error == NULL || error->message == NULL) {
		snprintf(out, n, "not well-formed");
		return out;
	}
	snprintf(out, n, "%s", error->message);
	for (length = strlen(out); length > 0; length--)
		if (out[length - 1] != '\n' && out[length - 1] != ' ')
			break;
	out[length] = '\0';
	return out;
}

const char *
xml_tree_take(struct arena *a, xmlChar *s)
{
	const char *copy;

	if (s == NULL)
		xml_tree_no_memory();
	copy = arena_strdup(a, (const char *)s);
	xmlFree(s);
	return copy;
}

static xmlParserInput *
load_nothing(const char *url, const char *id, xmlParserCtxt *parser)
{
	(void)url;
	(void)id;
	(void)parser;
	return NULL;
}

/* Every error is asked for where it may happen; none goes to stderr, by
 * either of libxml2's two ways. */
static void
say_nothing_at_all(void *arg, const char *fmt, ...)
{
	(void)arg;
	(void)fmt;
}

static void
say_nothing(void *arg, xmlError *error)
{
	(void)arg;
	(void)error;
}

void
xml_init(void)
{
	xmlInitParser();
	xmlCleanupInputCallbacks();
	xmlSetExternalEntityLoader(load_nothing);
	xmlSetStructuredErrorFunc(NULL, say_nothing);
	xmlSetGenericErrorFunc(NULL, say_nothing_at_all);
}

/* ---- parsing ---- */

/* Why we, not libxml2, stopped; kept behind the parser's _private. */
struct refusal {
	const char	*why;
	int		 line;
};

static void
refuse(xmlParserCtxt *parser, const char *why)
{
	struct refusal *refusal = parser->_private;

	if (refusal->why == NULL) {
		refusal->why = why;
		refusal->line = parser->input != NULL ? parser->input->line : 0;
	}
	xmlStopParser(parser);
}

static void
on_doctype(void *arg, const xmlChar *name, const xmlChar *id,
    const xmlChar *url)
{
	(void)name;
	(void)id;
	(void)url;
	refuse(arg, "a document type declaration is not allowed");
}

/* Canonical XML 1.0 (section 1.3) has no form for relative ones. */
static bool
is_absolute(const xmlChar *uri)
{
	xmlURI *parsed = xmlParseURI((const char *)uri);
	bool absolute = parsed != NULL && parsed->scheme != NULL;

	xmlFreeURI(parsed);
	return absolute;
}

static void
on_element(void *arg, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *uri, int n_namespaces, const xmlChar **namespaces,
    int n_attributes, int n_standard, const xmlChar **attributes)
{
	xmlParserCtxt *parser = arg;

	if (parser->nodeNr >= XML_DEPTH) {
		refuse(parser, "elements are nested too deep");
		return;
	}
	for (int i = 0; i < n_namespaces; i++) {
		const xmlChar *declared = namespaces[2 * i + 1];

		if (declared != NULL && *declared != '\0' &&
		    !is_absolute(declared)) {
			refuse(parser, "a namespace is not an absolute URI");
			return;
		}
	}
	xmlSAX2StartElementNs(parser, name, prefix, uri, n_namespaces,
	    namespaces, n_attributes, n_standard, attributes);
}

static bool
parse_fault(xmlParserCtxt *parser, const struct refusal *refusal,
    struct err *e)
{
	const xmlError *error = xmlCtxtGetLastError(parser);
	char reason[160];

	if (refusal->why != NULL)
		return err_set(e, ERR_INPUT, "line %d: %s", refusal->line,
		    refusal->why);
	return err_set(e, ERR_INPUT, "line %d: %s",
	    error != NULL ? error->line : 1,
	    xml_tree_reason(error, reason, sizeof reason));
}

bool
xml_parse(struct bytes text, struct xml **out, struct err *e)
{
	struct refusal refusal = { 0 };
	xmlParserCtxt *parser;
	xmlDoc *doc;
	bool good;

	if (text.n == 0)
		return err_set(e, ERR_INPUT, "the document is empty");
	if (text.n > XML_LIMIT)
		return err_set(e, ERR_INPUT, "larger than %d bytes", XML_LIMIT);
	if (!str_utf8(text))
		return err_set(e, ERR_INPUT, "not UTF-8");
	parser = xmlNewParserCtxt();
	if (parser == NULL)
		xml_tree_no_memory();
	parser->_private = &refusal;
	parser->sax->internalSubset = on_doctype;
	parser->sax->startElementNs = on_element;
	doc = xmlCtxtReadMemory(parser, (const char *)text.p, (int)text.n,
	    NULL, "UTF-8", XML_PARSE_NONET | XML_PARSE_NOERROR |
	    XML_PARSE_NOWARNING | XML_PARSE_NOCDATA | XML_PARSE_BIG_LINES);
	good = doc != NULL && parser->wellFormed && parser->nsWellFormed &&
	    refusal.why == NULL;
	if (!good) {
		parse_fault(parser, &refusal, e);
		xmlFreeDoc(doc);
	}
	xmlFreeParserCtxt(parser);
	if (good)
		*out = (struct xml *)doc;
	return good;
}

struct xml *
xml_new(const char *root)
{
	xmlDoc *doc = xmlNewDoc(xml_tree_in("1.0"));
	xmlNode *node = xmlNewDocNode(doc, NULL, xml_tree_in(root), NULL);

	if (doc == NULL || node == NULL)
		xml_tree_no_memory();
	xmlDocSetRootElement(doc, node);
	return (struct xml *)doc;
}

void
xml_free(struct xml *x)
{
	xmlFreeDoc(xml_tree_doc(x));
}

/* ---- looking ---- */

struct xml_node *
xml_root(const struct xml *x)
{
	return (struct xml_node *)xmlDocGetRootElement(xml_tree_doc(x));
}

static struct xml_node *
element_from(xmlNode *n)
{
	while (n != NULL && n->type != XML_ELEMENT_NODE)
		n = n->next;
	return (struct xml_node *)n;
}

struct xml_node *
xml_first(const struct xml_node *n)
{
	return element_from(xml_tree_node(n)->children);
}

struct xml_node *
xml_next(const struct xml_node *n)
{
	return element_from(xml_tree_node(n)->next);
}

struct xml_node *
xml_child(const struct xml_node *n, const char *name)
{
	struct xml_node *child = xml_first(n);

	while (child != NULL && !str_equal(xml_name(child), name))
		child = xml_next(child);
	return child;
}

const char *
xml_name(const struct xml_node *n)
{
	return (const char *)xml_tree_node(n)->name;
}

int
xml_line(const struct xml_node *n)
{
	return (int)xmlGetLineNo(xml_tree_node(n));
}

const char *
xml_attribute(struct arena *a, const struct xml_node *n, const char *name)
{
	if (!xmlHasNsProp(xml_tree_node(n), xml_tree_in(name), NULL))
		return NULL;
	return xml_tree_take(a, xmlGetNoNsProp(xml_tree_node(n),
	    xml_tree_in(name)));
}

const char *
xml_text(struct arena *a, const struct xml_node *n)
{
	return xml_tree_take(a, xmlNodeGetContent(xml_tree_node(n)));
}

/* ---- changing ---- */

struct xml_node *
xml_add(struct xml_node *parent, const char *name)
{
	xmlNode *n = xmlNewChild(xml_tree_node(parent), NULL,
	    xml_tree_in(name), NULL);

	if (n == NULL)
		xml_tree_no_memory();
	return (struct xml_node *)n;
}

/* XML 1.0, production 2, of what is valid UTF-8. */
static bool
is_xml_char(uint32_t c)
{
	if (c < 0x20)
		return c == '\t' || c == '\n' || c == '\r';
	return c != 0xFFFE && c != 0xFFFF;
}

static bool
is_xml_text(const char *s)
{
	uint32_t c;

	while ((c = str_next(&s)) != 0)
		if (!is_xml_char(c))
			return false;
	return true;
}

/* What XML has no way to write becomes U+FFFD, so that whatever is written
 * can be read again. */
static xmlNode *
mended_text(const char *s)
{
	xmlBuffer *mended = xmlBufferCreate();
	const char *from = s;
	uint32_t c;
	xmlNode *n;

	while ((c = str_next(&s)) != 0) {
		if (is_xml_char(c))
			xmlBufferAdd(mended, xml_tree_in(from),
			    (int)(s - from));
		else
			xmlBufferCat(mended, xml_tree_in("\xEF\xBF\xBD"));
		from = s;
	}
	n = xmlNewText(xmlBufferContent(mended));
	xmlBufferFree(mended);
	return n;
}

static void
empty(xmlNode *n)
{
	xmlFreeNodeList(n->children);
	n->children = NULL;
	n->last = NULL;
}

void
xml_set_text(struct xml_node *n, const char *s)
{
	xmlNode *text;

	empty(xml_tree_node(n));
	if (str_empty(s))
		return;
	text = is_xml_text(s) ? xmlNewText(xml_tree_in(s)) : mended_text(s);
	if (text == NULL || xmlAddChild(xml_tree_node(n), text) == NULL)
		xml_tree_no_memory();
}

void
xml_set_attribute(struct xml_node *n, const char *name, const char *value)
{
	if (xmlSetProp(xml_tree_node(n), xml_tree_in(name),
	    xml_tree_in(value)) == NULL)
		xml_tree_no_memory();
}

void
xml_remove(struct xml_node *n)
{
	xmlUnlinkNode(xml_tree_node(n));
	xmlFreeNode(xml_tree_node(n));
}

struct bytes
xml_canonical(struct arena *a, const struct xml *x)
{
	xmlChar *text = NULL;
	struct bytes copy;
	int n;

	n = xmlC14NDocDumpMemory(xml_tree_doc(x), NULL, XML_C14N_1_0, NULL, 0,
	    &text);
	if (n < 0)
		xml_tree_no_memory();
	copy = arena_dup(a, bytes(text, (size_t)n));
	xmlFree(text);
	return copy;
}

/* ---- validating ---- */

enum {
	FAULTS_LIMIT = 500	/* nobody reads on */
};

struct fault_list {
	struct arena	 *arena;
	struct xml_fault *first;
	size_t		  n;
};

/* libxml2 reports children before parents: put each at its line. */
static void
on_fault(void *arg, xmlError *error)
{
	struct fault_list *list = arg;
	struct xml_fault *fault = arena_alloc(list->arena, sizeof *fault);
	struct xml_fault **at = &list->first;
	char reason[300];

	if (++list->n > FAULTS_LIMIT)
		return;
	fault->line = error->line;
	fault->text = arena_strdup(list->arena,
	    xml_tree_reason(error, reason, sizeof reason));
	while (*at != NULL && (*at)->line <= fault->line)
		at = &(*at)->next;
	fault->next = *at;
	*at = fault;
}

bool
xml_grammar_load(struct bytes text, struct xml_grammar **out, struct err *e)
{
	struct fault_list faults = { 0 };
	xmlRelaxNGParserCtxt *parser;
	struct xml_grammar *grammar;
	xmlRelaxNG *schema;

	if (text.n == 0 || text.n > XML_LIMIT)
		return err_set(e, ERR_SYSTEM, "a grammar of %zu bytes", text.n);
	parser = xmlRelaxNGNewMemParserCtxt((const char *)text.p, (int)text.n);
	if (parser == NULL)
		xml_tree_no_memory();
	faults.arena = arena_new(0);
	xmlRelaxNGSetParserStructuredErrors(parser, on_fault, &faults);
	schema = xmlRelaxNGParse(parser);
	xmlRelaxNGFreeParserCtxt(parser);
	if (schema == NULL)
		err_set(e, ERR_SYSTEM, "grammar, line %d: %.200s",
		    faults.first != NULL ? faults.first->line : 0,
		    faults.first != NULL ? faults.first->text : "not readable");
	arena_free(faults.arena);
	if (schema == NULL)
		return false;
	grammar = calloc(1, sizeof *grammar);
	if (grammar == NULL)
		xml_tree_no_memory();
	grammar->schema = schema;
	*out = grammar;
	return true;
}

void
xml_grammar_free(struct xml_grammar *g)
{
	if (g == NULL)
		return;
	xmlRelaxNGFree(g->schema);
	free(g);
}

struct xml_fault *
xml_validate(struct arena *a, struct xml_grammar *g, const struct xml *x)
{
	struct fault_list faults = { .arena = a };
	xmlRelaxNGValidCtxt *valid = xmlRelaxNGNewValidCtxt(g->schema);
	int result;

	if (valid == NULL)
		xml_tree_no_memory();
	xmlRelaxNGSetValidStructuredErrors(valid, on_fault, &faults);
	result = xmlRelaxNGValidateDoc(valid, xml_tree_doc(x));
	xmlRelaxNGFreeValidCtxt(valid);
	if (result != 0 && faults.first == NULL) {
		faults.first = arena_alloc(a, sizeof *faults.first);
		faults.first->text = "does not follow the grammar";
	}
	return faults.first;
}

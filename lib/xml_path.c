/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Expressions: XPath 1.0 compiled and run by libxml2, with the functions of
 * xml_function.c and a limit on steps. Doubles carry numbers, so nothing of
 * 2^53 and beyond is let in or out.
 */
#include "lib/xml.h"

#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#include <math.h>

#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/xml_function.h"
#include "lib/xml_tree.h"

enum {
	EXPRESSION_LIMIT = 4096,	/* bytes */
	STEP_LIMIT = 200000
};

/* One for all evaluations: to make one, libxml2 fills a table with some
 * thirty functions, and a page evaluates a hundred expressions. */
static xmlXPathContext *shared;

bool
xml_compile(const char *s, struct xml_expression **out, struct err *e)
{
	xmlXPathContext *context;
	xmlXPathCompExpr *compiled;
	char reason[120];

	if (strlen(s) > EXPRESSION_LIMIT)
		return err_set(e, ERR_INPUT, "the expression is too long");
	context = xmlXPathNewContext(NULL);
	if (context == NULL)
		xml_tree_no_memory();
	xmlResetLastError();
	compiled = xmlXPathCtxtCompile(context, xml_tree_in(s));
	if (compiled == NULL)
		err_set(e, ERR_INPUT, "%s, at character %d of the expression",
		    xml_tree_reason(xmlGetLastError(), reason, sizeof reason),
		    context->lastError.int1 + 1);
	xmlXPathFreeContext(context);
	if (compiled == NULL)
		return false;
	*out = (struct xml_expression *)compiled;
	return true;
}

void
xml_expression_free(struct xml_expression *x)
{
	if (x != NULL)
		xmlXPathFreeCompExpr((xmlXPathCompExpr *)x);
}

static xmlXPathCompExpr *
compiled_of(const struct xml_expression *x)
{
	union {
		const struct xml_expression *ours;
		xmlXPathCompExpr *theirs;
	} u = { .ours = x };

	return u.theirs;
}

static bool
run_fault(const xmlXPathContext *context, const struct xml_function_run *run,
    struct err *e)
{
	char reason[120];

	if (run->why[0] != '\0')
		return err_set(e, ERR_INPUT, "%s", run->why);
	if (context->lastError.code ==
	    XML_XPATH_EXPRESSION_OK + XPATH_OP_LIMIT_EXCEEDED)
		return err_set(e, ERR_INPUT,
		    "the expression takes too many steps");
	return err_set(e, ERR_INPUT, "%s",
	    xml_tree_reason(xmlGetLastError(), reason, sizeof reason));
}

static xmlXPathContext *
context_at(xmlNode *at, struct xml_function_run *run)
{
	if (shared == NULL) {
		shared = xmlXPathNewContext(NULL);
		if (shared == NULL)
			xml_tree_no_memory();
		shared->opLimit = STEP_LIMIT;
		xmlXPathRegisterFuncLookup(shared, xml_function_find, NULL);
		xmlXPathContextSetCache(shared, 1, -1, 0);
	}
	shared->doc = at->doc;
	shared->node = at;
	shared->userData = run;
	shared->opCount = 0;
	xmlResetError(&shared->lastError);
	return shared;
}

/* The result, to be freed by xmlXPathFreeObject(); NULL with e filled. */
static xmlXPathObject *
evaluate(const struct xml_expression *x, struct xml_node *node,
    const struct xml_world *world, struct err *e)
{
	struct xml_function_run run = { .world = world };
	xmlXPathContext *context = context_at(xml_tree_node(node), &run);
	xmlXPathObject *result;

	xmlResetLastError();
	result = xmlXPathCompiledEval(compiled_of(x), context);
	if (result == NULL)
		run_fault(context, &run, e);
	return result;
}

bool
xml_is_true(const struct xml_expression *x, struct xml_node *node,
    const struct xml_world *world, bool *out, struct err *e)
{
	xmlXPathObject *result = evaluate(x, node, world, e);

	if (result == NULL)
		return false;
	*out = xmlXPathCastToBoolean(result);
	xmlXPathFreeObject(result);
	return true;
}

static bool
whole_result(double value, int64_t *out, struct err *e)
{
	if (isnan(value))
		return err_set(e, ERR_INPUT, "the result is not a number");
	if (isinf(value))
		return err_set(e, ERR_INPUT, "the result is infinite");
	if (xml_function_whole(value, out) == XML_FUNCTION_WHOLE)
		return true;
	if (fabs(value) >= (double)XML_FUNCTION_LIMIT)
		return err_set(e, ERR_INPUT, "the result is 2^53 or more");
	return err_set(e, ERR_INPUT, "the result is not a whole number");
}

bool
xml_number(const struct xml_expression *x, struct xml_node *node,
    const struct xml_world *world, int64_t *out, struct err *e)
{
	xmlXPathObject *result = evaluate(x, node, world, e);
	bool good;

	if (result == NULL)
		return false;
	good = whole_result(xmlXPathCastToNumber(result), out, e);
	xmlXPathFreeObject(result);
	return good;
}

bool
xml_string(struct arena *a, const struct xml_expression *x,
    struct xml_node *node, const struct xml_world *world, const char **out,
    struct err *e)
{
	xmlXPathObject *result = evaluate(x, node, world, e);
	int64_t number;
	bool good = true;

	if (result == NULL)
		return false;
	if (result->type == XPATH_NUMBER) {
		good = whole_result(result->floatval, &number, e);
		if (good)
			*out = arena_printf(a, "%lld", (long long)number);
	} else {
		*out = xml_tree_take(a, xmlXPathCastToString(result));
	}
	xmlXPathFreeObject(result);
	return good;
}

static struct xml_node **
elements_of(struct arena *a, xmlNodeSet *nodes)
{
	int n = xmlXPathNodeSetGetLength(nodes);
	struct xml_node **list = arena_array(a, (size_t)n + 1, sizeof *list);
	size_t kept = 0;

	if (n > 0)
		xmlXPathNodeSetSort(nodes);
	for (int i = 0; i < n; i++)
		if (nodes->nodeTab[i]->type == XML_ELEMENT_NODE)
			list[kept++] = (struct xml_node *)nodes->nodeTab[i];
	return list;
}

bool
xml_select(struct arena *a, const struct xml_expression *x,
    struct xml_node *node, const struct xml_world *world,
    struct xml_node ***out, struct err *e)
{
	xmlXPathObject *result = evaluate(x, node, world, e);
	bool good;

	if (result == NULL)
		return false;
	good = result->type == XPATH_NODESET;
	if (good)
		*out = elements_of(a, result->nodesetval);
	else
		err_set(e, ERR_INPUT, "the result is a value, not elements");
	xmlXPathFreeObject(result);
	return good;
}

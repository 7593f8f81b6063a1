/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Between xml_path.c and xml_function.c only: the functions that expressions
 * see beside XPath 1.0's own, and what one evaluation knows.
 */
#ifndef LIB_XML_FUNCTION_H
#define LIB_XML_FUNCTION_H

#include <libxml/xpath.h>

#include <stdint.h>

struct xml_world;

#define XML_FUNCTION_LIMIT	(INT64_C(1) << 53)

/* The userData of the XPath context. */
struct xml_function_run {
	const struct xml_world	*world;
	char			 why[120];	/* "" while nothing failed */
};

enum xml_function_whole {
	XML_FUNCTION_WHOLE,
	XML_FUNCTION_ABSENT,	/* not a number: nothing was there to read */
	XML_FUNCTION_BROKEN	/* a fraction, infinite, or 2^53 and more */
};

/* out is filled for XML_FUNCTION_WHOLE only. */
enum xml_function_whole	xml_function_whole(double, int64_t *out);

/* An xmlXPathFuncLookupFunc. */
xmlXPathFunction	xml_function_find(void *, const xmlChar *name,
			    const xmlChar *namespace);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Between xml.c and xml_path.c only: what our types are in libxml2's terms.
 * A struct xml is its xmlDoc, a struct xml_node its xmlNode; neither is ever
 * looked into under our name.
 */
#ifndef LIB_XML_TREE_H
#define LIB_XML_TREE_H

#include <libxml/tree.h>
#include <libxml/xmlerror.h>

struct arena;
struct xml;
struct xml_node;

/* libxml2 takes its trees without const even to look at them. */
static inline xmlDoc *
xml_tree_doc(const struct xml *x)
{
	union { const struct xml *ours; xmlDoc *theirs; } u = { .ours = x };

	return u.theirs;
}

static inline xmlNode *
xml_tree_node(const struct xml_node *n)
{
	union { const struct xml_node *ours; xmlNode *theirs; } u = {
		.ours = n
	};

	return u.theirs;
}

static inline const xmlChar *
xml_tree_in(const char *s)
{
	return (const xmlChar *)s;
}

/* libxml2's reason without its line end; a standard text if it has none. */
const char	*xml_tree_reason(const xmlError *, char *out, size_t n);

/* A string of libxml2's, copied into the arena and freed; NULL ends the
 * program: libxml2 had no memory. */
const char	*xml_tree_take(struct arena *, xmlChar *);

/* libxml2 had no memory; there is no sensible way on. */
_Noreturn void	 xml_tree_no_memory(void);

#endif

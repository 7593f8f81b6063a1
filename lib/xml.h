/* SPDX-License-Identifier: Apache-2.0 */
/*
 * XML, and libxml2's only door: parsed from memory, without DTD, entity or
 * network, within limits; looked at through XPath 1.0 with the functions that
 * XPath 1.0 gets wrong by itself; written canonically.
 *
 * A document lives outside arenas: its maker owes it xml_free().
 */
#ifndef LIB_XML_H
#define LIB_XML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/bytes.h"
#include "lib/clock.h"

struct arena;
struct err;
struct xml;		/* a document */
struct xml_node;	/* an element of one; never freed by itself */
struct xml_grammar;	/* a RELAX NG grammar, for any number of documents */

enum {
	XML_LIMIT = 1024 * 1024,	/* bytes of a document */
	XML_DEPTH = 64
};

/* Once a process, before the sandbox: no file or network access after. */
void	xml_init(void);

/* ERR_INPUT with line and libxml2's reason in plain words. A document type
 * declaration is refused whatever it says. */
bool	xml_parse(struct bytes, struct xml **, struct err *e);
struct xml	*xml_new(const char *root);
void		 xml_free(struct xml *);

struct xml_node	*xml_root(const struct xml *);
struct xml_node	*xml_first(const struct xml_node *);	/* child element */
struct xml_node	*xml_next(const struct xml_node *);	/* sibling element */
struct xml_node	*xml_child(const struct xml_node *, const char *name);
const char	*xml_name(const struct xml_node *);
int		 xml_line(const struct xml_node *);
/* NULL if there is no such attribute. In the arena. */
const char	*xml_attribute(struct arena *, const struct xml_node *,
		    const char *name);
/* All text below, as it stands. In the arena; "" if none. */
const char	*xml_text(struct arena *, const struct xml_node *);

struct xml_node	*xml_add(struct xml_node *parent, const char *name);
void		 xml_set_text(struct xml_node *, const char *);
void		 xml_set_attribute(struct xml_node *, const char *name,
		    const char *value);
void		 xml_remove(struct xml_node *);

/* Canonical XML 1.0 without comments: one document has one form. */
struct bytes	 xml_canonical(struct arena *, const struct xml *);

/* The grammar's text is ours; a fault in it is ERR_SYSTEM. */
bool	xml_grammar_load(struct bytes, struct xml_grammar **, struct err *e);
void	xml_grammar_free(struct xml_grammar *);

/* One fault of many: where, and what. */
struct xml_fault {
	int		 line;
	const char	*text;
	struct xml_fault *next;
};

/* All faults, in the order of their lines; NULL if the document conforms. */
struct xml_fault	*xml_validate(struct arena *, struct xml_grammar *,
			    const struct xml *);

/*
 * Expressions. Beside XPath 1.0's own functions an expression sees
 *	today()			the civil date, YYYY-MM-DD
 *	day(date)		days since 1970-01-01, or NaN
 *	year(date)		its calendar year, or NaN
 *	age(date, date)		completed years
 *	sum0(nodes)		sum of whole numbers; 0 for none
 *	muldiv(a, b, c, rounding)  a*b/c on 64-bit integers; rounding is
 *				"down", "up", "half-up" or "half-even"
 *	param(name, date)	a dated parameter
 *	check(kind, text)	does the text have this form? kinds are the
 *				caller's ("vin", "plate", "cpf")
 * A number result must be finite and whole below 2^53 in magnitude.
 */
struct xml_world {
	date	today;
	/* both may be NULL; then the function is an error */
	bool	(*param)(void *arg, const char *name, date on, int64_t *value);
	bool	(*check)(void *arg, const char *kind, const char *text);
	void	*arg;
};

struct xml_expression;	/* compiled; may be kept and shared by documents */

/* ERR_INPUT with what is wrong and where. In plain words. */
bool	xml_compile(const char *, struct xml_expression **, struct err *e);
void	xml_expression_free(struct xml_expression *);

/* Relative to the node. ERR_INPUT: not finite, not whole, an unknown
 * function, too many steps. */
bool	xml_is_true(const struct xml_expression *, struct xml_node *,
	    const struct xml_world *, bool *, struct err *e);
bool	xml_number(const struct xml_expression *, struct xml_node *,
	    const struct xml_world *, int64_t *, struct err *e);
bool	xml_string(struct arena *, const struct xml_expression *,
	    struct xml_node *, const struct xml_world *, const char **,
	    struct err *e);
/* The element nodes, in document order; NULL-terminated, in the arena. */
bool	xml_select(struct arena *, const struct xml_expression *,
	    struct xml_node *, const struct xml_world *, struct xml_node ***,
	    struct err *e);

#endif

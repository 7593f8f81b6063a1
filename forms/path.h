/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The language of expressions: a part of XPath 1.0 small enough to be
 * understood by whoever reads a form, taken apart into a tree. Items are
 * named as they are ("origin"), an entry's surroundings as "../origin",
 * entries as "child" or "child[age > 6]/income". There are no axes, no
 * attributes, no variables, no wildcards, no "//".
 *
 * Which names there are and what an expression means is scope.h's and
 * check_rule.h's; running it is lib/xml.h's.
 */
#ifndef FORMS_PATH_H
#define FORMS_PATH_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct err;

enum path_kind {
	PATH_NUMBER,	/* text: as written */
	PATH_TEXT,	/* text: without its quotes */
	PATH_CALL,	/* text: the function; first: its arguments */
	PATH_BINARY,	/* op; first and first->next: its sides */
	PATH_NEGATE,	/* first */
	PATH_STEPS	/* steps */
};

enum path_op {
	PATH_OR,
	PATH_AND,
	PATH_EQUAL,
	PATH_UNEQUAL,
	PATH_LESS,
	PATH_LESS_EQUAL,
	PATH_GREATER,
	PATH_GREATER_EQUAL,
	PATH_PLUS,
	PATH_MINUS,
	PATH_TIMES,
	PATH_DIV,
	PATH_MOD,
	PATH__MAX
};

struct path_step {
	const char	*name;		/* NULL: "..", the surroundings */
	const struct path *filter;	/* NULL: all of them */
	const struct path_step *next;
};

struct path {
	enum path_kind	 kind;
	enum path_op	 op;
	const char	*text;
	const struct path *first;
	const struct path *next;	/* beside it: an argument, a side */
	const struct path_step *steps;
	size_t		 at;		/* character, from 1 */
};

/* "or", "<=", … */
const char	*path_op_name(enum path_op);

/* ERR_INPUT: what is wrong, and at which character. */
bool	path_parse(struct arena *, const char *, const struct path **,
	    struct err *e);

#endif

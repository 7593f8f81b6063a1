/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the names in an expression stand for. Names are looked up where the
 * expression stands: among the form's items and repeats, or, inside a repeat,
 * among the items of one entry.
 */
#ifndef FORMS_SCOPE_H
#define FORMS_SCOPE_H

#include <stdbool.h>

struct definition;
struct definition_item;
struct definition_repeat;
struct path;

struct scope {
	const struct definition *definition;
	const struct definition_repeat *repeat;	/* NULL: the form itself */
};

enum scope_kind {
	SCOPE_NOTHING,	/* no such name; wrong tells which */
	SCOPE_FORM,
	SCOPE_ENTRIES,	/* of the repeat */
	SCOPE_ITEM,
	SCOPE_PART	/* of a composite item */
};

struct scope_place {
	enum scope_kind	 kind;
	const struct definition_repeat *repeat;
	const struct definition_item *item;
	const char	*wrong;
};

/* Where a PATH_STEPS leads. */
struct scope_place	scope_find(const struct scope *, const struct path *);

/*
 * Call visit for every PATH_STEPS of the expression, also those in filters,
 * with the place it leads to.
 */
void	scope_walk(const struct scope *, const struct path *,
	    void (*visit)(void *arg, const struct path *,
	    const struct scope_place *), void *arg);

/* The scope of the filters of these steps, up to and with this one. */
struct path_step;
struct scope	scope_filter(const struct scope *, const struct path *,
		    const struct path_step *);

#endif

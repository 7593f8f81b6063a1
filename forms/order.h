/* SPDX-License-Identifier: Apache-2.0 */
/*
 * In which order a form's items are worked out: what another item's
 * relevance or calculation reads comes before it. Where items read each other
 * in a circle there is no such order, and check.c says so.
 */
#ifndef FORMS_ORDER_H
#define FORMS_ORDER_H

#include <stddef.h>

struct arena;
struct definition;

struct order_cycle {
	int		 line;
	const char	*text;		/* "a, b, a" */
	struct order_cycle *next;
};

/* definition->n_items indexes. cycles may be NULL. */
const size_t	*order_items(struct arena *, const struct definition *,
		    struct order_cycle **cycles);

#endif

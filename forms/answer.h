/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading a form's answers: in words for pages and letters, as typed values
 * for services. Only what matters is seen: an answer to a question that is
 * not asked (any more) is no answer.
 *
 * entry: 0 for an item that stands alone, 1 to n within a repeat.
 */
#ifndef FORMS_ANSWER_H
#define FORMS_ANSWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/clock.h"

struct arena;
struct definition_item;
struct definition_page;
struct form;

/* One line of "check your answers". */
struct answer {
	const struct definition_page *page;
	const struct definition_item *item;
	unsigned	 entry;
	const char	*label;		/* in the language in use */
	const char	*value;		/* "\n" divides lines; "" unanswered */
};

/* Every item that matters, in the order of the pages. */
struct answer	*answer_list(struct arena *, const struct form *, size_t *n);

/* One of them in the language in use; "" unanswered. */
const char	*answer_read(struct arena *, const struct form *,
		    const struct definition_item *, unsigned entry);

/*
 * The canonical value, NULL if there is none; so also for a name that the
 * definition lacks. part: of a composite value ("city"), else NULL. Of
 * several choices, the first.
 */
const char	*answer_text(const struct form *, const char *item,
		    unsigned entry, const char *part);
bool		 answer_chosen(const struct form *, const char *item,
		    unsigned entry, const char *code);
/* DATE_NONE, the standard given, or false if there is none. */
date		 answer_date(const struct form *, const char *item,
		    unsigned entry);
int64_t		 answer_int(const struct form *, const char *item,
		    unsigned entry, int64_t standard);
bool		 answer_true(const struct form *, const char *item,
		    unsigned entry);

#endif

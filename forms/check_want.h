/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Between check_rule.c and check_want.c only: of what sort a part of an
 * expression is, and what is said when it stands where another sort must.
 */
#ifndef FORMS_CHECK_WANT_H
#define FORMS_CHECK_WANT_H

#include <stdbool.h>

struct definition_item;
struct path;
struct reader;
struct rule;

enum check_kind {
	CHECK_UNKNOWN,	/* its fault is noted; goes with everything */
	CHECK_TRUTH,
	CHECK_NUMBER,
	CHECK_MONEY,
	CHECK_DATE,
	CHECK_TEXT,
	CHECK_ENTRIES,
	CHECK_WHOLE	/* an item of several parts */
};

struct check_sort {
	enum check_kind	 kind;
	bool		 many;		/* of all entries of a repeat */
	const struct definition_item *item;	/* NULL: computed */
	const char	*literal;	/* NULL: not written out */
};

/* The rule being looked at, and where its faults go. */
struct check {
	struct reader	*reader;
	const struct rule *rule;
};

void	check_fault(struct check *, const struct path *at, const char *fmt,
	    ...) __attribute__((format(printf, 3, 4)));

bool	check_is_numeric(enum check_kind);

/* Each notes a fault at the path if the sort is another. */
void	check_want_one(struct check *, const struct path *,
	    struct check_sort);
void	check_want_number(struct check *, const struct path *,
	    struct check_sort);
void	check_want_ordered(struct check *, const struct path *,
	    struct check_sort);
void	check_want_truth(struct check *, const struct path *,
	    struct check_sort);
void	check_want_date(struct check *, const struct path *,
	    struct check_sort);
void	check_want_text(struct check *, const struct path *,
	    struct check_sort);
/* A text written out, one of the list unless that is NULL. */
void	check_want_word(struct check *, const struct path *,
	    struct check_sort, const char *const *words);
/* Items or entries, of numbers if so asked. */
void	check_want_nodes(struct check *, const struct path *,
	    struct check_sort, bool numbers);

/* Is the text among the NULL-terminated list? */
bool	check_is_one_of(const char *, const char *const *);

#endif

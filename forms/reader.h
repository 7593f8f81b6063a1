/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading a definition's XML: every fault is noted with its line and reading
 * goes on, so that an author sees all of them at once. For definition and
 * policy readers and check.c only.
 */
#ifndef FORMS_READER_H
#define FORMS_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct rule;
struct words;
struct xml_fault;
struct xml_node;

struct reader {
	struct arena	*arena;
	struct xml_fault *faults;	/* in the order of their lines */
	size_t		 n_faults;
	const struct rule *rules;	/* all that were read */
	const char	*const *languages;
	size_t		 n_languages;
};

void	reader_fault(struct reader *, int line, const char *fmt, ...)
	    __attribute__((format(printf, 3, 4)));

/* Children of other names than these (NULL-terminated) are faults. */
void	reader_children(struct reader *, const struct xml_node *,
	    const char *const *names);
/* How many children, or elements at any depth, have this name? */
size_t	reader_count(const struct xml_node *, const char *name);
size_t	reader_count_below(const struct xml_node *, const char *name);

/* An attribute; a fault and "" if it must be there and is not, NULL if it
 * need not. */
const char	*reader_needed(struct reader *, const struct xml_node *,
		    const char *attribute);
const char	*reader_attribute(struct reader *, const struct xml_node *,
		    const char *attribute);
/* Needed: a letter a-z, then letters, digits and hyphens. */
const char	*reader_name(struct reader *, const struct xml_node *,
		    const char *attribute);
/* "true" or "false"; false if it is not there. */
bool		 reader_flag(struct reader *, const struct xml_node *,
		    const char *attribute);
/* *out stays as it is if the attribute is not there or is none. */
void		 reader_number(struct reader *, const struct xml_node *,
		    const char *attribute, int64_t min, int64_t max,
		    int64_t *out);
/* The place in a NULL-terminated list of allowed values; 0 if not there. */
size_t		 reader_one_of(struct reader *, const struct xml_node *,
		    const char *attribute, const char *const *values);

/* NULL if the attribute is not there or is no expression. */
const struct rule	*reader_rule(struct reader *, const struct xml_node *,
			    const char *attribute);

/* The children of this name, one for each language of the form. NULL if
 * there is none; that is a fault if needed. */
const struct words	*reader_words(struct reader *, const struct xml_node *,
			    const char *child, bool needed);

#endif

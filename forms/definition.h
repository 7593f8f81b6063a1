/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A form definition: pages of items, and the policy of the service behind
 * them (policy.h). It is read once from its XML, never changed after, and
 * shared by all requests. Programs read it from the database, `balcao` from a
 * file; neither is known here. Everything pointed to lives in the arena it
 * was read into, the compiled expressions until definition_free().
 */
#ifndef FORMS_DEFINITION_H
#define FORMS_DEFINITION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "forms/policy.h"
#include "forms/rule.h"
#include "forms/type.h"
#include "forms/words.h"
#include "lib/bytes.h"

struct arena;
struct err;
struct xml_fault;

enum {
	DEFINITION_ITEMS = 400,		/* of a form */
	DEFINITION_ENTRIES = 50,	/* of a repeat */
	DEFINITION_NAME = 48		/* bytes of any name */
};

/* The item's own sentence for a fault of this code. */
struct definition_message {
	enum type_code	 code;
	const struct words *words;
};

struct definition_page;
struct definition_repeat;

struct definition_item {
	const char	*name;
	const struct type *type;
	struct type_rules rules;
	const struct definition_page *page;
	const struct definition_repeat *repeat;	/* NULL: stands alone */
	size_t		 index;		/* in definition.items */
	int		 line;

	const struct words *label;	/* "Number" */
	const struct words *noun;	/* "the number"; NULL: none */
	const struct words *hint;	/* NULL: none */
	const struct definition_message *messages;
	size_t		 n_messages;

	bool		 given;		/* the program fills it; read only */
	const char	*prefill;	/* name in the profile, or NULL */
	const char	*autocomplete;	/* HTML's token, or NULL */
	const char	*standard;	/* canonical default, or NULL */

	/* each may be NULL: optional, always, anything, as typed */
	const struct rule *required;
	const struct rule *relevant;
	const struct rule *constraint;
	const struct rule *calculate;
};

/* A group of items that is answered min to max times. */
struct definition_repeat {
	const char	*name;
	const struct definition_page *page;
	unsigned	 min, max;
	const struct words *label;	/* of one entry: "Child" */
	const struct words *add;	/* "Add another child" */
	int		 line;
};

struct definition_page {
	const char	*name;		/* in the address */
	const struct words *title;
	const struct words *text;	/* NULL: none; "\n\n" divides */
	const struct rule *relevant;	/* NULL: always */
	/* NULL, or the page shows the entries of this, and its items are
	 * those of one entry. */
	const struct definition_repeat *repeat;
	const struct definition_item *items;	/* a run of definition.items */
	size_t		 n_items;
	size_t		 index;		/* in definition.pages */
	int		 line;
};

/* Texts may hold {reference}, {name}, {date}, {reasons}, {appeal-until},
 * {office} and {answer:ITEM}. */
struct definition_letter {
	const char	*event;		/* "received", "approved", "refused" */
	const struct words *title;
	const struct words *body;	/* "\n\n" divides paragraphs */
	int		 line;
};

struct definition {
	const char	*name;
	unsigned	 version;
	const char	*const *languages;	/* the first is the source */
	size_t		 n_languages;
	const struct words *title;
	const struct words *summary;
	struct policy policy;
	const struct definition_page *pages;
	size_t		 n_pages;
	const struct definition_item *items;	/* in the order of the pages */
	size_t		 n_items;
	const struct definition_repeat *repeats;
	size_t		 n_repeats;
	const struct policy_reason *reasons;	/* of decisions */
	size_t		 n_reasons;
	const struct definition_letter *letters;
	size_t		 n_letters;
	/* items[order[0]], …: what an item reads comes before it, as far as
	 * there is no cycle */
	const size_t	*order;
	const struct rule *rules;	/* all of them, for definition_free() */
};

/* ERR_INPUT: the first fault, with its line. */
bool	definition_parse(struct arena *, struct bytes xml,
	    const struct definition **, struct err *e);
void	definition_free(const struct definition *);

/*
 * As far as it can be read; every fault of structure is added to the list.
 * For check.c, which looks further. NULL if there is nothing to look at.
 */
const struct definition	*definition_read(struct arena *, struct bytes xml,
			    struct xml_fault **faults);

/* NULL if there is none of that name. */
const struct definition_item	*definition_item(const struct definition *,
				    const char *name);
const struct definition_page	*definition_page(const struct definition *,
				    const char *name);
const struct definition_repeat	*definition_repeat(const struct definition *,
				    const char *name);
const struct policy_reason	*definition_reason(const struct definition *,
				    unsigned number);
const struct definition_letter	*definition_letter(const struct definition *,
				    const char *event);

#endif

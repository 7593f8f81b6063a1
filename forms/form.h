/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A form in use, for one request: a definition, the answers, and the world
 * that expressions see. It takes posted fields, keeps which questions matter,
 * says what is wrong, and gives the answers back canonically; answer.h reads
 * them. It knows no HTTP, no HTML and no database.
 *
 * entry: 0 for an item that stands alone, 1 to n within a repeat.
 * An answer to a question that does not matter (any more) is kept in the
 * draft, unseen by expressions, and left out of the submission.
 */
#ifndef FORMS_FORM_H
#define FORMS_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "forms/definition.h"
#include "forms/type.h"
#include "lib/bytes.h"
#include "lib/clock.h"

struct arena;
struct err;
struct form;

enum {
	FORM_LIMIT = 512 * 1024		/* bytes of an instance */
};

/* A posted field; several may have one name. Valid UTF-8. */
struct form_field {
	const char	*name;
	const char	*value;
};

struct form_world {
	/* the day the answers are given; for a submission the day it was
	 * sent, or what mattered then may not matter now */
	date	today;
	/* a dated parameter; NULL: the installation has none */
	bool	(*param)(void *arg, const char *name, date on, int64_t *value);
	void	*arg;
};

/* Exactly one of item and repeat is set. */
struct form_error {
	const struct definition_page *page;
	const struct definition_item *item;
	const struct definition_repeat *repeat;
	unsigned	 entry;
	struct type_fault fault;
	struct form_error *next;
};

/* The definition and the arena must outlive the form. */
struct form	*form_new(struct arena *, const struct definition *,
		    const struct form_world *);
/* ERR_INPUT: not a canonical instance of this definition. */
bool		 form_load(struct arena *, const struct definition *,
		    const struct form_world *, struct bytes, struct form **,
		    struct err *e);
void		 form_free(struct form *);
const struct definition	*form_definition(const struct form *);

/*
 * Take what was posted for one page (of one entry), and say what is wrong
 * with it, first things first; NULL if nothing is. A wrong answer is kept as
 * typed for form_typed() and leaves the item without a value.
 */
struct form_error	*form_take(struct form *,
			    const struct definition_page *, unsigned entry,
			    const struct form_field *, size_t n);

/* What is wrong with a page (all entries), or with the whole form. */
struct form_error	*form_check_page(struct form *,
			    const struct definition_page *);
struct form_error	*form_check(struct form *);

/* Fill a given item, or any other, with a canonical value. ERR_INPUT: the
 * value is not canonical. ERR_ABSENT: no such item. "" empties it. */
bool	form_give(struct form *, const char *item, const char *value,
	    struct err *e);
/* Fill every empty item with this prefill name; an unfit value is left out. */
void	form_prefill(struct form *, const char *prefill, const char *value);

/* For a field: what was typed, or the value as it would be typed; ""
 * if none. part as in type_parts(), NULL for types without. */
const char	*form_typed(const struct form *, const struct definition_item *,
		    unsigned entry, const char *part);
/* For radios and checkboxes. yesno: code is "yes" or "no". */
bool		 form_is_chosen(const struct form *,
		    const struct definition_item *, unsigned entry,
		    const char *code);

bool	form_item_matters(const struct form *, const struct definition_item *,
	    unsigned entry);
bool	form_page_matters(const struct form *, const struct definition_page *);

/* The page to go to; NULL before the first and after the last. A NULL page
 * to form_next() gives the first, to form_previous() the last. */
const struct definition_page	*form_next(const struct form *,
				    const struct definition_page *);
const struct definition_page	*form_previous(const struct form *,
				    const struct definition_page *);
/* The first page with something wrong or missing; NULL: all is answered. */
const struct definition_page	*form_first_open(struct form *);

/* Entries of a repeat. add gives the new one's number; ERR_LIMIT: no more
 * than max. */
unsigned	form_entries(const struct form *,
		    const struct definition_repeat *);
bool		form_add_entry(struct form *, const struct definition_repeat *,
		    unsigned *entry, struct err *e);
bool		form_remove_entry(struct form *,
		    const struct definition_repeat *, unsigned entry,
		    struct err *e);

/* The fee lines that apply to these answers, NULL-terminated. ERR_INPUT: an
 * expression that gives no sensible result. */
bool	form_fees(struct arena *, const struct form *, const char ***,
	    struct err *e);
/* Does the policy ask for a second person? decided: the amount granted, for
 * a policy that names no amount of the form's own. */
bool	form_needs_second(const struct form *, int64_t decided, bool *,
	    struct err *e);

/* Canonical XML, in the arena: everything answered, or what matters only. */
struct bytes	form_draft(struct arena *, const struct form *);
struct bytes	form_submission(struct arena *, const struct form *);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Between form*.c and answer.c only: a form's answers, and the XML that
 * expressions look at. The answers are the truth; the XML is made from them
 * anew whenever they change, every item an element, empty where there is no
 * answer or it does not matter.
 */
#ifndef FORMS_FORM_STATE_H
#define FORMS_FORM_STATE_H

#include "forms/form.h"
#include "lib/xml.h"

/* One item, alone or in one entry. */
struct form_slot {
	struct type_value value;
	struct type_typed typed;	/* n = 0: nothing but the value */
	struct type_fault fault;	/* of what was typed */
	bool		 matters;
	struct xml_node	*node;		/* NULL: not in the XML */
};

/* One entry of a repeat, or all items that stand alone. */
struct form_entry {
	struct form_slot *slots;
	struct xml_node	*node;
};

struct form_entries {
	struct form_entry *entries;	/* room for the repeat's max */
	unsigned	 n;
};

struct form {
	struct arena	*arena;
	const struct definition *definition;
	struct xml_world world;
	struct form_world given;	/* what world.param asks */
	struct form_entry alone;	/* slots by item->index */
	struct form_entries *repeats;	/* by place in definition.repeats */
	bool		*pages;		/* does it matter? by page->index */
	struct xml	*xml;
};

/* NULL if there is no such entry. */
struct form_slot	*form_slot(const struct form *,
			    const struct definition_item *, unsigned entry);
struct form_entries	*form_entries_of(const struct form *,
			    const struct definition_repeat *);
/* The node that the item's expressions are relative to. */
struct xml_node		*form_context(const struct form *,
			    const struct definition_item *, unsigned entry);
/* 0 for an item alone, else how many entries it has; they count from 1. */
unsigned		 form_entries_for(const struct form *,
			    const struct definition_item *);

/* An empty form with no default, prefill or XML yet. */
struct form	*form_blank(struct arena *, const struct definition *,
		    const struct form_world *);
/* Room for one more entry, empty. The caller knows that it fits. */
unsigned	 form_grow(struct form *, const struct definition_repeat *);

/* Work out relevance and calculations until nothing changes any more, and
 * leave the XML as it then is. After every change of an answer. */
void		 form_work(struct form *);

/* Is it true here? otherwise: what an expression that fails stands for; the
 * failure is logged with the item's name. rule may be NULL: otherwise. */
bool		 form_is_true(const struct form *, const struct rule *,
		    struct xml_node *context, const char *name,
		    bool otherwise);

#endif

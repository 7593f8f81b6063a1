/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is wrong with an answer, said to the person who gave it, in the
 * language in use: plain, without blame, with what to do next. The item's
 * own message goes before the catalogue's sentence.
 */
#ifndef FORMS_SENTENCE_H
#define FORMS_SENTENCE_H

struct arena;
struct definition_item;
struct form_error;
struct type_fault;

/* "Enter the vehicle identification number" */
const char	*sentence_of(struct arena *, const struct definition_item *,
		    const struct type_fault *);
/* The same for an error of a form, also one of a repeat. */
const char	*sentence_error(struct arena *, const struct form_error *);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * States and events of an application in the words of the one who applied.
 */
#ifndef CGI_BIN_APPLY_WORDS_H
#define CGI_BIN_APPLY_WORDS_H

#include "cgi-bin/ui_prose.h"

struct arena;
struct casefile_event;

struct apply_state {
	const char	*state;		/* of the transition table */
	enum ui_colour	 colour;
	const char	*name;		/* "Being reviewed" */
	const char	*next;		/* what happens, or is to be done */
};

/* Translated. A state that a service adds reads as "Being dealt with". */
struct apply_state	apply_words_state(const char *state);

/* "We decided to approve it"; NULL: of no interest to the applicant. */
const char	*apply_words_event(const struct casefile_event *);
/* "You", "DET-014, Office of Vehicles" … */
const char	*apply_words_by(struct arena *, const struct casefile_event *);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The desk's words for states, steps, rooms and rules. The rules' sentences
 * are one table: whatever a constraint of the database refuses at the desk is
 * said here, and what to do about it.
 */
#ifndef CGI_BIN_DESK_WORDS_H
#define CGI_BIN_DESK_WORDS_H

#include "cgi-bin/ui_prose.h"

struct err;

struct desk_state {
	const char	*state;		/* of the transition table */
	enum ui_colour	 colour;
	const char	*name;		/* translated */
};

/* A state that the table lacks reads as it is written. */
struct desk_state	desk_words_state(const char *state);

/* "Claimed", "Asked the applicant"; translated. */
const char	*desk_words_step(const char *action);

/* The sentence of a refused step; NULL: no rule that a clerk meets. */
const char	*desk_words_rule(const struct err *);

#endif

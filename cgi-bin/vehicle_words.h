/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Vehicles in the reader's words. What a choice of a form is called stands
 * in the form's definition, and is read from there.
 */
#ifndef CGI_BIN_VEHICLE_WORDS_H
#define CGI_BIN_VEHICLE_WORDS_H

#include "cgi-bin/ui_prose.h"

struct title;
struct vehicle;
struct visit;

/* "Fiat Argo 1.0, 2024" */
const char	*vehicle_words_name(struct visit *, const struct vehicle *);

/* "Red": a code of that item in the newest version of that form; a code that
 * the form lacks reads as it is written. "" for NULL. */
const char	*vehicle_words_choice(struct visit *, const char *form,
		    const char *item, const char *code);

/* "Renew a vehicle's registration"; the name if there is no such form. */
const char	*vehicle_words_form(struct visit *, const char *form);

struct vehicle_state {
	const char	*state;
	enum ui_colour	 colour;
	const char	*name;		/* translated */
};

struct vehicle_state	vehicle_words_registration(const char *state);

/* Of a title that has ended: "Passed to another owner". */
const char	*vehicle_words_title_end(const char *state);
/* Of a registration: "Exported". */
const char	*vehicle_words_end(const char *reason);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The states of Brazil and their postcodes (CEP). A CEP is eight digits; its
 * first five tell the state, by ranges that the postal service publishes.
 */
#ifndef FORMS_BRAZIL_H
#define FORMS_BRAZIL_H

#include <stdbool.h>

struct brazil_state {
	const char	*code;		/* "SP" */
	const char	*name;
};

/* By name; ended by a NULL code. */
extern const struct brazil_state brazil_states[];

bool	brazil_is_state(const char *code);

/* Eight digits, nothing else. */
bool	brazil_is_cep(const char *);

/* Does this CEP belong to this state? */
bool	brazil_cep_fits(const char *cep, const char *state);

#endif

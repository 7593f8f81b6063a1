/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Countries and territories: ISO 3166-1 alpha-2 codes, and what we call them
 * in the languages we speak.
 */
#ifndef FORMS_COUNTRY_H
#define FORMS_COUNTRY_H

#include <stdbool.h>

struct country {
	const char	*code;		/* "BR" */
	const char	*english;
	const char	*portuguese;
};

/* By code; ended by a NULL code. */
extern const struct country countries[];

bool		 country_is(const char *code);

/* In the language in use; the code itself if it is none. */
const char	*country_name(const char *code);

#endif

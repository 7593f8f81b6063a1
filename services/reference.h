/* SPDX-License-Identifier: Apache-2.0 */
/*
 * References that citizens see and read aloud: VR-7K3M9Q2X-C. Two letters of
 * the service, eight random characters without look-alikes, a check
 * character. Random, so that no count leaks; 31^8 of them.
 */
#ifndef SERVICES_REFERENCE_H
#define SERVICES_REFERENCE_H

#include <stdbool.h>

struct err;

enum {
	REFERENCE_TEXT = 14	/* with the NUL */
};

void	reference_new(const char prefix[2], char out[REFERENCE_TEXT]);

/* What somebody typed, with or without dashes and in any case, as the
 * canonical form. ERR_INPUT: reference_form (not one of ours), or
 * reference_check (a character is mistyped). */
bool	reference_parse(const char *typed, char out[REFERENCE_TEXT],
	    struct err *e);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Vehicle identification numbers (ISO 3779): 17 of A-H, J-N, P, R-Z and 0-9.
 * The ninth is a check digit where the country's rule says so (49 CFR 565.15
 * and its like); elsewhere it is any character and proves nothing.
 */
#ifndef FORMS_VIN_H
#define FORMS_VIN_H

#include <stdbool.h>

enum {
	VIN_LENGTH = 17,
	VIN_CHECK_PLACE = 8,	/* of the check digit, from 0 */
	VIN_SHORT = 5		/* the shortest number of an old vehicle */
};

/* Upper case, nothing around it. */
bool	vin_valid(const char *);

/* A number from before 1981: 5 to 16 letters and digits. */
bool	vin_valid_short(const char *);

/* '0' to '9' or 'X' for a valid VIN. */
char	vin_check_digit(const char *);

#endif

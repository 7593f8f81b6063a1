/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Registration plates of Brazil: LLLNNNN until 2018, LLLNLNN since
 * (Mercosul, CONTRAN 729/2018 and 969/2022). An old plate becomes a new one
 * when its second digit turns into a letter, 0 to A and so on to 9, J.
 */
#ifndef FORMS_PLATE_H
#define FORMS_PLATE_H

#include <stdbool.h>

struct arena;

enum {
	PLATE_LENGTH = 7
};

/* Upper case, no hyphen. */
bool	plate_valid(const char *);
bool	plate_is_old(const char *);

/* The new form of a valid plate; a new one as it is. In the arena. */
const char	*plate_mercosul(struct arena *, const char *);

#endif

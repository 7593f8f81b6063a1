/* SPDX-License-Identifier: Apache-2.0 */
/*
 * CPF, the number of a natural person in Brazil: eleven digits, the last two
 * of them check digits modulo 11.
 */
#ifndef FORMS_CPF_H
#define FORMS_CPF_H

#include <stdbool.h>

struct arena;

enum {
	CPF_LENGTH = 11
};

/* Digits alone, both check digits right, not all the same. */
bool	cpf_valid(const char *);

/* "529.982.247-25" of a valid one. In the arena. */
const char	*cpf_read(struct arena *, const char *);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Form definitions: checking files, and putting them where programs read
 * them, signed with room balcao's key.
 */
#ifndef BIN_BALCAO_FORM_H
#define BIN_BALCAO_FORM_H

#include <stdbool.h>

struct balcao;
struct err;

enum form_end {
	FORM_ADDED,
	FORM_THERE,	/* this version is in, byte for byte */
	FORM_FAULTY	/* its faults went to standard output */
};

/* ERR_CONFLICT: this version is in with other bytes, or a newer one is. */
bool	form_add(struct balcao *, const char *path, enum form_end *,
	    struct err *e);

/* The code of the office in charge, which must be there first. */
bool	form_office(struct balcao *, const char *path, const char **code,
	    struct err *e);

#endif

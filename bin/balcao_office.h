/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Offices, holidays and dated parameters: configuration that grows by rows.
 * An office comes with the ledger's account of its counter.
 * Adding what is there already changes nothing and is no error; adding
 * something else under the same name is ERR_CONFLICT in plain words.
 */
#ifndef BIN_BALCAO_OFFICE_H
#define BIN_BALCAO_OFFICE_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/clock.h"
#include "lib/uuid.h"

struct balcao;
struct err;

/* parent: the code of the office above, or NULL. */
bool	office_add(struct balcao *, const char *code, const char *name,
	    const char *parent, bool *added, struct err *e);
/* ERR_ABSENT says how to add it. */
bool	office_get(struct balcao *, const char *code, struct uuid *,
	    struct err *e);

struct holiday {
	date		 day;
	const char	*name;
};

bool	holiday_add(struct balcao *, const struct holiday *, size_t n,
	    size_t *added, struct err *e);

/* A file of schema/parameters.rng. Its faults go to standard output, with
 * their lines; then nothing is added and *faulty is set. */
bool	parameter_add(struct balcao *, const char *path, size_t *added,
	    bool *faulty, struct err *e);

#endif

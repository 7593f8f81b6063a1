/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The second step of a rotation: a room's data keys, wrapped anew under its
 * newest service key. Nothing that they sealed is touched.
 */
#ifndef BIN_BALCAO_REWRAP_H
#define BIN_BALCAO_REWRAP_H

#include <stdbool.h>
#include <stddef.h>

struct db;
struct err;
struct keyring;

/* All of them, then the older bundles are retired. *keys: how many. Safe to
 * repeat from wherever it was stopped. */
bool	rewrap_room(struct db *, const struct keyring *, size_t *keys,
	    struct err *e);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading what an administrator names: definitions, parameters, migrations,
 * grammars. Whole files into the arena, of a few MiB at most.
 */
#ifndef BIN_BALCAO_FILE_H
#define BIN_BALCAO_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/bytes.h"

struct arena;
struct err;

/* ERR_SYSTEM with the path. */
bool	file_read(struct arena *, const char *path, struct bytes *,
	    struct err *e);

/* The names in a folder that end so, sorted; NULL-terminated. */
bool	file_list(struct arena *, const char *folder, const char *ending,
	    const char *const **names, size_t *n, struct err *e);

#endif

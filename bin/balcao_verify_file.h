/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The files that balcao-verify reads: whole texts, and a log's folder with
 * its checkpoint, tiles and bundles. Nothing is ever written.
 */
#ifndef BIN_BALCAO_VERIFY_FILE_H
#define BIN_BALCAO_VERIFY_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "audit/tile.h"
#include "lib/bytes.h"

struct arena;
struct err;

/* ERR_ABSENT, ERR_LIMIT (longer than max), ERR_SYSTEM. */
bool	file_read(struct arena *, const char *path, size_t max,
	    struct bytes *, struct err *e);

/* A log's folder. One buffer is used again and again, so that the largest
 * log takes no more memory than its largest bundle. */
struct folder {
	const char	*path;
	struct arena	*arena;		/* of the buffer */
	uint8_t		*p;
	size_t		 capacity;
};

/*
 * A tile or bundle, in memory that the next call overwrites and that the
 * caller may change meanwhile. Where a partial one is gone, the full one is
 * read in its place (tlog-tiles lets logs delete it): n is then larger.
 */
bool	folder_read(struct folder *, const struct tile *, uint8_t **p,
	    size_t *n, struct err *e);

/* For struct tile_source; arg is a struct folder. */
bool	folder_tile(void *arg, const struct tile *, struct bytes *,
	    struct err *e);

#endif

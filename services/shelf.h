/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files that have to be right after a crash: small ones that are replaced
 * (a record, a checkpoint), and those of a log, which are put on the shelf
 * once and never change. All of it is on disk when a call returns true.
 */
#ifndef SERVICES_SHELF_H
#define SERVICES_SHELF_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "lib/bytes.h"

struct arena;
struct err;

enum {
	SHELF_FILE_MAX = 32 * 1024 * 1024
};

/* The whole file; p is NULL if there is none. ERR_SYSTEM. */
bool	shelf_read(struct arena *, const char *path, struct bytes *,
	    struct err *e);

/* Whoever opens the path finds the old bytes or the new ones. */
bool	shelf_replace(struct arena *, const char *path, struct bytes,
	    mode_t mode, struct err *e);

/*
 * Files to be put below a folder together. They are written aside
 * (<folder>/.staging), forced to disk, and only then get their names. A name
 * that is there already must hold the same bytes: shelf_settle() refuses with
 * ERR_CONFLICT, because what was published would change.
 */
struct shelf {
	struct arena	*arena;
	const char	*folder;
	struct shelf_item *item;
	size_t		 n, room;
};

void	shelf_begin(struct shelf *, struct arena *, const char *folder);
/* name: relative, of parts that we made ourselves. The bytes live on until
 * shelf_settle(). */
void	shelf_put(struct shelf *, const char *name, struct bytes);
bool	shelf_settle(struct shelf *, struct err *e);

/* Take away a folder of files; no error if there is none. */
void	shelf_clear(struct arena *, const char *folder);

/* A folder and those above it that are missing, 0755. */
bool	shelf_make_folder(const char *path, struct err *e);

#endif

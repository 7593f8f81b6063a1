/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the verbs of keys share: the root key and every room's bundle, in
 * memory for the length of one verb.
 */
#ifndef BIN_BALCAO_KEY_H
#define BIN_BALCAO_KEY_H

#include <stdbool.h>

#include "bin/balcao_root.h"
#include "lib/secret.h"

struct args;
struct balcao;
struct db;
struct err;

struct key_work {
	struct balcao	*balcao;
	struct db	*db;		/* the key database */
	struct secret	 root;
	struct root_room rooms[ROOM__MAX];
};

bool	key_begin(struct key_work *, struct balcao *, struct err *e);
/* Closes and wipes. */
void	key_end(struct key_work *);

/* Write the key files, and say so. prefix: as in unlock_write(). */
bool	key_unlock(struct key_work *, const char *prefix, struct err *e);

/* The verb "key rotate". */
bool	rotate_run(struct balcao *, struct args *, struct err *e);

#endif

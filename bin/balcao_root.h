/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The root key, and the bundles of room keys that are wrapped by it. The
 * root key is a file of 32 bytes that this program alone reads; a bundle is
 * an envelope (lib/envelope.h, suite 01) in keys.room_key, sealed for its
 * room's code as service, key id 0 and its epoch as blob version.
 */
#ifndef BIN_BALCAO_ROOT_H
#define BIN_BALCAO_ROOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/secret.h"
#include "schema/registry.h"
#include "services/keyring.h"

struct arena;
struct balcao;
struct db;
struct err;

/* ERR_ABSENT: there is no such file. ERR_SYSTEM says what is wrong. */
bool	root_load(const char *path, struct secret *root, struct err *e);
/* Random, 0400, on disk before this returns. Never overwrites. */
bool	root_make(const char *path, struct secret *root, struct err *e);

/* The key database as room balcao; no keys are needed for it. */
bool	root_connect(const struct balcao *, struct db **, struct err *e);

/* What keys.room_key holds of a room. */
struct root_room {
	bool		there;
	bool		turning;	/* two epochs are active: a rotation is
					 * not at its end */
	uint32_t	epoch;		/* the newest */
	struct keyring	ring;		/* the newest bundle, unwrapped */
};

/* Which bundles there are, by room code; each is unwrapped if a root key is
 * given. ERR_SYSTEM: the root key is another installation's. */
bool	root_list(struct db *, struct arena *, const struct secret *root,
	    struct root_room rooms[ROOM__MAX], struct err *e);
/* The same, and ERR_ABSENT if a room has none: run balcao init. */
bool	root_open(struct db *, struct arena *, const struct secret *root,
	    struct root_room rooms[ROOM__MAX], struct err *e);

/* Wrap a bundle and add its row. */
bool	root_put(struct db *, struct arena *, const struct secret *root,
	    const struct keyring *, struct err *e);

#endif

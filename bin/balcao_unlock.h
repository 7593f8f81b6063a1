/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The files that programs read their keys from (services/keyring.h): one a
 * room, 0400, its user's own, and one with the public keys of all. Each is
 * written beside its place and renamed, so a program that starts meanwhile
 * reads the old one or the new one.
 */
#ifndef BIN_BALCAO_UNLOCK_H
#define BIN_BALCAO_UNLOCK_H

#include <stdbool.h>

struct arena;
struct err;
struct root_room;

/*
 * rooms: as root_open() fills them. prefix: system users are named <prefix>
 * and the room; where there is none, or this is not root, the file is this
 * user's. prefix NULL: a file that is there keeps its owner, a new one goes
 * to balcao-<room>. *foreign: how many belong to another user.
 */
bool	unlock_write(struct arena *, const char *folder, const char *prefix,
	    const struct root_room *rooms, unsigned *foreign, struct err *e);

#endif

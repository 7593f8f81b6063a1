/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every room's audit MAC keys, as the sequencer needs them to tell a leaf
 * that a room wrote from one that somebody put into the table. balcao key
 * unlock writes the file <keys>/sealer.macs for the sealer's user alone:
 *   [1, [[room, [[epoch, audit MAC key], …]], …]]
 */
#ifndef SERVICES_MACS_H
#define SERVICES_MACS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/bytes.h"
#include "services/keyring.h"

struct arena;
struct err;

#define MACS_FILE	"sealer.macs"

struct macs_room {
	uint16_t		room;
	struct keyring_epoch	key[KEYRING_EPOCHS];
	size_t			n;
};

struct macs {
	struct macs_room	room[KEYRING_ROOMS];
	size_t			n;
};

/* A room's keys, from its bundle. ERR_LIMIT: too many rooms. */
bool	macs_add(struct macs *, const struct keyring *, struct err *e);

struct bytes	macs_encode(struct arena *, const struct macs *);
bool	macs_decode(struct bytes, struct macs *, struct err *e);
/* From <dir>/sealer.macs. ERR_SYSTEM says to unlock. */
bool	macs_load(const char *dir, struct macs *, struct err *e);

enum macs_verdict {
	MACS_HOLDS,
	MACS_BROKEN,
	MACS_UNKNOWN	/* no such room or epoch: perhaps keys are newer */
};

/* mac: epoch u8 | HMAC-SHA-256 of the leaf. */
enum macs_verdict	macs_check(const struct macs *, uint64_t room,
			    struct bytes leaf, struct bytes mac);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A room's own keys, as `balcao key unlock` left them in memory, and the
 * public keys of all rooms. The root key is never here.
 *
 * A room's file is a deterministic CBOR array:
 *   [1, room, epoch, [[epoch, service key], …], index root,
 *    [[epoch, audit MAC key], …], signing seed, agreement key]
 * newest epochs last. The public file, root's and readable by all:
 *   [1, [[room, epoch, Ed25519 public, X25519 public], …]]
 */
#ifndef SERVICES_KEYRING_H
#define SERVICES_KEYRING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/bytes.h"
#include "lib/crypto.h"
#include "lib/secret.h"

struct arena;
struct err;

enum {
	KEYRING_EPOCHS = 8,
	KEYRING_ROOMS = 32
};

struct keyring_epoch {
	uint32_t	epoch;
	struct secret	key;
};

struct keyring {
	uint16_t	room;
	uint32_t	epoch;		/* of this bundle, and of its pairs */
	struct keyring_epoch service[KEYRING_EPOCHS];
	size_t		services;
	struct secret	index_root;
	struct keyring_epoch mac[KEYRING_EPOCHS];
	size_t		macs;
	struct secret	sign_seed;
	struct secret	agree_private;
};

struct keyring_public {
	uint16_t	room;
	uint32_t	epoch;
	uint8_t		sign[CRYPTO_PUBLIC];
	uint8_t		agree[CRYPTO_PUBLIC];
};

struct keyring_publics {
	struct keyring_public	room[KEYRING_ROOMS];
	size_t			n;
};

/* Fresh keys of epoch 1. */
void	keyring_new(struct keyring *, uint16_t room);
/* A further epoch of service and MAC keys; old ones stay to open with. The
 * index root and the key pairs stay as they are. ERR_LIMIT. */
bool	keyring_rotate(struct keyring *, struct err *e);

struct bytes	keyring_encode(struct arena *, const struct keyring *);
bool	keyring_decode(struct bytes, struct keyring *, struct err *e);

/* From <dir>/<room>.key and <dir>/public. ERR_SYSTEM says to unlock. */
bool	keyring_load(const char *dir, const char *room, struct keyring *,
	    struct err *e);
bool	keyring_load_public(const char *dir, struct keyring_publics *,
	    struct err *e);

struct keyring_public	keyring_public_of(const struct keyring *);
struct bytes	keyring_encode_public(struct arena *,
		    const struct keyring_publics *);
/* NULL: there is no such room. */
const struct keyring_public	*keyring_find(const struct keyring_publics *,
		    uint16_t room);

/* NULL: that epoch is gone. */
const struct secret	*keyring_service(const struct keyring *,
			    uint32_t epoch);
/* The newest of either. */
const struct keyring_epoch	*keyring_newest(const struct keyring_epoch *,
			    size_t n);

/* A further key of the room's own, for one use: HKDF-Expand of its index
 * root under this label ("cs-pepper/1", "cs-limit/1"). */
struct secret	keyring_derive(const struct keyring *, const char *label);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A sealed record: C2SP chunked-encryption "Cobblestone-256" (AES-256-GCM
 * over 16 KiB chunks, key-committing, 192-bit salt) in our envelope v1:
 *
 *   suite 01 | flags 00 | service u16 | key id u64 | salt 24 |
 *   commitment 32 | chunks
 *
 * and suite 02, the same sealed to a room's X25519 key, whose 32-byte
 * ephemeral public key follows the salt. The context binds an envelope to
 * one row, column class, service and version: moved anywhere else, it does
 * not open. Source: C2SP chunked-encryption.md at commit 5ba5ee83.
 *
 * This file knows bytes and keys. Whose key it is, services/vault.c knows.
 */
#ifndef LIB_ENVELOPE_H
#define LIB_ENVELOPE_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/bytes.h"
#include "lib/crypto.h"
#include "lib/secret.h"
#include "lib/uuid.h"

struct arena;
struct err;

enum {
	ENVELOPE_KEY = 1,	/* suite 01: sealed with a data key */
	ENVELOPE_ROOM = 2,	/* suite 02: sealed to a room's public key */
	ENVELOPE_HEAD = 12,	/* suite to key id */
	ENVELOPE_OVERHEAD = 84,	/* suite 01 over one short chunk */
	ENVELOPE_CHUNK = 16 * 1024,
	ENVELOPE_REVEALED = 44	/* AES-256 key | nonce */
};

/* Where an envelope stands. Codes come from schema/registry. */
struct envelope_place {
	uint16_t	table;
	uint16_t	class;
	struct uuid	row;
	uint32_t	version;	/* of the blob, not of the row */
};

struct envelope_head {
	uint8_t		suite;
	uint16_t	service;	/* the room's code */
	uint64_t	key_id;
};

/* Read the head without opening. ERR_INPUT: too short, unknown suite or
 * flag. */
bool	envelope_head(struct bytes, struct envelope_head *, struct err *e);

/* Suite 01. The result is in the arena, opened again and compared. */
bool	envelope_seal(struct arena *, const struct secret *key,
	    uint16_t service, uint64_t key_id, struct envelope_place,
	    struct bytes plain, struct bytes *sealed, struct err *e);

/* One error, "does not open", for every failure; nothing is released
 * before the last tag has held. */
bool	envelope_open(struct arena *, const struct secret *key,
	    struct envelope_place, struct bytes sealed, struct bytes *plain,
	    struct err *e);

/* Suite 02. key_version is the version of the room's key pair. */
bool	envelope_seal_to(struct arena *,
	    const uint8_t room_public[CRYPTO_PUBLIC], uint16_t service,
	    uint64_t key_version, struct envelope_place, struct bytes plain,
	    struct bytes *sealed, struct err *e);
bool	envelope_open_by(struct arena *, const struct secret *room_private,
	    struct envelope_place, struct bytes sealed, struct bytes *plain,
	    struct err *e);

/*
 * The key and nonce of one envelope of suite 01, for whoever may read that
 * one and no other: salt and context are derived into them, so they open
 * nothing else and tell nothing of the data key. The envelope is opened
 * before its key is given out.
 */
bool	envelope_reveal(struct arena *, const struct secret *key,
	    struct envelope_place, struct bytes sealed,
	    uint8_t revealed[ENVELOPE_REVEALED], struct err *e);
bool	envelope_open_revealed(struct arena *, struct bytes revealed,
	    struct bytes sealed, struct bytes *plain, struct err *e);

/*
 * The construction alone, for its published vectors and for streams:
 * salt | commitment | chunks, under a 32-byte input key and a context.
 */
bool	envelope_chunks_seal(struct arena *, const struct secret *input_key,
	    const uint8_t salt[24], struct bytes context, struct bytes plain,
	    struct bytes *sealed, struct err *e);
bool	envelope_chunks_open(struct arena *, const struct secret *input_key,
	    struct bytes context, struct bytes sealed, struct bytes *plain,
	    struct err *e);

#endif

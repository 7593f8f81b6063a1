/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Data keys: one for each erasure unit of this room - a person in this
 * service, a thing, or an application made without account. They lie wrapped
 * in the key database and, unwrapped, in this worker's memory.
 *
 * A new key commits in the key database before the act that first uses it;
 * the act names it in a key-new entry (services/act.c sees to that). If the
 * act fails the key is unused, and reaped after a day.
 */
#ifndef SERVICES_VAULT_H
#define SERVICES_VAULT_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/bytes.h"
#include "lib/clock.h"
#include "lib/crypto.h"
#include "lib/envelope.h"
#include "lib/secret.h"
#include "lib/uuid.h"
#include "schema/registry.h"

struct arena;
struct db;
struct err;
struct keyring;
struct vault;

enum {
	VAULT_INDEX = 17,	/* bytes of a blind index */
	VAULT_VERSIONS = 16	/* keys of one unit */
};

struct vault_key {
	uint64_t	id;
	struct uuid	unit;
	uint32_t	version;
	struct secret	key;
	struct hash	kcv;
	bool		fresh;	/* no committed entry names it yet */
	bool		young;	/* fresh, unless the log says otherwise */
	instant		created;
};

/* data answers whether an entry names a key; keys holds them. Both outlive
 * the vault. */
struct vault	*vault_new(struct arena *, const struct keyring *,
		    struct db *data, struct db *keys);
/* Wipe all keys held. */
void		 vault_forget(struct vault *);

/* The unit's newest key, made if there is none. The pointer holds until the
 * next call. */
bool	vault_key(struct vault *, struct arena *, struct uuid unit,
	    struct vault_key **, struct err *e);
/* An act that named the key committed. */
void	vault_named(struct vault *, uint64_t key_id);

bool	vault_seal(struct vault *, struct arena *, const struct vault_key *,
	    struct envelope_place, struct bytes plain, struct bytes *sealed,
	    struct err *e);

/* One error for everything that can be wrong with an envelope: ERR_SYSTEM
 * with this rule, and an alarm that names the row. ERR_ABSENT with rule
 * "erased" when its key is gone. */
#define VAULT_REFUSED	"envelope"
bool	vault_open(struct vault *, struct arena *, struct envelope_place,
	    struct bytes sealed, struct bytes *plain, struct err *e);

/* What opens this one envelope and nothing else, for a receipt. Errors as
 * vault_open(). */
bool	vault_reveal(struct vault *, struct arena *, struct envelope_place,
	    struct bytes sealed, uint8_t revealed[ENVELOPE_REVEALED],
	    struct err *e);

/* A blind index of a normalised value, for this column of ours:
 * version 1 | 16 bytes of HMAC-SHA-256. */
struct bytes	vault_index(const struct vault *, struct arena *,
		    uint32_t column, struct bytes normalised);

/*
 * The end of keys. An act lists what it gives up and the worker drops them
 * once the act has committed; a process that still holds one forgets it
 * within five minutes. n is at most VAULT_VERSIONS.
 */
bool	vault_list(struct vault *, struct arena *, struct uuid unit,
	    uint64_t id[VAULT_VERSIONS], size_t *n, struct err *e);
/* Dropping a key that is gone is no error. */
bool	vault_drop(struct vault *, struct arena *, uint64_t id,
	    struct err *e);
/* Drop this room's keys that are older than a day and that no entry names;
 * a step of the way through all of them. *n: how many went. */
bool	vault_reap(struct vault *, struct arena *, size_t *n, struct err *e);
/* The rooms with a key for this unit, for room account; ended by ROOM_NONE. */
bool	vault_holders(struct vault *, struct arena *, struct uuid unit,
	    enum room_code **, struct err *e);

/* The unit of the room's own details in this year: they belong to nobody. */
struct uuid	vault_own_unit(uint16_t room, int year);

#endif

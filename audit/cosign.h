/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Cosignatures of witnesses (C2SP tlog-cosignature, cosignature/v1): Ed25519
 * over
 *
 *	cosignature/v1
 *	time <seconds since the epoch>
 *	<the checkpoint's text>
 *
 * In the note's line stand the time (u64) and the signature: 72 bytes behind
 * the key id. Keys are of type 4 (audit/note.h).
 */
#ifndef AUDIT_COSIGN_H
#define AUDIT_COSIGN_H

#include <stdbool.h>
#include <stdint.h>

#include "audit/note.h"
#include "lib/bytes.h"
#include "lib/secret.h"

struct arena;

enum {
	COSIGN_BYTES = 8 + CRYPTO_SIGNATURE
};

/* What is signed. time <= INT64_MAX. */
struct bytes	 cosign_message(struct arena *, uint64_t time,
		    struct bytes text);

/* The line for a note, newline and all, from the witness's seed. */
const char	*cosign_sign(struct arena *, const struct note_key *,
		    const struct secret *seed, uint64_t time,
		    struct bytes text);

/* As note_check(), for a key of type 4. time (may be NULL) is the latest of
 * those that hold. */
enum note_verdict	cosign_check(struct arena *, const struct note *,
			    const struct note_key *, uint64_t *time,
			    const struct note_signature **signature);

/* How many of these keys cosigned; lines that fail count for nothing. One
 * public key counts once, whatever its names. */
size_t		 cosign_count(struct arena *, const struct note *,
		    const struct note_key *, size_t n);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The signer: holds the log's key and a record of what it signed last for
 * each year, and signs nothing that does not go on from there. It has no
 * database and believes nobody: a proof is checked against its own record,
 * which is on disk before the answer leaves.
 *
 * A record is the file <folder>/<year>: a line "signed <ms since the epoch>",
 * then the note.
 */
#ifndef SERVICES_SIGNER_H
#define SERVICES_SIGNER_H

#include <stdbool.h>

#include "lib/bytes.h"
#include "lib/secret.h"

struct arena;
struct err;
struct signer;

/* folder: for its records, its own alone. All of them are read and checked
 * here; ERR_SYSTEM names a broken one. */
bool	signer_open(struct arena *, const char *folder, const char *authority,
	    const struct secret *seed, struct signer **, struct err *e);

/* What it answers to a question, both as they travel (services/signing.h). */
struct bytes	signer_answer(struct signer *, struct arena *,
		    struct bytes question);

#endif

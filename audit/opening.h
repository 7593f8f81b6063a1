/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An entry's detail, opened: whom and what its leaf commits to. Only the
 * room that wrote it has the key (services/vault.h).
 */
#ifndef AUDIT_OPENING_H
#define AUDIT_OPENING_H

#include <stdbool.h>
#include <stddef.h>

#include "audit/entry.h"
#include "lib/bytes.h"
#include "lib/uuid.h"

struct err;

enum {
	OPENING_MESSAGES = 64
};

struct opening {
	struct uuid	actor;		/* nil: the system */
	struct uuid	subject, row, application;	/* nil: none */
	struct uuid	office;		/* of the actor; nil: none */
	struct uuid	message[OPENING_MESSAGES];	/* that the act sent */
	size_t		messages;
};

/* Read the detail's plaintext and recompute each commitment of the leaf.
 * ERR_INPUT names the first that does not fit. */
bool	opening_read(struct bytes plain, const struct entry_read *leaf,
	    struct opening *, struct err *e);

#endif

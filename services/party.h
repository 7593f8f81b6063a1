/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A service's own copy of who somebody is, as room account gave it: sealed
 * under the person's key of that service, and replaced whenever a newer
 * profile comes. Nothing here reads identity, and no service compares people
 * by national id: the subject says who is who.
 */
#ifndef SERVICES_PARTY_H
#define SERVICES_PARTY_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/bytes.h"
#include "lib/clock.h"
#include "lib/uuid.h"

struct arena;
struct err;
struct message;
struct room;
struct session;

struct party {
	const char	*name;		/* full, as the person writes it */
	const char	*national_id;	/* canonical; NULL: none */
	date		 born;		/* DATE_NONE: not known */
	const char	*language;	/* BCP 47 */
};

/*
 * Take what account has sent this room about the signed-in person; first
 * thing in a request that shows or uses their data. Nothing for nobody, for
 * staff and for links. True if there was nothing to take.
 */
bool	party_apply(struct room *, struct arena *, const struct session *,
	    struct err *e);

/* *found false: nobody of that pseudonym has shown themselves here. */
bool	party_get(struct room *, struct arena *, struct uuid subject,
	    struct party *, bool *found, struct err *e);

/* For the worker's message_handler of MESSAGE_PROFILE. */
bool	party_handle(struct room *, struct arena *, const struct message *,
	    struct err *e);

/* What a MESSAGE_PROFILE says, in the arena; and read back. */
struct bytes	party_encode(struct arena *, const struct party *,
		    int32_t version);
bool	party_decode(struct arena *, struct bytes, struct party *,
	    int32_t *version, struct err *e);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The form definitions of a room (the portal's are all rooms'), as the
 * database keeps them: every version for ever, each signed with the
 * installation's configuration key (room balcao's). A worker looks again when
 * its last look is older than five seconds; what does not verify or parse is
 * left out with an alarm, and the version before it stays in use.
 *
 *	signature = Ed25519 over "cs-form/1\n" | SHA-256 of the document
 */
#ifndef SERVICES_FORM_STORE_H
#define SERVICES_FORM_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/bytes.h"
#include "lib/clock.h"

struct arena;
struct definition;
struct err;
struct form_store;
struct form_world;
struct room;
struct secret;

enum {
	FORM_STORE_AGE_MS = 5000
};

/* Kept by the room for its whole life. */
struct form_store	*form_store_new(struct room *);
/* What definitions hold outside the room's arena. */
void	form_store_free(struct form_store *);

/* Look again if it is time. A failure keeps what is known. */
void	form_store_refresh(struct room *);

/* The newest version of this name; NULL: this room has no such form. */
const struct definition	*form_store_find(struct room *, const char *name);
/* Exactly this version, for drafts and old applications. ERR_ABSENT. */
bool	form_store_get(struct room *, const char *name, int32_t version,
	    const struct definition **, struct err *e);
/* The newest version of each name, in the order of names. */
size_t	form_store_all(struct room *, struct arena *,
	    const struct definition ***);

/* Today, and the installation's dated parameters. */
struct form_world	form_store_world(struct room *);
/* A parameter by name and date; false: none was in force. */
bool	form_store_parameter(struct room *, const char *name, date on,
	    int64_t *value);

/* The signature that balcao makes and programs check. */
void	form_store_sign(const struct secret *seed, struct bytes source,
	    uint8_t signature[64]);

#endif

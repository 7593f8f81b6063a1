/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A room at work: one process's connections, keys, vault and chain of audit
 * entries. Made once in each child, before its sandbox shuts.
 */
#ifndef SERVICES_ROOM_H
#define SERVICES_ROOM_H

#include <stdbool.h>
#include <stdint.h>

#include "audit/writer.h"
#include "services/keyring.h"

struct arena;
struct conf;
struct db;
struct err;
struct form_store;
struct vault;

struct room {
	uint16_t		 code;
	const char		*name;
	const struct conf	*conf;
	struct arena		*arena;		/* the process's */
	struct keyring		 ring;
	struct keyring_publics	 publics;
	struct db		*db;		/* data */
	struct db		*keys;
	struct vault		*vault;
	struct form_store	*forms;
	struct writer		 writer;
	int64_t			 spoke;		/* last entry, monotonic ms */
	struct secret		 limit_key;	/* for what limits count by */
};

/* Read the keys of this room and connect to both databases. slot: this
 * child's place in the shared page, or NULL. */
bool	room_open(struct arena *, const struct conf *, uint16_t code,
	    struct writer_slot *, struct room **, struct err *e);
void	room_close(struct room *);

/* Count one more attempt of this kind by this value (never stored in clear);
 * *allowed is false beyond most within the seconds. */
bool	room_try(struct room *, struct arena *, const char *kind,
	    struct bytes value, int seconds, int most, bool *allowed,
	    struct err *e);
bool	room_forgive(struct room *, struct arena *, const char *kind,
	    struct bytes value, struct err *e);

#endif

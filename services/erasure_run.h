/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An approved erasure as room account runs it: every room with a key for the
 * person is asked; the ready ones erase; the others are asked again when what
 * holds them has ended; account erases itself last.
 */
#ifndef SERVICES_ERASURE_RUN_H
#define SERVICES_ERASURE_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/bytes.h"
#include "lib/clock.h"
#include "lib/uuid.h"
#include "schema/registry.h"

struct arena;
struct err;
struct message;
struct room;

/* What MESSAGE_ERASE_START says: the request's application. */
struct bytes	erasure_run_encode(struct arena *, struct uuid application);

struct erasure {
	struct uuid	 id;
	int32_t		 version;
	struct uuid	 nonce;
	struct uuid	 subject;
	struct uuid	 application;
	const char	*state;		/* running, done */
	struct uuid	 cause;
	instant		 started_at, ended_at;
};

struct erasure_part {
	struct uuid	 id;
	int32_t		 version;
	struct uuid	 erasure;
	enum room_code	 room;
	const char	*state;		/* asked, held, erasing, erased */
	const char	*reason;	/* of held: open_application,
					 * active_title, retention */
	date		 until, due;	/* DATE_NONE: not known; not again */
	struct uuid	 cause;
};

/* The one that runs for this person. */
bool	erasure_run_find(struct room *, struct arena *, struct uuid subject,
	    struct erasure *, bool *found, struct err *e);
bool	erasure_run_parts(struct room *, struct arena *,
	    const struct erasure *, struct erasure_part **, size_t *n,
	    struct err *e);

/* message_handlers of room account. */
bool	erasure_run_start(struct room *, struct arena *,
	    const struct message *, struct err *e);
bool	erasure_run_answered(struct room *, struct arena *,
	    const struct message *, struct err *e);
bool	erasure_run_erased(struct room *, struct arena *,
	    const struct message *, struct err *e);
/* Account's own: services/erasure_end.c. ERR_BUSY while another room still
 * has a key; the message is then tried again. */
bool	erasure_run_end(struct room *, struct arena *,
	    const struct message *, struct err *e);

/* The worker: ask again where it is time to. */
bool	erasure_run_due(struct room *, struct arena *, struct err *e);

#endif

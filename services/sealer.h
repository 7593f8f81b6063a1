/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The sequencer: gives every committed entry its one place in the log, builds
 * the tree, has it signed and publishes it. Every step repeats safely after a
 * crash, because each begins by looking at what the one before has left:
 *
 *	1  read the horizon; in a later statement, leaves that have no place
 *	2  check each (services/leafcheck.h); in one act: places, tiles' roots,
 *	   writers' places, the new size, and a quarantine entry for a bad one
 *	3  bundles and tiles on disk, under their names
 *	4  the signer signs, and keeps that it did
 *	5  audit.ckpt, and <year>/checkpoint replaced
 *
 * One works at a time, by an advisory lock; and if two did, the guarded
 * UPDATE of audit.state lets one of them through.
 */
#ifndef SERVICES_SEALER_H
#define SERVICES_SEALER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct err;
struct room;
struct sealer;

/* room: ROOM_SEALER. Lives in the arena, as long as the process. */
bool	sealer_new(struct arena *, struct room *, struct sealer **,
	    struct err *e);

/* All there is to do now, for about a second or two. Faults are logged, and
 * looked at again in the next round. */
void	sealer_round(struct sealer *, struct arena *);

/* A round's parts, for tests and balcao. ready: have the lock, and know
 * where the log stands; ERR_BUSY: another sealer works; ERR_CONFLICT: the
 * database does not go on from what was signed (rule "log_rolled_back").
 * seal: *n leaves got a place. publish: every year's newest tree. */
bool	sealer_ready(struct sealer *, struct arena *, struct err *e);
bool	sealer_seal(struct sealer *, struct arena *, size_t *n,
	    struct err *e);
bool	sealer_publish(struct sealer *, struct arena *, struct err *e);
/* Close each year that is over. */
bool	sealer_close_years(struct sealer *, struct arena *, struct err *e);

/* What witnesses have signed, into audit.cosigned and beside the log. */
bool	sealer_cosigned(struct sealer *, struct arena *, struct err *e);

/* Called after each step, so that a test can die there. */
enum sealer_step {
	SEALER_READ,
	SEALER_PLACED,
	SEALER_SHELVED,
	SEALER_SIGNED,
	SEALER_KEPT,
	SEALER_PUBLISHED,
	SEALER__MAX
};
void	sealer_watch(struct sealer *, void (*)(enum sealer_step));

#endif

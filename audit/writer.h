/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A writer's chain: each worker process numbers its entries and names the
 * hash of its last one. The place in the chain moves only when PostgreSQL
 * has said that the act committed. Nothing is locked for it.
 *
 * The parent keeps each worker's last state in a slot of a shared page, so
 * the next process in that slot can say in its writer-open entry which leaf
 * is the last known and which one may have been written: a tail that
 * somebody cut off shows.
 */
#ifndef AUDIT_WRITER_H
#define AUDIT_WRITER_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/bytes.h"
#include "lib/crypto.h"

struct err;

enum {
	WRITER_SLOT = 128	/* bytes of a slot in the shared page */
};

struct writer_slot {
	uint8_t		has_known, has_maybe;
	struct hash	known;		/* last leaf surely committed */
	struct hash	maybe;		/* a leaf of an unknown commit */
};
_Static_assert(sizeof(struct writer_slot) <= WRITER_SLOT, "slot too small");

struct writer {
	uint8_t		 id[8];
	bool		 open;		/* its writer-open is committed */
	uint64_t	 sequence;	/* of the next entry */
	struct hash	 last;
	struct writer_slot *slot;	/* in the shared page; never NULL */
};

/* A chain of its own for this process. slot NULL: nobody follows it. */
void	writer_start(struct writer *, struct writer_slot *);

/* Entries of an act chain on a copy; one of these ends the act. */
void	writer_committed(struct writer *, const struct writer *act);
/* Nobody knows: this chain ends here, a new one says so. */
void	writer_unknown(struct writer *, const struct writer *act);

/* What a first entry says in fields 4 and 12. */
struct bytes	writer_known(const struct writer *);
struct bytes	writer_maybe(const struct writer *);

/* The slots of a program in a file, over a restart. An absent file is an
 * empty page. */
bool	writer_slots_load(const char *path, void *page, unsigned slots,
	    struct err *e);
bool	writer_slots_save(const char *path, const void *page, unsigned slots,
	    struct err *e);

#endif

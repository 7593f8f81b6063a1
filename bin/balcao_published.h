/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is published of the log on this machine. Whoever owns the database can
 * rewrite all of its tables so that they agree with each other; they cannot
 * agree with a checkpoint that lies elsewhere and is signed.
 */
#ifndef BIN_BALCAO_PUBLISHED_H
#define BIN_BALCAO_PUBLISHED_H

#include <stdbool.h>
#include <stddef.h>

#include "audit/checkpoint.h"
#include "audit/note.h"

struct arena;
struct room;

enum {
	PUBLISHED_FILES = 2,
	PUBLISHED_YEARS = 200
};

struct published {
	const char	*name;		/* "checkpoint", … */
	bool		 there;
	const char	*fault;		/* why it cannot be believed, or NULL */
	struct checkpoint checkpoint;
};

/* The years that have a folder; none if nothing is published here. */
void	published_years(const struct room *, int years[PUBLISHED_YEARS],
	    size_t *n);

/* A year's checkpoints: that of the log's key, and the one with enough
 * cosignatures. */
void	published_read(const struct room *, struct arena *, int year,
	    const struct note_key *, struct published[PUBLISHED_FILES]);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A whole log, entry by entry, in memory that does not grow with it.
 */
#ifndef BIN_BALCAO_VERIFY_LOG_H
#define BIN_BALCAO_VERIFY_LOG_H

#include <stdbool.h>
#include <stdint.h>

#include "audit/entry.h"
#include "lib/bytes.h"

struct err;
struct verify;

/* Told of each entry that is one of ours, in order. */
typedef void	log_entry(void *arg, uint64_t index, struct bytes leaf,
		    const struct entry_read *);

/*
 * The log in a folder: its checkpoint, every bundle and every tile. each may
 * be NULL. *ours: its entries are of our kind.
 */
bool	log_walk(struct verify *, const char *path, log_entry *each,
	    void *arg, bool *ours, struct err *e);

#endif

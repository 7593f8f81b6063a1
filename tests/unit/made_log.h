/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A small log made for a test: entries of two writers, with keys of a log
 * and three witnesses, receipts, and its files in a folder. A fault of the
 * making fails the running cmocka test.
 */
#ifndef TESTS_UNIT_MADE_LOG_H
#define TESTS_UNIT_MADE_LOG_H

#include <stdbool.h>
#include <stddef.h>

#include "audit/entry.h"
#include "audit/note.h"
#include "audit/receipt.h"
#include "audit/tree.h"
#include "lib/bytes.h"

struct arena;

enum {
	MADE_ENTRIES = 1024,
	MADE_WITNESSES = 3,
	MADE_WRITERS = 2
};

#define MADE_ANSWERS	"<answers><colour>azul</colour><doors>4</doors></answers>"

struct made_writer {
	uint8_t		id[ENTRY_WRITER];
	uint64_t	next;
	bool		known;		/* last is of the chain before */
	struct hash	last;
};

struct made_log {
	struct arena	*arena;
	struct secret	 seed, witness_seed[MADE_WITNESSES];
	struct note_key	 key, witness[MADE_WITNESSES];
	struct made_writer writer[MADE_WRITERS];
	struct bytes	 leaf[MADE_ENTRIES];
	struct hash	 hash[MADE_ENTRIES];
	struct receipt	 receipt[MADE_ENTRIES];
	size_t		 n;
};

/* Empty, with keys that are the same at every run. */
void		made_log_init(struct made_log *, struct arena *);

/* An entry of that writer: its writer-open if it is its first, then filings
 * with a submission and an event as rows. */
void		made_log_add(struct made_log *, size_t writer);
/* That writer's process ends; its next entry opens a chain after it. */
void		made_log_reopen(struct made_log *, size_t writer);
/* A leaf as it stands, whoever wrote it. */
void		made_log_put(struct made_log *, struct bytes leaf);

struct hash	made_log_root(const struct made_log *, size_t size);
/* Signed, and cosigned by so many. */
struct bytes	made_log_checkpoint(const struct made_log *, size_t size,
		    size_t witnesses);
/* The receipt of an entry under the tree of all. */
struct bytes	made_log_receipt(const struct made_log *, size_t index,
		    size_t witnesses);

/* A tree_get; arg is the log. */
bool		made_log_get(void *arg, unsigned level, uint64_t index,
		    struct hash *, struct err *e);

/* Checkpoint, keys, tiles and bundles below a folder that is there. */
void		made_log_save(const struct made_log *, const char *folder,
		    size_t witnesses);
void		made_log_file(const char *folder, const char *name,
		    struct bytes);

#endif

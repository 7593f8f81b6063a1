/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the parts of balcao-verify share: what was asked, whose keys are
 * believed, and the report. Nothing but libcrypto and the C library stands
 * behind it: no configuration, no database, no network.
 */
#ifndef BIN_BALCAO_VERIFY_H
#define BIN_BALCAO_VERIFY_H

#include <stdbool.h>
#include <stddef.h>

#include "audit/checkpoint.h"
#include "audit/note.h"
#include "bin/balcao_verify_report.h"

struct arena;
struct err;

enum {
	VERIFY_KEYS = 64
};

/* Keys of logs (type 1) and of witnesses (type 4). */
struct trust {
	struct note_key	log[VERIFY_KEYS];
	size_t		logs;
	struct note_key	witness[VERIFY_KEYS];
	size_t		witnesses;
	size_t		quorum;		/* cosignatures wanted */
};

struct verify {
	struct arena	*arena;
	struct report	 report;
	struct trust	 trust;
	const char	**file;
	size_t		 files;
	bool		 json;		/* --json */
	const char	*tiles;		/* --tiles */
	const char	*proof;		/* --proof */
	const char	*checkpoint;	/* --checkpoint */
	bool		 opaque;	/* --opaque */
	bool		 from_start;	/* --from-start */
};

/*
 * The modes. Each fills the report; false with e: what was named cannot be
 * read at all.
 */
bool	verify_receipt(struct verify *, struct err *e);
bool	verify_checkpoint(struct verify *, struct err *e);
bool	verify_log(struct verify *, struct err *e);
bool	verify_chains(struct verify *, struct err *e);

/* A checkpoint in a file or folder, and which line of its file is first. */
struct signed_checkpoint {
	const char	*file;		/* "" when lines alone name a place */
	size_t		 first_line;
	struct note	 note;
	struct checkpoint checkpoint;
};

/* What is malformed is a breach, and *good is false. */
bool	verify_read_checkpoint(struct verify *, const char *path,
	    struct signed_checkpoint *, bool *good, struct err *e);

/* Who signed it: the log's key, then witnesses up to the quorum. A signature
 * that fails is a breach. */
void	verify_signatures(struct verify *, const struct signed_checkpoint *);
/* The log's signature alone, without a word. */
enum note_verdict	verify_is_signed(const struct trust *,
			    const struct note *, const char *origin,
			    const struct note_signature **);

#endif

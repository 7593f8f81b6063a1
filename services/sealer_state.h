/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the files of the sequencer share: services/sealer.c (rounds, places),
 * sealer_publish.c (files, signature), sealer_year.c (the year's end). Nobody
 * else includes this.
 */
#ifndef SERVICES_SEALER_STATE_H
#define SERVICES_SEALER_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/crypto.h"
#include "services/macs.h"
#include "services/quorum.h"
#include "services/sealer.h"
#include "services/shard.h"

struct conf;
struct room;

enum {
	SEALER_SHARDS = 8	/* the newest years */
};

struct sealer {
	struct room	*room;
	const char	*tiles;		/* folder of the published log */
	const char	*keys;		/* folder of MAC keys */
	const char	*authority;	/* first part of every origin */
	const char	*socket;	/* the signer's */
	uint8_t		 public[CRYPTO_PUBLIC];	/* of the log */
	struct macs	 macs;
	struct quorum	 quorum;
	bool		 loaded;
	struct shard	 shard[SEALER_SHARDS];	/* by year */
	size_t		 shards;
	int64_t		 low;		/* xid; 0: look at all leaves */
	int64_t		 cursor;	/* xid that this look came to */
	int64_t		 swept;		/* horizon when it began */
	int64_t		 horizon;	/* xid: nothing below is to come */
	bool		 drained;	/* the last look found no more */
	int64_t		 published;	/* monotonic ms */
	int64_t		 told;		/* the last alarm, likewise */
	void		(*watch)(enum sealer_step);
};

void		 sealer_step(const struct sealer *, enum sealer_step);
struct shard	*sealer_shard(struct sealer *, int year);
const char	*sealer_folder(const struct sealer *, struct arena *,
		    int year);

/* The signer's record of this year against ours. ERR_CONFLICT with rule
 * "log_rolled_back", ERR_LOST. */
bool	sealer_compare(struct sealer *, struct arena *, int year,
	    const struct shard *, struct err *e);

#endif

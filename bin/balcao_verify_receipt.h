/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A receipt as balcao-verify has read it, for the parts that check, show and
 * mend it.
 */
#ifndef BIN_BALCAO_VERIFY_RECEIPT_H
#define BIN_BALCAO_VERIFY_RECEIPT_H

#include <stdbool.h>
#include <stddef.h>

#include "audit/entry.h"
#include "audit/proof.h"
#include "audit/receipt.h"
#include "lib/bytes.h"

struct arena;
struct report;
struct trust;

struct paper {
	struct bytes		text;
	struct proof		proof;
	struct receipt		receipt;
	struct entry_read	leaf;		/* when the receipt holds */
};

/* Does the path lead from the leaf to the root that the checkpoint says? */
bool	paper_leads(const struct paper *);

/* The event, in plain words, and the rows that the leaf commits to. */
void	paper_show(struct report *, struct arena *, const struct paper *);

/*
 * Is there one bit in text[from, to) that, changed back, mends everything:
 * contents, path, and the log's signature if its key is known? Then where.
 */
bool	paper_mend(struct arena *, struct bytes text, size_t from, size_t to,
	    const struct trust *, size_t *at);

/* Which line byte `at` is in, from 1, and what stands there: "line 5, hash 2
 * of the path". */
const char	*paper_place(struct arena *, const struct paper *, size_t at);

/* Where a line begins; the end of the text where there is no such line. */
size_t	paper_line(const struct paper *, size_t number);

#endif

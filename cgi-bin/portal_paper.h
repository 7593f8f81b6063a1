/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A receipt file, judged step by step as balcao-verify does it: is it a
 * proof, does what it shows fit the entry, does the entry lead to the root,
 * did our log sign that. Nothing is asked of the database.
 */
#ifndef CGI_BIN_PORTAL_PAPER_H
#define CGI_BIN_PORTAL_PAPER_H

#include <stdbool.h>
#include <stddef.h>

#include "audit/entry.h"
#include "audit/proof.h"
#include "audit/receipt.h"
#include "lib/bytes.h"

struct arena;
struct room;
struct visit;

enum {
	PAPER_MAX = 64 * 1024
};

enum paper_step {
	PAPER_READABLE,		/* a proof with an entry in it */
	PAPER_FITS,		/* what it shows is what the entry says */
	PAPER_LEADS,		/* the entry is under the root */
	PAPER_SIGNED,		/* our log signed the root */
	PAPER__MAX
};

struct paper {
	struct proof	 proof;
	struct receipt	 receipt;
	struct entry_read leaf;
	bool		 good[PAPER__MAX];
	size_t		 done;		/* steps taken; one may be missing */
	const char	*fault;		/* technical, of the first bad one */
	size_t		 witnesses;	/* of ours, whose cosignatures hold */
	bool		 enough;	/* by this installation's policy */
};

void	paper_judge(struct room *, struct arena *, struct bytes,
	    struct paper *);
/* All four hold. */
bool	paper_holds(const struct paper *);

/* What the entry says, in plain words; for a paper of which PAPER_FITS. */
void	paper_put(struct visit *, const struct paper *);

#endif

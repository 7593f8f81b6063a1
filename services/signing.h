/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the sequencer and the signer say to each other, over a Unix socket:
 * one question and one answer a connection, each u32 length | deterministic
 * CBOR.
 *
 *   question  [1, origin, size, root, old size, [hash, …]]
 *   answer    [1, verdict, size, note, words]
 *
 * The hashes prove (RFC 6962 2.1.2) that the tree which the signer signed
 * last, of old size leaves, is the beginning of this one. Size and note of an
 * answer are those of the signer's record: after SIGNING_DONE the new one.
 * Size 0 asks for the record alone, and is answered SIGNING_OLD.
 */
#ifndef SERVICES_SIGNING_H
#define SERVICES_SIGNING_H

#include <stdbool.h>
#include <stdint.h>

#include "audit/tree.h"
#include "lib/bytes.h"

struct arena;
struct err;

enum {
	SIGNING_MAX = 64 * 1024	/* bytes of a message */
};

enum signing_verdict {
	SIGNING_DONE,
	SIGNING_OLD,		/* its record has another old size: look, and
				 * ask again with a proof from there */
	SIGNING_MALFORMED,
	SIGNING_ORIGIN,		/* not a log of this authority's */
	SIGNING_YEAR,		/* a new log for a year gone by, or to come */
	SIGNING_SHRINK,		/* smaller than what was signed */
	SIGNING_FORK,		/* as large, and another root */
	SIGNING_PROOF,		/* larger, and not proved to go on from it */
	SIGNING_TIME,		/* the clock is before the record's */
	SIGNING_BROKEN,		/* its record cannot be read or written */
	SIGNING__MAX
};

struct signing_question {
	const char	*origin;
	uint64_t	 size;
	struct hash	 root;
	uint64_t	 old;
	struct tree_path path;
};

struct signing_answer {
	enum signing_verdict verdict;
	uint64_t	 size;		/* 0: nothing of this log was signed */
	struct bytes	 note;
	const char	*words;
};

struct bytes	signing_put_question(struct arena *,
		    const struct signing_question *);
bool	signing_take_question(struct arena *, struct bytes,
	    struct signing_question *, struct err *e);
struct bytes	signing_put_answer(struct arena *,
		    const struct signing_answer *);
bool	signing_take_answer(struct arena *, struct bytes,
	    struct signing_answer *, struct err *e);

/* One message through a connected socket, within its time limits. */
bool	signing_send(int fd, struct arena *, struct bytes, struct err *e);
bool	signing_receive(int fd, struct arena *, struct bytes *,
	    struct err *e);

/* Connect to the signer's socket, ask, and hang up. ERR_LOST: it does not
 * answer now. */
bool	signing_ask(struct arena *, const char *path,
	    const struct signing_question *, struct signing_answer *,
	    struct err *e);

/* "a smaller tree", …: for logs. */
const char	*signing_words(enum signing_verdict);

#endif

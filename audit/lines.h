/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The lines of a note, a checkpoint or a proof, and the hashes and numbers
 * that stand in them. Faults are ERR_INPUT and begin with "line 7: ".
 */
#ifndef AUDIT_LINES_H
#define AUDIT_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/bytes.h"
#include "lib/crypto.h"

struct arena;
struct err;

struct lines {
	struct bytes	left;
	size_t		number;		/* of the line taken last, from 1 */
};

struct lines	lines_of(struct bytes);

/* The next line, without its newline. false at the end, and before a line
 * that no newline ends. */
bool	lines_take(struct lines *, struct bytes *line);

/* Refuse the line taken last. */
bool	lines_fault(const struct lines *, struct err *e, const char *why);

/* What stands in the line taken last, from its byte `from` on. */
bool	lines_base64(struct arena *, const struct lines *, struct bytes line,
	    size_t from, struct bytes *, struct err *e);
bool	lines_hash(struct arena *, const struct lines *, struct bytes line,
	    struct hash *, struct err *e);
bool	lines_number(struct arena *, const struct lines *, struct bytes line,
	    size_t from, uint64_t max, uint64_t *, struct err *e);

/* Does the line begin with these characters? */
bool	lines_begins(struct bytes line, const char *prefix);

#endif

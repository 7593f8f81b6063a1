/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Signed notes (C2SP signed-note): a text, an empty line, lines of
 * signatures. And the keys that check them, written as vkey:
 *
 *	<name>+<key id, 8 hex digits>+<base64 of type byte | public key>
 *	key id = the first 4 bytes of SHA-256(name | "\n" | type | public key)
 *
 * Known types are Ed25519 over the text (1) and timestamped cosignatures (4,
 * audit/cosign.h). Lines of keys that we do not know are kept as they are; a
 * malformed line refuses the whole note. Every fault is ERR_INPUT, and says
 * on which line of the note it is.
 */
#ifndef AUDIT_NOTE_H
#define AUDIT_NOTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/bytes.h"
#include "lib/crypto.h"
#include "lib/secret.h"

struct arena;
struct err;

enum {
	NOTE_MAX = 256 * 1024,	/* bytes of a note */
	NOTE_SIGNATURES = 64,
	NOTE_NAME = 255		/* bytes of a key's name */
};

enum note_type {
	NOTE_ED25519 = 1,
	NOTE_COSIGNATURE = 4
};

struct note_signature {
	const char	*name;
	uint32_t	 id;
	struct bytes	 bytes;		/* behind the key id; 1 or more */
	struct bytes	 line;		/* verbatim, with its newline */
	size_t		 number;	/* of its line in the note, from 1 */
};

struct note {
	struct bytes	 text;		/* ends with a newline */
	struct note_signature *signature;
	size_t		 n;
};

/* text, line and all else point into the note or lie in the arena. */
bool	note_parse(struct arena *, struct bytes, struct note *, struct err *e);

/* A text that may be signed: UTF-8, no control characters but newlines, at
 * its end one. */
bool	note_check_text(struct bytes, struct err *e);
/* Not empty, no white space, no plus sign. */
bool	note_check_name(const char *, struct err *e);

struct note_key {
	const char	*name;
	uint32_t	 id;
	enum note_type	 type;
	uint8_t		 public[CRYPTO_PUBLIC];
};

/* name must outlive the key. */
bool		 note_key_init(struct note_key *, enum note_type,
		    const char *name, const uint8_t public[CRYPTO_PUBLIC],
		    struct err *e);
bool		 note_key_parse(struct arena *, const char *vkey,
		    struct note_key *, struct err *e);
const char	*note_key_text(struct arena *, const struct note_key *);

enum note_verdict {
	NOTE_ABSENT,	/* no line of this key */
	NOTE_GOOD,	/* a line of it holds, and none fails */
	NOTE_BAD	/* a line of it does not hold */
};

/* Of a key of type 1. signature (may be NULL): which line was decisive. */
enum note_verdict	note_check(const struct note *,
			    const struct note_key *,
			    const struct note_signature **signature);

/* Name and key id are those of this key. */
bool		 note_is_by(const struct note_signature *,
		    const struct note_key *);

/* A line, newline and all, around a signature made elsewhere. */
const char	*note_line(struct arena *, const struct note_key *,
		    struct bytes signature);
/* The line of a key of type 1, from its seed. The text must be fit. */
const char	*note_sign(struct arena *, const struct note_key *,
		    const struct secret *seed, struct bytes text);
/* text, empty line, lines (each with its newline). */
struct bytes	 note_join(struct arena *, struct bytes text,
		    const char *const *lines, size_t n);

#endif

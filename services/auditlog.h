/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The audit log for room auditor alone: entries and cases; searching is
 * services/auditlog_search.h. Codes, times, handles and pseudonyms; no detail
 * is opened here. Every question is an entry itself,
 * committed before its answer is given: who asked, when, and, sealed, what
 * for.
 */
#ifndef SERVICES_AUDITLOG_H
#define SERVICES_AUDITLOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "audit/entry.h"
#include "lib/clock.h"
#include "lib/crypto.h"
#include "lib/uuid.h"
#include "schema/registry.h"
#include "services/casework.h"
#include "services/proof.h"

struct arena;
struct err;
struct room;
struct session;

enum {
	AUDITLOG_CASE = 500		/* entries of a case on one page */
};

struct auditlog_row {
	struct uuid	 id;		/* of the event */
	instant		 at;
	enum room_code	 room;
	enum event_type	 type;
	enum entry_outcome outcome;
	enum purpose	 purpose;
	struct uuid	 actor;		/* account; nil: none */
	const char	*handle;	/* of staff, or NULL */
	const char	*office;	/* its name, or NULL */
	struct uuid	 subject;
	struct uuid	 application;
	const char	*reference;	/* of the case, or NULL */
	unsigned	 table;		/* registry code, or 0 */
	struct uuid	 row;
	int32_t		 row_version;	/* 0: no row was written */
};

enum auditlog_verdict {
	AUDITLOG_AGREES,
	AUDITLOG_DIFFERS,
	AUDITLOG_UNCHECKED	/* nothing to compare with */
};

struct auditlog_image {
	unsigned	 table;
	struct uuid	 row;		/* nil: erased */
	int32_t		 version;
	struct hash	 image;
};

struct auditlog_entry {
	struct auditlog_row row;
	const struct auditlog_image *images;
	size_t		 n;
	struct hash	 leaf;		/* RFC 6962 leaf hash */
	uint64_t	 sequence;	/* of its writer */
	const char	*writer;	/* hexadecimal */
	bool		 sequenced;
	unsigned	 year;		/* shard of the log */
	int64_t		 index;
	/* Do the searchable columns say what the leaf says? The list of
	 * images what its field 13 commits to? The log the same hash? */
	enum auditlog_verdict columns, list, log;
	struct bytes	 text;		/* the leaf itself */
	struct proof_found proof;	/* that it is in the signed log … */
	bool		 unprovable;	/* … which does not hold together */
};

/* One entry. ERR_ABSENT. */
bool	auditlog_get(struct room *, struct arena *, const struct session *,
	    struct uuid event, struct auditlog_entry *, struct err *e);

/* The same for a file: its leaf, or the proof that it is in the log. The
 * entry says export. ERR_ABSENT. */
bool	auditlog_take_away(struct room *, struct arena *,
	    const struct session *, struct uuid event,
	    struct auditlog_entry *, struct err *e);
/* As C2SP tlog-proof; only where proof.note is there. */
struct bytes	auditlog_proof(struct arena *, const struct auditlog_entry *);

struct auditlog_step {
	struct uuid	 event;
	const char	*action, *from, *to, *role;
	const char	*handle, *office;	/* or NULL */
	instant		 at;
	struct uuid	 entry;		/* that commits to it; nil: none does */
};

struct auditlog_case {
	struct application application;
	const struct auditlog_row *rows;	/* oldest first */
	size_t		 n;
	bool		 more;		/* than AUDITLOG_CASE */
	const struct auditlog_step *steps;	/* oldest first */
	size_t		 n_steps;
};

/* Everything that was said about a case. export: for a file, and its entry
 * says so. ERR_ABSENT. */
bool	auditlog_case(struct room *, struct arena *, const struct session *,
	    const char *reference, bool export, struct auditlog_case *,
	    struct err *e);

#endif

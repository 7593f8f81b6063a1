/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An act: everything that happens together or not at all - records, state
 * changes, ledger lines, messages to other rooms, and the audit entries that
 * commit to all of it. Every change in the house is made by act_run().
 *
 * The body is a function that adds statements; it may read first, and it may
 * run again after a deadlock, so it changes nothing outside the act.
 */
#ifndef SERVICES_ACT_H
#define SERVICES_ACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "audit/entry.h"
#include "lib/bytes.h"
#include "lib/clock.h"
#include "lib/db.h"
#include "lib/envelope.h"
#include "lib/uuid.h"
#include "schema/registry.h"

struct act;
struct arena;
struct err;
struct room;
struct session;

typedef bool (*act_body)(struct act *, void *arg, struct err *e);

/*
 * Run the body and commit. session NULL: the room itself acts, as the
 * system. Errors: what the body or a rule said; ERR_CONFLICT for a promise
 * not kept; ERR_UNKNOWN if nobody knows whether it committed - then ask by
 * the id of what was to be made, and never say "done" or "not done".
 */
bool	act_run(struct room *, struct arena *, const struct session *,
	    act_body, void *arg, struct err *e);

/* An entry alone, in a transaction of its own: reads and refusals. */
struct act_entry {
	enum event_type	type;
	enum entry_outcome outcome;
	enum purpose	purpose;
	struct uuid	subject;	/* nil: about nobody */
	struct uuid	application;	/* nil: no case */
	enum table_code	table;		/* of what was read; else of the
					 * first row written */
	struct uuid	row;
	const struct entry_value *values;	/* for the sealed detail */
	size_t		n;
	/* Field 13 of an act without rows: what else it commits to (a log's
	 * last checkpoint); NULL: nothing. */
	const struct hash *commits;
};
bool	act_note(struct room *, struct arena *, const struct session *,
	    const struct act_entry *, struct uuid *event, struct err *e);

/* What an act knows. */
struct room	*act_room(const struct act *);
struct arena	*act_arena(const struct act *);
const struct session	*act_session(const struct act *);
instant		 act_now(const struct act *);
date		 act_today(const struct act *);
/* From here on this session acts: sign-in makes it in the act itself. */
void		 act_become(struct act *, const struct session *);

/* A statement whose row is in no image: working tables, messages. */
void	act_add(struct act *, unsigned statement, const struct db_value *,
	    size_t n, struct db_rows **rows);

/* An audited row: the statement's values are the table's audited columns in
 * registry order, as the generated INSERT and UPDATE take them. */
void	act_put(struct act *, unsigned statement, enum table_code,
	    const struct db_value *, size_t n);

/* The image of an audited row that another statement writes. */
void	act_image(struct act *, enum table_code, const struct db_value *,
	    size_t n);

/* A message was added: the next entry's detail names it. */
void	act_sent(struct act *, struct uuid message);

/* The entry for all images since the last one. *event may be NULL. */
bool	act_say(struct act *, const struct act_entry *, struct uuid *event,
	    struct err *e);

/* Seal under the newest key of the unit: a person, a thing, an application. */
bool	act_seal(struct act *, struct uuid unit, struct envelope_place,
	    struct bytes plain, struct bytes *sealed, struct err *e);

#endif

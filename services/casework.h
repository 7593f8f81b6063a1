/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The life of an application, for all services: filing, and every later
 * step. The rules are PostgreSQL's (schema/migration/0003_casework.sql);
 * this file asks what a step would make of the application, puts that into
 * an act with its images, and names what goes with it.
 */
#ifndef SERVICES_CASEWORK_H
#define SERVICES_CASEWORK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/bytes.h"
#include "lib/clock.h"
#include "lib/uuid.h"

struct act;
struct arena;
struct db_row;
struct err;
struct room;
struct session;

struct application {
	struct uuid	 id;
	int32_t		 version;	/* row_version */
	struct uuid	 nonce;
	const char	*reference;
	const char	*form;
	int32_t		 form_version;
	unsigned	 room;
	struct uuid	 office;
	struct uuid	 applicant;	/* subject */
	struct uuid	 thing;		/* nil: none yet */
	bool		 has_amount;
	int64_t		 amount;
	const char	*state;
	instant		 submitted_at;
	date		 due;		/* DATE_NONE: nothing is due */
	date		 suspended_on;
	struct uuid	 assignee;
	struct uuid	 recommender;
	date		 decided_on;
	instant		 lease_until;	/* derived */
};

/* Columns in registry order and lease_until; for statements that select
 * them so. */
void	casework_take(struct db_row *, struct application *);

/* ERR_ABSENT if there is none that this room may see. */
bool	casework_get(struct room *, struct arena *, struct uuid id,
	    struct application *, struct err *e);
/* *found false: none. reference in canonical form. */
bool	casework_find(struct room *, struct arena *, const char *reference,
	    struct application *, bool *found, struct err *e);

/*
 * In the act that files it: id (the draft's), form, form_version, applicant,
 * thing, amount and reference are given; the rest is made here, the row and
 * its event written. action: "submit", "submit_unpaid", "offer", or a clerk's
 * "record". *event names the event for submissions, fees and entries.
 */
bool	casework_file(struct act *, struct application *, const char *action,
	    struct uuid *event, struct err *e);

struct casework_step {
	struct uuid	 application;
	const char	*action;	/* of the transition table */
	const char	*role;		/* applicant, clerk, supervisor, system */
	int32_t		 expected;	/* version the actor saw; 0: any */
	struct uuid	 assignee;	/* of reassign */
	struct uuid	 cause;		/* of a system step: a message */
	/* coded reasons, and a note for the file; both may be empty */
	const int32_t	*reasons;
	size_t		 n_reasons;
	const char	*note;		/* text, or NULL */
	const char	*note_kind;	/* staff, citizen or system */
};

/*
 * One step in an act: the event, the application, the reasons, the note.
 * *after is the application as it will stand; *event the event's id.
 * ERR_CONFLICT with rule application_version: somebody else was faster.
 * ERR_DENIED with the rule that forbids it. No entry is said; the caller
 * says it (act_say), with all else the act writes.
 */
bool	casework_step(struct act *, const struct casework_step *,
	    struct application *after, struct uuid *event, struct err *e);

/*
 * A further step of the same act, right behind another, which changes
 * nothing but the state: "issue" behind "approve".
 */
void	casework_follow(struct act *, const char *action, const char *role,
	    const char *to_state, struct application *, struct uuid *event);

/*
 * A step alone, with its entry (update, or decide for a decision): what
 * claim, release, reassign, note and withdraw are. purpose: enum purpose.
 */
bool	casework_do(struct room *, struct arena *, const struct session *,
	    const struct casework_step *, unsigned purpose,
	    struct application *after, struct err *e);

/* May the session's bearer read this case? Rules: conflict_of_interest,
 * not_applicant, outside_queue (then ask for a reason), session_over. For
 * staff a read entry with the purpose is written before this returns true;
 * for others nothing is. A refusal is an entry too. */
bool	casework_open(struct room *, struct arena *, const struct session *,
	    const struct application *, unsigned purpose, const char *reason,
	    struct err *e);

#endif

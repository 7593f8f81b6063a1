/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Comparing audit.q and messages with what the room's own details say. It
 * changes nothing: what is right, nobody can know here. Room programs' workers call it, and
 * `<program> -q` and `balcao audit q` for all entries at once.
 */
#include "services/qcheck.h"

#include <stdio.h>

#include "audit/opening.h"
#include "lib/arena.h"
#include "lib/crypto.h"
#include "lib/db.h"
#include "lib/envelope.h"
#include "lib/err.h"
#include "lib/log.h"
#include "schema/registry.h"
#include "schema/statements.h"
#include "services/act.h"
#include "services/room.h"
#include "services/vault.h"

enum {
	SOME = 500,		/* the LIMIT of qcheck_some */
	RANDOM = 4,		/* such parts of the whole log in a sample */
	RECENT = 200,		/* at most so many of the last day */
	DAY_MS = 25 * 60 * 60 * 1000,
	NIGHT_MS = 3 * 60 * 60 * 1000,
	SPREAD_MS = 60 * 60 * 1000
};

/* An entry as the tables have it. */
struct told {
	struct uuid	event, actor, office, subject, row, application;
	struct bytes	leaf, detail;
	bool		unnamed;
};

/* ---- one entry ---- */

static const char *
compare(const struct told *t, const struct opening *o)
{
	if (!uuid_equal(t->actor, o->actor))
		return "audit.q names another actor than its detail";
	if (!uuid_equal(t->office, o->office))
		return "audit.q names another office than its detail";
	if (!uuid_equal(t->subject, o->subject))
		return "audit.q names another subject than its detail";
	if (!uuid_equal(t->row, o->row))
		return "audit.q names another row than its detail";
	if (!uuid_equal(t->application, o->application))
		return "audit.q names another case than its detail";
	return t->unnamed ? "its images have lost their rows, and nobody was "
	    "erased" : NULL;
}

static bool
compare_messages(struct room *room, struct arena *arena,
    const struct opening *o, const char **why, struct err *e)
{
	for (size_t i = 0; i < o->messages && *why == NULL; i++) {
		struct db_rows *rows;
		struct db_row row;

		if (!db_ask(room->db, arena, QUERY_QCHECK_SENT,
		    (struct db_value[]){ db_uuid(o->message[i]) }, 1, &rows,
		    e))
			return false;
		row = db_row(rows, 0);
		if (!db_take_bool(&row))
			*why = "a message that its act sent is gone";
	}
	return true;
}

/* Erasure takes the subject from q, and then the key that would tell it. */
static const char *
judge_gone(const struct told *t, const struct entry_read *leaf)
{
	if (leaf->subject.n > 0 && uuid_is_nil(t->subject))
		return NULL;
	return "the key of its detail is gone, and nobody was erased";
}

/* *why NULL: all is well. false: not known now. */
static bool
judge(struct room *room, struct arena *arena, const struct told *t,
    struct qcheck *sum, const char **why, struct err *e)
{
	const struct envelope_place place = { .table = TABLE_AUDIT_LEAF,
	    .class = CLASS_DETAIL, .row = t->event, .version = 1 };
	struct entry_read leaf;
	struct opening o;
	struct bytes plain;
	struct err fault;

	*why = "its leaf is gone or is no entry";
	if (!entry_parse(t->leaf, &leaf, NULL))
		return true;
	if (vault_open(room->vault, arena, place, t->detail, &plain,
	    &fault)) {
		if (!opening_read(plain, &leaf, &o, &fault)) {
			*why = arena_strdup(arena, fault.text);
			return true;
		}
		*why = compare(t, &o);
		return compare_messages(room, arena, &o, why, e);
	}
	*why = "its detail does not open";
	if (err_is(&fault, VAULT_REFUSED))
		return true;
	if (!err_is(&fault, "erased")) {
		*e = fault;
		return false;
	}
	*why = judge_gone(t, &leaf);
	sum->erased += *why == NULL;
	return true;
}

static bool
report(struct room *room, struct arena *arena, struct uuid event,
    const char *why, struct err *e)
{
	const struct db_value text = db_text(why);
	const struct entry_value value = { COLUMN_AUDIT_LEAF_DETAIL, &text };
	char id[UUID_TEXT];

	log_event(LOG_ALARM, "q-differs", "entry", uuid_text(event, id),
	    "why", why, NULL);
	return act_note(room, arena, NULL, &(struct act_entry){
	    .type = EVENT_QUARANTINE,
	    .outcome = OUTCOME_ERROR,
	    .purpose = PURPOSE_OPERATION,
	    .table = TABLE_AUDIT_Q,
	    .row = event,
	    .values = &value,
	    .n = 1 }, NULL, e);
}

/* ---- many ---- */

static bool
take(struct db_row *row, struct told *t)
{
	bool own;

	t->event = db_take_uuid(row);
	own = db_take_bool(row);
	t->leaf = db_take_bytes(row);
	t->detail = db_take_bytes(row);
	t->actor = db_take_uuid(row);
	t->office = db_take_uuid(row);
	t->subject = db_take_uuid(row);
	t->row = db_take_uuid(row);
	t->application = db_take_uuid(row);
	t->unnamed = db_take_bool(row);
	return own;
}

/* *after moves on; *end: there is no more. */
static bool
check_some(struct room *room, struct arena *arena, struct uuid *after,
    bool *end, struct qcheck *sum, struct err *e)
{
	struct db_rows *rows;
	const char *why;
	struct told t;

	if (!db_ask(room->db, arena, QUERY_QCHECK_SOME, (struct db_value[]){
	    db_uuid(*after) }, 1, &rows, e))
		return false;
	*end = db_count(rows) < SOME;
	for (size_t i = 0; i < db_count(rows); i++) {
		struct db_row row = db_row(rows, i);
		bool own = take(&row, &t);

		*after = t.event;
		if (!own || sum->faults == QCHECK_FAULTS)
			continue;
		sum->entries++;
		if (!judge(room, arena, &t, sum, &why, e))
			return false;
		if (why == NULL)
			continue;
		sum->faults++;
		if (!report(room, arena, t.event, why, e))
			return false;
	}
	return true;
}

static bool
check_from(struct room *room, struct uuid after, int64_t parts,
    struct qcheck *sum, struct err *e)
{
	bool ok = true, end = false;

	for (int64_t i = 0; ok && !end && i < parts &&
	    sum->faults < QCHECK_FAULTS; i++) {
		struct arena *arena = arena_new(0);

		ok = check_some(room, arena, &after, &end, sum, e);
		arena_free(arena);
	}
	return ok;
}

static void
say(const struct qcheck *sum)
{
	char entries[24], faults[24];

	snprintf(entries, sizeof entries, "%lld", (long long)sum->entries);
	snprintf(faults, sizeof faults, "%lld", (long long)sum->faults);
	log_event(sum->faults > 0 ? LOG_ALARM : LOG_INFO, "q-checked",
	    "entries", entries, "faults", faults, NULL);
}

bool
qcheck_all(struct room *room, struct qcheck *sum, struct err *e)
{
	*sum = (struct qcheck){ .entries = 0 };
	if (!check_from(room, (struct uuid){ { 0 } }, INT64_MAX, sum, e))
		return false;
	say(sum);
	return true;
}

/* ---- samples ---- */

/* When the first entry of all was written: ids begin with their time. */
static bool
find_first(struct room *room, struct arena *arena, instant *at,
    struct err *e)
{
	struct db_rows *rows;
	struct db_row row;
	struct uuid id;

	*at = INSTANT_NONE;
	if (!db_ask(room->db, arena, QUERY_QCHECK_FIRST, NULL, 0, &rows, e))
		return false;
	if (db_count(rows) == 0)
		return true;
	row = db_row(rows, 0);
	id = db_take_uuid(&row);
	*at = 0;
	for (int i = 0; i < 6; i++)
		*at = *at << 8 | id.b[i];
	return true;
}

static bool
check_somewhere(struct room *room, instant first, instant now,
    struct qcheck *sum, struct err *e)
{
	uint64_t n;

	if (first >= now)
		return true;
	crypto_random(&n, sizeof n);
	return check_from(room, uuid_at(first + (int64_t)(n %
	    (uint64_t)(now - first))), 1, sum, e);
}

bool
qcheck_sample(struct room *room, struct arena *arena, struct qcheck *sum,
    struct err *e)
{
	instant first, now = clock_now();

	*sum = (struct qcheck){ .entries = 0 };
	if (!find_first(room, arena, &first, e))
		return false;
	if (first == INSTANT_NONE)
		return true;
	for (int i = 0; i < RANDOM; i++)
		if (!check_somewhere(room, first, now - DAY_MS, sum, e))
			return false;
	if (!check_from(room, uuid_at(now - DAY_MS), RECENT, sum, e))
		return false;
	say(sum);
	return true;
}

instant
qcheck_next(instant now)
{
	uint32_t n;

	crypto_random(&n, sizeof n);
	return clock_start_of(clock_date(now) + 1) + NIGHT_MS +
	    (int64_t)(n % SPREAD_MS);
}

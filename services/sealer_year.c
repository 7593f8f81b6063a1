/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The end of a year. Entries carry their own time, and a transaction that
 * began before midnight may commit after it; so the log of a year stays open
 * until 1 January 01:00 UTC, and then until every transaction that had begun
 * by then is over. The first thing the new year's log is told by the
 * sequencer is how the old one ended.
 */
#include "services/sealer.h"

#include <stdio.h>

#include "lib/arena.h"
#include "lib/clock.h"
#include "lib/crypto.h"
#include "lib/db.h"
#include "lib/err.h"
#include "lib/log.h"
#include "schema/statements.h"
#include "services/act.h"
#include "services/room.h"
#include "services/sealer_state.h"

enum {
	GRACE_MS = 60 * 60 * 1000
};

struct closing {
	const struct shard *shard;
	struct hash	 last;		/* of its last checkpoint */
};

static instant
end_of(int year)
{
	return (instant)date_from((struct civil){ .year = year + 1,
	    .month = 1, .day = 1 }) * 86400000;
}

static bool
close_body(struct act *act, void *arg, struct err *e)
{
	const struct closing *c = arg;
	const struct db_value year = db_int(c->shard->year);
	const struct db_value size = db_int((int64_t)c->shard->size);
	const struct entry_value values[] = {
		{ COLUMN_AUDIT_CKPT_YEAR, &year },
		{ COLUMN_AUDIT_CKPT_SIZE, &size },
	};

	act_add(act, QUERY_SEALER_CLOSE, (struct db_value[]){ year, size }, 2,
	    NULL);
	return act_say(act, &(struct act_entry){
	    .type = EVENT_CONFIGURATION,
	    .purpose = PURPOSE_OPERATION,
	    .table = TABLE_AUDIT_CKPT,
	    .commits = &c->last,
	    .values = values,
	    .n = sizeof values / sizeof *values }, NULL, e);
}

static bool
close_year(struct sealer *s, struct arena *arena, struct shard *shard,
    struct err *e)
{
	struct closing c = { .shard = shard };
	struct db_rows *rows;
	struct db_row row;
	char year[12];

	if (!db_ask(s->room->db, arena, QUERY_SEALER_NEWEST,
	    (struct db_value[]){ db_int(shard->year) }, 1, &rows, e))
		return false;
	if (db_count(rows) == 0)
		return err_set(e, ERR_SYSTEM, "year %d has no checkpoint",
		    shard->year);
	row = db_row(rows, 0);
	db_take_int(&row);
	c.last = crypto_sha256(db_take_bytes(&row));
	if (!act_run(s->room, arena, NULL, close_body, &c, e)) {
		s->loaded = false;
		return false;
	}
	shard->closed = true;
	snprintf(year, sizeof year, "%d", shard->year);
	log_event(LOG_INFO, "year-closed", "year", year, NULL);
	return true;
}

/* The transaction id that the horizon has to pass; read back with the next
 * load. */
static bool
take_mark(struct sealer *s, struct arena *arena, const struct shard *shard,
    struct err *e)
{
	s->loaded = false;
	return db_ask(s->room->db, arena, QUERY_SEALER_MARK,
	    (struct db_value[]){ db_int(shard->year) }, 1, NULL, e);
}

bool
sealer_close_years(struct sealer *s, struct arena *arena, struct err *e)
{
	instant now = clock_now();

	for (size_t i = 0; i < s->shards && s->loaded; i++) {
		struct shard *shard = &s->shard[i];

		if (shard->closed || now < end_of(shard->year) + GRACE_MS)
			continue;
		if (shard->mark == 0)
			return take_mark(s, arena, shard, e);
		if (!s->drained || s->horizon <= shard->mark ||
		    shard->published != shard->size)
			continue;
		if (!close_year(s, arena, shard, e))
			return false;
	}
	return true;
}

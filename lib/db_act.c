/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Statements by themselves and acts: what is sent together, what a loss at
 * each moment means, and who may try again. The sending is lib/db.c's.
 */
#include "lib/db.h"

#include <limits.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/db_flight.h"
#include "lib/db_wire.h"
#include "lib/err.h"
#include "lib/str.h"

enum {
	FIRST_STEPS = 16
};

enum act_state {
	ACT_NEW,
	ACT_FLOWN,
	ACT_OVER
};

struct db_act {
	struct db	*db;
	struct arena	*arena;
	enum act_state	 state;
	struct db_step	*steps;		/* BEGIN is the first */
	size_t		 n;
	size_t		 capacity;
};

static struct db_step
step_new(struct db *db, struct arena *arena, unsigned number,
    const struct db_value *values, size_t n, struct db_rows **rows)
{
	const struct db_plan *plan = number < db->conf.n ?
	    db->by_number[number] : NULL;
	struct db_step step = { .n = (int)n, .rows = rows };
	struct bytes b;

	if (plan == NULL)
		db_fault("not a statement of this role",
		    number < db->conf.n ? db->conf.statements[number].name :
		    "?");
	step.statement = plan->statement;
	if (n != plan->statement->params)
		db_fault("a wrong count of values", step.statement->name);
	step.values = arena_array(arena, n, sizeof *step.values);
	step.lengths = arena_array(arena, n, sizeof *step.lengths);
	step.formats = arena_array(arena, n, sizeof *step.formats);
	for (size_t i = 0; i < n; i++) {
		b = db_wire_encode(arena, plan->params[i], &values[i],
		    step.statement->name);
		if (b.n > INT_MAX)
			db_fault("a value too long", step.statement->name);
		step.values[i] = (const char *)b.p;
		step.lengths[i] = (int)b.n;
		step.formats[i] = 1;
		step.size += b.n;
	}
	return step;
}

/*
 * A SELECT that was not sent whole did nothing and runs again. One that was
 * is ERR_LOST, as reads are; what has an effect belongs in an act.
 */
bool
db_ask(struct db *db, struct arena *arena, unsigned statement,
    const struct db_value *values, size_t n, struct db_rows **rows,
    struct err *e)
{
	struct db_step step = step_new(db, arena, statement, values, n, rows);
	const char *name = step.statement->name;
	bool reading = str_starts(step.statement->sql, "SELECT");
	enum db_ending ending;
	struct db_flight f;

	if (db->in_act)
		db_fault("asked in the middle of an act", name);
	if (!db_ready(db, reading, e))
		return false;
	ending = db_flight_run(&f, db, arena, &step, 1);
	if (ending == DB_LOST && reading && !f.flushed) {
		if (!db_ready(db, reading, e))
			return false;
		ending = db_flight_run(&f, db, arena, &step, 1);
	}
	if (ending != DB_ARRIVED && e != NULL)
		*e = f.err;
	if (ending == DB_LOST && !reading && f.flushed)
		return err_set(e, ERR_UNKNOWN, "%s: connection lost", name);
	if (ending != DB_ARRIVED)
		return false;
	if (db->unsynced)
		return err_set(e, ERR_UNKNOWN, "%s: not replicated", name);
	return true;
}

struct db_act *
db_act_new(struct db *db, struct arena *arena)
{
	struct db_act *act = arena_alloc(arena, sizeof *act);

	act->db = db;
	act->arena = arena;
	act->capacity = FIRST_STEPS;
	act->steps = arena_array(arena, act->capacity, sizeof *act->steps);
	act->steps[act->n++].statement = &db_frames[DB_FRAME_BEGIN];
	return act;
}

void
db_act_add(struct db_act *act, unsigned statement,
    const struct db_value *values, size_t n, struct db_rows **rows)
{
	struct db_step *wider;

	if (act->state != ACT_NEW)
		db_fault("added to an act that has flown", "db_act_add");
	if (act->n == act->capacity) {
		act->capacity *= 2;
		wider = arena_array(act->arena, act->capacity, sizeof *wider);
		memcpy(wider, act->steps, act->n * sizeof *wider);
		act->steps = wider;
	}
	act->steps[act->n++] = step_new(act->db, act->arena, statement,
	    values, n, rows);
}

static enum db_ending
run_frame(struct db *db, enum db_frame frame, struct db_flight *f)
{
	struct db_step step = { .statement = &db_frames[frame] };

	return db_flight_run(f, db, NULL, &step, 1);
}

/* If ROLLBACK itself fails, closing the connection does the same. */
static void
roll_back(struct db *db)
{
	struct db_flight f;

	db->in_act = false;
	if (run_frame(db, DB_FRAME_ROLLBACK, &f) == DB_REFUSED)
		db_hang_up(db);
}

bool
db_act_fly(struct db_act *act, struct err *e)
{
	struct db *db = act->db;
	enum db_ending ending;
	struct db_flight f;

	if (act->state != ACT_NEW || db->in_act)
		db_fault("an act flew twice, or two at once", "db_act_fly");
	act->state = ACT_OVER;
	if (!db_ready(db, false, e))
		return false;
	ending = db_flight_run(&f, db, act->arena, act->steps, act->n);
	if (ending == DB_ARRIVED) {
		act->state = ACT_FLOWN;
		db->in_act = true;
		return true;
	}
	if (ending == DB_REFUSED)
		roll_back(db);
	if (e != NULL)
		*e = f.err;
	return false;
}

bool
db_act_commit(struct db_act *act, struct err *e)
{
	struct db *db = act->db;
	enum db_ending ending;
	struct db_flight f;

	if (act->state != ACT_FLOWN)
		db_fault("committed what is not in the air", "db_act_commit");
	act->state = ACT_OVER;
	db->in_act = false;
	if (!db_alive(db)) {
		db_hang_up(db);
		return err_set(e, ERR_LOST, "connection lost before COMMIT");
	}
	ending = run_frame(db, DB_FRAME_COMMIT, &f);
	if (f.failed) {
		if (e != NULL)
			*e = f.err;
		return false;
	}
	/* Lost after the answer is no loss. */
	if (ending == DB_LOST && f.landed == 0)
		return err_set(e, ERR_UNKNOWN, "connection lost at COMMIT");
	if (db->unsynced)
		return err_set(e, ERR_UNKNOWN, "COMMIT was not replicated");
	return true;
}

void
db_act_abandon(struct db_act *act)
{
	if (act->state == ACT_FLOWN)
		roll_back(act->db);
	act->state = ACT_OVER;
}

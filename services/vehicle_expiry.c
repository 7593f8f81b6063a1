/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Registrations that come to their end. The cause of each step is the day
 * that the row itself names as due, which PostgreSQL compares with its own.
 */
#include "services/vehicle_expiry.h"

#include "lib/arena.h"
#include "lib/db.h"
#include "lib/err.h"
#include "lib/log.h"
#include "lib/str.h"
#include "schema/registry.h"
#include "schema/statements.h"
#include "services/act.h"
#include "services/mail.h"
#include "services/room.h"
#include "services/vehicle_record.h"

/* A due day is the last on which nothing happens yet. */
static date
remind_on(const struct registration *r, int days)
{
	return r->valid_until - days - 1;
}

void
vehicle_expiry_resume(struct registration *r)
{
	r->state = "active";
	r->due = remind_on(r, VEHICLE_FIRST_REMINDER);
}

void
vehicle_expiry_renew(struct registration *r, date today)
{
	date from = today;

	if (r->version > 0 && r->valid_until >= today)
		from = r->valid_until + 1;
	else
		r->valid_from = today;
	r->valid_until = date_add_months(from, VEHICLE_MONTHS) - 1;
	vehicle_expiry_resume(r);
}

/* What is reminded of late, because nobody was at work, lapses in a step of
 * its own right after. */
static void
move_on(struct registration *r, date today)
{
	if (str_equal(r->state, "expiring") && r->valid_until < today) {
		r->state = "lapsed";
		r->due = DATE_NONE;
		return;
	}
	r->state = "expiring";
	r->due = remind_on(r, VEHICLE_SECOND_REMINDER);
	if (r->due < today)
		r->due = r->valid_until;
}

static bool
expire_body(struct act *act, void *arg, struct err *e)
{
	const struct vehicle_file *f = arg;
	struct registration r = f->registration;
	char id[UUID_TEXT];

	move_on(&r, act_today(act));
	if (!vehicle_record_put_registration(act, &r,
	    uuid_is_nil(r.keeper) ? f->title.owner : r.keeper, e)
	    || !mail_send(act, f->title.owner, MAIL_REMINDER, "",
	    arena_printf(act_arena(act), "/vehicles/%s",
	    uuid_text(f->vehicle.id, id)), e))
		return false;
	return act_say(act, &(struct act_entry){
	    .type = EVENT_UPDATE, .purpose = PURPOSE_REGISTER,
	    .subject = f->title.owner }, NULL, e);
}

bool
vehicle_expiry_work(struct room *room, struct arena *arena, int64_t *n,
    struct err *e)
{
	struct db_rows *rows;

	*n = 0;
	if (!db_ask(room->db, arena, QUERY_VEHICLE_REGISTRATION_DUE,
	    (struct db_value[]){ db_date(clock_today()) }, 1, &rows, e))
		return false;
	for (size_t i = 0; i < db_count(rows); i++) {
		struct db_row row = db_row(rows, i);
		struct vehicle_file f;
		struct err why = { 0 };

		if (vehicle_record_get(room, arena, db_take_uuid(&row), &f,
		    &why) && act_run(room, arena, NULL, expire_body, &f,
		    &why))
			(*n)++;
		else
			log_error("registration-expiry", &why);
	}
	return true;
}

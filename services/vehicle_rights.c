/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Titles, registrations and offers that name a person: told to them, or
 * written anew without them.
 */
#include "services/vehicle_rights.h"

#include "lib/arena.h"
#include "lib/db.h"
#include "lib/err.h"
#include "lib/text.h"
#include "schema/registry.h"
#include "schema/statements.h"
#include "services/act.h"
#include "services/copy.h"
#include "services/erasure.h"
#include "services/message.h"
#include "services/room.h"
#include "services/service.h"
#include "services/vehicle.h"
#include "services/vehicle_record.h"

static bool
ask(struct room *room, struct arena *arena, unsigned statement,
    struct uuid subject, struct db_rows **rows, struct err *e)
{
	return db_ask(room->db, arena, statement, (struct db_value[]){
	    db_uuid(subject) }, 1, rows, e);
}

bool
vehicle_rights_holds(struct room *room, struct arena *arena,
    struct uuid subject, struct legal_hold *hold, struct err *e)
{
	struct db_rows *rows;
	struct db_row row;
	int64_t titles, offers;

	if (!ask(room, arena, QUERY_VEHICLE_RIGHTS_HOLDS, subject, &rows, e))
		return false;
	row = db_row(rows, 0);
	titles = db_take_int(&row);
	offers = db_take_int(&row);
	if (titles > 0)
		*hold = (struct legal_hold){ HOLD_ACTIVE_TITLE, DATE_NONE };
	else if (offers > 0)
		*hold = (struct legal_hold){ HOLD_OPEN_APPLICATION,
		    DATE_NONE };
	return true;
}

/* ---- erasure ---- */

static void
put_title(struct act *act, struct db_row row, struct uuid message)
{
	struct uuid id = db_take_uuid(&row);
	int64_t version = db_take_int(&row);
	struct uuid vehicle = db_take_uuid(&row);
	const char *state = db_take_text(&row);
	instant from_at = db_take_instant(&row);
	instant until_at = db_take_instant(&row);

	act_put(act, QUERY_VEHICLE_TITLE_UPDATE, TABLE_VEHICLE_TITLE,
	    (struct db_value[]){ db_uuid(id), db_int(version + 1), db_null(),
	    db_uuid(vehicle), db_null(), db_text(state), db_instant(from_at),
	    db_instant(until_at), db_uuid(db_take_uuid(&row)),
	    db_uuid(message) }, 10);
}

static void
put_registration(struct act *act, struct db_row row, struct uuid message)
{
	struct uuid id = db_take_uuid(&row);
	int64_t version = db_take_int(&row);
	struct uuid vehicle = db_take_uuid(&row);
	const char *state = db_take_text(&row);
	const char *reason = db_take_text(&row);
	date from = db_take_date(&row);
	date until = db_take_date(&row);

	act_put(act, QUERY_VEHICLE_REGISTRATION_UPDATE,
	    TABLE_VEHICLE_REGISTRATION, (struct db_value[]){ db_uuid(id),
	    db_int(version + 1), db_uuid(vehicle), db_null(), db_text(state),
	    db_text(reason), db_date(from), db_date(until),
	    db_date(db_take_date(&row)), db_uuid(message),
	    db_bytes(bytes_of("")) }, 11);
}

static void
put_offer(struct act *act, struct db_row row, struct uuid message)
{
	struct uuid id = db_take_uuid(&row);
	int64_t version = db_take_int(&row);
	struct uuid application = db_take_uuid(&row);
	struct uuid vehicle = db_take_uuid(&row);
	const char *state = db_take_text(&row);

	act_put(act, QUERY_VEHICLE_OFFER_UPDATE, TABLE_VEHICLE_OFFER,
	    (struct db_value[]){ db_uuid(id), db_int(version + 1),
	    db_uuid(application), db_uuid(vehicle), db_null(),
	    db_text(state), db_bytes(db_take_bytes(&row)), db_uuid(message),
	    db_bytes(bytes_of("")) }, 9);
}

bool
vehicle_rights_erase(struct act *act, struct uuid subject,
    struct uuid message, struct err *e)
{
	static const struct {
		unsigned	 statement;
		void		(*put)(struct act *, struct db_row,
				    struct uuid);
	} tables[] = {
		{ QUERY_VEHICLE_RIGHTS_TITLES, put_title },
		{ QUERY_VEHICLE_RIGHTS_REGISTRATIONS, put_registration },
		{ QUERY_VEHICLE_RIGHTS_OFFERS, put_offer },
	};

	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
		struct db_rows *rows;

		if (!ask(act_room(act), act_arena(act), tables[i].statement,
		    subject, &rows, e))
			return false;
		for (size_t k = 0; k < db_count(rows); k++)
			tables[i].put(act, db_row(rows, k), message);
	}
	return true;
}

/* ---- a copy ---- */

static bool
put_vehicle(struct room *room, struct arena *arena, struct uuid id,
    struct copy_writer *w, struct err *e)
{
	struct vehicle_file f;

	if (!vehicle_record_get(room, arena, id, &f, e))
		return false;
	copy_record(w, "vehicle", arena_printf(arena, "%s %s",
	    f.vehicle.make, f.vehicle.model));
	copy_text(w, "vin", _("Vehicle identification number"),
	    f.vehicle.vin);
	copy_text(w, "plate", _("Plate"), f.plate.version > 0
	    ? f.plate.number : NULL);
	copy_text(w, "model_year", _("Model year"), arena_printf(arena,
	    "%lld", (long long)f.vehicle.model_year));
	copy_text(w, "category", _("Category"), f.vehicle.category);
	copy_text(w, "colour", _("Colour"), f.vehicle.colour);
	copy_text(w, "fuel", _("Fuel"), f.vehicle.fuel);
	copy_time(w, "title_from", _("Title from"), f.title.from_at);
	copy_date(w, "valid_until", _("Registration valid until"),
	    f.registration.valid_until);
	copy_text(w, "keeper", _("Keeper"), f.registration.keeper_name);
	copy_text(w, "keeper_address", _("Keeper's address"),
	    f.registration.keeper_address);
	return true;
}

static void
put_past(struct copy_writer *w, struct db_row row)
{
	char vehicle[UUID_TEXT];

	db_take_uuid(&row);
	db_take_int(&row);
	copy_record(w, "title", _("A title that ended"));
	copy_text(w, "vehicle", _("Vehicle (number in the register)"),
	    uuid_text(db_take_uuid(&row), vehicle));
	copy_text(w, "title_state", _("State"), db_take_text(&row));
	copy_time(w, "from", _("From"), db_take_instant(&row));
	copy_time(w, "until", _("Until"), db_take_instant(&row));
}

bool
vehicle_rights_copy(struct room *room, struct arena *arena,
    struct uuid subject, struct copy_writer *w, struct err *e)
{
	struct db_rows *rows;
	struct uuid *id;
	size_t n;

	if (!vehicle_record_of(room, arena, subject, &id, &n, e)
	    || !ask(room, arena, QUERY_VEHICLE_RIGHTS_TITLES, subject, &rows,
	    e))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!put_vehicle(room, arena, id[i], w, e))
			return false;
	for (size_t i = 0; i < db_count(rows); i++)
		put_past(w, db_row(rows, i));
	return true;
}

/* ---- the room's handlers ---- */

bool
vehicle_rights_asked(struct room *room, struct arena *arena,
    const struct message *m, struct err *e)
{
	return erasure_answer(room, arena, &vehicle_service, m, e);
}

bool
vehicle_rights_erased(struct room *room, struct arena *arena,
    const struct message *m, struct err *e)
{
	return erasure_erase(room, arena, &vehicle_service, m, e);
}

bool
vehicle_rights_copied(struct room *room, struct arena *arena,
    const struct message *m, struct err *e)
{
	return copy_answer(room, arena, &vehicle_service, m, e);
}

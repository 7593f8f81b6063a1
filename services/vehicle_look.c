/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Look-ups and readings of the register. Nothing is changed here but counts
 * and the log.
 */
#include "services/vehicle_look.h"

#include <string.h>

#include "forms/plate.h"
#include "forms/vin.h"
#include "lib/arena.h"
#include "lib/db.h"
#include "lib/err.h"
#include "lib/str.h"
#include "schema/registry.h"
#include "schema/statements.h"
#include "services/act.h"
#include "services/casefile.h"
#include "services/room.h"
#include "services/session.h"
#include "services/vault.h"
#include "services/vehicle_record.h"

/* As on the chassis and on the car: spaces, dots and hyphens are nobody's. */
static const char *
squeeze(struct arena *arena, const char *typed)
{
	char *out = str_upper(arena, typed);
	size_t n = 0;

	for (const char *c = out; *c != '\0'; c++)
		if (strchr(" -.", *c) == NULL)
			out[n++] = *c;
	out[n] = '\0';
	return out;
}

const char *
vehicle_look_canonical(struct arena *arena, enum vehicle_look_by by,
    const char *typed)
{
	const char *value = squeeze(arena, typed);
	bool fine = by == VEHICLE_LOOK_PLATE ? plate_valid(value)
	    : vin_valid(value) || vin_valid_short(value);

	return fine ? value : NULL;
}

static bool
count(struct room *room, struct arena *arena, const struct session *session,
    int most, struct err *e)
{
	bool allowed;

	if (!room_try(room, arena, "vehicle-look",
	    uuid_bytes(&session->account), VEHICLE_LOOK_S, most, &allowed,
	    e))
		return false;
	if (allowed)
		return true;
	err_rule(e, "vehicle_look", "too many look-ups");
	if (e != NULL)
		e->code = ERR_LIMIT;
	return false;
}

static bool
find(struct room *room, struct arena *arena, enum vehicle_look_by by,
    const char *value, struct uuid *out, struct err *e)
{
	return by == VEHICLE_LOOK_VIN
	    ? vehicle_record_by_vin(room, arena, value, out, e)
	    : vehicle_record_by_plate(room, arena, value, out, e);
}

static bool
note(struct room *room, struct arena *arena, const struct session *session,
    enum vehicle_look_by by, const char *value, unsigned purpose,
    const char *reason, struct uuid found, struct err *e)
{
	uint32_t column = by == VEHICLE_LOOK_VIN
	    ? (uint32_t)COLUMN_VEHICLE_VEHICLE_VIN
	    : (uint32_t)COLUMN_VEHICLE_PLATE_NUMBER;
	struct db_value index = db_bytes(vault_index(room->vault, arena,
	    column, bytes_of(value)));
	struct db_value why = db_text(reason);
	struct entry_value values[] = {
		{ column, &index },
		{ (uint32_t)COLUMN_CASEWORK_NOTE_BODY, &why },
	};

	return act_note(room, arena, session, &(struct act_entry){
	    .type = EVENT_READ,
	    .purpose = (enum purpose)purpose,
	    .table = TABLE_VEHICLE_VEHICLE,
	    .row = found,
	    .values = values,
	    .n = str_empty(reason) ? 1 : 2 }, NULL, e);
}

bool
vehicle_look_status(struct room *room, struct arena *arena,
    const struct session *session, enum vehicle_look_by by,
    const char *value, struct vehicle_status *out, struct err *e)
{
	struct vehicle_file f;
	struct uuid vehicle;

	*out = (struct vehicle_status){ .found = false };
	if (!count(room, arena, session, VEHICLE_LOOKS, e)
	    || !find(room, arena, by, value, &vehicle, e)
	    || !note(room, arena, session, by, value, PURPOSE_REGISTER, NULL,
	    vehicle, e))
		return false;
	if (uuid_is_nil(vehicle))
		return true;
	if (!vehicle_record_get(room, arena, vehicle, &f, e))
		return false;
	out->found = true;
	out->registered = str_equal(f.registration.state, "active")
	    || str_equal(f.registration.state, "expiring");
	out->stolen = f.vehicle.stolen;
	return true;
}

/* May this bearer read the file? Of nil: a file at all. */
static bool
may_open(struct room *room, struct arena *arena,
    const struct session *session, struct uuid vehicle, struct err *e)
{
	return db_ask(room->db, arena, QUERY_VEHICLE_OPEN,
	    (struct db_value[]){ db_bytes(secret_bytes(&session->token)),
	    db_uuid(vehicle) }, 2, NULL, e);
}

bool
vehicle_look_find(struct room *room, struct arena *arena,
    const struct session *session, enum vehicle_look_by by,
    const char *value, unsigned purpose, const char *reason,
    struct uuid *vehicle, struct err *e)
{
	*vehicle = (struct uuid){ { 0 } };
	return may_open(room, arena, session, *vehicle, e)
	    && count(room, arena, session, VEHICLE_DESK_LOOKS, e)
	    && find(room, arena, by, value, vehicle, e)
	    && note(room, arena, session, by, value, purpose, reason,
	    *vehicle, e);
}

static bool
note_reading(struct room *room, struct arena *arena,
    const struct session *session, const struct vehicle_file *f,
    unsigned purpose, bool denied, struct err *e)
{
	return act_note(room, arena, session, &(struct act_entry){
	    .type = denied ? EVENT_REFUSED : EVENT_READ,
	    .outcome = denied ? OUTCOME_DENIED : OUTCOME_OK,
	    .purpose = (enum purpose)purpose,
	    .subject = f->title.owner,
	    .table = TABLE_VEHICLE_VEHICLE,
	    .row = f->vehicle.id }, NULL, e);
}

bool
vehicle_look_open(struct room *room, struct arena *arena,
    const struct session *session, struct uuid vehicle, unsigned purpose,
    struct vehicle_file *f, struct err *e)
{
	struct err why = { 0 };

	if (!vehicle_record_get(room, arena, vehicle, f, e))
		return false;
	if (may_open(room, arena, session, vehicle, &why))
		return note_reading(room, arena, session, f, purpose, false,
		    e);
	if (why.code == ERR_DENIED && !err_is(&why, "session_over")
	    && !note_reading(room, arena, session, f, purpose, true, e))
		return false;
	if (e != NULL)
		*e = why;
	return false;
}

bool
vehicle_look_cases(struct room *room, struct arena *arena,
    struct uuid vehicle, struct casefile_related **out, size_t *n,
    struct err *e)
{
	struct db_rows *rows;

	if (!db_ask(room->db, arena, QUERY_VEHICLE_CASES,
	    (struct db_value[]){ db_uuid(vehicle) }, 1, &rows, e))
		return false;
	*n = db_count(rows);
	*out = arena_array(arena, *n, sizeof **out);
	for (size_t i = 0; i < *n; i++) {
		struct db_row row = db_row(rows, i);

		(*out)[i].reference = db_take_text(&row);
		(*out)[i].form = db_take_text(&row);
		(*out)[i].state = db_take_text(&row);
		(*out)[i].submitted_at = db_take_instant(&row);
	}
	return true;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Drawing and assigning plates. The number's unique index decides between
 * two acts that drew the same; the later one is refused and may be repeated.
 */
#include "services/vehicle_plate.h"

#include "lib/arena.h"
#include "lib/crypto.h"
#include "lib/db.h"
#include "lib/err.h"
#include "schema/registry.h"
#include "schema/statements.h"
#include "services/act.h"
#include "services/room.h"
#include "services/service.h"
#include "services/vault.h"
#include "services/vehicle_change.h"

enum {
	TRIES = 8,
	LETTERS = 26,
	DIGITS = 10
};

/* Below many, each as likely: what would favour the small ones is drawn
 * again. */
static unsigned
draw(unsigned many)
{
	uint8_t byte;

	do
		crypto_random(&byte, 1);
	while (byte >= 256 / many * many);
	return byte % many;
}

void
vehicle_plate_draw(enum vehicle_plate_last last, char out[PLATE_LENGTH + 1])
{
	static const char shape[] = "LLLNLNN";
	char *end = &out[PLATE_LENGTH - 1];

	for (size_t i = 0; i < PLATE_LENGTH; i++)
		out[i] = (char)(shape[i] == 'L' ? 'A' + draw(LETTERS)
		    : '0' + draw(DIGITS));
	if (last != VEHICLE_PLATE_ANY)
		*end = (char)('0' + 2 * draw(DIGITS / 2)
		    + (last == VEHICLE_PLATE_ODD));
	out[PLATE_LENGTH] = '\0';
}

static bool
draw_free(struct vehicle_change *c, enum vehicle_plate_last last,
    char out[PLATE_LENGTH + 1], struct err *e)
{
	struct room *room = act_room(c->act);
	struct db_rows *rows;

	for (int i = 0; i < TRIES; i++) {
		vehicle_plate_draw(last, out);
		if (!db_ask(room->db, act_arena(c->act),
		    QUERY_VEHICLE_PLATE_TAKEN, (struct db_value[]){
		    db_bytes(vault_index(room->vault, act_arena(c->act),
		    COLUMN_VEHICLE_PLATE_NUMBER, bytes_of(out))) }, 1, &rows,
		    e))
			return false;
		if (db_count(rows) == 0)
			return true;
	}
	return err_set(e, ERR_SYSTEM, "no free plate was drawn");
}

bool
vehicle_plate_assign(struct vehicle_change *c, enum vehicle_plate_last last,
    struct err *e)
{
	char number[PLATE_LENGTH + 1];
	struct plate p = { .id = uuid_new(), .state = "assigned",
	    .cause = c->decided->event };

	if (!draw_free(c, last, number, e))
		return false;
	p.number = arena_strdup(act_arena(c->act), number);
	if (!vehicle_record_put_plate(c->act, &p, c->file.vehicle.id, e))
		return false;
	vehicle_record_put_assignment(c->act, uuid_new(), 1, p.id,
	    c->file.vehicle.id, act_now(c->act), INSTANT_NONE,
	    c->decided->event);
	return true;
}

bool
vehicle_plate_end(struct vehicle_change *c, const char *state, struct err *e)
{
	struct plate *p = &c->file.plate;

	if (p->version == 0)
		return true;
	p->state = state;
	p->cause = c->decided->event;
	if (!vehicle_record_put_plate(c->act, p, c->file.vehicle.id, e))
		return false;
	vehicle_record_put_assignment(c->act, p->assignment,
	    p->assignment_version + 1, p->id, c->file.vehicle.id, p->from_at,
	    act_now(c->act), c->decided->event);
	return true;
}

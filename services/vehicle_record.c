/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The register's rows. Layout 1 of each sealed column is the order in which
 * its put and take functions name the values; layouts only grow.
 */
#include "services/vehicle_record.h"

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/cbor.h"
#include "lib/db.h"
#include "lib/envelope.h"
#include "lib/err.h"
#include "schema/registry.h"
#include "schema/statements.h"
#include "services/act.h"
#include "services/room.h"
#include "services/vault.h"

enum {
	LAYOUT = 1
};

static struct envelope_place
place_of(enum table_code table, enum class_code class, struct uuid row,
    int32_t version)
{
	return (struct envelope_place){
		.table = (uint16_t)table,
		.class = (uint16_t)class,
		.row = row,
		.version = (uint32_t)version,
	};
}

/* Begin a sealed record of so many values behind its layout number. */
static struct buf
record(struct arena *arena, size_t values)
{
	struct buf b = buf_new(arena, 256);

	cbor_put_array(&b, values + 1);
	cbor_put_uint(&b, LAYOUT);
	return b;
}

static const char *
take_text(struct arena *arena, struct cbor *c)
{
	struct bytes b;

	if (cbor_null(c))
		return NULL;
	b = cbor_text(c);
	return arena_strndup(arena, (const char *)b.p, b.n);
}

/* Open a sealed column and stand before its first value. */
static bool
open_record(struct room *room, struct arena *arena,
    struct envelope_place place, struct bytes sealed, size_t values,
    struct cbor *c, struct err *e)
{
	struct bytes plain;

	if (!vault_open(room->vault, arena, place, sealed, &plain, e))
		return false;
	*c = cbor_read(plain);
	cbor_array_of(c, values + 1);
	if (cbor_uint(c) != LAYOUT)
		return err_set(e, ERR_SYSTEM, "a record of another layout");
	return true;
}

static bool
ask(struct room *room, struct arena *arena, enum query q, struct uuid id,
    struct db_rows **rows, struct err *e)
{
	return db_ask(room->db, arena, q, (struct db_value[]){ db_uuid(id) },
	    1, rows, e);
}

/* ---- vehicle */

static bool
take_vehicle(struct room *room, struct arena *arena, struct db_row row,
    struct vehicle *v, struct err *e)
{
	struct cbor c;

	v->id = db_take_uuid(&row);
	v->version = (int32_t)db_take_int(&row);
	v->state = db_take_text(&row);
	v->vin_note = db_take_text(&row);
	v->stolen = db_take_bool(&row);
	v->locked_by = db_take_uuid(&row);
	v->cause = db_take_uuid(&row);
	if (!open_record(room, arena, place_of(TABLE_VEHICLE_VEHICLE,
	    CLASS_VEHICLE, v->id, v->version), db_take_bytes(&row), 8, &c, e))
		return false;
	v->vin = take_text(arena, &c);
	v->make = take_text(arena, &c);
	v->model = take_text(arena, &c);
	v->model_year = cbor_int(&c);
	v->category = take_text(arena, &c);
	v->colour = take_text(arena, &c);
	v->fuel = take_text(arena, &c);
	v->imported = cbor_bool(&c);
	return cbor_end(&c, e);
}

bool
vehicle_record_put(struct act *act, struct vehicle *v, struct err *e)
{
	struct buf b = record(act_arena(act), 8);
	struct bytes sealed;

	cbor_put_text(&b, v->vin);
	cbor_put_text(&b, v->make);
	cbor_put_text(&b, v->model);
	cbor_put_int(&b, v->model_year);
	cbor_put_text(&b, v->category);
	cbor_put_text(&b, v->colour);
	cbor_put_text(&b, v->fuel);
	cbor_put_bool(&b, v->imported);
	v->version++;
	if (!act_seal(act, v->id, place_of(TABLE_VEHICLE_VEHICLE,
	    CLASS_VEHICLE, v->id, v->version), buf_bytes(&b), &sealed, e))
		return false;
	act_put(act, v->version == 1 ? QUERY_VEHICLE_VEHICLE_INSERT
	    : QUERY_VEHICLE_VEHICLE_UPDATE, TABLE_VEHICLE_VEHICLE,
	    (struct db_value[]){ db_uuid(v->id), db_int(v->version),
	    db_bytes(vault_index(act_room(act)->vault, act_arena(act),
	    COLUMN_VEHICLE_VEHICLE_VIN, bytes_of(v->vin))),
	    db_text(v->state), db_text(v->vin_note), db_bool(v->stolen),
	    db_uuid(v->locked_by), db_uuid(v->cause), db_bytes(sealed) }, 9);
	return true;
}

/* ---- title */

static void
take_title(struct db_row row, struct title *t)
{
	t->id = db_take_uuid(&row);
	t->version = (int32_t)db_take_int(&row);
	t->vehicle = db_take_uuid(&row);
	t->owner = db_take_uuid(&row);
	t->state = db_take_text(&row);
	t->from_at = db_take_instant(&row);
	t->until_at = db_take_instant(&row);
	t->previous = db_take_uuid(&row);
	t->cause = db_take_uuid(&row);
}

void
vehicle_record_put_title(struct act *act, struct title *t)
{
	t->version++;
	act_put(act, t->version == 1 ? QUERY_VEHICLE_TITLE_INSERT
	    : QUERY_VEHICLE_TITLE_UPDATE, TABLE_VEHICLE_TITLE,
	    (struct db_value[]){ db_uuid(t->id), db_int(t->version),
	    db_uuid(uuid_new()), db_uuid(t->vehicle), db_uuid(t->owner),
	    db_text(t->state), db_instant(t->from_at),
	    db_instant(t->until_at), db_uuid(t->previous),
	    db_uuid(t->cause) }, 10);
}

/* ---- registration */

static bool
take_registration(struct room *room, struct arena *arena, struct db_row row,
    struct registration *r, struct err *e)
{
	struct bytes sealed;
	struct cbor c;

	r->id = db_take_uuid(&row);
	r->version = (int32_t)db_take_int(&row);
	r->vehicle = db_take_uuid(&row);
	r->keeper = db_take_uuid(&row);
	r->state = db_take_text(&row);
	r->end_reason = db_take_text(&row);
	r->valid_from = db_take_date(&row);
	r->valid_until = db_take_date(&row);
	r->due = db_take_date(&row);
	r->cause = db_take_uuid(&row);
	sealed = db_take_bytes(&row);
	r->keeper_name = r->keeper_id = r->keeper_address = NULL;
	if (sealed.n == 0)
		return true;	/* the keeper was erased */
	if (!open_record(room, arena, place_of(TABLE_VEHICLE_REGISTRATION,
	    CLASS_PARTY, r->id, r->version), sealed, 3, &c, e))
		return false;
	r->keeper_name = take_text(arena, &c);
	r->keeper_id = take_text(arena, &c);
	r->keeper_address = take_text(arena, &c);
	return cbor_end(&c, e);
}

bool
vehicle_record_put_registration(struct act *act, struct registration *r,
    struct uuid unit, struct err *e)
{
	struct buf b = record(act_arena(act), 3);
	struct bytes sealed;

	cbor_put_text(&b, r->keeper_name);
	cbor_put_text(&b, r->keeper_id);
	cbor_put_text(&b, r->keeper_address);
	r->version++;
	if (!act_seal(act, unit, place_of(TABLE_VEHICLE_REGISTRATION,
	    CLASS_PARTY, r->id, r->version), buf_bytes(&b), &sealed, e))
		return false;
	act_put(act, r->version == 1 ? QUERY_VEHICLE_REGISTRATION_INSERT
	    : QUERY_VEHICLE_REGISTRATION_UPDATE, TABLE_VEHICLE_REGISTRATION,
	    (struct db_value[]){ db_uuid(r->id), db_int(r->version),
	    db_uuid(r->vehicle), db_uuid(r->keeper), db_text(r->state),
	    db_text(r->end_reason), db_date(r->valid_from),
	    db_date(r->valid_until), db_date(r->due), db_uuid(r->cause),
	    db_bytes(sealed) }, 11);
	return true;
}

/* ---- plate */

static bool
take_plate(struct room *room, struct arena *arena, struct db_row row,
    struct plate *p, struct err *e)
{
	struct bytes sealed;
	struct cbor c;

	p->id = db_take_uuid(&row);
	p->version = (int32_t)db_take_int(&row);
	p->state = db_take_text(&row);
	p->cause = db_take_uuid(&row);
	sealed = db_take_bytes(&row);
	p->assignment = db_take_uuid(&row);
	p->assignment_version = (int32_t)db_take_int(&row);
	p->from_at = db_take_instant(&row);
	if (!open_record(room, arena, place_of(TABLE_VEHICLE_PLATE,
	    CLASS_PLATE, p->id, p->version), sealed, 1, &c, e))
		return false;
	p->number = take_text(arena, &c);
	return cbor_end(&c, e);
}

bool
vehicle_record_put_plate(struct act *act, struct plate *p,
    struct uuid vehicle, struct err *e)
{
	struct buf b = record(act_arena(act), 1);
	struct bytes sealed;

	cbor_put_text(&b, p->number);
	p->version++;
	if (!act_seal(act, vehicle, place_of(TABLE_VEHICLE_PLATE, CLASS_PLATE,
	    p->id, p->version), buf_bytes(&b), &sealed, e))
		return false;
	act_put(act, p->version == 1 ? QUERY_VEHICLE_PLATE_INSERT
	    : QUERY_VEHICLE_PLATE_UPDATE, TABLE_VEHICLE_PLATE,
	    (struct db_value[]){ db_uuid(p->id), db_int(p->version),
	    db_bytes(vault_index(act_room(act)->vault, act_arena(act),
	    COLUMN_VEHICLE_PLATE_NUMBER, bytes_of(p->number))),
	    db_text(p->state), db_uuid(p->cause), db_bytes(sealed) }, 6);
	return true;
}

void
vehicle_record_put_assignment(struct act *act, struct uuid id,
    int32_t version, struct uuid plate, struct uuid vehicle, instant from_at,
    instant until_at, struct uuid event)
{
	act_put(act, version == 1 ? QUERY_VEHICLE_PLATE_ASSIGNMENT_INSERT
	    : QUERY_VEHICLE_PLATE_ASSIGNMENT_UPDATE,
	    TABLE_VEHICLE_PLATE_ASSIGNMENT, (struct db_value[]){ db_uuid(id),
	    db_int(version), db_uuid(uuid_new()), db_uuid(plate),
	    db_uuid(vehicle), db_instant(from_at), db_instant(until_at),
	    db_uuid(event) }, 8);
}

/* ---- liens and holds */

static bool
take_lien(struct room *room, struct arena *arena, struct db_row row,
    struct lien *l, struct err *e)
{
	struct cbor c;

	l->id = db_take_uuid(&row);
	l->version = (int32_t)db_take_int(&row);
	l->vehicle = db_take_uuid(&row);
	l->state = db_take_text(&row);
	l->from_at = db_take_instant(&row);
	l->until_at = db_take_instant(&row);
	l->cause = db_take_uuid(&row);
	if (!open_record(room, arena, place_of(TABLE_VEHICLE_LIEN, CLASS_LIEN,
	    l->id, l->version), db_take_bytes(&row), 2, &c, e))
		return false;
	l->lender = take_text(arena, &c);
	l->contract = take_text(arena, &c);
	return cbor_end(&c, e);
}

bool
vehicle_record_put_lien(struct act *act, struct lien *l, struct err *e)
{
	struct buf b = record(act_arena(act), 2);
	struct bytes sealed;

	cbor_put_text(&b, l->lender);
	cbor_put_text(&b, l->contract);
	l->version++;
	if (!act_seal(act, l->vehicle, place_of(TABLE_VEHICLE_LIEN,
	    CLASS_LIEN, l->id, l->version), buf_bytes(&b), &sealed, e))
		return false;
	act_put(act, l->version == 1 ? QUERY_VEHICLE_LIEN_INSERT
	    : QUERY_VEHICLE_LIEN_UPDATE, TABLE_VEHICLE_LIEN,
	    (struct db_value[]){ db_uuid(l->id), db_int(l->version),
	    db_uuid(l->vehicle), db_text(l->state), db_instant(l->from_at),
	    db_instant(l->until_at), db_uuid(l->cause),
	    db_bytes(sealed) }, 8);
	return true;
}

static bool
take_hold(struct room *room, struct arena *arena, struct db_row row,
    struct hold *h, struct err *e)
{
	struct cbor c;

	h->id = db_take_uuid(&row);
	h->version = (int32_t)db_take_int(&row);
	h->vehicle = db_take_uuid(&row);
	h->state = db_take_text(&row);
	h->from_at = db_take_instant(&row);
	h->until_at = db_take_instant(&row);
	h->cause = db_take_uuid(&row);
	if (!open_record(room, arena, place_of(TABLE_VEHICLE_HOLD, CLASS_NOTE,
	    h->id, h->version), db_take_bytes(&row), 1, &c, e))
		return false;
	h->why = take_text(arena, &c);
	return cbor_end(&c, e);
}

bool
vehicle_record_put_hold(struct act *act, struct hold *h, struct err *e)
{
	struct buf b = record(act_arena(act), 1);
	struct bytes sealed;

	cbor_put_text(&b, h->why);
	h->version++;
	if (!act_seal(act, h->vehicle, place_of(TABLE_VEHICLE_HOLD,
	    CLASS_NOTE, h->id, h->version), buf_bytes(&b), &sealed, e))
		return false;
	act_put(act, h->version == 1 ? QUERY_VEHICLE_HOLD_INSERT
	    : QUERY_VEHICLE_HOLD_UPDATE, TABLE_VEHICLE_HOLD,
	    (struct db_value[]){ db_uuid(h->id), db_int(h->version),
	    db_uuid(h->vehicle), db_text(h->state), db_instant(h->from_at),
	    db_instant(h->until_at), db_uuid(h->cause),
	    db_bytes(sealed) }, 8);
	return true;
}

/* ---- what is only added */

void
vehicle_record_add_brand(struct act *act, struct uuid vehicle,
    const char *kind, struct uuid event)
{
	act_put(act, QUERY_VEHICLE_BRAND_INSERT, TABLE_VEHICLE_BRAND,
	    (struct db_value[]){ db_uuid(uuid_new()), db_int(1),
	    db_uuid(uuid_new()), db_uuid(vehicle), db_text(kind),
	    db_instant(act_now(act)), db_uuid(event) }, 7);
}

bool
vehicle_record_add_reading(struct act *act, struct uuid vehicle, int64_t km,
    bool actual, struct uuid event, struct err *e)
{
	struct buf b = record(act_arena(act), 2);
	struct uuid id = uuid_new();
	struct bytes sealed;

	cbor_put_int(&b, km);
	cbor_put_bool(&b, actual);
	if (!act_seal(act, vehicle, place_of(TABLE_VEHICLE_READING,
	    CLASS_VEHICLE, id, 1), buf_bytes(&b), &sealed, e))
		return false;
	act_put(act, QUERY_VEHICLE_READING_INSERT, TABLE_VEHICLE_READING,
	    (struct db_value[]){ db_uuid(id), db_int(1), db_uuid(vehicle),
	    db_instant(act_now(act)), db_uuid(event), db_bytes(sealed) }, 6);
	return true;
}

static bool
take_reading(struct room *room, struct arena *arena, struct db_row row,
    struct reading *r, struct err *e)
{
	struct uuid id = db_take_uuid(&row);
	struct cbor c;

	r->at = db_take_instant(&row);
	if (!open_record(room, arena, place_of(TABLE_VEHICLE_READING,
	    CLASS_VEHICLE, id, 1), db_take_bytes(&row), 2, &c, e))
		return false;
	r->km = cbor_int(&c);
	r->actual = cbor_bool(&c);
	return cbor_end(&c, e);
}

/* ---- the whole file */

static bool
get_marks(struct room *room, struct arena *arena, struct vehicle_file *f,
    struct err *e)
{
	struct db_rows *rows;

	if (!ask(room, arena, QUERY_VEHICLE_BRANDS, f->vehicle.id, &rows, e))
		return false;
	f->n_brands = db_count(rows);
	f->brands = arena_array(arena, f->n_brands, sizeof *f->brands);
	for (size_t i = 0; i < f->n_brands; i++) {
		struct db_row row = db_row(rows, i);

		f->brands[i].kind = db_take_text(&row);
		f->brands[i].at = db_take_instant(&row);
	}
	if (!ask(room, arena, QUERY_VEHICLE_READINGS, f->vehicle.id, &rows,
	    e))
		return false;
	f->n_readings = db_count(rows);
	f->readings = arena_array(arena, f->n_readings, sizeof *f->readings);
	for (size_t i = 0; i < f->n_readings; i++)
		if (!take_reading(room, arena, db_row(rows, i),
		    &f->readings[i], e))
			return false;
	return true;
}

static bool
get_bars(struct room *room, struct arena *arena, struct vehicle_file *f,
    struct err *e)
{
	struct db_rows *rows;

	if (!ask(room, arena, QUERY_VEHICLE_LIENS, f->vehicle.id, &rows, e))
		return false;
	f->n_liens = db_count(rows);
	f->liens = arena_array(arena, f->n_liens, sizeof *f->liens);
	for (size_t i = 0; i < f->n_liens; i++)
		if (!take_lien(room, arena, db_row(rows, i), &f->liens[i], e))
			return false;
	if (!ask(room, arena, QUERY_VEHICLE_HOLDS, f->vehicle.id, &rows, e))
		return false;
	f->n_holds = db_count(rows);
	f->holds = arena_array(arena, f->n_holds, sizeof *f->holds);
	for (size_t i = 0; i < f->n_holds; i++)
		if (!take_hold(room, arena, db_row(rows, i), &f->holds[i], e))
			return false;
	return true;
}

static bool
get_papers(struct room *room, struct arena *arena, struct vehicle_file *f,
    struct err *e)
{
	struct db_rows *rows;

	if (!ask(room, arena, QUERY_VEHICLE_TITLES, f->vehicle.id, &rows, e))
		return false;
	if (db_count(rows) > 0)
		take_title(db_row(rows, 0), &f->title);
	if (!ask(room, arena, QUERY_VEHICLE_REGISTRATION, f->vehicle.id,
	    &rows, e))
		return false;
	if (db_count(rows) > 0 && !take_registration(room, arena,
	    db_row(rows, 0), &f->registration, e))
		return false;
	if (!ask(room, arena, QUERY_VEHICLE_PLATE, f->vehicle.id, &rows, e))
		return false;
	return db_count(rows) == 0
	    || take_plate(room, arena, db_row(rows, 0), &f->plate, e);
}

bool
vehicle_record_get(struct room *room, struct arena *arena,
    struct uuid vehicle, struct vehicle_file *f, struct err *e)
{
	struct db_rows *rows;

	*f = (struct vehicle_file){ 0 };
	if (!ask(room, arena, QUERY_VEHICLE_GET, vehicle, &rows, e))
		return false;
	if (db_count(rows) == 0)
		return err_set(e, ERR_ABSENT, "no such vehicle");
	return take_vehicle(room, arena, db_row(rows, 0), &f->vehicle, e)
	    && get_papers(room, arena, f, e)
	    && get_bars(room, arena, f, e)
	    && get_marks(room, arena, f, e);
}

static bool
find(struct room *room, struct arena *arena, enum query q, uint32_t column,
    const char *value, struct uuid *out, struct err *e)
{
	struct db_rows *rows;
	struct db_row row;

	*out = (struct uuid){ { 0 } };
	if (!db_ask(room->db, arena, q, (struct db_value[]){
	    db_bytes(vault_index(room->vault, arena, column,
	    bytes_of(value))) }, 1, &rows, e))
		return false;
	if (db_count(rows) > 0) {
		row = db_row(rows, 0);
		*out = db_take_uuid(&row);
	}
	return true;
}

bool
vehicle_record_by_vin(struct room *room, struct arena *arena,
    const char *vin, struct uuid *out, struct err *e)
{
	return find(room, arena, QUERY_VEHICLE_BY_VIN,
	    COLUMN_VEHICLE_VEHICLE_VIN, vin, out, e);
}

bool
vehicle_record_by_plate(struct room *room, struct arena *arena,
    const char *plate, struct uuid *out, struct err *e)
{
	return find(room, arena, QUERY_VEHICLE_BY_PLATE,
	    COLUMN_VEHICLE_PLATE_NUMBER, plate, out, e);
}

bool
vehicle_record_of(struct room *room, struct arena *arena,
    struct uuid subject, struct uuid **out, size_t *n, struct err *e)
{
	struct db_rows *rows;

	if (!ask(room, arena, QUERY_VEHICLE_OF, subject, &rows, e))
		return false;
	*n = db_count(rows);
	*out = arena_array(arena, *n, sizeof **out);
	for (size_t i = 0; i < *n; i++) {
		struct db_row row = db_row(rows, i);

		(*out)[i] = db_take_uuid(&row);
	}
	return true;
}

bool
vehicle_record_titles(struct room *room, struct arena *arena,
    struct uuid vehicle, struct title **out, size_t *n, struct err *e)
{
	struct db_rows *rows;

	if (!ask(room, arena, QUERY_VEHICLE_TITLES, vehicle, &rows, e))
		return false;
	*n = db_count(rows);
	*out = arena_array(arena, *n, sizeof **out);
	for (size_t i = 0; i < *n; i++)
		take_title(db_row(rows, i), &(*out)[i]);
	return true;
}

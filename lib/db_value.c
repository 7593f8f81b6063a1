/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The two ends of lib/db.h that need no connection: values as they are given
 * to a statement, and rows as they are read. Reading is strict, because a
 * column read as something else is a fault that no caller can mend.
 */
#include "lib/db.h"

#include "lib/db_wire.h"

struct db_value
db_null(void)
{
	return (struct db_value){ .type = DB_NULL };
}

struct db_value
db_bool(bool b)
{
	return (struct db_value){ .type = DB_BOOL, .u.b = b };
}

struct db_value
db_int(int64_t i)
{
	return (struct db_value){ .type = DB_INT, .u.i = i };
}

struct db_value
db_text(const char *s)
{
	if (s == NULL)
		return db_null();
	return (struct db_value){ .type = DB_TEXT, .u.s = s };
}

struct db_value
db_bytes(struct bytes b)
{
	if (b.p == NULL)
		return db_null();
	return (struct db_value){ .type = DB_BYTES, .u.bytes = b };
}

struct db_value
db_uuid(struct uuid uuid)
{
	if (uuid_is_nil(uuid))
		return db_null();
	return (struct db_value){ .type = DB_UUID, .u.uuid = uuid };
}

struct db_value
db_date(date d)
{
	if (d == DATE_NONE)
		return db_null();
	return (struct db_value){ .type = DB_DATE, .u.d = d };
}

struct db_value
db_instant(instant at)
{
	if (at == INSTANT_NONE)
		return db_null();
	return (struct db_value){ .type = DB_INSTANT, .u.i = at };
}

size_t
db_count(const struct db_rows *rows)
{
	return rows->n;
}

struct db_row
db_row(const struct db_rows *rows, size_t i)
{
	if (i >= rows->n)
		db_fault("a row past the last was read", rows->statement);
	return (struct db_row){ .rows = rows, .row = i };
}

static struct bytes
cell(const struct db_row *row)
{
	const struct db_rows *rows = row->rows;

	if (row->column >= rows->columns)
		db_fault("a column past the last was read", rows->statement);
	return rows->cells[row->row * rows->columns + row->column];
}

struct db_value
db_take(struct db_row *row)
{
	struct bytes b = cell(row);
	enum db_wire wire = row->rows->wires[row->column++];

	if (b.p == NULL)
		return db_null();
	return db_wire_decode(wire, b, row->rows->statement);
}

/* The declared type counts, so that a wrong reader fails on NULL too. */
static struct db_value
take(struct db_row *row, enum db_type type)
{
	struct db_value v;

	cell(row);
	if (db_wire_type(row->rows->wires[row->column]) != type)
		db_fault("a column was read as another type",
		    row->rows->statement);
	v = db_take(row);
	return v;
}

bool
db_take_null(struct db_row *row)
{
	return cell(row).p == NULL;
}

bool
db_take_bool(struct db_row *row)
{
	struct db_value v = take(row, DB_BOOL);

	return v.type != DB_NULL && v.u.b;
}

int64_t
db_take_int(struct db_row *row)
{
	struct db_value v = take(row, DB_INT);

	return v.type == DB_NULL ? 0 : v.u.i;
}

const char *
db_take_text(struct db_row *row)
{
	struct db_value v = take(row, DB_TEXT);

	return v.type == DB_NULL ? NULL : v.u.s;
}

struct bytes
db_take_bytes(struct db_row *row)
{
	struct db_value v = take(row, DB_BYTES);

	return v.type == DB_NULL ? bytes(NULL, 0) : v.u.bytes;
}

struct uuid
db_take_uuid(struct db_row *row)
{
	struct db_value v = take(row, DB_UUID);

	return v.type == DB_NULL ? (struct uuid){ { 0 } } : v.u.uuid;
}

date
db_take_date(struct db_row *row)
{
	struct db_value v = take(row, DB_DATE);

	return v.type == DB_NULL ? DATE_NONE : v.u.d;
}

instant
db_take_instant(struct db_row *row)
{
	struct db_value v = take(row, DB_INSTANT);

	return v.type == DB_NULL ? INSTANT_NONE : v.u.i;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The binary formats of the PostgreSQL types that the schema uses (the
 * server's *recv and *send functions): network byte order, days and
 * microseconds counted from 2000-01-01. Knows nothing of connections; called
 * by lib/db.c to send and by lib/db_value.c to read.
 */
#include "lib/db_wire.h"

#include <stdlib.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/log.h"

enum {
	DAYS_TO_2000 = 10957,
	MS_TO_2000_SECONDS = 946684800,
	US_PER_MS = 1000,
	MS_PER_SECOND = 1000
};

/* The numbers are those of the server's catalogue, pg_type.dat: they are the
 * same in every installation. */
static const struct {
	uint32_t	oid;
	enum db_wire	wire;
} forms[] = {
	{ 16,	DB_WIRE_BOOL },
	{ 17,	DB_WIRE_BYTES },
	{ 18,	DB_WIRE_CHAR },
	{ 19,	DB_WIRE_TEXT },		/* name */
	{ 20,	DB_WIRE_INT8 },
	{ 21,	DB_WIRE_INT2 },
	{ 23,	DB_WIRE_INT4 },
	{ 25,	DB_WIRE_TEXT },
	{ 26,	DB_WIRE_OID },
	{ 28,	DB_WIRE_OID },		/* xid */
	{ 114,	DB_WIRE_TEXT },		/* json */
	{ 1042,	DB_WIRE_TEXT },		/* bpchar */
	{ 1043,	DB_WIRE_TEXT },		/* varchar */
	{ 1082,	DB_WIRE_DATE },
	{ 1184,	DB_WIRE_INSTANT },	/* timestamptz */
	{ 2278,	DB_WIRE_VOID },
	{ 2950,	DB_WIRE_UUID },
	{ 5069,	DB_WIRE_INT8 },		/* xid8: below 2^63 for ages */
};

/* size 0: as long as it is. */
static const struct {
	enum db_type	type;
	size_t		size;
} shapes[] = {
	[DB_WIRE_UNKNOWN]	= { DB_NULL,	0 },
	[DB_WIRE_VOID]		= { DB_NULL,	0 },
	[DB_WIRE_BOOL]		= { DB_BOOL,	1 },
	[DB_WIRE_INT2]		= { DB_INT,	2 },
	[DB_WIRE_INT4]		= { DB_INT,	4 },
	[DB_WIRE_INT8]		= { DB_INT,	8 },
	[DB_WIRE_OID]		= { DB_INT,	4 },
	[DB_WIRE_CHAR]		= { DB_TEXT,	1 },
	[DB_WIRE_TEXT]		= { DB_TEXT,	0 },
	[DB_WIRE_BYTES]		= { DB_BYTES,	0 },
	[DB_WIRE_UUID]		= { DB_UUID,	UUID_SIZE },
	[DB_WIRE_DATE]		= { DB_DATE,	4 },
	[DB_WIRE_INSTANT]	= { DB_INSTANT,	8 },
};
_Static_assert(sizeof shapes / sizeof *shapes == DB_WIRE__MAX,
    "a form has no shape");

_Noreturn void
db_fault(const char *what, const char *statement)
{
	log_event(LOG_ALARM, "db-fault", "what", what, "statement", statement,
	    NULL);
	abort();
}

enum db_wire
db_wire_of(uint32_t type_oid)
{
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		if (forms[i].oid == type_oid)
			return forms[i].wire;
	return DB_WIRE_UNKNOWN;
}

enum db_type
db_wire_type(enum db_wire wire)
{
	return shapes[wire].type;
}

static bool
fits(enum db_wire wire, int64_t i)
{
	switch (wire) {
	case DB_WIRE_INT2:
		return i >= INT16_MIN && i <= INT16_MAX;
	case DB_WIRE_INT4:
		return i >= INT32_MIN && i <= INT32_MAX;
	case DB_WIRE_OID:
		return i >= 0 && i <= UINT32_MAX;
	default:
		return true;
	}
}

/*
 * The server's infinities are its two outermost numbers. Ours stay clear of
 * INT32_MIN and INT64_MIN, which mean "none".
 */
static int64_t
days_out(date d)
{
	if (d == INT32_MAX)
		return INT32_MAX;
	if (d == INT32_MIN + 1)
		return INT32_MIN;
	return (int64_t)d - DAYS_TO_2000;
}

static date
days_in(int32_t days, const char *statement)
{
	if (days == INT32_MIN)
		return INT32_MIN + 1;
	if (days == INT32_MAX)
		return INT32_MAX;
	if (days > INT32_MAX - DAYS_TO_2000)
		db_fault("a date beyond the calendar came", statement);
	return days + DAYS_TO_2000;
}

static int64_t
microseconds_out(instant at, const char *statement)
{
	const int64_t start = (int64_t)MS_TO_2000_SECONDS * MS_PER_SECOND;
	int64_t us;

	if (at == INT64_MAX)
		return INT64_MAX;
	if (at == INT64_MIN + 1)
		return INT64_MIN;
	if (__builtin_sub_overflow(at, start, &us) ||
	    __builtin_mul_overflow(us, US_PER_MS, &us))
		db_fault("an instant beyond the calendar", statement);
	return us;
}

static instant
microseconds_in(int64_t us)
{
	const int64_t start = (int64_t)MS_TO_2000_SECONDS * MS_PER_SECOND;
	int64_t ms = us / US_PER_MS;

	if (us == INT64_MIN)
		return INT64_MIN + 1;
	if (us == INT64_MAX)
		return INT64_MAX;
	if (us % US_PER_MS < 0)
		ms--;
	return ms + start;
}

static struct bytes
number_out(struct arena *arena, enum db_wire wire, int64_t i,
    const char *statement)
{
	size_t n = shapes[wire].size;
	uint8_t *out = arena_alloc(arena, n);

	if (!fits(wire, i))
		db_fault("a number too large for its column", statement);
	for (size_t at = 0; at < n; at++)
		out[at] = (uint8_t)((uint64_t)i >> (8 * (n - 1 - at)));
	return bytes(out, n);
}

static int64_t
number_in(enum db_wire wire, struct bytes cell)
{
	uint64_t all = 0;

	for (size_t at = 0; at < cell.n; at++)
		all = all << 8 | cell.p[at];
	if (wire == DB_WIRE_INT2)
		return (int16_t)all;
	if (wire == DB_WIRE_OID)
		return (int64_t)all;
	return cell.n == 4 ? (int32_t)all : (int64_t)all;
}

struct bytes
db_wire_encode(struct arena *arena, enum db_wire wire,
    const struct db_value *v, const char *statement)
{
	if (v->type == DB_NULL)
		return bytes(NULL, 0);
	if (v->type != shapes[wire].type)
		db_fault("a parameter of another type", statement);
	switch (v->type) {
	case DB_BOOL:
		return arena_dup(arena, bytes(v->u.b ? "\1" : "\0", 1));
	case DB_INT:
		return number_out(arena, wire, v->u.i, statement);
	case DB_TEXT:
		if (wire == DB_WIRE_CHAR && strlen(v->u.s) != 1)
			db_fault("a \"char\" is one byte", statement);
		return arena_dup(arena, bytes_of(v->u.s));
	case DB_BYTES:
		return arena_dup(arena, v->u.bytes);
	case DB_UUID:
		return arena_dup(arena, uuid_bytes(&v->u.uuid));
	case DB_DATE:
		return number_out(arena, DB_WIRE_INT4, days_out(v->u.d),
		    statement);
	case DB_INSTANT:
		return number_out(arena, DB_WIRE_INT8,
		    microseconds_out(v->u.i, statement), statement);
	default:
		db_fault("a parameter of no type", statement);
	}
}

/* A value by itself keeps none of the rules for NULL that db_text() and its
 * like have: an empty uuid that came is a nil uuid, not NULL. */
struct db_value
db_wire_decode(enum db_wire wire, struct bytes cell, const char *statement)
{
	struct db_value v = { .type = shapes[wire].type };

	if (shapes[wire].size != 0 && cell.n != shapes[wire].size)
		db_fault("a malformed value came", statement);
	switch (v.type) {
	case DB_NULL:
		break;
	case DB_BOOL:
		v.u.b = cell.p[0] != 0;
		break;
	case DB_INT:
		v.u.i = number_in(wire, cell);
		break;
	case DB_TEXT:
		v.u.s = (const char *)cell.p;
		break;
	case DB_BYTES:
		v.u.bytes = cell;
		break;
	case DB_UUID:
		memcpy(v.u.uuid.b, cell.p, UUID_SIZE);
		break;
	case DB_DATE:
		v.u.d = days_in((int32_t)number_in(DB_WIRE_INT4, cell),
		    statement);
		break;
	case DB_INSTANT:
		v.u.i = microseconds_in(number_in(DB_WIRE_INT8, cell));
		break;
	}
	return v;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Values as PostgreSQL's binary format has them, and rows as they came. For
 * lib/db.c and lib/db_value.c alone; everybody else sees lib/db.h.
 */
#ifndef LIB_DB_WIRE_H
#define LIB_DB_WIRE_H

#include <stddef.h>
#include <stdint.h>

#include "lib/bytes.h"
#include "lib/db.h"

struct arena;

enum db_wire {
	DB_WIRE_UNKNOWN,
	DB_WIRE_VOID,		/* what a function without result gives */
	DB_WIRE_BOOL,
	DB_WIRE_INT2,
	DB_WIRE_INT4,
	DB_WIRE_INT8,
	DB_WIRE_OID,		/* 32 bits without sign */
	DB_WIRE_CHAR,		/* the one-byte type "char" */
	DB_WIRE_TEXT,
	DB_WIRE_BYTES,
	DB_WIRE_UUID,
	DB_WIRE_DATE,
	DB_WIRE_INSTANT,
	DB_WIRE__MAX
};

/* Everything lies in the caller's arena. Without columns, n counts the rows
 * that the statement changed. */
struct db_rows {
	const char		*statement;
	size_t			 n;
	size_t			 columns;
	const enum db_wire	*wires;	/* by column */
	const struct bytes	*cells;	/* row by row; p == NULL: SQL NULL */
};

/* The form of a type's values, DB_WIRE_UNKNOWN if the house has none. */
enum db_wire	db_wire_of(uint32_t type_oid);
enum db_type	db_wire_type(enum db_wire);

/* Into the arena; p == NULL is SQL NULL. A value that the declared type
 * cannot hold is a fault in the code. */
struct bytes	db_wire_encode(struct arena *, enum db_wire,
		    const struct db_value *, const char *statement);
/* Text and bytes point into what is given, which is followed by a NUL. */
struct db_value	db_wire_decode(enum db_wire, struct bytes,
		    const char *statement);

/* Log and abort: the open transaction dies with the process. */
_Noreturn void	db_fault(const char *what, const char *statement);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lib/db.h when all goes well: the session, promises of rows, and values of
 * every type, as they come back and as the server writes them.
 */
#include "lib/db.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "lib/arena.h"
#include "lib/err.h"
#include "tests/database/db_fixture.h"

static void
a_session_is_set_up(void **state)
{
	struct db_rows *rows;
	struct db_row row;

	(void)state;
	wants_database();
	assert_true(ask(db, SETTINGS, &rows));
	row = db_row(rows, 0);
	assert_string_equal(db_take_text(&row), "UTC");
	assert_string_equal(db_take_text(&row), "pg_catalog");
	assert_string_equal(db_take_text(&row), "1s");
	assert_string_equal(db_take_text(&row), "read committed");
	assert_true(db_take_bool(&row));
	assert_true(db_fd(db) >= 0);
}

static void
promises_are_checked(void **state)
{
	static const struct {
		enum query	query;
		int64_t		n;
		bool		kept;
	} facts[] = {
		{ SELECT_ONE, 0, false },
		{ SELECT_ONE, 1, true },
		{ SELECT_ONE, 2, false },
		{ SELECT_MAYBE, 0, true },
		{ SELECT_MAYBE, 1, true },
		{ SELECT_MAYBE, 2, false },
		{ SELECT_MANY, 0, true },
		{ SELECT_MANY, 2, true },
		{ UPDATE_NONE, 0, true },
		{ UPDATE_NONE, 2, true },
		{ UPDATE_ONE, 0, false },
		{ UPDATE_ONE, 1, true },
		{ UPDATE_ONE, 2, false },
		{ UPDATE_MAYBE, 0, true },
		{ UPDATE_MAYBE, 1, true },
		{ UPDATE_MAYBE, 2, false },
		{ UPDATE_MANY, 0, true },
		{ UPDATE_MANY, 2, true },
	};
	struct db_value n;
	struct db_rows *rows;
	struct db_act *act = NULL;

	(void)state;
	wants_database();
	act = db_act_new(db, arena);
	insert(act, 1);
	insert(act, 2);
	assert_true(db_act_fly(act, &db_err) && db_act_commit(act, &db_err));
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
		const char *name = queries[facts[i].query].name;

		n = db_int(facts[i].n);
		act = db_act_new(db, arena);
		insert(act, 3);
		db_act_add(act, facts[i].query, &n, 1, &rows);
		insert(act, 4);
		if (db_act_fly(act, &db_err) != facts[i].kept)
			fail_msg("%s of %d", name, (int)facts[i].n);
		if (facts[i].kept)
			assert_int_equal(db_count(rows), facts[i].n);
		else
			assert_int_equal(db_err.code, ERR_CONFLICT);
		assert_true(facts[i].kept || err_is(&db_err, name));
		db_act_abandon(act);
		assert_int_equal(number(db, COUNT), 2);
		assert_int_equal(ask1(facts[i].query, facts[i].n, NULL),
		    facts[i].kept);
		assert_true(facts[i].kept || err_is(&db_err, name));
	}
}

static void
success_leaves_the_error_alone(void **state)
{
	struct err e = { .code = ERR_LIMIT, .text = "as it was" };
	struct db_act *act;

	(void)state;
	wants_database();
	assert_true(db_ask(db, arena, COUNT, NULL, 0, NULL, &e));
	act = db_act_new(db, arena);
	insert(act, 1);
	assert_true(db_act_fly(act, &e));
	assert_true(db_act_commit(act, &e));
	assert_int_equal(e.code, ERR_LIMIT);
	assert_string_equal(e.text, "as it was");
}

/* Values in all types, and how the server writes them. */
static const struct types_fact {
	bool		 b;
	int64_t		 i2, i4, i8, oid, xid;
	const char	*text, *one;
	const char	*bytes;
	size_t		 bytes_n;
	uint8_t		 uuid;	/* its last byte */
	date		 date;
	instant		 instant;
	const char	*written[13];
} types_facts[] = {
	{ false, INT16_MIN, INT32_MIN, INT64_MIN, 0, 0, "", "a", "", 0, 1,
	    -719162, -62135596800000,
	    { "false", "-32768", "-2147483648", "-9223372036854775808", "0",
	    "0", "", "", "a", "\\x", "00000000-0000-0000-0000-000000000001",
	    "0001-01-01", "0001-01-01 00:00:00+00" } },
	{ true, INT16_MAX, INT32_MAX, INT64_MAX, UINT32_MAX, INT64_MAX,
	    "S\303\243o Jo\303\243o \360\237\217\233", "Z", "\0\377\1", 3, 255,
	    2932896, 253402300799999,
	    { "true", "32767", "2147483647", "9223372036854775807",
	    "4294967295", "9223372036854775807",
	    "S\303\243o Jo\303\243o \360\237\217\233",
	    "S\303\243o Jo\303\243o \360\237\217\233", "Z", "\\x00ff01",
	    "00000000-0000-0000-0000-0000000000ff", "9999-12-31",
	    "9999-12-31 23:59:59.999+00" } },
	{ true, -1, -1, -1, 1, 1, "'; --", "'", "x", 1, 2, 0, -1,
	    { "true", "-1", "-1", "-1", "1", "1", "'; --", "'; --", "'",
	    "\\x78", "00000000-0000-0000-0000-000000000002", "1970-01-01",
	    "1969-12-31 23:59:59.999+00" } },
	{ true, 0, 0, 0, 3, 3, "x", " ", "x", 1, 2, 10957, 946684800000,
	    { "true", "0", "0", "0", "3", "3", "x", "x", " ", "\\x78",
	    "00000000-0000-0000-0000-000000000002", "2000-01-01",
	    "2000-01-01 00:00:00+00" } },
	{ true, 0, 0, 0, 3, 3, "x", "-", "x", 1, 2, INT32_MAX, INT64_MAX,
	    { "true", "0", "0", "0", "3", "3", "x", "x", "-", "\\x78",
	    "00000000-0000-0000-0000-000000000002", "infinity",
	    "infinity" } },
	{ true, 0, 0, 0, 3, 3, "x", "-", "x", 1, 2, INT32_MIN + 1,
	    INT64_MIN + 1,
	    { "true", "0", "0", "0", "3", "3", "x", "x", "-", "\\x78",
	    "00000000-0000-0000-0000-000000000002", "-infinity",
	    "-infinity" } },
};

static void
values_of(const struct types_fact *f, struct db_value v[13])
{
	struct uuid uuid = { { [15] = f->uuid } };

	v[0] = db_bool(f->b);
	v[1] = db_int(f->i2);
	v[2] = db_int(f->i4);
	v[3] = db_int(f->i8);
	v[4] = db_int(f->oid);
	v[5] = db_int(f->xid);
	v[6] = db_text(f->text);
	v[7] = db_text(f->text);
	v[8] = db_text(f->one);
	v[9] = db_bytes(bytes(f->bytes, f->bytes_n));
	v[10] = db_uuid(uuid);
	v[11] = db_date(f->date);
	v[12] = db_instant(f->instant);
}

static void
types_come_back(const struct types_fact *f, struct db_row row)
{
	struct db_row again = row;
	struct uuid uuid = { { [15] = f->uuid } };

	assert_int_equal(db_take_bool(&row), f->b);
	assert_true(db_take_int(&row) == f->i2);
	assert_true(db_take_int(&row) == f->i4);
	assert_true(db_take_int(&row) == f->i8);
	assert_true(db_take_int(&row) == f->oid);
	assert_true(db_take_int(&row) == f->xid);
	assert_string_equal(db_take_text(&row), f->text);
	assert_string_equal(db_take_text(&row), f->text);
	assert_string_equal(db_take_text(&row), f->one);
	assert_true(bytes_equal(db_take_bytes(&row),
	    bytes(f->bytes, f->bytes_n)));
	assert_true(uuid_equal(db_take_uuid(&row), uuid));
	assert_int_equal(db_take_date(&row), f->date);
	assert_true(db_take_instant(&row) == f->instant);
	for (int i = 0; i < 11; i++) {
		assert_false(db_take_null(&again));
		db_take(&again);
	}
	assert_int_equal(db_take(&again).u.d, f->date);
	assert_true(db_take(&again).u.i == f->instant);
}

static void
values_travel_both_ways(void **state)
{
	const struct types_fact *f;
	struct db_value v[13];
	struct db_rows *rows;
	struct db_row row;

	(void)state;
	wants_database();
	for (size_t i = 0; i < sizeof types_facts / sizeof *f; i++) {
		f = &types_facts[i];
		values_of(f, v);
		assert_true(db_ask(db, arena, TYPES, v, 13, &rows, &db_err));
		types_come_back(f, db_row(rows, 0));
		assert_true(db_ask(db, arena, TEXTS, v, 13, &rows, &db_err));
		row = db_row(rows, 0);
		for (int c = 0; c < 13; c++)
			assert_string_equal(db_take_text(&row),
			    f->written[c]);
	}
}

static void
nothing_is_null(void **state)
{
	struct db_value v[13];
	struct db_rows *rows;
	struct db_row row;

	(void)state;
	wants_database();
	for (size_t i = 0; i < 13; i++)
		v[i] = db_null();
	v[7] = db_text(NULL);
	v[9] = db_bytes(bytes(NULL, 0));
	v[10] = db_uuid((struct uuid){ { 0 } });
	v[11] = db_date(DATE_NONE);
	v[12] = db_instant(INSTANT_NONE);
	assert_true(db_ask(db, arena, TEXTS, v, 13, &rows, &db_err));
	row = db_row(rows, 0);
	for (size_t i = 0; i < 13; i++)
		assert_null(db_take_text(&row));
	assert_true(db_ask(db, arena, TYPES, v, 13, &rows, &db_err));
	row = db_row(rows, 0);
	for (size_t i = 0; i < 13; i++) {
		assert_true(db_take_null(&row));
		assert_int_equal(db_take(&row).type, DB_NULL);
	}
	row = db_row(rows, 0);
	assert_false(db_take_bool(&row));
	for (size_t i = 1; i <= 5; i++)
		assert_true(db_take_int(&row) == 0);
	row.column = 9;
	assert_null(db_take_bytes(&row).p);
	assert_true(uuid_is_nil(db_take_uuid(&row)));
	assert_true(db_take_date(&row) == DATE_NONE);
	assert_true(db_take_instant(&row) == INSTANT_NONE);
}

static void
instants_are_cut_to_the_millisecond_below(void **state)
{
	static const struct {
		const char	*text;
		instant		 ms;
	} facts[] = {
		{ "1970-01-01 00:00:00.000999+00", 0 },
		{ "1969-12-31 23:59:59.999999+00", -1 },
		{ "1969-12-31 23:59:59.998001+00", -2 },
		{ "2000-01-01 00:00:00.001999+00", 946684800001 },
		{ "1999-12-31 23:59:59.999001+00", 946684799999 },
	};
	struct db_value v;
	struct db_rows *rows;
	struct db_row row;

	(void)state;
	wants_database();
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
		v = db_text(facts[i].text);
		assert_true(db_ask(db, arena, FLOOR, &v, 1, &rows, &db_err));
		row = db_row(rows, 0);
		assert_true(db_take_instant(&row) == facts[i].ms);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_session_is_set_up, db_fixture_each),
		cmocka_unit_test_setup(promises_are_checked, db_fixture_each),
		cmocka_unit_test_setup(success_leaves_the_error_alone,
		    db_fixture_each),
		cmocka_unit_test_setup(values_travel_both_ways,
		    db_fixture_each),
		cmocka_unit_test_setup(nothing_is_null, db_fixture_each),
		cmocka_unit_test_setup(
		    instants_are_cut_to_the_millisecond_below,
		    db_fixture_each),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("db", tests, db_fixture_start,
	    db_fixture_stop);
}

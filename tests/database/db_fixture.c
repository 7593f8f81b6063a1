/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The shared ground of the tests of lib/db.h. Wants BALCAO_TEST_DB, the
 * conninfo of a superuser in a throwaway cluster (tests/database/cluster.sh).
 */
#include "tests/database/db_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <unistd.h>

#include "lib/arena.h"

/* One transaction each: they make what the statements below need. */
static const struct db_statement setup[] = {
	{ .name = "drop", .roles = ADMIN, .sql =
	    "DROP SCHEMA IF EXISTS db_test CASCADE" },
	{ .name = "schema", .roles = ADMIN, .sql = "CREATE SCHEMA db_test" },
	{ .name = "item", .roles = ADMIN, .sql =
	    "CREATE TABLE db_test.item (n int4 CONSTRAINT item_key PRIMARY KEY,"
	    " note text, up int4 CONSTRAINT item_up"
	    " REFERENCES db_test.item, CONSTRAINT item_positive CHECK (n > 0),"
	    " span int4range, CONSTRAINT item_span"
	    " EXCLUDE USING gist (span WITH &&))" },
	{ .name = "late", .roles = ADMIN, .sql =
	    "CREATE TABLE db_test.late (up int4 CONSTRAINT late_up"
	    " REFERENCES db_test.item DEFERRABLE INITIALLY DEFERRED)" },
	{ .name = "fatal", .roles = ADMIN, .sql =
	    "CREATE TABLE db_test.fatal (n int4)" },
	{ .name = "die", .roles = ADMIN, .sql =
	    "CREATE FUNCTION db_test.die() RETURNS trigger LANGUAGE plpgsql AS"
	    " $$BEGIN PERFORM pg_terminate_backend(pg_backend_pid());"
	    " RETURN NULL; END$$" },
	{ .name = "fatal_trigger", .roles = ADMIN, .sql =
	    "CREATE CONSTRAINT TRIGGER die AFTER INSERT ON db_test.fatal"
	    " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
	    " EXECUTE FUNCTION db_test.die()" },
	{ .name = "raise", .roles = ADMIN, .sql =
	    "CREATE FUNCTION db_test.raise(state text, rule text)"
	    " RETURNS void LANGUAGE plpgsql AS $$BEGIN"
	    " IF rule IS NULL THEN RAISE EXCEPTION 'our words'"
	    " USING ERRCODE = state, DETAIL = 'a secret'; END IF;"
	    " RAISE EXCEPTION 'our words' USING ERRCODE = state,"
	    " CONSTRAINT = rule, DETAIL = 'a secret'; END$$" },
};

const struct db_statement queries[] = {
	[SELECT_ONE] = { "select_one",
	    "SELECT pg_catalog.generate_series(1, $1)", DB_ONE, 1, ROOM },
	[SELECT_MAYBE] = { "select_maybe",
	    "SELECT pg_catalog.generate_series(1, $1)", DB_MAYBE, 1, ROOM },
	[SELECT_MANY] = { "select_many",
	    "SELECT pg_catalog.generate_series(1, $1)", DB_MANY, 1, ROOM },
	[UPDATE_NONE] = { "update_none",
	    "UPDATE db_test.item SET note = 'u' WHERE n <= $1", DB_NONE, 1,
	    ROOM },
	[UPDATE_ONE] = { "update_one",
	    "UPDATE db_test.item SET note = 'u' WHERE n <= $1", DB_ONE, 1,
	    ROOM },
	[UPDATE_MAYBE] = { "update_maybe",
	    "UPDATE db_test.item SET note = 'u' WHERE n <= $1", DB_MAYBE, 1,
	    ROOM },
	[UPDATE_MANY] = { "update_many",
	    "UPDATE db_test.item SET note = 'u' WHERE n <= $1", DB_MANY, 1,
	    ROOM },
	[INSERT] = { "insert",
	    "INSERT INTO db_test.item (n, note) VALUES ($1, $2)", DB_ONE, 2,
	    ROOM },
	[INSERT_UNDER] = { "insert_under",
	    "INSERT INTO db_test.item (n, up) VALUES ($1, $2)", DB_ONE, 2,
	    ROOM },
	[INSERT_SPAN] = { "insert_span",
	    "INSERT INTO db_test.item (n, span) VALUES ($1, int4range(1, 5))",
	    DB_ONE, 1, ROOM },
	[INSERT_LATE] = { "insert_late",
	    "INSERT INTO db_test.late (up) VALUES ($1)", DB_ONE, 1, ROOM },
	[INSERT_FATAL] = { "insert_fatal",
	    "INSERT INTO db_test.fatal (n) VALUES (1)", DB_ONE, 0, ROOM },
	[ECHO] = { "echo",
	    "INSERT INTO db_test.item (n, note) VALUES ($1, $2)"
	    " RETURNING n, note", DB_ONE, 2, ROOM },
	[COUNT] = { "count", "SELECT count(*) FROM db_test.item", DB_ONE, 0,
	    ROOM },
	[CLEAR] = { "clear", "TRUNCATE db_test.item, db_test.late", DB_NONE, 0,
	    ROOM },
	[TYPES] = { "types",
	    "SELECT $1::bool, $2::int2, $3::int4, $4::int8, $5::oid, $6::xid8,"
	    " $7::text, $8::varchar, $9::\"char\", $10::bytea, $11::uuid,"
	    " $12::date, $13::timestamptz", DB_ONE, 13, ROOM },
	[TEXTS] = { "texts",
	    "SELECT $1::bool::text, $2::int2::text, $3::int4::text,"
	    " $4::int8::text, $5::oid::text, $6::xid8::text, $7::text,"
	    " $8::varchar::text, $9::\"char\"::text, $10::bytea::text,"
	    " $11::uuid::text, $12::date::text, $13::timestamptz::text",
	    DB_ONE, 13, ROOM },
	[FLOOR] = { "floor", "SELECT $1::text::timestamptz", DB_ONE, 1, ROOM },
	[SETTINGS] = { "settings",
	    "SELECT current_setting('TimeZone'),"
	    " current_setting('search_path'),"
	    " current_setting('statement_timeout'),"
	    " current_setting('default_transaction_isolation'),"
	    " current_setting('application_name') = session_user::text",
	    DB_ONE, 0, ROOM },
	[RAISE] = { "refuse", "SELECT db_test.raise($1, $2)", DB_ONE, 2,
	    ROOM },
	[SLEEP] = { "sleep", "SELECT pg_catalog.pg_sleep(20)", DB_ONE, 0,
	    ROOM },
	[PID] = { "pid", "SELECT pg_catalog.pg_backend_pid()", DB_ONE, 0,
	    ROOM },
	[SUICIDE] = { "suicide",
	    "SELECT pg_terminate_backend(pg_backend_pid())", DB_ONE, 0, ROOM },
	[SUICIDE_DO] = { "suicide_do",
	    "DO $$BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); END$$",
	    DB_NONE, 0, ROOM },
	[TERMINATE] = { "terminate", "SELECT pg_terminate_backend($1, 5000)",
	    DB_ONE, 1, ROOM },
	[SYNC_ON] = { "sync_on",
	    "ALTER SYSTEM SET synchronous_standby_names = 'absent'", DB_NONE,
	    0, ROOM },
	[SYNC_OFF] = { "sync_off",
	    "ALTER SYSTEM RESET synchronous_standby_names", DB_NONE, 0, ROOM },
	[RELOAD] = { "reload", "SELECT pg_reload_conf()", DB_ONE, 0, ROOM },
	[CANCEL_WAITS] = { "cancel_waits",
	    "SELECT pg_cancel_backend(pid) FROM pg_stat_activity"
	    " WHERE wait_event = 'SyncRep'", DB_MANY, 0, ROOM },
	[SOCKET] = { "socket",
	    "SELECT current_setting('unix_socket_directories')", DB_ONE, 0,
	    ROOM },
	[FOREIGN] = { "foreign", "SELECT FROM db_test.absent", DB_MANY, 0,
	    ADMIN },
};
_Static_assert(sizeof queries / sizeof *queries == QUERY__MAX, "queries");

const char *conninfo;
struct arena *arena;
struct db *admin;
struct db *db;
struct err db_err;

static struct db *gate;		/* holds a lock */

struct db_conf
conf_for(const char *where, const struct db_statement *statements, size_t n)
{
	return (struct db_conf){
		.conninfo = where,
		.statements = statements,
		.n = n,
		.role = 1,
		.timeout_ms = TIMEOUT_MS,
	};
}

struct db *
open_room(void)
{
	struct db_conf conf = conf_for(conninfo, queries, QUERY__MAX);
	struct db *opened;

	if (!db_open(&conf, &opened, &db_err))
		fail_msg("%s", db_err.text);
	return opened;
}

bool
ask(struct db *whom, enum query query, struct db_rows **rows)
{
	return db_ask(whom, arena, query, NULL, 0, rows, &db_err);
}

bool
ask1(enum query query, int64_t i, struct db_rows **rows)
{
	return db_ask(db, arena, query, (struct db_value[]){ db_int(i) }, 1,
	    rows, &db_err);
}

int64_t
number(struct db *whom, enum query query)
{
	struct db_rows *rows;
	struct db_row row;

	if (!ask(whom, query, &rows))
		fail_msg("%s", db_err.text);
	row = db_row(rows, 0);
	return db_take_int(&row);
}

void
insert(struct db_act *act, int64_t n)
{
	db_act_add(act, INSERT, (struct db_value[]){ db_int(n),
	    db_text("a note") }, 2, NULL);
}

struct db_act *
airborne(void)
{
	struct db_act *act = db_act_new(db, arena);

	insert(act, 1);
	if (!db_act_fly(act, &db_err))
		fail_msg("%s", db_err.text);
	return act;
}

/* Programs that run side by side share the schema: one after the other. */
static bool
close_gate(struct db_conf conf)
{
	static const struct db_statement lock = {
		.name = "lock",
		.sql = "SELECT pg_advisory_lock(8443)",
		.promise = DB_ONE,
		.roles = ADMIN,
	};

	conf.statements = &lock;
	return db_open(&conf, &gate, &db_err) &&
	    db_ask(gate, arena, 0, NULL, 0, NULL, &db_err);
}

int
db_fixture_start(void **state)
{
	struct db_conf conf = { .statements = setup, .n = 1 };

	(void)state;
	conninfo = getenv("BALCAO_TEST_DB");
	if (conninfo == NULL)
		return 0;
	arena = arena_new(0);
	conf.conninfo = conninfo;
	if (!close_gate(conf))
		return 1;
	/* Each is prepared when what it needs is there. */
	for (size_t i = 0; i < sizeof setup / sizeof *setup; i++) {
		conf.statements = &setup[i];
		if (!db_open(&conf, &db, &db_err) ||
		    !db_ask(db, arena, 0, NULL, 0, NULL, &db_err)) {
			print_error("%s\n", db_err.text);
			return 1;
		}
		db_close(db);
	}
	admin = open_room();
	db = open_room();
	return 0;
}

int
db_fixture_stop(void **state)
{
	(void)state;
	if (conninfo == NULL)
		return 0;
	db_close(db);
	db_close(admin);
	db_close(gate);
	arena_free(arena);
	return 0;
}

int
db_fixture_each(void **state)
{
	(void)state;
	alarm(STUCK_S);
	if (conninfo == NULL)
		return 0;
	return ask(db, CLEAR, NULL) ? 0 : 1;
}

void
wants_database(void)
{
	if (conninfo == NULL)
		skip();
}

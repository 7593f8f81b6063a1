/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lib/db.h when the server or a rule says no: SQLSTATEs, constraints, roll
 * back, statements that may not be prepared, and faults in the code.
 */
#include "lib/db.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/arena.h"
#include "lib/err.h"
#include "tests/database/db_fixture.h"

/* Does this end the process by abort()? In silence. */
static bool
dies(void (*fault)(void))
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		signal(SIGABRT, SIG_DFL);
		if (freopen("/dev/null", "w", stderr) == NULL)
			_exit(2);
		fault();
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static void
states_have_a_meaning(void **state)
{
	static const struct {
		const char	*state, *rule;
		enum err_code	 code;
		const char	*constraint, *text;
	} facts[] = {
		{ "40001", NULL, ERR_BUSY, "", "refuse: SQLSTATE 40001" },
		{ "40P01", "r", ERR_BUSY, "", "refuse: SQLSTATE 40P01" },
		{ "23505", "r", ERR_CONFLICT, "r", "refuse: SQLSTATE 23505" },
		{ "23505", NULL, ERR_CONFLICT, "", "refuse: SQLSTATE 23505" },
		{ "23P01", "r", ERR_CONFLICT, "r", "refuse: SQLSTATE 23P01" },
		{ "23503", "r", ERR_CONFLICT, "r", "refuse: SQLSTATE 23503" },
		{ "23514", "r", ERR_DENIED, "r", "refuse: SQLSTATE 23514" },
		{ "P0001", "r", ERR_DENIED, "r", "our words" },
		{ "P0001", NULL, ERR_SYSTEM, "", "refuse: SQLSTATE P0001" },
		{ "44000", "r", ERR_DENIED, "r", "refuse: SQLSTATE 44000" },
		{ "44000", NULL, ERR_SYSTEM, "", "refuse: SQLSTATE 44000" },
		{ "42501", NULL, ERR_DENIED, "privilege",
		    "refuse: SQLSTATE 42501" },
		{ "57014", NULL, ERR_LIMIT, "", "refuse: SQLSTATE 57014" },
		{ "23502", "r", ERR_SYSTEM, "", "refuse: SQLSTATE 23502" },
		{ "22P02", NULL, ERR_SYSTEM, "", "refuse: SQLSTATE 22P02" },
		{ "42P01", NULL, ERR_SYSTEM, "", "refuse: SQLSTATE 42P01" },
		{ "XX000", NULL, ERR_SYSTEM, "", "refuse: SQLSTATE XX000" },
		{ "57P01", NULL, ERR_LOST, "", "refuse: connection lost" },
		{ "57P03", NULL, ERR_LOST, "", "refuse: connection lost" },
		{ "08006", NULL, ERR_LOST, "", "refuse: connection lost" },
	};
	struct db_value v[2];

	(void)state;
	wants_database();
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
		v[0] = db_text(facts[i].state);
		v[1] = db_text(facts[i].rule);
		assert_false(db_ask(db, arena, RAISE, v, 2, NULL, &db_err));
		assert_string_equal(db_err.text, facts[i].text);
		assert_int_equal(db_err.code, facts[i].code);
		assert_string_equal(db_err.constraint, facts[i].constraint);
		assert_true(ask(db, COUNT, NULL));
	}
}

static void
real_refusals_are_named(void **state)
{
	static const struct {
		enum query	 query;
		int64_t		 value[2];
		enum err_code	 code;
		const char	*constraint;
	} facts[] = {
		{ INSERT_UNDER, { 1, 1 }, ERR_CONFLICT, "item_key" },
		{ INSERT_UNDER, { 3, 9 }, ERR_CONFLICT, "item_up" },
		{ INSERT_UNDER, { -3, 1 }, ERR_DENIED, "item_positive" },
		{ INSERT_SPAN, { 3 }, ERR_CONFLICT, "item_span" },
		{ INSERT_LATE, { 7 }, ERR_CONFLICT, "late_up" },
		{ SLEEP, { 0 }, ERR_LIMIT, "" },
	};
	struct db_value v[2];

	(void)state;
	wants_database();
	assert_true(db_act_commit(airborne(), &db_err));
	assert_true(ask1(INSERT_SPAN, 2, NULL));
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
		v[0] = db_int(facts[i].value[0]);
		v[1] = db_int(facts[i].value[1]);
		assert_false(db_ask(db, arena, facts[i].query, v,
		    queries[facts[i].query].params, NULL, &db_err));
		assert_int_equal(db_err.code, facts[i].code);
		assert_string_equal(db_err.constraint, facts[i].constraint);
		assert_int_equal(number(db, COUNT), 2);
	}
}

static void
a_refusal_rolls_the_act_back(void **state)
{
	struct db_act *act;

	(void)state;
	wants_database();
	act = db_act_new(db, arena);
	insert(act, 1);
	insert(act, 1);
	insert(act, 2);
	assert_false(db_act_fly(act, &db_err));
	assert_true(err_is(&db_err, "item_key"));
	db_act_abandon(act);
	assert_int_equal(number(db, COUNT), 0);
}

static void
a_refusal_may_come_at_commit(void **state)
{
	struct db_value absent = db_int(99);
	struct db_act *act;

	(void)state;
	wants_database();
	act = db_act_new(db, arena);
	insert(act, 1);
	db_act_add(act, INSERT_LATE, &absent, 1, NULL);
	assert_true(db_act_fly(act, &db_err));
	assert_false(db_act_commit(act, &db_err));
	assert_int_equal(db_err.code, ERR_CONFLICT);
	assert_true(err_is(&db_err, "late_up"));
	assert_int_equal(number(db, COUNT), 0);
}

static void
an_act_may_be_abandoned(void **state)
{
	struct db_act *act;

	(void)state;
	wants_database();
	db_act_abandon(airborne());
	act = db_act_new(db, arena);
	insert(act, 1);
	db_act_abandon(act);
	assert_int_equal(number(db, COUNT), 0);
	act = airborne();
	assert_true(db_act_commit(act, &db_err));
	db_act_abandon(act);
	assert_int_equal(number(db, COUNT), 1);
}

static void
opening_is_refused(void **state)
{
	static const struct {
		struct db_statement	 statement;
		const char		*text;
	} facts[] = {
		{ { "absent", "SELECT x.y FROM db_test.absent x", DB_ONE, 0,
		    ROOM }, "database: absent: SQLSTATE 42P01: " },
		{ { "more", "SELECT $1::int4", DB_ONE, 2, ROOM },
		    "database: more: has another count of parameters" },
		{ { "fewer", "SELECT $1::int4", DB_ONE, 0, ROOM },
		    "database: fewer: has another count of parameters" },
		{ { "sum", "SELECT sum($1::int8)", DB_ONE, 1, ROOM },
		    "database: sum: has a column of a foreign type" },
		{ { "box", "SELECT $1::box IS NULL", DB_ONE, 1, ROOM },
		    "database: box: has a parameter of a foreign type" },
		{ { "none", "SELECT 1", DB_NONE, 0, ROOM },
		    "database: none: promises no row but has columns" },
		{ { "two", "SELECT 1; SELECT 2", DB_ONE, 0, ROOM },
		    "database: two: SQLSTATE 42601: " },
	};
	struct db_conf conf;
	struct db *opened;

	(void)state;
	wants_database();
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
		conf = conf_for(conninfo, &facts[i].statement, 1);
		conf.retry_ms = 1;
		assert_false(db_open(&conf, &opened, &db_err));
		assert_int_equal(db_err.code, ERR_SYSTEM);
		assert_memory_equal(db_err.text, facts[i].text,
		    strlen(facts[i].text));
		conf.role = 5;		/* nothing of it is for this one */
		assert_true(db_open(&conf, &opened, &db_err));
		db_close(opened);
	}
}

static void
give_text_for_int(void)
{
	struct db_value v = db_text("1");

	db_ask(db, arena, SELECT_ONE, &v, 1, NULL, &db_err);
}

static void
give_int_for_text(void)
{
	struct db_value v[] = { db_int(1), db_int(1) };

	db_ask(db, arena, INSERT, v, 2, NULL, &db_err);
}

static void
give_too_large_an_int(void)
{
	ask1(SELECT_ONE, (int64_t)INT32_MAX + 1, NULL);
}

static void
give_too_few(void)
{
	ask(db, SELECT_ONE, NULL);
}

static void
ask_for_another_role(void)
{
	ask(db, FOREIGN, NULL);
}

static void
ask_past_the_table(void)
{
	ask(db, QUERY__MAX, NULL);
}

static void
ask_in_the_air(void)
{
	airborne();
	ask(db, COUNT, NULL);
}

static void
fly_two(void)
{
	airborne();
	airborne();
}

static void
commit_on_the_ground(void)
{
	db_act_commit(db_act_new(db, arena), &db_err);
}

static void
add_in_the_air(void)
{
	insert(airborne(), 2);
}

static struct db_row
one_int(void)
{
	struct db_rows *rows;

	ask1(SELECT_ONE, 1, &rows);
	return db_row(rows, 0);
}

static void
take_text_of_int(void)
{
	struct db_row row = one_int();

	db_take_text(&row);
}

static void
take_past_the_columns(void)
{
	struct db_row row = one_int();

	db_take_int(&row);
	db_take_int(&row);
}

static void
read_past_the_rows(void)
{
	db_row(one_int().rows, 1);
}

/* Each runs in a fork whose end takes the shared connection along. */
static void
faults_in_the_code_are_deadly(void **state)
{
	static void (*const facts[])(void) = {
		give_text_for_int, give_int_for_text, give_too_large_an_int,
		give_too_few, ask_for_another_role, ask_past_the_table,
		ask_in_the_air, fly_two, commit_on_the_ground, add_in_the_air,
		take_text_of_int, take_past_the_columns, read_past_the_rows,
	};

	(void)state;
	wants_database();
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
		if (!dies(facts[i]))
			fail_msg("fault %d was survived", (int)i);
		db_close(db);
		db = open_room();
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(states_have_a_meaning, db_fixture_each),
		cmocka_unit_test_setup(real_refusals_are_named,
		    db_fixture_each),
		cmocka_unit_test_setup(a_refusal_rolls_the_act_back,
		    db_fixture_each),
		cmocka_unit_test_setup(a_refusal_may_come_at_commit,
		    db_fixture_each),
		cmocka_unit_test_setup(an_act_may_be_abandoned,
		    db_fixture_each),
		cmocka_unit_test_setup(opening_is_refused, db_fixture_each),
		cmocka_unit_test_setup(faults_in_the_code_are_deadly,
		    db_fixture_each),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("db_refusal", tests,
	    db_fixture_start, db_fixture_stop);
}

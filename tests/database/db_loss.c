/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lib/db.h and every moment at which a connection can go; and that a long
 * act does not stall it. Sets synchronous_standby_names of the whole cluster
 * for a moment: nothing else should commit there meanwhile.
 */
#include "lib/db.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/arena.h"
#include "lib/err.h"
#include "tests/database/db_fixture.h"

enum {
	MANY = 3000,
	LARGE = 8 * 1024
};

static void
terminate(int64_t pid)
{
	if (!db_ask(admin, arena, TERMINATE,
	    (struct db_value[]){ db_int(pid) }, 1, NULL, &db_err))
		fail_msg("%s", db_err.text);
}

/* Both sides' buffers fill: answers must be read while sending. */
static void
a_long_act_does_not_stall(void **state)
{
	char *note = test_malloc(LARGE + 1);
	struct db_rows **rows = test_calloc(MANY, sizeof(struct db_rows *));
	struct arena *own = arena_new(0);
	struct db_act *act;
	struct db_row row;

	(void)state;
	memset(note, 'n', LARGE);
	note[LARGE] = '\0';
	if (conninfo != NULL) {
		act = db_act_new(db, own);
		for (int i = 0; i < MANY; i++)
			db_act_add(act, ECHO, (struct db_value[]){
			    db_int(i + 1), db_text(note) }, 2, &rows[i]);
		assert_true(db_act_fly(act, &db_err));
		for (int i = 0; i < MANY; i++) {
			row = db_row(rows[i], 0);
			assert_int_equal(db_take_int(&row), i + 1);
			assert_string_equal(db_take_text(&row), note);
		}
		assert_true(db_act_commit(act, &db_err));
		assert_int_equal(number(db, COUNT), MANY);
	}
	arena_free(own);
	test_free(rows);
	test_free(note);
	wants_database();
}

static void
killed_while_idle(void **state)
{
	struct db_act *act;
	int64_t pid, again;

	(void)state;
	wants_database();
	pid = number(db, PID);
	terminate(pid);
	again = number(db, PID);	/* a SELECT notices nothing */
	assert_true(again != pid);
	terminate(again);
	assert_false(ask(db, CLEAR, NULL));
	assert_int_equal(db_err.code, ERR_LOST);
	assert_true(ask(db, CLEAR, NULL));
	terminate(number(db, PID));
	act = db_act_new(db, arena);
	insert(act, 1);
	assert_false(db_act_fly(act, &db_err));
	assert_int_equal(db_err.code, ERR_LOST);
	assert_true(db_act_commit(airborne(), &db_err));
}

static void
killed_in_flight(void **state)
{
	struct db_act *act;

	(void)state;
	wants_database();
	assert_false(ask(db, SUICIDE, NULL));
	assert_int_equal(db_err.code, ERR_LOST);
	assert_int_equal(db_fd(db), -1);
	assert_false(ask(db, SUICIDE_DO, NULL));
	assert_int_equal(db_err.code, ERR_UNKNOWN);
	act = db_act_new(db, arena);
	insert(act, 1);
	db_act_add(act, SUICIDE_DO, NULL, 0, NULL);
	assert_false(db_act_fly(act, &db_err));
	assert_int_equal(db_err.code, ERR_LOST);
	db_act_abandon(act);
	assert_int_equal(number(db, COUNT), 0);
}

static void
killed_between_flights(void **state)
{
	struct db_act *act;
	int64_t pid;

	(void)state;
	wants_database();
	pid = number(db, PID);
	act = airborne();
	terminate(pid);
	assert_false(db_act_commit(act, &db_err));
	assert_int_equal(db_err.code, ERR_LOST);
	assert_int_equal(number(db, COUNT), 0);
	pid = number(db, PID);
	act = airborne();
	terminate(pid);
	db_act_abandon(act);
	assert_int_equal(number(db, COUNT), 0);
}

static void
killed_at_commit(void **state)
{
	struct db_act *act;

	(void)state;
	wants_database();
	act = db_act_new(db, arena);
	insert(act, 1);
	db_act_add(act, INSERT_FATAL, NULL, 0, NULL);
	assert_true(db_act_fly(act, &db_err));
	assert_false(db_act_commit(act, &db_err));
	assert_int_equal(db_err.code, ERR_UNKNOWN);
	assert_true(db_act_commit(airborne(), &db_err));
	assert_false(ask(db, INSERT_FATAL, NULL));
	assert_int_equal(db_err.code, ERR_UNKNOWN);
}

/* Cancels every wait for a replica, with a connection that was opened while
 * none was asked for, until it is killed. */
static pid_t
impatient(struct db *canceller)
{
	pid_t pid = fork();

	if (pid != 0)
		return pid;
	for (;;) {
		db_ask(canceller, arena, 0, NULL, 0, NULL, NULL);
		arena_reset(arena);
		usleep(10000);
	}
}

/* Setting and unsetting take effect a moment after the reload. */
static bool
until(bool committed, int64_t *n)
{
	struct db_act *act;

	for (int i = 0; i < 200; i++) {
		ask(admin, RELOAD, NULL);
		act = db_act_new(db, arena);
		insert(act, (*n)++);
		if (!db_act_fly(act, &db_err))
			return false;
		if (db_act_commit(act, &db_err) == committed)
			return true;
		usleep(20000);
	}
	return false;
}

static void
an_unreplicated_commit_is_unknown(void **state)
{
	struct db_conf conf = conf_for(conninfo, &queries[CANCEL_WAITS], 1);
	bool cut, mended, autocommit;
	enum err_code code, other;
	struct db *canceller;
	int64_t n = 1;
	pid_t child;

	(void)state;
	wants_database();
	assert_true(db_open(&conf, &canceller, &db_err));
	child = impatient(canceller);
	ask(admin, SYNC_ON, NULL);
	cut = until(false, &n);
	code = db_err.code;
	autocommit = ask1(INSERT_SPAN, n++, NULL);
	other = db_err.code;
	ask(admin, SYNC_OFF, NULL);
	mended = until(true, &n);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	db_close(canceller);
	assert_true(cut);
	assert_int_equal(code, ERR_UNKNOWN);
	assert_false(autocommit);
	assert_int_equal(other, ERR_UNKNOWN);
	assert_true(mended);
	assert_int_equal(number(db, COUNT), n - 1);
}

static void
a_silent_server_is_lost(void **state)
{
	struct db_act *act;
	int64_t pid;

	(void)state;
	wants_database();
	pid = number(db, PID);
	act = airborne();
	if (kill((pid_t)pid, SIGSTOP) != 0) {
		db_act_abandon(act);
		skip();
	}
	assert_false(db_act_commit(act, &db_err));
	kill((pid_t)pid, SIGCONT);
	assert_int_equal(db_err.code, ERR_UNKNOWN);
	assert_true(number(db, PID) != pid);
}

static void
ignore(int signal)
{
	(void)signal;
}

static void
opening_waits_for_the_server(void **state)
{
	struct sigaction action = { .sa_handler = ignore };
	char folder[] = "/tmp/balcao-db-XXXXXX";
	const char *host, *link;
	struct db_conf conf;
	struct db *opened;
	struct db_rows *rows;
	struct db_row row;

	(void)state;
	wants_database();
	assert_true(ask(db, SOCKET, &rows));
	row = db_row(rows, 0);
	host = db_take_text(&row);
	assert_non_null(mkdtemp(folder));
	link = arena_printf(arena, "%s/s", folder);
	conf = conf_for(arena_printf(arena, "%s host=%s", conninfo, link),
	    queries, QUERY__MAX);
	assert_false(db_open(&conf, &opened, &db_err));
	assert_int_equal(db_err.code, ERR_SYSTEM);
	conf.retry_ms = 30000;
	sigaction(SIGALRM, &action, NULL);
	alarm(1);
	assert_false(db_open(&conf, &opened, &db_err));
	signal(SIGALRM, SIG_DFL);
	alarm(STUCK_S);
	conf.retry_ms = 20;
	if (fork() == 0) {
		usleep(150000);
		_exit(symlink(host, link));
	}
	assert_true(db_open(&conf, &opened, &db_err));
	wait(NULL);
	db_close(opened);
	unlink(link);
	rmdir(folder);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_long_act_does_not_stall,
		    db_fixture_each),
		cmocka_unit_test_setup(killed_while_idle, db_fixture_each),
		cmocka_unit_test_setup(killed_in_flight, db_fixture_each),
		cmocka_unit_test_setup(killed_between_flights, db_fixture_each),
		cmocka_unit_test_setup(killed_at_commit, db_fixture_each),
		cmocka_unit_test_setup(an_unreplicated_commit_is_unknown,
		    db_fixture_each),
		cmocka_unit_test_setup(a_silent_server_is_lost,
		    db_fixture_each),
		cmocka_unit_test_setup(opening_waits_for_the_server,
		    db_fixture_each),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("db_loss", tests, db_fixture_start,
	    db_fixture_stop);
}

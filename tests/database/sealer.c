/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The trial of the sequencer: forty writers at once, whose transactions
 * sleep, are undone, are undone in part, or take very long, while the
 * sequencer is killed at each of its steps. Afterwards every committed entry
 * is in the log exactly once. BALCAO_TRIAL=n makes it n times as long.
 */
#include "services/sealer.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "lib/arena.h"
#include "lib/crypto.h"
#include "lib/err.h"
#include "lib/log.h"
#include "lib/str.h"
#include "services/room.h"
#include "tests/database/house.h"
#include "tests/database/log_fixture.h"

enum {
	WRITERS = 40,
	ACTS = 12,
	SLOW_MS = 4000
};

static pid_t signer;

static int
start(void **state)
{
	if (house_start(state) != 0)
		return 1;
	if (house.arena != NULL)
		signer = log_signer_start(0);
	return 0;
}

static int
stop(void **state)
{
	if (house.arena != NULL)
		log_process_end(signer);
	return house_stop(state);
}

static int
times(void)
{
	const char *text = getenv("BALCAO_TRIAL");
	int64_t n;

	if (text == NULL || !str_int(text, 1, 10000, &n, NULL))
		return 1;
	return (int)n;
}

/* ---- writers, each a process ---- */

static unsigned
chance(unsigned n)
{
	uint32_t random;

	crypto_random(&random, sizeof random);
	return random % n;
}

static void
write_for_a_while(unsigned number)
{
	static const enum room_code rooms[] = { ROOM_PORTAL, ROOM_ACCOUNT,
	    ROOM_VEHICLE, ROOM_DESK, ROOM_AUDITOR };
	struct log_writer *w = log_writer_new(rooms[number %
	    (sizeof rooms / sizeof *rooms)]);

	if (number == 0)
		log_write(w, 2, SLOW_MS / 2, LOG_COMMIT);
	for (int i = 0; i < ACTS * times(); i++) {
		unsigned fate = chance(10);

		log_write(w, 1 + (int)chance(3), (int)chance(40),
		    fate == 0 ? LOG_ROLLBACK : fate == 1 ? LOG_SAVEPOINT :
		    LOG_COMMIT);
	}
	log_writer_free(w);
}

static pid_t
writer_start_process(unsigned number)
{
	pid_t pid = fork();

	if (pid != 0)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	crypto_forked();
	write_for_a_while(number);
	_exit(0);
}

/* ---- a sequencer that dies ---- */

static enum sealer_step fatal;
static unsigned times_left;

static void
die_there(enum sealer_step step)
{
	if (step == fatal && times_left-- == 0)
		raise(SIGKILL);
}

static _Noreturn void
seal_for_ever(void)
{
	struct room *room;
	struct sealer *s;
	struct err e;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	crypto_forked();
	if (!room_open(house.arena, house.conf, ROOM_SEALER, NULL, &room, &e)
	    || !sealer_new(house.arena, room, &s, &e))
		_exit(2);
	sealer_watch(s, die_there);
	for (;;) {
		struct arena *arena = arena_new(0);

		sealer_round(s, arena);
		arena_free(arena);
		usleep(20000);
	}
}

/* One life, which ends at this step or, if it never gets there, soon. */
static void
seal_until(enum sealer_step step, unsigned nth, unsigned *deaths)
{
	int status = 0;
	pid_t pid;

	fatal = step;
	times_left = nth;
	pid = fork();
	if (pid == 0)
		seal_for_ever();
	for (int i = 0; i < 300; i++) {
		if (waitpid(pid, &status, WNOHANG) == pid) {
			assert_true(WIFSIGNALED(status));
			assert_int_equal(WTERMSIG(status), SIGKILL);
			deaths[step]++;
			return;
		}
		usleep(5000);
	}
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
}

static bool
all_ended(pid_t *writers, unsigned *failed)
{
	bool all = true;
	int status;

	for (unsigned i = 0; i < WRITERS; i++) {
		if (writers[i] == 0)
			continue;
		if (waitpid(writers[i], &status, WNOHANG) == writers[i]) {
			writers[i] = 0;
			*failed += status != 0;
			continue;
		}
		all = false;
	}
	return all;
}

static bool
died_everywhere(const unsigned *deaths)
{
	for (unsigned i = 0; i < SEALER__MAX; i++)
		if (deaths[i] == 0)
			return false;
	return true;
}

static void
same(const char *sql, const char *expected)
{
	assert_string_equal(house_sql("%s", sql), expected);
}

static void
every_committed_entry_has_one_place(void **state)
{
	unsigned deaths[SEALER__MAX] = { 0 }, failed = 0, life = 0;
	struct log_writer *more;
	pid_t writers[WRITERS];
	uint64_t size;

	(void)state;
	house_wanted();
	for (unsigned i = 0; i < WRITERS; i++)
		writers[i] = writer_start_process(i);
	more = log_writer_new(ROOM_PORTAL);
	while (!all_ended(writers, &failed) || !died_everywhere(deaths)) {
		assert_true(log_write(more, 2, 0, LOG_COMMIT));
		seal_until((enum sealer_step)(life % SEALER__MAX), life / 24,
		    deaths);
		if (life++ % 5 == 4) {
			log_process_end(signer);
			signer = log_signer_start(0);
		}
	}
	log_writer_free(more);
	assert_int_equal(failed, 0);
	log_settle(log_sealer());
	same("SELECT count(*) FROM audit.leaf l WHERE NOT EXISTS (SELECT FROM"
	    " audit.seq s WHERE s.event_id = l.event_id)", "0");
	same("SELECT count(*) - count(DISTINCT event_id) FROM audit.seq",
	    "0");
	same("SELECT count(*) = max(idx) + 1 AND min(idx) = 0 FROM audit.seq",
	    "t");
	same("SELECT count(*) FROM audit.seq s WHERE NOT EXISTS (SELECT FROM"
	    " audit.leaf l WHERE l.event_id = s.event_id AND sha256('\\x00'"
	    " || l.leaf) = s.leaf_hash)", "0");
	same("SELECT count(*) FROM audit.q WHERE type = 16", "0");
	log_check_files(log_year(), &size);
	assert_string_equal(house_sql("SELECT size FROM audit.state"),
	    arena_printf(house.arena, "%llu", (unsigned long long)size));
	assert_true(size > WRITERS * ACTS);
}

/* The order in the log is the order of each writer. */
static void
chains_are_whole(void **state)
{
	(void)state;
	house_wanted();
	same("SELECT count(*) FROM audit.chain c WHERE c.sequence <> (SELECT"
	    " count(*) FROM audit.leaf l WHERE position(c.writer IN l.leaf)"
	    " > 0)", "0");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_committed_entry_has_one_place),
		cmocka_unit_test(chains_are_whole),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("sealer", tests, start, stop);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The parent and its children, for real: a process that runs them is told
 * things by signals, and writes down in a shared page what happened.
 */
#include "cgi-bin/children.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include <cmocka.h>

#include "lib/clock.h"
#include "lib/err.h"

enum {
	PATIENCE = 10 * 1000,	/* ms until a test gives up */
	STEP = 10		/* ms between looks */
};

/* What the children tell. */
struct page {
	atomic_int	births[CHILDREN_MAX];
	atomic_int	alive;
	atomic_int	least_alive;
	atomic_int	last_pid[CHILDREN_MAX];
};

static struct page *page;

static int
start(void **state)
{
	(void)state;
	page = mmap(NULL, sizeof *page, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	return page == MAP_FAILED ? 1 : 0;
}

static int
end(void **state)
{
	(void)state;
	return munmap(page, sizeof *page);
}

static void
nap(int ms)
{
	usleep((useconds_t)ms * 1000);
}

/* Lives until it is told to stop. */
static int
obedient(void *arg, const struct child *c)
{
	(void)arg;
	atomic_fetch_add(&page->alive, 1);
	atomic_store(&page->last_pid[c->index], getpid());
	child_ready(c);
	atomic_fetch_add(&page->births[c->index], 1);
	while (!child_stops(c, -1))
		continue;
	if (atomic_fetch_sub(&page->alive, 1) - 1 <
	    atomic_load(&page->least_alive))
		atomic_store(&page->least_alive, atomic_load(&page->alive));
	return 0;
}

static int
short_lived(void *arg, const struct child *c)
{
	(void)arg;
	atomic_fetch_add(&page->births[c->index], 1);
	return 3;
}

/* A parent of n such children, in a process of its own. */
static pid_t
run(unsigned n, int (*life)(void *, const struct child *))
{
	struct children children = { .n = n, .run = life };
	struct err e;
	pid_t pid;

	*page = (struct page){ .least_alive = (int)n };
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0)
		_exit(children_run(&children, &e) ? 0 : 1);
	return pid;
}

static void
wait_for(atomic_int *what, int least)
{
	for (int ms = 0; ms < PATIENCE; ms += STEP) {
		if (atomic_load(what) >= least)
			return;
		nap(STEP);
	}
	fail_msg("%d instead of %d", atomic_load(what), least);
}

static int
end_of(pid_t pid)
{
	int status;

	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void
the_pause_doubles(void **state)
{
	static const struct {
		unsigned	deaths;
		int64_t		pause;
	} cases[] = {
		{ 0, 100 }, { 1, 100 }, { 2, 200 }, { 3, 400 }, { 7, 6400 },
		{ 8, 10000 }, { 9, 10000 }, { 1000000, 10000 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(children_pause(cases[i].deaths),
		    cases[i].pause);
}

static void
sigterm_ends_all_of_them(void **state)
{
	pid_t pid = run(3, obedient);

	(void)state;
	wait_for(&page->alive, 3);
	kill(pid, SIGTERM);
	assert_int_equal(end_of(pid), 0);
	assert_int_equal(page->alive, 0);
}

static void
the_dead_are_started_again_with_a_growing_pause(void **state)
{
	int64_t began = clock_monotonic();
	pid_t pid = run(1, short_lived);

	(void)state;
	wait_for(&page->births[0], 4);
	/* after 100, 200 and 400 ms */
	assert_true(clock_monotonic() - began >= 700);
	kill(pid, SIGTERM);
	assert_int_equal(end_of(pid), 0);
	assert_true(page->births[0] <= 6);
}

static void
a_killed_child_is_started_again(void **state)
{
	pid_t pid = run(2, obedient);
	int killed;

	(void)state;
	wait_for(&page->births[0], 1);
	wait_for(&page->births[1], 1);
	killed = page->last_pid[1];
	kill(killed, SIGKILL);
	wait_for(&page->births[1], 2);
	assert_int_equal(page->births[0], 1);
	assert_int_not_equal(page->last_pid[1], killed);
	kill(pid, SIGINT);
	assert_int_equal(end_of(pid), 0);
}

static void
sighup_replaces_them_one_after_another(void **state)
{
	pid_t pid = run(3, obedient);

	(void)state;
	wait_for(&page->alive, 3);
	kill(pid, SIGHUP);
	for (int i = 0; i < 3; i++)
		wait_for(&page->births[i], 2);
	assert_int_equal(page->least_alive, 2);
	wait_for(&page->alive, 3);
	for (int i = 0; i < 3; i++)
		assert_int_equal(page->births[i], 2);
	kill(pid, SIGTERM);
	assert_int_equal(end_of(pid), 0);
}

/* One that says it would be the same the next time ends them all. */
static int
hopeless(void *arg, const struct child *c)
{
	if (c->index == 1)
		return EX_CONFIG;
	return obedient(arg, c);
}

static void
a_hopeless_child_ends_all_of_them(void **state)
{
	pid_t pid = run(3, hopeless);

	(void)state;
	assert_int_equal(end_of(pid), 1);
	assert_int_equal(page->alive, 0);
}

static void
children_die_with_their_parent(void **state)
{
	pid_t pid = run(2, obedient);

	(void)state;
	wait_for(&page->alive, 2);
	kill(pid, SIGKILL);
	assert_int_equal(end_of(pid), -1);
	for (int ms = 0; ms < PATIENCE && page->alive > 0; ms += STEP)
		nap(STEP);
	assert_int_equal(page->alive, 0);
}

static void
there_must_be_some_and_not_too_many(void **state)
{
	struct children none = { .n = 0, .run = obedient };
	struct children crowd = { .n = CHILDREN_MAX + 1, .run = obedient };
	struct err e = { 0 };

	(void)state;
	assert_false(children_run(&none, &e));
	assert_int_equal(e.code, ERR_SYSTEM);
	assert_false(children_run(&crowd, &e));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_pause_doubles),
		cmocka_unit_test(sigterm_ends_all_of_them),
		cmocka_unit_test(
		    the_dead_are_started_again_with_a_growing_pause),
		cmocka_unit_test(a_killed_child_is_started_again),
		cmocka_unit_test(sighup_replaces_them_one_after_another),
		cmocka_unit_test(a_hopeless_child_ends_all_of_them),
		cmocka_unit_test(children_die_with_their_parent),
		cmocka_unit_test(there_must_be_some_and_not_too_many),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("children", tests, start, end);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files the drafts on standard input in some processes at once, without a
 * web server, and prints how many, the seconds, and how many a second.
 *
 *	audit_cost CONFIGURATION PROCESSES with|without
 *
 * "without" leaves out row images and the entry: the linker leads the calls
 * through here (--wrap), a switch that no other program has. The database
 * refuses such rows unless bench/run has put its triggers to sleep.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "bench/filer.h"
#include "forms/form.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"
#include "services/act.h"
#include "services/casework.h"
#include "services/intake.h"
#include "services/party.h"
#include "services/session.h"
#include "services/vehicle.h"

enum {
	PROCESSES = 64,
	WARM = 8		/* drafts of each, filed before the clock starts */
};

static bool silent;

void	__real_act_put(struct act *, unsigned, enum table_code,
	    const struct db_value *, size_t);
void	__wrap_act_put(struct act *, unsigned, enum table_code,
	    const struct db_value *, size_t);
void	__real_act_image(struct act *, enum table_code,
	    const struct db_value *, size_t);
void	__wrap_act_image(struct act *, enum table_code,
	    const struct db_value *, size_t);
bool	__real_act_say(struct act *, const struct act_entry *, struct uuid *,
	    struct err *);
bool	__wrap_act_say(struct act *, const struct act_entry *, struct uuid *,
	    struct err *);

void
__wrap_act_put(struct act *act, unsigned statement, enum table_code table,
    const struct db_value *value, size_t n)
{
	if (silent)
		act_add(act, statement, value, n, NULL);
	else
		__real_act_put(act, statement, table, value, n);
}

void
__wrap_act_image(struct act *act, enum table_code table,
    const struct db_value *value, size_t n)
{
	if (!silent)
		__real_act_image(act, table, value, n);
}

bool
__wrap_act_say(struct act *act, const struct act_entry *said,
    struct uuid *event, struct err *e)
{
	if (!silent)
		return __real_act_say(act, said, event, e);
	if (event != NULL)
		*event = uuid_new();
	return true;
}

/* All that a request does, but for HTTP and HTML. */
static void
file(struct filer *f, const struct filer_line *line)
{
	struct intake_refusal refusal;
	struct application a;
	struct session *session;
	struct uuid event;
	struct draft d;
	struct err e;

	if (!filer_enter(f, line->token, &session, &e) ||
	    !party_apply(f->room, f->work, session, &e) ||
	    !intake_load(f->room, f->work, session, line->draft, &d, &e) ||
	    !intake_submit(f->room, f->work, session, &vehicle_service, &d,
	    &a, &event, &refusal, &e))
		filer_fail("a filing failed", &e);
	form_free(d.form);
	arena_reset(f->work);
}

/* ready: a byte is written when this process could begin; go: closed by the
 * parent when all may. */
static int
live(const char *conf, const struct filer_line *line, size_t n, size_t every,
    int ready, int go)
{
	struct filer f;
	struct err e;
	char byte = 0;
	size_t i = 0;

	if (!filer_open(&f, "audit_cost", conf, &e))
		filer_fail("room vehicle does not open", &e);
	for (; i < n && i < WARM * every; i += every)
		file(&f, &line[i]);
	if (write(ready, &byte, 1) != 1 || read(go, &byte, 1) != 0)
		filer_fail("the start was missed", NULL);
	for (; i < n; i += every)
		file(&f, &line[i]);
	return EX_OK;
}

static double
seconds_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double
run(const char *conf, const struct filer_line *line, size_t n,
    size_t processes)
{
	int ready[2], go[2], status, worst = 0;
	double began;
	char byte;

	if (pipe(ready) != 0 || pipe(go) != 0)
		filer_fail("pipe", NULL);
	for (size_t i = 0; i < processes; i++)
		if (fork() == 0) {
			close(go[1]);
			exit(live(conf, line + i, n - i, processes, ready[1],
			    go[0]));
		}
	close(ready[1]);
	for (size_t i = 0; i < processes; i++)
		if (read(ready[0], &byte, 1) != 1)
			filer_fail("a process did not start", NULL);
	began = seconds_now();
	close(go[1]);
	while (wait(&status) > 0)
		worst |= status;
	if (worst != 0)
		filer_fail("a process failed", NULL);
	return seconds_now() - began;
}

int
main(int argc, char **argv)
{
	struct filer reader = { .arena = arena_new(0) };
	struct filer_line *line;
	size_t n = 0, room = 1 << 16;
	int64_t processes;
	double took;

	if (argc != 4 || !str_int(argv[2], 1, PROCESSES, &processes, NULL)) {
		fprintf(stderr, "usage: audit_cost CONFIGURATION PROCESSES "
		    "with|without\n");
		return EX_USAGE;
	}
	silent = str_equal(argv[3], "without");
	line = arena_array(reader.arena, room, sizeof *line);
	while (n < room && filer_read(&reader, stdin, &line[n]))
		n++;
	if (n <= WARM * (size_t)processes)
		filer_fail("too few drafts", NULL);
	took = run(argv[1], line, n, (size_t)processes);
	n -= WARM * (size_t)processes;
	printf("%zu %.4f %.2f\n", n, took, (double)n / took);
	return EX_OK;
}

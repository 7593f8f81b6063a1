/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Starting a room's program. The order is the point: whatever needs a right
 * that the program should not keep comes before the right is given up.
 */
#include "cgi-bin/program.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sysexits.h>
#include <unistd.h>

#include "audit/writer.h"
#include "cgi-bin/children.h"
#include "cgi-bin/listen.h"
#include "cgi-bin/route.h"
#include "cgi-bin/serve.h"
#include "lib/arena.h"
#include "lib/clock.h"
#include "lib/conf.h"
#include "lib/crypto.h"
#include "lib/err.h"
#include "lib/log.h"
#include "lib/sandbox.h"
#include "lib/str.h"
#include "lib/text.h"
#include "lib/xml.h"
#include "services/pulse.h"
#include "services/qcheck.h"
#include "services/room.h"
#include "services/settings.h"
#include "services/standing.h"

enum {
	WORK_PAUSE = 1000,	/* ms between rounds of the worker child */
	SAVE_MS = 60 * 1000	/* between writings of the slots */
};

static const char standard_conf[] = "/etc/balcao/balcao.conf";

struct options {
	const char	*conf;
	const char	*socket;
	const char	*group;
	const char	*user;
	bool		 only_test;
	bool		 only_routes;
	bool		 only_q;
};

struct start {
	const struct program	*program;
	struct options		 options;
	struct arena		*arena;		/* the process's */
	struct conf		*conf;
	int			 listening;
	unsigned		 workers;	/* for the web */
	uint8_t			*slots;		/* shared, WRITER_SLOT each */
	uint8_t			*saved;		/* as they are in the file */
	int64_t			 saved_at;	/* monotonic ms */
	const char		*slots_file;
};

static bool
read_options(int argc, char **argv, struct options *o)
{
	int c;

	*o = (struct options){ .conf = standard_conf };
	while ((c = getopt(argc, argv, "c:g:qrs:tu:")) != -1) {
		switch (c) {
		case 'c':
			o->conf = optarg;
			break;
		case 'g':
			o->group = optarg;
			break;
		case 'q':
			o->only_q = true;
			break;
		case 'r':
			o->only_routes = true;
			break;
		case 's':
			o->socket = optarg;
			break;
		case 't':
			o->only_test = true;
			break;
		case 'u':
			o->user = optarg;
			break;
		default:
			return false;
		}
	}
	return optind == argc;
}

/* Rehearsals move the clock, where the installation allows it. */
static bool
set_clock(const struct conf *conf, struct err *e)
{
	const char *shift = getenv("BALCAO_CLOCK_SHIFT");
	int64_t ms;

	if (!clock_zone(conf_text(conf, "authority", "zone"), e))
		return false;
	if (shift == NULL || !conf_bool(conf, "test", "clock"))
		return true;
	if (!str_int(shift, INT64_MIN / 2, INT64_MAX / 2, &ms, e))
		return err_at(e, "BALCAO_CLOCK_SHIFT");
	clock_shift(ms);
	return true;
}

static bool
open_socket(struct start *s, struct err *e)
{
	const char *path = s->options.socket;

	if (s->workers == 0 && s->program->socket == NULL)
		return true;
	if (path == NULL && listen_given(STDIN_FILENO)) {
		s->listening = STDIN_FILENO;
		return true;
	}
	if (path == NULL && s->program->socket != NULL)
		path = arena_printf(s->arena, "%s/%s",
		    conf_text(s->conf, "path", "run"), s->program->socket);
	if (path == NULL)
		path = arena_printf(s->arena, "%s/%s.socket",
		    conf_text(s->conf, "path", "run"), s->program->name);
	return listen_unix(path, s->options.group, &s->listening, e);
}

/* One page that parent and children share; it outlives each of them. */
static bool
open_slots(struct start *s, unsigned children, struct err *e)
{
	s->slots = mmap(NULL, (size_t)CHILDREN_MAX * WRITER_SLOT,
	    PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (s->slots == MAP_FAILED)
		return err_set(e, ERR_SYSTEM, "shared memory: %s",
		    strerror(errno));
	s->slots_file = arena_printf(s->arena, "%s/%s.slots",
	    conf_text(s->conf, "path", "state"), s->program->name);
	s->saved = arena_alloc(s->arena, (size_t)children * WRITER_SLOT);
	if (!writer_slots_load(s->slots_file, s->slots, children, e))
		return false;
	memcpy(s->saved, s->slots, (size_t)children * WRITER_SLOT);
	return true;
}

static bool
prepare(struct start *s, struct err *e)
{
	if (!conf_load(s->arena, s->options.conf, settings, &s->conf, e) ||
	    !set_clock(s->conf, e))
		return false;
	if (s->program->n > 0)
		s->workers = (unsigned)conf_int(s->conf, "program",
		    "workers");
	xml_init();
	return text_init(conf_text(s->conf, "path", "locale"), e) &&
	    crypto_init(e) && (s->options.only_q || open_socket(s, e)) &&
	    sandbox_hide(e) &&
	    (s->options.user == NULL || sandbox_become(s->options.user, e)) &&
	    (s->options.only_q || open_slots(s, s->workers + 1, e));
}

static bool
serve(struct start *s, struct room *room, const struct child *child,
    struct err *e)
{
	const char *instance = conf_text(s->conf, "authority", "instance");
	struct serve web = {
		.program = s->program,
		.conf = s->conf,
		.room = room,
		.origin = conf_text(s->conf, "web", "url"),
		.cookies = {
			.session = arena_printf(s->arena, "__Host-%s-%s",
			    instance, s->program->name),
			.language = arena_printf(s->arena,
			    "__Host-%s-language", instance),
		},
	};

	return serve_run(&web, child, s->listening, e);
}

void
program_idle(struct room *room, struct arena *arena)
{
	(void)room;
	(void)arena;
}

/* Each night: does audit.q say what this room wrote? */
static void
check_q(struct room *room, struct arena *a, instant *due)
{
	struct qcheck sum;
	struct err e;

	if (clock_now() < *due)
		return;
	*due = qcheck_next(clock_now());
	if (!qcheck_sample(room, a, &sum, &e))
		log_error("q-not-checked", &e);
}

static void
work(struct start *s, struct room *room, const struct child *child)
{
	int pause = s->program->pause > 0 ? s->program->pause : WORK_PAUSE;
	struct arena *a = arena_new(ARENA_REQUEST_LIMIT);
	instant due = clock_now() + QCHECK_FIRST_MS;

	child_ready(child);
	do {
		s->program->work(room, a);
		pulse_beat(room, a);
		arena_reset(a);
		check_q(room, a, &due);
		arena_reset(a);
	} while (!child_stops(child, pause));
	arena_free(a);
}

static bool
stand_aside(struct start *s, const struct child *child, struct err *e)
{
	const struct program_aside *aside = s->program->aside;
	struct arena *a;
	void *state;

	crypto_forked();
	if (!aside->open(s->conf, s->arena, s->listening, &state, e) ||
	    !sandbox_enter(aside->allow, e))
		return false;
	a = arena_new(ARENA_REQUEST_LIMIT);
	child_ready(child);
	do {
		aside->round(state, a);
		arena_reset(a);
	} while (!child_stops(child, aside->pause));
	arena_free(a);
	return true;
}

static bool
live(struct start *s, const struct child *child, struct err *e)
{
	bool web = child->index < s->workers;
	struct room *room;
	bool ok = true;

	crypto_forked();
	if (!web && s->workers > 0)
		close(s->listening);
	if (!room_open(s->arena, s->conf, s->program->room,
	    (struct writer_slot *)(void *)(s->slots +
	    (size_t)child->index * WRITER_SLOT), &room, e))
		return false;
	if (!standing_check(room, s->arena, e)) {
		room_close(room);
		return false;
	}
	if (!sandbox_enter(s->program->allow, e))
		ok = false;
	else if (web)
		ok = serve(s, room, child, e);
	else
		work(s, room, child);
	if (ok)
		pulse_close(room, s->arena);
	room_close(room);
	return ok;
}

/* The web's come first, then the worker, then the one aside. */
static int
run_child(void *arg, const struct child *child)
{
	struct start *s = arg;
	bool aside = child->index == s->workers +
	    (s->program->work != NULL ? 1 : 0);
	struct err e;

	if (aside ? stand_aside(s, child, &e) : live(s, child, &e))
		return EX_OK;
	log_error("child-failed", &e);
	return standing_refused(&e) ? EX_CONFIG : EX_TEMPFAIL;
}

/* The slots of the writers, in case the machine stops: they are behind by
 * a minute at most. */
static void
save_slots(void *arg)
{
	struct start *s = arg;
	size_t n = (size_t)(s->workers + 1) * WRITER_SLOT;
	struct err e;

	if (clock_monotonic() - s->saved_at < SAVE_MS ||
	    memcmp(s->saved, s->slots, n) == 0)
		return;
	s->saved_at = clock_monotonic();
	memcpy(s->saved, s->slots, n);
	if (!writer_slots_save(s->slots_file, s->saved, s->workers + 1, &e))
		log_error("slots-not-saved", &e);
}

/* One line a route, for tests that try them all. */
static void
print_routes(const struct program *p)
{
	static const char *const methods[METHOD__MAX] = { "GET", "POST", "-" };
	static const char *const guards[GUARD__MAX] = {
		[GUARD_NONE]		= "none",
		[GUARD_ANYONE]		= "anyone",
		[GUARD_SESSION]		= "session",
		[GUARD_CITIZEN]		= "citizen",
		[GUARD_STAFF]		= "staff",
		[GUARD_CLERK]		= "clerk",
		[GUARD_SUPERVISOR]	= "supervisor",
		[GUARD_AUDITOR]		= "auditor",
		[GUARD_ADMINISTRATOR]	= "administrator",
	};
	static const char *const csrfs[CSRF__MAX] = {
		"none", "origin", "token"
	};

	for (size_t i = 0; i < p->n; i++)
		printf("%s %s %s %s\n", methods[p->routes[i].method],
		    p->routes[i].path, guards[p->routes[i].guard],
		    csrfs[p->routes[i].csrf]);
}

/* In this process alone, beside the program that may run. */
static bool
run_q(struct start *s, bool *differs, struct err *e)
{
	struct qcheck sum = { .faults = 0 };
	struct room *room;
	bool ok;

	if (!room_open(s->arena, s->conf, s->program->room, NULL, &room, e))
		return false;
	ok = standing_check(room, s->arena, e) &&
	    sandbox_enter(s->program->allow, e) && qcheck_all(room, &sum, e);
	pulse_close(room, s->arena);
	room_close(room);
	*differs = sum.faults > 0;
	return ok;
}

static bool
run(struct start *s, bool *differs, struct err *e)
{
	struct children children = {
		.run = run_child,
		.tick = save_slots,
		.arg = s,
	};

	if (!route_lint(s->program->routes, s->program->n, e))
		return err_at(e, "routes");
	if (s->options.only_routes)
		print_routes(s->program);
	if (s->options.only_routes || s->options.only_test)
		return true;
	if (!prepare(s, e))
		return false;
	if (s->options.only_q)
		return run_q(s, differs, e);
	children.n = s->workers + (s->program->work != NULL ? 1 : 0) +
	    (s->program->aside != NULL ? 1 : 0);
	log_event(LOG_INFO, "started", NULL);
	if (!children_run(&children, e))
		return false;
	log_event(LOG_INFO, "ended", NULL);
	return writer_slots_save(s->slots_file, s->slots, s->workers + 1, e);
}

int
program_run(const struct program *program, int argc, char **argv)
{
	struct start s = { .program = program, .listening = -1 };
	bool differs = false;
	struct err e;

	log_init(program->name, LOG_INFO);
	if (!read_options(argc, argv, &s.options)) {
		fprintf(stderr, "usage: %s [-qrt] [-c configuration] "
		    "[-s socket] [-g group] [-u user]\n", program->name);
		return EX_USAGE;
	}
	s.arena = arena_new(0);
	if (run(&s, &differs, &e))
		return differs ? EXIT_FAILURE : EX_OK;
	log_error("not-started", &e);
	return EX_CONFIG;
}

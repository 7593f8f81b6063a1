/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The parent: one loop that waits for a signal or for the next thing due.
 * All signals it handles are blocked and taken one by one, so there is no
 * handler and no race with one. Only cgi-bin/program.c and the daemons of
 * bin/ call it.
 */
#include "cgi-bin/children.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "lib/clock.h"
#include "lib/err.h"
#include "lib/log.h"

enum {
	LOOK_AGAIN = 50		/* ms, while a child is to become ready */
};

struct life {
	pid_t		 pid;		/* 0: none now */
	int64_t		 started;	/* monotonic ms */
	int64_t		 due;		/* start then, if there is none */
	int64_t		 killed;	/* SIGKILL then; 0: not told to end */
	unsigned	 deaths;	/* in quick succession */
};

struct parent {
	const struct children	*children;
	struct life		 life[CHILDREN_MAX];
	atomic_uchar		*ready;		/* shared, one a child */
	sigset_t		 signals;
	bool			 stopping;
	bool			 hopeless;	/* a child said so */
	unsigned		 rolling;	/* being replaced; n: none */
};

int64_t
children_pause(unsigned deaths)
{
	int64_t pause = CHILDREN_PAUSE_FIRST;

	while (deaths-- > 1 && pause < CHILDREN_PAUSE_LAST)
		pause *= 2;
	return pause < CHILDREN_PAUSE_LAST ? pause : CHILDREN_PAUSE_LAST;
}

void
child_ready(const struct child *c)
{
	atomic_uchar *ready = c->ready;

	if (ready != NULL)
		atomic_store(ready, 1);
}

bool
child_stops(const struct child *c, int wait_ms)
{
	struct pollfd fd = { .fd = c->stop, .events = POLLIN };

	return poll(&fd, 1, wait_ms) > 0;
}

static void
log_child(enum log_level level, const char *event, unsigned index,
    const char *name, int value)
{
	char which[12], what[12];

	snprintf(which, sizeof which, "%u", index);
	snprintf(what, sizeof what, "%d", value);
	log_event(level, event, "child", which, name, what, NULL);
}

/* A child's whole life; does not return. */
static _Noreturn void
live(struct parent *p, unsigned index, pid_t parent)
{
	struct child c = { .index = index, .ready = &p->ready[index] };
	sigset_t stop, chld;

	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(EX_UNAVAILABLE);
	sigemptyset(&stop);
	sigaddset(&stop, SIGTERM);
	sigaddset(&stop, SIGINT);
	sigaddset(&stop, SIGHUP);
	sigemptyset(&chld);
	sigaddset(&chld, SIGCHLD);
	sigprocmask(SIG_UNBLOCK, &chld, NULL);
	c.stop = signalfd(-1, &stop, SFD_CLOEXEC | SFD_NONBLOCK);
	if (c.stop < 0)
		_exit(EX_OSERR);
	exit(p->children->run(p->children->arg, &c));
}

static void
died(struct life *l, int64_t now)
{
	bool wanted = l->killed != 0;

	if (wanted || now - l->started >= CHILDREN_STEADY)
		l->deaths = 0;
	l->pid = 0;
	l->killed = 0;
	l->due = now;
	if (!wanted)
		l->due += children_pause(++l->deaths);
}

static void
start(struct parent *p, unsigned index, int64_t now)
{
	struct life *l = &p->life[index];
	pid_t self = getpid(), pid;

	atomic_store(&p->ready[index], 0);
	l->started = now;
	pid = fork();
	if (pid == 0)
		live(p, index, self);
	if (pid < 0) {
		log_child(LOG_ALARM, "no-child", index, "errno", errno);
		died(l, now);
		return;
	}
	l->pid = pid;
	log_child(LOG_INFO, "child-started", index, "pid", (int)pid);
}

static void
tell(struct life *l, int64_t now)
{
	if (l->pid == 0 || l->killed != 0)
		return;
	kill(l->pid, SIGTERM);
	l->killed = now + CHILDREN_GRACE;
}

static void
stop_all(struct parent *p, int64_t now)
{
	p->stopping = true;
	for (unsigned i = 0; i < p->children->n; i++)
		tell(&p->life[i], now);
}

static void
give_up(struct parent *p, int64_t now)
{
	p->hopeless = true;
	stop_all(p, now);
}

static void
reap(struct parent *p, int64_t now)
{
	pid_t pid;
	int status;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		for (unsigned i = 0; i < p->children->n; i++) {
			struct life *l = &p->life[i];

			if (l->pid != pid)
				continue;
			if (WIFSIGNALED(status))
				log_child(LOG_ALARM, "child-killed", i,
				    "signal", WTERMSIG(status));
			else
				log_child(l->killed != 0 ? LOG_INFO :
				    LOG_WARNING, "child-ended", i, "status",
				    WEXITSTATUS(status));
			died(l, now);
			if (WIFEXITED(status) &&
			    WEXITSTATUS(status) == EX_CONFIG)
				give_up(p, now);
		}
	}
}

/* Replace the children from the first to the last, each when the one before
 * is ready. A child that was told and is gone starts again by itself. */
static void
roll(struct parent *p, int64_t now)
{
	struct life *l = &p->life[p->rolling];

	if (p->rolling == p->children->n)
		return;
	if (l->killed != 0 || l->pid == 0 || !atomic_load(
	    &p->ready[p->rolling]))
		return;
	p->rolling++;
	if (p->rolling < p->children->n)
		tell(&p->life[p->rolling], now);
}

static void
start_roll(struct parent *p, int64_t now)
{
	p->rolling = 0;
	tell(&p->life[0], now);
}

/* Everything that is due; returns how long nothing will be, in ms. */
static int64_t
round_of(struct parent *p, int64_t now)
{
	int64_t wait = CHILDREN_PAUSE_LAST;

	for (unsigned i = 0; i < p->children->n; i++) {
		struct life *l = &p->life[i];
		int64_t next = l->pid == 0 ? l->due : l->killed;

		if (l->pid == 0 && p->stopping)
			continue;
		if (l->pid == 0 && now >= l->due)
			start(p, i, now);
		else if (l->killed != 0 && now >= l->killed)
			kill(l->pid, SIGKILL);
		if (next > now && next - now < wait)
			wait = next - now;
	}
	if (p->stopping)
		return wait;
	roll(p, now);
	return p->rolling < p->children->n ? LOOK_AGAIN : wait;
}

static void
take_signal(struct parent *p, int number, int64_t now)
{
	switch (number) {
	case SIGTERM:
	case SIGINT:
		stop_all(p, now);
		break;
	case SIGHUP:
		start_roll(p, now);
		break;
	default:
		break;
	}
}

static bool
is_over(const struct parent *p)
{
	if (!p->stopping)
		return false;
	for (unsigned i = 0; i < p->children->n; i++) {
		if (p->life[i].pid != 0)
			return false;
	}
	return true;
}

static bool
prepare(struct parent *p, struct err *e)
{
	p->ready = mmap(NULL, CHILDREN_MAX, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (p->ready == MAP_FAILED)
		return err_set(e, ERR_SYSTEM, "shared memory: %s",
		    strerror(errno));
	p->rolling = p->children->n;
	sigemptyset(&p->signals);
	sigaddset(&p->signals, SIGTERM);
	sigaddset(&p->signals, SIGINT);
	sigaddset(&p->signals, SIGHUP);
	sigaddset(&p->signals, SIGCHLD);
	sigprocmask(SIG_BLOCK, &p->signals, NULL);
	signal(SIGPIPE, SIG_IGN);
	return true;
}

bool
children_run(const struct children *children, struct err *e)
{
	struct parent *p;
	bool hopeless;

	if (children->n == 0 || children->n > CHILDREN_MAX)
		return err_set(e, ERR_SYSTEM, "1 to %d children",
		    CHILDREN_MAX);
	p = calloc(1, sizeof *p);
	if (p == NULL)
		return err_set(e, ERR_SYSTEM, "no memory");
	p->children = children;
	if (!prepare(p, e)) {
		free(p);
		return false;
	}
	while (!is_over(p)) {
		int64_t wait = round_of(p, clock_monotonic());
		struct timespec t = { wait / 1000, wait % 1000 * 1000000 };
		int number = sigtimedwait(&p->signals, NULL, &t);

		if (number > 0)
			take_signal(p, number, clock_monotonic());
		reap(p, clock_monotonic());
		if (children->tick != NULL)
			children->tick(children->arg);
	}
	hopeless = p->hopeless;
	munmap(p->ready, CHILDREN_MAX);
	free(p);
	return !hopeless || err_set(e, ERR_SYSTEM, "it cannot work as things "
	    "are; the line above says why");
}

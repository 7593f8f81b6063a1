/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The parent of a program's processes: it forks them, starts the dead again
 * with a growing pause, passes signals on, and has no connection and no
 * request of its own, so nothing a visitor sends can reach it.
 */
#ifndef CGI_BIN_CHILDREN_H
#define CGI_BIN_CHILDREN_H

#include <stdbool.h>
#include <stdint.h>

struct err;

enum {
	CHILDREN_MAX = 256,
	CHILDREN_PAUSE_FIRST = 100,	/* ms before the second start */
	CHILDREN_PAUSE_LAST = 10 * 1000,
	CHILDREN_STEADY = 30 * 1000,	/* ms alive: the pause starts anew */
	CHILDREN_GRACE = 20 * 1000	/* ms to end in before SIGKILL */
};

struct child {
	unsigned	 index;		/* less than n */
	int		 stop;		/* readable: end after this request */
	void		*ready;		/* see child_ready() */
};

struct children {
	unsigned	 n;
	/* A child's life; what it returns is its exit status. EX_CONFIG ends
	 * all of them: the next one would end in the same way. */
	int		(*run)(void *arg, const struct child *);
	/* The parent's own care, every few seconds; NULL: none. */
	void		(*tick)(void *arg);
	void		*arg;
};

/*
 * Run them until SIGTERM or SIGINT, which is passed on as SIGTERM and waited
 * for, or until a child ends all of them (false, ERR_SYSTEM). SIGHUP ends and
 * starts the children one after another, each once the one before is ready,
 * so that new keys are read without a moment when nobody serves. ERR_SYSTEM.
 * The parent's death ends the children too.
 */
bool	children_run(const struct children *, struct err *e);

/* Called by a child that can do its work now. */
void	child_ready(const struct child *);

/* Is the process to end? Waits so long for it to become true. */
bool	child_stops(const struct child *, int wait_ms);

/* How long to wait before a start after so many in quick succession. */
int64_t	children_pause(unsigned deaths);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a program can no longer do once it serves: seccomp-bpf by libseccomp,
 * on top of no_new_privs, no core files and no dumping. A forbidden call
 * fails with EPERM where the C library may probe for it and kills the process
 * where no honest path makes it.
 */
#ifndef LIB_SANDBOX_H
#define LIB_SANDBOX_H

#include <stdbool.h>

struct err;

enum sandbox_allow {
	SANDBOX_SERVE = 0,		/* sockets at hand, memory, time, random */
	SANDBOX_CONNECT_UNIX = 1,	/* PostgreSQL's socket */
	SANDBOX_CONNECT_INET = 2,	/* PostgreSQL over TCP, outside peers */
	SANDBOX_READ_FILES = 4,		/* read-only opens (certificates) */
	SANDBOX_WRITE_FILES = 8,	/* courier's demonstration mail */
	SANDBOX_THREADS = 16		/* getaddrinfo, libcurl */
};

/* PR_SET_DUMPABLE 0, RLIMIT_CORE 0, mlockall where allowed. */
bool	sandbox_hide(struct err *e);

/* Leave root for user and group (names), all supplementary groups dropped;
 * checked by asking the kernel. Nothing to do if already that user. */
bool	sandbox_become(const char *user, struct err *e);

/* no_new_privs and the filter. Cannot be undone. */
bool	sandbox_enter(unsigned allow, struct err *e);

#endif

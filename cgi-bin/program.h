/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One room's program, start to end. Every main() in cgi-bin is a const
 * struct program and a call of program_run(), so all programs start in the
 * same order: configuration, catalogues, listening socket, user, fork; then
 * in each child: connect, sandbox, loop.
 */
#ifndef CGI_BIN_PROGRAM_H
#define CGI_BIN_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct conf;
struct err;
struct room;
struct route;
struct service;

/*
 * A child that is no room: it has no connection and reads what it needs by
 * itself, in open(), before its sandbox shuts. round() is called every
 * pause ms. listening: the program's socket, or -1.
 */
struct program_aside {
	bool	(*open)(const struct conf *, struct arena *, int listening,
		    void **state, struct err *e);
	void	(*round)(void *state, struct arena *);
	unsigned allow;		/* enum sandbox_allow */
	int	pause;
};

struct program {
	const char		*name;		/* also the room's cookie */
	uint16_t		 room;		/* code of schema/registry */
	const struct route	*routes;
	size_t			 n;		/* 0: no web, and no socket */
	/* One round of the worker child: take what is due, then return.
	 * Called about once a second. NULL: no such child. */
	void			(*work)(struct room *, struct arena *);
	int			pause;		/* ms between rounds; 0: 1000 */
	const struct program_aside *aside;	/* NULL: no such child */
	/* Its socket's name in the folder for sockets, for a program without
	 * pages that listens all the same. */
	const char		*socket;
	unsigned		 allow;		/* enum sandbox_allow */
	/* Whose applications the apply_ pages take; NULL: none. */
	const struct service	*service;
};

/*
 *	-c FILE		the configuration; without it the installed one
 *	-s PATH		listen at this Unix socket; without it standard input
 *			if that is a listening socket (systemd gives it so),
 *			or else <name>.socket in the folder for sockets
 *	-g GROUP	who may connect to it besides ourselves: nginx
 *	-u USER		become this user; without it stay who we are
 *	-t		check the route table (route_lint) and end
 *	-r		the same, and print it: method, path, guard, csrf
 *	-q		compare audit.q with all that this room wrote
 *			(services/qcheck.h) and end: with 1 if they differ
 *
 * A table with a fault is never served.
 * It stays in the foreground, returns when told to end, and gives a status
 * of sysexits.h.
 */
int	program_run(const struct program *, int argc, char **argv);

/* The work of a room without jobs of its own: its worker is there for what
 * every room's does, the nightly look at audit.q. */
void	program_idle(struct room *, struct arena *);

#endif

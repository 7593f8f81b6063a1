/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The signer's process: a socket that the sequencer alone may connect to, and
 * nothing else - no database, no page. What it signs is services/signer.c's.
 */
#include <errno.h>
#include <poll.h>
#include <pwd.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "cgi-bin/program.h"
#include "lib/arena.h"
#include "lib/conf.h"
#include "lib/err.h"
#include "lib/log.h"
#include "lib/sandbox.h"
#include "lib/str.h"
#include "schema/registry.h"
#include "services/keyring.h"
#include "services/signer.h"
#include "services/signing.h"

enum {
	PATIENCE_MS = 250,	/* until the parent is asked whether to end */
	PEER_S = 5		/* to say what it wants */
};

struct desk {
	struct signer	*signer;
	int		 listening;
	uid_t		 peer;		/* whom it answers */
};

static bool
find_peer(const struct conf *conf, uid_t *out, struct err *e)
{
	const char *name = conf_text(conf, "log", "sealer");
	const struct passwd *user;

	*out = geteuid();
	if (str_empty(name))
		return true;
	user = getpwnam(name);
	if (user == NULL)
		return err_set(e, ERR_SYSTEM, "no system user %.64s: see "
		    "[log] sealer", name);
	*out = user->pw_uid;
	return true;
}

static bool
open_desk(const struct conf *conf, struct arena *arena, int listening,
    void **state, struct err *e)
{
	struct desk *d = arena_alloc(arena, sizeof *d);
	struct keyring ring;
	bool ok;

	d->listening = listening;
	if (!find_peer(conf, &d->peer, e) || !keyring_load(conf_text(conf,
	    "path", "keys"), "signer", &ring, e))
		return false;
	if (ring.room != ROOM_SIGNER)
		return err_set(e, ERR_SYSTEM, "the key file is another room's");
	ok = signer_open(arena, conf_text(conf, "path", "signer"),
	    conf_text(conf, "authority", "origin"), &ring.sign_seed,
	    &d->signer, e);
	secret_wipe(&ring, sizeof ring);
	*state = d;
	return ok;
}

/* SO_PEERCRED is the kernel's word, unlike anything that travels. */
static bool
is_peer(const struct desk *d, int fd)
{
	struct ucred who;
	socklen_t n = sizeof who;

	return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &n) == 0 &&
	    who.uid == d->peer;
}

static void
talk(const struct desk *d, struct arena *arena, int fd)
{
	const struct timeval limit = { .tv_sec = PEER_S };
	struct bytes question;
	struct err e;

	if (!is_peer(d, fd)) {
		log_event(LOG_ALARM, "stranger-refused", NULL);
		return;
	}
	if (setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) != 0
	    || setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit)
	    != 0)
		return;
	if (!signing_receive(fd, arena, &question, &e) ||
	    !signing_send(fd, arena, signer_answer(d->signer, arena,
	    question), &e))
		log_error("peer-lost", &e);
}

static void
serve(void *state, struct arena *arena)
{
	const struct desk *d = state;
	struct pollfd p = { .fd = d->listening, .events = POLLIN };
	int fd;

	if (poll(&p, 1, PATIENCE_MS) <= 0)
		return;
	fd = accept4(d->listening, NULL, NULL, SOCK_CLOEXEC);
	if (fd < 0)
		return;
	talk(d, arena, fd);
	close(fd);
}

int
main(int argc, char **argv)
{
	static const struct program_aside desk = {
		.open = open_desk,
		.round = serve,
		.allow = SANDBOX_READ_FILES | SANDBOX_WRITE_FILES,
		.pause = 0,
	};
	const struct program program = {
		.name = "signer",
		.room = ROOM_SIGNER,
		.aside = &desk,
		.socket = "signer/socket",
	};

	return program_run(&program, argc, argv);
}

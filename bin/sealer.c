/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The sequencer's processes: a room without pages, whose worker does nothing
 * but rounds (services/sealer.h), and a child without database that asks
 * witnesses to cosign what was published (services/witnessing.h).
 */
#include <sys/stat.h>

#include "cgi-bin/program.h"
#include "lib/err.h"
#include "lib/fetch.h"
#include "lib/log.h"
#include "lib/sandbox.h"
#include "schema/registry.h"
#include "services/room.h"
#include "services/sealer.h"
#include "services/witnessing.h"

enum {
	PAUSE_MS = 500
};

/* ---- the one who speaks to witnesses ---- */

static bool
open_witnessing(const struct conf *conf, struct arena *arena, int listening,
    void **state, struct err *e)
{
	struct witnessing *w;

	(void)listening;
	if (!fetch_init(e) || !witnessing_open(arena, conf, &w, e))
		return false;
	*state = w;
	return true;
}

static void
ask_witnesses(void *state, struct arena *arena)
{
	witnessing_round(state, arena);
}

/* ---- the one who has the database ---- */

static void
work(struct room *room, struct arena *arena)
{
	static struct sealer *sealer;
	struct err e;

	if (sealer == NULL && !sealer_new(room->arena, room, &sealer, &e)) {
		log_error("round-failed", &e);
		return;
	}
	sealer_round(sealer, arena);
}

int
main(int argc, char **argv)
{
	static const struct program_aside witnesses = {
		.open = open_witnessing,
		.round = ask_witnesses,
		.allow = SANDBOX_CONNECT_INET | SANDBOX_READ_FILES |
		    SANDBOX_WRITE_FILES | SANDBOX_THREADS,
		.pause = PAUSE_MS,
	};
	const struct program program = {
		.name = "sealer",
		.room = ROOM_SEALER,
		.work = work,
		.pause = PAUSE_MS,
		.aside = &witnesses,
		.allow = SANDBOX_CONNECT_UNIX | SANDBOX_READ_FILES |
		    SANDBOX_WRITE_FILES,
	};

	/* What is published is for everybody to read. */
	umask(022);
	return program_run(&program, argc, argv);
}

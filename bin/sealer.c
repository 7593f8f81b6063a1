/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The sequencer's process: a room without pages, whose worker does nothing
 * but rounds. What a round is, services/sealer.h says.
 */
#include <sys/stat.h>

#include "cgi-bin/program.h"
#include "lib/err.h"
#include "lib/log.h"
#include "lib/sandbox.h"
#include "schema/registry.h"
#include "services/room.h"
#include "services/sealer.h"

enum {
	PAUSE_MS = 500
};

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
	const struct program program = {
		.name = "sealer",
		.room = ROOM_SEALER,
		.work = work,
		.pause = PAUSE_MS,
		.allow = SANDBOX_CONNECT_UNIX | SANDBOX_READ_FILES |
		    SANDBOX_WRITE_FILES,
	};

	/* What is published is for everybody to read. */
	umask(022);
	return program_run(&program, argc, argv);
}

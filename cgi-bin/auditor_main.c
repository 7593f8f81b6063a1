/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Room auditor: searching the log.
 */
#include "cgi-bin/audit_pages.h"
#include "cgi-bin/program.h"
#include "lib/clock.h"
#include "lib/sandbox.h"
#include "schema/registry.h"
#include "services/copy.h"
#include "services/erasure.h"
#include "services/message.h"

enum {
	MESSAGES = 20,			/* of one round */
	SWEEP_MS = 60 * 1000		/* between two looks for what is over */
};

static const struct message_handler handlers[] = {
	{ MESSAGE_ERASE_ASK, erasure_handle_ask },
	{ MESSAGE_ERASE, erasure_handle },
	{ MESSAGE_COPY_ASK, copy_handle },
};

static int64_t swept = -SWEEP_MS;

static void
work(struct room *room, struct arena *arena)
{
	message_work(room, arena, handlers,
	    sizeof handlers / sizeof *handlers, MESSAGES);
	if (clock_monotonic() - swept < SWEEP_MS)
		return;
	swept = clock_monotonic();
	erasure_sweep(room, arena);
}

int
main(int argc, char **argv)
{
	const struct program program = {
		.name = "auditor",
		.room = ROOM_AUDITOR,
		.routes = audit_routes,
		.n = audit_routes_n,
		.work = work,
		.allow = SANDBOX_CONNECT_UNIX,
	};

	return program_run(&program, argc, argv);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Room desk: the staff home.
 */
#include "cgi-bin/desk_pages.h"
#include "cgi-bin/detail.h"
#include "cgi-bin/program.h"
#include "cgi-bin/route.h"
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

static const struct route routes[] = {
	{ METHOD_GET, "/desk", GUARD_STAFF, CSRF_NONE, desk_page_home, 0 },
	{ METHOD_GET, "/desk/find", GUARD_STAFF, CSRF_NONE, desk_page_find,
	    0 },
	{ METHOD_POST, "/desk/export", GUARD_STAFF, CSRF_TOKEN,
	    desk_page_export, 0 },
	{ METHOD_POST, "/desk/assign", GUARD_SUPERVISOR, CSRF_TOKEN,
	    desk_page_assign, 0 },
	{ METHOD_GET, "/desk/details/{request:uuid}", GUARD_AUDITOR,
	    CSRF_NONE, detail_show, 0 },
	{ METHOD_POST, "/desk/details/{request:uuid}", GUARD_AUDITOR,
	    CSRF_TOKEN, detail_open_page, 0 },
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
	static const struct program program = {
		.name = "desk",
		.room = ROOM_DESK,
		.routes = routes,
		.n = sizeof routes / sizeof *routes,
		.work = work,
		.allow = SANDBOX_CONNECT_UNIX,
	};

	return program_run(&program, argc, argv);
}

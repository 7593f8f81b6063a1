/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Room desk: the staff home.
 */
#include "cgi-bin/desk_pages.h"
#include "cgi-bin/program.h"
#include "cgi-bin/route.h"
#include "lib/sandbox.h"
#include "schema/registry.h"

enum {
	IDLE_MS = 60 * 1000
};

static const struct route routes[] = {
	{ METHOD_GET, "/desk", GUARD_STAFF, CSRF_NONE, desk_page_home, 0 },
	{ METHOD_GET, "/desk/find", GUARD_STAFF, CSRF_NONE, desk_page_find,
	    0 },
	{ METHOD_POST, "/desk/export", GUARD_STAFF, CSRF_TOKEN,
	    desk_page_export, 0 },
	{ METHOD_POST, "/desk/assign", GUARD_SUPERVISOR, CSRF_TOKEN,
	    desk_page_assign, 0 },
};

int
main(int argc, char **argv)
{
	static const struct program program = {
		.name = "desk",
		.room = ROOM_DESK,
		.routes = routes,
		.n = sizeof routes / sizeof *routes,
		.work = program_idle,
		.pause = IDLE_MS,
		.allow = SANDBOX_CONNECT_UNIX,
	};

	return program_run(&program, argc, argv);
}

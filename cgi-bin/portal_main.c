/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Room portal: what everybody may see.
 */
#include "cgi-bin/portal_pages.h"
#include "cgi-bin/program.h"
#include "lib/sandbox.h"
#include "schema/registry.h"

enum {
	IDLE_MS = 60 * 1000
};

int
main(int argc, char **argv)
{
	const struct program program = {
		.name = "portal",
		.room = ROOM_PORTAL,
		.routes = portal_routes,
		.n = portal_routes_n,
		.work = program_idle,
		.pause = IDLE_MS,
		.allow = SANDBOX_CONNECT_UNIX,
	};

	return program_run(&program, argc, argv);
}

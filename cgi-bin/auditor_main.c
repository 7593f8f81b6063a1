/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Room auditor: searching the log.
 */
#include "cgi-bin/audit_pages.h"
#include "cgi-bin/program.h"
#include "lib/sandbox.h"
#include "schema/registry.h"

int
main(int argc, char **argv)
{
	const struct program program = {
		.name = "auditor",
		.room = ROOM_AUDITOR,
		.routes = audit_routes,
		.n = audit_routes_n,
		.allow = SANDBOX_CONNECT_UNIX,
	};

	return program_run(&program, argc, argv);
}

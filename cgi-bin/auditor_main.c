/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Room auditor: searching the log. Its worker prepares long downloads,
 * counts the days that are over, and lets old requests lapse.
 */
#include "cgi-bin/audit_routes.h"
#include "cgi-bin/audit_rows.h"
#include "cgi-bin/program.h"
#include "lib/clock.h"
#include "lib/err.h"
#include "lib/log.h"
#include "lib/sandbox.h"
#include "schema/registry.h"
#include "services/auditlog_export.h"
#include "services/auditlog_tally.h"
#include "services/detail.h"

enum {
	SWEEP_MS = 60 * 1000
};

static void
work(struct room *room, struct arena *arena)
{
	static int64_t swept = -SWEEP_MS;
	struct err e = { 0 };

	auditlog_export_work(room, arena, audit_rows_write);
	if (clock_monotonic() - swept < SWEEP_MS)
		return;
	swept = clock_monotonic();
	if (!auditlog_tally_work(room, arena, &e))
		log_error("tally", &e);
	if (!detail_sweep(room, arena, &e))
		log_error("detail-sweep", &e);
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

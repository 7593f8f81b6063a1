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
#include "services/copy.h"
#include "services/detail.h"
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
	struct err e = { 0 };

	message_work(room, arena, handlers,
	    sizeof handlers / sizeof *handlers, MESSAGES);
	auditlog_export_work(room, arena, audit_rows_write);
	if (clock_monotonic() - swept < SWEEP_MS)
		return;
	swept = clock_monotonic();
	erasure_sweep(room, arena);
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

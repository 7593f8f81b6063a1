/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The program of room account: sign-in, profiles, and what people see of
 * themselves. Its worker resolves addresses for mails.
 */
#include "cgi-bin/account_pages.h"
#include "cgi-bin/program.h"
#include "lib/clock.h"
#include "lib/err.h"
#include "lib/log.h"
#include "lib/sandbox.h"
#include "schema/registry.h"
#include "services/account.h"
#include "services/copy_run.h"
#include "services/erasure.h"
#include "services/erasure_run.h"
#include "services/mail.h"
#include "services/message.h"

enum {
	ROUND = 50,			/* messages */
	SWEEP_MS = 60 * 1000
};

static const struct message_handler handlers[] = {
	{ MESSAGE_MAIL, mail_handle },
	{ MESSAGE_ERASE_START, erasure_run_start },
	{ MESSAGE_ERASE_ANSWER, erasure_run_answered },
	{ MESSAGE_ERASED, erasure_run_erased },
	{ MESSAGE_ERASE, erasure_run_end },
	{ MESSAGE_COPY, copy_run_taken },
};

static void
work(struct room *room, struct arena *arena)
{
	static int64_t swept = -SWEEP_MS;
	struct err e = { 0 };

	message_work(room, arena, handlers,
	    sizeof handlers / sizeof *handlers, ROUND);
	if (clock_monotonic() - swept < SWEEP_MS)
		return;
	swept = clock_monotonic();
	erasure_sweep(room, arena);
	if (!account_sweep(room, arena, &e)
	    || !copy_run_sweep(room, arena, &e))
		log_error("sweep", &e);
	if (!erasure_run_due(room, arena, &e))
		log_error("erasure", &e);
}

int
main(int argc, char **argv)
{
	const struct program program = {
		.name = "account",
		.room = ROOM_ACCOUNT,
		.routes = account_routes,
		.n = account_routes_n,
		.work = work,
		.allow = SANDBOX_CONNECT_UNIX,
	};

	return program_run(&program, argc, argv);
}

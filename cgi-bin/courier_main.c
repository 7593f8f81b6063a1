/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The courier: takes what rooms send out and delivers it. It has no pages;
 * its main stands here because the start of all programs does.
 */
#include <stddef.h>
#include <sysexits.h>

#include "cgi-bin/program.h"
#include "lib/err.h"
#include "lib/fetch.h"
#include "lib/log.h"
#include "lib/sandbox.h"
#include "schema/registry.h"
#include "services/delivery.h"
#include "services/message.h"

enum {
	ROUND = 20		/* messages */
};

static const struct message_handler handlers[] = {
	{ MESSAGE_DELIVER, delivery_handle },
	{ MESSAGE_OFFER_MAIL, delivery_handle },
};

static void
work(struct room *room, struct arena *arena)
{
	message_work(room, arena, handlers,
	    sizeof handlers / sizeof *handlers, ROUND);
}

int
main(int argc, char **argv)
{
	const struct program program = {
		.name = "courier",
		.room = ROOM_COURIER,
		.routes = NULL,
		.n = 0,
		.work = work,
		.allow = SANDBOX_CONNECT_UNIX | SANDBOX_CONNECT_INET |
		    SANDBOX_READ_FILES | SANDBOX_WRITE_FILES |
		    SANDBOX_THREADS,
	};
	struct err e;

	log_init(program.name, LOG_INFO);
	if (!fetch_init(&e)) {
		log_error("not-started", &e);
		return EX_CONFIG;
	}
	return program_run(&program, argc, argv);
}

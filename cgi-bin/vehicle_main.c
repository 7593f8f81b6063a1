/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Room vehicle: citizens' pages and the desk's.
 */
#include "cgi-bin/program.h"
#include "cgi-bin/vehicle_routes.h"
#include "lib/clock.h"
#include "lib/err.h"
#include "lib/log.h"
#include "lib/sandbox.h"
#include "schema/registry.h"
#include "services/erasure.h"
#include "services/form_store.h"
#include "services/inquiry.h"
#include "services/intake.h"
#include "services/message.h"
#include "services/party.h"
#include "services/vehicle.h"
#include "services/vehicle_expiry.h"
#include "services/vehicle_rights.h"

enum {
	MESSAGES = 20,			/* of one round */
	SWEEP_MS = 60 * 1000		/* between two looks for what is over */
};

static const struct message_handler handlers[] = {
	{ MESSAGE_PROFILE, party_handle },
	{ MESSAGE_ERASE_ASK, vehicle_rights_asked },
	{ MESSAGE_ERASE, vehicle_rights_erased },
	{ MESSAGE_COPY_ASK, vehicle_rights_copied },
};

static int64_t swept = -SWEEP_MS;

static void
sweep(struct room *room, struct arena *arena)
{
	struct err e = { 0 };
	int64_t n;

	form_store_refresh(room);
	erasure_sweep(room, arena);
	if (!intake_expire(room, arena, &n, &e))
		log_error("expire", &e);
	if (!inquiry_lapse(room, arena, &vehicle_service, &n, &e))
		log_error("lapse", &e);
	if (!vehicle_expiry_work(room, arena, &n, &e))
		log_error("registrations", &e);
}

static void
work(struct room *room, struct arena *arena)
{
	message_work(room, arena, handlers,
	    sizeof handlers / sizeof *handlers, MESSAGES);
	if (clock_monotonic() - swept < SWEEP_MS)
		return;
	swept = clock_monotonic();
	sweep(room, arena);
}

int
main(int argc, char **argv)
{
	const struct program program = {
		.name = "vehicle",
		.room = ROOM_VEHICLE,
		.routes = vehicle_routes,
		.n = vehicle_routes_n,
		.work = work,
		.allow = SANDBOX_CONNECT_UNIX,
		.service = &vehicle_service,
	};

	return program_run(&program, argc, argv);
}

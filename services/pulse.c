/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Heartbeats and the last entry of a process. The frame of all programs
 * (cgi-bin/program.c) and balcao call it, no service does.
 */
#include "services/pulse.h"

#include "lib/clock.h"
#include "lib/err.h"
#include "lib/log.h"
#include "services/act.h"
#include "services/room.h"

enum {
	HOUR_MS = 60 * 60 * 1000
};

static bool
say(struct room *room, struct arena *arena, enum event_type type)
{
	struct err e;

	if (act_note(room, arena, NULL, &(struct act_entry){ .type = type,
	    .purpose = PURPOSE_OPERATION }, NULL, &e))
		return true;
	log_error("pulse-missed", &e);
	return false;
}

void
pulse_beat(struct room *room, struct arena *arena)
{
	int64_t now = clock_monotonic();

	if (!room->writer.open || now - room->spoke < HOUR_MS)
		return;
	/* One that fails is not tried again before the next hour. */
	room->spoke = now;
	say(room, arena, EVENT_HEARTBEAT);
}

void
pulse_close(struct room *room, struct arena *arena)
{
	if (room->writer.open && say(room, arena, EVENT_WRITER_CLOSE))
		writer_start(&room->writer, room->writer.slot);
}

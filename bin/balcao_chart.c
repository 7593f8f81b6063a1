/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Opening accounts, in the authority's currency. What a row of the ledger is,
 * services/ledger.c knows.
 */
#include "bin/balcao_chart.h"

#include <stdint.h>

#include "bin/balcao.h"
#include "lib/arena.h"
#include "lib/conf.h"
#include "lib/db.h"
#include "schema/registry.h"
#include "schema/statements.h"
#include "services/act.h"
#include "services/ledger.h"
#include "services/room.h"

struct account {
	const char	*code;
	const char	*kind;
	const char	*role;
	const char	*currency;
	int64_t		 floor;
};

/* Rooms whose services take fees. */
static const enum room_code services[] = { ROOM_VEHICLE, ROOM_ADDRESS,
	ROOM_BILL, ROOM_BENEFIT, ROOM_CONTRIBUTION, ROOM_GENERAL };

static bool
open_body(struct act *act, void *arg, struct err *e)
{
	const struct account *a = arg;

	return ledger_open(act, a->code, a->kind, a->role, a->currency,
	    a->floor, INT64_MAX, e) && act_say(act, &(struct act_entry){
	    .type = EVENT_CONFIGURATION,
	    .purpose = PURPOSE_OPERATION }, NULL, e);
}

static bool
open_account(struct balcao *b, struct account *a, struct err *e)
{
	struct db_rows *rows;
	struct room *room;

	a->currency = conf_text(b->conf, "authority", "currency");
	if (!balcao_room(b, &room, e) || !db_ask(room->db, b->arena,
	    QUERY_LEDGER_ACCOUNT, (struct db_value[]){ db_text(a->code),
	    db_text(a->currency) }, 2, &rows, e))
		return false;
	return db_count(rows) == 1 ||
	    act_run(room, b->arena, NULL, open_body, a, e);
}

bool
chart_services(struct balcao *b, struct err *e)
{
	for (size_t i = 0; i < sizeof services / sizeof *services; i++)
		if (!open_account(b, &(struct account){
		    .code = arena_printf(b->arena, "revenue:%s",
		        registry_room_name(services[i])),
		    .kind = "revenue",
		    .role = "revenue",
		    .floor = INT64_MIN }, e))
			return false;
	return true;
}

/* No more cash leaves a counter than came to it. */
bool
chart_office(struct balcao *b, const char *code, struct err *e)
{
	return open_account(b, &(struct account){
		.code = arena_printf(b->arena, "counter:%s", code),
		.kind = "asset",
		.role = "counter",
		.floor = 0,
	}, e);
}

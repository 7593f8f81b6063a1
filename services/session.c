/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Looking up sessions. They are made and ended in room account
 * (services/account.c); this is what every other room knows of them.
 */
#include "services/session.h"

#include <string.h>

#include "lib/arena.h"
#include "lib/conf.h"
#include "lib/db.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/text.h"
#include "schema/statements.h"
#include "services/room.h"

static enum session_kind
kind_of(const char *name)
{
	if (str_equal(name, "staff"))
		return SESSION_STAFF;
	return str_equal(name, "link") ? SESSION_LINK : SESSION_CITIZEN;
}

bool
session_find(struct room *room, struct arena *arena, const char *token,
    struct session **out, struct err *e)
{
	struct session *s;
	struct bytes raw;
	struct db_rows *rows;
	struct db_row row;

	*out = NULL;
	if (str_empty(token) || !str_unbase64url(arena, token, &raw, NULL)
	    || raw.n != SECRET_SIZE)
		return true;
	if (!db_ask(room->db, arena, QUERY_SESSION_FIND, (struct db_value[]){
	    db_bytes(raw), db_int(conf_int(room->conf, "program",
	    "idle_minutes")) }, 2, &rows, e))
		return false;
	if (db_count(rows) == 0)
		return true;
	s = arena_alloc(arena, sizeof *s);
	row = db_row(rows, 0);
	s->id = db_take_uuid(&row);
	s->kind = kind_of(db_take_text(&row));
	s->account = db_take_uuid(&row);
	s->subject = db_take_uuid(&row);
	s->application = db_take_uuid(&row);
	s->office = db_take_uuid(&row);
	s->handle = db_take_text(&row);
	s->language = db_take_text(&row);
	s->roles = (unsigned)db_take_int(&row);
	s->profile_waits = db_take_bool(&row);
	memcpy(s->token.b, raw.p, SECRET_SIZE);
	*out = s;
	return true;
}

const char *
session_role_name(enum session_role role)
{
	switch (role) {
	case ROLE_CLERK:
		return _("clerk");
	case ROLE_SUPERVISOR:
		return _("supervisor");
	case ROLE_AUDITOR:
		return _("auditor");
	case ROLE_ADMINISTRATOR:
		return _("administrator");
	}
	return "";
}

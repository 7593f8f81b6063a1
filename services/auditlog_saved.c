/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Saved searches. They are nobody's record, so saving one is no entry; each
 * use of one is, as every search.
 */
#include "services/auditlog_saved.h"

#include <stdio.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/cbor.h"
#include "lib/db.h"
#include "lib/err.h"
#include "schema/registry.h"
#include "schema/statements.h"
#include "services/act.h"
#include "services/room.h"
#include "services/session.h"
#include "services/vault.h"

enum {
	LAYOUT = 1	/* [layout, name, address] */
};

static struct envelope_place
place_of(struct uuid id)
{
	return (struct envelope_place){ .table = TABLE_AUDITOR_SEARCH,
	    .class = CLASS_SEARCH, .row = id, .version = 1 };
}

static bool
decode(struct arena *arena, struct bytes plain, struct auditlog_saved *s,
    struct err *e)
{
	struct cbor c = cbor_read(plain);
	struct bytes name, address;

	cbor_array_of(&c, 3);
	cbor_uint(&c);
	name = cbor_text(&c);
	address = cbor_text(&c);
	if (!cbor_end(&c, e))
		return err_at(e, "saved search");
	s->name = arena_strndup(arena, (const char *)name.p, name.n);
	s->address = arena_strndup(arena, (const char *)address.p, address.n);
	return true;
}

bool
auditlog_saved_list(struct room *room, struct arena *arena,
    const struct session *session, struct auditlog_saved **out, size_t *n,
    struct err *e)
{
	struct db_rows *rows;

	if (!db_ask(room->db, arena, QUERY_AUDITLOG_SAVED,
	    (struct db_value[]){ db_uuid(session->account),
	    db_int(SAVED_MOST) }, 2, &rows, e))
		return false;
	*n = db_count(rows);
	*out = arena_array(arena, *n, sizeof **out);
	for (size_t i = 0; i < *n; i++) {
		struct db_row row = db_row(rows, i);
		struct bytes plain;

		(*out)[i].id = db_take_uuid(&row);
		if (!vault_open(room->vault, arena, place_of((*out)[i].id),
		    db_take_bytes(&row), &plain, e)
		    || !decode(arena, plain, &(*out)[i], e))
			return false;
	}
	return true;
}

struct saving {
	const struct session	*session;
	const char		*name;
	const char		*address;
};

static bool
save_body(struct act *act, void *arg, struct err *e)
{
	const struct saving *s = arg;
	struct uuid id = uuid_new();
	struct buf b = buf_new(act_arena(act), 256);
	struct bytes sealed;

	cbor_put_array(&b, 3);
	cbor_put_uint(&b, LAYOUT);
	cbor_put_text(&b, s->name);
	cbor_put_text(&b, s->address);
	if (!act_seal(act, s->session->subject, place_of(id), buf_bytes(&b),
	    &sealed, e))
		return false;
	act_add(act, QUERY_AUDITLOG_SAVED_PUT, (struct db_value[]){
	    db_uuid(id), db_uuid(s->session->account),
	    db_instant(act_now(act)), db_bytes(sealed) }, 4, NULL);
	return true;
}

bool
auditlog_saved_put(struct room *room, struct arena *arena,
    const struct session *session, const char *name, const char *address,
    struct err *e)
{
	struct saving s = { session, name, address };
	struct auditlog_saved *all;
	size_t n;

	if (!auditlog_saved_list(room, arena, session, &all, &n, e))
		return false;
	if (n >= SAVED_MOST) {
		err_set(e, ERR_LIMIT, "%d searches are saved", SAVED_MOST);
		if (e != NULL)
			snprintf(e->constraint, sizeof e->constraint,
			    "saved_most");
		return false;
	}
	return act_run(room, arena, session, save_body, &s, e);
}

bool
auditlog_saved_drop(struct room *room, struct arena *arena,
    const struct session *session, struct uuid id, struct err *e)
{
	return db_ask(room->db, arena, QUERY_AUDITLOG_SAVED_DROP,
	    (struct db_value[]){ db_uuid(id), db_uuid(session->account) }, 2,
	    NULL, e);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Drafts: working rows, sealed, under the key of whoever writes them. What a
 * draft becomes is services/intake_submit.c.
 */
#include "services/intake.h"

#include "forms/definition.h"
#include "forms/form.h"
#include "forms/policy.h"
#include "lib/arena.h"
#include "lib/db.h"
#include "lib/envelope.h"
#include "lib/err.h"
#include "schema/registry.h"
#include "schema/statements.h"
#include "services/act.h"
#include "services/form_store.h"
#include "services/room.h"
#include "services/service.h"
#include "services/session.h"
#include "services/vault.h"

enum {
	DAY_MS = 24 * 60 * 60 * 1000
};

struct uuid
intake_unit(const struct session *session, struct uuid thing)
{
	switch (session->kind) {
	case SESSION_LINK:
		return session->application;
	case SESSION_STAFF:
		return thing;
	case SESSION_CITIZEN:
		break;
	}
	return session->subject;
}

static struct envelope_place
place_of(struct uuid id, int32_t saved)
{
	return (struct envelope_place){
		.table = TABLE_FORM_DRAFT,
		.class = CLASS_ANSWERS,
		.row = id,
		.version = (uint32_t)saved,
	};
}

static bool
may_begin(struct room *room, struct arena *arena,
    const struct session *session, const struct definition *definition,
    struct err *e)
{
	struct db_rows *rows;
	struct db_row row;
	bool desk = (definition->policy.apply & POLICY_DESK) != 0;

	if (desk != (session->kind == SESSION_STAFF))
		return err_rule(e, "citizens_apply", desk
		    ? "the desk fills this form"
		    : "staff apply with an account of their own");
	if (session->kind == SESSION_LINK
	    && (definition->policy.apply & POLICY_LINK) == 0)
		return err_rule(e, "needs_account",
		    "this service needs an account");
	if (!db_ask(room->db, arena, QUERY_DRAFT_COUNT, (struct db_value[]){
	    db_uuid(session->subject) }, 1, &rows, e))
		return false;
	row = db_row(rows, 0);
	if (db_take_int(&row) >= INTAKE_DRAFTS)
		return err_set(e, ERR_LIMIT, "too many drafts");
	return true;
}

struct saving {
	struct draft	*draft;
	bool		 new;
};

/* A draft is working state: its act has no entry but, for a new key, the
 * key's. */
static bool
save_body(struct act *act, void *arg, struct err *e)
{
	struct saving *s = arg;
	struct draft *d = s->draft;
	struct bytes sealed;

	if (!act_seal(act, d->unit, place_of(d->id, d->saved + 1),
	    form_draft(act_arena(act), d->form), &sealed, e))
		return false;
	if (s->new)
		act_add(act, QUERY_DRAFT_INSERT, (struct db_value[]){
		    db_uuid(d->id), db_text(d->definition->name),
		    db_int(d->definition->version),
		    db_int(act_room(act)->code), db_uuid(d->person),
		    db_uuid(d->thing), db_int(d->saved + 1),
		    db_bytes(sealed), db_instant(d->started_at),
		    db_instant(d->expires_at) }, 10, NULL);
	else
		act_add(act, QUERY_DRAFT_UPDATE, (struct db_value[]){
		    db_uuid(d->id), db_int(d->saved + 1), db_bytes(sealed),
		    db_instant(act_now(act)) }, 4, NULL);
	return true;
}

static bool
save(struct room *room, struct arena *arena, struct saving *s, struct err *e)
{
	if (!act_run(room, arena, NULL, save_body, s, e))
		return false;
	s->draft->saved++;
	s->draft->changed_at = clock_now();
	return true;
}

bool
intake_begin(struct room *room, struct arena *arena,
    const struct session *session, const struct service *service,
    const char *name, struct uuid thing, struct draft *out, struct err *e)
{
	const struct definition *definition = form_store_find(room, name);
	struct form_world world = form_store_world(room);
	struct draft d = { .person = session->subject,
	    .unit = intake_unit(session, thing), .thing = thing };
	struct saving saving = { &d, true };

	if (definition == NULL)
		return err_set(e, ERR_ABSENT, "no such form here");
	if (!may_begin(room, arena, session, definition, e))
		return false;
	d.id = session->kind == SESSION_LINK ? session->application
	    : uuid_new();
	d.definition = definition;
	d.form = form_new(arena, definition, &world);
	d.started_at = d.changed_at = clock_now();
	d.expires_at = d.started_at + (int64_t)INTAKE_DRAFT_DAYS * DAY_MS;
	if ((service->begin != NULL && !service->begin(room, arena, session,
	    d.form, thing, e)) || !save(room, arena, &saving, e)) {
		form_free(d.form);
		return false;
	}
	*out = d;
	return true;
}

/* Columns: id, form, version, person, thing, blob_version, started_at,
 * changed_at, expires_at. */
static bool
take(struct room *room, struct db_row *row, struct draft *d, struct err *e)
{
	const char *name;
	int32_t version;

	d->id = db_take_uuid(row);
	name = db_take_text(row);
	version = (int32_t)db_take_int(row);
	d->person = db_take_uuid(row);
	d->thing = db_take_uuid(row);
	d->saved = (int32_t)db_take_int(row);
	d->started_at = db_take_instant(row);
	d->changed_at = db_take_instant(row);
	d->expires_at = db_take_instant(row);
	return form_store_get(room, name, version, &d->definition, e);
}

bool
intake_load(struct room *room, struct arena *arena,
    const struct session *session, struct uuid id, struct draft *d,
    struct err *e)
{
	struct form_world world = form_store_world(room);
	struct db_rows *rows;
	struct db_row row;
	struct bytes plain;

	if (!db_ask(room->db, arena, QUERY_DRAFT_GET, (struct db_value[]){
	    db_uuid(id), db_uuid(session->subject) }, 2, &rows, e))
		return false;
	if (db_count(rows) == 0)
		return err_set(e, ERR_ABSENT, "no such draft");
	row = db_row(rows, 0);
	if (!take(room, &row, d, e))
		return false;
	d->unit = intake_unit(session, d->thing);
	if (!vault_open(room->vault, arena, place_of(id, d->saved),
	    db_take_bytes(&row), &plain, e))
		return false;
	return form_load(arena, d->definition, &world, plain, &d->form, e);
}

bool
intake_save(struct room *room, struct arena *arena, struct draft *d,
    struct err *e)
{
	struct saving saving = { d, false };
	struct err why = { 0 };

	if (save(room, arena, &saving, &why))
		return true;
	if (why.code == ERR_CONFLICT) {
		err_rule(&why, "draft_saved", "it was saved elsewhere");
		why.code = ERR_CONFLICT;
	}
	if (e != NULL)
		*e = why;
	return false;
}

bool
intake_discard(struct room *room, struct arena *arena,
    const struct session *session, struct uuid id, struct err *e)
{
	return db_ask(room->db, arena, QUERY_DRAFT_DISCARD,
	    (struct db_value[]){ db_uuid(id), db_uuid(session->subject) }, 2,
	    NULL, e);
}

bool
intake_list(struct room *room, struct arena *arena,
    const struct session *session, struct draft **out, size_t *n,
    struct err *e)
{
	struct db_rows *rows;

	if (!db_ask(room->db, arena, QUERY_DRAFT_LIST, (struct db_value[]){
	    db_uuid(session->subject) }, 1, &rows, e))
		return false;
	*n = db_count(rows);
	*out = arena_array(arena, *n, sizeof **out);
	for (size_t i = 0; i < *n; i++) {
		struct db_row row = db_row(rows, i);

		if (!take(room, &row, &(*out)[i], e))
			return false;
	}
	return true;
}

bool
intake_expire(struct room *room, struct arena *arena, int64_t *n,
    struct err *e)
{
	struct db_rows *rows;
	struct db_row row;

	if (!db_ask(room->db, arena, QUERY_DRAFT_EXPIRE, NULL, 0, &rows, e))
		return false;
	row = db_row(rows, 0);
	*n = db_take_int(&row);
	return true;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The end of an erasure: account, sessions and the person. Afterwards nobody
 * can sign in, and only pseudonyms that lead nowhere are left. Room
 * account's worker alone; declared in services/erasure_run.h.
 */
#include "services/erasure_run.h"

#include "lib/arena.h"
#include "lib/db.h"
#include "lib/err.h"
#include "schema/statements.h"
#include "services/act.h"
#include "services/erasure.h"
#include "services/mail.h"
#include "services/message.h"
#include "services/person.h"
#include "services/room.h"
#include "services/vault.h"

struct ending {
	const struct message	*message;
	struct erasure		 erasure;
	bool			 found;
};

static bool
rows_of(struct act *act, const struct ending *x, unsigned statement,
    struct db_rows **rows, struct err *e)
{
	return db_ask(act_room(act)->db, act_arena(act), statement,
	    (struct db_value[]){ db_uuid(x->message->ref) }, 1, rows, e);
}

/* Columns as in account_by_person. */
static void
put_account(struct act *act, struct db_row row)
{
	struct uuid id = db_take_uuid(&row), office;
	int64_t version = db_take_int(&row);
	const char *kind, *handle;

	db_take_uuid(&row);
	kind = db_take_text(&row);
	db_take_text(&row);
	db_take_bytes(&row);
	db_take_bytes(&row);
	handle = db_take_text(&row);
	office = db_take_uuid(&row);
	act_put(act, QUERY_IDENTITY_ACCOUNT_UPDATE, TABLE_IDENTITY_ACCOUNT,
	    (struct db_value[]){ db_uuid(id), db_int(version + 1), db_null(),
	    db_text(kind), db_text("closed"), db_null(),
	    db_bytes(bytes_of("")), db_text(handle), db_uuid(office),
	    db_text(db_take_text(&row)), db_instant(db_take_instant(&row)) },
	    11);
}

static bool
put_accounts(struct act *act, const struct ending *x, struct err *e)
{
	struct db_rows *rows;

	if (!rows_of(act, x, QUERY_ACCOUNT_BY_PERSON, &rows, e))
		return false;
	for (size_t i = 0; i < db_count(rows); i++)
		put_account(act, db_row(rows, i));
	return true;
}

static bool
put_given(struct act *act, const struct ending *x, struct err *e)
{
	struct person_given *given;
	size_t n;

	if (!person_given(act_room(act), act_arena(act), x->message->ref,
	    &given, &n, e))
		return false;
	for (size_t i = 0; i < n; i++)
		act_put(act, QUERY_IDENTITY_PROFILE_GIVEN_UPDATE,
		    TABLE_IDENTITY_PROFILE_GIVEN, (struct db_value[]){
		    db_uuid(given[i].id), db_int(given[i].version + 1),
		    db_null(), db_null(), db_int(given[i].room),
		    db_int(given[i].profile), db_instant(given[i].at) }, 7);
	return true;
}

static bool
put_relations(struct act *act, const struct ending *x, struct err *e)
{
	struct db_rows *rows;

	if (!rows_of(act, x, QUERY_ERASURE_RELATIONS, &rows, e))
		return false;
	for (size_t i = 0; i < db_count(rows); i++) {
		struct db_row row = db_row(rows, i);
		struct uuid id = db_take_uuid(&row);
		int64_t version = db_take_int(&row);
		struct uuid account = db_take_uuid(&row);

		act_put(act, QUERY_IDENTITY_RELATION_UPDATE,
		    TABLE_IDENTITY_RELATION, (struct db_value[]){ db_uuid(id),
		    db_int(version + 1), db_null(), db_uuid(account),
		    db_null(), db_instant(db_take_instant(&row)) }, 6);
	}
	return true;
}

/* The last mail takes its address from the record that goes. */
static bool
put_person(struct act *act, const struct ending *x, struct err *e)
{
	struct person p;

	if (!person_get(act_room(act), act_arena(act), x->message->ref, &p,
	    e))
		return false;
	act_put(act, QUERY_IDENTITY_PERSON_UPDATE, TABLE_IDENTITY_PERSON,
	    (struct db_value[]){ db_uuid(p.id), db_int(p.version + 1),
	    db_null(), db_int(p.profile_version), db_bytes(bytes_of("")) },
	    5);
	return p.email == NULL || mail_to(act, (struct uuid){ { 0 } },
	    p.email, p.language, MAIL_ERASED, "", "/", e);
}

static void
put_end(struct act *act, const struct ending *x)
{
	const struct erasure *r = &x->erasure;

	act_put(act, QUERY_IDENTITY_ERASURE_UPDATE, TABLE_IDENTITY_ERASURE,
	    (struct db_value[]){ db_uuid(r->id), db_int(r->version + 1),
	    db_null(), db_null(), db_uuid(r->application), db_text("done"),
	    db_uuid(x->message->id), db_instant(r->started_at),
	    db_instant(act_now(act)) }, 9);
}

static void
drop_working(struct act *act, const struct ending *x)
{
	static const unsigned deletes[] = {
		QUERY_ERASURE_RESETS, QUERY_ERASURE_SIGN_UPS,
		QUERY_ERASURE_LINKS, QUERY_ERASURE_SESSIONS,
		QUERY_ERASURE_COPIES,
	};

	for (size_t i = 0; i < sizeof deletes / sizeof *deletes; i++)
		act_add(act, deletes[i], (struct db_value[]){
		    db_uuid(x->message->ref) }, 1, NULL);
}

static bool
end_body(struct act *act, void *arg, struct err *e)
{
	struct ending *x = arg;

	if (!erasure_run_find(act_room(act), act_arena(act), x->message->ref,
	    &x->erasure, &x->found, e))
		return false;
	message_done(act, x->message);
	if (!x->found)
		return true;
	/* what hangs on the accounts goes before them */
	drop_working(act, x);
	put_end(act, x);
	return put_accounts(act, x, e) && put_given(act, x, e)
	    && put_relations(act, x, e) && put_person(act, x, e)
	    && erasure_let_go(act, x->message, e)
	    && act_say(act, &(struct act_entry){ .type = EVENT_ERASE,
	        .purpose = PURPOSE_LEGAL_REQUEST }, NULL, e);
}

/* A room whose keys are not gone yet has a worker that sees to it; one that
 * got a new key is asked again by erasure_run_due(). */
bool
erasure_run_end(struct room *room, struct arena *arena,
    const struct message *m, struct err *e)
{
	struct ending x = { .message = m };
	enum room_code *holders;

	if (!vault_holders(room->vault, arena, m->ref, &holders, e))
		return false;
	for (size_t i = 0; holders[i] != ROOM_NONE; i++)
		if (holders[i] != ROOM_ACCOUNT)
			return err_set(e, ERR_BUSY, "room %s still has a key",
			    registry_room_name(holders[i]));
	return act_run(room, arena, NULL, end_body, &x, e);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The parts of an erasure, one for each room, moved by what the rooms say.
 * Room account's worker alone. A word that comes twice, or late, changes
 * nothing: the part has moved on.
 */
#include "services/erasure_run.h"

#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/cbor.h"
#include "lib/db.h"
#include "lib/err.h"
#include "lib/str.h"
#include "schema/statements.h"
#include "services/act.h"
#include "services/erasure.h"
#include "services/message.h"
#include "services/room.h"
#include "services/service.h"
#include "services/vault.h"

enum {
	LAYOUT = 1
};

struct running {
	const struct message	*message;
	struct uuid		 application;
	struct legal_hold		 hold;
	struct erasure		 erasure;
	bool			 found;
	struct erasure_part	*part;
	size_t			 n;
	enum room_code		*holders;
};

struct bytes
erasure_run_encode(struct arena *arena, struct uuid application)
{
	struct buf b = buf_new(arena, 32);

	cbor_put_array(&b, 2);
	cbor_put_uint(&b, LAYOUT);
	cbor_put_bytes(&b, uuid_bytes(&application));
	return buf_bytes(&b);
}

static bool
decode(struct bytes in, struct uuid *application, struct err *e)
{
	struct cbor c = cbor_read(in);
	uint64_t layout;
	struct bytes id;

	cbor_array_of(&c, 2);
	layout = cbor_uint(&c);
	id = cbor_bytes(&c);
	if (!cbor_end(&c, e))
		return err_at(e, "erasure");
	if (layout != LAYOUT || id.n != UUID_SIZE)
		return err_set(e, ERR_INPUT, "a request of another layout");
	memcpy(application->b, id.p, UUID_SIZE);
	return true;
}

bool
erasure_run_find(struct room *room, struct arena *arena, struct uuid subject,
    struct erasure *out, bool *found, struct err *e)
{
	struct db_rows *rows;
	struct db_row row;

	if (!db_ask(room->db, arena, QUERY_ERASURE_FIND, (struct db_value[]){
	    db_uuid(subject) }, 1, &rows, e))
		return false;
	*found = db_count(rows) > 0;
	if (!*found)
		return true;
	row = db_row(rows, 0);
	out->id = db_take_uuid(&row);
	out->version = (int32_t)db_take_int(&row);
	out->nonce = db_take_uuid(&row);
	out->subject = db_take_uuid(&row);
	out->application = db_take_uuid(&row);
	out->state = db_take_text(&row);
	out->cause = db_take_uuid(&row);
	out->started_at = db_take_instant(&row);
	out->ended_at = db_take_instant(&row);
	return true;
}

/* Columns: id, row_version, erasure, room, state, reason, until, due,
 * cause. */
static void
take_part(struct db_row *row, struct erasure_part *p)
{
	p->id = db_take_uuid(row);
	p->version = (int32_t)db_take_int(row);
	p->erasure = db_take_uuid(row);
	p->room = (enum room_code)db_take_int(row);
	p->state = db_take_text(row);
	p->reason = db_take_text(row);
	p->until = db_take_date(row);
	p->due = db_take_date(row);
	p->cause = db_take_uuid(row);
}

bool
erasure_run_parts(struct room *room, struct arena *arena,
    const struct erasure *erasure, struct erasure_part **out, size_t *n,
    struct err *e)
{
	struct db_rows *rows;

	if (!db_ask(room->db, arena, QUERY_ERASURE_PARTS, (struct db_value[]){
	    db_uuid(erasure->id) }, 1, &rows, e))
		return false;
	*n = db_count(rows);
	*out = arena_array(arena, *n, sizeof **out);
	for (size_t i = 0; i < *n; i++) {
		struct db_row row = db_row(rows, i);

		take_part(&row, &(*out)[i]);
	}
	return true;
}

/* In an act: what the message is about, as it stands. */
static bool
look(struct act *act, struct running *r, struct err *e)
{
	struct room *room = act_room(act);
	struct arena *arena = act_arena(act);

	r->part = NULL;
	r->n = 0;
	return erasure_run_find(room, arena, r->message->ref, &r->erasure,
	    &r->found, e) && (!r->found || erasure_run_parts(room, arena,
	    &r->erasure, &r->part, &r->n, e));
}

static struct erasure_part *
part_of(const struct running *r, enum room_code room)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->part[i].room == room)
			return &r->part[i];
	return NULL;
}

static void
put_part(struct act *act, struct erasure_part *p)
{
	p->version++;
	act_put(act, p->version == 1 ? QUERY_IDENTITY_ERASURE_PART_INSERT
	    : QUERY_IDENTITY_ERASURE_PART_UPDATE,
	    TABLE_IDENTITY_ERASURE_PART, (struct db_value[]){ db_uuid(p->id),
	    db_int(p->version), db_uuid(uuid_new()), db_uuid(p->erasure),
	    db_int(p->room), db_text(p->state), db_text(p->reason),
	    db_date(p->until), db_date(p->due), db_uuid(p->cause) }, 10);
}

static bool
send(struct act *act, enum room_code to, enum message_kind kind,
    struct uuid subject, struct err *e)
{
	const struct legal_hold none = { HOLD_NONE, DATE_NONE };

	return message_send(act, to, kind, subject, INSTANT_NONE,
	    erasure_encode(act_arena(act), &none), NULL, e);
}

static bool
say(struct act *act, struct uuid subject, struct err *e)
{
	return act_say(act, &(struct act_entry){ .type = EVENT_UPDATE,
	    .purpose = PURPOSE_LEGAL_REQUEST, .subject = subject }, NULL, e);
}

/* A part for each room that has a key and none yet. *asked: how many. */
static bool
ask_holders(struct act *act, struct running *r, size_t *asked, struct err *e)
{
	*asked = 0;
	for (size_t i = 0; r->holders[i] != ROOM_NONE; i++) {
		struct erasure_part p = { .id = uuid_new(),
		    .erasure = r->erasure.id, .room = r->holders[i],
		    .state = "asked", .until = DATE_NONE, .due = DATE_NONE,
		    .cause = r->message->id };

		if (p.room == ROOM_ACCOUNT || part_of(r, p.room) != NULL)
			continue;
		put_part(act, &p);
		++*asked;
		if (!send(act, p.room, MESSAGE_ERASE_ASK, r->message->ref, e))
			return false;
	}
	return true;
}

/* ---- the request is approved ---- */

static void
put_erasure(struct act *act, struct running *r)
{
	r->erasure = (struct erasure){ .id = uuid_new() };
	act_put(act, QUERY_IDENTITY_ERASURE_INSERT, TABLE_IDENTITY_ERASURE,
	    (struct db_value[]){ db_uuid(r->erasure.id), db_int(1),
	    db_uuid(uuid_new()), db_uuid(r->message->ref),
	    db_uuid(r->application), db_text("running"),
	    db_uuid(r->message->id), db_instant(act_now(act)), db_null() },
	    9);
}

static bool
start_body(struct act *act, void *arg, struct err *e)
{
	struct running *r = arg;
	size_t asked;

	if (!look(act, r, e))
		return false;
	message_done(act, r->message);
	if (r->found)
		return true;
	put_erasure(act, r);
	return ask_holders(act, r, &asked, e)
	    && (asked > 0 || send(act, ROOM_ACCOUNT, MESSAGE_ERASE,
	    r->message->ref, e)) && say(act, r->message->ref, e);
}

bool
erasure_run_start(struct room *room, struct arena *arena,
    const struct message *m, struct err *e)
{
	struct running r = { .message = m };

	return decode(m->body, &r.application, e)
	    && vault_holders(room->vault, arena, m->ref, &r.holders, e)
	    && act_run(room, arena, NULL, start_body, &r, e);
}

/* ---- what a room answers ---- */

/* A hold without an end is looked at again the next day. */
static bool
answered_body(struct act *act, void *arg, struct err *e)
{
	struct running *r = arg;
	struct erasure_part *p;
	bool held = r->hold.reason != HOLD_NONE;

	if (!look(act, r, e))
		return false;
	message_done(act, r->message);
	p = part_of(r, r->message->from);
	if (p == NULL || (!str_equal(p->state, "asked")
	    && (!held || !str_equal(p->state, "erasing"))))
		return true;
	p->state = held ? "held" : "erasing";
	p->reason = erasure_reason_name(&r->hold);
	p->until = held ? r->hold.until : DATE_NONE;
	p->due = !held ? DATE_NONE : r->hold.until != DATE_NONE
	    ? r->hold.until - 1 : act_today(act);
	p->cause = r->message->id;
	put_part(act, p);
	return (held || send(act, p->room, MESSAGE_ERASE, r->message->ref,
	    e)) && say(act, r->message->ref, e);
}

bool
erasure_run_answered(struct room *room, struct arena *arena,
    const struct message *m, struct err *e)
{
	struct running r = { .message = m };

	return erasure_decode(m->body, &r.hold, e)
	    && act_run(room, arena, NULL, answered_body, &r, e);
}

/* ---- a room has erased ---- */

static bool
all_erased(const struct running *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (!str_equal(r->part[i].state, "erased"))
			return false;
	return true;
}

/* Whoever got a key meanwhile is asked, before account ends it. */
static bool
erased_body(struct act *act, void *arg, struct err *e)
{
	struct running *r = arg;
	struct erasure_part *p;
	size_t asked = 0;

	if (!look(act, r, e))
		return false;
	message_done(act, r->message);
	p = part_of(r, r->message->from);
	if (p == NULL || !str_equal(p->state, "erasing"))
		return true;
	p->state = "erased";
	p->due = act_today(act);
	p->cause = r->message->id;
	put_part(act, p);
	if (all_erased(r) && (!ask_holders(act, r, &asked, e)
	    || (asked == 0 && !send(act, ROOM_ACCOUNT, MESSAGE_ERASE,
	    r->message->ref, e))))
		return false;
	return say(act, r->message->ref, e);
}

bool
erasure_run_erased(struct room *room, struct arena *arena,
    const struct message *m, struct err *e)
{
	struct running r = { .message = m };

	return vault_holders(room->vault, arena, m->ref, &r.holders, e)
	    && act_run(room, arena, NULL, erased_body, &r, e);
}

/* ---- asking again ---- */

struct again {
	struct erasure_part	part;
	struct uuid		subject;
};

static bool
again_body(struct act *act, void *arg, struct err *e)
{
	const struct again *a = arg;
	struct erasure_part p = a->part;

	p.state = "asked";
	p.reason = NULL;
	p.until = p.due = DATE_NONE;
	put_part(act, &p);
	return send(act, p.room, MESSAGE_ERASE_ASK, a->subject, e)
	    && say(act, a->subject, e);
}

bool
erasure_run_due(struct room *room, struct arena *arena, struct err *e)
{
	struct db_rows *rows;

	if (!db_ask(room->db, arena, QUERY_ERASURE_DUE, (struct db_value[]){
	    db_date(clock_today()) }, 1, &rows, e))
		return false;
	for (size_t i = 0; i < db_count(rows); i++) {
		struct db_row row = db_row(rows, i);
		struct again a;

		a.subject = db_take_uuid(&row);
		take_part(&row, &a.part);
		if (!act_run(room, arena, NULL, again_body, &a, e))
			return false;
	}
	return true;
}

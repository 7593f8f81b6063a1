/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Asking, taking in and keeping the parts of a copy. Account's own part is
 * made when the copy is asked for.
 */
#include "services/copy_run.h"

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/db.h"
#include "lib/envelope.h"
#include "lib/err.h"
#include "lib/text.h"
#include "schema/statements.h"
#include "services/act.h"
#include "services/message.h"
#include "services/person.h"
#include "services/room.h"
#include "services/session.h"
#include "services/vault.h"

enum {
	DAY_MS = 24 * 60 * 60 * 1000,
	ROOMS = ROOM__MAX
};

struct asking {
	const struct session	*session;
	struct uuid		 copy;
	bool			 asked[ROOMS];
	struct bytes		 own;
};

static struct envelope_place
place_of(struct uuid part)
{
	return (struct envelope_place){
		.table = TABLE_IDENTITY_COPY_PART,
		.class = CLASS_COPY,
		.row = part,
		.version = 1,
	};
}

/* ---- account's own part ---- */

static const char *
address_of(struct arena *arena, const struct person *p)
{
	struct buf b = buf_new(arena, 64);

	for (size_t i = 0; i < p->lines; i++)
		buf_printf(&b, "%s%s", i > 0 ? "\n" : "", p->address[i]);
	return p->lines > 0 ? buf_text(&b) : NULL;
}

static bool
write_own(struct room *room, struct arena *arena, struct uuid subject,
    struct bytes *out, struct err *e)
{
	struct copy_writer w = copy_new(arena);
	struct person_given *given;
	struct person p;
	size_t n;

	if (!person_get(room, arena, subject, &p, e)
	    || !person_given(room, arena, subject, &given, &n, e))
		return false;
	copy_record(&w, "person", _("Who you are"));
	copy_text(&w, "name", _("Name"), p.name);
	copy_text(&w, "national_id", _("CPF"), p.national_id);
	copy_date(&w, "born", _("Date of birth"), p.born);
	copy_text(&w, "email", _("Mail address"), p.email);
	copy_text(&w, "phone", _("Telephone"), p.phone);
	copy_text(&w, "address", _("Postal address"), address_of(arena, &p));
	copy_text(&w, "language", _("Language"), p.language);
	for (size_t i = 0; i < n; i++) {
		copy_record(&w, "profile_given", _("Was told who you are"));
		copy_text(&w, "room", _("Service"),
		    registry_room_name(given[i].room));
		copy_time(&w, "at", _("When"), given[i].at);
	}
	*out = copy_end(arena, &w);
	return true;
}

/* ---- asking ---- */

/* Who has a key for them, and who was told about them. */
static bool
choose(struct room *room, struct arena *arena, struct asking *a,
    struct err *e)
{
	struct uuid subject = a->session->subject;
	struct person_given *given;
	enum room_code *holders;
	size_t n;

	if (!vault_holders(room->vault, arena, subject, &holders, e)
	    || !person_given(room, arena, subject, &given, &n, e))
		return false;
	for (size_t i = 0; holders[i] != ROOM_NONE; i++)
		a->asked[holders[i]] = true;
	for (size_t i = 0; i < n; i++)
		a->asked[given[i].room] = true;
	a->asked[ROOM_ACCOUNT] = true;
	return true;
}

static bool
put_part(struct act *act, const struct asking *a, enum room_code room,
    struct err *e)
{
	struct uuid id = uuid_new();
	struct bytes sealed = { NULL, 0 };
	bool own = room == ROOM_ACCOUNT;

	if (own && !act_seal(act, a->session->subject, place_of(id), a->own,
	    &sealed, e))
		return false;
	act_add(act, QUERY_COPY_PART_INSERT, (struct db_value[]){
	    db_uuid(id), db_uuid(a->copy), db_int(room),
	    own ? db_instant(act_now(act)) : db_null(),
	    own ? db_bytes(sealed) : db_null() }, 5, NULL);
	return own || message_send(act, room, MESSAGE_COPY_ASK,
	    a->session->subject, INSTANT_NONE, copy_encode_ask(
	    act_arena(act), a->copy, text_tag()), NULL, e);
}

static bool
ask_body(struct act *act, void *arg, struct err *e)
{
	struct asking *a = arg;
	struct uuid subject = a->session->subject;

	a->copy = uuid_new();
	act_add(act, QUERY_ERASURE_COPIES, (struct db_value[]){
	    db_uuid(subject) }, 1, NULL);
	act_add(act, QUERY_COPY_INSERT, (struct db_value[]){
	    db_uuid(a->copy), db_uuid(subject), db_instant(act_now(act)),
	    db_instant(act_now(act) + (int64_t)COPY_DAYS * DAY_MS) }, 4,
	    NULL);
	for (unsigned room = 0; room < ROOMS; room++)
		if (a->asked[room] && !put_part(act, a,
		    (enum room_code)room, e))
			return false;
	return act_say(act, &(struct act_entry){ .type = EVENT_EXPORT,
	    .purpose = PURPOSE_LEGAL_REQUEST, .subject = subject }, NULL, e);
}

bool
copy_run_ask(struct room *room, struct arena *arena, const struct session *s,
    struct err *e)
{
	struct asking a = { .session = s };

	return choose(room, arena, &a, e)
	    && write_own(room, arena, s->subject, &a.own, e)
	    && act_run(room, arena, s, ask_body, &a, e);
}

/* ---- taking in ---- */

struct taking {
	const struct message	*message;
	struct uuid		 copy;
	struct bytes		 part;
};

/* An answer to a copy that is gone, or a second one, is dropped. */
static bool
taken_body(struct act *act, void *arg, struct err *e)
{
	const struct taking *t = arg;
	struct db_rows *rows;
	struct db_row row;
	struct bytes sealed;
	struct uuid id;

	if (!db_ask(act_room(act)->db, act_arena(act), QUERY_COPY_PART_TAKE,
	    (struct db_value[]){ db_uuid(t->copy), db_uuid(t->message->ref),
	    db_int(t->message->from) }, 3, &rows, e))
		return false;
	message_done(act, t->message);
	if (db_count(rows) == 0)
		return true;
	row = db_row(rows, 0);
	id = db_take_uuid(&row);
	if (!act_seal(act, t->message->ref, place_of(id), t->part, &sealed,
	    e))
		return false;
	act_add(act, QUERY_COPY_PART_ANSWER, (struct db_value[]){
	    db_uuid(id), db_bytes(sealed), db_instant(act_now(act)) }, 3,
	    NULL);
	return true;
}

bool
copy_run_taken(struct room *room, struct arena *arena,
    const struct message *m, struct err *e)
{
	struct taking t = { .message = m };

	return copy_decode_answer(m->body, &t.copy, &t.part, e)
	    && act_run(room, arena, NULL, taken_body, &t, e);
}

/* ---- reading ---- */

static bool
take_part(struct room *room, struct arena *arena, struct db_row row,
    struct copy_part *p, struct err *e)
{
	struct bytes sealed, plain;

	*p = (struct copy_part){ .id = db_take_uuid(&row) };
	p->room = (enum room_code)db_take_int(&row);
	p->answered_at = db_take_instant(&row);
	sealed = db_take_bytes(&row);
	if (sealed.p == NULL)
		return true;
	return vault_open(room->vault, arena, place_of(p->id), sealed, &plain,
	    e) && copy_read(arena, plain, &p->lines, &p->n, e);
}

bool
copy_run_find(struct room *room, struct arena *arena, struct uuid subject,
    bool lines, struct copy *out, bool *found, struct err *e)
{
	struct db_rows *rows;
	struct db_row row;

	if (!db_ask(room->db, arena, QUERY_COPY_FIND, (struct db_value[]){
	    db_uuid(subject) }, 1, &rows, e))
		return false;
	*found = db_count(rows) > 0;
	if (!*found)
		return true;
	row = db_row(rows, 0);
	out->id = db_take_uuid(&row);
	out->asked_at = db_take_instant(&row);
	out->expires_at = db_take_instant(&row);
	if (!db_ask(room->db, arena, QUERY_COPY_PARTS, (struct db_value[]){
	    db_uuid(out->id), db_bool(lines) }, 2, &rows, e))
		return false;
	out->n = db_count(rows);
	out->parts = arena_array(arena, out->n, sizeof *out->parts);
	out->complete = true;
	for (size_t i = 0; i < out->n; i++) {
		if (!take_part(room, arena, db_row(rows, i), &out->parts[i],
		    e))
			return false;
		if (out->parts[i].answered_at == INSTANT_NONE)
			out->complete = false;
	}
	return true;
}

bool
copy_run_sweep(struct room *room, struct arena *arena, struct err *e)
{
	return db_ask(room->db, arena, QUERY_COPY_SWEEP, NULL, 0, NULL, e);
}

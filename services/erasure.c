/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A room's side of an erasure. The rows lose their person in one act, which
 * commits before any key goes: a crash in between leaves a list of keys to
 * destroy, and the worker works it off.
 *
 * Body of an answer: CBOR [1, reason, until]; of the other messages, the same
 * without a reason.
 */
#include "services/erasure.h"

#include "forms/definition.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/cbor.h"
#include "lib/db.h"
#include "lib/err.h"
#include "lib/log.h"
#include "schema/registry.h"
#include "schema/statements.h"
#include "services/act.h"
#include "services/casework.h"
#include "services/form_store.h"
#include "services/message.h"
#include "services/room.h"
#include "services/service.h"
#include "services/vault.h"

enum {
	LAYOUT = 1,
	DROPS = 20		/* keys destroyed in one sweep */
};

static const char *const reasons[] = {
	[HOLD_NONE]		= NULL,
	[HOLD_OPEN_APPLICATION]	= "open_application",
	[HOLD_ACTIVE_TITLE]	= "active_title",
	[HOLD_RETENTION]	= "retention",
};

enum {
	REASONS = sizeof reasons / sizeof *reasons
};

const char *
erasure_reason_name(const struct legal_hold *hold)
{
	return reasons[hold->reason];
}

struct bytes
erasure_encode(struct arena *arena, const struct legal_hold *hold)
{
	struct buf b = buf_new(arena, 16);

	cbor_put_array(&b, 3);
	cbor_put_uint(&b, LAYOUT);
	cbor_put_uint(&b, hold->reason);
	cbor_put_int(&b, hold->until);
	return buf_bytes(&b);
}

bool
erasure_decode(struct bytes in, struct legal_hold *hold, struct err *e)
{
	struct cbor c = cbor_read(in);
	uint64_t layout, reason;

	cbor_array_of(&c, 3);
	layout = cbor_uint(&c);
	reason = cbor_uint(&c);
	hold->until = (date)cbor_int(&c);
	if (!cbor_end(&c, e))
		return err_at(e, "erasure");
	if (layout != LAYOUT || reason >= REASONS)
		return err_set(e, ERR_INPUT, "an answer of another layout");
	hold->reason = (enum hold_reason)reason;
	return true;
}

/* ---- what holds it ---- */

/* The last day of February stands in for a 29th. */
static date
years_after(date day, unsigned years)
{
	struct civil c = date_civil(day);
	date then;

	c.year += (int)years;
	then = date_from(c);
	if (then == DATE_NONE) {
		c.day--;
		then = date_from(c);
	}
	return then;
}

/* Every form says for how long its records are kept. */
static bool
hold_of_closed(struct room *room, struct db_row row, struct legal_hold *hold,
    struct err *e)
{
	const char *form = db_take_text(&row);
	int32_t version = (int32_t)db_take_int(&row);
	date last = db_take_date(&row), until;
	const struct definition *d;

	if (!form_store_get(room, form, version, &d, e))
		return false;
	until = years_after(last, d->policy.retention_years);
	if (until > clock_today() && (hold->reason != HOLD_RETENTION
	    || until > hold->until))
		*hold = (struct legal_hold){ HOLD_RETENTION, until };
	return true;
}

static bool
hold_of_cases(struct room *room, struct arena *arena, struct uuid subject,
    struct legal_hold *hold, struct err *e)
{
	struct db_rows *rows;
	struct db_row row;

	if (!db_ask(room->db, arena, QUERY_ERASURE_OPEN, (struct db_value[]){
	    db_uuid(subject), db_int(room->code) }, 2, &rows, e))
		return false;
	row = db_row(rows, 0);
	if (db_take_int(&row) > 0) {
		*hold = (struct legal_hold){ HOLD_OPEN_APPLICATION, DATE_NONE };
		return true;
	}
	if (!db_ask(room->db, arena, QUERY_ERASURE_CLOSED,
	    (struct db_value[]){ db_uuid(subject), db_int(room->code) }, 2,
	    &rows, e))
		return false;
	for (size_t i = 0; i < db_count(rows); i++)
		if (!hold_of_closed(room, db_row(rows, i), hold, e))
			return false;
	return true;
}

/* What runs comes before what is merely kept: it ends by another's doing. */
bool
erasure_hold(struct room *room, struct arena *arena,
    const struct service *service, struct uuid subject, struct legal_hold *hold,
    struct err *e)
{
	struct legal_hold more = { HOLD_NONE, DATE_NONE };

	*hold = more;
	if (service == NULL)
		return true;
	if (!hold_of_cases(room, arena, subject, hold, e))
		return false;
	if (hold->reason == HOLD_OPEN_APPLICATION || service->holds == NULL)
		return true;
	if (!service->holds(room, arena, subject, &more, e))
		return false;
	if (more.reason != HOLD_NONE)
		*hold = more;
	return true;
}

/* ---- the act ---- */

struct erasing {
	const struct service	*service;
	const struct message	*message;
	struct legal_hold		 hold;
};

static bool
send(struct act *act, const struct erasing *x, enum message_kind kind,
    struct err *e)
{
	return message_send(act, ROOM_ACCOUNT, kind, x->message->ref,
	    INSTANT_NONE, erasure_encode(act_arena(act), &x->hold), NULL, e);
}

static bool
give_up(struct act *act, struct uuid unit, struct err *e)
{
	struct room *room = act_room(act);
	uint64_t id[VAULT_VERSIONS];
	size_t n;

	if (!vault_list(room->vault, act_arena(act), unit, id, &n, e))
		return false;
	for (size_t i = 0; i < n; i++)
		act_add(act, QUERY_KEY_DROP_PUT, (struct db_value[]){
		    db_int((int64_t)id[i]), db_int(room->code) }, 2, NULL);
	return true;
}

/* What concerned somebody else too was sealed under the application. */
static bool
put_application(struct act *act, const struct erasing *x, struct db_row row,
    struct err *e)
{
	struct application a;

	casework_take(&row, &a);
	act_add(act, QUERY_CASEWORK_ERASE, (struct db_value[]){
	    db_uuid(x->message->id), db_uuid(a.id), db_int(a.version + 1) },
	    3, NULL);
	act_image(act, TABLE_CASEWORK_APPLICATION, (struct db_value[]){
	    db_uuid(a.id), db_int(a.version + 1), db_null(),
	    db_text(a.reference), db_text(a.form), db_int(a.form_version),
	    db_int(a.room), db_uuid(a.office), db_null(), db_uuid(a.thing),
	    a.has_amount ? db_int(a.amount) : db_null(), db_text(a.state),
	    db_instant(a.submitted_at), db_date(a.due),
	    db_date(a.suspended_on), db_uuid(a.assignee),
	    db_uuid(a.recommender), db_date(a.decided_on) }, 18);
	return give_up(act, a.id, e);
}

static bool
put_applications(struct act *act, const struct erasing *x, struct err *e)
{
	struct db_rows *rows;

	if (!db_ask(act_room(act)->db, act_arena(act),
	    QUERY_RIGHTS_APPLICATIONS, (struct db_value[]){
	    db_uuid(x->message->ref), db_int(act_room(act)->code) }, 2,
	    &rows, e))
		return false;
	for (size_t i = 0; i < db_count(rows); i++)
		if (!put_application(act, x, db_row(rows, i), e))
			return false;
	return true;
}

static bool
put_party(struct act *act, const struct erasing *x, struct err *e)
{
	struct db_rows *rows;
	struct db_row row;
	struct uuid id;
	int64_t version;

	if (!db_ask(act_room(act)->db, act_arena(act), QUERY_PARTY_GET,
	    (struct db_value[]){ db_int(act_room(act)->code),
	    db_uuid(x->message->ref) }, 2, &rows, e))
		return false;
	if (db_count(rows) == 0)
		return true;
	row = db_row(rows, 0);
	id = db_take_uuid(&row);
	version = db_take_int(&row);
	act_put(act, QUERY_CASEWORK_PARTY_UPDATE, TABLE_CASEWORK_PARTY,
	    (struct db_value[]){ db_uuid(id), db_int(version + 1),
	    db_int(act_room(act)->code), db_null(), db_uuid(x->message->id),
	    db_int(db_take_int(&row)), db_bytes(bytes_of("")) }, 7);
	return true;
}

static bool
put_service(struct act *act, const struct erasing *x, struct err *e)
{
	if (x->service == NULL)
		return true;
	if (!put_applications(act, x, e) || !put_party(act, x, e))
		return false;
	act_add(act, QUERY_ERASURE_DRAFTS, (struct db_value[]){
	    db_uuid(x->message->ref) }, 1, NULL);
	return x->service->erase == NULL || x->service->erase(act,
	    x->message->ref, x->message->id, e);
}

bool
erasure_let_go(struct act *act, const struct message *m, struct err *e)
{
	act_add(act, QUERY_AUDIT_ERASE, (struct db_value[]){ db_uuid(m->id),
	    db_uuid(m->ref) }, 2, NULL);
	act_add(act, QUERY_OPS_ERASE, (struct db_value[]){ db_uuid(m->id),
	    db_uuid(m->ref) }, 2, NULL);
	return give_up(act, m->ref, e);
}

/* Its entry names nobody: the rows it wrote do not, either. */
static bool
erase_body(struct act *act, void *arg, struct err *e)
{
	struct erasing *x = arg;

	if (!erasure_hold(act_room(act), act_arena(act), x->service,
	    x->message->ref, &x->hold, e))
		return false;
	message_done(act, x->message);
	if (x->hold.reason != HOLD_NONE)
		return send(act, x, MESSAGE_ERASE_ANSWER, e);
	return put_service(act, x, e)
	    && erasure_let_go(act, x->message, e)
	    && send(act, x, MESSAGE_ERASED, e)
	    && act_say(act, &(struct act_entry){ .type = EVENT_ERASE,
	        .purpose = PURPOSE_LEGAL_REQUEST }, NULL, e);
}

bool
erasure_erase(struct room *room, struct arena *arena,
    const struct service *service, const struct message *m, struct err *e)
{
	struct erasing x = { .service = service, .message = m };

	return act_run(room, arena, NULL, erase_body, &x, e);
}

static bool
answer_body(struct act *act, void *arg, struct err *e)
{
	struct erasing *x = arg;

	message_done(act, x->message);
	return send(act, x, MESSAGE_ERASE_ANSWER, e);
}

bool
erasure_answer(struct room *room, struct arena *arena,
    const struct service *service, const struct message *m, struct err *e)
{
	struct erasing x = { .service = service, .message = m };

	return erasure_hold(room, arena, service, m->ref, &x.hold, e)
	    && act_run(room, arena, NULL, answer_body, &x, e);
}

bool
erasure_handle_ask(struct room *room, struct arena *arena,
    const struct message *m, struct err *e)
{
	return erasure_answer(room, arena, NULL, m, e);
}

bool
erasure_handle(struct room *room, struct arena *arena,
    const struct message *m, struct err *e)
{
	return erasure_erase(room, arena, NULL, m, e);
}

/* ---- the keys ---- */

static bool
dropped_body(struct act *act, void *arg, struct err *e)
{
	const int64_t *id = arg;
	struct db_value key = db_int(*id);
	struct entry_value value = {
	    (uint32_t)COLUMN_KEYS_SUBJECT_KEY_KEY_ID, &key };

	act_add(act, QUERY_KEY_DROP_DONE, &key, 1, NULL);
	return act_say(act, &(struct act_entry){ .type = EVENT_KEY_DROP,
	    .purpose = PURPOSE_OPERATION, .values = &value, .n = 1 }, NULL,
	    e);
}

/* Gone first, said then: the other way round a crash would leave a key that
 * the log calls destroyed. */
static bool
drop(struct room *room, struct arena *arena, struct err *e)
{
	struct db_rows *rows;

	if (!db_ask(room->db, arena, QUERY_KEY_DROP_LIST,
	    (struct db_value[]){ db_int(DROPS) }, 1, &rows, e))
		return false;
	for (size_t i = 0; i < db_count(rows); i++) {
		struct db_row row = db_row(rows, i);
		int64_t id = db_take_int(&row);

		if (!vault_drop(room->vault, arena, (uint64_t)id, e)
		    || !act_run(room, arena, NULL, dropped_body, &id, e))
			return false;
	}
	return true;
}

void
erasure_sweep(struct room *room, struct arena *arena)
{
	struct err e = { 0 };
	size_t n;

	if (!drop(room, arena, &e))
		log_error("key-drop", &e);
	if (!vault_reap(room->vault, arena, &n, &e))
		log_error("key-reap", &e);
}

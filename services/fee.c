/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Fees at the counter. Payments by card page or Pix are room payment's; they
 * end in the same states.
 */
#include "services/fee.h"

#include "lib/arena.h"
#include "lib/db.h"
#include "lib/err.h"
#include "lib/str.h"
#include "schema/registry.h"
#include "schema/statements.h"
#include "services/act.h"
#include "services/casework.h"
#include "services/ledger.h"
#include "services/room.h"
#include "services/service.h"
#include "services/session.h"

struct taking {
	const struct service		*service;
	const struct application	*application;
	const char			*office;	/* its code */
	const struct fee		*fee;
	size_t				 n;
	struct application		*after;
	struct uuid			*event;
};

bool
fee_list(struct room *room, struct arena *arena, struct uuid application,
    struct fee **out, size_t *n, struct err *e)
{
	struct db_rows *rows;

	if (!db_ask(room->db, arena, QUERY_FEE_LIST, (struct db_value[]){
	    db_uuid(application) }, 1, &rows, e))
		return false;
	*n = db_count(rows);
	*out = arena_array(arena, *n, sizeof **out);
	for (size_t i = 0; i < *n; i++) {
		struct db_row row = db_row(rows, i);
		struct fee *f = &(*out)[i];

		f->id = db_take_uuid(&row);
		f->version = (int32_t)db_take_int(&row);
		f->nonce = db_take_uuid(&row);
		f->line = db_take_text(&row);
		f->currency = db_take_text(&row);
		f->amount = db_take_int(&row);
		f->state = db_take_text(&row);
		f->cause = db_take_uuid(&row);
	}
	return true;
}

int64_t
fee_due(const struct fee *fee, size_t n)
{
	int64_t due = 0;

	for (size_t i = 0; i < n; i++)
		if (str_equal(fee[i].state, "open"))
			due += fee[i].amount;
	return due;
}

void
fee_put(struct act *act, struct uuid application, const struct fee *f,
    const char *state, struct uuid event)
{
	act_put(act, QUERY_CASEWORK_FEE_UPDATE, TABLE_CASEWORK_FEE,
	    (struct db_value[]){ db_uuid(f->id), db_int(f->version + 1),
	    db_uuid(uuid_new()), db_uuid(application), db_text(f->line),
	    db_text(f->currency), db_int(f->amount), db_text(state),
	    db_uuid(event) }, 9);
}

/* One journal for each fee: its id is what makes it post once. */
static bool
post(struct act *act, const struct taking *t, const struct fee *f,
    struct err *e)
{
	struct arena *arena = act_arena(act);
	char id[UUID_TEXT];

	return ledger_post(act, &(struct ledger_journal){
	    .kind = "fee_counter",
	    .idem_key = arena_printf(arena, "fee_counter:%s",
	        uuid_text(f->id, id)),
	    .ref = f->id,
	    .event_at = act_now(act),
	    .currency = f->currency,
	    .lines = (struct ledger_line[]){
	        { arena_printf(arena, "counter:%s", t->office), f->amount },
	        { arena_printf(arena, "revenue:%s", t->service->name),
	            -f->amount } },
	    .n = 2 }, e);
}

static bool
take_body(struct act *act, void *arg, struct err *e)
{
	struct taking *t = arg;
	struct uuid event;

	if (!casework_step(act, &(struct casework_step){
	    .application = t->application->id, .action = "paid",
	    .role = "clerk", .expected = t->application->version },
	    t->after, &event, e))
		return false;
	for (size_t i = 0; i < t->n; i++) {
		if (!str_equal(t->fee[i].state, "open"))
			continue;
		fee_put(act, t->application->id, &t->fee[i], "paid", event);
		if (!post(act, t, &t->fee[i], e))
			return false;
	}
	return act_say(act, &(struct act_entry){
	    .type = EVENT_UPDATE, .purpose = PURPOSE_PAYMENT,
	    .subject = t->application->applicant,
	    .application = t->application->id }, t->event, e);
}

bool
fee_take(struct room *room, struct arena *arena,
    const struct session *session, const struct service *service,
    const struct application *a, struct application *after,
    struct uuid *event, struct err *e)
{
	struct taking t = { .service = service, .application = a,
	    .after = after, .event = event };
	struct fee *fee;
	struct db_rows *rows;
	struct db_row row;

	if (!db_ask(room->db, arena, QUERY_OFFICE_CODE, (struct db_value[]){
	    db_uuid(session->office) }, 1, &rows, e))
		return false;
	row = db_row(rows, 0);
	t.office = db_take_text(&row);
	if (!fee_list(room, arena, a->id, &fee, &t.n, e))
		return false;
	t.fee = fee;
	return act_run(room, arena, session, take_body, &t, e);
}

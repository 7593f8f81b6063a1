/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who saw whom. Counts are made by PostgreSQL over one person's or one
 * account's entries, never over all.
 */
#include "services/auditlog_access.h"

#include <string.h>

#include "lib/arena.h"
#include "lib/err.h"
#include "schema/statements.h"
#include "services/act.h"
#include "services/auditlog_row.h"
#include "services/room.h"

enum {
	/* Each entry of this slice may need a look at its case. */
	UNUSUAL_SLICE = 50000,
	UNUSUAL_DOWNLOAD = 1000000
};

static instant
start_of(const struct auditlog_span *span)
{
	return clock_start_of(span->from);
}

static instant
end_of(const struct auditlog_span *span)
{
	return clock_start_of(span->until + 1);
}

static size_t
most_of(enum auditlog_use use)
{
	return use == AUDITLOG_VIEW ? AUDITLOG_ACCESS_PAGE
	    : AUDITLOG_ACCESS_ALL;
}

static bool
note(struct room *room, struct arena *arena, const struct session *session,
    enum auditlog_use use, struct uuid subject, struct auditlog_values *v,
    struct err *e)
{
	return act_note(room, arena, session, &(struct act_entry){
	    .type = use == AUDITLOG_VIEW ? EVENT_AUDITOR_QUERY
	        : EVENT_EXPORT,
	    .purpose = PURPOSE_AUDIT, .subject = subject,
	    .table = TABLE_AUDIT_Q, .values = v->entry, .n = v->n }, NULL,
	    e);
}

static void
put_span(struct auditlog_values *v, const struct auditlog_span *span)
{
	auditlog_put(v, COLUMN_AUDIT_Q_AT, db_instant(start_of(span)));
	auditlog_put(v, COLUMN_AUDIT_Q_AT, db_instant(end_of(span)));
}

static void
take_all(struct arena *arena, const struct db_rows *rows, size_t most,
    bool named, struct auditlog_accesses *out)
{
	out->more = db_count(rows) > most;
	out->n = out->more ? most : db_count(rows);
	out->rows = arena_array(arena, out->n, sizeof *out->rows);
	for (size_t i = 0; i < out->n; i++) {
		struct db_row row = db_row(rows, i);
		struct auditlog_access *a = &out->rows[i];

		a->who = db_take_uuid(&row);
		if (named) {
			a->handle = db_take_text(&row);
			a->office = db_take_text(&row);
		}
		a->reads = db_take_int(&row);
		a->acts = db_take_int(&row);
		a->refused = db_take_int(&row);
		a->first = db_take_instant(&row);
		a->last = db_take_instant(&row);
	}
}

bool
auditlog_readers(struct room *room, struct arena *arena,
    const struct session *session, struct uuid subject,
    const struct auditlog_span *span, enum auditlog_use use,
    struct auditlog_accesses *out, struct err *e)
{
	struct auditlog_values v = { .n = 0 };
	struct db_rows *rows;

	*out = (struct auditlog_accesses){ .n = 0 };
	if (!db_ask(room->db, arena, QUERY_AUDITLOG_READERS,
	    (struct db_value[]){ db_uuid(subject),
	    db_instant(start_of(span)), db_instant(end_of(span)),
	    db_int((int64_t)most_of(use) + 1) }, 4, &rows, e))
		return false;
	take_all(arena, rows, most_of(use), true, out);
	put_span(&v, span);
	auditlog_put(&v, COLUMN_AUDIT_Q_SUBJECT, db_uuid(subject));
	/* a pseudonym that the log does not know gets no key */
	if (out->n == 0)
		subject = (struct uuid){ { 0 } };
	return note(room, arena, session, use, subject, &v, e);
}

static bool
look_read_by(struct room *room, struct arena *arena, struct uuid actor,
    const struct auditlog_span *span, size_t most,
    struct auditlog_accesses *out, struct err *e)
{
	struct db_rows *rows;

	if (!db_ask(room->db, arena, QUERY_AUDITLOG_READ_BY,
	    (struct db_value[]){ db_uuid(actor),
	    db_uuid(auditlog_low(start_of(span))),
	    db_uuid(auditlog_high(end_of(span))),
	    db_int((int64_t)most + 1) }, 4, &rows, e))
		return false;
	take_all(arena, rows, most, false, out);
	return true;
}

bool
auditlog_read_by(struct room *room, struct arena *arena,
    const struct session *session, const char *handle,
    const struct auditlog_span *span, enum auditlog_use use,
    struct auditlog_accesses *out, struct err *e)
{
	const struct auditlog_filter f = { .from = span->from,
	    .until = span->until, .handle = handle };
	struct auditlog_values v = { .n = 0 };
	struct auditlog_query q;

	*out = (struct auditlog_accesses){ .n = 0 };
	if (!auditlog_resolve(room, arena, &f, &q, e))
		return false;
	out->actor = q.actor;
	if (!q.no_handle && !look_read_by(room, arena, q.actor, span,
	    most_of(use), out, e))
		return false;
	auditlog_put_filters(&v, &f, &q);
	if (!note(room, arena, session, use, (struct uuid){ { 0 } }, &v, e))
		return false;
	return !q.no_handle || err_set(e, ERR_ABSENT, "no such handle");
}

/* ---- outside the usual ---- */

struct looking {
	struct uuid	low, high;
	size_t		most;
	int64_t		slice;
};

static bool
take_unusual(struct room *room, struct arena *arena,
    const struct db_rows *rows, const struct looking *l,
    struct auditlog_page *page, struct err *e)
{
	struct db_rows *end;
	struct db_row row;

	page->n = db_count(rows) > l->most ? l->most : db_count(rows);
	page->rows = arena_array(arena, page->n, sizeof *page->rows);
	for (size_t i = 0; i < page->n; i++) {
		row = db_row(rows, i);
		auditlog_take(&row, &page->rows[i]);
	}
	if (db_count(rows) > l->most) {
		page->next = page->rows[page->n - 1].id;
		return true;
	}
	if (!db_ask(room->db, arena, QUERY_AUDITLOG_SLICE_END,
	    (struct db_value[]){ db_uuid(l->low), db_uuid(l->high),
	    db_int(l->slice - 1) }, 3, &end, e))
		return false;
	if (db_count(end) == 0)
		return true;
	row = db_row(end, 0);
	page->next = db_take_uuid(&row);
	page->slice = true;
	return true;
}

bool
auditlog_unusual(struct room *room, struct arena *arena,
    const struct session *session, const struct auditlog_span *span,
    struct uuid before, enum auditlog_use use, struct auditlog_page *page,
    struct err *e)
{
	struct looking l = {
		.low = auditlog_low(start_of(span)),
		.high = auditlog_high(end_of(span)),
		.most = use == AUDITLOG_VIEW ? AUDITLOG_PAGE
		    : AUDITLOG_ACCESS_ALL,
		.slice = use == AUDITLOG_VIEW ? UNUSUAL_SLICE
		    : UNUSUAL_DOWNLOAD,
	};
	struct auditlog_values v = { .n = 0 };
	struct db_rows *rows;

	if (!uuid_is_nil(before)
	    && memcmp(before.b, l.high.b, sizeof before.b) < 0)
		l.high = before;
	*page = (struct auditlog_page){ .n = 0 };
	if (!db_ask(room->db, arena, QUERY_AUDITLOG_UNUSUAL,
	    (struct db_value[]){ db_uuid(l.low), db_uuid(l.high),
	    db_instant(start_of(span)), db_instant(end_of(span)),
	    db_int(l.slice), db_int((int64_t)l.most + 1) }, 6, &rows, e)
	    || !take_unusual(room, arena, rows, &l, page, e))
		return false;
	put_span(&v, span);
	auditlog_put(&v, COLUMN_AUDIT_Q_TYPE, db_int(EVENT_READ));
	if (!uuid_is_nil(before))
		auditlog_put(&v, COLUMN_AUDIT_Q_EVENT_ID, db_uuid(before));
	return note(room, arena, session, use, (struct uuid){ { 0 } }, &v, e);
}

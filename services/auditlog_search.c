/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Searching the log. One of five statements is chosen by the filter that
 * leaves least; all of them go by the entry's id, which begins with its time.
 * The order is always: look, write the entry, and only then hand out what was
 * seen.
 */
#include "services/auditlog_row.h"

#include <string.h>

#include "lib/arena.h"
#include "lib/err.h"
#include "schema/statements.h"
#include "services/act.h"
#include "services/room.h"

enum {
	SLACK_MS = 10 * 60 * 1000,	/* of an id (audit.timely) */
	TIME_BYTES = 6			/* RFC 9562 5.7 */
};

void
auditlog_put(struct auditlog_values *v, enum column_code column,
    struct db_value value)
{
	v->value[v->n] = value;
	v->entry[v->n] = (struct entry_value){ (uint32_t)column,
	    &v->value[v->n] };
	v->n++;
}

void
auditlog_take(struct db_row *row, struct auditlog_row *r)
{
	r->id = db_take_uuid(row);
	r->at = db_take_instant(row);
	r->room = (enum room_code)db_take_int(row);
	r->type = (enum event_type)db_take_int(row);
	r->outcome = (enum entry_outcome)db_take_int(row);
	r->purpose = (enum purpose)db_take_int(row);
	r->actor = db_take_uuid(row);
	r->handle = db_take_text(row);
	r->office = db_take_text(row);
	r->subject = db_take_uuid(row);
	r->application = db_take_uuid(row);
	r->reference = db_take_text(row);
	r->table = (unsigned)db_take_int(row);
	r->row = db_take_uuid(row);
	r->row_version = (int32_t)db_take_int(row);
}

/* ---- ids as times ---- */

instant
auditlog_time_of(struct uuid event)
{
	instant at = 0;

	for (size_t i = 0; i < TIME_BYTES; i++)
		at = at * 256 + event.b[i];
	return at;
}

static struct uuid
id_at(instant at)
{
	struct uuid id = { { 0 } };

	if (at < 1)
		at = 1;		/* nil would be SQL's NULL */
	for (size_t i = TIME_BYTES; i > 0; i--) {
		id.b[i - 1] = (uint8_t)at;
		at /= 256;
	}
	return id;
}

struct uuid
auditlog_low(instant at)
{
	return id_at(at == INSTANT_NONE ? 1 : at - SLACK_MS);
}

struct uuid
auditlog_high(instant at)
{
	struct uuid id;

	if (at != INSTANT_NONE)
		return id_at(at + SLACK_MS);
	memset(&id, 0xff, sizeof id);
	return id;
}

/* ---- what a filter's names stand for ---- */

static bool
find_staff(struct room *room, struct arena *arena, const char *handle,
    struct auditlog_query *q, struct err *e)
{
	struct db_rows *rows;
	struct db_row row;

	if (!db_ask(room->db, arena, QUERY_AUDITLOG_STAFF,
	    (struct db_value[]){ db_text(handle) }, 1, &rows, e))
		return false;
	q->no_handle = db_count(rows) == 0;
	if (q->no_handle)
		return true;
	row = db_row(rows, 0);
	q->actor = db_take_uuid(&row);
	return true;
}

static bool
find_case(struct room *room, struct arena *arena, const char *reference,
    struct auditlog_query *q, struct err *e)
{
	struct application a = { .version = 0 };
	bool found = false;

	if (!casework_find(room, arena, reference, &a, &found, e))
		return false;
	q->no_case = !found;
	q->application = a.id;
	q->applicant = a.applicant;
	return true;
}

bool
auditlog_resolve(struct room *room, struct arena *arena,
    const struct auditlog_filter *f, struct auditlog_query *q,
    struct err *e)
{
	*q = (struct auditlog_query){ .filter = *f };
	return (f->handle == NULL
	    || find_staff(room, arena, f->handle, q, e))
	    && (f->reference == NULL
	    || find_case(room, arena, f->reference, q, e));
}

/* ---- looking ---- */

static struct db_value
start_of(date day)
{
	return day == DATE_NONE ? db_null() : db_instant(clock_start_of(day));
}

static struct db_value
end_of(date day)
{
	return day == DATE_NONE ? db_null()
	    : db_instant(clock_start_of(day + 1));
}

static struct db_value
code(unsigned value)
{
	return value == 0 ? db_null() : db_int(value);
}

/* As in the index q_rare: what happens seldom enough to be found by it. */
static bool
is_rare(enum event_type type)
{
	switch (type) {
	case EVENT_EXPORT:
	case EVENT_ERASE:
	case EVENT_KEY_DROP:
	case EVENT_REFUSED:
	case EVENT_WRITER_OPEN:
	case EVENT_HEARTBEAT:
	case EVENT_WRITER_CLOSE:
	case EVENT_AUDITOR_QUERY:
	case EVENT_CONFIGURATION:
	case EVENT_QUARANTINE:
		return true;
	default:
		return false;
	}
}

static unsigned
statement_for(const struct auditlog_query *q)
{
	if (!uuid_is_nil(q->application))
		return QUERY_AUDITLOG_BY_CASE;
	if (!uuid_is_nil(q->filter.subject))
		return QUERY_AUDITLOG_BY_SUBJECT;
	if (!uuid_is_nil(q->actor))
		return QUERY_AUDITLOG_BY_ACTOR;
	if (is_rare(q->filter.type))
		return QUERY_AUDITLOG_BY_RARE;
	return QUERY_AUDITLOG_BY_TIME;
}

struct bounds {
	struct uuid	low, high;
};

static struct bounds
bounds_of(const struct auditlog_filter *f)
{
	struct bounds b = {
		.low = auditlog_low(f->from == DATE_NONE ? INSTANT_NONE
		    : clock_start_of(f->from)),
		.high = auditlog_high(f->until == DATE_NONE ? INSTANT_NONE
		    : clock_start_of(f->until + 1)),
	};

	if (!uuid_is_nil(f->before)
	    && memcmp(f->before.b, b.high.b, UUID_SIZE) < 0)
		b.high = f->before;
	return b;
}

/* One more than wanted was asked for, to know whether there is more. */
static void
take_rows(struct arena *arena, const struct db_rows *rows, size_t most,
    struct auditlog_page *page)
{
	bool more = db_count(rows) > most;

	page->n = more ? most : db_count(rows);
	page->rows = arena_array(arena, page->n, sizeof *page->rows);
	for (size_t i = 0; i < page->n; i++) {
		struct db_row row = db_row(rows, i);

		auditlog_take(&row, &page->rows[i]);
	}
	if (more)
		page->next = page->rows[page->n - 1].id;
}

static bool
find_slice_end(struct room *room, struct arena *arena, struct bounds b,
    struct auditlog_page *page, struct err *e)
{
	struct db_rows *rows;
	struct db_row row;

	if (!db_ask(room->db, arena, QUERY_AUDITLOG_SLICE_END,
	    (struct db_value[]){ db_uuid(b.low), db_uuid(b.high),
	    db_int(AUDITLOG_SLICE - 1) }, 3, &rows, e))
		return false;
	if (db_count(rows) == 0)
		return true;
	row = db_row(rows, 0);
	page->next = db_take_uuid(&row);
	page->slice = true;
	return true;
}

bool
auditlog_look(struct room *room, struct arena *arena,
    const struct auditlog_query *q, size_t most, struct auditlog_page *page,
    struct err *e)
{
	const struct auditlog_filter *f = &q->filter;
	unsigned statement = statement_for(q);
	struct bounds b = bounds_of(f);
	bool by_time = statement == QUERY_AUDITLOG_BY_TIME;
	struct db_rows *rows;

	*page = (struct auditlog_page){ .no_handle = q->no_handle,
	    .no_case = q->no_case };
	if (q->no_handle || q->no_case)
		return true;
	if (!db_ask(room->db, arena, statement, (struct db_value[]){
	    db_uuid(b.low), db_uuid(b.high), start_of(f->from),
	    end_of(f->until), code(f->room), code(f->type),
	    f->by_outcome ? db_int(f->outcome) : db_null(),
	    code(f->purpose), db_uuid(f->office), db_uuid(q->actor),
	    db_uuid(q->application), db_uuid(f->subject),
	    db_int((int64_t)most + 1), db_bool(f->no_searches),
	    db_int(AUDITLOG_SLICE) }, by_time ? 15 : 14, &rows, e))
		return false;
	take_rows(arena, rows, most, page);
	return !by_time || !uuid_is_nil(page->next)
	    || find_slice_end(room, arena, b, page, e);
}

/* ---- the entry of a search ---- */

static void
put_places(struct auditlog_values *v, const struct auditlog_filter *f,
    const struct auditlog_query *q)
{
	if (f->handle != NULL || !uuid_is_nil(q->actor))
		auditlog_put(v, COLUMN_AUDIT_Q_ACTOR, db_uuid(q->actor));
	if (f->reference != NULL || !uuid_is_nil(q->application))
		auditlog_put(v, COLUMN_AUDIT_Q_CASE_ID,
		    db_uuid(q->application));
	if (!uuid_is_nil(f->subject))
		auditlog_put(v, COLUMN_AUDIT_Q_SUBJECT, db_uuid(f->subject));
	if (!uuid_is_nil(f->office))
		auditlog_put(v, COLUMN_AUDIT_Q_OFFICE, db_uuid(f->office));
	if (!uuid_is_nil(f->before))
		auditlog_put(v, COLUMN_AUDIT_Q_EVENT_ID, db_uuid(f->before));
}

void
auditlog_put_filters(struct auditlog_values *v,
    const struct auditlog_filter *f, const struct auditlog_query *q)
{
	if (f->from != DATE_NONE || f->until != DATE_NONE) {
		auditlog_put(v, COLUMN_AUDIT_Q_AT, start_of(f->from));
		auditlog_put(v, COLUMN_AUDIT_Q_AT, end_of(f->until));
	}
	if (f->room != ROOM_NONE)
		auditlog_put(v, COLUMN_AUDIT_Q_ROOM, db_int(f->room));
	if (f->type != EVENT_NONE)
		auditlog_put(v, COLUMN_AUDIT_Q_TYPE, db_int(f->type));
	if (f->by_outcome)
		auditlog_put(v, COLUMN_AUDIT_Q_OUTCOME, db_int(f->outcome));
	if (f->purpose != PURPOSE_NONE)
		auditlog_put(v, COLUMN_AUDIT_Q_PURPOSE, db_int(f->purpose));
	put_places(v, f, q);
}

struct uuid
auditlog_whom(const struct auditlog_query *q,
    const struct auditlog_page *page)
{
	if (!uuid_is_nil(q->applicant) || page->n == 0)
		return q->applicant;
	return q->filter.subject;
}

bool
auditlog_search(struct room *room, struct arena *arena,
    const struct session *session, const struct auditlog_filter *f,
    struct auditlog_page *page, struct err *e)
{
	struct auditlog_values v = { .n = 0 };
	struct auditlog_query q;

	if (!auditlog_resolve(room, arena, f, &q, e)
	    || !auditlog_look(room, arena, &q, AUDITLOG_PAGE, page, e))
		return false;
	auditlog_put_filters(&v, f, &q);
	return act_note(room, arena, session, &(struct act_entry){
	    .type = EVENT_AUDITOR_QUERY, .purpose = PURPOSE_AUDIT,
	    .subject = auditlog_whom(&q, page),
	    .application = q.application, .table = TABLE_AUDIT_Q,
	    .values = v.entry, .n = v.n }, NULL, e);
}

bool
auditlog_offices(struct room *room, struct arena *arena,
    struct auditlog_office **out, size_t *n, struct err *e)
{
	struct db_rows *rows;

	if (!db_ask(room->db, arena, QUERY_AUDITLOG_OFFICES, NULL, 0, &rows,
	    e))
		return false;
	*n = db_count(rows);
	*out = arena_array(arena, *n, sizeof **out);
	for (size_t i = 0; i < *n; i++) {
		struct db_row row = db_row(rows, i);

		(*out)[i].id = db_take_uuid(&row);
		(*out)[i].name = db_take_text(&row);
	}
	return true;
}

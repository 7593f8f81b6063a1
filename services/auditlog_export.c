/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Export jobs. The filter is kept as it was resolved when asked, sealed, and
 * so are the chunks, under the room's own key of the year.
 */
#include "services/auditlog_export.h"

#include <stdio.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/cbor.h"
#include "lib/conf.h"
#include "lib/err.h"
#include "lib/log.h"
#include "lib/str.h"
#include "schema/statements.h"
#include "services/act.h"
#include "services/auditlog_row.h"
#include "services/room.h"
#include "services/session.h"
#include "services/vault.h"

enum {
	LAYOUT = 1,		/* of a sealed filter: fourteen items */
	ITEMS = 14,
	ROUND = 10,		/* chunks of one round */
	ATTEMPTS = 5		/* without a chunk in between */
};

static const char *const formats[] = {
	[EXPORT_CSV] = "csv",
	[EXPORT_JSONL] = "jsonl",
};

/* ---- the filter of a job ---- */

static struct envelope_place
filter_place(struct uuid job)
{
	return (struct envelope_place){ .table = TABLE_AUDITOR_EXPORT,
	    .class = CLASS_SEARCH, .row = job, .version = 1 };
}

static void
put_uuid(struct buf *b, const struct uuid *id)
{
	cbor_put_bytes(b, uuid_is_nil(*id) ? bytes(NULL, 0)
	    : uuid_bytes(id));
}

static struct bytes
encode(struct arena *arena, const struct auditlog_query *q)
{
	const struct auditlog_filter *f = &q->filter;
	struct buf b = buf_new(arena, 160);

	cbor_put_array(&b, ITEMS);
	cbor_put_uint(&b, LAYOUT);
	cbor_put_int(&b, f->from);
	cbor_put_int(&b, f->until);
	cbor_put_uint(&b, f->room);
	cbor_put_uint(&b, f->type);
	cbor_put_bool(&b, f->by_outcome);
	cbor_put_uint(&b, f->outcome);
	cbor_put_uint(&b, f->purpose);
	put_uuid(&b, &q->actor);
	put_uuid(&b, &q->application);
	put_uuid(&b, &q->applicant);
	put_uuid(&b, &f->subject);
	put_uuid(&b, &f->office);
	cbor_put_bool(&b, f->no_searches);
	return buf_bytes(&b);
}

static struct uuid
take_uuid(struct cbor *c)
{
	struct bytes b = cbor_bytes(c);
	struct uuid id = { { 0 } };

	if (b.n == UUID_SIZE)
		memcpy(id.b, b.p, UUID_SIZE);
	return id;
}

static bool
decode(struct bytes plain, struct auditlog_query *q, struct err *e)
{
	struct auditlog_filter *f = &q->filter;
	struct cbor c = cbor_read(plain);

	*q = (struct auditlog_query){ .no_handle = false };
	cbor_array_of(&c, ITEMS);
	cbor_uint(&c);
	f->from = (date)cbor_int(&c);
	f->until = (date)cbor_int(&c);
	f->room = (enum room_code)cbor_uint(&c);
	f->type = (enum event_type)cbor_uint(&c);
	f->by_outcome = cbor_bool(&c);
	f->outcome = (enum entry_outcome)cbor_uint(&c);
	f->purpose = (enum purpose)cbor_uint(&c);
	q->actor = take_uuid(&c);
	q->application = take_uuid(&c);
	q->applicant = take_uuid(&c);
	f->subject = take_uuid(&c);
	f->office = take_uuid(&c);
	f->no_searches = cbor_bool(&c);
	return cbor_end(&c, e) || err_at(e, "filter of an export");
}

static bool
open_filter(struct room *room, struct arena *arena,
    const struct auditlog_job *job, struct auditlog_query *q, struct err *e)
{
	struct bytes plain;

	return vault_open(room->vault, arena, filter_place(job->id),
	    job->filter, &plain, e) && decode(plain, q, e);
}

/* ---- asking ---- */

struct asking {
	const struct auditlog_filter	*filter;
	const struct auditlog_query	*query;
	const struct auditlog_page	*page;
	enum auditlog_format		 format;
	struct uuid			 job;	/* nil: a short one */
};

static bool
put_job(struct act *act, const struct asking *a, struct err *e)
{
	struct room *room = act_room(act);
	struct uuid unit = vault_own_unit(room->code,
	    date_civil(act_today(act)).year);
	struct bytes sealed;

	if (!act_seal(act, unit, filter_place(a->job),
	    encode(act_arena(act), a->query), &sealed, e))
		return false;
	act_add(act, QUERY_AUDITLOG_EXPORT_PUT, (struct db_value[]){
	    db_uuid(a->job), db_uuid(act_session(act)->account),
	    db_text(formats[a->format]),
	    db_uuid(auditlog_high(INSTANT_NONE)),
	    db_int(conf_int(room->conf, "audit", "export_most")),
	    db_bytes(sealed) }, 6, NULL);
	return true;
}

static bool
ask_body(struct act *act, void *arg, struct err *e)
{
	const struct asking *a = arg;
	struct auditlog_values v = { .n = 0 };

	if (!uuid_is_nil(a->job) && !put_job(act, a, e))
		return false;
	auditlog_put_filters(&v, a->filter, a->query);
	return act_say(act, &(struct act_entry){
	    .type = EVENT_EXPORT, .purpose = PURPOSE_AUDIT,
	    .subject = auditlog_whom(a->query, a->page),
	    .application = a->query->application,
	    .table = uuid_is_nil(a->job) ? TABLE_AUDIT_Q
	        : TABLE_AUDITOR_EXPORT,
	    .row = a->job, .values = v.entry, .n = v.n }, NULL, e);
}

static bool
check_jobs(struct room *room, struct arena *arena,
    const struct session *session, struct err *e)
{
	struct auditlog_job *jobs;
	size_t n;

	if (!auditlog_job_list(room, arena, session, &jobs, &n, e))
		return false;
	if (n < EXPORT_JOBS)
		return true;
	err_set(e, ERR_LIMIT, "%d exports in a day", EXPORT_JOBS);
	if (e != NULL)
		snprintf(e->constraint, sizeof e->constraint, "export_jobs");
	return false;
}

bool
auditlog_export(struct room *room, struct arena *arena,
    const struct session *session, const struct auditlog_filter *f,
    enum auditlog_format format, struct auditlog_page *page,
    struct uuid *job, struct err *e)
{
	struct auditlog_query q;
	struct asking a = { .filter = f, .query = &q, .page = page,
	    .format = format };

	if (!auditlog_resolve(room, arena, f, &q, e)
	    || !auditlog_look(room, arena, &q, EXPORT_AT_ONCE, page, e))
		return false;
	if (!uuid_is_nil(page->next)) {
		if (!check_jobs(room, arena, session, e))
			return false;
		a.job = uuid_new();
	}
	*job = a.job;
	return act_run(room, arena, session, ask_body, &a, e);
}

/* ---- jobs ---- */

static void
take_job(struct db_row row, struct auditlog_job *j)
{
	j->id = db_take_uuid(&row);
	j->format = str_equal(db_take_text(&row), formats[EXPORT_JSONL])
	    ? EXPORT_JSONL : EXPORT_CSV;
	j->state = db_take_text(&row);
	j->position = db_take_uuid(&row);
	j->entries = db_take_int(&row);
	j->most = db_take_int(&row);
	j->chunks = (int32_t)db_take_int(&row);
	j->size = db_take_int(&row);
	j->attempts = (int)db_take_int(&row);
	j->asked_at = db_take_instant(&row);
	j->expires_at = db_take_instant(&row);
	j->filter = db_take_bytes(&row);
	j->reached = j->chunks == 0 ? INSTANT_NONE
	    : auditlog_time_of(j->position);
}

/* How far through the time that its filter spans; entries come evenly
 * enough for that. */
static bool
measure(struct room *room, struct arena *arena, struct auditlog_job *j,
    struct err *e)
{
	instant newest = j->asked_at, oldest = j->asked_at;
	struct auditlog_query q;
	struct db_rows *rows;

	if (str_equal(j->state, "ready"))
		j->percent = 100;
	if (j->reached == INSTANT_NONE || j->percent == 100)
		return true;
	if (!open_filter(room, arena, j, &q, e)
	    || !db_ask(room->db, arena, QUERY_AUDITLOG_FIRST, NULL, 0,
	    &rows, e))
		return false;
	if (db_count(rows) == 1) {
		struct db_row row = db_row(rows, 0);

		oldest = db_take_instant(&row);
	}
	if (q.filter.from != DATE_NONE
	    && clock_start_of(q.filter.from) > oldest)
		oldest = clock_start_of(q.filter.from);
	if (q.filter.until != DATE_NONE
	    && clock_start_of(q.filter.until + 1) < newest)
		newest = clock_start_of(q.filter.until + 1);
	if (newest > oldest && j->reached < newest && j->reached > oldest)
		j->percent = (unsigned)((newest - j->reached) * 100
		    / (newest - oldest));
	return true;
}

bool
auditlog_job_get(struct room *room, struct arena *arena,
    const struct session *session, struct uuid id, struct auditlog_job *job,
    struct err *e)
{
	struct db_rows *rows;

	if (!db_ask(room->db, arena, QUERY_AUDITLOG_EXPORT_GET,
	    (struct db_value[]){ db_uuid(id), db_uuid(session->account) }, 2,
	    &rows, e))
		return false;
	if (db_count(rows) == 0)
		return err_set(e, ERR_ABSENT, "no such export");
	*job = (struct auditlog_job){ .percent = 0 };
	take_job(db_row(rows, 0), job);
	return measure(room, arena, job, e);
}

bool
auditlog_job_list(struct room *room, struct arena *arena,
    const struct session *session, struct auditlog_job **out, size_t *n,
    struct err *e)
{
	struct db_rows *rows;

	if (!db_ask(room->db, arena, QUERY_AUDITLOG_EXPORT_LIST,
	    (struct db_value[]){ db_uuid(session->account),
	    db_int(EXPORT_JOBS) }, 2, &rows, e))
		return false;
	*n = db_count(rows);
	*out = arena_array(arena, *n, sizeof **out);
	for (size_t i = 0; i < *n; i++) {
		take_job(db_row(rows, i), &(*out)[i]);
		if (!measure(room, arena, &(*out)[i], e))
			return false;
	}
	return true;
}

bool
auditlog_job_fetch(struct room *room, struct arena *arena,
    const struct session *session, const struct auditlog_job *job,
    struct err *e)
{
	struct auditlog_values v = { .n = 0 };
	struct auditlog_query q;

	if (!open_filter(room, arena, job, &q, e))
		return false;
	auditlog_put_filters(&v, &q.filter, &q);
	return act_note(room, arena, session, &(struct act_entry){
	    .type = EVENT_EXPORT, .purpose = PURPOSE_AUDIT,
	    .subject = q.applicant, .application = q.application,
	    .table = TABLE_AUDITOR_EXPORT, .row = job->id,
	    .values = v.entry, .n = v.n }, NULL, e);
}

/* ---- chunks ---- */

static struct envelope_place
chunk_place(struct uuid chunk)
{
	return (struct envelope_place){ .table = TABLE_AUDITOR_CHUNK,
	    .class = CLASS_EXPORT, .row = chunk, .version = 1 };
}

bool
auditlog_job_chunk(struct room *room, struct arena *arena, struct uuid job,
    int32_t n, struct bytes *out, struct err *e)
{
	struct db_rows *rows;
	struct db_row row;
	struct uuid id;

	if (!db_ask(room->db, arena, QUERY_AUDITLOG_CHUNK,
	    (struct db_value[]){ db_uuid(job), db_int(n) }, 2, &rows, e))
		return false;
	if (db_count(rows) == 0)
		return err_set(e, ERR_ABSENT, "no such part of the export");
	row = db_row(rows, 0);
	id = db_take_uuid(&row);
	return vault_open(room->vault, arena, chunk_place(id),
	    db_take_bytes(&row), out, e);
}

struct step {
	const struct auditlog_job	*job;
	const struct auditlog_page	*page;
	struct bytes			 text;
	bool				 last;
};

static bool
step_body(struct act *act, void *arg, struct err *e)
{
	const struct step *s = arg;
	struct uuid id = uuid_new();
	struct uuid unit = vault_own_unit(act_room(act)->code,
	    date_civil(act_today(act)).year);
	struct bytes sealed;

	if (!act_seal(act, unit, chunk_place(id), s->text, &sealed, e))
		return false;
	act_add(act, QUERY_AUDITLOG_CHUNK_PUT, (struct db_value[]){
	    db_uuid(id), db_uuid(s->job->id), db_int(s->job->chunks),
	    db_bytes(sealed) }, 4, NULL);
	act_add(act, QUERY_AUDITLOG_EXPORT_STEP, (struct db_value[]){
	    db_uuid(s->job->id), db_int(s->job->chunks),
	    db_uuid(s->last ? s->job->position : s->page->next),
	    db_int((int64_t)s->page->n), db_int((int64_t)s->text.n),
	    db_text(s->last ? "ready" : "running") }, 6, NULL);
	return true;
}

static bool
step(struct room *room, struct arena *arena, const struct auditlog_job *job,
    auditlog_writer *write, struct err *e)
{
	size_t most = EXPORT_CHUNK;
	struct auditlog_query q;
	struct auditlog_page page;
	struct step s = { .job = job, .page = &page };

	if (!open_filter(room, arena, job, &q, e))
		return false;
	if (job->most - job->entries < EXPORT_CHUNK)
		most = (size_t)(job->most - job->entries);
	q.filter.before = job->position;
	if (!auditlog_look(room, arena, &q, most, &page, e))
		return false;
	s.last = uuid_is_nil(page.next)
	    || job->entries + (int64_t)page.n >= job->most;
	write(arena, job->format, job->chunks == 0, page.rows, page.n,
	    &s.text);
	return act_run(room, arena, NULL, step_body, &s, e);
}

static void
fail(struct room *room, struct arena *arena, const struct auditlog_job *job)
{
	char id[UUID_TEXT];
	struct err e = { 0 };

	log_event(LOG_ALARM, "export-failed", "id", uuid_text(job->id, id),
	    NULL);
	if (!db_ask(room->db, arena, QUERY_AUDITLOG_EXPORT_FAIL,
	    (struct db_value[]){ db_uuid(job->id) }, 1, NULL, &e))
		log_error("export-fail", &e);
}

/* False: nothing was done. */
static bool
work_once(struct room *room, struct arena *arena, auditlog_writer *write)
{
	struct auditlog_job job = { .percent = 0 };
	struct err e = { 0 };
	struct db_rows *rows;

	if (!db_ask(room->db, arena, QUERY_AUDITLOG_EXPORT_TAKE, NULL, 0,
	    &rows, &e)) {
		log_error("export-take", &e);
		return false;
	}
	if (db_count(rows) == 0)
		return false;
	take_job(db_row(rows, 0), &job);
	if (job.attempts > ATTEMPTS)
		fail(room, arena, &job);
	else if (!step(room, arena, &job, write, &e))
		log_error("export", &e);
	return true;
}

void
auditlog_export_work(struct room *room, struct arena *arena,
    auditlog_writer *write)
{
	struct err e = { 0 };

	if (!db_ask(room->db, arena, QUERY_AUDITLOG_EXPORT_SWEEP, NULL, 0,
	    NULL, &e))
		log_error("export-sweep", &e);
	for (int i = 0; i < ROUND; i++) {
		arena_reset(arena);
		if (!work_once(room, arena, write))
			return;
	}
}

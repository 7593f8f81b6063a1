/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Libpq's only door. A connection lives in pipeline mode from its first
 * second; all that is ever sent is a flight: some commands and one Sync,
 * sent without blocking while answers are read, or two full buffers would
 * wait for each other. Values are lib/db_wire.c's, SQLSTATEs lib/db_state.c's.
 *
 * A lost connection is replaced at its next use, never in silence when
 * statements that write are concerned: whoever holds a session's lock must
 * learn that it is gone.
 */
#include "lib/db.h"

#include <errno.h>
#include <libpq-fe.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "lib/arena.h"
#include "lib/db_flight.h"
#include "lib/db_state.h"
#include "lib/db_wire.h"
#include "lib/err.h"
#include "lib/log.h"
#include "lib/str.h"

enum {
	FLUSH_SIZE = 32 * 1024,		/* a send() for about so many bytes */
	GRACE_MS = 2000,		/* beyond the server's own time limit */
	LOG_EVERY = 60			/* tries to connect */
};

const struct db_statement db_frames[] = {
	[DB_FRAME_BEGIN]    = { .name = "db_begin", .sql = "BEGIN" },
	[DB_FRAME_COMMIT]   = { .name = "db_commit", .sql = "COMMIT" },
	[DB_FRAME_ROLLBACK] = { .name = "db_rollback", .sql = "ROLLBACK" },
};
_Static_assert(sizeof db_frames / sizeof *db_frames == DB_FRAME__MAX,
    "a frame has no statement");

/*
 * Flights
 */

static bool
dead(const struct db *db)
{
	return db->doomed || PQstatus(db->conn) != CONNECTION_OK ||
	    PQsocket(db->conn) < 0;
}

void
db_hang_up(struct db *db)
{
	PQfinish(db->conn);
	db->conn = NULL;
	db->doomed = false;
}

static void
fail(struct db_flight *f, enum err_code code, const char *statement,
    const char *why)
{
	if (f->failed)
		return;
	f->failed = true;
	err_set(&f->err, code, "%s: %s", statement, why);
}

/* Preparing sends two commands a statement. */
static const struct db_statement *
statement_at(const struct db_flight *f, size_t i)
{
	if (i >= f->n)
		i = f->n - 1;
	if (f->steps != NULL)
		return f->steps[i].statement;
	return f->db->plans[i / 2].statement;
}

static bool
send_one(struct db_flight *f)
{
	const struct db_statement *s = statement_at(f, f->sent);
	PGconn *conn = f->db->conn;
	const struct db_step *step;

	if (f->sent == f->n)
		return PQpipelineSync(conn) == 1;
	if (f->steps == NULL) {
		f->unflushed += strlen(s->sql);
		if (f->sent % 2 == 0)
			return PQsendPrepare(conn, s->name, s->sql, 0,
			    NULL) == 1;
		return PQsendDescribePrepared(conn, s->name) == 1;
	}
	step = &f->steps[f->sent];
	f->unflushed += step->size;
	return PQsendQueryPrepared(conn, s->name, step->n, step->values,
	    step->lengths, step->formats, 1) == 1;
}

/* As much as the socket takes; true when nothing waits to be written. */
static bool
send_more(struct db_flight *f)
{
	PGconn *conn = f->db->conn;

	while (!dead(f->db) && f->sent <= f->n) {
		if (f->unflushed >= FLUSH_SIZE) {
			if (PQflush(conn) != 0)
				return false;
			f->unflushed = 0;
		}
		if (!send_one(f)) {
			f->db->doomed = true;
			return false;
		}
		f->sent++;
	}
	if (dead(f->db) || PQflush(conn) != 0)
		return false;
	f->flushed = true;
	return true;
}

static void
refused(struct db_flight *f, const PGresult *r)
{
	const struct db_statement *s = statement_at(f, f->landed);
	const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE);
	const char *severity =
	    PQresultErrorField(r, PG_DIAG_SEVERITY_NONLOCALIZED);
	struct db_refusal refusal = {
		.statement = s->name,
		.sqlstate = state,
		.constraint = PQresultErrorField(r, PG_DIAG_CONSTRAINT_NAME),
		.message = PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY),
	};

	/* Libpq's own errors have no state: the connection broke. */
	if (state == NULL || db_state_lost(state) ||
	    (severity != NULL && strcmp(severity, "ERROR") != 0)) {
		f->db->doomed = true;
		return;
	}
	if (f->failed)
		return;
	f->failed = true;
	db_state_err(&refusal, &f->err);
	/* No value has been sent yet that the message could quote. */
	if (f->steps == NULL)
		err_set(&f->err, ERR_SYSTEM, "%s: SQLSTATE %s: %s", s->name,
		    state, refusal.message);
}

static struct bytes
copy_cell(struct arena *arena, const PGresult *r, int row, int column)
{
	const char *p = PQgetvalue(r, row, column);

	if (PQgetisnull(r, row, column))
		return bytes(NULL, 0);
	return arena_dup(arena, bytes(p, (size_t)PQgetlength(r, row, column)));
}

static struct db_rows *
copy_rows(struct arena *arena, const char *statement, const PGresult *r,
    size_t n)
{
	int columns = PQnfields(r), tuples = PQntuples(r);
	struct db_rows *rows = arena_alloc(arena, sizeof *rows);
	size_t count = (size_t)columns * (size_t)tuples;
	struct bytes *cells = arena_array(arena, count, sizeof *cells);
	enum db_wire *wires = arena_array(arena, (size_t)columns,
	    sizeof *wires);

	for (int c = 0; c < columns; c++)
		wires[c] = db_wire_of(PQftype(r, c));
	for (size_t i = 0; i < count; i++)
		cells[i] = copy_cell(arena, r, (int)(i / (size_t)columns),
		    (int)(i % (size_t)columns));
	*rows = (struct db_rows){
		.statement = statement,
		.n = n,
		.columns = (size_t)columns,
		.wires = wires,
		.cells = cells,
	};
	return rows;
}

static bool
kept(enum db_promise promise, size_t n, size_t tuples)
{
	switch (promise) {
	case DB_NONE:
		return tuples == 0;
	case DB_ONE:
		return n == 1;
	case DB_MAYBE:
		return n <= 1;
	case DB_MANY:
		return true;
	}
	return false;
}

static void
land_step(struct db_flight *f, PGresult *r)
{
	const struct db_step *step = &f->steps[f->landed];
	const struct db_statement *s = step->statement;
	uint64_t n = (uint64_t)PQntuples(r);

	/* A command without a count, like BEGIN, has an empty one. */
	if (PQresultStatus(r) == PGRES_COMMAND_OK &&
	    !str_uint(PQcmdTuples(r), INT64_MAX, &n, NULL))
		n = 0;
	if (!kept(s->promise, (size_t)n, (size_t)PQntuples(r))) {
		fail(f, ERR_CONFLICT, s->name, "its promise of rows is broken");
		snprintf(f->err.constraint, sizeof f->err.constraint, "%s",
		    s->name);
		return;
	}
	/* The server answers COMMIT with ROLLBACK if the act had failed. */
	if (s == &db_frames[DB_FRAME_COMMIT] &&
	    strcmp(PQcmdStatus(r), "COMMIT") != 0)
		fail(f, ERR_SYSTEM, s->name, "the server rolled back");
	if (step->rows != NULL)
		*step->rows = copy_rows(f->arena, s->name, r, (size_t)n);
}

/* What the server says of a statement: checked whole, so that a type that
 * the house cannot carry is found at start and not at its first use. */
static void
land_description(struct db_flight *f, const PGresult *r)
{
	struct db_plan *plan = &f->db->plans[f->landed / 2];
	const struct db_statement *s = plan->statement;
	int params = PQnparams(r), columns = PQnfields(r);

	if ((unsigned)params != s->params) {
		fail(f, ERR_SYSTEM, s->name, "has another count of parameters");
		return;
	}
	for (int i = 0; i < params; i++) {
		plan->params[i] = db_wire_of(PQparamtype(r, i));
		if (plan->params[i] == DB_WIRE_UNKNOWN)
			fail(f, ERR_SYSTEM, s->name,
			    "has a parameter of a foreign type");
	}
	for (int i = 0; i < columns; i++)
		if (db_wire_of(PQftype(r, i)) == DB_WIRE_UNKNOWN)
			fail(f, ERR_SYSTEM, s->name,
			    "has a column of a foreign type");
	if (s->promise == DB_NONE && columns > 0)
		fail(f, ERR_SYSTEM, s->name, "promises no row but has columns");
}

static void
land(struct db_flight *f, PGresult *r)
{
	switch (PQresultStatus(r)) {
	case PGRES_PIPELINE_SYNC:
		f->over = true;
		return;
	case PGRES_PIPELINE_ABORTED:
		break;
	case PGRES_COMMAND_OK:
	case PGRES_TUPLES_OK:
		if (f->steps != NULL)
			land_step(f, r);
		else if (f->landed % 2 == 1)
			land_description(f, r);
		break;
	default:
		refused(f, r);
	}
	/* What a statement by itself did may still fail at the Sync, with
	 * deferred constraints: that answer is beyond the last. */
	if (f->landed < f->n && !f->db->doomed)
		f->landed++;
}

/* A NULL parts two commands' answers; two in a row: nothing is there yet. */
static void
collect(struct db_flight *f)
{
	PGnotify *notify;
	bool parted = false;
	PGresult *r;

	while (!f->over && !f->db->doomed && f->landed < f->sent &&
	    !PQisBusy(f->db->conn)) {
		r = PQgetResult(f->db->conn);
		if (r == NULL && parted)
			break;
		parted = r == NULL;
		if (r != NULL)
			land(f, r);
		PQclear(r);
	}
	/* Their work is done once they wake a poll() on db_fd(). */
	while ((notify = PQnotifies(f->db->conn)) != NULL)
		PQfreemem(notify);
}

/* The server gives up by itself; who hears nothing for longer than all its
 * limits together has lost it. */
static int
patience(const struct db_flight *f)
{
	int64_t ms = (int64_t)f->db->conf.timeout_ms * ((int64_t)f->n + 1);

	if (ms <= 0)
		return -1;
	return ms > INT_MAX - GRACE_MS ? INT_MAX : (int)ms + GRACE_MS;
}

static bool
wait_for_server(struct db_flight *f, bool writing)
{
	struct pollfd p = {
		.fd = PQsocket(f->db->conn),
		.events = writing ? POLLIN | POLLOUT : POLLIN,
	};
	int r = poll(&p, 1, patience(f));

	if (r < 0)
		return errno == EINTR;
	/* A failure leaves its mark on the connection; what came before it
	 * is still to be read. */
	if (r > 0 && (p.revents & ~POLLOUT) != 0)
		PQconsumeInput(f->db->conn);
	return r > 0;
}

static enum db_ending
fly(struct db_flight *f)
{
	struct db *db = f->db;
	bool written;

	db->unsynced = false;
	for (;;) {
		written = send_more(f);
		collect(f);
		if (f->over)
			return f->failed ? DB_REFUSED : DB_ARRIVED;
		if (dead(db) || !wait_for_server(f, !written))
			break;
	}
	db_hang_up(db);
	err_set(&f->err, ERR_LOST, "%s: connection lost",
	    statement_at(f, f->landed)->name);
	return DB_LOST;
}

enum db_ending
db_flight_run(struct db_flight *f, struct db *db, struct arena *arena,
    struct db_step *steps, size_t n)
{
	*f = (struct db_flight){
		.db = db,
		.arena = arena,
		.steps = steps,
		.n = n,
	};
	return fly(f);
}

/*
 * Connecting
 */

/*
 * The transaction is committed here and perhaps nowhere else. The function's
 * name is not translated, unlike the message.
 */
static void
on_notice(void *arg, const PGresult *r)
{
	const char *where = PQresultErrorField(r, PG_DIAG_SOURCE_FUNCTION);
	const char *text = PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY);
	const char *severity =
	    PQresultErrorField(r, PG_DIAG_SEVERITY_NONLOCALIZED);
	struct db *db = arg;

	if (str_equal(where, "SyncRepWaitForLSN") || (text != NULL &&
	    str_starts(text, "canceling wait for synchronous replication")))
		db->unsynced = true;
	/* Between flights an error too comes as a notice. */
	if (severity != NULL && (strcmp(severity, "FATAL") == 0 ||
	    strcmp(severity, "PANIC") == 0))
		db->doomed = true;
}

static bool
broken(struct db *db, enum err_code code, const char *what, struct err *e)
{
	const char *why = PQerrorMessage(db->conn);

	err_set(e, code, "%s: %.*s", what, (int)strcspn(why, "\n"), why);
	db_hang_up(db);
	return false;
}

static bool
settings(struct db *db, struct err *e)
{
	static const char sql[] =
	    "SELECT pg_catalog.set_config(name, value, false) FROM (VALUES"
	    " ('TimeZone', 'UTC'),"
	    " ('search_path', 'pg_catalog'),"
	    " ('statement_timeout', $1),"
	    " ('application_name', session_user::text),"
	    " ('default_transaction_isolation', 'read committed'),"
	    " ('plan_cache_mode', 'auto'),"
	    " ('standard_conforming_strings', 'on'),"
	    " ('client_min_messages', 'warning')) AS s(name, value)";
	char timeout[16];
	const char *values[] = { timeout };
	const char *encoding = PQparameterStatus(db->conn, "server_encoding");
	PGresult *r;
	bool ok;

	if (encoding == NULL || strcmp(encoding, "UTF8") != 0)
		return broken(db, ERR_SYSTEM, "the database is not UTF-8", e);
	snprintf(timeout, sizeof timeout, "%d", db->conf.timeout_ms);
	r = PQexecParams(db->conn, sql, 1, NULL, values, NULL, NULL, 0);
	ok = PQresultStatus(r) == PGRES_TUPLES_OK;
	PQclear(r);
	if (ok)
		return true;
	return broken(db, dead(db) ? ERR_LOST : ERR_SYSTEM,
	    "cannot set up the session", e);
}

static bool
prepare(struct db *db, struct err *e)
{
	struct db_flight f;

	if (db_flight_run(&f, db, NULL, NULL, 2 * db->plans_n) == DB_ARRIVED)
		return true;
	db_hang_up(db);
	if (e != NULL)
		*e = f.err;
	return false;
}

/* ERR_LOST: another try may go better. */
static bool
dial(struct db *db, struct err *e)
{
	const char *keys[] = { "dbname", "client_encoding", NULL };
	const char *values[] = { db->conf.conninfo, "UTF8", NULL };

	db->conn = PQconnectdbParams(keys, values, 1);
	if (PQstatus(db->conn) != CONNECTION_OK)
		return broken(db, ERR_LOST, "cannot connect", e);
	PQsetNoticeReceiver(db->conn, on_notice, db);
	if (!settings(db, e))
		return false;
	if (PQsetnonblocking(db->conn, 1) != 0 ||
	    PQenterPipelineMode(db->conn) != 1)
		return broken(db, ERR_SYSTEM, "no pipeline mode", e);
	return prepare(db, e);
}

/* False when a signal came: it may want us to end. */
static bool
nap(int ms)
{
	struct timespec t = {
		.tv_sec = ms / 1000,
		.tv_nsec = ms % 1000 * 1000000L,
	};

	return nanosleep(&t, NULL) == 0;
}

static void
plans_init(struct db *db)
{
	const struct db_conf *conf = &db->conf;
	const struct db_statement *s;
	struct db_plan *plan;

	db->plans = arena_array(db->arena, conf->n + DB_FRAME__MAX,
	    sizeof *db->plans);
	db->by_number = arena_array(db->arena, conf->n,
	    sizeof *db->by_number);
	for (size_t i = 0; i < DB_FRAME__MAX; i++)
		db->plans[db->plans_n++].statement = &db_frames[i];
	for (size_t i = 0; i < conf->n; i++) {
		s = &conf->statements[i];
		if ((s->roles >> conf->role & 1) == 0)
			continue;
		plan = &db->plans[db->plans_n++];
		plan->statement = s;
		plan->params = arena_array(db->arena, s->params,
		    sizeof *plan->params);
		db->by_number[i] = plan;
	}
}

bool
db_open(const struct db_conf *conf, struct db **out, struct err *e)
{
	struct arena *arena = arena_new(0);
	struct db *db = arena_alloc(arena, sizeof *db);
	struct err why;

	db->arena = arena;
	db->conf = *conf;
	db->conf.conninfo = arena_strdup(arena, conf->conninfo);
	plans_init(db);
	for (unsigned tries = 0; !dial(db, &why); tries++) {
		if (why.code == ERR_LOST && conf->retry_ms > 0) {
			if (tries % LOG_EVERY == 0)
				log_error("db-waiting", &why);
			if (nap(conf->retry_ms))
				continue;
		}
		db_close(db);
		return err_set(e, ERR_SYSTEM, "database: %s", why.text);
	}
	*out = db;
	return true;
}

void
db_close(struct db *db)
{
	if (db == NULL)
		return;
	PQfinish(db->conn);
	arena_free(db->arena);
}

int
db_fd(const struct db *db)
{
	return db->conn == NULL ? -1 : PQsocket(db->conn);
}

/* Between flights the server says nothing unless it leaves. */
bool
db_alive(struct db *db)
{
	struct pollfd p = { .fd = PQsocket(db->conn), .events = POLLIN };

	while (!dead(db) && poll(&p, 1, 0) > 0) {
		PQconsumeInput(db->conn);
		PQisBusy(db->conn);	/* parses */
	}
	return !dead(db);
}

bool
db_ready(struct db *db, bool reading, struct err *e)
{
	if (db->conn != NULL && db_alive(db))
		return true;
	if (db->conn != NULL) {
		db_hang_up(db);
		if (!reading)
			return err_set(e, ERR_LOST, "connection was lost");
	}
	return dial(db, e);
}


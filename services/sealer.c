/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rounds, and how leaves get their places. "Give a place to what is newer
 * than the last" would lose entries: transactions commit in another order
 * than they begin. So leaves are found by transaction id from the oldest that
 * may still have run at the last look, less those that have a place.
 */
#include "services/sealer.h"

#include <stdio.h>
#include <string.h>

#include "audit/checkpoint.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/clock.h"
#include "lib/conf.h"
#include "lib/db.h"
#include "lib/err.h"
#include "lib/log.h"
#include "schema/statements.h"
#include "services/act.h"
#include "services/keyring.h"
#include "services/leafcheck.h"
#include "services/origin.h"
#include "services/room.h"
#include "services/sealer_state.h"
#include "services/signing.h"

enum {
	SOME = 4096,		/* leaves of an act */
	ROUND_MS = 2000,	/* then the parent is asked whether to end */
	CHECKPOINT_MS = 1000,	/* at least so often while there is work */
	ALARM_MS = 60 * 1000	/* the same alarm once in so long */
};

void
sealer_step(const struct sealer *s, enum sealer_step step)
{
	if (s->watch != NULL)
		s->watch(step);
}

void
sealer_watch(struct sealer *s, void (*watch)(enum sealer_step))
{
	s->watch = watch;
}

struct shard *
sealer_shard(struct sealer *s, int year)
{
	for (size_t i = 0; i < s->shards; i++)
		if (s->shard[i].year == year)
			return &s->shard[i];
	return NULL;
}

const char *
sealer_folder(const struct sealer *s, struct arena *arena, int year)
{
	return arena_printf(arena, "%s/%d", s->tiles, year);
}

bool
sealer_new(struct arena *arena, struct room *room, struct sealer **out,
    struct err *e)
{
	const struct keyring_public *key = keyring_find(&room->publics,
	    ROOM_SIGNER);
	struct sealer *s = arena_alloc(arena, sizeof *s);

	s->room = room;
	s->published = clock_monotonic();
	s->tiles = conf_text(room->conf, "path", "tiles");
	s->keys = conf_text(room->conf, "path", "keys");
	s->authority = conf_text(room->conf, "authority", "origin");
	s->socket = arena_printf(arena, "%s/signer/socket",
	    conf_text(room->conf, "path", "run"));
	if (key == NULL)
		return err_set(e, ERR_SYSTEM, "the signer has no public key; "
		    "run balcao key unlock");
	memcpy(s->public, key->sign, sizeof s->public);
	*out = s;
	return macs_load(s->keys, &s->macs, e) && quorum_load(arena,
	    conf_text(room->conf, "log", "witnesses"), &s->quorum, e);
}

/* ---- where the log stands ---- */

static bool
load_shard(struct sealer *s, struct arena *arena, struct db_row row,
    struct err *e)
{
	int year = (int)db_take_int(&row);
	uint64_t size = (uint64_t)db_take_int(&row);
	int64_t low = db_take_int(&row);
	struct bytes root = db_take_bytes(&row);
	bool closed = db_take_bool(&row);
	int64_t mark = db_take_int(&row);
	struct shard *shard = &s->shard[s->shards];
	struct db_rows *rows;
	struct hash h;

	if (root.n != CRYPTO_HASH)
		return err_set(e, ERR_SYSTEM, "a root has 32 bytes");
	memcpy(h.b, root.p, sizeof h.b);
	if (!shard_load(shard, arena, s->room->db, year, size, &h, e) ||
	    !db_ask(s->room->db, arena, QUERY_SEALER_NEWEST,
	    (struct db_value[]){ db_int(year) }, 1, &rows, e))
		return false;
	if (db_count(rows) > 0) {
		row = db_row(rows, 0);
		shard->published = (uint64_t)db_take_int(&row);
	}
	shard->closed = closed;
	shard->mark = mark;
	s->shards++;
	if (low > s->low)
		s->low = low;
	return true;
}

/* A year that neither has, is compared too: the database may be new. */
static bool
compare_all(struct sealer *s, struct arena *arena, struct err *e)
{
	int now = origin_year_at(clock_now());

	for (size_t i = 0; i < s->shards; i++)
		if (!sealer_compare(s, arena, s->shard[i].year, &s->shard[i],
		    e))
			return false;
	return sealer_shard(s, now) != NULL ||
	    sealer_compare(s, arena, now, NULL, e);
}

static bool
load(struct sealer *s, struct arena *arena, struct err *e)
{
	struct db_rows *rows;
	size_t first;

	s->loaded = false;
	s->shards = 0;
	s->low = s->cursor = 0;
	if (!db_ask(s->room->db, arena, QUERY_SEALER_STATES, NULL, 0, &rows,
	    e))
		return false;
	first = db_count(rows) > SEALER_SHARDS - 1 ?
	    db_count(rows) - (SEALER_SHARDS - 1) : 0;
	for (size_t i = first; i < db_count(rows); i++)
		if (!load_shard(s, arena, db_row(rows, i), e))
			return false;
	if (!compare_all(s, arena, e))
		return false;
	s->loaded = true;
	return true;
}

/* The horizon, and whether this connection has the lock: a lost connection
 * has lost it. */
static bool
look(struct sealer *s, struct arena *arena, int64_t *end, struct err *e)
{
	struct db_rows *rows;
	struct db_row row;

	if (!db_ask(s->room->db, arena, QUERY_SEALER_HORIZON, NULL, 0, &rows,
	    e))
		return false;
	row = db_row(rows, 0);
	s->horizon = db_take_int(&row);
	*end = db_take_int(&row);
	if (db_take_bool(&row))
		return true;
	s->loaded = false;
	if (!db_ask(s->room->db, arena, QUERY_SEALER_LOCK, NULL, 0, &rows, e))
		return false;
	row = db_row(rows, 0);
	return db_take_bool(&row) ||
	    err_set(e, ERR_BUSY, "another sequencer works");
}

bool
sealer_ready(struct sealer *s, struct arena *arena, struct err *e)
{
	int64_t end;

	return look(s, arena, &end, e) && (s->loaded || load(s, arena, e));
}

/* ---- places ---- */

struct part {
	struct shard	 shard;		/* as it is to be */
	uint64_t	 from;		/* size before */
	bool		 fresh;
	struct buf	 seq, nodes;
};

struct batch {
	struct sealer	*s;
	struct arena	*arena;
	struct leaf	*leaf;
	int		*year;		/* of the log that takes it */
	uint64_t	*index;
	size_t		 n;
	struct part	 part[SEALER_SHARDS];
	size_t		 parts;
	struct buf	 chains;
	int64_t		 low, cursor;	/* afterwards */
};

/*
 * From where the next look begins. Of a transaction at the limit of a batch
 * some leaves may be left. A look at all leaves (low 0: a new log, or a new
 * cluster with other transaction ids) ends where it began.
 */
static int64_t
low_after(const struct sealer *s, int64_t cursor)
{
	if (s->low == 0)
		return s->drained ? s->swept : 0;
	return s->drained || cursor > s->horizon ? s->horizon : cursor;
}

static bool
read_some(struct batch *b, int64_t end, struct err *e)
{
	struct sealer *s = b->s;
	bool sweep = s->low == 0;
	struct db_rows *rows;

	if (sweep && s->cursor == 0)
		s->swept = s->horizon;
	if (!db_ask(s->room->db, b->arena, QUERY_SEALER_SOME,
	    (struct db_value[]){ db_int(sweep ? s->cursor : s->low),
	    db_int(sweep ? INT64_MAX : end), db_int(SOME) }, 3, &rows, e))
		return false;
	b->n = db_count(rows);
	b->leaf = arena_array(b->arena, b->n, sizeof *b->leaf);
	b->year = arena_array(b->arena, b->n, sizeof *b->year);
	b->index = arena_array(b->arena, b->n, sizeof *b->index);
	for (size_t i = 0; i < b->n; i++) {
		struct db_row row = db_row(rows, i);
		struct leaf *leaf = &b->leaf[i];

		leaf->year = (int)db_take_int(&row);
		leaf->event = db_take_uuid(&row);
		leaf->bytes = db_take_bytes(&row);
		leaf->mac = db_take_bytes(&row);
		leaf->xid = db_take_int(&row);
	}
	s->drained = b->n < SOME;
	b->cursor = b->n > 0 ? b->leaf[b->n - 1].xid : s->cursor;
	b->low = low_after(s, b->cursor);
	return true;
}

static int
newest_year(const struct batch *b)
{
	int year = 0;

	for (size_t i = 0; i < b->s->shards; i++)
		if (b->s->shard[i].year > year)
			year = b->s->shard[i].year;
	for (size_t i = 0; i < b->parts; i++)
		if (b->part[i].shard.year > year)
			year = b->part[i].shard.year;
	return year;
}

/* A year's log begins with its first leaf, unless a later one has begun. */
static int
log_of(const struct batch *b, struct leaf *leaf)
{
	const struct shard *shard = sealer_shard(b->s, leaf->year);
	int newest = newest_year(b);

	if (shard != NULL && !shard->closed)
		return leaf->year;
	if (shard == NULL && leaf->year >= newest)
		return leaf->year;
	if (leaf->fault == LEAF_FINE)
		leaf->fault = LEAF_LATE;
	shard = sealer_shard(b->s, newest);
	if (shard == NULL || !shard->closed)
		return newest;
	return newest + 1;
}

static struct part *
part_of(struct batch *b, int year)
{
	const struct shard *shard = sealer_shard(b->s, year);
	struct part *p;

	for (size_t i = 0; i < b->parts; i++)
		if (b->part[i].shard.year == year)
			return &b->part[i];
	if (b->parts == SEALER_SHARDS)
		return NULL;
	p = &b->part[b->parts++];
	p->fresh = shard == NULL;
	if (shard != NULL)
		p->shard = *shard;
	p->shard.year = year;
	p->from = p->shard.size;
	p->seq = buf_new(b->arena, SHARD_SEQ * b->n);
	p->nodes = buf_new(b->arena, SHARD_NODE * (b->n / TILE_WIDTH + 2));
	return p;
}

static bool
place(struct batch *b, size_t i, struct err *e)
{
	struct leaf *leaf = &b->leaf[i];
	struct hash hash = tree_leaf(leaf->bytes);
	struct part *p;

	b->year[i] = log_of(b, leaf);
	p = part_of(b, b->year[i]);
	if (p == NULL)
		return err_set(e, ERR_LIMIT, "leaves of more than %d years "
		    "at once", SEALER_SHARDS);
	b->index[i] = p->shard.size;
	buf_put(&p->seq, leaf->event.b, UUID_SIZE);
	buf_put(&p->seq, hash.b, sizeof hash.b);
	shard_add(&p->shard, &hash, &p->nodes);
	return true;
}

/* ---- the act ---- */

static bool
say_quarantine(struct act *act, const struct batch *b, size_t i,
    struct err *e)
{
	const struct leaf *leaf = &b->leaf[i];
	const struct db_value year = db_int(b->year[i]);
	const struct db_value index = db_int((int64_t)b->index[i]);
	const struct db_value why = db_text(leaf_fault_name(leaf->fault));
	const struct entry_value values[] = {
		{ COLUMN_AUDIT_SEQ_YEAR, &year },
		{ COLUMN_AUDIT_SEQ_IDX, &index },
		{ COLUMN_AUDIT_LEAF_LEAF, &why },
	};

	return act_say(act, &(struct act_entry){
	    .type = EVENT_QUARANTINE,
	    .outcome = OUTCOME_ERROR,
	    .purpose = PURPOSE_OPERATION,
	    .table = TABLE_AUDIT_LEAF,
	    .row = leaf->event,
	    .values = values,
	    .n = sizeof values / sizeof *values }, NULL, e);
}

static void
add_part(struct act *act, const struct batch *b, const struct part *p)
{
	const struct db_value year = db_int(p->shard.year);
	struct hash root = shard_root(&p->shard);

	if (p->fresh)
		act_add(act, QUERY_SEALER_YEAR_NEW, (struct db_value[]){ year,
		    db_int(b->low) }, 2, NULL);
	act_add(act, QUERY_SEALER_ADVANCE, (struct db_value[]){ year,
	    db_int((int64_t)p->from), db_int((int64_t)p->shard.size),
	    db_bytes(bytes(root.b, sizeof root.b)), db_int(b->low) }, 5,
	    NULL);
	act_add(act, QUERY_SEALER_SEQ, (struct db_value[]){ year,
	    db_int((int64_t)p->from), db_bytes(buf_bytes(&p->seq)) }, 3,
	    NULL);
	if (p->nodes.n > 0)
		act_add(act, QUERY_SEALER_NODES, (struct db_value[]){ year,
		    db_bytes(buf_bytes(&p->nodes)) }, 2, NULL);
}

static bool
seal_body(struct act *act, void *arg, struct err *e)
{
	const struct batch *b = arg;

	for (size_t i = 0; i < b->parts; i++)
		add_part(act, b, &b->part[i]);
	if (b->chains.n > 0)
		act_add(act, QUERY_SEALER_CHAINS, (struct db_value[]){
		    db_bytes(buf_bytes(&b->chains)) }, 1, NULL);
	for (size_t i = 0; i < b->n; i++)
		if (b->leaf[i].fault != LEAF_FINE &&
		    !say_quarantine(act, b, i, e))
			return false;
	return true;
}

static void
raise_alarms(const struct batch *b)
{
	char event[UUID_TEXT], year[12], index[24];

	for (size_t i = 0; i < b->n; i++) {
		if (b->leaf[i].fault == LEAF_FINE)
			continue;
		snprintf(year, sizeof year, "%d", b->year[i]);
		snprintf(index, sizeof index, "%llu",
		    (unsigned long long)b->index[i]);
		log_event(LOG_ALARM, "quarantine", "entry",
		    uuid_text(b->leaf[i].event, event), "why",
		    leaf_fault_name(b->leaf[i].fault), "year", year, "index",
		    index, NULL);
	}
}

/* Only now does the memory move, to what the database says. */
static void
moved(struct batch *b)
{
	struct sealer *s = b->s;

	for (size_t i = 0; i < b->parts; i++) {
		struct shard *shard = sealer_shard(s, b->part[i].shard.year);

		if (shard == NULL)
			shard = &s->shard[s->shards++];
		*shard = b->part[i].shard;
	}
	s->low = b->low;
	s->cursor = b->cursor;
}

static bool
seal_batch(struct batch *b, int64_t end, struct err *e)
{
	struct sealer *s = b->s;

	if (!read_some(b, end, e))
		return false;
	sealer_step(s, SEALER_READ);
	if (b->n == 0) {
		s->low = b->low;
		return true;
	}
	b->chains = buf_new(b->arena, LEAFCHECK_CHAIN * 16);
	if (!leafcheck_all(b->arena, s->room->db, &s->macs, s->keys, b->leaf,
	    b->n, &b->chains, e))
		return false;
	for (size_t i = 0; i < b->n; i++)
		if (!place(b, i, e))
			return false;
	/* Room for the years that this batch begins. */
	if (s->shards + b->parts > SEALER_SHARDS)
		s->loaded = false;
	if (!act_run(s->room, b->arena, NULL, seal_body, b, e)) {
		s->loaded = false;
		return false;
	}
	if (s->loaded)
		moved(b);
	sealer_step(s, SEALER_PLACED);
	raise_alarms(b);
	return true;
}

bool
sealer_seal(struct sealer *s, struct arena *arena, size_t *n, struct err *e)
{
	struct batch b = { .s = s, .arena = arena };
	int64_t end;

	*n = 0;
	if (!look(s, arena, &end, e) || (!s->loaded && !load(s, arena, e)) ||
	    !seal_batch(&b, end, e))
		return false;
	*n = b.n;
	return true;
}

/* ---- rounds ---- */

static void
complain(struct sealer *s, const struct err *e)
{
	int64_t now = clock_monotonic();

	s->loaded = false;
	if (e->code == ERR_BUSY)
		return;		/* the other one works */
	if (e->code != ERR_CONFLICT) {
		log_error("round-failed", e);
		if (now - s->published < ALARM_MS)
			return;
	}
	if (s->told != 0 && now - s->told < ALARM_MS)
		return;
	s->told = now;
	if (e->code == ERR_CONFLICT)
		log_event(LOG_ALARM, "log-refused", "rule", e->constraint,
		    "text", e->text, NULL);
	else
		log_event(LOG_ALARM, "audit-stale", "text", e->text, NULL);
}

static bool
publish_due(const struct sealer *s)
{
	return s->drained ||
	    clock_monotonic() - s->published >= CHECKPOINT_MS;
}

static bool
work(struct sealer *s, struct err *e)
{
	int64_t start = clock_monotonic();
	bool ok = true;
	size_t n = 1;

	s->drained = false;
	while (ok && !s->drained && clock_monotonic() - start < ROUND_MS) {
		struct arena *arena = arena_new(0);

		ok = sealer_seal(s, arena, &n, e) &&
		    (!publish_due(s) || sealer_publish(s, arena, e));
		arena_free(arena);
	}
	return ok;
}

void
sealer_round(struct sealer *s, struct arena *arena)
{
	struct err e;

	if (!work(s, &e) || !sealer_close_years(s, arena, &e) ||
	    !sealer_cosigned(s, arena, &e))
		complain(s, &e);
}

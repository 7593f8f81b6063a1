/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Checking leaves before they get their place. The chains of the writers that
 * occur are read in one go, followed in memory, and handed back to be written
 * in the same act as the places.
 */
#include "services/leafcheck.h"

#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/crypto.h"
#include "lib/db.h"
#include "lib/err.h"
#include "lib/log.h"
#include "schema/registry.h"
#include "schema/statements.h"
#include "services/macs.h"
#include "services/origin.h"

enum {
	HAS_PRIOR = 1,
	IS_CLOSED = 2
};

/* A writer's place, and its last leaf before the transaction of the last. */
struct place {
	uint8_t		writer[ENTRY_WRITER];	/* all zero: an empty slot */
	struct chain	chain;
	bool		begun;		/* it has an entry in the log */
	bool		moved;
	bool		has_prior;
	struct hash	prior;
	int64_t		xid;
};

struct check {
	struct arena	*arena;
	struct db	*db;
	struct macs	*macs;
	const char	*keys;
	bool		 reread;	/* the MAC keys, once */
	struct place	*place;		/* by hash of the writer's id */
	size_t		 places;	/* a power of two */
};

const char *
leaf_fault_name(enum leaf_fault f)
{
	static const char *const names[] = {
		[LEAF_FINE] = "fine", [LEAF_FORM] = "form",
		[LEAF_MAC] = "mac", [LEAF_CHAIN] = "chain",
		[LEAF_TAIL] = "tail", [LEAF_LATE] = "late",
	};

	return names[f];
}

/* ---- writers' places ---- */

static size_t
slot_of(const struct check *c, const uint8_t *writer)
{
	size_t n = 0;

	for (size_t i = 0; i < ENTRY_WRITER; i++)
		n = n * 31 + writer[i];
	return n & (c->places - 1);
}

static struct place *
place_of(const struct check *c, const uint8_t *writer)
{
	static const uint8_t nobody[ENTRY_WRITER];
	size_t at = slot_of(c, writer);

	while (memcmp(c->place[at].writer, nobody, ENTRY_WRITER) != 0 &&
	    memcmp(c->place[at].writer, writer, ENTRY_WRITER) != 0)
		at = (at + 1) & (c->places - 1);
	memcpy(c->place[at].writer, writer, ENTRY_WRITER);
	return &c->place[at];
}

static void
take_place(const struct check *c, struct db_row row)
{
	struct bytes writer = db_take_bytes(&row), hash;
	struct place *p;

	if (writer.n != ENTRY_WRITER)
		return;
	p = place_of(c, writer.p);
	p->begun = true;
	memcpy(p->chain.writer, p->writer, ENTRY_WRITER);
	p->chain.room = (uint64_t)db_take_int(&row);
	p->chain.next = (uint64_t)db_take_int(&row);
	hash = db_take_bytes(&row);
	if (hash.n == CRYPTO_HASH)
		memcpy(p->chain.last.b, hash.p, hash.n);
	hash = db_take_bytes(&row);
	p->has_prior = hash.n == CRYPTO_HASH;
	if (p->has_prior)
		memcpy(p->prior.b, hash.p, hash.n);
	p->xid = db_take_int(&row);
	p->chain.closed = db_take_bool(&row);
}

static bool
load_places(struct check *c, const struct leaf *leaf, size_t n,
    struct err *e)
{
	struct buf writers = buf_new(c->arena, ENTRY_WRITER * n);
	struct db_rows *rows;

	c->places = 16;
	while (c->places < 4 * n)
		c->places *= 2;
	c->place = arena_array(c->arena, c->places, sizeof *c->place);
	for (size_t i = 0; i < n; i++)
		if (leaf[i].parsed)
			buf_put_bytes(&writers, leaf[i].read.writer);
	if (writers.n == 0)
		return true;
	if (!db_ask(c->db, c->arena, QUERY_SEALER_WRITERS,
	    (struct db_value[]){ db_bytes(buf_bytes(&writers)) }, 1, &rows,
	    e))
		return false;
	for (size_t i = 0; i < db_count(rows); i++)
		take_place(c, db_row(rows, i));
	return true;
}

static void
pack_places(const struct check *c, struct buf *out)
{
	for (size_t i = 0; i < c->places; i++) {
		const struct place *p = &c->place[i];

		if (!p->moved)
			continue;
		buf_put(out, p->writer, ENTRY_WRITER);
		buf_u16(out, (uint16_t)p->chain.room);
		buf_u64(out, p->chain.next);
		buf_u64(out, (uint64_t)p->xid);
		buf_put(out, p->chain.last.b, CRYPTO_HASH);
		buf_u8(out, (uint8_t)((p->has_prior ? HAS_PRIOR : 0) |
		    (p->chain.closed ? IS_CLOSED : 0)));
		buf_put(out, p->prior.b, CRYPTO_HASH);
	}
}

/* ---- one leaf ---- */

static bool
parse(struct leaf *leaf)
{
	const struct entry_read *r = &leaf->read;

	return entry_parse(leaf->bytes, &leaf->read, NULL) &&
	    bytes_equal(r->id, uuid_bytes(&leaf->event)) &&
	    r->room > 0 && r->room < ROOM__MAX && r->at <= INT64_MAX &&
	    origin_year_at((instant)r->at) == leaf->year;
}

/* Keys may have been rotated since they were read. */
static bool
mac_holds(struct check *c, const struct leaf *leaf)
{
	enum macs_verdict v = macs_check(c->macs, leaf->read.room,
	    leaf->bytes, leaf->mac);
	struct err e;

	if (v != MACS_UNKNOWN || c->reread)
		return v == MACS_HOLDS;
	c->reread = true;
	if (!macs_load(c->keys, c->macs, &e))
		log_error("keys-not-read", &e);
	return macs_check(c->macs, leaf->read.room, leaf->bytes, leaf->mac)
	    == MACS_HOLDS;
}

static bool
stands_here(const struct check *c, struct bytes hash)
{
	for (size_t i = 0; i < c->places; i++) {
		const struct place *p = &c->place[i];

		if (bytes_equal(hash, bytes(p->chain.last.b, CRYPTO_HASH)) ||
		    (p->has_prior && bytes_equal(hash, bytes(p->prior.b,
		    CRYPTO_HASH))))
			return true;
	}
	return false;
}

/*
 * A process says which leaf was the last known of the one before it. That
 * writer stands there, or one act further on; after a crash of the machine
 * the slot may be older, and then all leaves are looked at.
 */
static bool
has_tail(const struct check *c, const struct leaf *leaf, bool *has,
    struct err *e)
{
	struct bytes known = leaf->read.previous;
	struct db_rows *rows;
	struct db_row row;

	*has = known.n == 0 || stands_here(c, known);
	if (*has)
		return true;
	if (!db_ask(c->db, c->arena, QUERY_SEALER_STANDS, (struct db_value[]){
	    db_bytes(known) }, 1, &rows, e))
		return false;
	row = db_row(rows, 0);
	*has = db_take_bool(&row);
	if (*has)
		return true;
	if (!db_ask(c->db, c->arena, QUERY_SEALER_HAS_LEAF,
	    (struct db_value[]){ db_bytes(known), db_int(leaf->year) }, 2,
	    &rows, e))
		return false;
	row = db_row(rows, 0);
	*has = db_take_bool(&row);
	return true;
}

static bool
follow(struct check *c, struct leaf *leaf, struct err *e)
{
	struct place *p = place_of(c, leaf->read.writer.p);
	bool first = !p->begun, has = true;
	struct hash before = p->chain.last;

	if (!chain_follow(&p->chain, &leaf->read, leaf->bytes, NULL))
		leaf->fault = LEAF_CHAIN;
	if (first && leaf->read.type == EVENT_WRITER_OPEN &&
	    !has_tail(c, leaf, &has, e))
		return false;
	if (!has)
		leaf->fault = LEAF_TAIL;
	if (!first && leaf->xid != p->xid) {
		p->has_prior = true;
		p->prior = before;
	}
	p->begun = p->moved = true;
	p->xid = leaf->xid;
	return true;
}

bool
leafcheck_all(struct arena *arena, struct db *db, struct macs *macs,
    const char *keys, struct leaf *leaf, size_t n, struct buf *chains,
    struct err *e)
{
	struct check c = { .arena = arena, .db = db, .macs = macs,
	    .keys = keys };

	for (size_t i = 0; i < n; i++)
		leaf[i].parsed = parse(&leaf[i]);
	if (!load_places(&c, leaf, n, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		leaf[i].fault = LEAF_FINE;
		if (!leaf[i].parsed)
			leaf[i].fault = LEAF_FORM;
		else if (macs != NULL && !mac_holds(&c, &leaf[i]))
			leaf[i].fault = LEAF_MAC;
		else if (!follow(&c, &leaf[i], e))
			return false;
	}
	pack_places(&c, chains);
	return true;
}

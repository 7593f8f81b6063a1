/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From the log back to a receipt: the leaf, what opens its commitments, the
 * rows it commits to, and the way to a signed root.
 */
#include "services/attest.h"

#include <string.h>

#include "audit/image.h"
#include "audit/proof.h"
#include "audit/receipt.h"
#include "lib/arena.h"
#include "lib/cbor.h"
#include "lib/conf.h"
#include "lib/db.h"
#include "lib/envelope.h"
#include "lib/err.h"
#include "schema/statements.h"
#include "services/origin.h"
#include "services/room.h"
#include "services/session.h"
#include "services/vault.h"

enum {
	DETAIL_VERSION = 1,
	DETAIL_FIELDS = 7,
	COLUMNS = RECEIPT_COLUMNS
};

/* An entry as the log has it. */
struct kept {
	struct bytes		 leaf, detail;
	struct entry_read	 read;
};

/* The tables whose rows a receipt shows, and their sealed column. */
static const struct shown {
	enum table_code	 table;
	unsigned	 statement;
	unsigned	 columns;
	unsigned	 sealed;	/* which column; 0: none */
	uint16_t	 class;
} shown[] = {
	{ TABLE_CASEWORK_APPLICATION, QUERY_RECEIPT_APPLICATION, 18, 0, 0 },
	{ TABLE_CASEWORK_EVENT, QUERY_RECEIPT_EVENT, 14, 0, 0 },
	{ TABLE_CASEWORK_SUBMISSION, QUERY_RECEIPT_SUBMISSION, 6, 5,
	    CLASS_ANSWERS },
	{ TABLE_CASEWORK_DECISION, QUERY_RECEIPT_DECISION, 8, 7,
	    CLASS_LETTER },
};

bool
attest_list(struct room *room, struct arena *arena, const struct session *s,
    struct uuid application, struct attest_entry **out, size_t *n,
    struct err *e)
{
	struct db_rows *rows;

	if (!db_ask(room->db, arena, QUERY_RECEIPT_LIST, (struct db_value[]){
	    db_bytes(secret_bytes(&s->token)), db_uuid(application) }, 2,
	    &rows, e))
		return false;
	*n = db_count(rows);
	*out = arena_array(arena, *n, sizeof **out);
	for (size_t i = 0; i < *n; i++) {
		struct db_row row = db_row(rows, i);
		struct attest_entry *a = &(*out)[i];

		a->event = db_take_uuid(&row);
		a->at = db_take_instant(&row);
		a->type = (enum event_type)db_take_int(&row);
	}
	return true;
}

static bool
fetch(struct room *room, struct arena *arena, const struct session *s,
    struct uuid event, struct kept *k, struct err *e)
{
	struct db_rows *rows;
	struct db_row row;

	if (!db_ask(room->db, arena, QUERY_RECEIPT_ENTRY,
	    (struct db_value[]){ db_bytes(secret_bytes(&s->token)),
	    db_uuid(event) }, 2, &rows, e))
		return false;
	if (db_count(rows) == 0)
		return err_set(e, ERR_ABSENT, "no such entry about them");
	row = db_row(rows, 0);
	k->leaf = db_take_bytes(&row);
	k->detail = db_take_bytes(&row);
	return entry_parse(k->leaf, &k->read, e);
}

/* ---- the promise ---- */

bool
attest_promise(struct room *room, struct arena *arena,
    const struct session *s, struct uuid event, struct attest_promise *p,
    struct err *e)
{
	struct kept k;

	if (!fetch(room, arena, s, event, &k, e))
		return false;
	p->origin = origin_of(arena, conf_text(room->conf, "authority",
	    "origin"), origin_year_at((instant)k.read.at));
	p->leaf = entry_leaf_hash(k.leaf);
	p->deadline = (int64_t)k.read.at / 1000 + 60 * conf_int(room->conf,
	    "log", "promise_minutes");
	crypto_sign(&room->ring.sign_seed, promise_bytes(arena, p->origin,
	    &p->leaf, p->deadline), p->signature);
	return true;
}

bool
attest_standing(struct room *room, struct arena *arena, struct uuid event,
    struct proof_found *found, unsigned *witnesses, struct err *e)
{
	struct db_rows *rows;
	struct db_row row;

	*witnesses = 0;
	if (!proof_find(room->db, arena, event, found, e))
		return false;
	if (found->state == PROOF_LATER)
		return true;
	if (!db_ask(room->db, arena, QUERY_RECEIPT_WITNESSES,
	    (struct db_value[]){ db_int(found->year),
	    db_int((int64_t)found->index) }, 2, &rows, e))
		return false;
	row = db_row(rows, 0);
	*witnesses = (unsigned)db_take_int(&row);
	return true;
}

/* ---- the receipt ---- */

static void
add_value(struct receipt *r, unsigned field, struct bytes committed,
    struct bytes value)
{
	if (committed.n > 0 && value.n > 0)
		r->value[r->values++] = (struct receipt_value){ field, value };
}

/* The system acts in its room's name, which is its code. */
static struct bytes
actor_of(struct arena *arena, const struct kept *k, struct bytes account)
{
	uint8_t *code;

	if (account.n > 0)
		return account;
	code = arena_alloc(arena, 2);
	code[0] = (uint8_t)(k->read.room >> 8);
	code[1] = (uint8_t)k->read.room;
	return bytes(code, 2);
}

static bool
open_detail(struct room *room, struct arena *arena, const struct kept *k,
    struct uuid event, struct receipt *r, struct err *e)
{
	struct bytes plain, salt, actor, subject, row, application;
	struct cbor c;
	bool fits;

	if (!vault_open(room->vault, arena, (struct envelope_place){
	    .table = TABLE_AUDIT_LEAF, .class = CLASS_DETAIL, .row = event,
	    .version = 1 }, k->detail, &plain, e))
		return false;
	c = cbor_read(plain);
	fits = cbor_array_of(&c, DETAIL_FIELDS)
	    && cbor_uint(&c) == DETAIL_VERSION;
	salt = cbor_bytes(&c);
	actor = cbor_bytes(&c);
	subject = cbor_bytes(&c);
	row = cbor_bytes(&c);
	application = cbor_bytes(&c);
	if (!fits || c.fault != NULL || salt.n != SECRET_SIZE)
		return err_set(e, ERR_SYSTEM, "a detail of another layout");
	memcpy(r->salt.b, salt.p, SECRET_SIZE);
	add_value(r, 9, k->read.actor, actor_of(arena, k, actor));
	add_value(r, 10, k->read.subject, subject);
	add_value(r, 12, k->read.row, row);
	add_value(r, 15, k->read.application, application);
	return true;
}

static bool
take_images(struct room *room, struct arena *arena, const struct session *s,
    struct uuid event, struct receipt *r, struct err *e)
{
	struct db_rows *rows;

	if (!db_ask(room->db, arena, QUERY_RECEIPT_IMAGES,
	    (struct db_value[]){ db_bytes(secret_bytes(&s->token)),
	    db_uuid(event) }, 2, &rows, e))
		return false;
	r->images = db_count(rows);
	if (r->images > RECEIPT_IMAGES)
		return err_set(e, ERR_SYSTEM, "an entry of too many rows");
	r->image = arena_array(arena, r->images, sizeof *r->image);
	r->row = arena_array(arena, r->images, sizeof *r->row);
	for (size_t i = 0; i < r->images; i++) {
		struct db_row row = db_row(rows, i);
		struct bytes hash;

		r->image[i].table = (uint16_t)db_take_int(&row);
		r->image[i].row = db_take_uuid(&row);
		r->image[i].version = (uint32_t)db_take_int(&row);
		hash = db_take_bytes(&row);
		memcpy(r->image[i].hash.b, hash.p, CRYPTO_HASH);
	}
	return true;
}

/* The envelope's own key, for whoever may read it anyway. */
static bool
open_column(struct room *room, struct arena *arena, const struct shown *t,
    const struct image *image, struct bytes sealed, struct receipt_row *out,
    struct err *e)
{
	uint8_t *key = arena_alloc(arena, ENVELOPE_REVEALED);

	if (!vault_reveal(room->vault, arena, (struct envelope_place){
	    .table = image->table, .class = t->class, .row = image->row,
	    .version = 1 }, sealed, key, e))
		return false;
	out->opening = arena_alloc(arena, sizeof *out->opening);
	out->opening[0] = (struct receipt_opening){ t->sealed,
	    bytes(key, ENVELOPE_REVEALED) };
	out->openings = 1;
	return true;
}

/* A row that has moved on since is left to its image. */
static bool
add_row(struct room *room, struct arena *arena, const struct shown *t,
    size_t n, struct receipt *r, struct err *e)
{
	const struct image *image = &r->image[n];
	struct db_value value[COLUMNS];
	struct receipt_row *out = &r->row[r->rows];
	struct image now;
	struct db_rows *rows;
	struct db_row row;

	if (!db_ask(room->db, arena, t->statement, (struct db_value[]){
	    db_uuid(image->row) }, 1, &rows, e))
		return false;
	if (db_count(rows) == 0)
		return true;
	row = db_row(rows, 0);
	for (unsigned i = 0; i < t->columns; i++)
		value[i] = db_take(&row);
	now = image_of(arena, image->table, value, t->columns);
	if (memcmp(now.hash.b, image->hash.b, CRYPTO_HASH) != 0)
		return true;
	*out = (struct receipt_row){ .image = n, .n = t->columns,
	    .columns = receipt_columns(arena, value, t->columns) };
	r->rows++;
	return t->sealed == 0 || open_column(room, arena, t, image,
	    value[t->sealed].u.bytes, out, e);
}

static bool
add_rows(struct room *room, struct arena *arena, struct receipt *r,
    struct err *e)
{
	for (size_t i = 0; i < r->images; i++)
		for (size_t k = 0; k < sizeof shown / sizeof *shown; k++)
			if (r->image[i].table == shown[k].table
			    && !add_row(room, arena, &shown[k], i, r, e))
				return false;
	return true;
}

bool
attest_receipt(struct room *room, struct arena *arena,
    const struct session *s, struct uuid event, struct bytes *text,
    struct err *e)
{
	struct receipt r = { .values = 0 };
	struct proof_found found;
	struct proof proof;
	struct kept k;

	*text = bytes(NULL, 0);
	if (!fetch(room, arena, s, event, &k, e)
	    || !proof_find(room->db, arena, event, &found, e))
		return false;
	if (found.state == PROOF_LATER)
		return true;
	r.leaf = k.leaf;
	if (!open_detail(room, arena, &k, event, &r, e)
	    || !take_images(room, arena, s, event, &r, e)
	    || !add_rows(room, arena, &r, e)
	    || !receipt_check(arena, &r, &k.read, e))
		return false;
	proof = (struct proof){ .has_extra = true,
	    .extra = receipt_encode(arena, &r), .index = found.index,
	    .path = found.path, .signed_note = found.note };
	secret_wipe(&r.salt, sizeof r.salt);
	*text = proof_text(arena, &proof);
	return true;
}

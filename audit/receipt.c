/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writing, reading and checking receipts. The services write them when an
 * entry has its place in the tree; balcao-verify and the portal check them.
 * Whether the leaf is in the tree is audit/proof.h's question.
 */
#include "audit/receipt.h"

#include <inttypes.h>

#include "audit/image.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/cbor.h"
#include "lib/db.h"
#include "lib/envelope.h"
#include "lib/err.h"
#include "lib/str.h"

_Static_assert((int)RECEIPT_KEY == (int)ENVELOPE_REVEALED, "one envelope's");

enum {
	FIELD_ACTOR = 9,
	FIELD_SUBJECT = 10,
	FIELD_ROW = 12,
	FIELD_CASE = 15
};

struct bytes
receipt_columns(struct arena *a, const struct db_value *values, size_t n)
{
	struct buf b = buf_new(a, 256);

	for (size_t i = 0; i < n; i++)
		image_put_value(&b, &values[i]);
	return buf_bytes(&b);
}

static void
put_row(struct buf *b, const struct receipt_row *row)
{
	cbor_put_array(b, 3);
	cbor_put_uint(b, row->image);
	cbor_put_array(b, row->n);
	buf_put_bytes(b, row->columns);
	cbor_put_array(b, row->openings);
	for (size_t i = 0; i < row->openings; i++) {
		cbor_put_array(b, 2);
		cbor_put_uint(b, row->opening[i].column);
		cbor_put_bytes(b, row->opening[i].key);
	}
}

struct bytes
receipt_encode(struct arena *a, const struct receipt *r)
{
	struct buf b = buf_new(a, 1024);

	cbor_put_array(&b, 5);
	cbor_put_uint(&b, RECEIPT_VERSION);
	cbor_put_bytes(&b, r->leaf);
	cbor_put_bytes(&b, secret_bytes(&r->salt));
	cbor_put_array(&b, r->values);
	for (size_t i = 0; i < r->values; i++) {
		cbor_put_array(&b, 2);
		cbor_put_uint(&b, r->value[i].field);
		cbor_put_bytes(&b, r->value[i].value);
	}
	cbor_put_array(&b, 2);
	image_put_list(&b, r->image, r->images);
	cbor_put_array(&b, r->rows);
	for (size_t i = 0; i < r->rows; i++)
		put_row(&b, &r->row[i]);
	return buf_bytes(&b);
}

/* A fault of layout, where the codec saw none. */
static void
refuse(struct cbor *c, bool held, const char *why)
{
	if (!held && c->fault == NULL)
		c->fault = why;
}

static size_t
take_array(struct cbor *c, size_t max, const char *why)
{
	size_t n = cbor_array(c);

	refuse(c, n <= max, why);
	return c->fault == NULL ? n : 0;
}

static void
take_values(struct cbor *c, struct receipt *r)
{
	r->values = take_array(c, RECEIPT_FIELDS, "too many values");
	refuse(c, r->values > 0, "not one value, so that nothing tells "
	    "whether the salt is right");
	for (size_t i = 0; i < r->values; i++) {
		struct receipt_value *v = &r->value[i];
		uint64_t field;

		cbor_array_of(c, 2);
		field = cbor_uint(c);
		v->value = cbor_bytes(c);
		refuse(c, field == FIELD_ACTOR || field == FIELD_SUBJECT
		    || field == FIELD_ROW || field == FIELD_CASE,
		    "a value of a field that has none");
		v->field = (unsigned)field;
		refuse(c, i == 0 || v->field > r->value[i - 1].field,
		    "values out of order");
		refuse(c, v->value.n == UUID_SIZE
		    || (field == FIELD_ACTOR && v->value.n == 2),
		    "a value of another size");
	}
}

static void
take_images(struct arena *a, struct cbor *c, struct receipt *r)
{
	r->images = take_array(c, RECEIPT_IMAGES, "too many row images");
	r->image = arena_array(a, r->images, sizeof *r->image);
	for (size_t i = 0; i < r->images && c->fault == NULL; i++) {
		uint64_t table, version;
		struct bytes row, hash;

		cbor_array_of(c, 4);
		table = cbor_uint(c);
		row = cbor_bytes(c);
		version = cbor_uint(c);
		hash = cbor_bytes(c);
		refuse(c, table <= UINT16_MAX && version <= UINT32_MAX
		    && row.n == UUID_SIZE && hash.n == CRYPTO_HASH,
		    "a row image of another shape");
		if (c->fault != NULL)
			return;
		r->image[i].table = (uint16_t)table;
		r->image[i].version = (uint32_t)version;
		memcpy(r->image[i].row.b, row.p, UUID_SIZE);
		memcpy(r->image[i].hash.b, hash.p, CRYPTO_HASH);
	}
}

/* Past one value of a row. Only audit/image.c's kinds are in rows. */
static void
pass_value(struct cbor *c)
{
	switch (cbor_peek(c)) {
	case CBOR_UINT:
	case CBOR_NEGATIVE:
		cbor_int(c);
		return;
	case CBOR_BYTES:
		cbor_bytes(c);
		return;
	case CBOR_TEXT:
		cbor_text(c);
		return;
	case CBOR_BOOL:
		cbor_bool(c);
		return;
	case CBOR_NULL:
		cbor_null(c);
		return;
	case CBOR_ARRAY:
		refuse(c, false, "an array in a row");
		return;
	}
}

static void
take_openings(struct arena *a, struct cbor *c, struct receipt_row *row)
{
	row->openings = take_array(c, row->n, "more keys than columns");
	row->opening = arena_array(a, row->openings, sizeof *row->opening);
	for (size_t i = 0; i < row->openings; i++) {
		struct receipt_opening *o = &row->opening[i];
		uint64_t column;

		cbor_array_of(c, 2);
		column = cbor_uint(c);
		o->key = cbor_bytes(c);
		refuse(c, column < row->n && o->key.n == RECEIPT_KEY,
		    "a key of another size, or of no column");
		o->column = (unsigned)column;
		refuse(c, i == 0 || o->column > row->opening[i - 1].column,
		    "keys out of order");
	}
}

static void
take_rows(struct arena *a, struct cbor *c, struct receipt *r)
{
	r->rows = take_array(c, r->images, "more rows than images");
	r->row = arena_array(a, r->rows, sizeof *r->row);
	for (size_t i = 0; i < r->rows && c->fault == NULL; i++) {
		struct receipt_row *row = &r->row[i];
		size_t start;

		cbor_array_of(c, 3);
		row->image = (size_t)cbor_uint(c);
		refuse(c, row->image < r->images
		    && (i == 0 || row->image > row[-1].image),
		    "rows out of order, or of no image");
		row->n = take_array(c, RECEIPT_COLUMNS, "too many columns");
		start = c->at;
		for (size_t k = 0; k < row->n; k++)
			pass_value(c);
		row->columns = bytes(c->all.p + start, c->at - start);
		take_openings(a, c, row);
	}
}

bool
receipt_decode(struct arena *a, struct bytes all, struct receipt *out,
    struct err *e)
{
	struct cbor c = cbor_read(all);
	struct receipt r = { 0 };
	struct bytes salt;

	cbor_array_of(&c, 5);
	refuse(&c, cbor_uint(&c) == RECEIPT_VERSION,
	    "a receipt of another version");
	r.leaf = cbor_bytes(&c);
	salt = cbor_bytes(&c);
	refuse(&c, salt.n == sizeof r.salt.b, "a salt of another size");
	take_values(&c, &r);
	cbor_array_of(&c, 2);
	take_images(a, &c, &r);
	take_rows(a, &c, &r);
	if (!cbor_end(&c, e))
		return false;
	memcpy(r.salt.b, salt.p, sizeof r.salt.b);
	*out = r;
	return true;
}

/* ---- checking */

static struct bytes
commitment_of(const struct entry_read *leaf, unsigned field)
{
	switch (field) {
	case FIELD_ACTOR:
		return leaf->actor;
	case FIELD_SUBJECT:
		return leaf->subject;
	case FIELD_ROW:
		return leaf->row;
	default:
		return leaf->application;
	}
}

static bool
value_holds(const struct receipt *r, const struct entry_read *leaf,
    const struct receipt_value *v)
{
	struct hash h = entry_commit(&r->salt, (uint8_t)v->field, v->value);

	return bytes_equal(bytes(h.b, sizeof h.b),
	    commitment_of(leaf, v->field));
}

/* If none holds it is the salt, which they share. */
static bool
values_hold(const struct receipt *r, const struct entry_read *leaf,
    struct err *e)
{
	const struct receipt_value *bad = NULL;
	size_t good = 0;

	for (size_t i = r->values; i-- > 0;) {
		if (value_holds(r, leaf, &r->value[i]))
			good++;
		else
			bad = &r->value[i];
	}
	if (bad == NULL)
		return true;
	if (good == 0 && r->values > 1)
		return err_set(e, ERR_INPUT, "the salt: it opens none of the "
		    "leaf's commitments");
	return err_set(e, ERR_INPUT, "%sthe value of field %u: the leaf "
	    "commits to another", good == 0 ? "the salt or " : "",
	    bad->field);
}

static bool
images_hold(struct arena *a, const struct receipt *r,
    const struct entry_read *leaf, struct err *e)
{
	struct hash list;

	if (r->images == 0 && leaf->images.n == 0)
		return true;
	list = image_list(a, r->image, r->images);
	if (r->images == 0 || !bytes_equal(leaf->images,
	    bytes(list.b, sizeof list.b)))
		return err_set(e, ERR_INPUT, "the list of row images: field "
		    "13 commits to another");
	if (leaf->table != r->image[0].table)
		return err_set(e, ERR_INPUT, "the first row image: field 11 "
		    "names another table");
	return true;
}

/* The bytes that image_of() hashed. */
static struct hash
image_again(struct arena *a, uint16_t table, const struct receipt_row *row)
{
	struct buf b = buf_new(a, 16 + row->columns.n);

	cbor_put_array(&b, row->n + 1);
	cbor_put_uint(&b, table);
	buf_put_bytes(&b, row->columns);
	return crypto_sha256(buf_bytes(&b));
}

bool
receipt_open(struct arena *a, const struct receipt_row *row,
    const struct receipt_opening *opening, struct bytes *plain,
    struct err *e)
{
	struct cbor c = cbor_read(row->columns);

	for (unsigned i = 0; i < opening->column; i++)
		pass_value(&c);
	return envelope_open_revealed(a, opening->key, cbor_bytes(&c), plain,
	    e);
}

static bool
row_holds(struct arena *a, const struct receipt *r, size_t n, struct err *e)
{
	const struct receipt_row *row = &r->row[n];
	const struct image *image = &r->image[row->image];
	struct hash again = image_again(a, image->table, row);
	struct cbor c = cbor_read(row->columns);
	struct bytes plain;

	if (memcmp(again.b, image->hash.b, sizeof again.b) != 0)
		return err_set(e, ERR_INPUT, "row %zu: its image is another",
		    n + 1);
	if (!bytes_equal(cbor_bytes(&c), uuid_bytes(&image->row))
	    || cbor_uint(&c) != image->version || c.fault != NULL)
		return err_set(e, ERR_INPUT, "row %zu: its id or version is "
		    "another", n + 1);
	for (size_t i = 0; i < row->openings; i++)
		if (!receipt_open(a, row, &row->opening[i], &plain, NULL))
			return err_set(e, ERR_INPUT, "row %zu: the key of "
			    "column %u does not open it", n + 1,
			    row->opening[i].column + 1);
	return true;
}

bool
receipt_check(struct arena *a, const struct receipt *r,
    struct entry_read *leaf, struct err *e)
{
	struct err why = { 0 };

	if (!entry_parse(r->leaf, leaf, &why))
		return err_set(e, ERR_INPUT, "the leaf: %s", why.text);
	if (!values_hold(r, leaf, e) || !images_hold(a, r, leaf, e))
		return false;
	for (size_t i = 0; i < r->rows; i++)
		if (!row_holds(a, r, i, e))
			return false;
	return true;
}

/* ---- promises */

struct bytes
promise_bytes(struct arena *a, const char *origin, const struct hash *leaf,
    int64_t deadline)
{
	struct buf b = buf_new(a, 160);

	buf_printf(&b, "cs-promise/1\n%s\n%s\n%" PRId64 "\n", origin,
	    str_base64(a, bytes(leaf->b, sizeof leaf->b)), deadline);
	return buf_bytes(&b);
}

bool
promise_check(struct arena *a, const uint8_t public[CRYPTO_PUBLIC],
    const char *origin, const struct hash *leaf, int64_t deadline,
    struct bytes signature)
{
	return crypto_verify(public, promise_bytes(a, origin, leaf, deadline),
	    signature);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writing and reading leaves and details. Nothing here knows a database or
 * a key; services/act.c seals the detail and appends the entry.
 */
#include "audit/entry.h"

#include "audit/image.h"
#include "lib/buf.h"
#include "lib/cbor.h"
#include "lib/db.h"
#include "lib/err.h"

enum {
	LEAF_VERSION = 1,
	DETAIL_VERSION = 1,
	LEAF_EXPECTED = 320,
	FIELD_ACTOR = 9,
	FIELD_SUBJECT = 10,
	FIELD_ROW = 12,
	FIELD_CASE = 15
};

struct hash
entry_commit(const struct secret *salt, uint8_t field, struct bytes value)
{
	uint8_t message[1 + UUID_SIZE];

	message[0] = field;
	memcpy(message + 1, value.p, value.n);
	return crypto_hmac(secret_bytes(salt), bytes(message, 1 + value.n));
}

struct hash
entry_leaf_hash(struct bytes leaf)
{
	const uint8_t zero = 0;

	return crypto_sha256_of((struct bytes[]){ bytes(&zero, 1), leaf }, 2);
}

static void
put_commitment(struct buf *b, const struct entry *entry, uint8_t field,
    const struct uuid *value)
{
	struct hash h;

	if (uuid_is_nil(*value)) {
		cbor_put_bytes(b, bytes(NULL, 0));
		return;
	}
	h = entry_commit(&entry->salt, field, uuid_bytes(value));
	cbor_put_bytes(b, bytes(h.b, sizeof h.b));
}

/* A system's step commits to the room's code in place of an account. */
static void
put_actor(struct buf *b, const struct entry *entry)
{
	uint8_t room[2] = { (uint8_t)(entry->room >> 8),
	    (uint8_t)entry->room };
	struct hash h;

	if (!uuid_is_nil(entry->actor)) {
		put_commitment(b, entry, FIELD_ACTOR, &entry->actor);
		return;
	}
	h = entry_commit(&entry->salt, FIELD_ACTOR, bytes(room, sizeof room));
	cbor_put_bytes(b, bytes(h.b, sizeof h.b));
}

struct bytes
entry_leaf(struct arena *arena, const struct entry *entry, struct hash detail)
{
	struct buf b = buf_new(arena, LEAF_EXPECTED);

	cbor_put_array(&b, ENTRY_FIELDS);
	cbor_put_uint(&b, LEAF_VERSION);
	cbor_put_uint(&b, entry->room);
	cbor_put_bytes(&b, bytes(entry->writer, ENTRY_WRITER));
	cbor_put_uint(&b, entry->sequence);
	cbor_put_bytes(&b, entry->previous);
	cbor_put_bytes(&b, uuid_bytes(&entry->id));
	cbor_put_uint(&b, (uint64_t)entry->at);
	cbor_put_uint(&b, entry->type);
	cbor_put_uint(&b, entry->outcome);
	put_actor(&b, entry);
	put_commitment(&b, entry, FIELD_SUBJECT, &entry->subject);
	cbor_put_uint(&b, entry->table);
	if (entry->maybe.n > 0)
		cbor_put_bytes(&b, entry->maybe);
	else
		put_commitment(&b, entry, FIELD_ROW, &entry->row);
	cbor_put_bytes(&b, entry->images);
	cbor_put_uint(&b, entry->purpose);
	put_commitment(&b, entry, FIELD_CASE, &entry->application);
	cbor_put_bytes(&b, bytes(detail.b, sizeof detail.b));
	return buf_bytes(&b);
}

static void
put_uuid(struct buf *b, const struct uuid *value)
{
	cbor_put_bytes(b, bytes(value->b, uuid_is_nil(*value) ? 0 : UUID_SIZE));
}

struct bytes
entry_detail(struct arena *arena, const struct entry *entry,
    const struct entry_value *values, size_t n)
{
	struct buf b = buf_new(arena, 160);

	cbor_put_array(&b, 7);
	cbor_put_uint(&b, DETAIL_VERSION);
	cbor_put_bytes(&b, secret_bytes(&entry->salt));
	put_uuid(&b, &entry->actor);
	put_uuid(&b, &entry->subject);
	put_uuid(&b, &entry->row);
	put_uuid(&b, &entry->application);
	cbor_put_array(&b, n);
	for (size_t i = 0; i < n; i++) {
		cbor_put_array(&b, 2);
		cbor_put_uint(&b, values[i].column);
		image_put_value(&b, values[i].value);
	}
	return buf_bytes(&b);
}

static bool
sizes_hold(const struct entry_read *r)
{
	return r->version == LEAF_VERSION && r->writer.n == ENTRY_WRITER
	    && (r->previous.n == 0 || r->previous.n == CRYPTO_HASH)
	    && r->id.n == UUID_SIZE && r->actor.n == CRYPTO_HASH
	    && (r->subject.n == 0 || r->subject.n == CRYPTO_HASH)
	    && (r->row.n == 0 || r->row.n == CRYPTO_HASH)
	    && (r->images.n == 0 || r->images.n == CRYPTO_HASH)
	    && (r->application.n == 0 || r->application.n == CRYPTO_HASH)
	    && r->detail.n == CRYPTO_HASH;
}

bool
entry_parse(struct bytes leaf, struct entry_read *out, struct err *e)
{
	struct cbor c = cbor_read(leaf);
	struct entry_read r;

	cbor_array_of(&c, ENTRY_FIELDS);
	r.version = cbor_uint(&c);
	r.room = cbor_uint(&c);
	r.writer = cbor_bytes(&c);
	r.sequence = cbor_uint(&c);
	r.previous = cbor_bytes(&c);
	r.id = cbor_bytes(&c);
	r.at = cbor_uint(&c);
	r.type = cbor_uint(&c);
	r.outcome = cbor_uint(&c);
	r.actor = cbor_bytes(&c);
	r.subject = cbor_bytes(&c);
	r.table = cbor_uint(&c);
	r.row = cbor_bytes(&c);
	r.images = cbor_bytes(&c);
	r.purpose = cbor_uint(&c);
	r.application = cbor_bytes(&c);
	r.detail = cbor_bytes(&c);
	if (!cbor_end(&c, e))
		return false;
	if (!sizes_hold(&r))
		return err_set(e, ERR_INPUT, "a leaf's field has another size");
	*out = r;
	return true;
}

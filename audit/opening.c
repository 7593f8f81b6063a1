/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Details read back and held against their leaves (audit/entry.h has the
 * bytes). It opens nothing; values that only people read are passed over.
 */
#include "audit/opening.h"

#include <string.h>

#include "lib/cbor.h"
#include "lib/crypto.h"
#include "lib/err.h"
#include "schema/registry.h"

enum {
	DETAIL_VERSION = 1,
	ITEMS = 7,
	FIELD_ACTOR = 9,
	FIELD_SUBJECT = 10,
	FIELD_ROW = 12,
	FIELD_CASE = 15
};

static void
take_uuid(struct cbor *c, struct uuid *out)
{
	struct bytes b = cbor_bytes(c);

	*out = (struct uuid){ { 0 } };
	if (b.n == UUID_SIZE)
		memcpy(out->b, b.p, b.n);
	else if (b.n != 0 && c->fault == NULL)
		c->fault = "an id has another size";
}

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
		if (c->fault == NULL)
			c->fault = "a value is no list";
		return;
	}
}

static void
take_values(struct cbor *c, struct opening *o)
{
	size_t n = cbor_array(c);

	o->office = (struct uuid){ { 0 } };
	o->messages = 0;
	for (size_t i = 0; i < n && c->fault == NULL; i++) {
		uint64_t column;

		cbor_array_of(c, 2);
		column = cbor_uint(c);
		if (column == COLUMN_CASEWORK_EVENT_OFFICE)
			take_uuid(c, &o->office);
		else if (column == COLUMN_OPS_MESSAGE_ID &&
		    o->messages < OPENING_MESSAGES)
			take_uuid(c, &o->message[o->messages++]);
		else
			pass_value(c);
	}
}

static bool
fits(const struct secret *salt, uint8_t field, struct bytes value,
    struct bytes commitment)
{
	struct hash h;

	if (value.n == 0)
		return commitment.n == 0;
	h = entry_commit(salt, field, value);
	return bytes_equal(bytes(h.b, sizeof h.b), commitment);
}

static struct bytes
value_of(const struct uuid *id)
{
	return uuid_is_nil(*id) ? bytes(NULL, 0) : uuid_bytes(id);
}

static const char *
find_fault(const struct opening *o, const struct secret *salt,
    const struct entry_read *leaf)
{
	const uint8_t room[2] = { (uint8_t)(leaf->room >> 8),
	    (uint8_t)leaf->room };
	struct bytes actor = uuid_is_nil(o->actor) ? bytes(room, sizeof room)
	    : uuid_bytes(&o->actor);

	if (!fits(salt, FIELD_ACTOR, actor, leaf->actor))
		return "actor";
	if (!fits(salt, FIELD_SUBJECT, value_of(&o->subject), leaf->subject))
		return "subject";
	/* A writer-open's field 12 is another leaf's hash. */
	if (leaf->type != EVENT_WRITER_OPEN && !fits(salt, FIELD_ROW,
	    value_of(&o->row), leaf->row))
		return "row";
	if (!fits(salt, FIELD_CASE, value_of(&o->application),
	    leaf->application))
		return "case";
	return NULL;
}

bool
opening_read(struct bytes plain, const struct entry_read *leaf,
    struct opening *o, struct err *e)
{
	struct cbor c = cbor_read(plain);
	struct secret salt = { { 0 } };
	struct bytes raw;
	const char *what;

	cbor_array_of(&c, ITEMS);
	if (cbor_uint(&c) != DETAIL_VERSION && c.fault == NULL)
		c.fault = "another version of detail";
	raw = cbor_bytes(&c);
	if (raw.n == SECRET_SIZE)
		memcpy(salt.b, raw.p, raw.n);
	else if (c.fault == NULL)
		c.fault = "a salt has another size";
	take_uuid(&c, &o->actor);
	take_uuid(&c, &o->subject);
	take_uuid(&c, &o->row);
	take_uuid(&c, &o->application);
	take_values(&c, o);
	if (!cbor_end(&c, e))
		return false;
	what = find_fault(o, &salt, leaf);
	secret_wipe(&salt, sizeof salt);
	return what == NULL || err_set(e, ERR_INPUT, "its detail names "
	    "another %s than its leaf commits to", what);
}

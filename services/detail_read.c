/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading details: audit/entry.h says what is in one. Values are written as
 * the register's type of their column has it.
 */
#include "services/detail_read.h"

#include <inttypes.h>
#include <string.h>

#include "audit/entry.h"
#include "lib/arena.h"
#include "lib/cbor.h"
#include "lib/err.h"
#include "lib/str.h"
#include "services/detail.h"

enum {
	ITEMS = 7,
	FIELD_ACTOR = 9,
	FIELD_SUBJECT = 10,
	FIELD_ROW = 12,
	FIELD_CASE = 15
};

static const struct registry_column *
find_column(uint64_t code, const char **table)
{
	for (size_t t = 0; t < registry_tables_n; t++)
		for (size_t i = 0; i < registry_tables[t].n; i++)
			if (registry_tables[t].columns[i].code == code) {
				*table = registry_tables[t].name;
				return &registry_tables[t].columns[i];
			}
	return NULL;
}

static const char *
number_text(struct arena *arena, const char *type, int64_t n)
{
	char at[INSTANT_TEXT], day[DATE_TEXT];

	if (str_equal(type, "timestamptz"))
		return arena_strdup(arena, instant_text(n, at));
	if (str_equal(type, "date"))
		return arena_strdup(arena, date_text((date)n, day));
	return arena_printf(arena, "%" PRId64, n);
}

static const char *
bytes_text(struct arena *arena, struct bytes b)
{
	struct uuid id;

	if (b.n == 0)
		return NULL;
	if (b.n != UUID_SIZE)
		return str_hex(arena, b);
	memcpy(id.b, b.p, UUID_SIZE);
	return uuid_is_nil(id) ? NULL
	    : uuid_text(id, arena_alloc(arena, UUID_TEXT));
}

static const char *
value_text(struct arena *arena, struct cbor *c, const char *type)
{
	struct bytes b;

	switch (cbor_peek(c)) {
	case CBOR_UINT:
	case CBOR_NEGATIVE:
		return number_text(arena, type, cbor_int(c));
	case CBOR_BYTES:
		return bytes_text(arena, cbor_bytes(c));
	case CBOR_TEXT:
		b = cbor_text(c);
		return arena_strndup(arena, (const char *)b.p, b.n);
	case CBOR_BOOL:
		return cbor_bool(c) ? "true" : "false";
	case CBOR_NULL:
		cbor_null(c);
		return NULL;
	case CBOR_ARRAY:
		break;
	}
	cbor_bytes(c);		/* a fault: a value is no list */
	return NULL;
}

static void
read_values(struct arena *arena, struct cbor *c, struct detail *out)
{
	size_t n = cbor_array(c);
	struct detail_value *values;

	if (n > c->all.n)
		n = 0;		/* each takes a byte at least */
	out->values = values = arena_array(arena, n, sizeof *values);
	for (size_t i = 0; i < n && c->fault == NULL; i++) {
		const struct registry_column *column;

		cbor_array_of(c, 2);
		column = find_column(cbor_uint(c), &values[i].table);
		values[i].column = column != NULL ? column->name : NULL;
		values[i].text = value_text(arena, c, column != NULL
		    ? column->type : NULL);
		out->n++;
	}
}

static struct uuid
read_uuid(struct cbor *c)
{
	struct bytes b = cbor_bytes(c);
	struct uuid id = { { 0 } };

	if (b.n == UUID_SIZE)
		memcpy(id.b, b.p, UUID_SIZE);
	return id;
}

static bool
commits(const struct secret *salt, uint8_t field, const struct uuid *value,
    struct bytes committed)
{
	struct hash h;

	if (uuid_is_nil(*value))
		return committed.n == 0 || field == FIELD_ROW;
	h = entry_commit(salt, field, uuid_bytes(value));
	return bytes_equal(bytes(h.b, sizeof h.b), committed);
}

static bool
actor_commits(const struct secret *salt, const struct detail *d,
    const struct entry_read *leaf)
{
	const uint8_t room[] = { (uint8_t)(leaf->room >> 8),
	    (uint8_t)leaf->room };
	struct hash h;

	if (!uuid_is_nil(d->actor))
		return commits(salt, FIELD_ACTOR, &d->actor, leaf->actor);
	h = entry_commit(salt, FIELD_ACTOR, bytes(room, sizeof room));
	return bytes_equal(bytes(h.b, sizeof h.b), leaf->actor);
}

static bool
check(const struct secret *salt, const struct detail *d, struct bytes text,
    struct bytes sealed)
{
	struct hash envelope = crypto_sha256(sealed);
	struct entry_read leaf;

	return entry_parse(text, &leaf, NULL)
	    && bytes_equal(bytes(envelope.b, sizeof envelope.b),
	    leaf.detail)
	    && actor_commits(salt, d, &leaf)
	    && commits(salt, FIELD_SUBJECT, &d->subject, leaf.subject)
	    && commits(salt, FIELD_ROW, &d->row, leaf.row)
	    && commits(salt, FIELD_CASE, &d->application, leaf.application);
}

bool
detail_read(struct arena *arena, struct bytes leaf, struct bytes sealed,
    struct bytes plain, struct detail *out, struct err *e)
{
	struct cbor c = cbor_read(plain);
	struct secret salt = { { 0 } };
	struct bytes raw;

	*out = (struct detail){ .n = 0 };
	cbor_array_of(&c, ITEMS);
	cbor_uint(&c);
	raw = cbor_bytes(&c);
	out->actor = read_uuid(&c);
	out->subject = read_uuid(&c);
	out->row = read_uuid(&c);
	out->application = read_uuid(&c);
	read_values(arena, &c, out);
	if (!cbor_end(&c, e))
		return err_at(e, "a detail");
	if (raw.n == SECRET_SIZE)
		memcpy(salt.b, raw.p, SECRET_SIZE);
	out->agrees = check(&salt, out, leaf, sealed);
	secret_wipe(&salt, sizeof salt);
	return true;
}

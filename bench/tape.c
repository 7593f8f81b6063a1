/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Statements on file and back. It knows neither what they mean nor a
 * database; both ends of a tape use it.
 */
#include "bench/tape.h"

#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/cbor.h"
#include "lib/err.h"
#include "lib/log.h"

static struct db_value
copy(struct arena *arena, const struct db_value *v)
{
	struct db_value c = *v;

	if (c.type == DB_TEXT)
		c.u.s = arena_strdup(arena, c.u.s);
	else if (c.type == DB_BYTES)
		c.u.bytes = arena_dup(arena, c.u.bytes);
	return c;
}

void
tape_add(struct tape_reel *reel, struct arena *arena, enum tape_kind kind,
    unsigned statement, const struct db_value *value, size_t n)
{
	struct tape_step *s;

	if (reel->n == TAPE_STEPS) {
		log_event(LOG_ALARM, "tape-full", NULL);
		return;
	}
	s = &reel->step[reel->n++];
	*s = (struct tape_step){ kind, statement,
	    arena_array(arena, n, sizeof *value), n };
	for (size_t i = 0; i < n; i++)
		s->value[i] = copy(arena, &value[i]);
}

static void
put_value(struct buf *b, const struct db_value *v)
{
	cbor_put_uint(b, v->type);
	switch (v->type) {
	case DB_NULL:
		cbor_put_null(b);
		break;
	case DB_BOOL:
		cbor_put_bool(b, v->u.b);
		break;
	case DB_INT:
	case DB_INSTANT:
		cbor_put_int(b, v->u.i);
		break;
	case DB_TEXT:
		cbor_put_text(b, v->u.s);
		break;
	case DB_BYTES:
		cbor_put_bytes(b, v->u.bytes);
		break;
	case DB_UUID:
		cbor_put_bytes(b, uuid_bytes(&v->u.uuid));
		break;
	case DB_DATE:
		cbor_put_int(b, v->u.d);
		break;
	}
}

bool
tape_write(FILE *f, struct arena *arena, const struct tape_reel *reel,
    struct err *e)
{
	struct buf b = buf_new(arena, 8192), head = buf_new(arena, 4);

	cbor_put_array(&b, 3 + reel->n);
	cbor_put_text(&b, reel->path);
	cbor_put_text(&b, reel->location);
	cbor_put_uint(&b, reel->n);
	for (size_t i = 0; i < reel->n; i++) {
		const struct tape_step *s = &reel->step[i];

		cbor_put_array(&b, 3 + 2 * s->n);
		cbor_put_uint(&b, s->kind);
		cbor_put_uint(&b, s->statement);
		cbor_put_uint(&b, s->n);
		for (size_t k = 0; k < s->n; k++)
			put_value(&b, &s->value[k]);
	}
	buf_u32(&head, (uint32_t)b.n);
	return (fwrite(head.p, 1, head.n, f) == head.n &&
	    fwrite(b.p, 1, b.n, f) == b.n) ||
	    err_set(e, ERR_SYSTEM, "the tape cannot be written");
}

static const char *
take_text(struct arena *arena, struct cbor *c)
{
	struct bytes t;

	if (cbor_null(c))
		return NULL;
	t = cbor_text(c);
	return arena_strndup(arena, (const char *)t.p, t.n);
}

static struct db_value
take_value(struct arena *arena, struct cbor *c)
{
	struct db_value v = { .type = (enum db_type)cbor_uint(c) };
	struct bytes id;

	switch (v.type) {
	case DB_NULL:
		cbor_null(c);
		break;
	case DB_BOOL:
		v.u.b = cbor_bool(c);
		break;
	case DB_INT:
	case DB_INSTANT:
		v.u.i = cbor_int(c);
		break;
	case DB_TEXT:
		v.u.s = take_text(arena, c);
		break;
	case DB_BYTES:
		v.u.bytes = cbor_bytes(c);
		break;
	case DB_UUID:
		id = cbor_bytes(c);
		if (id.n == UUID_SIZE)
			memcpy(v.u.uuid.b, id.p, UUID_SIZE);
		break;
	case DB_DATE:
		v.u.d = (date)cbor_int(c);
		break;
	}
	return v;
}

static void
take_step(struct arena *arena, struct cbor *c, struct tape_step *s)
{
	cbor_array(c);
	s->kind = (enum tape_kind)cbor_uint(c);
	s->statement = (unsigned)cbor_uint(c);
	s->n = cbor_uint(c);
	if (c->fault != NULL || s->n > 64)
		s->n = 0;
	s->value = arena_array(arena, s->n, sizeof *s->value);
	for (size_t i = 0; i < s->n; i++)
		s->value[i] = take_value(arena, c);
}

bool
tape_read(FILE *f, struct arena *arena, struct tape_reel **out,
    struct err *e)
{
	uint8_t head[4];
	uint8_t *p;
	struct cbor c;
	size_t n;

	*out = NULL;
	if (fread(head, 1, sizeof head, f) != sizeof head)
		return true;
	n = (size_t)head[0] << 24 | (size_t)head[1] << 16 |
	    (size_t)head[2] << 8 | head[3];
	p = arena_alloc(arena, n);
	if (fread(p, 1, n, f) != n)
		return err_set(e, ERR_INPUT, "the tape is cut off");
	*out = arena_alloc(arena, sizeof **out);
	c = cbor_read(bytes(p, n));
	cbor_array(&c);
	(*out)->path = take_text(arena, &c);
	(*out)->location = take_text(arena, &c);
	(*out)->n = cbor_uint(&c);
	if ((*out)->n > TAPE_STEPS)
		return err_set(e, ERR_INPUT, "the tape is of another kind");
	for (size_t i = 0; i < (*out)->n; i++)
		take_step(arena, &c, &(*out)->step[i]);
	return cbor_end(&c, e);
}

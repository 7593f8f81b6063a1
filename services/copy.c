/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The format of a copy's part, and a room's answer. What a room with cases
 * tells is services/copy_case.c.
 *
 * part = CBOR [[type, name, label, value], …]
 * MESSAGE_COPY_ASK = CBOR [1, copy, language]; MESSAGE_COPY = [1, copy, part]
 */
#include "services/copy.h"

#include <string.h>

#include "lib/arena.h"
#include "lib/cbor.h"
#include "lib/err.h"
#include "lib/text.h"
#include "schema/registry.h"
#include "services/act.h"
#include "services/copy_case.h"
#include "services/message.h"
#include "services/room.h"

enum {
	LAYOUT = 1,
	LINE = 4
};

struct copy_writer
copy_new(struct arena *arena)
{
	return (struct copy_writer){ buf_new(arena, 4096), 0 };
}

static void
begin_line(struct copy_writer *w, enum copy_type type, const char *name,
    const char *label)
{
	cbor_put_array(&w->buf, LINE);
	cbor_put_uint(&w->buf, type);
	cbor_put_text(&w->buf, name);
	cbor_put_text(&w->buf, label);
	w->lines++;
}

void
copy_record(struct copy_writer *w, const char *kind, const char *title)
{
	begin_line(w, COPY_RECORD, kind, title);
	cbor_put_text(&w->buf, "");
}

void
copy_text(struct copy_writer *w, const char *name, const char *label,
    const char *value)
{
	if (value == NULL)
		return;
	begin_line(w, COPY_TEXT, name, label);
	cbor_put_text(&w->buf, value);
}

void
copy_date(struct copy_writer *w, const char *name, const char *label,
    date day)
{
	if (day == DATE_NONE)
		return;
	begin_line(w, COPY_DATE, name, label);
	cbor_put_int(&w->buf, day);
}

void
copy_time(struct copy_writer *w, const char *name, const char *label,
    instant at)
{
	if (at == INSTANT_NONE)
		return;
	begin_line(w, COPY_TIME, name, label);
	cbor_put_int(&w->buf, at);
}

struct bytes
copy_end(struct arena *arena, const struct copy_writer *w)
{
	struct bytes lines = buf_bytes(&w->buf);
	struct buf b = buf_new(arena, lines.n + 16);

	cbor_put_array(&b, w->lines);
	buf_put(&b, lines.p, lines.n);
	return buf_bytes(&b);
}

static const char *
take_text(struct arena *arena, struct cbor *c)
{
	struct bytes t = cbor_text(c);

	return arena_strndup(arena, (const char *)t.p, t.n);
}

static void
take_line(struct arena *arena, struct cbor *c, struct copy_line *l)
{
	cbor_array_of(c, LINE);
	l->type = (enum copy_type)cbor_uint(c);
	l->name = take_text(arena, c);
	l->label = take_text(arena, c);
	if (l->type <= COPY_TEXT)
		l->text = take_text(arena, c);
	else
		l->number = cbor_int(c);
}

bool
copy_read(struct arena *arena, struct bytes in, struct copy_line **out,
    size_t *n, struct err *e)
{
	struct cbor c = cbor_read(in);

	*n = cbor_array(&c);
	if (*n > in.n)
		return err_set(e, ERR_INPUT, "a copy of another layout");
	*out = arena_array(arena, *n, sizeof **out);
	for (size_t i = 0; i < *n; i++)
		take_line(arena, &c, &(*out)[i]);
	return cbor_end(&c, e) || err_at(e, "copy");
}

/* ---- messages ---- */

struct bytes
copy_encode_ask(struct arena *arena, struct uuid copy, const char *language)
{
	struct buf b = buf_new(arena, 64);

	cbor_put_array(&b, 3);
	cbor_put_uint(&b, LAYOUT);
	cbor_put_bytes(&b, uuid_bytes(&copy));
	cbor_put_text(&b, language);
	return buf_bytes(&b);
}

static bool
take_id(struct cbor *c, struct uuid *id)
{
	struct bytes b = cbor_bytes(c);

	if (b.n != UUID_SIZE)
		return false;
	memcpy(id->b, b.p, UUID_SIZE);
	return true;
}

static bool
decode_ask(struct arena *arena, struct bytes in, struct uuid *copy,
    const char **language, struct err *e)
{
	struct cbor c = cbor_read(in);
	bool fits;

	cbor_array_of(&c, 3);
	fits = cbor_uint(&c) == LAYOUT && take_id(&c, copy);
	*language = take_text(arena, &c);
	if (!cbor_end(&c, e))
		return err_at(e, "copy");
	return fits || err_set(e, ERR_INPUT, "a request of another layout");
}

bool
copy_decode_answer(struct bytes in, struct uuid *copy, struct bytes *part,
    struct err *e)
{
	struct cbor c = cbor_read(in);
	bool fits;

	cbor_array_of(&c, 3);
	fits = cbor_uint(&c) == LAYOUT && take_id(&c, copy);
	*part = cbor_bytes(&c);
	if (!cbor_end(&c, e))
		return err_at(e, "copy");
	return fits || err_set(e, ERR_INPUT, "an answer of another layout");
}

struct answering {
	const struct message	*message;
	struct uuid		 copy;
	struct bytes		 part;
};

static bool
answer_body(struct act *act, void *arg, struct err *e)
{
	const struct answering *a = arg;
	struct buf b = buf_new(act_arena(act), a->part.n + 32);

	cbor_put_array(&b, 3);
	cbor_put_uint(&b, LAYOUT);
	cbor_put_bytes(&b, uuid_bytes(&a->copy));
	cbor_put_bytes(&b, a->part);
	message_done(act, a->message);
	return message_send(act, ROOM_ACCOUNT, MESSAGE_COPY, a->message->ref,
	    INSTANT_NONE, buf_bytes(&b), NULL, e)
	    && act_say(act, &(struct act_entry){ .type = EVENT_EXPORT,
	        .purpose = PURPOSE_LEGAL_REQUEST,
	        .subject = a->message->ref }, NULL, e);
}

/* The worker speaks the asker's language meanwhile. */
bool
copy_answer(struct room *room, struct arena *arena,
    const struct service *service, const struct message *m, struct err *e)
{
	const char *was = text_tag(), *language;
	struct copy_writer w = copy_new(arena);
	struct answering a = { .message = m };
	bool ok;

	if (!decode_ask(arena, m->body, &a.copy, &language, e))
		return false;
	text_use(language);
	ok = service == NULL || copy_case_write(room, arena, service, m->ref,
	    &w, e);
	text_use(was);
	if (!ok)
		return false;
	a.part = copy_end(arena, &w);
	return act_run(room, arena, NULL, answer_body, &a, e);
}

bool
copy_handle(struct room *room, struct arena *arena, const struct message *m,
    struct err *e)
{
	return copy_answer(room, arena, NULL, m, e);
}

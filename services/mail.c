/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From a pseudonym to a mail: the sending room says which text, room account
 * knows the address, courier delivers. Only account's functions here touch
 * an address.
 *
 * MESSAGE_MAIL       = CBOR [1, template, reference, path]; ref: the subject
 * MESSAGE_DELIVER,
 * MESSAGE_OFFER_MAIL = CBOR [1, to, language, subject, text]
 */
#include "services/mail.h"

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/cbor.h"
#include "lib/db.h"
#include "lib/err.h"
#include "lib/log.h"
#include "schema/statements.h"
#include "services/act.h"
#include "services/message.h"
#include "services/person.h"
#include "services/room.h"

enum {
	LAYOUT = 1
};

/* MESSAGE_MAIL as it is handled. */
struct asked {
	const struct message	*message;
	enum mail_template	 template;
	const char		*reference, *path;
	struct person		 person;
	const char		*language;
	bool			 reachable;
};

static const char *
take_text(struct arena *arena, struct cbor *c)
{
	struct bytes t = cbor_text(c);

	return arena_strndup(arena, (const char *)t.p, t.n);
}

bool
mail_send(struct act *act, struct uuid subject, enum mail_template template,
    const char *reference, const char *path, struct err *e)
{
	struct buf b = buf_new(act_arena(act), 128);

	cbor_put_array(&b, 4);
	cbor_put_uint(&b, LAYOUT);
	cbor_put_uint(&b, template);
	cbor_put_text(&b, reference != NULL ? reference : "");
	cbor_put_text(&b, path);
	return message_send(act, ROOM_ACCOUNT, MESSAGE_MAIL, subject,
	    INSTANT_NONE, buf_bytes(&b), NULL, e);
}

struct bytes
mail_encode(struct arena *arena, const struct mail *m)
{
	struct buf b = buf_new(arena, 1024);

	cbor_put_array(&b, 5);
	cbor_put_uint(&b, LAYOUT);
	cbor_put_text(&b, m->to);
	cbor_put_text(&b, m->language);
	cbor_put_text(&b, m->subject);
	cbor_put_text(&b, m->text);
	return buf_bytes(&b);
}

bool
mail_decode(struct arena *arena, struct bytes in, struct mail *m,
    struct err *e)
{
	struct cbor c = cbor_read(in);
	uint64_t layout;

	cbor_array_of(&c, 5);
	layout = cbor_uint(&c);
	m->to = take_text(arena, &c);
	m->language = take_text(arena, &c);
	m->subject = take_text(arena, &c);
	m->text = take_text(arena, &c);
	if (!cbor_end(&c, e))
		return err_at(e, "mail");
	return layout == LAYOUT ||
	    err_set(e, ERR_INPUT, "a mail of another layout");
}

static bool
hand_over(struct act *act, enum message_kind kind, struct uuid ref,
    const char *address, const char *language, enum mail_template template,
    const char *reference, const char *path, struct err *e)
{
	struct arena *arena = act_arena(act);
	struct mail m;

	mail_compose(arena, act_room(act)->conf, template, language,
	    reference, path, &m);
	m.to = address;
	return message_send(act, ROOM_COURIER, kind, ref, INSTANT_NONE,
	    mail_encode(arena, &m), NULL, e);
}

bool
mail_offer(struct act *act, struct uuid ref, const char *address,
    const char *language, const char *path, struct err *e)
{
	return hand_over(act, MESSAGE_OFFER_MAIL, ref, address, language,
	    MAIL_OFFER, "", path, e);
}

bool
mail_to(struct act *act, struct uuid ref, const char *address,
    const char *language, enum mail_template template, const char *reference,
    const char *path, struct err *e)
{
	return hand_over(act, MESSAGE_DELIVER, ref, address, language,
	    template, reference, path, e);
}

static bool
read_asked(struct arena *arena, struct asked *a, struct err *e)
{
	struct cbor c = cbor_read(a->message->body);
	uint64_t layout, template;

	cbor_array_of(&c, 4);
	layout = cbor_uint(&c);
	template = cbor_uint(&c);
	a->reference = take_text(arena, &c);
	a->path = take_text(arena, &c);
	if (!cbor_end(&c, e))
		return err_at(e, "mail asked for");
	if (layout != LAYOUT || template >= MAIL__MAX)
		return err_set(e, ERR_INPUT, "no such mail");
	a->template = (enum mail_template)template;
	return true;
}

/* Nobody, or somebody without an address, is no failure: there is nothing
 * to try again. */
static bool
resolve(struct room *room, struct arena *arena, struct asked *a,
    struct err *e)
{
	struct err why = { 0 };
	struct db_rows *rows;
	struct db_row row;

	if (!person_get(room, arena, a->message->ref, &a->person, &why)) {
		if (why.code == ERR_ABSENT)
			return true;
		if (e != NULL)
			*e = why;
		return false;
	}
	a->reachable = a->person.email != NULL;
	a->language = a->person.language;
	if (!db_ask(room->db, arena, QUERY_ACCOUNT_LANGUAGE,
	    (struct db_value[]){ db_uuid(a->person.id) }, 1, &rows, e))
		return false;
	if (db_count(rows) > 0) {
		row = db_row(rows, 0);
		a->language = db_take_text(&row);
	}
	return true;
}

static bool
handle_body(struct act *act, void *arg, struct err *e)
{
	const struct asked *a = arg;

	message_done(act, a->message);
	return !a->reachable || mail_to(act, a->person.id, a->person.email,
	    a->language, a->template, a->reference, a->path, e);
}

bool
mail_handle(struct room *room, struct arena *arena, const struct message *m,
    struct err *e)
{
	struct asked a = { .message = m };

	if (!read_asked(arena, &a, e) || !resolve(room, arena, &a, e))
		return false;
	if (!a.reachable)
		log_event(LOG_WARNING, "mail-to-nobody", NULL);
	return act_run(room, arena, NULL, handle_body, &a, e);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * People's records. The row is sealed anew under each row version, so an old
 * envelope put back does not open. Called in room account alone.
 *
 * data = CBOR [1, name, national id, birth date, mail, phone, language,
 *        [address lines]]
 */
#include "services/person.h"

#include <string.h>

#include "forms/cpf.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/cbor.h"
#include "lib/db.h"
#include "lib/envelope.h"
#include "lib/err.h"
#include "lib/str.h"
#include "schema/statements.h"
#include "services/act.h"
#include "services/message.h"
#include "services/party.h"
#include "services/room.h"
#include "services/session.h"
#include "services/vault.h"

enum {
	LAYOUT = 1,
	OLDEST = 130		/* years */
};

static struct envelope_place
place_of(const struct person *p)
{
	return (struct envelope_place){
		.table = TABLE_IDENTITY_PERSON,
		.class = CLASS_PERSON,
		.row = p->id,
		.version = (uint32_t)p->version,
	};
}

static struct bytes
encode(struct arena *arena, const struct person *p)
{
	struct buf b = buf_new(arena, 256);

	cbor_put_array(&b, 8);
	cbor_put_uint(&b, LAYOUT);
	cbor_put_text(&b, p->name);
	cbor_put_text(&b, p->national_id);
	if (p->born != DATE_NONE)
		cbor_put_int(&b, p->born);
	else
		cbor_put_null(&b);
	cbor_put_text(&b, p->email);
	cbor_put_text(&b, p->phone);
	cbor_put_text(&b, p->language);
	cbor_put_array(&b, p->lines);
	for (size_t i = 0; i < p->lines; i++)
		cbor_put_text(&b, p->address[i]);
	return buf_bytes(&b);
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

static bool
decode(struct arena *arena, struct bytes plain, struct person *p,
    struct err *e)
{
	struct cbor c = cbor_read(plain);
	uint64_t layout;

	cbor_array_of(&c, 8);
	layout = cbor_uint(&c);
	p->name = take_text(arena, &c);
	p->national_id = take_text(arena, &c);
	p->born = cbor_null(&c) ? DATE_NONE
	    : (date)cbor_int_in(&c, DATE_NONE + 1, INT32_MAX);
	p->email = take_text(arena, &c);
	p->phone = take_text(arena, &c);
	p->language = take_text(arena, &c);
	p->lines = cbor_array(&c);
	if (p->lines > PERSON_LINES)
		return err_set(e, ERR_SYSTEM, "a person of many lines");
	for (size_t i = 0; i < p->lines; i++)
		p->address[i] = take_text(arena, &c);
	if (!cbor_end(&c, e))
		return err_at(e, "person");
	return layout == LAYOUT ||
	    err_set(e, ERR_SYSTEM, "a person of another layout");
}

bool
person_get(struct room *room, struct arena *arena, struct uuid id,
    struct person *out, struct err *e)
{
	struct bytes sealed, plain;
	struct db_rows *rows;
	struct db_row row;

	if (!db_ask(room->db, arena, QUERY_PERSON_GET, (struct db_value[]){
	    db_uuid(id) }, 1, &rows, e))
		return false;
	if (db_count(rows) == 0)
		return err_set(e, ERR_ABSENT, "no such person");
	row = db_row(rows, 0);
	*out = (struct person){ .id = id };
	out->version = (int32_t)db_take_int(&row);
	out->profile_version = (int32_t)db_take_int(&row);
	sealed = db_take_bytes(&row);
	return vault_open(room->vault, arena, place_of(out), sealed, &plain,
	    e) && decode(arena, plain, out, e);
}

static bool
refuse(struct err *e, const char *rule, const char *why)
{
	err_rule(e, rule, why);
	if (e != NULL)
		e->code = ERR_INPUT;
	return false;
}

static bool
is_name(const char *s)
{
	uint32_t c;

	if (*s == '\0' || !str_utf8(bytes_of(s))
	    || str_length(s) > PERSON_NAME)
		return false;
	while ((c = str_next(&s)) != 0)
		if (!str_printable(c))
			return false;
	return true;
}

bool
person_check(const struct person *p, struct err *e)
{
	date today = clock_today();

	if (p->name != NULL && !is_name(p->name))
		return refuse(e, "name", "no name");
	if (p->national_id != NULL && !cpf_valid(p->national_id))
		return refuse(e, "national_id", "no CPF");
	if (p->born != DATE_NONE && (p->born > today
	    || date_age(p->born, today) > OLDEST))
		return refuse(e, "born", "nobody living was born then");
	return true;
}

static struct db_value
national_index(struct act *act, const struct person *p)
{
	if (p->national_id == NULL)
		return db_null();
	return db_bytes(vault_index(act_room(act)->vault, act_arena(act),
	    COLUMN_IDENTITY_PERSON_NATIONAL_ID, bytes_of(p->national_id)));
}

static bool
write_row(struct act *act, unsigned statement, const struct person *p,
    struct err *e)
{
	struct bytes sealed;

	if (!act_seal(act, p->id, place_of(p), encode(act_arena(act), p),
	    &sealed, e))
		return false;
	act_put(act, statement, TABLE_IDENTITY_PERSON, (struct db_value[]){
	    db_uuid(p->id), db_int(p->version), national_index(act, p),
	    db_int(p->profile_version), db_bytes(sealed) }, 5);
	return true;
}

bool
person_add(struct act *act, struct person *p, struct err *e)
{
	p->version = p->profile_version = 1;
	return write_row(act, QUERY_IDENTITY_PERSON_INSERT, p, e);
}

bool
person_profile(const struct person *p, struct party *out)
{
	*out = (struct party){
		.name = p->name,
		.national_id = p->national_id,
		.born = p->born,
		.language = p->language,
	};
	return p->name != NULL && p->national_id != NULL &&
	    p->born != DATE_NONE && p->language != NULL;
}

bool
person_given(struct room *room, struct arena *arena, struct uuid id,
    struct person_given **out, size_t *n, struct err *e)
{
	struct person_given *given;
	struct db_rows *rows;

	if (!db_ask(room->db, arena, QUERY_PERSON_GIVEN, (struct db_value[]){
	    db_uuid(id) }, 1, &rows, e))
		return false;
	*n = db_count(rows);
	*out = given = arena_array(arena, *n, sizeof *given);
	for (size_t i = 0; i < *n; i++) {
		struct db_row row = db_row(rows, i);

		given[i].id = db_take_uuid(&row);
		given[i].version = (int32_t)db_take_int(&row);
		given[i].nonce = db_take_uuid(&row);
		given[i].room = (enum room_code)db_take_int(&row);
		given[i].profile = (int32_t)db_take_int(&row);
		given[i].at = db_take_instant(&row);
	}
	return true;
}

bool
person_give(struct act *act, const struct person *p, enum room_code room,
    const struct person_given *was, struct err *e)
{
	struct db_value code = db_int(room);
	struct entry_value value = {
	    (uint32_t)COLUMN_IDENTITY_PROFILE_GIVEN_ROOM, &code };
	struct party profile;

	if (!person_profile(p, &profile))
		return err_set(e, ERR_SYSTEM, "an unfinished profile");
	if (!message_send(act, room, MESSAGE_PROFILE, p->id, INSTANT_NONE,
	    party_encode(act_arena(act), &profile, p->profile_version), NULL,
	    e))
		return false;
	act_put(act, was != NULL ? QUERY_IDENTITY_PROFILE_GIVEN_UPDATE
	    : QUERY_IDENTITY_PROFILE_GIVEN_INSERT,
	    TABLE_IDENTITY_PROFILE_GIVEN, (struct db_value[]){
	    db_uuid(was != NULL ? was->id : uuid_new()),
	    db_int(was != NULL ? was->version + 1 : 1),
	    db_uuid(was != NULL ? was->nonce : uuid_new()), db_uuid(p->id),
	    code, db_int(p->profile_version), db_instant(act_now(act)) }, 7);
	return act_say(act, &(struct act_entry){
	    .type = EVENT_EXPORT, .purpose = PURPOSE_ACCOUNT,
	    .subject = p->id, .values = &value, .n = 1 }, NULL, e);
}

static bool
same_profile(const struct person *a, const struct person *b)
{
	return str_equal(a->name, b->name) && a->born == b->born &&
	    str_equal(a->national_id, b->national_id) &&
	    str_equal(a->language, b->language);
}

/* A person who took part of the profile back gives nothing new to anybody:
 * services keep what they had. */
static bool
give_again(struct act *act, const struct person *p, struct err *e)
{
	struct person_given *given;
	struct party profile;
	size_t n;

	if (!person_profile(p, &profile))
		return true;
	if (!person_given(act_room(act), act_arena(act), p->id, &given, &n,
	    e))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!person_give(act, p, given[i].room, &given[i], e))
			return false;
	return true;
}

bool
person_put(struct act *act, const struct person *was,
    const struct person *is, struct err *e)
{
	struct person next = *is;
	bool changed = !same_profile(was, is);

	next.id = was->id;
	next.version = was->version + 1;
	next.profile_version = was->profile_version + (changed ? 1 : 0);
	return write_row(act, QUERY_IDENTITY_PERSON_UPDATE, &next, e)
	    && act_say(act, &(struct act_entry){
	        .type = EVENT_UPDATE, .purpose = PURPOSE_ACCOUNT,
	        .subject = next.id }, NULL, e)
	    && (!changed || give_again(act, &next, e));
}

struct change {
	const struct person	*was, *is;
};

static bool
change_body(struct act *act, void *arg, struct err *e)
{
	const struct change *c = arg;

	return person_put(act, c->was, c->is, e);
}

bool
person_change(struct room *room, struct arena *arena,
    const struct session *session, const struct person *was,
    const struct person *is, struct err *e)
{
	struct change c = { was, is };

	return person_check(is, e)
	    && act_run(room, arena, session, change_body, &c, e);
}

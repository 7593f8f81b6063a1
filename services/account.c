/* SPDX-License-Identifier: Apache-2.0 */
/*
 * New accounts: entered by an administrator, or signed up for and confirmed.
 * A sign-up does the same work and writes the same rows whether the address
 * is known or not; only the mail tells, and only its reader. Called by room
 * account's pages, its worker, and `balcao`.
 */
#include "services/account.h"

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/cbor.h"
#include "lib/db.h"
#include "lib/envelope.h"
#include "lib/err.h"
#include "lib/password.h"
#include "lib/str.h"
#include "schema/registry.h"
#include "schema/statements.h"
#include "services/account_row.h"
#include "services/act.h"
#include "services/email.h"
#include "services/mail.h"
#include "services/person.h"
#include "services/room.h"
#include "services/vault.h"

enum {
	LAYOUT = 1,
	HOUR_S = 60 * 60,
	SIGN_UPS = 10,		/* of one sender in an hour */
	MAILS = 3		/* to one address in an hour */
};

struct adding {
	struct person	 person;
	struct account	 account;
	/* of a sign-up */
	struct uuid	 sign_up;
	struct bytes	 token;		/* hash */
	struct bytes	 plain;		/* to be sealed */
	enum mail_template mail;
	const char	*path;
};

static void
fill_person(const struct account_new *n, struct person *p)
{
	*p = (struct person){
		.name = n->name,
		.national_id = n->national_id,
		.born = n->born,
		.language = n->language,
	};
}

bool
account_check(struct arena *arena, const struct account_new *n,
    struct err *e)
{
	const char *email;
	struct person p;

	fill_person(n, &p);
	if (str_empty(n->name))
		return account_refuse(e, "name", "no name");
	return person_check(&p, e) && email_parse(arena, n->email, &email, e)
	    && password_acceptable(n->password, e);
}

/* Everything but what the acts differ in. */
static bool
prepare(struct room *room, struct arena *arena, const struct account_new *n,
    struct adding *a, struct err *e)
{
	*a = (struct adding){ .sign_up = uuid_new() };
	if (!account_check(arena, n, e))
		return false;
	fill_person(n, &a->person);
	/* The pseudonym must not tell when its bearer came. */
	a->person.id = uuid_at(0);
	if (!email_parse(arena, n->email, &a->person.email, e))
		return false;
	a->account = (struct account){
		.id = uuid_new(),
		.person = a->person.id,
		.kind = n->handle != NULL ? "staff" : "citizen",
		.state = "active",
		.email = account_index(room, arena, a->person.email),
		.handle = n->handle,
		.office = n->office,
		.language = n->language,
		.created_at = clock_now(),
	};
	return account_hash(room, arena, n->password, &a->account.hash, e);
}

static bool
add_rows(struct act *act, struct adding *a, struct err *e)
{
	return person_add(act, &a->person, e)
	    && account_write(act, &a->account, e)
	    && act_say(act, &(struct act_entry){
	        .type = EVENT_CREATE, .purpose = PURPOSE_ACCOUNT,
	        .subject = a->person.id }, NULL, e);
}

static bool
add_body(struct act *act, void *arg, struct err *e)
{
	return add_rows(act, arg, e);
}

bool
account_add(struct room *room, struct arena *arena,
    const struct account_new *n, struct uuid *account, struct uuid *person,
    struct err *e)
{
	struct adding a;

	if (!prepare(room, arena, n, &a, e)
	    || !act_run(room, arena, NULL, add_body, &a, e))
		return false;
	if (account != NULL)
		*account = a.account.id;
	if (person != NULL)
		*person = a.person.id;
	return true;
}

/* sign_up.data = CBOR [1, name, mail, language, hash] */
static struct bytes
encode(struct arena *arena, const struct adding *a)
{
	struct buf b = buf_new(arena, 256);

	cbor_put_array(&b, 5);
	cbor_put_uint(&b, LAYOUT);
	cbor_put_text(&b, a->person.name);
	cbor_put_text(&b, a->person.email);
	cbor_put_text(&b, a->person.language);
	cbor_put_text(&b, a->account.hash);
	return buf_bytes(&b);
}

static struct envelope_place
place_of(struct uuid sign_up)
{
	return (struct envelope_place){
		.table = TABLE_IDENTITY_SIGN_UP,
		.class = CLASS_SIGN_UP,
		.row = sign_up,
		.version = 1,
	};
}

static bool
sign_up_body(struct act *act, void *arg, struct err *e)
{
	struct adding *a = arg;
	struct bytes sealed;

	if (!act_seal(act, a->person.id, place_of(a->sign_up), a->plain,
	    &sealed, e))
		return false;
	act_add(act, QUERY_SIGN_UP_INSERT, (struct db_value[]){
	    db_uuid(a->sign_up), db_uuid(a->person.id),
	    db_bytes(a->account.email), db_bytes(a->token), db_bytes(sealed),
	    db_int(ACCOUNT_SIGN_UP_H) }, 6, NULL);
	return mail_to(act, a->person.id, a->person.email,
	    a->person.language, a->mail, "", a->path, e);
}

/* What goes by mail: the link, or that there is an account. */
static bool
choose_mail(struct room *room, struct arena *arena, struct adding *a,
    struct err *e)
{
	const char *token = account_token(arena, &a->token);
	struct account known;
	bool found;

	if (!account_by_email(room, arena, a->account.email, &known, &found,
	    e))
		return false;
	a->mail = found ? MAIL_ALREADY : MAIL_CONFIRM;
	a->path = found ? "/account/sign-in" : arena_printf(arena,
	    "/account/confirm/%s", token);
	return true;
}

bool
account_sign_up(struct room *room, struct arena *arena,
    const struct account_new *n, struct bytes remote, struct err *e)
{
	struct adding a;
	bool one, other;

	if (!account_check(arena, n, e) || !room_try(room, arena, "sign-up",
	    remote, HOUR_S, SIGN_UPS, &one, e))
		return false;
	if (!one) {
		err_rule(e, "sign_up_wait", "too many sign-ups");
		if (e != NULL)
			e->code = ERR_LIMIT;
		return false;
	}
	if (!prepare(room, arena, n, &a, e) || !room_try(room, arena,
	    "sign-up-mail", a.account.email, HOUR_S, MAILS, &other, e))
		return false;
	/* To one mailbox so many and no more, and nobody is told. */
	if (!other)
		return true;
	a.plain = encode(arena, &a);
	return choose_mail(room, arena, &a, e)
	    && act_run(room, arena, NULL, sign_up_body, &a, e);
}

static const char *
take_text(struct arena *arena, struct cbor *c)
{
	struct bytes t = cbor_text(c);

	return arena_strndup(arena, (const char *)t.p, t.n);
}

static bool
decode(struct arena *arena, struct bytes plain, struct adding *a,
    struct err *e)
{
	struct cbor c = cbor_read(plain);
	uint64_t layout;

	cbor_array_of(&c, 5);
	layout = cbor_uint(&c);
	a->person.name = take_text(arena, &c);
	a->person.email = take_text(arena, &c);
	a->person.language = take_text(arena, &c);
	a->account.hash = take_text(arena, &c);
	if (!cbor_end(&c, e) || layout != LAYOUT)
		return err_set(e, ERR_SYSTEM, "a sign-up of another layout");
	a->account.language = a->person.language;
	return true;
}

static bool
find(struct room *room, struct arena *arena, const char *token,
    struct adding *a, struct bytes *sealed, bool *found, struct err *e)
{
	struct bytes hash;
	struct db_rows *rows;
	struct db_row row;

	*found = false;
	*a = (struct adding){ .person.born = DATE_NONE };
	if (!account_token_hash(arena, token, &hash))
		return true;
	if (!db_ask(room->db, arena, QUERY_SIGN_UP_FIND, (struct db_value[]){
	    db_bytes(hash) }, 1, &rows, e))
		return false;
	if (db_count(rows) == 0)
		return true;
	row = db_row(rows, 0);
	a->sign_up = db_take_uuid(&row);
	a->person.id = a->account.person = db_take_uuid(&row);
	a->account.email = db_take_bytes(&row);
	*sealed = db_take_bytes(&row);
	*found = true;
	return true;
}

bool
account_confirm_find(struct room *room, struct arena *arena,
    const char *token, bool *found, struct err *e)
{
	struct bytes sealed;
	struct adding a;

	return find(room, arena, token, &a, &sealed, found, e);
}

static bool
confirm_body(struct act *act, void *arg, struct err *e)
{
	struct adding *a = arg;

	act_add(act, QUERY_SIGN_UP_DELETE, (struct db_value[]){
	    db_uuid(a->sign_up) }, 1, NULL);
	return add_rows(act, a, e);
}

bool
account_confirm(struct room *room, struct arena *arena, const char *token,
    struct err *e)
{
	struct bytes sealed, plain;
	struct err why = { 0 };
	struct adding a;
	bool found;

	if (!find(room, arena, token, &a, &sealed, &found, e))
		return false;
	if (!found)
		return err_set(e, ERR_ABSENT, "no such sign-up");
	if (!vault_open(room->vault, arena, place_of(a.sign_up), sealed,
	    &plain, e) || !decode(arena, plain, &a, e))
		return false;
	a.account.id = uuid_new();
	a.account.kind = "citizen";
	a.account.state = "active";
	a.account.created_at = clock_now();
	if (act_run(room, arena, NULL, confirm_body, &a, &why))
		return true;
	/* Confirmed twice, or by another link to the same address. */
	if (why.code == ERR_CONFLICT)
		return err_set(e, ERR_ABSENT, "the address has an account");
	if (e != NULL)
		*e = why;
	return false;
}

bool
account_sweep(struct room *room, struct arena *arena, struct err *e)
{
	static const unsigned sweeps[] = {
		QUERY_SIGN_UP_SWEEP, QUERY_RESET_SWEEP, QUERY_LINK_SWEEP,
		QUERY_SESSION_SWEEP
	};

	for (size_t i = 0; i < sizeof sweeps / sizeof *sweeps; i++)
		if (!db_ask(room->db, arena, sweeps[i], NULL, 0, NULL, e))
			return false;
	return true;
}

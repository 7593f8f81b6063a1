/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A forgotten password, a new one, another language: changes to an account
 * that is there. Whoever sets a password ends every other session.
 */
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/db.h"
#include "lib/err.h"
#include "lib/password.h"
#include "lib/str.h"
#include "lib/text.h"
#include "schema/registry.h"
#include "schema/statements.h"
#include "services/account.h"
#include "services/account_row.h"
#include "services/act.h"
#include "services/email.h"
#include "services/mail.h"
#include "services/person.h"
#include "services/room.h"
#include "services/session.h"

enum {
	HOUR_S = 60 * 60,
	RESETS = 10,		/* asked by one sender in an hour */
	MAILS = 3		/* to one address in an hour */
};

struct changing {
	struct account	 account;	/* as it is to be */
	struct uuid	 reset;		/* nil: by the signed-in */
	struct uuid	 spare;		/* session that stays */
	/* of asking */
	bool		 known;
	const char	*email, *language;
	struct bytes	 token;
	const char	*path;
	/* of a change of language */
	struct person	 was, is;
};

static bool
too_often(struct err *e)
{
	err_rule(e, "reset_wait", "too many tries");
	if (e != NULL)
		e->code = ERR_LIMIT;
	return false;
}

static bool
ask_body(struct act *act, void *arg, struct err *e)
{
	const struct changing *c = arg;

	if (c->known)
		act_add(act, QUERY_RESET_INSERT, (struct db_value[]){
		    db_uuid(uuid_new()), db_uuid(c->account.id),
		    db_bytes(c->token), db_int(ACCOUNT_RESET_H) }, 4, NULL);
	return mail_to(act, c->known ? c->account.person : uuid_new(),
	    c->email, c->language, c->known ? MAIL_RESET : MAIL_NO_ACCOUNT,
	    "", c->path, e);
}

bool
account_ask_reset(struct room *room, struct arena *arena, const char *email,
    const char *language, struct bytes remote, struct err *e)
{
	struct changing c = { .language = language };
	struct bytes index;
	const char *token;
	bool one, other;

	if (!email_parse(arena, email, &c.email, e)
	    || !room_try(room, arena, "reset", remote, HOUR_S, RESETS, &one,
	        e))
		return false;
	if (!one)
		return too_often(e);
	index = account_index(room, arena, c.email);
	if (!account_by_email(room, arena, index, &c.account, &c.known, e)
	    || !room_try(room, arena, "reset-mail", index, HOUR_S, MAILS,
	        &other, e))
		return false;
	if (!other)
		return true;
	token = account_token(arena, &c.token);
	c.known = c.known && str_equal(c.account.state, "active");
	c.path = c.known ? arena_printf(arena, "/account/reset/%s", token)
	    : "/account/sign-up";
	return act_run(room, arena, NULL, ask_body, &c, e);
}

static bool
find(struct room *room, struct arena *arena, const char *token,
    struct uuid *reset, struct uuid *account, bool *found, struct err *e)
{
	struct bytes hash;
	struct db_rows *rows;
	struct db_row row;

	*found = false;
	if (!account_token_hash(arena, token, &hash))
		return true;
	if (!db_ask(room->db, arena, QUERY_RESET_FIND, (struct db_value[]){
	    db_bytes(hash) }, 1, &rows, e))
		return false;
	if (db_count(rows) == 0)
		return true;
	row = db_row(rows, 0);
	*reset = db_take_uuid(&row);
	*account = db_take_uuid(&row);
	*found = true;
	return true;
}

bool
account_reset_find(struct room *room, struct arena *arena, const char *token,
    bool *found, struct err *e)
{
	struct uuid reset, account;

	return find(room, arena, token, &reset, &account, found, e);
}

static bool
change_body(struct act *act, void *arg, struct err *e)
{
	const struct changing *c = arg;

	if (!uuid_is_nil(c->reset))
		act_add(act, QUERY_RESET_USE, (struct db_value[]){
		    db_uuid(c->reset) }, 1, NULL);
	if (!account_write(act, &c->account, e)
	    || !mail_send(act, c->account.person, MAIL_PASSWORD_CHANGED, "",
	        "/account/reset", e)
	    || !act_say(act, &(struct act_entry){
	        .type = EVENT_UPDATE, .purpose = PURPOSE_ACCOUNT,
	        .subject = c->account.person }, NULL, e))
		return false;
	act_add(act, QUERY_SESSION_END_OTHERS, (struct db_value[]){
	    db_uuid(c->account.id), db_uuid(c->spare) }, 2, NULL);
	return true;
}

bool
account_reset(struct room *room, struct arena *arena, const char *token,
    const char *password, struct err *e)
{
	struct changing c = { .known = true };
	struct uuid account;
	bool found;

	if (!password_acceptable(password, e)
	    || !find(room, arena, token, &c.reset, &account, &found, e))
		return false;
	if (!found)
		return err_set(e, ERR_ABSENT, "no such reset");
	if (!account_by_id(room, arena, account, &c.account, e)
	    || !account_hash(room, arena, password, &c.account.hash, e))
		return false;
	return act_run(room, arena, NULL, change_body, &c, e);
}

/* As for signing in: who holds a session is not yet who knows the password. */
static bool
check_old(struct room *room, struct arena *arena, struct account *a,
    const char *old, struct bytes remote, struct err *e)
{
	struct buf pair = buf_new(arena, 64);
	bool allowed, right;

	buf_put_bytes(&pair, a->email);
	buf_put_bytes(&pair, remote);
	if (!room_try(room, arena, "sign-in", buf_bytes(&pair),
	    ACCOUNT_WAIT_S, ACCOUNT_TRIES, &allowed, e))
		return false;
	if (!allowed)
		return too_often(e);
	if (!account_open(room, arena, a, e)
	    || !account_verify(room, arena, a->hash, old, &right, e))
		return false;
	if (right)
		return room_forgive(room, arena, "sign-in",
		    buf_bytes(&pair), e);
	return err_rule(e, "sign_in", "another password");
}

bool
account_change_password(struct room *room, struct arena *arena,
    const struct session *session, const char *old, const char *new,
    struct bytes remote, struct err *e)
{
	struct changing c = { .spare = session->id };

	if (!password_acceptable(new, e)
	    || !account_by_id(room, arena, session->account, &c.account, e)
	    || !check_old(room, arena, &c.account, old, remote, e)
	    || !account_hash(room, arena, new, &c.account.hash, e))
		return false;
	return act_run(room, arena, session, change_body, &c, e);
}

static bool
language_body(struct act *act, void *arg, struct err *e)
{
	const struct changing *c = arg;

	if (!account_write(act, &c->account, e))
		return false;
	act_add(act, QUERY_SESSION_LANGUAGE, (struct db_value[]){
	    db_uuid(c->account.id), db_text(c->account.language) }, 2, NULL);
	return person_put(act, &c->was, &c->is, e);
}

bool
account_change_language(struct room *room, struct arena *arena,
    const struct session *session, const char *tag, struct err *e)
{
	const struct text_language *l = text_languages;
	struct changing c = { .spare = session->id };

	while (l->tag != NULL && !str_equal(l->tag, tag))
		l++;
	if (l->tag == NULL)
		return account_refuse(e, "language", "no language of ours");
	if (!account_by_id(room, arena, session->account, &c.account, e)
	    || !account_open(room, arena, &c.account, e)
	    || !person_get(room, arena, session->subject, &c.was, e))
		return false;
	if (str_equal(c.account.language, l->tag)
	    && str_equal(c.was.language, l->tag))
		return true;
	c.account.language = l->tag;
	c.is = c.was;
	c.is.language = l->tag;
	return act_run(room, arena, session, language_body, &c, e);
}

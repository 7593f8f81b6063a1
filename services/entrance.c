/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Room tokens, the profile that goes with a first visit, resume links, and
 * signing out. Room account alone.
 *
 * A room's token = HMAC-SHA-256(the session's token, "room/1" | its name)
 */
#include "services/entrance.h"

#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/crypto.h"
#include "lib/db.h"
#include "lib/err.h"
#include "lib/str.h"
#include "schema/statements.h"
#include "services/account_row.h"
#include "services/act.h"
#include "services/email.h"
#include "services/mail.h"
#include "services/party.h"
#include "services/person.h"
#include "services/room.h"
#include "services/session.h"

enum {
	HOUR_S = 60 * 60,
	BEGUN = 10,		/* by one sender in an hour */
	MAILS = 5		/* to one address in an hour */
};

static const struct {
	enum room_code	 room;
	bool		 service;
} doors[] = {
	{ ROOM_PORTAL, false },
	{ ROOM_ACCOUNT, false },
	{ ROOM_VEHICLE, true },
	{ ROOM_ADDRESS, true },
	{ ROOM_BILL, true },
	{ ROOM_BENEFIT, true },
	{ ROOM_CONTRIBUTION, true },
	{ ROOM_GENERAL, true },
	{ ROOM_PAYMENT, false },
	{ ROOM_DESK, false },
	{ ROOM_AUDITOR, false },
};

enum {
	DOORS = sizeof doors / sizeof *doors
};

enum room_code
entrance_room(const char *name)
{
	for (size_t i = 0; i < DOORS; i++)
		if (str_equal(name, registry_room_name(doors[i].room)))
			return doors[i].room;
	return ROOM_NONE;
}

bool
entrance_is_service(enum room_code room)
{
	for (size_t i = 0; i < DOORS; i++)
		if (doors[i].room == room)
			return doors[i].service;
	return false;
}

static struct secret
token_for(const struct session *s, enum room_code room, struct arena *arena)
{
	struct secret token = s->token;
	struct hash h;

	if (room == ROOM_ACCOUNT)
		return token;
	h = crypto_hmac(secret_bytes(&s->token), bytes_of(arena_printf(arena,
	    "room/1%s", registry_room_name(room))));
	memcpy(token.b, h.b, sizeof token.b);
	secret_wipe(&h, sizeof h);
	return token;
}

/* Which given profile is this room's? NULL: none yet. */
static bool
find_given(struct room *room, struct arena *arena, struct uuid subject,
    enum room_code to, const struct person_given **out, struct err *e)
{
	struct person_given *given;
	size_t n;

	*out = NULL;
	if (!person_given(room, arena, subject, &given, &n, e))
		return false;
	for (size_t i = 0; i < n; i++)
		if (given[i].room == to)
			*out = &given[i];
	return true;
}

/* A link's session has its room's token from the start. */
static bool
link_next(const struct session *s, enum room_code to, struct err *e)
{
	if (to == ROOM_ACCOUNT && s->kind == SESSION_LINK)
		return true;
	return err_rule(e, "entrance_link", "a link opens one room");
}

bool
entrance_next(struct room *room, struct arena *arena,
    const struct session *s, enum room_code to, enum entrance_step *step,
    struct person *person, struct err *e)
{
	const struct person_given *given;
	struct party profile;

	*step = ENTRANCE_OPEN;
	if (s->kind == SESSION_LINK)
		return link_next(s, to, e);
	if (s->kind == SESSION_STAFF || !entrance_is_service(to))
		return true;
	if (!person_get(room, arena, s->subject, person, e)
	    || !find_given(room, arena, s->subject, to, &given, e))
		return false;
	if (given != NULL && given->profile == person->profile_version)
		return true;
	*step = person_profile(person, &profile) ? ENTRANCE_CONFIRM
	    : ENTRANCE_FILL;
	return true;
}

static void
put_token(struct act *act, const struct session *s, enum room_code room,
    struct secret token)
{
	struct hash h = crypto_sha256(secret_bytes(&token));

	act_add(act, QUERY_SESSION_TOKEN_PUT, (struct db_value[]){
	    db_bytes(bytes(h.b, sizeof h.b)), db_uuid(s->id), db_int(room) },
	    3, NULL);
}

struct giving {
	enum room_code		 room;
	struct person		 person;
	const struct person_given *was;
	bool			 give;
};

static bool
give_body(struct act *act, void *arg, struct err *e)
{
	const struct giving *g = arg;
	const struct session *s = act_session(act);

	put_token(act, s, g->room, token_for(s, g->room, act_arena(act)));
	return !g->give || person_give(act, &g->person, g->room, g->was, e);
}

static bool
go(struct room *room, struct arena *arena, const struct session *s,
    struct giving *g, const char **token, struct err *e)
{
	struct secret made = token_for(s, g->room, arena);

	if (!act_run(room, arena, s, give_body, g, e))
		return false;
	*token = str_base64url(arena, secret_bytes(&made));
	secret_wipe(&made, sizeof made);
	return true;
}

bool
entrance_pass(struct room *room, struct arena *arena,
    const struct session *s, enum room_code to, const char **token,
    struct err *e)
{
	struct giving g = { .room = to };

	return go(room, arena, s, &g, token, e);
}

bool
entrance_give(struct room *room, struct arena *arena,
    const struct session *s, enum room_code to, int32_t version,
    const char **token, struct err *e)
{
	struct giving g = { .room = to };

	if (!person_get(room, arena, s->subject, &g.person, e)
	    || !find_given(room, arena, s->subject, to, &g.was, e))
		return false;
	if (g.person.profile_version != version) {
		err_rule(e, "profile_version", "the profile changed");
		if (e != NULL)
			e->code = ERR_CONFLICT;
		return false;
	}
	g.give = g.was == NULL || g.was->profile != version;
	return go(room, arena, s, &g, token, e);
}

struct linking {
	struct person		 person;
	bool			 first;		/* makes person and link */
	struct bytes		 hash;		/* of the link's token */
	const char		*path;
	struct entrance_link	*link;
};

static bool
link_first(struct act *act, struct linking *l, struct err *e)
{
	act_add(act, QUERY_LINK_INSERT, (struct db_value[]){
	    db_bytes(l->hash), db_uuid(l->link->application),
	    db_uuid(l->person.id), db_int(l->link->room),
	    db_int(ENTRANCE_LINK_DAYS) }, 5, NULL);
	return person_add(act, &l->person, e)
	    && mail_to(act, l->person.id, l->person.email,
	        l->person.language, MAIL_LINK, "", l->path, e)
	    && act_say(act, &(struct act_entry){
	        .type = EVENT_CREATE, .purpose = PURPOSE_APPLICATION,
	        .subject = l->person.id,
	        .application = l->link->application }, NULL, e);
}

static bool
link_body(struct act *act, void *arg, struct err *e)
{
	struct linking *l = arg;
	const struct session *s = l->link->session;

	account_session_put(act, s);
	put_token(act, s, l->link->room, token_for(s, l->link->room,
	    act_arena(act)));
	if (l->first)
		return link_first(act, l, e);
	return act_say(act, &(struct act_entry){
	    .type = EVENT_SIGN_IN, .purpose = PURPOSE_APPLICATION,
	    .subject = s->subject, .application = s->application }, NULL, e);
}

static bool
open_link(struct room *room, struct arena *arena, struct linking *l,
    struct uuid subject, const char *language, struct err *e)
{
	struct session *s = arena_alloc(arena, sizeof *s);
	struct secret token;

	*s = (struct session){
		.id = uuid_new(),
		.kind = SESSION_LINK,
		.subject = subject,
		.application = l->link->application,
		.language = language,
		.token = crypto_new_key(),
	};
	l->link->session = s;
	token = token_for(s, l->link->room, arena);
	l->link->token = str_base64url(arena, secret_bytes(&token));
	return act_run(room, arena, NULL, link_body, l, e);
}

static bool
count(struct room *room, struct arena *arena, const char *email,
    struct bytes remote, struct err *e)
{
	bool one, other;

	if (!room_try(room, arena, "link", remote, HOUR_S, BEGUN, &one, e)
	    || !room_try(room, arena, "link-mail", account_index(room, arena,
	        email), HOUR_S, MAILS, &other, e))
		return false;
	if (one && other)
		return true;
	err_rule(e, "link_wait", "too many links");
	if (e != NULL)
		e->code = ERR_LIMIT;
	return false;
}

bool
entrance_begin(struct room *room, struct arena *arena, const char *email,
    const char *language, struct bytes remote, enum room_code to,
    const char *suffix, struct entrance_link *out, struct err *e)
{
	struct linking l = {
		.person = { .id = uuid_at(0), .born = DATE_NONE,
		    .language = language },
		.first = true,
		.link = out,
	};

	if (!email_parse(arena, email, &l.person.email, e)
	    || !count(room, arena, l.person.email, remote, e))
		return false;
	*out = (struct entrance_link){ .room = to,
	    .application = uuid_new() };
	l.path = arena_printf(arena, "/account/link/%s%s",
	    account_token(arena, &l.hash), suffix);
	return open_link(room, arena, &l, l.person.id, language, e);
}

static bool
find_link(struct room *room, struct arena *arena, const char *token,
    struct entrance_link *out, struct uuid *subject, bool *found,
    struct err *e)
{
	struct bytes hash;
	struct db_rows *rows;
	struct db_row row;

	*found = false;
	if (!account_token_hash(arena, token, &hash))
		return true;
	if (!db_ask(room->db, arena, QUERY_LINK_FIND, (struct db_value[]){
	    db_bytes(hash) }, 1, &rows, e))
		return false;
	if (db_count(rows) == 0)
		return true;
	row = db_row(rows, 0);
	*out = (struct entrance_link){ .application = db_take_uuid(&row) };
	*subject = db_take_uuid(&row);
	out->room = (enum room_code)db_take_int(&row);
	*found = true;
	return true;
}

bool
entrance_resume_find(struct room *room, struct arena *arena,
    const char *token, bool *found, struct err *e)
{
	struct entrance_link link;
	struct uuid subject;

	return find_link(room, arena, token, &link, &subject, found, e);
}

bool
entrance_resume(struct room *room, struct arena *arena, const char *token,
    const char *language, struct entrance_link *out, struct err *e)
{
	struct linking l = { .link = out };
	struct uuid subject;
	bool found;

	if (!find_link(room, arena, token, out, &subject, &found, e))
		return false;
	if (!found)
		return err_set(e, ERR_ABSENT, "no such link");
	return open_link(room, arena, &l, subject, language, e);
}

/* The entry first: it needs the session that it ends. */
static bool
leave_body(struct act *act, void *arg, struct err *e)
{
	const struct session *s = arg;

	if (!act_say(act, &(struct act_entry){
	    .type = EVENT_UPDATE, .purpose = PURPOSE_ACCOUNT,
	    .subject = s->subject, .application = s->application,
	    .table = TABLE_IDENTITY_SESSION, .row = s->id }, NULL, e))
		return false;
	act_add(act, QUERY_SESSION_END, (struct db_value[]){
	    db_uuid(s->id) }, 1, NULL);
	return true;
}

bool
entrance_leave(struct room *room, struct arena *arena,
    const struct session *s, struct err *e)
{
	struct session copy = *s;

	return act_run(room, arena, s, leave_body, &copy, e);
}

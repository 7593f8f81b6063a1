/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Signing in: limits first, then one password check whoever it is, then one
 * answer. A stranger who types somebody's address locks nobody out: the
 * tight limit counts pairs of account and sender, the wide ones each alone.
 */
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/db.h"
#include "lib/err.h"
#include "lib/log.h"
#include "lib/str.h"
#include "schema/registry.h"
#include "schema/statements.h"
#include "services/account.h"
#include "services/account_row.h"
#include "services/act.h"
#include "services/email.h"
#include "services/room.h"
#include "services/session.h"

enum {
	TRIES_ACCOUNT = 50,	/* from anywhere */
	TRIES_REMOTE = 100	/* at any account */
};

struct try {
	struct bytes	index;		/* blind, of what was typed */
	struct bytes	pair;
	struct bytes	remote;
};

struct entering {
	struct account	*account;
	struct session	*session;
	const char	*fresh;		/* hash at today's cost, or NULL */
};

static struct try
try_of(struct room *room, struct arena *arena, const char *typed,
    struct bytes remote)
{
	struct buf pair = buf_new(arena, 64);
	struct try t = {
		.index = account_index(room, arena, email_fold(arena, typed)),
		.remote = remote,
	};

	buf_put_bytes(&pair, t.index);
	buf_put_bytes(&pair, remote);
	t.pair = buf_bytes(&pair);
	return t;
}

static bool
count(struct room *room, struct arena *arena, const struct try *t,
    struct err *e)
{
	const struct {
		const char	*kind;
		struct bytes	 value;
		int		 most;
	} limits[] = {
		{ "sign-in", t->pair, ACCOUNT_TRIES },
		{ "sign-in-account", t->index, TRIES_ACCOUNT },
		{ "sign-in-remote", t->remote, TRIES_REMOTE },
	};
	bool all = true, allowed;

	for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
		if (!room_try(room, arena, limits[i].kind, limits[i].value,
		    ACCOUNT_WAIT_S, limits[i].most, &allowed, e))
			return false;
		all = all && allowed;
	}
	if (all)
		return true;
	log_event(LOG_WARNING, "sign-in-limit", NULL);
	err_rule(e, "sign_in_wait", "too many tries to sign in");
	if (e != NULL)
		e->code = ERR_LIMIT;
	return false;
}

/* Right again: what was counted before does not count. */
static void
forgive(struct room *room, struct arena *arena, const struct try *t)
{
	struct err e = { 0 };

	if (!room_forgive(room, arena, "sign-in", t->pair, &e) ||
	    !room_forgive(room, arena, "sign-in-account", t->index, &e))
		log_error("sign-in-forgive", &e);
}

/* The refusal is an entry before it is an answer. */
static bool
deny(struct room *room, struct arena *arena, const struct account *known,
    const struct try *t, struct err *e)
{
	const struct db_value typed = db_bytes(t->index);
	struct entry_value value = {
	    (uint32_t)COLUMN_IDENTITY_ACCOUNT_EMAIL, &typed };
	struct act_entry entry = {
		.type = EVENT_SIGN_IN,
		.outcome = OUTCOME_DENIED,
		.purpose = PURPOSE_ACCOUNT,
		.values = &value,
		.n = 1,
	};

	if (known != NULL)
		entry.subject = known->person;
	if (!act_note(room, arena, NULL, &entry, NULL, e))
		return false;
	return err_rule(e, "sign_in", "no such address and password");
}

static bool
enter_body(struct act *act, void *arg, struct err *e)
{
	struct entering *n = arg;
	struct account next = *n->account;

	account_session_put(act, n->session);
	if (n->fresh != NULL) {
		next.hash = n->fresh;
		if (!account_write(act, &next, e))
			return false;
	}
	return act_say(act, &(struct act_entry){
	    .type = EVENT_SIGN_IN, .purpose = PURPOSE_ACCOUNT,
	    .subject = n->session->subject }, NULL, e);
}

static bool
enter(struct room *room, struct arena *arena, struct account *a,
    const char *password, struct session **out, struct err *e)
{
	struct entering n = { a, account_session(arena, a), NULL };

	if (account_stale(a->hash)
	    && !account_hash(room, arena, password, &n.fresh, e))
		return false;
	/* Found as every later page finds it, roles and all. */
	if (!act_run(room, arena, NULL, enter_body, &n, e)
	    || !session_find(room, arena, str_base64url(arena,
	        secret_bytes(&n.session->token)), out, e))
		return false;
	return *out != NULL ||
	    err_set(e, ERR_SYSTEM, "a new session is nobody's");
}

bool
account_sign_in(struct room *room, struct arena *arena, const char *email,
    const char *password, struct bytes remote, struct session **out,
    struct err *e)
{
	struct try t = try_of(room, arena, email, remote);
	struct account a;
	bool found, right;

	if (!count(room, arena, &t, e)
	    || !account_by_email(room, arena, t.index, &a, &found, e)
	    || (found && !account_open(room, arena, &a, e))
	    || !account_verify(room, arena, found ? a.hash : NULL, password,
	        &right, e))
		return false;
	if (!right || !str_equal(a.state, "active"))
		return deny(room, arena, found ? &a : NULL, &t, e);
	forgive(room, arena, &t);
	return enter(room, arena, &a, password, out, e);
}

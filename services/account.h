/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Accounts: signing up, signing in, passwords. Room account alone; its rows
 * are no other room's to read. Nothing here tells whether an address has an
 * account: the answers are the same, only the mails differ.
 *
 * Tokens are 32 random bytes in base64url; what is stored is their SHA-256.
 */
#ifndef SERVICES_ACCOUNT_H
#define SERVICES_ACCOUNT_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/bytes.h"
#include "lib/clock.h"
#include "lib/uuid.h"

struct arena;
struct err;
struct room;
struct session;

enum {
	ACCOUNT_TRIES = 5,		/* per account and sender … */
	ACCOUNT_WAIT_S = 15 * 60,	/* … in so many seconds */
	ACCOUNT_SIGN_UP_H = 24,		/* a confirmation link's life */
	ACCOUNT_RESET_H = 1
};

/* Somebody as they sign up, or as an administrator or the demonstration
 * enters them. Names are checked as forms/type.h checks a name. */
struct account_new {
	const char	*name;
	const char	*email;		/* as typed */
	const char	*password;
	const char	*language;	/* BCP 47, of text_languages */
	/* NULL and DATE_NONE at sign-up: asked on the profile page */
	const char	*national_id;	/* CPF, canonical */
	date		 born;
	/* staff alone: all NULL and nil for a citizen */
	const char	*handle;	/* "DET-014" */
	struct uuid	 office;
};

/*
 * An active account at once, with its person, in one act of room account as
 * the system: for `balcao staff add` and demonstration data. Roles of staff
 * are rows of identity.staff_role, which room balcao writes. ERR_INPUT as
 * account_check(); ERR_CONFLICT account_email_once, account_handle_once,
 * person_national_id_once.
 */
bool	account_add(struct room *, struct arena *, const struct account_new *,
	    struct uuid *account, struct uuid *person, struct err *e);

/* Is all of it well formed? ERR_INPUT with rule name, email_form,
 * email_domain (not ASCII), password_short, password_long, password_common,
 * national_id or born. */
bool	account_check(struct arena *, const struct account_new *,
	    struct err *e);

/* A mail with a link to confirm, or one that says there is an account.
 * remote: who sends (visit_remote). ERR_LIMIT sign_up_wait. */
bool	account_sign_up(struct room *, struct arena *,
	    const struct account_new *, struct bytes remote, struct err *e);
/* Make the account that the link stands for. ERR_ABSENT: no such link, used,
 * or too old. */
bool	account_confirm(struct room *, struct arena *, const char *token,
	    struct err *e);
/* Would it be? Changes nothing. */
bool	account_confirm_find(struct room *, struct arena *, const char *token,
	    bool *found, struct err *e);

/*
 * A session and its token for room account, made in the act that writes the
 * sign-in entry. remote: who sends (visit_remote). ERR_DENIED sign_in (wrong
 * address or password, locked or closed: one answer, after the same work);
 * ERR_LIMIT sign_in_wait (ACCOUNT_WAIT_S); ERR_BUSY (two are being checked).
 */
bool	account_sign_in(struct room *, struct arena *, const char *email,
	    const char *password, struct bytes remote, struct session **,
	    struct err *e);

/* Mail a link that sets a new password, or say by mail that there is no
 * account. ERR_LIMIT reset_wait. */
bool	account_ask_reset(struct room *, struct arena *, const char *email,
	    const char *language, struct bytes remote, struct err *e);
bool	account_reset_find(struct room *, struct arena *, const char *token,
	    bool *found, struct err *e);
/* Ends all sessions. ERR_ABSENT; ERR_INPUT password_*. */
bool	account_reset(struct room *, struct arena *, const char *token,
	    const char *password, struct err *e);

/* Of the signed-in: ends the other sessions. ERR_DENIED sign_in if the old
 * password is wrong. */
bool	account_change_password(struct room *, struct arena *,
	    const struct session *, const char *old, const char *new,
	    struct bytes remote, struct err *e);
/* tag of text_languages; of the account, its mails and its open sessions. */
bool	account_change_language(struct room *, struct arena *,
	    const struct session *, const char *tag, struct err *e);

/* The worker, once in a while: sign-ups, resets, links and sessions that are
 * over go. */
bool	account_sweep(struct room *, struct arena *, struct err *e);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the files of services/account.h share: the account's row, its
 * password, and tokens. Nobody else includes this.
 */
#ifndef SERVICES_ACCOUNT_ROW_H
#define SERVICES_ACCOUNT_ROW_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/bytes.h"
#include "lib/clock.h"
#include "lib/crypto.h"
#include "lib/secret.h"
#include "lib/uuid.h"

struct act;
struct arena;
struct err;
struct room;
struct session;

struct account {
	struct uuid	 id;
	int32_t		 version;	/* row_version; 0: not there yet */
	struct uuid	 person;
	const char	*kind;		/* citizen, staff */
	const char	*state;		/* active, locked, closed */
	struct bytes	 email;		/* blind index */
	struct bytes	 credential;	/* as read: sealed */
	const char	*hash;		/* account_open(), or to be written */
	const char	*handle;
	struct uuid	 office;
	const char	*language;
	instant		 created_at;
};

struct bytes	account_index(struct room *, struct arena *,
		    const char *email);
bool	account_by_email(struct room *, struct arena *, struct bytes index,
	    struct account *, bool *found, struct err *e);
/* ERR_ABSENT. */
bool	account_by_id(struct room *, struct arena *, struct uuid id,
	    struct account *, struct err *e);
/* Read the hash. */
bool	account_open(struct room *, struct arena *, struct account *,
	    struct err *e);
/* In an act: the next version of the row, its hash open. */
bool	account_write(struct act *, const struct account *, struct err *e);

/* One of the two at a time that the whole room may work on. ERR_BUSY, rule
 * hash_busy, when both places stay taken for a second. */
bool	account_hash(struct room *, struct arena *, const char *password,
	    const char **hash, struct err *e);
/* hash NULL: nobody's; *right is false after the same work. */
bool	account_verify(struct room *, struct arena *, const char *hash,
	    const char *password, bool *right, struct err *e);
bool	account_stale(const char *hash);

/* The token's text, and its SHA-256 for the row. */
const char	*account_token(struct arena *, struct bytes *hash);
/* False: no token at all. */
bool	account_token_hash(struct arena *, const char *text,
	    struct bytes *hash);

/* A session of this account and its token here, in an act that becomes
 * it. */
struct session	*account_session(struct arena *, const struct account *);
void	account_session_put(struct act *, const struct session *);

/* ERR_INPUT by a named rule. */
bool	account_refuse(struct err *e, const char *rule, const char *why);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * People with accounts, for tests that sign in.
 */
#ifndef TESTS_DATABASE_ACCOUNT_FIXTURE_H
#define TESTS_DATABASE_ACCOUNT_FIXTURE_H

#include "lib/bytes.h"
#include "lib/err.h"
#include "schema/registry.h"

struct account_new;
struct room;
struct session;
struct uuid;

#define PASSWORD	"umbrella-kettle-9"
#define OTHER		"lantern-orchard-4"

extern struct err err;

struct room	*account(void);
struct bytes	 sender(const char *who);
/* A new mail address at each call. */
const char	*address(void);
struct account_new	somebody(const char *email);

/* Somebody with an account and a birth date, and no mail waiting: their
 * address. Both may be NULL. */
const char	*citizen(const char *national_id, struct uuid *person);

/* NULL: err says why. */
struct session	*sign_in(const char *email, const char *password);
struct session	*sign_in_from(const char *email, const char *password,
		    const char *remote);

/* Is this token somebody's in that room? */
struct session	*find(enum room_code, const char *token);
const char	*own_token(const struct session *);

#endif

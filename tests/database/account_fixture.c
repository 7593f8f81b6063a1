/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Accounts made and entered by the code under test, for tests of what comes
 * after.
 */
#include "tests/database/account_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lib/arena.h"
#include "lib/str.h"
#include "services/account.h"
#include "services/session.h"
#include "tests/database/house.h"

struct err err;

struct room *
account(void)
{
	return house_room(ROOM_ACCOUNT);
}

struct bytes
sender(const char *who)
{
	return bytes_of(who);
}

const char *
address(void)
{
	static int n;

	return arena_printf(house.arena, "person%d@mail.example", ++n);
}

struct account_new
somebody(const char *email)
{
	return (struct account_new){
		.name = "Maria da Silva",
		.email = email,
		.password = PASSWORD,
		.language = "en",
		.born = DATE_NONE,
	};
}

const char *
citizen(const char *national_id, struct uuid *person)
{
	struct account_new n = somebody(address());

	n.national_id = national_id;
	n.born = 5000;
	if (!account_add(account(), house.arena, &n, NULL, person, &err))
		fail_msg("%s", err.text);
	return n.email;
}

struct session *
sign_in_from(const char *email, const char *password, const char *remote)
{
	struct session *s = NULL;

	if (!account_sign_in(account(), house.arena, email, password,
	    sender(remote), &s, &err))
		return NULL;
	return s;
}

struct session *
sign_in(const char *email, const char *password)
{
	return sign_in_from(email, password, email);
}

struct session *
find(enum room_code room, const char *token)
{
	struct session *s;

	if (!session_find(house_room(room), house.arena, token, &s, &err))
		fail_msg("%s", err.text);
	return s;
}

const char *
own_token(const struct session *s)
{
	return str_base64url(house.arena, secret_bytes(&s->token));
}

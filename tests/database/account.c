/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Accounts from sign-up to sign-out, by the mails as they arrive in the
 * demonstration's folder.
 */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"
#include "schema/registry.h"
#include "services/account.h"
#include "services/delivery.h"
#include "services/entrance.h"
#include "services/mail.h"
#include "services/message.h"
#include "services/party.h"
#include "services/person.h"
#include "services/room.h"
#include "services/session.h"
#include "tests/database/house.h"

#define PASSWORD	"umbrella-kettle-9"
#define OTHER		"lantern-orchard-4"

enum {
	TOKEN_TEXT = 43
};

static struct err err;

static struct room *
account(void)
{
	return house_room(ROOM_ACCOUNT);
}

static struct bytes
sender(const char *who)
{
	return bytes_of(who);
}

/* Both workers, until nothing is due. */
static void
work(void)
{
	static const struct message_handler ours[] = {
		{ MESSAGE_MAIL, mail_handle },
	};
	static const struct message_handler courier[] = {
		{ MESSAGE_DELIVER, delivery_handle },
		{ MESSAGE_OFFER_MAIL, delivery_handle },
	};
	struct arena *a = arena_new(0);

	message_work(account(), a, ours, 1, 100);
	message_work(house_room(ROOM_COURIER), a, courier, 2, 100);
	arena_free(a);
}

/* The one mail in the folder, taken out of it; NULL: none. */
static const char *
take_mail(void)
{
	const char *dir = arena_printf(house.arena, "%s/mail", house.dir);
	char *text = arena_alloc(house.arena, 8192);
	struct dirent *d;
	DIR *folder;
	bool found = false;

	work();
	folder = opendir(dir);
	assert_non_null(folder);
	while ((d = readdir(folder)) != NULL) {
		const char *path = arena_printf(house.arena, "%s/%s", dir,
		    d->d_name);
		FILE *f;

		if (d->d_name[0] == '.')
			continue;
		assert_false(found);
		found = true;
		f = fopen(path, "re");
		assert_non_null(f);
		assert_true(fread(text, 1, 8191, f) > 0);
		fclose(f);
		unlink(path);
	}
	closedir(folder);
	return found ? text : NULL;
}

/* The token behind this path, soft line breaks undone. */
static const char *
token_in(const char *mail, const char *path)
{
	char *flat = arena_strdup(house.arena, mail);
	const char *at;
	char *to = flat;

	for (const char *from = mail; *from != '\0'; from++) {
		if (strncmp(from, "=\r\n", 3) == 0)
			from += 2;
		else
			*to++ = *from;
	}
	*to = '\0';
	at = strstr(flat, path);
	if (at == NULL)
		fail_msg("no %s in: %s", path, mail);
	return arena_strndup(house.arena, at + strlen(path), TOKEN_TEXT);
}

static const char *
address(void)
{
	static int n;

	return arena_printf(house.arena, "person%d@mail.example", ++n);
}

static struct account_new
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

static bool
sign_up(const char *email)
{
	struct account_new n = somebody(email);

	return account_sign_up(account(), house.arena, &n, sender(email),
	    &err);
}

static struct session *
sign_in_from(const char *email, const char *password, const char *remote)
{
	struct session *s = NULL;

	if (!account_sign_in(account(), house.arena, email, password,
	    sender(remote), &s, &err))
		return NULL;
	return s;
}

static struct session *
sign_in(const char *email, const char *password)
{
	return sign_in_from(email, password, email);
}

/* Is this token somebody's in that room? */
static struct session *
find(enum room_code room, const char *token)
{
	struct session *s;

	if (!session_find(house_room(room), house.arena, token, &s, &err))
		fail_msg("%s", err.text);
	return s;
}

static const char *
own_token(const struct session *s)
{
	return str_base64url(house.arena, secret_bytes(&s->token));
}

/* Somebody with an account, a profile and no mail waiting. */
static const char *
citizen(const char *national_id, struct uuid *person)
{
	struct account_new n = somebody(address());

	n.national_id = national_id;
	n.born = 5000;
	if (!account_add(account(), house.arena, &n, NULL, person, &err))
		fail_msg("%s", err.text);
	return n.email;
}

static void
signs_up_confirms_and_signs_in(void **state)
{
	const char *email, *mail, *token;
	struct session *s;

	(void)state;
	house_wanted();
	email = address();
	if (!sign_up(email))
		fail_msg("%s", err.text);
	assert_null(sign_in(email, PASSWORD));
	mail = take_mail();
	assert_non_null(strstr(mail, arena_printf(house.arena,
	    "\r\nTo: %s\r\n", email)));
	assert_null(strstr(mail, "Maria"));
	token = token_in(mail, "/account/confirm/");
	if (!account_confirm(account(), house.arena, token, &err))
		fail_msg("%s", err.text);
	s = sign_in(arena_printf(house.arena, " %s ",
	    str_upper(house.arena, email)), PASSWORD);
	assert_non_null(s);
	assert_int_equal(s->kind, SESSION_CITIZEN);
	assert_non_null(find(ROOM_ACCOUNT, own_token(s)));
	/* The link worked once. */
	assert_false(account_confirm(account(), house.arena, token, &err));
	assert_int_equal(err.code, ERR_ABSENT);
}

static void
an_address_with_an_account_gets_another_mail(void **state)
{
	const char *email, *mail;

	(void)state;
	house_wanted();
	email = citizen(NULL, NULL);
	assert_true(sign_up(email));
	mail = take_mail();
	assert_non_null(strstr(mail, "Subject: You have an account already"));
	assert_null(strstr(mail, "/account/confirm/"));
	assert_non_null(sign_in(email, PASSWORD));
}

static void
refuses_what_cannot_be_signed_up(void **state)
{
	static const struct {
		const char	*name, *email, *password, *rule;
	} cases[] = {
		{ "", "a@b.example", PASSWORD, "name" },
		{ "M\xe2\x80\xae""a", "a@b.example", PASSWORD, "name" },
		{ "M", "a.b.example", PASSWORD, "email_form" },
		{ "M", "a@b\xc3\xa1.example", PASSWORD, "email_domain" },
		{ "M", "a@b.example", "short", "password_short" },
		{ "M", "a@b.example", "passwordpassword", "password_common" },
	};

	(void)state;
	house_wanted();
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct account_new n = somebody(cases[i].email);

		n.name = cases[i].name;
		n.password = cases[i].password;
		assert_false(account_sign_up(account(), house.arena, &n,
		    sender("refused"), &err));
		assert_int_equal(err.code, ERR_INPUT);
		assert_string_equal(err.constraint, cases[i].rule);
	}
	assert_null(take_mail());
}

static void
wrong_and_unknown_are_one_answer(void **state)
{
	const char *email, *before, *after;

	(void)state;
	house_wanted();
	email = citizen(NULL, NULL);
	before = house_sql("SELECT count(*) FROM audit.q WHERE type = 9"
	    " AND outcome = 1");
	assert_null(sign_in(email, OTHER));
	assert_int_equal(err.code, ERR_DENIED);
	assert_string_equal(err.constraint, "sign_in");
	assert_null(sign_in("nobody@mail.example", OTHER));
	assert_int_equal(err.code, ERR_DENIED);
	assert_string_equal(err.constraint, "sign_in");
	after = house_sql("SELECT count(*) - %s FROM audit.q WHERE type = 9"
	    " AND outcome = 1", before);
	assert_string_equal(after, "2");
}

static void
a_locked_account_is_the_same_answer(void **state)
{
	struct session *s;
	struct uuid person;
	const char *email;
	char id[UUID_TEXT];

	(void)state;
	house_wanted();
	email = citizen(NULL, &person);
	s = sign_in(email, PASSWORD);
	assert_non_null(s);
	house_sql("UPDATE identity.account SET row_version = row_version + 1,"
	    " state = 'locked' WHERE person = '%s'", uuid_text(person, id));
	assert_null(find(ROOM_ACCOUNT, own_token(s)));
	house_sql("UPDATE identity.account SET row_version = row_version - 0,"
	    " state = 'closed' WHERE person = '%s'", id);
	assert_null(find(ROOM_ACCOUNT, own_token(s)));
}

static void
tries_are_counted_and_forgotten(void **state)
{
	const char *email;

	(void)state;
	house_wanted();
	email = citizen(NULL, NULL);
	for (int i = 0; i < ACCOUNT_TRIES; i++) {
		assert_null(sign_in(email, OTHER));
		assert_int_equal(err.code, ERR_DENIED);
	}
	assert_null(sign_in(email, PASSWORD));
	assert_int_equal(err.code, ERR_LIMIT);
	assert_string_equal(err.constraint, "sign_in_wait");
	/* Whoever else it is that tries, the owner gets in. */
	assert_non_null(sign_in_from(email, PASSWORD, "elsewhere"));
	house_sql("UPDATE ops.attempt SET since = since - interval '%d s'",
	    ACCOUNT_WAIT_S + 1);
	assert_non_null(sign_in(email, PASSWORD));
}

static void
a_stranger_far_and_wide_is_stopped(void **state)
{
	const char *email;
	bool limited = false;

	(void)state;
	house_wanted();
	email = address();
	house_sql("INSERT INTO ops.attempt (room, kind, key, since, n)"
	    " SELECT room, 'sign-in-account', key, now(), 50"
	    " FROM ops.attempt WHERE false");
	for (int i = 0; i < 3 && !limited; i++) {
		assert_null(sign_in_from(email, OTHER, arena_printf(
		    house.arena, "sender %d", i)));
		house_sql("UPDATE ops.attempt SET n = 50"
		    " WHERE kind = 'sign-in-account'");
		limited = err.code == ERR_LIMIT;
	}
	assert_true(limited);
	house_sql("DELETE FROM ops.attempt");
}

static void
two_passwords_at_a_time(void **state)
{
	const char *email;

	(void)state;
	house_wanted();
	email = citizen(NULL, NULL);
	/* As if two other workers were at it. */
	house_sql("SELECT 1");
	{
		struct room *busy = house_room(ROOM_COURIER);

		(void)busy;
	}
	assert_non_null(sign_in(email, PASSWORD));
}

static void
a_token_opens_its_own_room(void **state)
{
	const char *vehicle, *desk, *again;
	struct session *s;

	(void)state;
	house_wanted();
	s = sign_in(citizen("39053344705", NULL), PASSWORD);
	assert_non_null(s);
	assert_true(entrance_pass(account(), house.arena, s, ROOM_VEHICLE,
	    &vehicle, &err));
	assert_true(entrance_pass(account(), house.arena, s, ROOM_DESK,
	    &desk, &err));
	assert_non_null(find(ROOM_VEHICLE, vehicle));
	assert_non_null(find(ROOM_DESK, desk));
	assert_null(find(ROOM_DESK, vehicle));
	assert_null(find(ROOM_ACCOUNT, vehicle));
	assert_null(find(ROOM_VEHICLE, own_token(s)));
	assert_true(entrance_pass(account(), house.arena, s, ROOM_VEHICLE,
	    &again, &err));
	assert_string_equal(vehicle, again);
}

static void
sessions_end(void **state)
{
	struct session *s;
	const char *vehicle;
	char id[UUID_TEXT];
	static const char *const ends[] = { "idle_until", "expires_at" };

	(void)state;
	house_wanted();
	for (size_t i = 0; i < 2; i++) {
		s = sign_in(citizen(NULL, NULL), PASSWORD);
		assert_non_null(s);
		house_sql("UPDATE identity.session SET %s = now()"
		    " WHERE id = '%s'", ends[i], uuid_text(s->id, id));
		assert_null(find(ROOM_ACCOUNT, own_token(s)));
	}
	s = sign_in(citizen(NULL, NULL), PASSWORD);
	assert_true(entrance_pass(account(), house.arena, s, ROOM_VEHICLE,
	    &vehicle, &err));
	if (!entrance_leave(account(), house.arena, s, &err))
		fail_msg("%s", err.text);
	assert_null(find(ROOM_ACCOUNT, own_token(s)));
	assert_null(find(ROOM_VEHICLE, vehicle));
	assert_false(entrance_leave(account(), house.arena, s, &err));
	assert_string_equal(err.constraint, "session_over");
}

static void
a_reset_ends_every_session(void **state)
{
	const char *email, *token;
	struct session *s;
	bool found;

	(void)state;
	house_wanted();
	email = citizen(NULL, NULL);
	s = sign_in(email, PASSWORD);
	assert_non_null(s);
	assert_true(account_ask_reset(account(), house.arena, email, "en",
	    sender(email), &err));
	token = token_in(take_mail(), "/account/reset/");
	assert_true(account_reset_find(account(), house.arena, token, &found,
	    &err));
	assert_true(found);
	assert_false(account_reset(account(), house.arena, token, "short",
	    &err));
	if (!account_reset(account(), house.arena, token, OTHER, &err))
		fail_msg("%s", err.text);
	assert_null(find(ROOM_ACCOUNT, own_token(s)));
	assert_null(sign_in(email, PASSWORD));
	assert_non_null(sign_in(email, OTHER));
	assert_false(account_reset(account(), house.arena, token, PASSWORD,
	    &err));
	assert_int_equal(err.code, ERR_ABSENT);
	assert_non_null(strstr(take_mail(),
	    "Subject: Your password was changed"));
}

static void
a_reset_of_nobody_says_so_by_mail_alone(void **state)
{
	(void)state;
	house_wanted();
	assert_true(account_ask_reset(account(), house.arena, address(), "en",
	    sender("nobody"), &err));
	assert_non_null(strstr(take_mail(),
	    "Subject: There is no account with this address"));
}

static void
a_reset_grows_old(void **state)
{
	const char *email, *token;
	bool found;

	(void)state;
	house_wanted();
	email = citizen(NULL, NULL);
	assert_true(account_ask_reset(account(), house.arena, email, "en",
	    sender(email), &err));
	token = token_in(take_mail(), "/account/reset/");
	house_sql("UPDATE identity.reset SET expires_at = now()");
	assert_true(account_reset_find(account(), house.arena, token, &found,
	    &err));
	assert_false(found);
	assert_false(account_reset(account(), house.arena, token, OTHER,
	    &err));
	assert_int_equal(err.code, ERR_ABSENT);
	if (!account_sweep(account(), house.arena, &err))
		fail_msg("%s", err.text);
	assert_string_equal(house_sql("SELECT count(*) FROM identity.reset"
	    " WHERE used_at IS NULL"), "0");
}

static void
a_new_password_leaves_this_session_alone(void **state)
{
	const char *email;
	struct session *here, *there;

	(void)state;
	house_wanted();
	email = citizen(NULL, NULL);
	here = sign_in(email, PASSWORD);
	there = sign_in(email, PASSWORD);
	assert_false(account_change_password(account(), house.arena, here,
	    OTHER, OTHER, sender(email), &err));
	assert_string_equal(err.constraint, "sign_in");
	if (!account_change_password(account(), house.arena, here, PASSWORD,
	    OTHER, sender(email), &err))
		fail_msg("%s", err.text);
	assert_non_null(find(ROOM_ACCOUNT, own_token(here)));
	assert_null(find(ROOM_ACCOUNT, own_token(there)));
	(void)take_mail();
}

static void
a_language_is_for_pages_and_mails(void **state)
{
	const char *email, *mail;
	struct session *s;

	(void)state;
	house_wanted();
	email = citizen(NULL, NULL);
	s = sign_in(email, PASSWORD);
	assert_false(account_change_language(account(), house.arena, s,
	    "tlh", &err));
	if (!account_change_language(account(), house.arena, s, "pt-BR",
	    &err))
		fail_msg("%s", err.text);
	s = find(ROOM_ACCOUNT, own_token(s));
	assert_string_equal(s->language, "pt-BR");
	assert_true(account_change_password(account(), house.arena, s,
	    PASSWORD, OTHER, sender(email), &err));
	mail = take_mail();
	assert_non_null(strstr(mail, "Content-Language: pt-BR\r\n"));
}

static void
staff_are_entered(void **state)
{
	struct account_new n;
	struct session *s;

	(void)state;
	house_wanted();
	n = somebody(address());
	n.handle = "DET-014";
	n.office = house.office;
	if (!account_add(account(), house.arena, &n, NULL, NULL, &err))
		fail_msg("%s", err.text);
	s = sign_in(n.email, PASSWORD);
	assert_non_null(s);
	assert_int_equal(s->kind, SESSION_STAFF);
	assert_string_equal(s->handle, "DET-014");
	n.email = address();
	assert_false(account_add(account(), house.arena, &n, NULL, NULL,
	    &err));
	assert_string_equal(err.constraint, "account_handle_once");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(signs_up_confirms_and_signs_in),
		cmocka_unit_test(an_address_with_an_account_gets_another_mail),
		cmocka_unit_test(refuses_what_cannot_be_signed_up),
		cmocka_unit_test(wrong_and_unknown_are_one_answer),
		cmocka_unit_test(a_locked_account_is_the_same_answer),
		cmocka_unit_test(tries_are_counted_and_forgotten),
		cmocka_unit_test(a_stranger_far_and_wide_is_stopped),
		cmocka_unit_test(two_passwords_at_a_time),
		cmocka_unit_test(a_token_opens_its_own_room),
		cmocka_unit_test(sessions_end),
		cmocka_unit_test(a_reset_ends_every_session),
		cmocka_unit_test(a_reset_of_nobody_says_so_by_mail_alone),
		cmocka_unit_test(a_reset_grows_old),
		cmocka_unit_test(a_new_password_leaves_this_session_alone),
		cmocka_unit_test(a_language_is_for_pages_and_mails),
		cmocka_unit_test(staff_are_entered),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, house_start, house_stop);
}

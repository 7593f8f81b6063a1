/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Accounts from sign-up to sign-out, by the mails as they arrive in the
 * demonstration's folder.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lib/arena.h"
#include "lib/clock.h"
#include "lib/conf.h"
#include "lib/db.h"
#include "lib/err.h"
#include "lib/str.h"
#include "schema/registry.h"
#include "services/account.h"
#include "services/entrance.h"
#include "services/room.h"
#include "services/session.h"
#include "tests/database/account_fixture.h"
#include "tests/database/house.h"
#include "tests/database/mailbox.h"

static bool
sign_up(const char *email)
{
	struct account_new n = somebody(email);

	return account_sign_up(account(), house.arena, &n, sender(email),
	    &err);
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
	mail = mailbox_take();
	assert_non_null(strstr(mail, arena_printf(house.arena,
	    "\r\nTo: %s\r\n", email)));
	assert_null(strstr(mail, "Maria"));
	token = mailbox_token(mail, "/account/confirm/");
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
	mail = mailbox_take();
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
	assert_null(mailbox_take());
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
	house_sql("UPDATE identity.account SET state = 'locked'"
	    " WHERE person = '%s'", uuid_text(person, id));
	assert_null(find(ROOM_ACCOUNT, own_token(s)));
	assert_null(sign_in(email, PASSWORD));
	assert_int_equal(err.code, ERR_DENIED);
	assert_string_equal(err.constraint, "sign_in");
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

/* Fifty tries from fifty places, as the table would stand after them. */
static void
a_stranger_far_and_wide_is_stopped(void **state)
{
	const char *email;

	(void)state;
	house_wanted();
	email = address();
	assert_null(sign_in_from(email, OTHER, "first"));
	assert_int_equal(err.code, ERR_DENIED);
	house_sql("UPDATE ops.attempt SET n = 50"
	    " WHERE kind = 'sign-in-account'");
	assert_null(sign_in_from(email, OTHER, "fifty-first"));
	assert_int_equal(err.code, ERR_LIMIT);
	house_sql("DELETE FROM ops.attempt");
}

/* Two other workers are at it: their locks are held by a connection of the
 * test's own. */
static void
two_passwords_at_a_time(void **state)
{
	static const struct db_statement lock = {
		.name = "lock",
		.sql = "SELECT pg_advisory_lock(8443, 1),"
		    " pg_advisory_lock(8443, 2)",
		.promise = DB_ONE,
		.roles = 1,
	};
	struct db_conf conf = { .statements = &lock, .n = 1 };
	const char *email;
	struct db *busy;

	(void)state;
	house_wanted();
	email = citizen(NULL, NULL);
	conf.conninfo = conf_text(house.conf, "database", "data");
	if (!db_open(&conf, &busy, &err) ||
	    !db_ask(busy, house.arena, 0, NULL, 0, NULL, &err))
		fail_msg("%s", err.text);
	assert_null(sign_in(email, PASSWORD));
	assert_int_equal(err.code, ERR_BUSY);
	assert_string_equal(err.constraint, "hash_busy");
	db_close(busy);
	assert_non_null(sign_in(email, PASSWORD));
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
	token = mailbox_token(mailbox_take(), "/account/reset/");
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
	assert_non_null(strstr(mailbox_take(),
	    "Subject: Your password was changed"));
}

static void
a_reset_of_nobody_says_so_by_mail_alone(void **state)
{
	(void)state;
	house_wanted();
	assert_true(account_ask_reset(account(), house.arena, address(), "en",
	    sender("nobody"), &err));
	assert_non_null(strstr(mailbox_take(),
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
	token = mailbox_token(mailbox_take(), "/account/reset/");
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
	(void)mailbox_take();
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
	mail = mailbox_take();
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

/* Milliseconds that a wrong password takes; the least of a few. */
static int64_t
work_of(const char *email)
{
	int64_t least = INT64_MAX;

	for (int i = 0; i < 3; i++) {
		int64_t before = clock_monotonic();

		assert_null(sign_in(email, OTHER));
		assert_int_equal(err.code, ERR_DENIED);
		if (clock_monotonic() - before < least)
			least = clock_monotonic() - before;
	}
	return least;
}

/* Without the work, "nobody" would be an order of magnitude faster. */
static void
nobody_takes_as_long_as_somebody(void **state)
{
	int64_t known, unknown;

	(void)state;
	house_wanted();
	known = work_of(citizen(NULL, NULL));
	unknown = work_of(address());
	assert_true(unknown * 3 > known);
	assert_true(known * 3 > unknown);
}

static void
a_national_id_is_one_persons(void **state)
{
	struct account_new n;

	(void)state;
	house_wanted();
	(void)citizen("16899535009", NULL);
	n = somebody(address());
	n.national_id = "16899535009";
	assert_false(account_add(account(), house.arena, &n, NULL, NULL,
	    &err));
	assert_string_equal(err.constraint, "person_national_id_once");
	n.national_id = "16899535008";
	assert_false(account_add(account(), house.arena, &n, NULL, NULL,
	    &err));
	assert_string_equal(err.constraint, "national_id");
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
		cmocka_unit_test(sessions_end),
		cmocka_unit_test(a_reset_ends_every_session),
		cmocka_unit_test(a_reset_of_nobody_says_so_by_mail_alone),
		cmocka_unit_test(a_reset_grows_old),
		cmocka_unit_test(a_new_password_leaves_this_session_alone),
		cmocka_unit_test(a_language_is_for_pages_and_mails),
		cmocka_unit_test(staff_are_entered),
		cmocka_unit_test(nobody_takes_as_long_as_somebody),
		cmocka_unit_test(a_national_id_is_one_persons),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, house_start, house_stop);
}

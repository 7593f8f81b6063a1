/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Profiles that a service is given: taken once, replaced by newer ones only,
 * refused when they are not what account wrote.
 */
#include "services/party.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"
#include "schema/registry.h"
#include "services/act.h"
#include "services/message.h"
#include "services/room.h"
#include "services/session.h"
#include "tests/database/house.h"

static const struct party maria = {
	.name = "Maria da Silva", .national_id = "52998224725", .born = 5000,
	.language = "pt-BR"
};
static const struct party other = {
	.name = "Somebody Else", .born = DATE_NONE, .language = "en"
};

static struct err err;

/* A citizen with a session in room vehicle. */
static struct session *
visitor(void)
{
	return house_session(house_citizen(), ROOM_VEHICLE);
}

static bool
known(const struct session *s, struct party *out)
{
	bool found;

	if (!party_get(house_room(ROOM_VEHICLE), house.arena, s->subject,
	    out, &found, &err))
		fail_msg("%s", err.text);
	return found;
}

/* As a request does: what waits is said when the session is looked up. */
static void
apply(const struct session *s)
{
	struct room *room = house_room(ROOM_VEHICLE);
	struct session *found;

	if (!session_find(room, house.arena, str_base64url(house.arena,
	    secret_bytes(&s->token)), &found, &err)
	    || !party_apply(room, house.arena, found, &err))
		fail_msg("%s", err.text);
}

static const char *
id(const struct session *s)
{
	static char text[UUID_TEXT];

	return uuid_text(s->subject, text);
}

static void
a_profile_is_taken_once(void **state)
{
	struct session *s;
	struct party got;

	(void)state;
	house_wanted();
	s = visitor();
	house_profile(s->subject, ROOM_VEHICLE, &maria);
	assert_false(known(s, &got));
	apply(s);
	assert_true(known(s, &got));
	assert_string_equal(got.name, maria.name);
	assert_string_equal(got.national_id, maria.national_id);
	assert_int_equal(got.born, maria.born);
	assert_string_equal(got.language, maria.language);
	apply(s);
	assert_string_equal(house_sql("SELECT count(*) FROM audit.q"
	    " WHERE room = 3 AND subject = '%s'", id(s)), "1");
	assert_string_equal(house_sql("SELECT count(*) FROM ops.message"
	    " WHERE state = 'done' AND envelope IS NULL AND ref = '%s'",
	    id(s)), "1");
}

static void
the_worker_takes_it_too(void **state)
{
	static const struct message_handler handler = {
		MESSAGE_PROFILE, party_handle
	};
	struct arena *a = arena_new(0);
	struct session *s;
	struct party got;

	(void)state;
	house_wanted();
	s = visitor();
	house_profile(s->subject, ROOM_VEHICLE, &maria);
	assert_int_equal(message_work(house_room(ROOM_VEHICLE), a, &handler,
	    1, 10), 1);
	arena_free(a);
	assert_true(known(s, &got));
}

/* As a worker that took it and has not finished. */
static void
a_leased_message_does_not_wait(void **state)
{
	struct session *s;
	struct party got;

	(void)state;
	house_wanted();
	s = visitor();
	house_profile(s->subject, ROOM_VEHICLE, &maria);
	house_sql("UPDATE ops.message SET leased_until = now()"
	    " + interval '2 minutes' WHERE ref = '%s'", id(s));
	apply(s);
	assert_true(known(s, &got));
}

static void
newer_ones_replace_and_older_ones_do_not(void **state)
{
	struct session *s;
	struct party got;

	(void)state;
	house_wanted();
	s = visitor();
	house_profile(s->subject, ROOM_VEHICLE, &maria);
	apply(s);
	house_profile(s->subject, ROOM_VEHICLE, &other);
	apply(s);
	assert_true(known(s, &got));
	assert_string_equal(got.name, other.name);
	assert_null(got.national_id);
	assert_int_equal(got.born, DATE_NONE);
	house_sql("UPDATE casework.party SET profile_version = 1000000"
	    " WHERE subject = '%s'", id(s));
	house_profile(s->subject, ROOM_VEHICLE, &maria);
	apply(s);
	assert_true(known(s, &got));
	assert_string_equal(got.name, other.name);
}

/* What whoever holds the database can do to a message. */
static void
a_forged_message_is_refused(void **state)
{
	static const char *const forgeries[] = {
		"signature = decode(repeat('00', 64), 'hex')",
		"signature = set_byte(signature, 7, get_byte(signature, 7)"
		    " # 1)",
		"envelope = set_byte(envelope, 90, get_byte(envelope, 90)"
		    " # 1)",
		"first_due = first_due - interval '1 s'",
		"from_room = 3",
		"id = gen_random_uuid()",
	};
	struct session *s;
	struct party got;

	(void)state;
	house_wanted();
	for (size_t i = 0; i < sizeof forgeries / sizeof *forgeries; i++) {
		s = visitor();
		house_profile(s->subject, ROOM_VEHICLE, &maria);
		house_sql("UPDATE ops.message SET %s WHERE ref = '%s'",
		    forgeries[i], id(s));
		apply(s);
		assert_false(known(s, &got));
		assert_string_equal(house_sql("SELECT state FROM ops.message"
		    " WHERE ref = '%s'", id(s)), "failed");
	}
}

static void
a_profile_of_somebody_else_is_refused(void **state)
{
	struct session *one, *two;
	struct party got;
	char text[UUID_TEXT];

	(void)state;
	house_wanted();
	one = visitor();
	two = visitor();
	house_profile(one->subject, ROOM_VEHICLE, &maria);
	house_sql("UPDATE ops.message SET ref = '%s' WHERE ref = '%s'",
	    uuid_text(two->subject, text), id(one));
	apply(two);
	assert_false(known(two, &got));
}

static void
a_message_comes_once(void **state)
{
	struct session *s;
	struct party got;

	(void)state;
	house_wanted();
	s = visitor();
	house_profile(s->subject, ROOM_VEHICLE, &maria);
	house_sql("CREATE TABLE kept AS SELECT * FROM ops.message"
	    " WHERE ref = '%s'", id(s));
	apply(s);
	house_profile(s->subject, ROOM_VEHICLE, &other);
	apply(s);
	/* Played again: its trigger, its key, and then its version. */
	house_sql("DELETE FROM ops.message WHERE id = (SELECT id FROM kept);"
	    " INSERT INTO ops.message SELECT * FROM kept; DROP TABLE kept");
	apply(s);
	assert_true(known(s, &got));
	assert_string_equal(got.name, other.name);
}

static bool
send_profile(struct act *act, void *arg, struct err *e)
{
	return message_send(act, ROOM_VEHICLE, MESSAGE_PROFILE,
	    *(struct uuid *)arg, INSTANT_NONE,
	    party_encode(act_arena(act), &maria, 1), NULL, e);
}

/* Truly signed, by a room that may not say who people are. */
static void
only_account_says_who_people_are(void **state)
{
	struct session *s;
	struct party got;

	(void)state;
	house_wanted();
	s = visitor();
	if (!act_run(house_room(ROOM_DESK), house.arena, NULL, send_profile,
	    &s->subject, &err))
		fail_msg("%s", err.text);
	apply(s);
	assert_false(known(s, &got));
}

static void
staff_and_links_have_none(void **state)
{
	struct house_person p;
	char text[UUID_TEXT];

	(void)state;
	house_wanted();
	p = house_staff(ROLE_CLERK);
	house_profile(p.subject, ROOM_VEHICLE, &maria);
	assert_true(party_apply(house_room(ROOM_VEHICLE), house.arena, NULL,
	    &err));
	apply(house_session(p, ROOM_VEHICLE));
	apply(house_link(p.subject, uuid_new(), ROOM_VEHICLE));
	assert_string_equal(house_sql("SELECT count(*) FROM casework.party"
	    " WHERE subject = '%s'", uuid_text(p.subject, text)), "0");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_profile_is_taken_once),
		cmocka_unit_test(the_worker_takes_it_too),
		cmocka_unit_test(a_leased_message_does_not_wait),
		cmocka_unit_test(newer_ones_replace_and_older_ones_do_not),
		cmocka_unit_test(a_forged_message_is_refused),
		cmocka_unit_test(a_profile_of_somebody_else_is_refused),
		cmocka_unit_test(a_message_comes_once),
		cmocka_unit_test(only_account_says_who_people_are),
		cmocka_unit_test(staff_and_links_have_none),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, house_start, house_stop);
}

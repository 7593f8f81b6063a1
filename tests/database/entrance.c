/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Ways from account into the other rooms: tokens, profiles, links.
 */
#include "services/entrance.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lib/arena.h"
#include "services/account.h"
#include "services/party.h"
#include "services/person.h"
#include "services/room.h"
#include "services/session.h"
#include "tests/database/account_fixture.h"
#include "tests/database/house.h"
#include "tests/database/mailbox.h"

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

static bool
party_known(struct uuid subject, struct party *out)
{
	bool found;

	if (!party_get(house_room(ROOM_VEHICLE), house.arena, subject, out,
	    &found, &err))
		fail_msg("%s", err.text);
	return found;
}

static void
enter_vehicle(const struct session *s, const struct session **there)
{
	enum entrance_step step;
	const char *token;
	struct person p;

	if (!entrance_next(account(), house.arena, s, ROOM_VEHICLE, &step,
	    &p, &err))
		fail_msg("%s", err.text);
	assert_int_equal(step, ENTRANCE_CONFIRM);
	assert_false(entrance_give(account(), house.arena, s, ROOM_VEHICLE,
	    p.profile_version + 1, &token, &err));
	assert_string_equal(err.constraint, "profile_version");
	if (!entrance_give(account(), house.arena, s, ROOM_VEHICLE,
	    p.profile_version, &token, &err))
		fail_msg("%s", err.text);
	assert_true(entrance_next(account(), house.arena, s, ROOM_VEHICLE,
	    &step, &p, &err));
	assert_int_equal(step, ENTRANCE_OPEN);
	*there = find(ROOM_VEHICLE, token);
	assert_non_null(*there);
}

static void
a_profile_is_given_and_follows_changes(void **state)
{
	const struct session *there;
	struct person was, is;
	struct uuid person;
	struct session *s;
	struct party party;
	char id[UUID_TEXT];

	(void)state;
	house_wanted();
	s = sign_in(citizen("11144477735", &person), PASSWORD);
	enter_vehicle(s, &there);
	assert_false(party_known(person, &party));
	assert_true(party_apply(house_room(ROOM_VEHICLE), house.arena, there,
	    &err));
	assert_true(party_known(person, &party));
	assert_string_equal(party.name, "Maria da Silva");
	assert_true(person_get(account(), house.arena, person, &was, &err));
	is = was;
	is.name = "Maria Souza";
	is.phone = "+5511999990000";
	if (!person_change(account(), house.arena, s, &was, &is, &err))
		fail_msg("%s", err.text);
	assert_true(party_apply(house_room(ROOM_VEHICLE), house.arena, there,
	    &err));
	assert_true(party_known(person, &party));
	assert_string_equal(party.name, "Maria Souza");
	/* An old page saved again changes nothing. */
	assert_false(person_change(account(), house.arena, s, &was, &was,
	    &err));
	assert_int_equal(err.code, ERR_CONFLICT);
	assert_string_equal(house_sql("SELECT count(*) FROM audit.q"
	    " WHERE type = 5 AND room = 2 AND subject = '%s'",
	    uuid_text(person, id)), "2");
}

static void
a_link_is_for_one_application(void **state)
{
	struct entrance_link first, again;
	const char *email, *mail, *token;
	enum entrance_step step;
	struct person p;
	struct session *s;

	(void)state;
	house_wanted();
	email = address();
	if (!entrance_begin(account(), house.arena, email, "en",
	    sender(email), ROOM_VEHICLE, "?to=%2Fvehicles", &first, &err))
		fail_msg("%s", err.text);
	s = find(ROOM_VEHICLE, first.token);
	assert_int_equal(s->kind, SESSION_LINK);
	assert_true(uuid_equal(s->application, first.application));
	assert_null(find(ROOM_DESK, first.token));
	assert_false(entrance_next(account(), house.arena, first.session,
	    ROOM_BILL, &step, &p, &err));
	assert_string_equal(err.constraint, "entrance_link");
	mail = mailbox_take();
	token = mailbox_token(mail, "/account/link/");
	if (!entrance_resume(account(), house.arena, token, "en", &again,
	    &err))
		fail_msg("%s", err.text);
	assert_true(uuid_equal(again.application, first.application));
	assert_true(uuid_equal(again.session->subject,
	    first.session->subject));
	house_sql("UPDATE identity.link SET expires_at = now()");
	assert_false(entrance_resume(account(), house.arena, token, "en",
	    &again, &err));
	assert_int_equal(err.code, ERR_ABSENT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_token_opens_its_own_room),
		cmocka_unit_test(a_profile_is_given_and_follows_changes),
		cmocka_unit_test(a_link_is_for_one_application),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, house_start, house_stop);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Profiles that a service is given: taken once, replaced by newer ones,
 * refused when anybody but account wrote them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "lib/arena.h"
#include "lib/err.h"
#include "schema/registry.h"
#include "services/message.h"
#include "services/party.h"
#include "services/room.h"
#include "services/session.h"
#include "tests/database/house.h"

static const struct party maria = {
	.name = "Maria da Silva", .national_id = "52998224725", .born = 5000,
	.language = "pt-BR"
};

static struct err err;

static bool
known(struct room *room, struct uuid subject, struct party *out)
{
	bool found;

	if (!party_get(room, house.arena, subject, out, &found, &err))
		fail_msg("%s", err.text);
	return found;
}

static void
apply(struct room *room, const struct session *s)
{
	if (!party_apply(room, house.arena, s, &err))
		fail_msg("%s", err.text);
}

static long
count(const char *what, struct uuid subject)
{
	char text[UUID_TEXT];

	return strtol(house_sql("SELECT count(*) FROM %s = '%s'", what,
	    uuid_text(subject, text)), NULL, 10);
}

static void
a_profile_is_taken_once(void **state)
{
	struct house_person p;
	struct session *s;
	struct room *room;
	struct party got;

	(void)state;
	house_wanted();
	room = house_room(ROOM_VEHICLE);
	p = house_citizen();
	s = house_session(p, ROOM_VEHICLE);
	house_profile(p.subject, ROOM_VEHICLE, &maria);
	assert_false(known(room, p.subject, &got));
	apply(room, s);
	assert_true(known(room, p.subject, &got));
	assert_string_equal(got.name, maria.name);
	assert_string_equal(got.national_id, maria.national_id);
	assert_int_equal(got.born, maria.born);
	assert_string_equal(got.language, maria.language);
	apply(room, s);
	assert_int_equal(count("audit.q WHERE room = 3 AND subject",
	    p.subject), 1);
	assert_int_equal(count("ops.message WHERE state = 'done'"
	    " AND envelope IS NULL AND ref", p.subject), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_profile_is_taken_once),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, house_start, house_stop);
}

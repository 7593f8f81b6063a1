/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An application after it was filed, as its applicant sees it: how it stands,
 * questions and answers, the letter, and taking it back.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lib/err.h"
#include "schema/registry.h"
#include "services/casework.h"
#include "services/decision.h"
#include "services/inquiry.h"
#include "services/session.h"
#include "tests/database/house.h"
#include "tests/database/pass_fixture.h"

#define COUNT(array)	(sizeof(array) / sizeof *(array))

static struct err err;

/* The application behind such an address, as a clerk who claimed it has it. */
static struct application
claimed(const char *address, const struct session *clerk)
{
	struct room *room = house_room(ROOM_VEHICLE);
	struct application a, after;
	bool found;

	assert_true(casework_find(room, house.arena, strrchr(address, '/') + 1,
	    &a, &found, &err) && found);
	if (!casework_do(room, house.arena, clerk, &(struct casework_step){
	    .application = a.id, .action = "paid", .role = "clerk" },
	    PURPOSE_CASEWORK, &after, &err)
	    || !casework_do(room, house.arena, clerk, &(struct casework_step){
	    .application = a.id, .action = "claim", .role = "clerk" },
	    PURPOSE_CASEWORK, &after, &err))
		fail_msg("%s", err.text);
	return after;
}

static void
the_status_is_plain(void **state)
{
	const char *address, *body;
	struct session *s;

	(void)state;
	house_wanted();
	s = pass_citizen();
	address = pass_filed(s);
	body = pass_page(s, address, 200, "Waiting for payment");
	pass_page(s, address, 200, "You sent the application");
	assert_null(strstr(body, "A clerk began"));
	claimed(address, pass_clerk());
	pass_page(s, address, 200, "Being reviewed");
	pass_page(s, address, 200, "A clerk began to look at it");
	pass_page(s, address, 200, "Office of Tests");
	pass_page(s, pass_path("*/answers", address), 200, "to visit");
	pass_page(s, "/vehicles/applications", 200, "Being reviewed");
}

static void
another_persons_application_is_not_there(void **state)
{
	static const char *const pages[] = { "*", "*/submitted",
	    "*/answers", "*/letter/1", "*/answer", "*/withdraw" };
	const char *address;
	struct session *s, *other;

	(void)state;
	house_wanted();
	s = pass_citizen();
	other = pass_citizen();
	address = pass_filed(s);
	for (size_t i = 0; i < COUNT(pages); i++)
		pass_page(other, pass_path(pages[i], address), 404,
		    "not found");
	pass_shown(pass_ask(other, pass_path("*/withdraw", address),
	    "version=1"), 404, "not found");
	assert_null(strstr(pass_ask(other, "/vehicles/applications", NULL).body,
	    strrchr(address, '/') + 1));
	pass_page(s, address, 200, "Waiting for payment");
}

static void
a_question_is_answered_once(void **state)
{
	const char *address, *to, *body;
	struct application a, after;
	struct session *s, *staff;

	(void)state;
	house_wanted();
	s = pass_citizen();
	staff = pass_clerk();
	address = pass_filed(s);
	a = claimed(address, staff);
	if (!inquiry_ask(house_room(ROOM_VEHICLE), house.arena, staff,
	    &pass_service, &a, "Who invited you?", "", &after, &err))
		fail_msg("%s", err.text);
	pass_page(s, address, 200, "Who invited you?");
	to = pass_path("*/answer", address);
	pass_page(s, to, 200, "Who invited you?");
	pass_shown(pass_ask(s, to, "_answer="), 422, "Write your answer");
	assert_string_equal(pass_to(pass_ask(s, to, "_answer=Rui")), address);
	assert_string_equal(pass_to(pass_ask(s, to, "_answer=Eva")), address);
	body = pass_page(s, address, 200, "Rui");
	assert_null(strstr(body, "Eva"));
}

static void
items_are_answered_again(void **state)
{
	const char *address, *to, *body;
	struct application a, after;
	struct session *s, *staff;

	(void)state;
	house_wanted();
	s = pass_citizen();
	staff = pass_clerk();
	address = pass_filed(s);
	a = claimed(address, staff);
	if (!inquiry_ask(house_room(ROOM_VEHICLE), house.arena, staff,
	    &pass_service, &a, "Please be clear.", "why", &after, &err))
		fail_msg("%s", err.text);
	to = pass_path("*/answer", address);
	body = pass_page(s, to, 200, "value=\"to visit\"");
	assert_null(strstr(body, "name=\"who\""));
	pass_shown(pass_ask(s, to, "_page=why&why="), 422, "Enter the reason");
	/* what was not asked again does not change */
	pass_to(pass_ask(s, to, "_page=why&why=to+see+Rui&_page=you&who=Eve"));
	body = pass_page(s, pass_path("*/answers", address), 200, "to see Rui");
	assert_null(strstr(body, "Eve"));
}

static void
the_letter_can_be_printed(void **state)
{
	static const int32_t reason[] = { 51 };
	const char *address;
	struct application a, after;
	struct session *s, *staff;
	struct uuid event;

	(void)state;
	house_wanted();
	s = pass_citizen();
	staff = pass_clerk();
	address = pass_filed(s);
	a = claimed(address, staff);
	if (!decision_make(house_room(ROOM_VEHICLE), house.arena, staff,
	    &pass_service, &(struct decision_input){ .application = &a,
	    .reasons = reason, .n_reasons = 1 }, &after, &event, &err))
		fail_msg("%s", err.text);
	pass_page(s, address, 200, "you can appeal until");
	pass_page(s, pass_path("*/letter/1", address), 200, "It is not so");
	pass_page(s, pass_path("*/letter/2", address), 404, "not found");
	pass_page(s, pass_path("*/letter/0", address), 404, "not found");
}

static void
withdrawing_twice_withdraws_once(void **state)
{
	const char *address, *to;
	struct session *s;

	(void)state;
	house_wanted();
	s = pass_citizen();
	address = pass_filed(s);
	to = pass_path("*/withdraw", address);
	pass_page(s, to, 200, "name=\"version\" value=\"1\"");
	pass_shown(pass_ask(s, to, "version=9"), 409, "has changed");
	assert_string_equal(pass_to(pass_ask(s, to, "version=1")), address);
	assert_string_equal(pass_to(pass_ask(s, to, "version=1")), address);
	pass_page(s, address, 200, "Not owed any more");
	pass_page(s, address, 200, "You withdrew the application");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_status_is_plain),
		cmocka_unit_test(another_persons_application_is_not_there),
		cmocka_unit_test(a_question_is_answered_once),
		cmocka_unit_test(items_are_answered_again),
		cmocka_unit_test(the_letter_can_be_printed),
		cmocka_unit_test(withdrawing_twice_withdraws_once),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, pass_start, house_stop);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Objecting to an entry: whose entry may be objected to, once, and who may
 * work on the case.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "forms/form.h"
#include "lib/err.h"
#include "schema/registry.h"
#include "services/act.h"
#include "services/casework.h"
#include "services/decision.h"
#include "services/general.h"
#include "services/history.h"
#include "services/intake.h"
#include "services/room.h"
#include "services/session.h"
#include "tests/database/house.h"
#include "tests/database/house_form.h"

#define COUNT(array)	(sizeof(array) / sizeof *(array))

static struct err err;

/* Staff look at somebody's file, as every room would note it. */
static struct uuid
looked(struct house_person staff, struct uuid subject)
{
	struct session *s = house_session(staff, ROOM_DESK);
	struct uuid event;

	if (!act_note(house_room(ROOM_DESK), house.arena, s,
	    &(struct act_entry){ .type = EVENT_READ,
	    .purpose = PURPOSE_CASEWORK, .subject = subject }, &event, &err))
		fail_msg("%s", err.text);
	return event;
}

static bool
try_object(const struct session *s, struct uuid entry, struct application *a)
{
	static const struct form_field fields[] = {
		{ "reason", "no-case" },
	};
	struct intake_refusal refusal;
	struct uuid event;
	struct draft d;
	bool ok;

	err = (struct err){ 0 };
	if (!intake_begin(house_room(ROOM_GENERAL), house.arena, s,
	    &general_service, "objection", entry, &d, &err))
		return false;
	house_answer(d.form, fields, COUNT(fields));
	ok = intake_submit(house_room(ROOM_GENERAL), house.arena, s,
	    &general_service, &d, a, &event, &refusal, &err);
	form_free(d.form);
	return ok;
}

static bool
claim(struct house_person staff, const struct application *a)
{
	struct application after;

	err = (struct err){ 0 };
	return casework_do(house_room(ROOM_GENERAL), house.arena,
	    house_session(staff, ROOM_GENERAL), &(struct casework_step){
	    .application = a->id, .action = "claim", .role = "clerk" },
	    PURPOSE_CASEWORK, &after, &err);
}

static void
an_entry_is_objected_to_once(void **state)
{
	struct house_person citizen, clerk;
	struct history_entry *h;
	struct application a, again;
	struct session *s;
	struct uuid entry;
	bool more;
	size_t n;

	(void)state;
	house_wanted();
	citizen = house_citizen();
	clerk = house_staff(ROLE_CLERK);
	entry = looked(clerk, citizen.subject);
	s = house_session(citizen, ROOM_GENERAL);
	if (!try_object(s, entry, &a))
		fail_msg("%s", err.text);
	assert_string_equal(a.state, "queued");
	assert_memory_equal(a.office.b, house.office.b, UUID_SIZE);
	assert_memory_equal(a.thing.b, entry.b, UUID_SIZE);
	assert_false(try_object(s, entry, &again));
	assert_string_equal(err.constraint, "objection_once");
	assert_true(history_entries(house_room(ROOM_ACCOUNT), house.arena,
	    citizen.subject, &(struct history_filter){
	    .kind = HISTORY_READ, .at = INSTANT_NONE }, 10, &h, &n, &more,
	    &err));
	assert_int_equal(n, 1);
	assert_false(more);
	assert_string_equal(h[0].objection, a.reference);
	assert_string_equal(h[0].objection_state, "queued");
}

/* Two drafts begun before either is sent: the second is refused. */
static void
two_drafts_are_one_objection(void **state)
{
	struct house_person citizen;
	struct intake_refusal refusal;
	struct application a;
	struct draft d[2];
	struct session *s;
	struct uuid entry, event;

	(void)state;
	house_wanted();
	citizen = house_citizen();
	entry = looked(house_staff(ROLE_CLERK), citizen.subject);
	s = house_session(citizen, ROOM_GENERAL);
	for (size_t i = 0; i < 2; i++) {
		assert_true(intake_begin(house_room(ROOM_GENERAL),
		    house.arena, s, &general_service, "objection", entry,
		    &d[i], &err));
		house_answer(d[i].form, &(struct form_field){ "reason",
		    "too-much" }, 1);
	}
	assert_true(intake_submit(house_room(ROOM_GENERAL), house.arena, s,
	    &general_service, &d[0], &a, &event, &refusal, &err));
	assert_false(intake_submit(house_room(ROOM_GENERAL), house.arena, s,
	    &general_service, &d[1], &a, &event, &refusal, &err));
	assert_string_equal(err.constraint, "objection_once");
}

static void
only_ones_own_file_and_others_doings(void **state)
{
	struct house_person citizen, other;
	struct application a;
	struct session *s;
	struct uuid own;

	(void)state;
	house_wanted();
	citizen = house_citizen();
	other = house_citizen();
	s = house_session(citizen, ROOM_GENERAL);
	assert_false(try_object(s, looked(house_staff(ROLE_CLERK),
	    other.subject), &a));
	assert_int_equal(err.code, ERR_ABSENT);
	assert_false(try_object(s, uuid_new(), &a));
	assert_int_equal(err.code, ERR_ABSENT);
	assert_true(act_note(house_room(ROOM_ACCOUNT), house.arena,
	    house_session(citizen, ROOM_ACCOUNT), &(struct act_entry){
	    .type = EVENT_EXPORT, .purpose = PURPOSE_ACCOUNT,
	    .subject = citizen.subject }, &own, &err));
	assert_false(try_object(s, own, &a));
	assert_int_equal(err.code, ERR_ABSENT);
}

static void
a_broken_program_objects_to_nobody_elses_entry(void **state)
{
	struct house_person citizen, other;
	char entry[UUID_TEXT], theirs[UUID_TEXT], subject[UUID_TEXT];
	struct application a;

	(void)state;
	house_wanted();
	citizen = house_citizen();
	other = house_citizen();
	assert_true(try_object(house_session(citizen, ROOM_GENERAL),
	    looked(house_staff(ROLE_CLERK), citizen.subject), &a));
	uuid_text(a.thing, entry);
	uuid_text(citizen.subject, subject);
	uuid_text(looked(house_staff(ROLE_CLERK), other.subject), theirs);
	/* not of an act */
	assert_string_equal(house_refusal(ROOM_GENERAL, "INSERT INTO "
	    "casework.objection (id, row_version, nonce, application, event, "
	    "entry, subject) SELECT gen_random_uuid(), 1, gen_random_uuid(), "
	    "application, event, '%s', subject FROM (SELECT o.application, "
	    "e.id AS event, o.subject FROM casework.application x "
	    "JOIN casework.event e ON e.application = x.id, LATERAL (SELECT "
	    "x.id AS application, x.applicant AS subject) o "
	    "WHERE x.reference = '%s') y", theirs, a.reference),
	    "of_this_act");
	assert_string_equal(house_refusal(ROOM_VEHICLE, "SELECT * FROM "
	    "casework.objectable('\\x00', '%s')", entry), "42501");
}

static void
a_supervisor_works_on_it_who_had_no_part(void **state)
{
	struct house_person citizen, one, other, clerk;
	struct application a, after;
	struct session *s;
	struct uuid event;
	const int32_t reason = 3211;

	(void)state;
	house_wanted();
	citizen = house_citizen();
	clerk = house_staff(ROLE_CLERK);
	one = house_staff(ROLE_CLERK | ROLE_SUPERVISOR);
	other = house_staff(ROLE_SUPERVISOR);
	assert_true(try_object(house_session(citizen, ROOM_GENERAL),
	    looked(one, citizen.subject), &a));
	assert_false(claim(clerk, &a));
	assert_string_equal(err.constraint, "role_missing");
	assert_false(claim(one, &a));
	assert_string_equal(err.constraint, "conflict_of_interest");
	assert_false(casework_open(house_room(ROOM_GENERAL), house.arena,
	    house_session(clerk, ROOM_GENERAL), &a, PURPOSE_CASEWORK, NULL,
	    &err));
	assert_string_equal(err.constraint, "role_missing");
	s = house_session(other, ROOM_GENERAL);
	if (!casework_do(house_room(ROOM_GENERAL), house.arena, s,
	    &(struct casework_step){ .application = a.id, .action = "claim",
	    .role = "clerk" }, PURPOSE_CASEWORK, &after, &err)
	    || !decision_make(house_room(ROOM_GENERAL), house.arena, s,
	    &general_service, &(struct decision_input){
	    .application = &after, .approve = true, .reasons = &reason,
	    .n_reasons = 1 }, &a, &event, &err))
		fail_msg("%s %s", err.constraint, err.text);
	assert_string_equal(a.state, "approved");
}

static int
start(void **state)
{
	int rc = house_start(state);

	if (rc == 0 && house.arena != NULL)
		house_form("objection");
	return rc;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_entry_is_objected_to_once),
		cmocka_unit_test(two_drafts_are_one_objection),
		cmocka_unit_test(only_ones_own_file_and_others_doings),
		cmocka_unit_test(
		    a_broken_program_objects_to_nobody_elses_entry),
		cmocka_unit_test(a_supervisor_works_on_it_who_had_no_part),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, start, house_stop);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Opening a sealed detail: the way it goes, and every other way that
 * PostgreSQL refuses, whatever a program sends.
 */
#include "services/detail.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"
#include "services/act.h"
#include "services/room.h"
#include "services/session.h"
#include "tests/database/house.h"

#define REASON	"Complaint 17 of March"

static struct err err;
static struct house_person clerk, maria, both, near;
static struct house_person auditor, other, supervisor;

static const char *
text_of(struct uuid id)
{
	return uuid_text(id, arena_alloc(house.arena, UUID_TEXT));
}

/* The clerk reads Maria's file and types a reason. */
static struct uuid
entry_of(enum room_code room)
{
	struct db_value why = db_text("she called");
	const struct entry_value value = {
	    (uint32_t)COLUMN_CASEWORK_NOTE_BODY, &why };
	struct uuid event;

	if (!act_note(house_room(room), house.arena, house_session(clerk,
	    room), &(struct act_entry){ .type = EVENT_READ,
	    .purpose = PURPOSE_COMPLAINT, .subject = maria.subject,
	    .values = &value, .n = 1 }, &event, &err))
		fail_msg("%s", err.text);
	return event;
}

static int
start(void **state)
{
	if (house_start(state) != 0)
		return 1;
	if (house.arena == NULL)
		return 0;
	clerk = house_staff(ROLE_CLERK | ROLE_SUPERVISOR);
	maria = house_citizen();
	auditor = house_staff(ROLE_AUDITOR);
	other = house_staff(ROLE_AUDITOR);
	both = house_staff(ROLE_AUDITOR | ROLE_SUPERVISOR);
	supervisor = house_staff(ROLE_SUPERVISOR);
	near = house_staff(ROLE_SUPERVISOR);
	house_sql("INSERT INTO identity.relation (id, row_version, nonce,"
	    " account, subject) VALUES (gen_random_uuid(), 1,"
	    " gen_random_uuid(), '%s', '%s')", text_of(near.account),
	    text_of(maria.subject));
	return 0;
}

static struct session *
at_audit(struct house_person p)
{
	return house_session(p, ROOM_AUDITOR);
}

static struct uuid
asked(struct house_person who, struct uuid entry)
{
	struct uuid request;

	if (!detail_ask(house_room(ROOM_AUDITOR), house.arena, at_audit(who),
	    entry, REASON, &request, &err))
		fail_msg("%s", err.text);
	return request;
}

static struct detail_request
got(struct uuid request)
{
	struct detail_request r;

	if (!detail_get(house_room(ROOM_AUDITOR), house.arena, request, &r,
	    &err))
		fail_msg("%s", err.text);
	return r;
}

static bool
decides(struct house_person who, struct uuid request, bool approve)
{
	struct detail_request r = got(request);

	return detail_decide(house_room(ROOM_AUDITOR), house.arena,
	    at_audit(who), &r, approve, &err);
}

static bool
opens(struct house_person who, enum room_code room, struct uuid request,
    struct detail *out)
{
	struct detail_request r = got(request);

	return detail_open(house_room(room), house.arena, house_session(who,
	    room), &r, out, &err);
}

static struct uuid
approved(struct uuid entry)
{
	struct uuid request = asked(auditor, entry);

	if (!decides(supervisor, request, true))
		fail_msg("%s", err.text);
	return request;
}

static int64_t
count(const char *where)
{
	int64_t n = -1;

	assert_true(str_int(house_sql("SELECT count(*) FROM audit.q WHERE"
	    " %s", where), 0, INT64_MAX, &n, &err));
	return n;
}

static void
a_detail_is_opened_by_the_room_that_wrote_it(void **state)
{
	static const enum room_code rooms[] = { ROOM_PORTAL, ROOM_ACCOUNT,
	    ROOM_VEHICLE, ROOM_GENERAL, ROOM_DESK, ROOM_AUDITOR };

	(void)state;
	house_wanted();
	for (size_t i = 0; i < sizeof rooms / sizeof *rooms; i++) {
		struct uuid request = approved(entry_of(rooms[i]));
		struct detail d;

		if (!opens(auditor, rooms[i], request, &d))
			fail_msg("room %d: %s", rooms[i], err.text);
		assert_true(uuid_equal(d.actor, clerk.account));
		assert_true(uuid_equal(d.subject, maria.subject));
		assert_int_equal(d.n, 2);
		assert_string_equal(d.values[0].table, "casework.note");
		assert_string_equal(d.values[0].column, "body");
		assert_string_equal(d.values[0].text, "she called");
		/* of every entry of the staff: where they work */
		assert_string_equal(d.values[1].table, "casework.event");
		assert_string_equal(d.values[1].column, "office");
		assert_true(d.agrees);
		assert_string_equal(got(request).state, "opened");
		assert_non_null(detail_path(rooms[i]));
	}
}

static void
the_reason_is_sealed_and_each_step_an_entry(void **state)
{
	const char *about;
	struct uuid request;
	struct detail_request r;
	struct detail d;
	const char *reason;
	int64_t before;

	(void)state;
	house_wanted();
	about = arena_printf(house.arena, "table_code = 205 AND subject ="
	    " '%s'", text_of(maria.subject));
	before = count(about);
	request = approved(entry_of(ROOM_VEHICLE));
	assert_true(opens(auditor, ROOM_VEHICLE, request, &d));
	assert_int_equal(count(about), before + 3);
	r = got(request);
	assert_true(detail_reason(house_room(ROOM_AUDITOR), house.arena, &r,
	    &reason, &err));
	assert_string_equal(reason, REASON);
	assert_string_equal(house_sql("SELECT position('Complaint'::bytea in"
	    " reason) FROM auditor.detail_request WHERE id = '%s'",
	    text_of(request)), "0");
}

static void
refuses(bool done, const char *rule)
{
	if (done)
		fail_msg("not refused: %s", rule);
	if (!err_is(&err, rule))
		fail_msg("%s refused, not %s: %s", err.constraint, rule,
		    err.text);
}

static void
nobody_approves_alone_or_too_near(void **state)
{
	struct uuid entry, request, own;
	int64_t before;

	(void)state;
	house_wanted();
	entry = entry_of(ROOM_VEHICLE);
	own = asked(both, entry);
	refuses(decides(both, own, true), "four_eyes");
	request = asked(auditor, entry);
	before = count("type = 10 AND table_code = 205");
	refuses(decides(clerk, request, true), "four_eyes");
	refuses(decides(near, request, true), "conflict_of_interest");
	refuses(decides(other, request, true), "role_missing");
	assert_int_equal(count("type = 10 AND table_code = 205"),
	    before + 3);
	assert_string_equal(got(request).state, "asked");
	assert_true(decides(supervisor, request, false));
	refuses(decides(supervisor, request, true), "detail_request_edge");
}

/* Maria works here and supervises. */
static void
nobody_opens_what_is_about_themselves(void **state)
{
	struct house_person subject;
	struct uuid event, request;

	(void)state;
	house_wanted();
	subject = house_staff(ROLE_AUDITOR | ROLE_SUPERVISOR);
	assert_true(act_note(house_room(ROOM_VEHICLE), house.arena,
	    house_session(clerk, ROOM_VEHICLE), &(struct act_entry){
	    .type = EVENT_READ, .purpose = PURPOSE_CASEWORK,
	    .subject = subject.subject }, &event, &err));
	refuses(detail_ask(house_room(ROOM_AUDITOR), house.arena,
	    at_audit(subject), event, REASON, &request, &err),
	    "conflict_of_interest");
	request = asked(auditor, event);
	refuses(decides(subject, request, true), "conflict_of_interest");
}

static void
it_opens_once_here_and_for_who_asked(void **state)
{
	struct uuid request;
	struct detail d;

	(void)state;
	house_wanted();
	request = asked(auditor, entry_of(ROOM_VEHICLE));
	refuses(opens(auditor, ROOM_VEHICLE, request, &d),
	    "detail_request_edge");
	assert_true(decides(supervisor, request, true));
	refuses(opens(other, ROOM_VEHICLE, request, &d), "not_asker");
	refuses(opens(supervisor, ROOM_VEHICLE, request, &d),
	    "role_missing");
	assert_true(opens(auditor, ROOM_VEHICLE, request, &d));
	refuses(opens(auditor, ROOM_VEHICLE, request, &d),
	    "detail_request_edge");
}

static void
another_room_neither_sees_nor_opens_it(void **state)
{
	struct detail_request r;
	struct uuid request;
	struct detail d;

	(void)state;
	house_wanted();
	request = approved(entry_of(ROOM_VEHICLE));
	assert_false(detail_get(house_room(ROOM_DESK), house.arena, request,
	    &r, &err));
	assert_int_equal(err.code, ERR_ABSENT);
	assert_false(opens(auditor, ROOM_DESK, request, &d));
	assert_false(opens(auditor, ROOM_AUDITOR, request, &d));
	assert_string_equal(got(request).state, "approved");
}

/* As if it had been a day ago. */
static void
let_a_day_pass(struct uuid request)
{
	house_sql("UPDATE auditor.detail_request SET until_at ="
	    " date_trunc('second', now()) - interval '1 minute'"
	    " WHERE id = '%s'", text_of(request));
}

static void
after_a_day_it_is_over(void **state)
{
	struct uuid request;
	struct detail d;

	(void)state;
	house_wanted();
	request = asked(auditor, entry_of(ROOM_VEHICLE));
	let_a_day_pass(request);
	refuses(decides(supervisor, request, true), "detail_over");
	request = approved(entry_of(ROOM_VEHICLE));
	let_a_day_pass(request);
	refuses(opens(auditor, ROOM_VEHICLE, request, &d), "detail_over");
	assert_true(detail_sweep(house_room(ROOM_AUDITOR), house.arena,
	    &err));
	assert_string_equal(got(request).state, "lapsed");
	refuses(opens(auditor, ROOM_VEHICLE, request, &d),
	    "detail_request_edge");
	request = approved(entry_of(ROOM_VEHICLE));
	assert_true(detail_sweep(house_room(ROOM_AUDITOR), house.arena,
	    &err));
	assert_string_equal(got(request).state, "approved");
}

static void
one_asks_once_and_for_what_can_be_opened(void **state)
{
	struct uuid entry, request;

	(void)state;
	house_wanted();
	entry = entry_of(ROOM_DESK);
	asked(auditor, entry);
	refuses(detail_ask(house_room(ROOM_AUDITOR), house.arena,
	    at_audit(auditor), entry, REASON, &request, &err),
	    "detail_request_once");
	assert_false(detail_ask(house_room(ROOM_AUDITOR), house.arena,
	    at_audit(auditor), uuid_new(), REASON, &request, &err));
	assert_int_equal(err.code, ERR_ABSENT);
	assert_true(act_note(house_room(ROOM_COURIER), house.arena, NULL,
	    &(struct act_entry){ .type = EVENT_READ,
	    .purpose = PURPOSE_OPERATION }, &entry, &err));
	refuses(detail_ask(house_room(ROOM_AUDITOR), house.arena,
	    at_audit(auditor), entry, REASON, &request, &err),
	    "detail_nowhere");
}

/* What a broken program of any room could send by itself. */
static void
no_program_goes_around(void **state)
{
	static const enum room_code rooms[] = { ROOM_PORTAL, ROOM_ACCOUNT,
	    ROOM_VEHICLE, ROOM_DESK, ROOM_AUDITOR, ROOM_COURIER };
	const char *id;

	(void)state;
	house_wanted();
	id = text_of(approved(entry_of(ROOM_VEHICLE)));
	for (size_t i = 0; i < sizeof rooms / sizeof *rooms; i++) {
		assert_string_equal(house_refusal(rooms[i], "UPDATE"
		    " auditor.detail_request SET state = 'approved'"
		    " WHERE id = '%s'", id), "42501");
		assert_string_equal(house_refusal(rooms[i], "SELECT detail"
		    " FROM audit.leaf LIMIT 1"), "42501");
	}
	assert_string_equal(house_refusal(ROOM_VEHICLE, "SELECT"
	    " auditor.detail_move(NULL, 'open', now(), (SELECT d FROM"
	    " auditor.detail_request d WHERE id = '%s'))", id),
	    "session_over");
	assert_string_equal(house_refusal(ROOM_VEHICLE, "SELECT"
	    " auditor.detail_move('\\x%s', 'open', now(), (SELECT d FROM"
	    " auditor.detail_request d WHERE id = '%s'))",
	    str_hex(house.arena, secret_bytes(&house_session(auditor,
	    ROOM_VEHICLE)->token)), id), "detail_request_values");
	assert_string_equal(house_refusal(ROOM_AUDITOR, "SELECT"
	    " auditor.detail_move('\\x%s', 'approve', now(), (SELECT d FROM"
	    " auditor.detail_request d WHERE id = '%s'))",
	    str_hex(house.arena, secret_bytes(&house_session(supervisor,
	    ROOM_AUDITOR)->token)), id), "detail_request_edge");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_detail_is_opened_by_the_room_that_wrote_it),
		cmocka_unit_test(the_reason_is_sealed_and_each_step_an_entry),
		cmocka_unit_test(nobody_approves_alone_or_too_near),
		cmocka_unit_test(nobody_opens_what_is_about_themselves),
		cmocka_unit_test(it_opens_once_here_and_for_who_asked),
		cmocka_unit_test(another_room_neither_sees_nor_opens_it),
		cmocka_unit_test(after_a_day_it_is_over),
		cmocka_unit_test(one_asks_once_and_for_what_can_be_opened),
		cmocka_unit_test(no_program_goes_around),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, start, house_stop);
}

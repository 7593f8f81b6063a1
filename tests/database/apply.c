/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An applicant's way to a filed application: whole requests into the frame,
 * with a house behind it. What is promised to citizens is what is tested:
 * nothing is lost, nothing is filed twice, nobody sees what is another's.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "forms/form.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"
#include "schema/registry.h"
#include "services/apply.h"
#include "services/casework.h"
#include "services/form_store.h"
#include "services/intake.h"
#include "services/party.h"
#include "services/session.h"
#include "tests/database/house.h"
#include "tests/database/pass_fixture.h"

#define COUNT(array)	(sizeof(array) / sizeof *(array))

static struct err err;

/* How many rows of this table have the draft's id there. */
static const char *
count(const char *table, const char *column, const char *draft)
{
	return house_sql("SELECT count(*) FROM %s WHERE %s = '%s'", table,
	    column, pass_id(draft));
}

/* ---- drafts */

static void
the_start_page_tells_all(void **state)
{
	struct reply r;

	(void)state;
	house_wanted();
	r = pass_ask(NULL, "/vehicles/apply/pass", NULL);
	pass_shown(r, 200, "Get a pass");
	pass_shown(r, 200, "R$\xC2\xA0" "123.45");
	pass_shown(r, 200, "within 15 days");
	pass_shown(r, 200, "Why do you come?");
	pass_shown(r, 200, "href=\"/account/enter?room=vehicle&amp;"
	    "to=%2Fvehicles%2Fapply%2Fpass\"");
	pass_page(NULL, "/vehicles/apply/other", 404, "not found");
	assert_string_equal(pass_to(pass_ask(NULL, "/vehicles/apply/pass", "")),
	    "/account/enter?room=vehicle&to=%2Fvehicles%2Fapply%2Fpass");
}

static void
a_way_from_start_to_receipt(void **state)
{
	struct session *s;
	const char *draft, *to;

	(void)state;
	house_wanted();
	s = pass_citizen();
	draft = pass_begin(s);
	pass_page(s, pass_path("*/you", draft), 200, "Full name");
	pass_shown(pass_ask(s, pass_path("*/you", draft), "who="), 422,
	    "Enter your full name");
	to = pass_answer(s, draft, "you", "who=Ana+Lima");
	assert_string_equal(to, pass_path("*/guests", draft));
	to = pass_answer(s, draft, "guests", "");
	assert_string_equal(to, pass_path("*/why", draft));
	to = pass_answer(s, draft, "why", "why=to+visit");
	assert_string_equal(to, pass_path("/vehicles/check/*", pass_id(draft)));
	pass_page(s, to, 200, "Ana Lima");
	pass_page(s, to, 200, "/why?return=check");
	pass_page(s, to, 200, "R$\xC2\xA0" "123.45");
	to = pass_file(s, draft);
	assert_non_null(strstr(to, "/submitted?receipt="));
	pass_page(s, to, 200, "Application sent");
	pass_page(s, to, 200, "counter of Office of Tests");
	pass_page(s, to, 200, strstr(to, "receipt=") + 8);
}

static void
answers_are_kept_until_one_comes_back(void **state)
{
	struct session *s;
	const char *draft, *saved;

	(void)state;
	house_wanted();
	s = pass_citizen();
	draft = pass_begin(s);
	saved = pass_answer(s, draft, "you", "who=Ana+Lima&_later=yes");
	assert_string_equal(saved, pass_path("/vehicles/saved/*",
	    pass_id(draft)));
	pass_page(s, saved, 200, "You can continue until");
	pass_page(s, "/vehicles/apply/pass", 200, "Continue where you stopped");
	pass_page(s, "/vehicles/applications", 200, draft);
	assert_string_equal(pass_to(pass_ask(s, draft, NULL)),
	    pass_path("*/why", draft));
	pass_page(s, pass_path("*/you", draft), 200, "value=\"Ana Lima\"");
}

static void
what_cannot_be_kept_is_said(void **state)
{
	const char *draft, *saved;
	struct session *s;

	(void)state;
	house_wanted();
	s = pass_citizen();
	draft = pass_begin(s);
	saved = pass_answer(s, draft, "why", "_later=yes&why="
	    "0123456789012345678901234567890123456789x");
	pass_page(s, saved, 200, "was not saved");
}

static void
beginning_twice_is_beginning_once(void **state)
{
	const char *draft;
	struct session *s;

	(void)state;
	house_wanted();
	s = pass_citizen();
	draft = pass_begin(s);
	assert_string_equal(pass_begin(s), draft);
	pass_answer(s, draft, "you", "who=Ana+Lima");
	assert_string_not_equal(pass_begin(s), draft);
}

static void
the_profile_fills_in_what_it_knows(void **state)
{
	const struct party maria = { .name = "Maria da Silva",
	    .national_id = "52998224725", .born = 5000,
	    .language = "en" };
	struct house_person p;
	struct session *s;
	const char *draft;

	(void)state;
	house_wanted();
	p = house_citizen();
	house_profile(p.subject, ROOM_VEHICLE, &maria);
	s = house_session(p, ROOM_VEHICLE);
	draft = pass_begin(s);
	pass_page(s, pass_path("*/you", draft), 200,
	    "value=\"Maria da Silva\"");
	pass_answer(s, draft, "why", "why=to+visit");
	assert_string_equal(pass_to(pass_ask(s, draft, NULL)),
	    pass_path("/vehicles/check/*", pass_id(draft)));
	pass_page(s, pass_path("/vehicles/check/*", pass_id(draft)), 200,
	    "Maria da Silva");
}

static void
entries_come_and_go(void **state)
{
	const char *draft, *body, *saved;
	struct session *s;

	(void)state;
	house_wanted();
	s = pass_citizen();
	draft = pass_begin(s);
	pass_page(s, pass_path("*/guests", draft), 200, "added none");
	assert_string_equal(pass_answer(s, draft, "guests/1", "called=Rui"),
	    pass_path("*/guests", draft));
	pass_answer(s, draft, "guests/1", "called=Rui");
	pass_answer(s, draft, "guests/2", "called=Eva");
	body = pass_page(s, pass_path("*/guests", draft), 200, "Guest 2");
	assert_null(strstr(body, "Guest 3"));
	pass_page(s, pass_path("*/guests/4", draft), 404, "not found");
	pass_shown(pass_ask(s, pass_path("*/guests/2", draft), "called="), 422,
	    "Guest 2: Enter the guest&#39;s name");

	/* sent twice: the second request finds another draft */
	body = pass_page(s, pass_path("*/guests/1/remove", draft), 200,
	    "Remove Guest 1?");
	saved = strstr(body, "name=\"_saved\" value=\"");
	assert_non_null(saved);
	saved = arena_printf(house.arena, "_saved=%.*s",
	    (int)strcspn(saved + 21, "\""), saved + 21);
	pass_answer(s, draft, "guests/1/remove", saved);
	pass_answer(s, draft, "guests/1/remove", saved);
	body = pass_page(s, pass_path("*/guests", draft), 200, "Eva");
	assert_null(strstr(body, "Rui"));
}

static void
changing_returns_to_the_check_page(void **state)
{
	const char *draft;
	struct session *s;

	(void)state;
	house_wanted();
	s = pass_citizen();
	draft = pass_begin(s);
	pass_fill(s, draft);
	assert_string_equal(pass_answer(s, draft, "you?return=check",
	    "who=Ana+Luz"), pass_path("/vehicles/check/*", pass_id(draft)));
	assert_string_equal(pass_answer(s, draft, "guests/1?return=check",
	    "called=Rui"), pass_path("*/guests?return=check", draft));
	assert_string_equal(pass_answer(s, draft, "guests?return=check", ""),
	    pass_path("/vehicles/check/*", pass_id(draft)));
}

static void
two_windows_do_not_overwrite_each_other(void **state)
{
	struct room *room;
	struct session *s;
	struct draft one, two;
	struct uuid id;

	(void)state;
	house_wanted();
	room = house_room(ROOM_VEHICLE);
	s = pass_citizen();
	assert_true(uuid_parse(pass_id(pass_begin(s)), &id, &err));
	assert_true(apply_load(room, house.arena, s, id, &one, &err));
	assert_true(apply_load(room, house.arena, s, id, &two, &err));
	assert_true(intake_save(room, house.arena, &one, &err));
	assert_false(intake_save(room, house.arena, &two, &err));
	assert_int_equal(err.code, ERR_CONFLICT);
	assert_true(err_is(&err, "draft_saved"));
	form_free(one.form);
	form_free(two.form);
}

static void
drafts_end_and_are_deleted(void **state)
{
	const char *draft;
	struct session *s;
	int64_t n;

	(void)state;
	house_wanted();
	s = pass_citizen();
	draft = pass_begin(s);
	pass_page(s, pass_path("/vehicles/discard/*", pass_id(draft)), 200,
	    "cannot be undone");
	assert_string_equal(pass_to(pass_ask(s, pass_path("/vehicles/discard/*",
	    pass_id(draft)), "")), "/vehicles/applications");
	pass_to(pass_ask(s, pass_path("/vehicles/discard/*", pass_id(draft)),
	    ""));
	pass_page(s, pass_path("*/you", draft), 404, "not found");

	draft = pass_begin(s);
	house_sql("UPDATE form.draft SET expires_at = now() WHERE id = '%s'",
	    pass_id(draft));
	pass_page(s, pass_path("*/you", draft), 404, "not found");
	assert_true(intake_expire(house_room(ROOM_VEHICLE), house.arena, &n,
	    &err));
	assert_int_equal(n, 1);
	assert_string_equal(count("form.draft", "id", draft), "0");
}

static void
another_persons_draft_is_not_there(void **state)
{
	static const char *const pages[] = { "/vehicles/draft/*",
	    "/vehicles/draft/*/you", "/vehicles/saved/*",
	    "/vehicles/check/*", "/vehicles/sent/*", "/vehicles/discard/*" };
	const char *draft;
	struct session *s, *other;

	(void)state;
	house_wanted();
	s = pass_citizen();
	other = pass_citizen();
	draft = pass_begin(s);
	pass_fill(s, draft);
	for (size_t i = 0; i < COUNT(pages); i++)
		pass_page(other, pass_path(pages[i], pass_id(draft)), 404,
		    "not found");
	pass_shown(pass_ask(other, pass_path("*/you", draft), "who=Eve"), 404,
	    "not found");
	pass_shown(pass_ask(other, pass_path("/vehicles/check/*",
	    pass_id(draft)), ""), 404, "not found");
	pass_to(pass_ask(other, pass_path("/vehicles/discard/*",
	    pass_id(draft)), ""));
	pass_page(s, pass_path("*/you", draft), 200, "Ana Lima");
}

static void
a_link_has_one_draft(void **state)
{
	struct house_person p;
	struct session *s;
	const char *draft;
	struct uuid id = uuid_new();
	char text[UUID_TEXT];

	(void)state;
	house_wanted();
	p = house_citizen();
	s = house_link(p.subject, id, ROOM_VEHICLE);
	draft = pass_begin(s);
	assert_string_equal(pass_id(draft), uuid_text(id, text));
	pass_answer(s, draft, "you", "who=Ana+Lima&_later=yes");
	assert_string_equal(pass_begin(s), draft);
	pass_page(s, pass_path("/vehicles/saved/*", text), 200,
	    "We mailed you a link");
	pass_fill(s, draft);
	pass_page(s, pass_file(s, draft), 200, "Application sent");
	pass_page(s, "/vehicles/applications", 200, "Get a pass");
}

/* ---- filing */

static void
sending_twice_files_once(void **state)
{
	const char *draft, *first, *second;
	struct session *s;

	(void)state;
	house_wanted();
	s = pass_citizen();
	draft = pass_begin(s);
	pass_fill(s, draft);
	pass_page(s, pass_path("/vehicles/sent/*", pass_id(draft)), 200,
	    "has not arrived yet");
	first = pass_file(s, draft);
	second = pass_file(s, draft);
	assert_true(str_starts(first, second));
	assert_string_equal(second, pass_to(pass_ask(s,
	    pass_path("/vehicles/sent/*", pass_id(draft)), NULL)));
	assert_string_equal(count("casework.application", "id", draft), "1");
	assert_string_equal(count("casework.fee", "application", draft), "1");
}

/* Both requests read the draft before either files it. */
static void
sending_at_once_files_once(void **state)
{
	struct room *room;
	struct session *s;
	struct draft one, two;
	struct application a, b;
	struct intake_refusal why;
	struct uuid id, event;
	const char *draft;

	(void)state;
	house_wanted();
	room = house_room(ROOM_VEHICLE);
	s = pass_citizen();
	draft = pass_begin(s);
	pass_fill(s, draft);
	assert_true(uuid_parse(pass_id(draft), &id, &err));
	assert_true(apply_load(room, house.arena, s, id, &one, &err));
	assert_true(apply_load(room, house.arena, s, id, &two, &err));
	assert_true(intake_submit(room, house.arena, s, &pass_service, &one, &a,
	    &event, &why, &err));
	assert_false(uuid_is_nil(event));
	if (!intake_submit(room, house.arena, s, &pass_service, &two, &b,
	    &event, &why, &err))
		fail_msg("%s", err.text);
	assert_true(uuid_is_nil(event));
	assert_string_equal(a.reference, b.reference);
	form_free(one.form);
	form_free(two.form);
}

static void
an_unfinished_draft_is_not_sent(void **state)
{
	const char *draft;
	struct session *s;

	(void)state;
	house_wanted();
	s = pass_citizen();
	draft = pass_begin(s);
	pass_answer(s, draft, "you", "who=Ana+Lima");
	assert_string_equal(pass_file(s, draft), pass_path("*/why", draft));
	assert_string_equal(pass_to(pass_ask(s, pass_path("/vehicles/check/*",
	    pass_id(draft)), NULL)), pass_path("*/why", draft));
}

static void
what_the_service_finds_stands_at_its_item(void **state)
{
	const char *draft, *check_page;
	struct session *s;
	struct reply r;

	(void)state;
	house_wanted();
	s = pass_citizen();
	draft = pass_begin(s);
	pass_fill(s, draft);
	pass_answer(s, draft, "why", "why=nothing");
	check_page = pass_path("/vehicles/check/*", pass_id(draft));
	r = pass_ask(s, check_page, "");
	pass_shown(r, 422, "<a href=\"#finding-1\">Nothing is no reason</a>");
	pass_shown(r, 422, "id=\"finding-1\"");
	pass_answer(s, draft, "why", "why=to+visit");
	assert_non_null(strstr(pass_file(s, draft), "/submitted"));
}

static void
a_draft_stays_on_its_version(void **state)
{
	const char *old, *new;
	struct session *s;

	(void)state;
	house_wanted();
	s = pass_citizen();
	old = pass_begin(s);
	pass_answer(s, old, "you", "who=Ana+Lima");
	pass_change();
	/* a worker looks for new versions so often */
	sleep(FORM_STORE_AGE_MS / 1000 + 1);
	pass_fill(s, old);
	assert_string_equal(pass_answer(s, old, "why", "why=to+visit"),
	    pass_path("/vehicles/check/*", pass_id(old)));
	assert_non_null(strstr(pass_file(s, old), "/submitted"));
	assert_string_equal(house_sql("SELECT form_version FROM"
	    " casework.application WHERE id = '%s'", pass_id(old)), "1");
	new = pass_begin(s);
	assert_string_equal(pass_answer(s, new, "why", "why=to+visit"),
	    pass_path("*/how", new));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_start_page_tells_all),
		cmocka_unit_test(a_way_from_start_to_receipt),
		cmocka_unit_test(answers_are_kept_until_one_comes_back),
		cmocka_unit_test(what_cannot_be_kept_is_said),
		cmocka_unit_test(beginning_twice_is_beginning_once),
		cmocka_unit_test(the_profile_fills_in_what_it_knows),
		cmocka_unit_test(entries_come_and_go),
		cmocka_unit_test(changing_returns_to_the_check_page),
		cmocka_unit_test(two_windows_do_not_overwrite_each_other),
		cmocka_unit_test(drafts_end_and_are_deleted),
		cmocka_unit_test(another_persons_draft_is_not_there),
		cmocka_unit_test(a_link_has_one_draft),
		cmocka_unit_test(sending_twice_files_once),
		cmocka_unit_test(sending_at_once_files_once),
		cmocka_unit_test(an_unfinished_draft_is_not_sent),
		cmocka_unit_test(what_the_service_finds_stands_at_its_item),
		/* the last: it changes the form */
		cmocka_unit_test(a_draft_stays_on_its_version),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, pass_start, house_stop);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Erasure, room by room: what holds it, what is gone afterwards, what stays,
 * and what a crash on the way leaves behind.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "forms/form.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/str.h"
#include "services/account.h"
#include "services/act.h"
#include "services/copy_run.h"
#include "services/decision.h"
#include "services/erasure.h"
#include "services/erasure_run.h"
#include "services/general.h"
#include "services/general_rights.h"
#include "services/mail.h"
#include "services/message.h"
#include "services/party.h"
#include "services/room.h"
#include "services/service.h"
#include "services/vault.h"
#include "services/vehicle_rights.h"
#include "tests/database/account_fixture.h"
#include "tests/database/house_form.h"
#include "tests/database/vehicle_fixture.h"

enum {
	ROUNDS = 6,
	MANY = 50
};

static const struct message_handler account_handlers[] = {
	{ MESSAGE_MAIL, mail_handle },
	{ MESSAGE_ERASE_START, erasure_run_start },
	{ MESSAGE_ERASE_ANSWER, erasure_run_answered },
	{ MESSAGE_ERASED, erasure_run_erased },
	{ MESSAGE_ERASE, erasure_run_end },
	{ MESSAGE_COPY, copy_run_taken },
};

static const struct message_handler vehicle_handlers[] = {
	{ MESSAGE_PROFILE, party_handle },
	{ MESSAGE_ERASE_ASK, vehicle_rights_asked },
	{ MESSAGE_ERASE, vehicle_rights_erased },
	{ MESSAGE_COPY_ASK, vehicle_rights_copied },
};

static const struct message_handler general_handlers[] = {
	{ MESSAGE_PROFILE, party_handle },
	{ MESSAGE_ERASE_ASK, general_rights_asked },
	{ MESSAGE_ERASE, general_rights_erased },
	{ MESSAGE_COPY_ASK, general_rights_copied },
};

#define WORK(room, handlers) \
	message_work(house_room(room), arena, handlers, \
	    sizeof handlers / sizeof *(handlers), MANY)

/* The workers of the house, a few rounds; sweep: keys go too. */
static void
work(bool sweep)
{
	static const enum room_code rooms[] = { ROOM_VEHICLE, ROOM_GENERAL,
	    ROOM_ACCOUNT };
	struct arena *arena = arena_new(0);

	for (int i = 0; i < ROUNDS; i++) {
		WORK(ROOM_VEHICLE, vehicle_handlers);
		WORK(ROOM_GENERAL, general_handlers);
		for (size_t k = 0; sweep && k < 3; k++)
			erasure_sweep(house_room(rooms[k]), arena);
		WORK(ROOM_ACCOUNT, account_handlers);
		for (size_t k = 0; sweep && k < 3; k++)
			erasure_sweep(house_room(rooms[k]), arena);
	}
	arena_free(arena);
}

static const char *
text(struct uuid id)
{
	char out[UUID_TEXT];

	return arena_strdup(house.arena, uuid_text(id, out));
}

static const char *
keys_of(struct uuid subject)
{
	return house_key_sql("SELECT count(*) FROM keys.subject_key"
	    " WHERE unit = '%s'", text(subject));
}

/* Somebody with a whole account. */
struct somebody {
	struct house_person	 person;
	const char		*email;
};

static struct somebody
made(void)
{
	struct somebody s = { .email = address() };
	struct account_new new = somebody(s.email);

	if (!account_add(account(), house.arena, &new, &s.person.account,
	    &s.person.subject, &err))
		fail_msg("%s", err.text);
	return s;
}

static struct application
asked(const struct somebody *s)
{
	static const struct form_field fields[] = {
		{ "understood", "yes" },
	};
	struct session *session = house_session(s->person, ROOM_GENERAL);
	struct intake_refusal refusal;
	struct application a;
	struct uuid event;
	struct draft d;

	if (!intake_begin(house_room(ROOM_GENERAL), house.arena, session,
	    &general_service, "erasure", (struct uuid){ { 0 } }, &d, &err))
		fail_msg("%s", err.text);
	house_answer(d.form, fields, 1);
	if (!intake_submit(house_room(ROOM_GENERAL), house.arena, session,
	    &general_service, &d, &a, &event, &refusal, &err))
		fail_msg("%s", err.text);
	form_free(d.form);
	return a;
}

static void
approve(const struct application *a)
{
	struct session *s = house_session(house_staff(ROLE_SUPERVISOR),
	    ROOM_GENERAL);
	struct application now, after;
	const int32_t reason = 3311;
	struct uuid event;

	if (!casework_do(house_room(ROOM_GENERAL), house.arena, s,
	    &(struct casework_step){ .application = a->id, .action = "claim",
	    .role = "clerk" }, PURPOSE_CASEWORK, &now, &err)
	    || !decision_make(house_room(ROOM_GENERAL), house.arena, s,
	    &general_service, &(struct decision_input){ .application = &now,
	    .approve = true, .reasons = &reason, .n_reasons = 1 }, &after,
	    &event, &err))
		fail_msg("%s %s", err.constraint, err.text);
}

/* "held active_title", of room vehicle in the erasure that runs. */
static const char *
standing(struct uuid subject)
{
	return house_sql("SELECT p.state || coalesce(' ' || p.reason, '')"
	    " FROM identity.erasure_part p JOIN identity.erasure e"
	    " ON e.id = p.erasure WHERE e.subject = '%s' AND p.room = 3",
	    text(subject));
}

/* Rooms are asked again the next day; here, at once. */
static void
next_day(struct uuid subject)
{
	struct arena *arena = arena_new(0);

	house_sql("SET session_replication_role = replica;"
	    " UPDATE identity.erasure_part SET due = due - 2 WHERE due"
	    " IS NOT NULL AND erasure IN (SELECT id FROM identity.erasure"
	    " WHERE subject = '%s')", text(subject));
	if (!erasure_run_due(account(), arena, &err))
		fail_msg("%s", err.text);
	arena_free(arena);
	work(true);
}

/* Everything that the tree commits to, up to this arrival. */
static const char *
leaves_to(const char *last)
{
	return house_sql("SELECT md5(string_agg(leaf || mac || detail, ''"
	    " ORDER BY id)) FROM audit.leaf WHERE id <= %s", last);
}

/* ---- the facts ---- */

static void
who_has_nothing_running_is_gone(void **state)
{
	struct application a;
	struct somebody s;
	const char *last, *leaves;

	(void)state;
	fixture_wanted();
	s = made();
	assert_non_null(sign_in(s.email, PASSWORD));
	a = asked(&s);
	work(true);
	last = house_sql("SELECT max(id) FROM audit.leaf");
	leaves = leaves_to(last);
	assert_string_not_equal(keys_of(s.person.subject), "0");
	approve(&a);
	work(true);
	assert_string_equal(keys_of(s.person.subject), "0");
	assert_null(sign_in(s.email, PASSWORD));
	assert_string_equal(err.constraint, "sign_in");
	assert_string_equal(house_sql("SELECT state, person IS NULL,"
	    " email IS NULL, octet_length(credential)"
	    " FROM identity.account WHERE id = '%s'",
	    text(s.person.account)), "closed|t|t|0");
	assert_string_equal(house_sql("SELECT national_id IS NULL,"
	    " octet_length(data) FROM identity.person WHERE id = '%s'",
	    text(s.person.subject)), "t|0");
	assert_string_equal(house_sql("SELECT applicant IS NULL,"
	    " nonce IS NULL, state FROM casework.application WHERE id ="
	    " '%s'", text(a.id)), "t|t|approved");
	/* what the log said is there to the byte */
	assert_string_equal(house_sql("SELECT count(*) FROM audit.q WHERE"
	    " subject = '%s'", text(s.person.subject)), "0");
	assert_string_equal(house_sql("SELECT count(*) FROM ops.message WHERE"
	    " ref = '%s'", text(s.person.subject)), "0");
	assert_string_equal(leaves_to(last), leaves);
}

/* The pseudonym is nowhere, but as the number of the emptied record. */
static void
the_pseudonym_leads_nowhere(void **state)
{
	struct somebody s;
	struct application a;
	const char *found;

	(void)state;
	fixture_wanted();
	s = made();
	a = asked(&s);
	approve(&a);
	work(true);
	found = house_sql("SELECT string_agg(DISTINCT x.t, ' ') FROM ("
	    " SELECT c.oid::regclass::text AS t, query_to_xml(format("
	    " 'SELECT 1 FROM %%s r WHERE r::text LIKE ''%%%%%s%%%%''', "
	    " c.oid::regclass), false, false, '')::text AS hit"
	    " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
	    " WHERE c.relkind = 'r' AND n.nspname IN ('identity',"
	    " 'casework', 'form', 'ops', 'vehicle', 'audit')) x"
	    " WHERE x.hit LIKE '%%<row>%%'", text(s.person.subject));
	assert_string_equal(found, "audit.image identity.person");
}

static void
a_title_holds_it_until_it_ends(void **state)
{
	struct session *owner;
	struct application a, sale;
	struct somebody s;
	struct uuid vehicle;
	struct bytes sealed, plain;

	(void)state;
	fixture_wanted();
	s = made();
	owner = house_session(s.person, ROOM_VEHICLE);
	vehicle = fixture_vehicle(owner, fixture_vin());
	a = asked(&s);
	approve(&a);
	work(true);
	assert_string_equal(standing(s.person.subject), "held active_title");
	assert_string_not_equal(keys_of(s.person.subject), "0");
	assert_non_null(sign_in(s.email, PASSWORD));
	next_day(s.person.subject);
	assert_string_equal(standing(s.person.subject), "held active_title");
	sale = fixture_file(owner, "vehicle-scrapping", vehicle, NULL);
	next_day(s.person.subject);
	assert_string_equal(standing(s.person.subject),
	    "held open_application");
	fixture_approve(sale);
	sealed = bytes_of("");
	assert_true(str_unhex(house.arena, house_sql("SELECT encode(answers,"
	    " 'hex') FROM casework.submission WHERE application = '%s'",
	    text(sale.id)), &sealed, &err));
	next_day(s.person.subject);
	next_day(s.person.subject);
	assert_string_equal(standing(s.person.subject), "");
	assert_string_equal(keys_of(s.person.subject), "0");
	assert_null(sign_in(s.email, PASSWORD));
	assert_string_equal(house_sql("SELECT bool_and(owner IS NULL AND"
	    " nonce IS NULL) FROM vehicle.title WHERE vehicle = '%s'",
	    text(vehicle)), "t");
	assert_string_equal(house_sql("SELECT keeper IS NULL,"
	    " octet_length(data) FROM vehicle.registration WHERE vehicle ="
	    " '%s'", text(vehicle)), "t|0");
	/* the envelope is there, and nobody can open it */
	assert_false(vault_open(fixture.room->vault, house.arena,
	    (struct envelope_place){ .table = TABLE_CASEWORK_SUBMISSION,
	    .class = CLASS_ANSWERS, .version = 1 }, sealed, &plain, &err));
	assert_string_equal(err.constraint, "erased");
}

/* The newest image of every audited row of this table is the row's. */
static void
assert_live(const char *table, int code)
{
	assert_string_equal(house_sql("SELECT count(*) FROM %s r WHERE EXISTS"
	    " (SELECT FROM audit.image i WHERE i.row_id = r.id AND"
	    " i.table_code = %d) AND r.row_version <> (SELECT"
	    " max(i.row_version) FROM audit.image i WHERE i.row_id = r.id"
	    " AND i.table_code = %d)", table, code, code), "0");
}

static void
rows_and_images_agree(void **state)
{
	(void)state;
	fixture_wanted();
	assert_live("identity.person", TABLE_IDENTITY_PERSON);
	assert_live("identity.account", TABLE_IDENTITY_ACCOUNT);
	assert_live("identity.erasure", TABLE_IDENTITY_ERASURE);
	assert_live("casework.application", TABLE_CASEWORK_APPLICATION);
	assert_live("casework.party", TABLE_CASEWORK_PARTY);
	assert_live("vehicle.title", TABLE_VEHICLE_TITLE);
	assert_live("vehicle.registration", TABLE_VEHICLE_REGISTRATION);
}

struct word {
	enum room_code		 to;
	enum message_kind	 kind;
	struct uuid		 subject;
};

static bool
word_body(struct act *act, void *arg, struct err *e)
{
	const struct word *w = arg;
	const struct legal_hold none = { HOLD_NONE, DATE_NONE };

	return message_send(act, w->to, w->kind, w->subject, INSTANT_NONE,
	    erasure_encode(act_arena(act), &none), NULL, e);
}

/* A second word to erase, whatever sent it. */
static void
erasing_twice_changes_nothing(void **state)
{
	const char *query = "SELECT md5(string_agg(x::text, '' ORDER BY id))"
	    " FROM casework.application x";
	const char *before;
	struct application a;
	struct somebody s;
	struct word w;

	(void)state;
	fixture_wanted();
	s = made();
	a = asked(&s);
	approve(&a);
	work(true);
	before = house_sql("%s", query);
	w = (struct word){ ROOM_GENERAL, MESSAGE_ERASE, s.person.subject };
	assert_true(act_run(account(), house.arena, NULL, word_body, &w,
	    &err));
	w.to = ROOM_ACCOUNT;
	assert_true(act_run(account(), house.arena, NULL, word_body, &w,
	    &err));
	work(true);
	assert_string_equal(house_sql("%s", query), before);
	assert_string_equal(house_sql("SELECT count(*) FROM ops.message WHERE"
	    " state = 'open' AND kind LIKE 'erase%%'"), "0");
}

static void
an_open_application_is_not_erased_by_force(void **state)
{
	struct application a;
	struct somebody s;
	struct word w;

	(void)state;
	fixture_wanted();
	s = made();
	a = asked(&s);
	w = (struct word){ ROOM_GENERAL, MESSAGE_ERASE, s.person.subject };
	assert_true(act_run(account(), house.arena, NULL, word_body, &w,
	    &err));
	work(true);
	assert_string_equal(house_sql("SELECT applicant IS NULL FROM"
	    " casework.application WHERE id = '%s'", text(a.id)), "f");
	/* and not by a room that nobody told to */
	assert_string_equal(house_refusal(ROOM_GENERAL,
	    "SELECT casework.erase(gen_random_uuid(), '%s', %d)", text(a.id),
	    a.version + 1), "no_cause");
	assert_string_equal(house_refusal(ROOM_GENERAL,
	    "SELECT audit.erase(gen_random_uuid(), '%s')",
	    text(s.person.subject)), "no_cause");
	assert_string_equal(house_refusal(ROOM_GENERAL,
	    "SELECT ops.erase(gen_random_uuid(), '%s')",
	    text(s.person.subject)), "no_cause");
}

/* The act committed, and the process died before the keys went. */
static void
a_crash_before_the_keys_go_is_made_good(void **state)
{
	struct application a;
	struct somebody s;

	(void)state;
	fixture_wanted();
	s = made();
	a = asked(&s);
	approve(&a);
	work(false);
	assert_string_equal(house_sql("SELECT count(*) > 0 FROM"
	    " ops.key_drop"), "t");
	assert_string_not_equal(keys_of(s.person.subject), "0");
	/* account waits for the others' keys to be gone */
	assert_non_null(sign_in(s.email, PASSWORD));
	house_sql("UPDATE ops.message SET due = now() WHERE state = 'open'");
	work(true);
	assert_string_equal(house_sql("SELECT count(*) FROM ops.key_drop"),
	    "0");
	assert_string_equal(keys_of(s.person.subject), "0");
	assert_null(sign_in(s.email, PASSWORD));
}

/* A key that no entry names is nobody's after a day. */
static void
unseen_keys_are_reaped(void **state)
{
	struct arena *arena;
	struct vault_key *key;
	struct uuid unit;

	(void)state;
	fixture_wanted();
	unit = uuid_new();
	assert_true(vault_key(fixture.room->vault, house.arena, unit, &key,
	    &err));
	assert_string_equal(keys_of(unit), "1");
	arena = arena_new(0);
	erasure_sweep(fixture.room, arena);
	assert_string_equal(keys_of(unit), "1");
	house_key_sql("UPDATE keys.subject_key SET created = created -"
	    " interval '25 hours'");
	erasure_sweep(fixture.room, arena);
	erasure_sweep(fixture.room, arena);
	assert_string_equal(keys_of(unit), "0");
	assert_string_not_equal(house_key_sql("SELECT count(*) FROM"
	    " keys.subject_key"), "0");
	arena_free(arena);
}

static void
a_copy_brings_every_room(void **state)
{
	struct application a;
	struct somebody s;
	struct copy copy;
	bool found;

	(void)state;
	fixture_wanted();
	s = made();
	fixture_vehicle(house_session(s.person, ROOM_VEHICLE),
	    fixture_vin());
	a = asked(&s);
	if (!copy_run_ask(account(), house.arena, house_session(s.person,
	    ROOM_ACCOUNT), &err))
		fail_msg("%s", err.text);
	assert_true(copy_run_find(account(), house.arena, s.person.subject,
	    false, &copy, &found, &err) && found);
	assert_false(copy.complete);
	work(false);
	if (!copy_run_find(account(), house.arena, s.person.subject, true,
	    &copy, &found, &err))
		fail_msg("%s", err.text);
	assert_true(found && copy.complete);
	assert_int_equal(copy.n, 3);
	assert_int_equal(copy.parts[0].room, ROOM_ACCOUNT);
	for (size_t i = 0; i < copy.n; i++) {
		bool vin = false, reference = false;

		assert_true(copy.parts[i].n > 0);
		for (size_t k = 0; k < copy.parts[i].n; k++) {
			const struct copy_line *l = &copy.parts[i].lines[k];

			vin = vin || str_equal(l->name, "vin");
			reference = reference || (l->type == COPY_TEXT
			    && str_equal(l->text, a.reference));
		}
		assert_int_equal(vin, copy.parts[i].room == ROOM_VEHICLE);
		assert_int_equal(reference,
		    copy.parts[i].room == ROOM_GENERAL);
	}
}

static int
start(void **state)
{
	int rc = fixture_start(state);

	if (rc != 0 || house.arena == NULL)
		return rc;
	house_form("erasure");
	house_form_forgetful("vehicle-registration");
	house_form_forgetful("vehicle-scrapping");
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_has_nothing_running_is_gone),
		cmocka_unit_test(the_pseudonym_leads_nowhere),
		cmocka_unit_test(a_title_holds_it_until_it_ends),
		cmocka_unit_test(erasing_twice_changes_nothing),
		cmocka_unit_test(an_open_application_is_not_erased_by_force),
		cmocka_unit_test(a_crash_before_the_keys_go_is_made_good),
		cmocka_unit_test(rows_and_images_agree),
		cmocka_unit_test(a_copy_brings_every_room),
		cmocka_unit_test(unseen_keys_are_reaped),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, start, fixture_stop);
}

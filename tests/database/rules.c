/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A broken program: everything a room's role could send by itself, and what
 * PostgreSQL answers. No SQL moves an application along an edge that is not
 * in the table, decides without the lease, approves its own recommendation,
 * acts for somebody who is not signed in, or writes a row without an entry.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"
#include "schema/registry.h"
#include "services/act.h"
#include "services/casework.h"
#include "services/reference.h"
#include "services/room.h"
#include "services/session.h"
#include "tests/database/house.h"

static struct err err;
static struct session *citizen, *first, *second, *chief, *elsewhere;

static const char *
hex(const struct session *s)
{
	return str_hex(house.arena, secret_bytes(&s->token));
}

static const char *
id_of(struct uuid id)
{
	return uuid_text(id, arena_alloc(house.arena, UUID_TEXT));
}

/* A form whose decisions take two people, or not. */
static void
make_form(const char *name, const char *four_eyes)
{
	house_sql("INSERT INTO form.definition (id, row_version, "
	    "nonce, name, version, room, prefix, office, four_eyes, "
	    "review_days, answer_days, appeal_days, sha256, source, "
	    "signature, added_at) VALUES (gen_random_uuid(), 1, "
	    "gen_random_uuid(), '%s', 1, 3, 'VR', '%s', '%s', 15, 30, 30, "
	    "sha256('x'), 'x', 'x', now()) RETURNING id", name,
	    id_of(house.office), four_eyes);
}

static bool
file_body(struct act *act, void *arg, struct err *e)
{
	struct application *a = arg;
	struct uuid event;

	return casework_file(act, a, "submit", &event, e)
	    && act_say(act, &(struct act_entry){ .type = EVENT_CREATE,
	    .purpose = PURPOSE_APPLICATION, .subject = a->applicant,
	    .application = a->id }, NULL, e);
}

static struct application
file(const char *form)
{
	char *reference = arena_alloc(house.arena, REFERENCE_TEXT);
	struct application a = {
		.id = uuid_new(),
		.form = form,
		.form_version = 1,
		.applicant = citizen->subject,
	};

	reference_new("VR", reference);
	a.reference = reference;
	if (!act_run(house_room(ROOM_VEHICLE), house.arena, citizen,
	    file_body, &a, &err))
		fail_msg("%s", err.text);
	return a;
}

static void
step(const struct session *s, struct application *a, const char *action,
    const char *role)
{
	struct application after;

	if (!casework_do(house_room(ROOM_VEHICLE), house.arena, s,
	    &(struct casework_step){ .application = a->id, .action = action,
	    .role = role }, PURPOSE_CASEWORK, &after, &err))
		fail_msg("%s: %s", action, err.text);
	*a = after;
}

static int
start(void **state)
{
	struct house_person p;

	if (house_start(state) != 0)
		return -1;
	if (getenv("BALCAO_TEST_DB") == NULL)
		return 0;
	p = house_citizen();
	citizen = house_session(p, ROOM_VEHICLE);
	p = house_staff(ROLE_CLERK);
	first = house_session(p, ROOM_VEHICLE);
	elsewhere = house_session(p, ROOM_DESK);
	second = house_session(house_staff(ROLE_CLERK), ROOM_VEHICLE);
	chief = house_session(house_staff(ROLE_SUPERVISOR), ROOM_VEHICLE);
	make_form("one-person", "never");
	make_form("two-people", "always");
	return 0;
}

/*
 * casework.act as a broken program would call it: everything as the plan
 * says, but for what the attack changes. token, actor and office of s; NULL
 * stands for no token.
 */
static const char *
attack(const struct application *a, const struct session *s,
    const char *action, const char *role, const char *change)
{
	const char *token = s == NULL ? "NULL"
	    : arena_printf(house.arena, "'\\x%s'", hex(s));
	const char *actor = s == NULL ? "NULL"
	    : arena_printf(house.arena, "'%s'", id_of(s->account));
	const char *office = s == NULL || s->kind != SESSION_STAFF ? "NULL"
	    : arena_printf(house.arena, "'%s'", id_of(s->office));

	return house_refusal(ROOM_VEHICLE, "DO $$ DECLARE "
	    "tok bytea := %s; day date := (now() AT TIME ZONE "
	    "'America/Sao_Paulo')::date; o casework.application; "
	    "p casework.application; e casework.event; BEGIN "
	    "SELECT * INTO o FROM casework.application WHERE id = '%s'; "
	    "p := casework.plan(tok, o.id, '%s', '%s', NULL, day); "
	    "e := ROW(gen_random_uuid(), 1, gen_random_uuid(), o.id, "
	    "p.row_version, '%s', o.state, p.state, %s::uuid, 3, '%s', "
	    "%s::uuid, now(), NULL, NULL); %s; "
	    "PERFORM casework.act(tok, day, e, p); END $$;",
	    token, id_of(a->id), action, role, action, actor, role, office,
	    change);
}

/* ---- edges and actors */

static void
only_edges_of_the_table(void **state)
{
	static const struct {
		const char	*action, *role, *rule;
	} facts[] = {
		{ "approve",	"clerk",	"application_edge" },
		{ "issue",	"clerk",	"application_edge" },
		{ "claim",	"applicant",	"application_edge" },
		{ "claim",	"supervisor",	"application_edge" },
		{ "no_such",	"clerk",	"application_edge" },
		{ "lapse",	"system",	"application_edge" },
	};
	struct application a;

	(void)state;
	house_wanted();
	a = file("one-person");
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
		assert_string_equal(attack(&a, first, facts[i].action,
		    facts[i].role, "NULL"), facts[i].rule);
}

static void
only_who_is_signed_in_here(void **state)
{
	struct application a;

	(void)state;
	house_wanted();
	a = file("one-person");
	assert_string_equal(attack(&a, NULL, "claim", "clerk", "NULL"),
	    "session_over");
	assert_string_equal(attack(&a, elsewhere, "claim", "clerk", "NULL"),
	    "session_over");
	assert_string_equal(attack(&a, citizen, "claim", "clerk", "NULL"),
	    "role_missing");
	assert_string_equal(attack(&a, chief, "claim", "clerk", "NULL"),
	    "role_missing");
	assert_string_equal(attack(&a, first, "claim", "clerk",
	    "tok := sha256('guess')"), "session_over");
	assert_string_equal(attack(&a, first, "withdraw", "applicant",
	    "NULL"), "not_applicant");
}

static void
an_ended_session_is_nobody(void **state)
{
	struct session *s;
	struct application a;

	(void)state;
	house_wanted();
	a = file("one-person");
	s = house_session(house_staff(ROLE_CLERK), ROOM_VEHICLE);
	house_sql("UPDATE identity.session SET ended_at = now() "
	    "WHERE id = '%s'", id_of(s->id));
	assert_string_equal(attack(&a, s, "claim", "clerk", "NULL"),
	    "session_over");
	s = house_session(house_staff(ROLE_CLERK), ROOM_VEHICLE);
	house_sql("UPDATE identity.session SET idle_until = now() "
	    "- interval '1 second' WHERE id = '%s'", id_of(s->id));
	assert_string_equal(attack(&a, s, "claim", "clerk", "NULL"),
	    "session_over");
}

static void
the_event_says_what_happens(void **state)
{
	static const struct {
		const char	*change, *rule;
	} facts[] = {
		{ "e.actor := gen_random_uuid()",	"event_values" },
		{ "e.office := NULL",			"event_values" },
		{ "e.from_state := 'draft'",		"event_values" },
		{ "e.to_state := 'approved'",		"event_values" },
		{ "e.version := 7",			"event_values" },
		{ "e.room := 10",			"event_values" },
		{ "e.at := now() - interval '1 hour'",	"event_values" },
		{ "p.state := 'approved'",		"application_values" },
		{ "p.assignee := NULL",			"application_values" },
		{ "p.due := p.due + 1",			"application_values" },
		{ "p.applicant := gen_random_uuid()",	"application_values" },
		{ "p.recommender := p.assignee",	"application_values" },
		{ "p.decided_on := day",		"application_values" },
		{ "p.reference := 'VR-22222222-2'",	"application_values" },
		{ "day := day - 1",			"application_values" },
		{ "p.row_version := 3",			"application_version" },
		{ "p.row_version := 1",			"application_version" },
	};
	struct application a;

	(void)state;
	house_wanted();
	a = file("one-person");
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
		assert_string_equal(attack(&a, first, "claim", "clerk",
		    facts[i].change), facts[i].rule);
}

/* ---- leases and four eyes */

static void
no_decision_without_the_lease(void **state)
{
	struct application a;

	(void)state;
	house_wanted();
	a = file("one-person");
	step(first, &a, "claim", "clerk");
	assert_string_equal(attack(&a, second, "approve", "clerk", "NULL"),
	    "lease_missing");
	assert_string_equal(attack(&a, second, "claim", "clerk", "NULL"),
	    "lease_held");
	assert_string_equal(attack(&a, second, "release", "clerk", "NULL"),
	    "lease_missing");
	house_sql("UPDATE casework.application SET lease_until = now() "
	    "- interval '1 second' WHERE id = '%s'", id_of(a.id));
	assert_string_equal(attack(&a, first, "approve", "clerk", "NULL"),
	    "lease_missing");
	step(second, &a, "claim", "clerk");
	assert_string_equal(attack(&a, first, "approve", "clerk", "NULL"),
	    "lease_missing");
}

static void
no_approval_of_ones_own_recommendation(void **state)
{
	struct application a;

	(void)state;
	house_wanted();
	a = file("two-people");
	step(first, &a, "claim", "clerk");
	assert_string_equal(attack(&a, first, "approve", "clerk", "NULL"),
	    "four_eyes_policy");
	step(first, &a, "recommend", "clerk");
	assert_string_equal(attack(&a, first, "claim", "clerk", "NULL"),
	    "four_eyes");
	assert_string_equal(attack(&a, first, "approve", "clerk", "NULL"),
	    "lease_missing");
	house_sql("UPDATE casework.application SET assignee = '%s', "
	    "lease_until = now() + interval '9 minutes' WHERE id = '%s'",
	    id_of(first->account), id_of(a.id));
	assert_string_equal(attack(&a, first, "approve", "clerk", "NULL"),
	    "four_eyes");
	house_sql("UPDATE casework.application SET assignee = NULL, "
	    "lease_until = NULL WHERE id = '%s'", id_of(a.id));
	step(second, &a, "claim", "clerk");
}

static void
no_clerk_on_their_own_file(void **state)
{
	struct application a;

	(void)state;
	house_wanted();
	a = file("one-person");
	house_sql("INSERT INTO identity.relation (id, row_version, nonce, "
	    "account, subject) VALUES (gen_random_uuid(), 1, "
	    "gen_random_uuid(), '%s', '%s')", id_of(second->account),
	    id_of(citizen->subject));
	assert_string_equal(attack(&a, second, "claim", "clerk", "NULL"),
	    "conflict_of_interest");
	assert_string_equal(house_refusal(ROOM_VEHICLE,
	    "SELECT casework.open('\\x%s', '%s', true)", hex(second),
	    id_of(a.id)), "conflict_of_interest");
	house_sql("UPDATE identity.relation SET ended_at = now(), "
	    "row_version = 2 WHERE account = '%s'", id_of(second->account));
}

static void
nothing_lapses_before_its_day(void **state)
{
	struct application a;

	(void)state;
	house_wanted();
	a = file("one-person");
	house_sql("UPDATE casework.application SET state = "
	    "'awaiting_applicant', suspended_on = current_date "
	    "WHERE id = '%s'", id_of(a.id));
	assert_string_equal(attack(&a, NULL, "lapse", "system", "NULL"),
	    "no_cause");
	assert_string_equal(attack(&a, first, "lapse", "system", "NULL"),
	    "role_missing");
}

/* ---- tables themselves */

static void
what_no_room_may_do(void **state)
{
	static const struct {
		enum room_code	 room;
		const char	*sql, *rule;
	} facts[] = {
		{ ROOM_VEHICLE, "UPDATE casework.application "
		    "SET state = 'approved'", "42501" },
		{ ROOM_DESK, "UPDATE casework.application "
		    "SET assignee = NULL", "42501" },
		{ ROOM_VEHICLE, "DELETE FROM casework.application", "42501" },
		{ ROOM_VEHICLE, "INSERT INTO casework.event (id) "
		    "VALUES (gen_random_uuid())", "42501" },
		{ ROOM_VEHICLE, "UPDATE casework.transition "
		    "SET needs_lease = false", "42501" },
		{ ROOM_VEHICLE, "DELETE FROM audit.leaf", "42501" },
		{ ROOM_VEHICLE, "UPDATE audit.q SET actor = NULL", "42501" },
		{ ROOM_VEHICLE, "TRUNCATE audit.leaf", "42501" },
		{ ROOM_VEHICLE, "INSERT INTO audit.leaf (year, event_id, leaf, "
		    "mac, detail) VALUES (2026, gen_random_uuid(), '', '', "
		    "'')", "42501" },
		{ ROOM_VEHICLE, "SELECT * FROM identity.session", "42501" },
		{ ROOM_VEHICLE, "SELECT * FROM identity.session_token",
		    "42501" },
		{ ROOM_VEHICLE, "SELECT * FROM identity.person", "42501" },
		{ ROOM_DESK, "SELECT * FROM casework.submission", "42501" },
		{ ROOM_DESK, "SELECT * FROM vehicle.vehicle", "42501" },
		{ ROOM_PORTAL, "SELECT * FROM form.draft", "42501" },
		{ ROOM_COURIER, "SELECT * FROM casework.application",
		    "42501" },
		{ ROOM_VEHICLE, "SET ROLE balcao_owner", "42501" },
		{ ROOM_VEHICLE, "SET SESSION AUTHORIZATION room_desk; "
		    "RESET SESSION AUTHORIZATION; SET SESSION AUTHORIZATION "
		    "room_vehicle; CREATE TABLE public.x (y int)", "42501" },
	};

	(void)state;
	house_wanted();
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
		assert_string_equal(house_refusal(facts[i].room, "%s",
		    facts[i].sql), facts[i].rule);
}

static void
rows_belong_to_an_act(void **state)
{
	struct application a;
	const char *event;

	(void)state;
	house_wanted();
	a = file("one-person");
	event = house_sql("SELECT id FROM casework.event "
	    "WHERE application = '%s'", id_of(a.id));
	assert_string_equal(house_refusal(ROOM_VEHICLE, "INSERT INTO "
	    "casework.submission (id, row_version, application, event, "
	    "number, answers) VALUES (gen_random_uuid(), 1, '%s', '%s', 9, "
	    "'')", id_of(a.id), event), "of_this_act");
	assert_string_equal(house_refusal(ROOM_VEHICLE, "INSERT INTO "
	    "casework.fee (id, row_version, nonce, application, line, "
	    "currency, amount, state, cause) VALUES (gen_random_uuid(), 1, "
	    "gen_random_uuid(), '%s', 'x', 'BRL', 100, 'open', '%s')",
	    id_of(a.id), event), "fee_edge");
	assert_string_equal(house_refusal(ROOM_VEHICLE, "INSERT INTO "
	    "vehicle.title (id, row_version, nonce, vehicle, owner, state, "
	    "from_at, cause) VALUES (gen_random_uuid(), 1, "
	    "gen_random_uuid(), gen_random_uuid(), '%s', 'issued', now(), "
	    "'%s')", id_of(citizen->subject), event), "title_edge");
}

static void
no_row_without_an_entry(void **state)
{
	struct application a;

	(void)state;
	house_wanted();
	a = file("one-person");
	assert_string_equal(attack(&a, first, "claim", "clerk", "NULL"),
	    "audit_image");
	assert_string_equal(house_sql("SELECT state FROM "
	    "casework.application WHERE id = '%s'", id_of(a.id)), "queued");
}

static void
entries_name_who_is_signed_in(void **state)
{
	static const struct {
		const char	*token, *row, *rule;
	} facts[] = {
		{ "NULL", "3, 1, 0, 2, gen_random_uuid(), NULL",
		    "entry_actor" },
		{ "sha256('x')", "3, 1, 0, 2, NULL, NULL", "session_over" },
		{ "NULL", "10, 1, 0, 2, NULL, NULL", "entry_actor" },
	};

	(void)state;
	house_wanted();
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
		assert_string_equal(house_refusal(ROOM_VEHICLE,
		    "SELECT audit.append(%s, '', '', '', '', "
		    "ROW(gen_random_uuid(), now(), %s, NULL, NULL, NULL, "
		    "NULL, NULL)::audit.q)", facts[i].token, facts[i].row),
		    facts[i].rule);
}

static void
history_is_not_rewritten_by_its_owner_in_passing(void **state)
{
	static const char *const facts[] = {
		"UPDATE audit.leaf SET mac = mac",
		"DELETE FROM audit.leaf",
		"TRUNCATE audit.leaf CASCADE",
		"UPDATE audit.q SET at = now()",
		"DELETE FROM audit.image",
		"DELETE FROM casework.event",
		"UPDATE casework.event SET action = 'x'",
		"TRUNCATE casework.decision",
	};

	(void)state;
	house_wanted();
	(void)file("one-person");
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
		assert_string_equal(house_refusal(ROOM_NONE, "%s", facts[i]),
		    "append_only");
}

static void
a_refusal_needs_a_reason(void **state)
{
	struct application a, after;

	(void)state;
	house_wanted();
	a = file("one-person");
	step(first, &a, "claim", "clerk");
	assert_false(casework_do(house_room(ROOM_VEHICLE), house.arena, first,
	    &(struct casework_step){ .application = a.id,
	    .action = "refuse", .role = "clerk" }, PURPOSE_CASEWORK, &after,
	    &err));
	assert_string_equal(err.constraint, "reason_missing");
	assert_true(casework_do(house_room(ROOM_VEHICLE), house.arena, first,
	    &(struct casework_step){ .application = a.id,
	    .action = "refuse", .role = "clerk",
	    .reasons = (int32_t[]){ 2001 }, .n_reasons = 1 },
	    PURPOSE_CASEWORK, &after, &err));
	assert_string_equal(after.state, "refused");
}

static void
the_ledger_balances(void **state)
{
	static const struct {
		const char	*sql, *rule;
	} facts[] = {
		{ "UPDATE ledger.account SET balance = 1", "42501" },
		{ "INSERT INTO ledger.journal (id, row_version, nonce, "
		    "idem_key, kind, event_at, posted_at) VALUES "
		    "(gen_random_uuid(), 1, gen_random_uuid(), 'k', "
		    "'fee_counter', now(), now())", "journal_balance" },
		{ "INSERT INTO ledger.posting (id, row_version, nonce, "
		    "journal, line, account, currency, amount) VALUES "
		    "(gen_random_uuid(), 1, gen_random_uuid(), "
		    "gen_random_uuid(), 1, gen_random_uuid(), 'BRL', 5)",
		    "journal_closed" },
	};

	(void)state;
	house_wanted();
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
		assert_string_equal(house_refusal(ROOM_VEHICLE, "%s",
		    facts[i].sql), facts[i].rule);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_edges_of_the_table),
		cmocka_unit_test(only_who_is_signed_in_here),
		cmocka_unit_test(an_ended_session_is_nobody),
		cmocka_unit_test(the_event_says_what_happens),
		cmocka_unit_test(no_decision_without_the_lease),
		cmocka_unit_test(no_approval_of_ones_own_recommendation),
		cmocka_unit_test(no_clerk_on_their_own_file),
		cmocka_unit_test(nothing_lapses_before_its_day),
		cmocka_unit_test(what_no_room_may_do),
		cmocka_unit_test(rows_belong_to_an_act),
		cmocka_unit_test(no_row_without_an_entry),
		cmocka_unit_test(entries_name_who_is_signed_in),
		cmocka_unit_test(history_is_not_rewritten_by_its_owner_in_passing),
		cmocka_unit_test(a_refusal_needs_a_reason),
		cmocka_unit_test(the_ledger_balances),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, start, house_stop);
}

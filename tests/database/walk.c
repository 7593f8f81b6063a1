/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Properties of the life of an application: whatever anybody tries, in any
 * order, what has happened is a walk along the table, told without a gap,
 * and nobody decided without holding the case. $BALCAO_SEED repeats a run;
 * $BALCAO_STEPS makes it longer.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

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

enum {
	CASES = 6,
	STEPS = 400,
	PEOPLE = 5
};

static struct session *people[PEOPLE];
static struct application cases[CASES];
static uint64_t seed;

static const char *const actions[] = {
	"claim", "release", "note", "recommend", "return", "approve",
	"refuse", "issue", "set_aside", "withdraw", "request_information",
	"respond", "lapse", "reassign", "paid", "accept", "correct",
};
static const char *const roles[] = {
	"applicant", "other", "clerk", "supervisor", "system",
};

/* splitmix64: small, and the same everywhere. */
static uint64_t
next(void)
{
	uint64_t z = (seed += 0x9e3779b97f4a7c15u);

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

static size_t
below(size_t n)
{
	return (size_t)(next() % n);
}

static bool
file_body(struct act *act, void *arg, struct err *e)
{
	struct application *a = arg;
	struct uuid event;

	return casework_file(act, a, below(2) == 0 ? "submit"
	    : "submit_unpaid", &event, e)
	    && act_say(act, &(struct act_entry){ .type = EVENT_CREATE,
	    .purpose = PURPOSE_APPLICATION, .subject = a->applicant,
	    .application = a->id }, NULL, e);
}

static void
file(struct application *a, const char *form)
{
	char *reference = arena_alloc(house.arena, REFERENCE_TEXT);
	struct err e;

	reference_new("VR", reference);
	*a = (struct application){ .id = uuid_new(), .form = form,
	    .form_version = 1, .applicant = people[0]->subject,
	    .reference = reference };
	if (!act_run(house_room(ROOM_VEHICLE), house.arena, people[0],
	    file_body, a, &e))
		fail_msg("%s", e.text);
}

static void
make_form(const char *name, const char *four_eyes)
{
	char office[UUID_TEXT];

	house_sql("INSERT INTO form.definition (id, row_version, nonce, "
	    "name, version, room, prefix, office, four_eyes, review_days, "
	    "answer_days, appeal_days, sha256, source, signature, added_at) "
	    "VALUES (gen_random_uuid(), 1, gen_random_uuid(), '%s', 1, 3, "
	    "'VR', '%s', '%s', 15, 30, 30, sha256('x'), 'x', 'x', now())",
	    name, uuid_text(house.office, office), four_eyes);
}

static int
start(void **state)
{
	const char *given = getenv("BALCAO_SEED");

	if (house_start(state) != 0)
		return -1;
	if (given == NULL || !str_uint(given, UINT64_MAX, &seed, NULL))
		seed = (uint64_t)time(NULL);
	printf("# seed %llu\n", (unsigned long long)seed);
	if (getenv("BALCAO_TEST_DB") == NULL)
		return 0;
	make_form("one-person", "never");
	make_form("two-people", "always");
	people[0] = house_session(house_citizen(), ROOM_VEHICLE);
	people[1] = house_session(house_citizen(), ROOM_VEHICLE);
	people[2] = house_session(house_staff(ROLE_CLERK), ROOM_VEHICLE);
	people[3] = house_session(house_staff(ROLE_CLERK), ROOM_VEHICLE);
	people[4] = house_session(house_staff(ROLE_SUPERVISOR),
	    ROOM_VEHICLE);
	return 0;
}

/* Somebody who has that role; NULL for the system. */
static struct session *
somebody(const char *role)
{
	static const struct {
		const char	*role;
		size_t		 first, n;
	} who[] = {
		{ "applicant", 0, 1 },
		{ "other", 1, 1 },
		{ "clerk", 2, 2 },
		{ "supervisor", 4, 1 },
	};

	for (size_t i = 0; i < sizeof who / sizeof *who; i++)
		if (str_equal(role, who[i].role))
			return people[who[i].first + below(who[i].n)];
	return NULL;
}

/* Mostly an edge of the table from where the case stands, taken by one who
 * may: else nothing would ever move. Any action by anybody otherwise. */
static struct session *
choose(const struct application *a, const char **action, const char **role)
{
	char id[UUID_TEXT];
	char *edge;

	*action = actions[below(sizeof actions / sizeof *actions)];
	*role = roles[below(sizeof roles / sizeof *roles)];
	if (below(4) == 0)
		return people[below(PEOPLE)];
	edge = arena_strdup(house.arena, house_sql("SELECT t.action || ' ' || t.role FROM "
	    "casework.transition t JOIN casework.application a "
	    "ON t.from_state = a.state AND t.room = a.room WHERE t.machine = "
	    "'application' AND t.role <> 'system' AND a.id = '%s' "
	    "ORDER BY md5(t.action || t.role || '%llu') LIMIT 1",
	    uuid_text(a->id, id), (unsigned long long)next()));
	if (str_empty(edge))
		return somebody(*role);
	*action = edge;
	edge = strchr(edge, ' ');
	*edge = '\0';
	*role = edge + 1;
	return somebody(*role);
}

static bool
try(struct application *a)
{
	static const int32_t reason[] = { 2001 };
	const char *action, *role;
	struct session *who = choose(a, &action, &role);
	struct application after;
	struct err e = { 0 };

	if (!casework_do(house_room(ROOM_VEHICLE), house.arena, who,
	    &(struct casework_step){
		.application = a->id,
		.action = action,
		.role = role,
		.assignee = people[2 + below(2)]->account,
		.reasons = reason,
		.n_reasons = below(2),
	    }, PURPOSE_CASEWORK, &after, &e)) {
		if (e.code == ERR_SYSTEM)
			fail_msg("%s", e.text);
		return false;
	}
	/* the walk of this one is over: another begins */
	if (after.due == DATE_NONE && !str_equal(after.state, "approved")
	    && !str_equal(after.state, "refused"))
		file(a, a->form);
	return true;
}

/* What must hold whatever was tried; each statement finds no row. */
static const struct {
	const char	*what, *sql;
} laws[] = {
	{ "the application stands where its last event left it",
	    "SELECT a.id FROM casework.application a JOIN casework.event e "
	    "ON e.application = a.id AND e.version = a.row_version "
	    "WHERE e.to_state <> a.state" },
	{ "events follow one another without a gap",
	    "SELECT e.id FROM casework.event e LEFT JOIN casework.event b "
	    "ON b.application = e.application AND b.version = e.version - 1 "
	    "WHERE e.version > 1 AND b.to_state IS DISTINCT FROM "
	    "e.from_state" },
	{ "versions are dense",
	    "SELECT application FROM casework.event GROUP BY application "
	    "HAVING max(version) <> count(*)" },
	{ "every event is an edge of the table",
	    "SELECT e.id FROM casework.event e WHERE NOT EXISTS (SELECT "
	    "FROM casework.transition t WHERE t.machine = 'application' "
	    "AND t.from_state = e.from_state AND t.action = e.action "
	    "AND t.to_state = e.to_state AND t.role = e.role "
	    "AND t.room = e.room)" },
	{ "a decision was taken by who claimed before it",
	    "SELECT e.id FROM casework.event e WHERE e.action IN "
	    "('approve', 'refuse') AND e.actor IS DISTINCT FROM (SELECT "
	    "c.actor FROM casework.event c WHERE c.application = "
	    "e.application AND c.version < e.version AND c.action = 'claim' "
	    "ORDER BY c.version DESC LIMIT 1)" },
	{ "nobody decided what they recommended",
	    "SELECT e.id FROM casework.event e JOIN casework.event r "
	    "ON r.application = e.application AND r.action = 'recommend' "
	    "AND r.version = (SELECT max(x.version) FROM casework.event x "
	    "WHERE x.application = e.application AND x.version < e.version "
	    "AND x.action = 'recommend') WHERE e.from_state = 'recommended' "
	    "AND e.action IN ('approve', 'refuse') AND e.actor = r.actor" },
	{ "two people decided where the policy says so",
	    "SELECT e.id FROM casework.event e JOIN casework.application a "
	    "ON a.id = e.application WHERE a.form = 'two-people' "
	    "AND e.action IN ('approve', 'refuse') "
	    "AND e.from_state <> 'recommended'" },
	{ "a refusal has its reason",
	    "SELECT e.id FROM casework.event e WHERE e.action = 'refuse' "
	    "AND NOT EXISTS (SELECT FROM casework.reason r "
	    "WHERE r.event = e.id)" },
	{ "applicants did only what is theirs",
	    "SELECT e.id FROM casework.event e JOIN identity.account s "
	    "ON s.id = e.actor JOIN casework.application a "
	    "ON a.id = e.application WHERE (e.role = 'applicant') <> "
	    "(s.person = a.applicant) AND e.role IN ('applicant', 'other')" },
	{ "every event and version has its image",
	    "SELECT e.id FROM casework.event e WHERE NOT EXISTS (SELECT "
	    "FROM audit.image i WHERE i.row_id = e.id) OR NOT EXISTS "
	    "(SELECT FROM audit.image i WHERE i.row_id = e.application "
	    "AND i.row_version = e.version)" },
	{ "a closed case is due no more",
	    "SELECT id FROM casework.application WHERE due IS NOT NULL "
	    "AND state IN ('approved', 'refused', 'withdrawn', 'lapsed', "
	    "'issued')" },
};

static void
laws_hold_on_any_walk(void **state)
{
	const char *given = getenv("BALCAO_STEPS");
	int64_t steps = STEPS, moved = 0;

	(void)state;
	house_wanted();
	if (given != NULL && !str_int(given, 1, 1000000, &steps, NULL))
		fail_msg("BALCAO_STEPS is a number of steps");
	for (size_t i = 0; i < CASES; i++)
		file(&cases[i], i % 2 == 0 ? "one-person" : "two-people");
	for (int64_t i = 0; i < steps; i++)
		moved += try(&cases[below(CASES)]);
	printf("# %lld steps tried, %lld taken\n", (long long)steps,
	    (long long)moved);
	/* a walk that stands still would prove nothing */
	assert_true(moved >= steps / 5);
	for (size_t i = 0; i < sizeof laws / sizeof *laws; i++)
		if (!str_equal(house_sql("%s", laws[i].sql), ""))
			fail_msg("%s", laws[i].what);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(laws_hold_on_any_walk),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, start, house_stop);
}

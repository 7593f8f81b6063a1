/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The auditors' pages, whole requests at a time, and who is kept out: other
 * people by the guard, other rooms by the database.
 */
#include "cgi-bin/audit_routes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "cgi-bin/vehicle_routes.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"
#include "services/act.h"
#include "services/room.h"
#include "services/session.h"
#include "tests/database/house.h"
#include "tests/database/house_web.h"

#define CASE	"VN-2345678A-N"
#define NO_CASE	"VN-22222222-2"
#define SOMEBODY "01890000-0000-7000-8000-00000000abcd"

static struct err err;
static struct session *auditor;
static struct house_person clerk, maria;
static const char *handle;	/* the clerk's */
static const char *kept, *moved;	/* entries: as written; tampered with */

static const char *
text_of(struct uuid id)
{
	return uuid_text(id, arena_alloc(house.arena, UUID_TEXT));
}

/* A case whose only step no program wrote. */
static struct uuid
add_case(void)
{
	struct uuid id = uuid_new();

	house_sql("INSERT INTO form.definition (id, row_version, nonce, name,"
	    " version, room, prefix, office, four_eyes, review_days,"
	    " answer_days, appeal_days, sha256, source, signature, added_at)"
	    " VALUES (gen_random_uuid(), 1, gen_random_uuid(), 'renewal', 1,"
	    " 3, 'VN', '%s', 'never', 5, 30, 30, sha256('x'), 'x', 'x',"
	    " now())", text_of(house.office));
	house_sql("INSERT INTO casework.application (id, row_version, nonce,"
	    " reference, form, form_version, room, office, applicant, state,"
	    " submitted_at) VALUES ('%s', 1, gen_random_uuid(), '" CASE "',"
	    " 'renewal', 1, 3, '%s', '%s', 'approved', now())", text_of(id),
	    text_of(house.office), text_of(maria.subject));
	house_sql("INSERT INTO casework.event (id, row_version, nonce,"
	    " application, version, action, from_state, to_state, room, role,"
	    " at, xact) VALUES (gen_random_uuid(), 1, gen_random_uuid(),"
	    " '%s', 1, 'approve', 'in_review', 'approved', 3, 'clerk', now(),"
	    " pg_current_xact_id())", text_of(id));
	return id;
}

static const char *
add_entry(struct uuid application, enum event_type type,
    enum entry_outcome outcome)
{
	struct uuid event;

	if (!act_note(house_room(ROOM_VEHICLE), house.arena,
	    house_session(clerk, ROOM_VEHICLE), &(struct act_entry){
	    .type = type, .outcome = outcome, .purpose = PURPOSE_CASEWORK,
	    .subject = maria.subject, .application = application,
	    .table = TABLE_CASEWORK_APPLICATION, .row = application }, &event,
	    &err))
		fail_msg("%s", err.text);
	return text_of(event);
}

static int
start(void **state)
{
	struct uuid application;

	if (house_start(state) != 0)
		return 1;
	if (house.arena == NULL)
		return 0;
	clerk = house_staff(ROLE_CLERK);
	maria = house_citizen();
	auditor = house_session(house_staff(ROLE_AUDITOR), ROOM_AUDITOR);
	handle = house_sql("SELECT handle FROM identity.account WHERE id = "
	    "'%s'", text_of(clerk.account));
	application = add_case();
	kept = add_entry(application, EVENT_REFUSED, OUTCOME_DENIED);
	moved = add_entry(application, EVENT_READ, OUTCOME_OK);
	house_sql("ALTER TABLE audit.q DISABLE TRIGGER keep;"
	    " UPDATE audit.q SET at = at - interval '1 day'"
	    " WHERE event_id = '%s';"
	    " ALTER TABLE audit.q ENABLE ALWAYS TRIGGER keep", moved);
	return 0;
}

static struct house_web
visitor(const struct session *s)
{
	return (struct house_web){ .room = ROOM_AUDITOR,
	    .routes = audit_routes, .n = audit_routes_n, .session = s };
}

static const char *
get(const struct session *s, const char *target, unsigned status)
{
	const struct house_web w = visitor(s);

	return house_status(house_get(&w, target), status);
}

/* %s in a target is the id of an entry or the clerk's handle. */
static const struct {
	const char	*target;
	const char	**part;
	unsigned	 status;
	const char	*holds;
} cases[] = {
	{ "/audit", NULL, 200, "Entries, newest first" },
	{ "/audit?actor=%s", &handle, 200, "Office of Tests" },
	{ "/audit?reference=vn2345678an", NULL, 200, CASE },
	{ "/audit?from=2020-01-01&until=2020-01-02", NULL, 200,
	    "No entry fits" },
	{ "/audit?actor=NO-001", NULL, 200, "Nobody has this staff" },
	{ "/audit?reference=" NO_CASE, NULL, 200, "no case with" },
	{ "/audit?reference=VN-22222222-3", NULL, 422, "mistyped" },
	{ "/audit?reference=what", NULL, 422, "such as VR-7K3M9Q2X-C" },
	{ "/audit?from-day=31&from-month=2&from-year=2026", NULL, 422,
	    "date that exists" },
	{ "/audit?from=2026-02-02&until=2026-02-01", NULL, 422,
	    "must not be before" },
	{ "/audit?type=nonsense", NULL, 422, "Choose one of the answers" },
	{ "/audit?subject=maria", NULL, 422, "Enter the pseudonym" },
	{ "/audit?before=%s", &kept, 200, "Newest entries" },
	{ "/audit/entries?event=x", NULL, 422, "as it stands on the" },
	{ "/audit/entries?event=%s", &kept, 303, "Location: /audit/entries/" },
	{ "/audit/entries/%s", &kept, 200, "Passed" },
	{ "/audit/entries/%s", &moved, 200, "Report this" },
	{ "/audit/entries/01890000-0000-7000-8000-000000000000", NULL, 404,
	    "Page not found" },
	{ "/audit/cases/" CASE, NULL, 200, "have no entry" },
	{ "/audit/cases/" NO_CASE, NULL, 404, "Page not found" },
	{ "/audit/entries/%s/leaf", &kept, 200, "attachment; filename" },
	{ "/audit/entries/%s/proof", &kept, 404, "Page not found" },
	{ "/audit?type=no-searches", NULL, 200, "Any but searches" },
	{ "/audit?purpose=casework", NULL, 200, CASE },
	{ "/audit?purpose=fun", NULL, 422, "Choose one of the answers" },
	{ "/audit/people/" SOMEBODY, NULL, 200, "Nobody of the staff saw" },
	{ "/audit/people/" SOMEBODY "?from=2026-02-02&until=2026-02-01",
	    NULL, 422, "must not be before" },
	{ "/audit/staff", NULL, 200, "Enter the handle" },
	{ "/audit/staff?actor=NO-001", NULL, 200, "Nobody has this staff" },
	{ "/audit/staff?actor=%s", &handle, 200, "Most reads first" },
	{ "/audit/unusual", NULL, 200, "There were none" },
	{ "/audit/statistics", NULL, 200, "How this is computed" },
	{ "/audit/exports", NULL, 200, "no long download" },
	{ "/audit/exports/" SOMEBODY, NULL, 404, "Page not found" },
	{ "/audit/details", NULL, 200, "asked for none yet" },
	{ "/audit/details/" SOMEBODY, NULL, 404, "Page not found" },
	{ "/audit/own/details/" SOMEBODY, NULL, 404, "Page not found" },
};

static const char *
target_of(size_t i)
{
	const char *mark = strstr(cases[i].target, "%s");

	if (mark == NULL)
		return cases[i].target;
	return arena_printf(house.arena, "%.*s%s%s",
	    (int)(mark - cases[i].target), cases[i].target, *cases[i].part,
	    mark + strlen("%s"));
}

static void
the_pages_read_well(void **state)
{
	(void)state;
	house_wanted();
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (!house_has(get(auditor, target_of(i), cases[i].status),
		    cases[i].holds))
			fail_msg("%s: no \"%s\"", target_of(i),
			    cases[i].holds);
	assert_false(house_has(get(auditor, arena_printf(house.arena,
	    "/audit/entries/%s", kept), 200), "Report this"));
}

static void
a_download_has_the_same_filters(void **state)
{
	struct house_web w;
	const char *answer;

	(void)state;
	house_wanted();
	w = visitor(auditor);
	answer = house_status(house_post(&w, "/audit/export",
	    "type=refused&reference=" CASE), 200);
	assert_true(house_has(answer, "attachment; filename=\"audit-log"));
	assert_true(house_has(answer, kept));
	assert_true(house_has(answer, "\"refused\",\"denied\""));
	assert_false(house_has(answer, moved));
	house_status(house_post(&w, "/audit/export", "type=nonsense"), 422);
}

/* But where supervisors decide about details. */
static void
only_auditors_come_in(void **state)
{
	struct session *others[3];
	struct house_web w;

	(void)state;
	house_wanted();
	others[0] = house_session(clerk, ROOM_AUDITOR);
	others[1] = house_session(house_staff(ROLE_SUPERVISOR),
	    ROOM_AUDITOR);
	others[2] = house_session(maria, ROOM_AUDITOR);
	for (size_t i = 0; i < 3; i++)
		for (size_t c = 0; c < sizeof cases / sizeof *cases; c++)
			if (!str_starts(cases[c].target, "/audit/details"))
				get(others[i], target_of(c), 403);
	get(NULL, "/audit", 303);
	w = visitor(others[1]);
	house_status(house_post(&w, "/audit/export", ""), 403);
	assert_true(route_lint(audit_routes, audit_routes_n, &err));
}

/* "Location: …" of an answer, without the line's end. */
static const char *
location_of(const char *answer)
{
	const char *start = strstr(answer, "Location: ");

	assert_non_null(start);
	start += strlen("Location: ");
	return arena_printf(house.arena, "%.*s", (int)strcspn(start, "\r"),
	    start);
}

static void
a_search_is_saved_and_dropped(void **state)
{
	struct house_web w;
	const char *page, *form;

	(void)state;
	house_wanted();
	w = visitor(auditor);
	page = house_status(house_post(&w, "/audit/searches",
	    "name=Denied+ones&outcome=denied&actor=%3DX"), 303);
	assert_true(house_has(page, "Location: /audit?outcome=denied&"
	    "actor=%3DX"));
	page = get(auditor, "/audit", 200);
	assert_true(house_has(page, "Saved searches (1)"));
	assert_true(house_has(page, ">Denied ones</a>"));
	house_status(house_post(&w, "/audit/searches", "name="), 422);
	house_status(house_post(&w, "/audit/searches",
	    "name=x&type=nonsense"), 422);
	form = strstr(page, "/audit/searches/");
	assert_non_null(form);
	form = arena_printf(house.arena, "%.*s", (int)strcspn(form, "\""),
	    form);
	house_status(house_post(&w, form, ""), 303);
	house_status(house_post(&w, form, ""), 303);
	assert_true(house_has(get(auditor, "/audit", 200),
	    "Saved searches (0)"));
}

/* From the entry's page to the room that wrote it, by two people. */
static void
a_detail_is_asked_for_approved_and_opened(void **state)
{
	struct session *chief;
	struct house_web asks, decides, opens;
	const char *request, *open, *page;

	(void)state;
	house_wanted();
	chief = house_session(house_staff(ROLE_SUPERVISOR), ROOM_AUDITOR);
	asks = visitor(auditor);
	decides = visitor(chief);
	open = arena_printf(house.arena, "/audit/entries/%s/detail", kept);
	house_status(house_post(&asks, open, "reason=short"), 422);
	request = location_of(house_status(house_post(&asks, open,
	    "reason=Complaint+number+5"), 303));
	assert_true(house_has(get(auditor, request, 200),
	    "Complaint number 5"));
	house_status(house_post(&asks, open, "reason=Complaint+number+5"),
	    403);
	page = get(chief, "/audit/details", 200);
	assert_true(house_has(page, request));
	assert_true(house_has(get(chief, request, 200), "Approve"));
	house_status(house_post(&asks, arena_printf(house.arena,
	    "%s/approve", request), ""), 403);
	house_status(house_post(&decides, arena_printf(house.arena,
	    "%s/approve", request), ""), 303);
	page = get(auditor, request, 200);
	open = strstr(page, "/desk/vehicles/details/");
	assert_non_null(open);
	open = arena_printf(house.arena, "%.*s", (int)strcspn(open, "\""),
	    open);
	opens = (struct house_web){ .room = ROOM_VEHICLE,
	    .routes = vehicle_routes, .n = vehicle_routes_n,
	    .session = house_session((struct house_person){
	    .account = auditor->account, .subject = auditor->subject,
	    .staff = true }, ROOM_VEHICLE) };
	house_status(house_get(&opens, open), 200);
	page = house_status(house_post(&opens, open, ""), 200);
	assert_true(house_has(page, text_of(maria.subject)));
	assert_true(house_has(page, "Passed"));
	house_status(house_post(&opens, open, ""), 403);
}

/* Account shows citizens their own entries, balcao checks the whole log. */
static void
no_other_room_reads_the_log(void **state)
{
	static const char *const rooms[] = { "portal", "vehicle", "address",
	    "bill", "benefit", "contribution", "general", "payment", "desk",
	    "exchange", "courier" };

	(void)state;
	house_wanted();
	for (size_t i = 0; i < sizeof rooms / sizeof *rooms; i++)
		house_sql("SET SESSION AUTHORIZATION room_%s; DO $$ BEGIN"
		    " PERFORM event_id FROM audit.q; RAISE 'it was read';"
		    " EXCEPTION WHEN insufficient_privilege THEN NULL; END"
		    " $$", rooms[i]);
}

/* But what it sealed itself. */
static void
the_auditors_room_reads_nothing_sealed(void **state)
{
	(void)state;
	house_wanted();
	for (size_t t = 0; t < registry_tables_n; t++) {
		const struct registry_table *table = &registry_tables[t];

		for (size_t i = 0; i < table->n; i++) {
			const struct registry_column *c = &table->columns[i];

			/* messages to itself it must read; whose it sees
			 * is row security's, below */
			if (str_starts(table->name, "keys.")
			    || str_starts(table->name, "auditor.")
			    || str_equal(table->name, "ops.message")
			    || (c->kind != KIND_SEALED
			    && c->kind != KIND_INDEX))
				continue;
			if (!str_equal(house_sql("SELECT "
			    "has_column_privilege('room_auditor', '%s', "
			    "'%s', 'SELECT')", table->name, c->name), "f"))
				fail_msg("%s.%s", table->name, c->name);
		}
	}
	assert_string_equal(house_sql("SET SESSION AUTHORIZATION room_auditor;"
	    " SELECT count(*) FROM ops.message WHERE %d NOT IN (from_room,"
	    " to_room)", ROOM_AUDITOR), "0");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_pages_read_well),
		cmocka_unit_test(a_download_has_the_same_filters),
		cmocka_unit_test(only_auditors_come_in),
		cmocka_unit_test(a_search_is_saved_and_dropped),
		cmocka_unit_test(a_detail_is_asked_for_approved_and_opened),
		cmocka_unit_test(no_other_room_reads_the_log),
		cmocka_unit_test(the_auditors_room_reads_nothing_sealed),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, start, house_stop);
}

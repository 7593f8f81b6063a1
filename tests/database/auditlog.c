/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The auditors' view of the log: what each filter finds, that every question
 * is an entry, and what tampering looks like. The pages: audit_pages.c.
 */
#include "services/auditlog.h"
#include "services/auditlog_export.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lib/arena.h"
#include "lib/cbor.h"
#include "lib/db.h"
#include "lib/err.h"
#include "lib/str.h"
#include "services/act.h"
#include "services/auditlog_search.h"
#include "services/casework.h"
#include "services/room.h"
#include "services/session.h"
#include "services/vault.h"
#include "tests/database/house.h"

enum entry_name {
	READ,		/* by the clerk, about maria's case, long ago */
	REFUSED,	/* the same, denied */
	EXPORTED,	/* by the supervisor, at the desk, about nobody */
	CHANGED,	/* by joao himself */
	ENTRIES
};

#define MARIA	"VN-2345678A-N"

static struct err err;
static struct session *auditor;
static struct house_person clerk, supervisor, maria, joao;
static struct application maria_case;
static struct uuid entries[ENTRIES];
static const char *handles[2];	/* clerk's, supervisor's */

static const char *
text_of(struct uuid id)
{
	return uuid_text(id, arena_alloc(house.arena, UUID_TEXT));
}

static int64_t
number(const char *sql)
{
	int64_t n;

	assert_true(str_int(house_sql("%s", sql), 0, INT64_MAX, &n, &err));
	return n;
}

static struct uuid
note(enum room_code room, const struct session *s,
    const struct act_entry *entry)
{
	struct uuid event;

	if (!act_note(house_room(room), house.arena, s, entry, &event, &err))
		fail_msg("%s", err.text);
	return event;
}

/* A real filing, so that the case has a step with an image. */
static bool
file_body(struct act *act, void *arg, struct err *e)
{
	struct uuid event;

	(void)arg;
	return casework_file(act, &maria_case, "submit", &event, e)
	    && act_say(act, &(struct act_entry){ .type = EVENT_CREATE,
	    .purpose = PURPOSE_APPLICATION, .subject = maria_case.applicant,
	    .application = maria_case.id }, NULL, e);
}

static void
file_case(void)
{
	house_sql("INSERT INTO form.definition (id, row_version, nonce, name,"
	    " version, room, prefix, office, four_eyes, review_days,"
	    " answer_days, appeal_days, sha256, source, signature, added_at)"
	    " VALUES (gen_random_uuid(), 1, gen_random_uuid(), 'renewal', 1,"
	    " 3, 'VN', '%s', 'never', 5, 30, 30, sha256('x'), 'x', 'x',"
	    " now())", text_of(house.office));
	maria_case = (struct application){
		.id = uuid_new(), .reference = MARIA, .form = "renewal",
		.form_version = 1, .applicant = maria.subject,
	};
	if (!act_run(house_room(ROOM_VEHICLE), house.arena,
	    house_session(maria, ROOM_VEHICLE), file_body, NULL, &err))
		fail_msg("%s", err.text);
}

static const char *
handle_of(struct house_person p)
{
	return house_sql("SELECT handle FROM identity.account WHERE id = "
	    "'%s'", text_of(p.account));
}

/* The first entry moves to another day, id and all, as only somebody who owns
 * the database can do it; its leaf stays where it was. */
static struct uuid
make_old(struct uuid event)
{
	struct uuid old;
	const char *id = text_of(event);
	const char *moved = house_sql("SELECT (left(audit_v1.since(at -"
	    " interval '40 days')::text, 13) || substr('%s', 14))::uuid"
	    " FROM audit.q WHERE event_id = '%s'", id, id);

	house_sql("ALTER TABLE audit.q DISABLE TRIGGER keep;"
	    " UPDATE audit.q SET at = at - interval '40 days', event_id ="
	    " '%s' WHERE event_id = '%s';"
	    " ALTER TABLE audit.q ENABLE ALWAYS TRIGGER keep", moved, id);
	assert_true(uuid_parse(moved, &old, &err));
	return old;
}

static void
make_entries(void)
{
	struct session *at_vehicle = house_session(clerk, ROOM_VEHICLE);
	struct act_entry look = {
		.type = EVENT_READ, .purpose = PURPOSE_CASEWORK,
		.subject = maria.subject, .application = maria_case.id,
		.table = TABLE_CASEWORK_APPLICATION, .row = maria_case.id,
	};

	entries[READ] = make_old(note(ROOM_VEHICLE, at_vehicle, &look));
	look.type = EVENT_REFUSED;
	look.outcome = OUTCOME_DENIED;
	entries[REFUSED] = note(ROOM_VEHICLE, at_vehicle, &look);
	entries[EXPORTED] = note(ROOM_DESK, house_session(supervisor,
	    ROOM_DESK), &(struct act_entry){ .type = EVENT_EXPORT,
	    .purpose = PURPOSE_CASEWORK });
	entries[CHANGED] = note(ROOM_VEHICLE, house_session(joao,
	    ROOM_VEHICLE), &(struct act_entry){ .type = EVENT_UPDATE,
	    .purpose = PURPOSE_ACCOUNT, .subject = joao.subject });
}

static int
start(void **state)
{
	if (house_start(state) != 0)
		return 1;
	if (house.arena == NULL)
		return 0;
	clerk = house_staff(ROLE_CLERK);
	supervisor = house_staff(ROLE_SUPERVISOR);
	maria = house_citizen();
	joao = house_citizen();
	auditor = house_session(house_staff(ROLE_AUDITOR), ROOM_AUDITOR);
	handles[0] = handle_of(clerk);
	handles[1] = handle_of(supervisor);
	file_case();
	make_entries();
	return 0;
}

static struct auditlog_page
found(const struct auditlog_filter *f)
{
	struct auditlog_page page;

	if (!auditlog_search(house_room(ROOM_AUDITOR), house.arena, auditor,
	    f, &page, &err))
		fail_msg("%s", err.text);
	return page;
}

static bool
holds(const struct auditlog_page *page, struct uuid event)
{
	for (size_t i = 0; i < page->n; i++)
		if (uuid_equal(page->rows[i].id, event))
			return true;
	return false;
}

#define ANY	.from = DATE_NONE, .until = DATE_NONE

static void
try_filters(date today, date old)
{
	struct {
		const char		*what;
		struct auditlog_filter	 f;
		bool			 there[ENTRIES];
	} cases[] = {
		{ "no filter", { ANY }, { true, true, true, true } },
		{ "from today", { ANY }, { false, true, true, true } },
		{ "until then", { ANY }, { true, false, false, false } },
		{ "after all", { ANY }, { false, false, false, false } },
		{ "room", { ANY, .room = ROOM_DESK },
		    { [EXPORTED] = true } },
		{ "type", { ANY, .type = EVENT_UPDATE },
		    { [CHANGED] = true } },
		{ "denied", { ANY, .by_outcome = true,
		    .outcome = OUTCOME_DENIED }, { [REFUSED] = true } },
		{ "done", { ANY, .by_outcome = true, .outcome = OUTCOME_OK },
		    { true, false, true, true } },
		{ "the clerk's", { ANY, .handle = handles[0] },
		    { true, true, false, false } },
		{ "the supervisor's", { ANY, .handle = handles[1] },
		    { [EXPORTED] = true } },
		{ "case", { ANY, .reference = MARIA },
		    { true, true, false, false } },
		{ "person", { ANY, .subject = joao.subject },
		    { [CHANGED] = true } },
		{ "office", { ANY, .office = house.office },
		    { true, true, true, false } },
		{ "another office", { ANY, .office = uuid_new() },
		    { false, false, false, false } },
		{ "two of them", { ANY, .handle = handles[0],
		    .type = EVENT_READ }, { [READ] = true } },
		{ "purpose", { ANY, .purpose = PURPOSE_ACCOUNT },
		    { [CHANGED] = true } },
		{ "purpose and office", { ANY, .purpose = PURPOSE_CASEWORK,
		    .office = house.office }, { true, true, true, false } },
		{ "rare, by its own index", { ANY, .type = EVENT_REFUSED,
		    .room = ROOM_VEHICLE }, { [REFUSED] = true } },
		{ "no searches", { ANY, .no_searches = true,
		    .room = ROOM_DESK }, { [EXPORTED] = true } },
		{ "none of both", { ANY, .handle = handles[1],
		    .reference = MARIA }, { false, false, false, false } },
	};

	cases[1].f.from = today;
	cases[2].f.until = old;
	cases[3].f.from = today + 1;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct auditlog_page page = found(&cases[i].f);

		for (size_t e = 0; e < ENTRIES; e++)
			if (holds(&page, entries[e]) != cases[i].there[e])
				fail_msg("%s: entry %zu", cases[i].what, e);
	}
}

static void
each_filter_finds_its_entries(void **state)
{
	(void)state;
	house_wanted();
	try_filters(clock_today(), clock_today() - 40);
}

static void
entries_say_who_and_about_what(void **state)
{
	struct auditlog_page page;
	const struct auditlog_row *r;

	(void)state;
	house_wanted();
	page = found(&(struct auditlog_filter){ ANY, .type = EVENT_READ,
	    .reference = MARIA });
	assert_int_equal(page.n, 1);
	r = &page.rows[0];
	assert_true(uuid_equal(r->actor, clerk.account));
	assert_string_equal(r->handle, handles[0]);
	assert_string_equal(r->office, "Office of Tests");
	assert_true(uuid_equal(r->subject, maria.subject));
	assert_string_equal(r->reference, MARIA);
	assert_int_equal(r->purpose, PURPOSE_CASEWORK);
	assert_int_equal(r->table, TABLE_CASEWORK_APPLICATION);
	page = found(&(struct auditlog_filter){ ANY,
	    .subject = joao.subject, .type = EVENT_UPDATE });
	assert_int_equal(page.n, 1);
	assert_null(page.rows[0].handle);
	assert_false(uuid_is_nil(page.rows[0].actor));
}

static void
pages_follow_each_other(void **state)
{
	struct auditlog_filter f = { ANY };
	struct auditlog_page page;
	size_t seen = 0;
	struct uuid last = { { 0xff } };

	(void)state;
	house_wanted();
	f.subject = house_citizen().subject;
	f.type = EVENT_READ;
	for (int i = 0; i < 2 * AUDITLOG_PAGE + 7; i++)
		note(ROOM_DESK, NULL, &(struct act_entry){
		    .type = EVENT_READ, .subject = f.subject });
	for (int i = 0; i < 3; i++) {
		page = found(&f);
		for (size_t r = 0; r < page.n; last = page.rows[r++].id)
			assert_true(memcmp(&page.rows[r].id, &last, 16) < 0);
		seen += page.n;
		assert_int_equal(uuid_is_nil(page.next), i == 2);
		f.before = page.next;
	}
	assert_int_equal(seen, 2 * AUDITLOG_PAGE + 7);
}

/* ---- questions are entries ---- */

static int64_t
questions(void)
{
	return number(arena_printf(house.arena, "SELECT count(*) FROM "
	    "audit.q WHERE room = 11 AND type = 14 AND purpose = 6"
	    " AND actor = '%s'", text_of(auditor->account)));
}

/* The newest question's sealed detail, opened by the room that wrote it. */
static struct cbor
newest_detail(void)
{
	const char *id = house_sql("SELECT event_id FROM audit.q WHERE room"
	    " = 11 AND type = 14 ORDER BY at DESC, event_id DESC LIMIT 1");
	const char *hex = house_sql("SELECT encode(detail, 'hex') FROM "
	    "audit.leaf WHERE event_id = '%s'", id);
	struct bytes sealed, plain;
	struct uuid event;

	assert_true(uuid_parse(id, &event, &err));
	assert_true(str_unhex(house.arena, hex, &sealed, &err));
	if (!vault_open(house_room(ROOM_AUDITOR)->vault, house.arena,
	    (struct envelope_place){ .table = TABLE_AUDIT_LEAF,
	    .class = CLASS_DETAIL, .row = event, .version = 1 }, sealed,
	    &plain, &err))
		fail_msg("%s", err.text);
	return cbor_read(plain);
}

static void
searches_can_be_left_out(void **state)
{
	struct auditlog_page page;

	(void)state;
	house_wanted();
	found(&(struct auditlog_filter){ ANY });
	page = found(&(struct auditlog_filter){ ANY, .no_searches = true });
	assert_true(page.n > 0);
	for (size_t i = 0; i < page.n; i++)
		assert_true(page.rows[i].type != EVENT_AUDITOR_QUERY);
	page = found(&(struct auditlog_filter){ ANY });
	assert_int_equal(page.rows[0].type, EVENT_AUDITOR_QUERY);
}

static void
the_filters_lie_in_the_sealed_detail(void **state)
{
	struct cbor c;

	(void)state;
	house_wanted();
	found(&(struct auditlog_filter){ ANY, .room = ROOM_DESK,
	    .handle = handles[1] });
	c = newest_detail();
	cbor_array_of(&c, 7);
	assert_int_equal(cbor_uint(&c), 1);
	for (int i = 0; i < 5; i++)	/* salt, actor, subject, row, case */
		cbor_bytes(&c);
	assert_int_equal(cbor_array(&c), 3);
	cbor_array_of(&c, 2);
	assert_int_equal(cbor_uint(&c), COLUMN_AUDIT_Q_ROOM);
	assert_int_equal(cbor_int(&c), ROOM_DESK);
	cbor_array_of(&c, 2);
	assert_int_equal(cbor_uint(&c), COLUMN_AUDIT_Q_ACTOR);
	assert_true(bytes_equal(cbor_bytes(&c),
	    uuid_bytes(&supervisor.account)));
	cbor_array_of(&c, 2);		/* added to each by services/act.c */
	assert_int_equal(cbor_uint(&c), COLUMN_CASEWORK_EVENT_OFFICE);
	assert_true(bytes_equal(cbor_bytes(&c), uuid_bytes(&auditor->office)));
	assert_true(cbor_end(&c, &err));
}

static void
every_question_is_an_entry(void **state)
{
	struct room *room;
	struct auditlog_entry entry;
	struct auditlog_case c;
	struct auditlog_page page;
	int64_t before;

	(void)state;
	house_wanted();
	room = house_room(ROOM_AUDITOR);
	before = questions();
	found(&(struct auditlog_filter){ ANY });
	page = found(&(struct auditlog_filter){ ANY, .handle = "NO-001" });
	assert_true(page.no_handle && page.n == 0);
	page = found(&(struct auditlog_filter){ ANY,
	    .reference = "VN-22222222-2" });
	assert_true(page.no_case && page.n == 0);
	assert_true(auditlog_get(room, house.arena, auditor, entries[READ],
	    &entry, &err));
	assert_false(auditlog_get(room, house.arena, auditor, uuid_new(),
	    &entry, &err));
	assert_int_equal(err.code, ERR_ABSENT);
	assert_true(auditlog_case(room, house.arena, auditor, MARIA, false, &c,
	    &err));
	assert_false(auditlog_case(room, house.arena, auditor,
	    "VN-22222222-2", false, &c, &err));
	assert_int_equal(err.code, ERR_ABSENT);
	assert_int_equal(questions(), before + 7);
}

static int64_t
questions_about_maria(void)
{
	return number(arena_printf(house.arena, "SELECT count(*) FROM"
	    " audit.q WHERE type = 14 AND subject = '%s' AND case_id = '%s'",
	    text_of(maria.subject), text_of(maria_case.id)));
}

/* Those whom a question is about see that it was asked; a pseudonym that the
 * log does not know gets no key. */
static void
a_question_names_whom_it_is_about(void **state)
{
	struct auditlog_case c;
	struct uuid nobody;
	int64_t before;

	(void)state;
	house_wanted();
	before = questions_about_maria();
	assert_true(auditlog_case(house_room(ROOM_AUDITOR), house.arena,
	    auditor, MARIA, false, &c, &err));
	assert_int_equal(questions_about_maria(), before + 1);
	nobody = uuid_new();
	found(&(struct auditlog_filter){ ANY, .subject = nobody });
	assert_string_equal(house_key_sql("SELECT count(*) FROM "
	    "keys.subject_key WHERE unit = '%s'", text_of(nobody)), "0");
}

/* ---- one entry, one case ---- */

static struct auditlog_entry
got(struct uuid event)
{
	struct auditlog_entry e;

	if (!auditlog_get(house_room(ROOM_AUDITOR), house.arena, auditor,
	    event, &e, &err))
		fail_msg("%s", err.text);
	return e;
}

static struct uuid
filing(void)
{
	struct uuid event;

	assert_true(uuid_parse(house_sql("SELECT event_id FROM audit.q WHERE"
	    " type = 2 AND case_id = '%s'", text_of(maria_case.id)), &event,
	    &err));
	return event;
}

static void
an_entry_shows_what_it_commits_to(void **state)
{
	struct auditlog_entry e;
	const char *leaf;

	(void)state;
	house_wanted();
	e = got(filing());
	assert_int_equal(e.columns, AUDITLOG_AGREES);
	assert_int_equal(e.list, AUDITLOG_AGREES);
	assert_int_equal(e.log, AUDITLOG_UNCHECKED);
	assert_false(e.sequenced);
	assert_int_equal(e.n, 2);
	assert_int_equal(e.images[0].table, TABLE_CASEWORK_EVENT);
	assert_int_equal(e.images[1].table, TABLE_CASEWORK_APPLICATION);
	assert_true(uuid_equal(e.images[1].row, maria_case.id));
	leaf = house_sql("SELECT encode(sha256('\\x00' || leaf), 'hex') FROM"
	    " audit.leaf WHERE event_id = '%s'", text_of(filing()));
	assert_string_equal(str_hex(house.arena, bytes(e.leaf.b,
	    sizeof e.leaf.b)), leaf);
	house_sql("INSERT INTO audit.seq VALUES (2026, 7, '%s', '\\x%s')",
	    text_of(filing()), leaf);
	e = got(filing());
	assert_true(e.sequenced);
	assert_int_equal(e.year, 2026);
	assert_int_equal(e.index, 7);
	assert_int_equal(e.log, AUDITLOG_AGREES);
}

static void
tampering_shows(void **state)
{
	struct auditlog_entry e;
	struct uuid event;

	(void)state;
	house_wanted();
	/* make_old() was one: it moved an entry in time. */
	e = got(entries[READ]);
	assert_int_equal(e.columns, AUDITLOG_DIFFERS);
	house_sql("ALTER TABLE audit.q DISABLE TRIGGER keep;"
	    " UPDATE audit.q SET outcome = 0 WHERE event_id = '%s';"
	    " ALTER TABLE audit.q ENABLE ALWAYS TRIGGER keep",
	    text_of(entries[REFUSED]));
	e = got(entries[REFUSED]);
	assert_int_equal(e.columns, AUDITLOG_DIFFERS);
	assert_int_equal(e.list, AUDITLOG_AGREES);
	event = filing();
	house_sql("ALTER TABLE audit.image DISABLE TRIGGER keep;"
	    " UPDATE audit.image SET image = sha256('y') WHERE n = 1"
	    " AND event_id = '%s'", text_of(event));
	e = got(event);
	assert_int_equal(e.columns, AUDITLOG_AGREES);
	assert_int_equal(e.list, AUDITLOG_DIFFERS);
	house_sql("UPDATE audit.image SET row_id = NULL WHERE n = 1"
	    " AND event_id = '%s'; ALTER TABLE audit.image"
	    " ENABLE ALWAYS TRIGGER keep", text_of(event));
	e = got(event);
	assert_int_equal(e.list, AUDITLOG_UNCHECKED);
}

static void
a_case_shows_its_steps_and_those_without_entry(void **state)
{
	struct room *room;
	struct auditlog_case c;

	(void)state;
	house_wanted();
	room = house_room(ROOM_AUDITOR);
	assert_true(auditlog_case(room, house.arena, auditor, MARIA, false, &c,
	    &err));
	assert_int_equal(c.n_steps, 1);
	assert_string_equal(c.steps[0].action, "submit");
	assert_string_equal(c.steps[0].to, "queued");
	assert_true(uuid_equal(c.steps[0].entry, filing()));
	for (size_t i = 1; i < c.n; i++)
		assert_true(c.rows[i - 1].at <= c.rows[i].at);
	house_sql("INSERT INTO casework.event (id, row_version, nonce,"
	    " application, version, action, from_state, to_state, room, role,"
	    " at, xact) VALUES (gen_random_uuid(), 1, gen_random_uuid(),"
	    " '%s', 2, 'approve', 'in_review', 'approved', 3, 'clerk', now(),"
	    " pg_current_xact_id())", text_of(maria_case.id));
	assert_true(auditlog_case(room, house.arena, auditor, MARIA, false, &c,
	    &err));
	assert_int_equal(c.n_steps, 2);
	assert_true(uuid_is_nil(c.steps[1].entry));
}

/* ---- exports ---- */

static void
an_export_is_an_entry_of_its_own(void **state)
{
	struct auditlog_page page;
	struct uuid job;
	const struct auditlog_filter f = { ANY, .reference = MARIA,
	    .type = EVENT_READ };

	(void)state;
	house_wanted();
	assert_true(auditlog_export(house_room(ROOM_AUDITOR), house.arena,
	    auditor, &f, EXPORT_CSV, &page, &job, &err));
	assert_true(page.n == 1 && uuid_is_nil(job));
	assert_string_equal(house_sql("SELECT count(*) FROM audit.q WHERE"
	    " room = 11 AND type = 5 AND purpose = 6 AND case_id = '%s'",
	    text_of(maria_case.id)), "1");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_filter_finds_its_entries),
		cmocka_unit_test(entries_say_who_and_about_what),
		cmocka_unit_test(pages_follow_each_other),
		cmocka_unit_test(searches_can_be_left_out),
		cmocka_unit_test(the_filters_lie_in_the_sealed_detail),
		cmocka_unit_test(every_question_is_an_entry),
		cmocka_unit_test(a_question_names_whom_it_is_about),
		cmocka_unit_test(an_entry_shows_what_it_commits_to),
		cmocka_unit_test(tampering_shows),
		cmocka_unit_test(a_case_shows_its_steps_and_those_without_entry),
		cmocka_unit_test(an_export_is_an_entry_of_its_own),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, start, house_stop);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Beyond the search: saved searches, long exports, who saw whom, unusual
 * reads, figures of staff, and account's look-ups.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cgi-bin/audit_rows.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"
#include "services/account.h"
#include "services/act.h"
#include "services/auditlog.h"
#include "services/auditlog_access.h"
#include "services/auditlog_export.h"
#include "services/auditlog_saved.h"
#include "services/auditlog_search.h"
#include "services/auditlog_tally.h"
#include "services/lookup.h"
#include "services/room.h"
#include "services/session.h"
#include "tests/database/house.h"

enum {
	MANY = 3 * EXPORT_CHUNK + 7
};

static struct err err;
static struct house_person clerk, maria, joao;
static struct session *auditor, *second;
static const char *handle;

static const char *
text_of(struct uuid id)
{
	return uuid_text(id, arena_alloc(house.arena, UUID_TEXT));
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
reads(struct house_person whom, enum purpose purpose, int times)
{
	for (int i = 0; i < times; i++)
		if (!act_note(house_room(ROOM_VEHICLE), house.arena,
		    house_session(clerk, ROOM_VEHICLE), &(struct act_entry){
		    .type = EVENT_READ, .purpose = purpose,
		    .subject = whom.subject }, NULL, &err))
			fail_msg("%s", err.text);
}

static int
start(void **state)
{
	if (house_start(state) != 0)
		return 1;
	if (house.arena == NULL)
		return 0;
	clerk = house_staff(ROLE_CLERK);
	maria = house_citizen();
	joao = house_citizen();
	auditor = house_session(house_staff(ROLE_AUDITOR), ROOM_AUDITOR);
	second = house_session(house_staff(ROLE_AUDITOR), ROOM_AUDITOR);
	handle = house_sql("SELECT handle FROM identity.account WHERE id ="
	    " '%s'", text_of(clerk.account));
	reads(maria, PURPOSE_CASEWORK, 3);
	reads(joao, PURPOSE_COMPLAINT, 1);
	return 0;
}

/* ---- saved searches ---- */

static void
searches_are_kept_for_one_alone(void **state)
{
	struct room *room;
	struct auditlog_saved *all;
	size_t n;

	(void)state;
	house_wanted();
	room = house_room(ROOM_AUDITOR);
	assert_true(auditlog_saved_put(room, house.arena, auditor,
	    "Jo\xc3\xa3o's reads", "/audit?type=read", &err));
	assert_true(auditlog_saved_list(room, house.arena, auditor, &all, &n,
	    &err));
	assert_int_equal(n, 1);
	assert_string_equal(all[0].name, "Jo\xc3\xa3o's reads");
	assert_string_equal(all[0].address, "/audit?type=read");
	assert_string_equal(house_sql("SELECT position('reads'::bytea in"
	    " body) FROM auditor.search"), "0");
	assert_true(auditlog_saved_drop(room, house.arena, second, all[0].id,
	    &err));
	assert_true(auditlog_saved_list(room, house.arena, second, &all, &n,
	    &err));
	assert_int_equal(n, 0);
	assert_true(auditlog_saved_list(room, house.arena, auditor, &all, &n,
	    &err));
	assert_int_equal(n, 1);
	assert_true(auditlog_saved_drop(room, house.arena, auditor,
	    all[0].id, &err));
	assert_true(auditlog_saved_list(room, house.arena, auditor, &all, &n,
	    &err));
	assert_int_equal(n, 0);
}

/* ---- exports ---- */

/* As many as a long export needs, written by the database's owner. */
static void
fill(void)
{
	house_sql("INSERT INTO audit.q (event_id, at, room, type, outcome,"
	    " purpose) SELECT (left(audit_v1.since(t)::text, 13) ||"
	    " substr(gen_random_uuid()::text, 14))::uuid, t, 16, 15, 0, 11"
	    " FROM generate_series(1, %d) AS i, LATERAL (SELECT now() -"
	    " interval '2 days' - i * interval '1 second' AS t) AS s", MANY);
}

static size_t
lines_of(struct bytes text)
{
	size_t n = 0;

	for (size_t i = 0; i < text.n; i++)
		n += text.p[i] == '\n';
	return n;
}

static struct uuid
ask(enum auditlog_format format)
{
	const struct auditlog_filter f = { .from = DATE_NONE,
	    .until = DATE_NONE, .type = EVENT_CONFIGURATION };
	struct auditlog_page page;
	struct uuid job;

	if (!auditlog_export(house_room(ROOM_AUDITOR), house.arena, auditor,
	    &f, format, &page, &job, &err))
		fail_msg("%s", err.text);
	assert_false(uuid_is_nil(job));
	return job;
}

static struct auditlog_job
got(struct uuid id)
{
	struct auditlog_job j;

	if (!auditlog_job_get(house_room(ROOM_AUDITOR), house.arena, auditor,
	    id, &j, &err))
		fail_msg("%s", err.text);
	return j;
}

static size_t
all_lines(const struct auditlog_job *j)
{
	struct arena *a = arena_new(0);
	size_t lines = 0, size = 0;

	for (int32_t n = 0; n < j->chunks; n++) {
		struct bytes text;

		if (!auditlog_job_chunk(house_room(ROOM_AUDITOR), a, j->id,
		    n, &text, &err))
			fail_msg("%s", err.text);
		lines += lines_of(text);
		size += text.n;
		arena_reset(a);
	}
	arena_free(a);
	assert_int_equal(size, j->size);
	return lines;
}

/* A worker that dies leaves a lease behind, and what it committed. */
static void
a_long_export_goes_on_after_a_crash(void **state)
{
	struct arena *a = arena_new(0);
	struct auditlog_job j;
	struct uuid id;
	int64_t exports;

	(void)state;
	house_wanted();
	fill();
	exports = count("type = 5");
	id = ask(EXPORT_CSV);
	assert_int_equal(count("type = 5"), exports + 1);
	assert_string_equal(got(id).state, "waiting");
	house_sql("UPDATE auditor.export SET state = 'running', attempts ="
	    " 1, leased_until = now() + interval '30 seconds' WHERE id ="
	    " '%s'", text_of(id));
	auditlog_export_work(house_room(ROOM_AUDITOR), a, audit_rows_write);
	assert_int_equal(got(id).chunks, 0);
	house_sql("UPDATE auditor.export SET leased_until = now() -"
	    " interval '1 second' WHERE id = '%s'", text_of(id));
	auditlog_export_work(house_room(ROOM_AUDITOR), a, audit_rows_write);
	arena_free(a);
	j = got(id);
	assert_string_equal(j.state, "ready");
	assert_int_equal(j.percent, 100);
	assert_int_equal(j.entries, count("type = 15"));
	assert_int_equal(all_lines(&j), count("type = 15") + 1);
}

static void
nothing_is_done_twice(void **state)
{
	struct arena *a = arena_new(0);
	struct uuid id;
	struct auditlog_job j;

	(void)state;
	house_wanted();
	id = ask(EXPORT_JSONL);
	house_sql("INSERT INTO auditor.chunk (id, export, n, body) VALUES"
	    " (gen_random_uuid(), '%s', 0, 'x')", text_of(id));
	auditlog_export_work(house_room(ROOM_AUDITOR), a, audit_rows_write);
	assert_int_equal(got(id).entries, 0);
	house_sql("DELETE FROM auditor.chunk WHERE export = '%s'; UPDATE"
	    " auditor.export SET leased_until = NULL WHERE id = '%s'",
	    text_of(id), text_of(id));
	auditlog_export_work(house_room(ROOM_AUDITOR), a, audit_rows_write);
	j = got(id);
	assert_int_equal(all_lines(&j), count("type = 15"));
	arena_free(a);
}

static void
an_export_ends_at_its_most(void **state)
{
	struct arena *a = arena_new(0);
	struct uuid id;
	struct auditlog_job j;

	(void)state;
	house_wanted();
	id = ask(EXPORT_CSV);
	house_sql("UPDATE auditor.export SET most = %d WHERE id = '%s'",
	    EXPORT_CHUNK + 3, text_of(id));
	auditlog_export_work(house_room(ROOM_AUDITOR), a, audit_rows_write);
	j = got(id);
	assert_string_equal(j.state, "ready");
	assert_int_equal(j.entries, EXPORT_CHUNK + 3);
	arena_free(a);
}

static void
an_export_is_one_persons_and_a_day_old_at_most(void **state)
{
	struct auditlog_job j;
	struct uuid id;
	struct arena *a = arena_new(0);

	(void)state;
	house_wanted();
	id = ask(EXPORT_CSV);
	assert_false(auditlog_job_get(house_room(ROOM_AUDITOR), house.arena,
	    second, id, &j, &err));
	assert_int_equal(err.code, ERR_ABSENT);
	auditlog_export_work(house_room(ROOM_AUDITOR), a, audit_rows_write);
	j = got(id);
	assert_true(auditlog_job_fetch(house_room(ROOM_AUDITOR), house.arena,
	    auditor, &j, &err));
	assert_int_equal(count(arena_printf(house.arena, "type = 5 AND"
	    " row_id = '%s'", text_of(id))), 2);
	house_sql("UPDATE auditor.export SET expires_at = now()");
	assert_false(auditlog_job_get(house_room(ROOM_AUDITOR), house.arena,
	    auditor, id, &j, &err));
	auditlog_export_work(house_room(ROOM_AUDITOR), a, audit_rows_write);
	assert_string_equal(house_sql("SELECT count(*) FROM auditor.chunk"),
	    "0");
	arena_free(a);
}

static void
cells_begin_no_formula(void **state)
{
	const struct auditlog_row row = { .id = { { 1 } },
	    .handle = "=1+1", .office = "say \"hello\"" };
	const char *text;

	(void)state;
	house_wanted();
	text = (const char *)audit_rows_file(house.arena, EXPORT_CSV,
	    &row, 1).p;
	assert_non_null(strstr(text, "\"'=1+1\""));
	assert_non_null(strstr(text, "\"say \"\"hello\"\"\""));
	text = (const char *)audit_rows_file(house.arena, EXPORT_JSONL,
	    &row, 1).p;
	assert_non_null(strstr(text, "\"office\":\"say \\\"hello\\\"\""));
}

/* ---- who saw whom ---- */

static struct auditlog_span
lately(void)
{
	return (struct auditlog_span){ clock_today() - 1,
	    clock_today() + 1 };
}

static void
who_saw_whom_both_ways(void **state)
{
	const struct auditlog_span days = lately();
	struct auditlog_accesses all;
	int64_t before;

	(void)state;
	house_wanted();
	before = count("type = 14");
	assert_true(auditlog_readers(house_room(ROOM_AUDITOR), house.arena,
	    auditor, maria.subject, &days, AUDITLOG_VIEW, &all, &err));
	assert_int_equal(all.n, 1);
	assert_string_equal(all.rows[0].handle, handle);
	assert_int_equal(all.rows[0].reads, 3);
	assert_true(auditlog_read_by(house_room(ROOM_AUDITOR), house.arena,
	    auditor, handle, &days, AUDITLOG_VIEW, &all, &err));
	assert_int_equal(all.n, 2);
	assert_true(uuid_equal(all.rows[0].who, maria.subject));
	assert_int_equal(all.rows[1].reads, 1);
	assert_false(auditlog_read_by(house_room(ROOM_AUDITOR), house.arena,
	    auditor, "NO-001", &days, AUDITLOG_VIEW, &all, &err));
	assert_int_equal(err.code, ERR_ABSENT);
	assert_true(auditlog_readers(house_room(ROOM_AUDITOR), house.arena,
	    auditor, uuid_new(), &days, AUDITLOG_VIEW, &all, &err));
	assert_int_equal(all.n, 0);
	assert_int_equal(count("type = 14"), before + 4);
}

static void
unusual_reads_are_those_for_another_purpose(void **state)
{
	const struct auditlog_span days = lately();
	struct auditlog_page page;

	(void)state;
	house_wanted();
	assert_true(auditlog_unusual(house_room(ROOM_AUDITOR), house.arena,
	    auditor, &days, (struct uuid){ { 0 } }, AUDITLOG_VIEW, &page,
	    &err));
	assert_int_equal(page.n, 1);
	assert_true(uuid_equal(page.rows[0].subject, joao.subject));
	assert_true(uuid_is_nil(page.next));
}

/* A broken program cannot hide an entry from searches by time. */
static void
an_id_of_another_time_is_refused(void **state)
{
	(void)state;
	house_wanted();
	assert_string_equal(house_refusal(ROOM_VEHICLE, "SELECT audit.append("
	    "NULL, 'x', repeat('x', 33)::bytea, 'x', '', ROW("
	    "'01890000-0000-7000-8000-000000000001', now(), 3, 1, 0, 0,"
	    " NULL, NULL, NULL, NULL, NULL, NULL, NULL)::audit.q)"),
	    "entry_id");
}

/* ---- figures ---- */

static void
a_day_is_counted_once_it_is_over(void **state)
{
	struct auditlog_span days = lately();
	struct auditlog_tally t;

	(void)state;
	house_wanted();
	assert_true(auditlog_tally_work(house_room(ROOM_AUDITOR),
	    house.arena, &err));
	assert_string_equal(house_sql("SELECT count(*) FROM auditor.tallied"
	    " WHERE day >= current_date"), "0");
	house_sql("SELECT auditor.tally_day(current_date, 'UTC')");
	days.from = clock_today() - 2;
	assert_true(auditlog_tally(house_room(ROOM_AUDITOR), house.arena,
	    auditor, &days, AUDITLOG_VIEW, &t, &err));
	for (size_t i = 0; i < t.n; i++) {
		if (!uuid_equal(t.clerks[i].account, clerk.account))
			continue;
		assert_int_equal(t.clerks[i].reads, 4);
		assert_int_equal(t.clerks[i].decisions, 0);
		assert_string_equal(t.clerks[i].handle, handle);
		return;
	}
	fail_msg("the clerk is not counted");
}

/* Ten clerks read about alike; the eleventh reads everything. */
static void
who_stands_out_is_said(void **state)
{
	struct auditlog_clerk clerks[11] = { { .reads = 0 } };
	struct auditlog_tally t = { .clerks = clerks, .n = 11 };

	(void)state;
	house_wanted();
	for (int i = 0; i < 10; i++) {
		clerks[i].reads = 100 + i;
		clerks[i].decisions = 50;
		clerks[i].entries = 200;
		clerks[i].alone = 10;
	}
	clerks[10] = (struct auditlog_clerk){ .reads = 900, .decisions = 50,
	    .entries = 1000, .alone = 800 };
	auditlog_tally_compare(house.arena, &t);
	assert_true(clerks[10].figure[MEASURE_READS].outlier);
	assert_true(clerks[10].figure[MEASURE_ALONE].outlier);
	assert_false(clerks[10].figure[MEASURE_LATE].outlier);
	for (int i = 0; i < 10; i++)
		assert_false(clerks[i].figure[MEASURE_READS].outlier);
	t.n = 4;
	clerks[3] = clerks[10];
	auditlog_tally_compare(house.arena, &t);
	assert_false(clerks[3].figure[MEASURE_READS].outlier);
}

/* ---- look-ups ---- */

static void
account_tells_a_pseudonym_and_says_so(void **state)
{
	struct session *here, *chief, *plain;
	struct uuid account, person, found;
	const char *value, *name;
	enum lookup_by by;
	int64_t before;

	(void)state;
	house_wanted();
	here = house_session(house_staff(ROLE_AUDITOR), ROOM_ACCOUNT);
	chief = house_session(house_staff(ROLE_SUPERVISOR), ROOM_ACCOUNT);
	plain = house_session(clerk, ROOM_ACCOUNT);
	if (!account_add(house_room(ROOM_ACCOUNT), house.arena,
	    &(struct account_new){ .name = "Ana Reis",
	    .email = "ana@example.org", .password = "a long enough password",
	    .language = "en", .national_id = "52998224725",
	    .born = date_from((struct civil){ 1990, 1, 1, 0 }),
	    .handle = "ANA-001", .office = house.office }, &account, &person,
	    &err))
		fail_msg("%s", err.text);
	before = count("room = 2 AND type = 1 AND purpose = 6");
	value = lookup_canonical(house.arena, "529.982.247-25", &by);
	assert_true(lookup_person(house_room(ROOM_ACCOUNT), house.arena,
	    here, by, value, "complaint 5", &found, &err));
	assert_true(uuid_equal(found, person));
	value = lookup_canonical(house.arena, "Ana@Example.org", &by);
	assert_true(lookup_person(house_room(ROOM_ACCOUNT), house.arena,
	    here, by, value, "complaint 5", &found, &err));
	assert_true(uuid_equal(found, person));
	value = lookup_canonical(house.arena, "nobody@example.org", &by);
	assert_true(lookup_person(house_room(ROOM_ACCOUNT), house.arena,
	    here, by, value, "complaint 5", &found, &err));
	assert_true(uuid_is_nil(found));
	assert_int_equal(count("room = 2 AND type = 1 AND purpose = 6"),
	    before + 3);
	assert_null(lookup_canonical(house.arena, "Ana Reis", &by));
	assert_false(lookup_person(house_room(ROOM_ACCOUNT), house.arena,
	    chief, by, value, "complaint 5", &found, &err));
	assert_true(err_is(&err, "guard_role"));
	assert_true(lookup_staff(house_room(ROOM_ACCOUNT), house.arena,
	    chief, "ANA-001", "complaint 5", &name, &err));
	assert_string_equal(name, "Ana Reis");
	assert_true(lookup_staff(house_room(ROOM_ACCOUNT), house.arena,
	    here, "NO-001", "complaint 5", &name, &err));
	assert_null(name);
	assert_false(lookup_staff(house_room(ROOM_ACCOUNT), house.arena,
	    plain, "ANA-001", "complaint 5", &name, &err));
	assert_true(err_is(&err, "guard_role"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(searches_are_kept_for_one_alone),
		cmocka_unit_test(who_saw_whom_both_ways),
		cmocka_unit_test(unusual_reads_are_those_for_another_purpose),
		cmocka_unit_test(a_long_export_goes_on_after_a_crash),
		cmocka_unit_test(nothing_is_done_twice),
		cmocka_unit_test(an_export_ends_at_its_most),
		cmocka_unit_test(an_export_is_one_persons_and_a_day_old_at_most),
		cmocka_unit_test(cells_begin_no_formula),
		cmocka_unit_test(an_id_of_another_time_is_refused),
		cmocka_unit_test(a_day_is_counted_once_it_is_over),
		cmocka_unit_test(who_stands_out_is_said),
		cmocka_unit_test(account_tells_a_pseudonym_and_says_so),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, start, house_stop);
}

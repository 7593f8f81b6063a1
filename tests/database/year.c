/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The end of a year, rehearsed with the clock moved: two logs open at once, a
 * transaction that outlasts the night, the closing, and what comes too late.
 */
#include "services/sealer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "audit/entry.h"
#include "lib/arena.h"
#include "lib/clock.h"
#include "lib/db.h"
#include "lib/err.h"
#include "lib/log.h"
#include "services/room.h"
#include "tests/database/house.h"
#include "tests/database/log_fixture.h"

static const int64_t minute = 60 * 1000;

static pid_t signer;
static struct sealer *sealer;
static instant midnight;	/* the new year's first moment */
static int year;

/* Everybody's clock: this process's and the signer's. */
static void
move_clock(int64_t minutes)
{
	int64_t shift;

	clock_shift(0);
	shift = midnight + minutes * minute - clock_now();
	clock_shift(shift);
	log_process_end(signer);
	signer = log_signer_start(shift);
}

/* PostgreSQL's clock stays; it would refuse what comes from another year. */
static void
let_time_differ(void)
{
	house_sql("DO $$ BEGIN EXECUTE replace(pg_get_functiondef("
	    "'audit.append'::regproc), '10 minutes', '2 years'); END $$");
}

static int
start(void **state)
{
	if (house_start(state) != 0)
		return 1;
	if (house.arena == NULL)
		return 0;
	log_init("test", LOG_ALARM + 1);
	year = log_year();
	midnight = (instant)date_from((struct civil){ .year = year + 1,
	    .month = 1, .day = 1 }) * 86400000;
	let_time_differ();
	signer = log_signer_start(0);
	move_clock(-5);
	sealer = log_sealer();
	return 0;
}

static int
stop(void **state)
{
	clock_shift(0);
	if (house.arena != NULL)
		log_process_end(signer);
	return house_stop(state);
}

static void
same(const char *sql, const char *expected)
{
	assert_string_equal(house_sql("%s", sql), expected);
}

static void
closed(const char *expected)
{
	same("SELECT string_agg(closed::text, ' ' ORDER BY year)"
	    " FROM audit.state", expected);
}

static void
both_years_are_open_at_midnight(void **state)
{
	struct log_writer *w;
	uint64_t size;

	(void)state;
	house_wanted();
	w = log_writer_new(ROOM_DESK);
	log_write(w, 300, 0, LOG_COMMIT);
	log_settle(sealer);
	move_clock(5);
	log_write(w, 20, 0, LOG_COMMIT);
	/* Written before midnight by a clock that is behind. */
	clock_shift(0);
	clock_shift(midnight - minute - clock_now());
	log_write(w, 3, 0, LOG_COMMIT);
	move_clock(6);
	log_settle(sealer);
	closed("false false");
	log_check_files(year, &size);
	assert_true(size >= 303);
	log_check_files(year + 1, &size);
	assert_true(size >= 20);
	same("SELECT count(*) FROM audit.seq s JOIN audit.leaf l"
	    " USING (event_id) WHERE s.year <> l.year", "0");
	same("SELECT count(*) FROM audit.q WHERE type = 16", "0");
	log_writer_free(w);
}

/* It began before midnight and commits after one o'clock: the year waits. */
static void
the_year_waits_for_who_began_in_it(void **state)
{
	struct log_writer *slow;
	struct db_act *held;
	uint64_t size;

	(void)state;
	house_wanted();
	slow = log_writer_new(ROOM_DESK);
	clock_shift(0);
	clock_shift(midnight - 2 * minute - clock_now());
	held = log_hold(slow, 2);
	move_clock(59);
	log_settle(sealer);
	same("SELECT count(mark) FROM audit.state", "0");
	move_clock(61);
	log_settle(sealer);
	log_settle(sealer);
	same("SELECT count(mark) FROM audit.state", "1");
	closed("false false");
	log_release(held);
	log_settle(sealer);
	log_settle(sealer);
	closed("true false");
	log_check_files(year, &size);
	assert_true(size >= 305);
	same("SELECT count(*) FROM audit.q WHERE type = 16", "0");
	log_writer_free(slow);
}

/* The new year's log says how the old one ended. */
static void
the_closing_is_an_entry(void **state)
{
	(void)state;
	house_wanted();
	log_settle(sealer);
	same("SELECT count(*) FROM audit.leaf l JOIN audit.q q"
	    " USING (event_id) JOIN audit.seq s USING (event_id)"
	    " WHERE q.table_code = 124 AND q.type = 15 AND s.year ="
	    " (SELECT max(year) FROM audit.state) AND position((SELECT"
	    " sha256(note) FROM audit.ckpt WHERE year = (SELECT min(year)"
	    " FROM audit.state) ORDER BY size DESC LIMIT 1) IN l.leaf) > 0",
	    "1");
}

static void
what_comes_too_late_is_quarantined(void **state)
{
	struct entry late = { .purpose = PURPOSE_OPERATION };
	struct log_writer *w;
	struct bytes leaf;
	uint64_t before, size;
	char id[UUID_TEXT];

	(void)state;
	house_wanted();
	log_check_files(year, &before);
	w = log_writer_new(ROOM_DESK);
	late.at = midnight - minute;
	leaf = log_leaf(w, &late);
	log_put(w, &late, leaf, NULL);
	log_settle(sealer);
	uuid_text(late.id, id);
	assert_string_equal(house_sql("SELECT year - (SELECT min(year) FROM"
	    " audit.state) FROM audit.seq WHERE event_id = '%s'", id), "1");
	assert_string_equal(house_sql("SELECT count(*) FROM audit.q"
	    " WHERE type = 16 AND row_id = '%s'", id), "1");
	log_check_files(year, &size);
	assert_int_equal(size, before);
	log_check_files(year + 1, &size);
	same("SELECT count(*) FROM audit.leaf l WHERE NOT EXISTS (SELECT FROM"
	    " audit.seq s WHERE s.event_id = l.event_id)", "0");
	log_writer_free(w);
}

/* A sequencer that starts now knows which year is closed. */
static void
a_new_sequencer_goes_on(void **state)
{
	struct log_writer *w;
	uint64_t before, size;

	(void)state;
	house_wanted();
	log_check_files(year + 1, &before);
	sealer = log_sealer();
	w = log_writer_new(ROOM_DESK);
	log_write(w, 10, 0, LOG_COMMIT);
	log_settle(sealer);
	closed("true false");
	log_check_files(year + 1, &size);
	assert_int_equal(size, before + 10);
	log_writer_free(w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_years_are_open_at_midnight),
		cmocka_unit_test(the_year_waits_for_who_began_in_it),
		cmocka_unit_test(the_closing_is_an_entry),
		cmocka_unit_test(what_comes_too_late_is_quarantined),
		cmocka_unit_test(a_new_sequencer_goes_on),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("year", tests, start, stop);
}

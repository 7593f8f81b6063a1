/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The log in a database that was restored or made anew: refused by every
 * program, and adopted. What follows builds on what came before.
 */
#include "services/adopt.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lib/arena.h"
#include "lib/err.h"
#include "lib/log.h"
#include "lib/str.h"
#include "services/room.h"
#include "services/sealer.h"
#include "services/standing.h"
#include "tests/database/house.h"
#include "tests/database/log_fixture.h"

static pid_t signer;
static struct sealer *sealer;

static int
start(void **state)
{
	if (house_start(state) != 0)
		return 1;
	if (house.arena == NULL)
		return 0;
	log_init("test", LOG_ALARM + 1);
	signer = log_signer_start(0);
	sealer = log_sealer();
	return 0;
}

static int
stop(void **state)
{
	if (house.arena != NULL)
		log_process_end(signer);
	return house_stop(state);
}

static int64_t
number(const char *sql)
{
	int64_t n;

	assert_true(str_int(house_sql("%s", sql), INT64_MIN / 2,
	    INT64_MAX / 2, &n, NULL));
	return n;
}

/* As a base backup would keep and bring back: the log's own tables. */
static void
backup(bool restore)
{
	house_sql("DO $$ DECLARE t text; BEGIN"
	    " IF NOT %s THEN CREATE SCHEMA backup; END IF;"
	    " FOREACH t IN ARRAY ARRAY['leaf', 'image', 'q', 'seq', 'node',"
	    " 'ckpt', 'cosigned', 'state', 'chain', 'key_seen'] LOOP"
	    " IF %s THEN EXECUTE format('ALTER TABLE audit.%%I DISABLE"
	    " TRIGGER ALL', t);"
	    " EXECUTE format('DELETE FROM audit.%%I', t);"
	    " EXECUTE format('INSERT INTO audit.%%I SELECT * FROM"
	    " backup.%%I', t, t);"
	    " EXECUTE format('ALTER TABLE audit.%%I ENABLE TRIGGER"
	    " ALL', t);"
	    " ELSE EXECUTE format('CREATE TABLE backup.%%I AS TABLE"
	    " audit.%%I', t, t);"
	    " END IF; END LOOP; END $$", restore ? "true" : "false",
	    restore ? "true" : "false");
}

static void
refused(const char *rule)
{
	struct err e = { 0 };

	assert_false(standing_check(house_room(ROOM_PORTAL), house.arena,
	    &e));
	assert_string_equal(e.constraint, rule);
	assert_true(standing_refused(&e));
}

static void
stands(void)
{
	struct err e = { .text = "" };

	if (!standing_check(house_room(ROOM_PORTAL), house.arena, &e))
		fail_msg("%s", e.text);
}

/* The sequencer's connection holds the lock; adopting needs it. */
static struct room *
other_sealer(void)
{
	struct room *room;
	struct err e;

	house_sql("SELECT pg_terminate_backend(pid) FROM pg_locks"
	    " WHERE locktype = 'advisory' AND classid = 8443");
	if (!room_open(house.arena, house.conf, ROOM_SEALER, NULL, &room, &e))
		fail_msg("%s", e.text);
	return room;
}

static void
adopt(struct adoption *a)
{
	struct room *room = other_sealer();
	struct err e;

	if (!adopt_run(room, house.arena, a, &e))
		fail_msg("%s", e.text);
	room_close(room);
}

static void
a_restored_backup_is_refused_and_adopted(void **state)
{
	struct log_writer *w;
	struct adoption a;
	uint64_t before, after;
	struct room *room;
	struct err e;
	size_t n;

	(void)state;
	house_wanted();
	w = log_writer_new(ROOM_DESK);
	log_write(w, 5, 0, LOG_COMMIT);
	log_settle(sealer);
	stands();
	backup(false);
	log_write(w, 1000, 0, LOG_COMMIT);
	log_settle(sealer);
	log_check_files(log_year(), &before);
	backup(true);
	refused(STANDING_ROLLED_BACK);
	room = other_sealer();
	assert_true(sealer_new(house.arena, room, &sealer, NULL));
	assert_false(sealer_seal(sealer, house.arena, &n, &e));
	assert_int_equal(e.code, ERR_CONFLICT);
	assert_string_equal(e.constraint, "log_rolled_back");
	room_close(room);
	adopt(&a);
	assert_false(a.cluster);
	assert_int_equal(a.rescued, 1000);
	stands();
	adopt(&a);
	assert_int_equal(a.rescued, 0);
	/* It goes on from where it was signed, in the same chains. */
	sealer = log_sealer();
	log_write(w, 300, 0, LOG_COMMIT);
	log_settle(sealer);
	log_check_files(log_year(), &after);
	assert_true(after >= before + 301);
	assert_int_equal(number("SELECT count(*) FROM audit.rescued"), 1000);
	log_writer_free(w);
}

/* A tree that was changed below what was signed is nobody's to adopt. */
static void
another_history_is_not_adopted(void **state)
{
	struct room *room;
	struct adoption a;
	struct err e;

	(void)state;
	house_wanted();
	backup(true);
	house_sql("ALTER TABLE audit.state DISABLE TRIGGER ALL;"
	    " ALTER TABLE audit.seq DISABLE TRIGGER ALL;"
	    " ALTER TABLE audit.rescued DISABLE TRIGGER ALL;"
	    " DELETE FROM audit.rescued;"
	    " UPDATE audit.seq SET leaf_hash = sha256('other')"
	    " WHERE idx = (SELECT max(idx) FROM audit.seq);"
	    " ALTER TABLE audit.seq ENABLE TRIGGER ALL;"
	    " ALTER TABLE audit.rescued ENABLE TRIGGER ALL");
	room = other_sealer();
	assert_false(adopt_run(room, house.arena, &a, &e));
	room_close(room);
	assert_int_equal(number("SELECT count(*) FROM audit.rescued"), 0);
	house_sql("ALTER TABLE audit.state ENABLE TRIGGER ALL");
	backup(true);
	adopt(&a);
	assert_true(a.rescued >= 1301);
	stands();
}

static void
another_cluster_is_refused_and_adopted(void **state)
{
	struct log_writer *w;
	struct adoption a;
	uint64_t size;

	(void)state;
	house_wanted();
	sealer = log_sealer();
	log_settle(sealer);
	house_sql("ALTER TABLE audit.cluster DISABLE TRIGGER ALL;"
	    " UPDATE audit.cluster SET system_identifier = 1;"
	    " ALTER TABLE audit.cluster ENABLE TRIGGER ALL");
	refused(STANDING_CLUSTER);
	adopt(&a);
	assert_true(a.cluster);
	assert_int_equal(a.rescued, 0);
	stands();
	sealer = log_sealer();
	w = log_writer_new(ROOM_DESK);
	log_write(w, 3, 0, LOG_COMMIT);
	log_settle(sealer);
	assert_string_equal(house_sql("SELECT max(low_xid) > '0'"
	    " FROM audit.state"), "t");
	/* Ids that the new cluster has not come to yet are its own again. */
	house_sql("ALTER TABLE audit.state DISABLE TRIGGER ALL;"
	    " UPDATE audit.state SET low_xid = '999999999';"
	    " ALTER TABLE audit.state ENABLE TRIGGER ALL");
	refused(STANDING_CLUSTER);
	adopt(&a);
	stands();
	sealer = log_sealer();
	log_write(w, 3, 0, LOG_COMMIT);
	log_settle(sealer);
	assert_int_equal(number("SELECT count(*) FROM audit.leaf l WHERE NOT"
	    " EXISTS (SELECT FROM audit.seq s WHERE s.event_id ="
	    " l.event_id)"), 0);
	log_check_files(log_year(), &size);
	log_writer_free(w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_restored_backup_is_refused_and_adopted),
		cmocka_unit_test(another_history_is_not_adopted),
		cmocka_unit_test(another_cluster_is_refused_and_adopted),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("adopt", tests, start, stop);
}

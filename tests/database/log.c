/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The log against what happens to it: leaves that no program wrote, chains
 * with a piece missing, witnesses' signatures. What follows builds on what came before.
 */
#include "services/sealer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "audit/checkpoint.h"
#include "audit/cosign.h"
#include "audit/tree.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/clock.h"
#include "lib/err.h"
#include "lib/log.h"
#include "lib/str.h"
#include "services/act.h"
#include "services/proof.h"
#include "services/pulse.h"
#include "services/room.h"
#include "services/shelf.h"
#include "services/witnessing.h"
#include "tests/database/house.h"
#include "tests/database/log_fixture.h"

enum {
	WITNESSES = 3
};

static pid_t signer;
static struct sealer *sealer;
static struct secret seed[WITNESSES];
static struct note_key key[WITNESSES];

/* Two of three, as the demonstration has it; nobody listens there. */
static void
make_policy(void)
{
	struct buf b = buf_new(house.arena, 1024);
	struct err e;

	for (unsigned i = 0; i < WITNESSES; i++) {
		uint8_t public[CRYPTO_PUBLIC];

		seed[i] = crypto_new_key();
		crypto_sign_public(&seed[i], public);
		assert_true(note_key_init(&key[i], NOTE_COSIGNATURE,
		    arena_printf(house.arena, "w.example/%u", i), public,
		    NULL));
		buf_printf(&b, "witness %u %s\n", i,
		    note_key_text(house.arena, &key[i]));
	}
	buf_puts(&b, "group two 2 0 1 2\nquorum two\n");
	if (!shelf_replace(house.arena, arena_printf(house.arena,
	    "%s/witnesses", house.dir), buf_bytes(&b), 0600, &e))
		fail_msg("%s", e.text);
}

static int
start(void **state)
{
	if (house_start(state) != 0)
		return 1;
	if (house.arena == NULL)
		return 0;
	/* The alarms are what is tested. */
	log_init("test", LOG_ALARM + 1);
	make_policy();
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

/* Has this event a place, and is there a quarantine entry about it? */
static void
judge(struct uuid event, int quarantined)
{
	char id[UUID_TEXT];

	uuid_text(event, id);
	log_settle(sealer);
	assert_string_equal(house_sql("SELECT count(*) FROM audit.seq"
	    " WHERE event_id = '%s'", id), "1");
	assert_string_equal(house_sql("SELECT count(*) FROM audit.q"
	    " WHERE row_id = '%s' AND type = 16 AND room = 14 AND outcome"
	    " = 2", id), quarantined ? "1" : "0");
}

static void
honest_entries_pass(void **state)
{
	struct log_writer *w;
	struct entry entry = { .purpose = PURPOSE_OPERATION };
	struct bytes leaf;
	uint64_t size;

	(void)state;
	house_wanted();
	w = log_writer_new(ROOM_DESK);
	leaf = log_leaf(w, &entry);
	log_put(w, &entry, leaf, NULL);
	judge(entry.id, 0);
	assert_true(log_write(w, 300, 0, LOG_COMMIT));
	log_settle(sealer);
	log_writer_free(w);
	log_check_files(log_year(), &size);
	assert_true(size >= 301);
	assert_int_equal(number("SELECT count(*) FROM audit.node"), 1);
	assert_int_equal(number("SELECT count(*) FROM audit.q WHERE type = 16"),
	    0);
}

static void
forged_leaves_are_told(void **state)
{
	static const uint8_t zero[33] = { 1 };
	const struct bytes mac = bytes(zero, sizeof zero);
	struct log_writer *w;
	struct entry forged = { .purpose = PURPOSE_OPERATION };
	struct entry honest = forged, other = forged, foreign = forged;
	struct writer before;
	struct bytes leaf;

	(void)state;
	house_wanted();
	w = log_writer_new(ROOM_DESK);
	log_write(w, 1, 0, LOG_COMMIT);
	/* A MAC that is none. It does not move the writer's chain. */
	before = w->writer;
	leaf = log_leaf(w, &forged);
	log_put(w, &forged, leaf, &mac);
	judge(forged.id, 1);
	w->writer = before;
	leaf = log_leaf(w, &honest);
	log_put(w, &honest, leaf, NULL);
	judge(honest.id, 0);
	/* Right in itself, but in another entry's row. */
	leaf = log_leaf(w, &other);
	other.id = uuid_new();
	log_put(w, &other, leaf, NULL);
	judge(other.id, 1);
	/* In the name of a room whose key the writer does not have. */
	w->room = ROOM_ACCOUNT;
	writer_start(&w->writer, NULL);
	leaf = log_leaf(w, &foreign);
	log_put(w, &foreign, leaf, NULL);
	judge(foreign.id, 1);
	log_writer_free(w);
}

static void
what_is_no_entry_is_told(void **state)
{
	struct log_writer *w;
	struct entry entry = { .id = uuid_new(), .at = clock_now() };

	(void)state;
	house_wanted();
	w = log_writer_new(ROOM_DESK);
	log_put(w, &entry, bytes("nonsense", 8), NULL);
	judge(entry.id, 1);
	log_writer_free(w);
}

static void
gaps_in_a_chain_are_told(void **state)
{
	struct entry dropped = { .purpose = PURPOSE_OPERATION };
	struct entry next = dropped, then = dropped, begin = dropped;
	struct log_writer *w;
	struct bytes leaf;

	(void)state;
	house_wanted();
	w = log_writer_new(ROOM_DESK);
	log_write(w, 2, 0, LOG_COMMIT);
	log_leaf(w, &dropped);
	leaf = log_leaf(w, &next);
	log_put(w, &next, leaf, NULL);
	judge(next.id, 1);
	/* One fault is told once. */
	leaf = log_leaf(w, &then);
	log_put(w, &then, leaf, NULL);
	judge(then.id, 0);
	/* A chain that nothing opens. */
	writer_start(&w->writer, NULL);
	begin.type = EVENT_CREATE;
	leaf = log_leaf(w, &begin);
	log_put(w, &begin, leaf, NULL);
	judge(begin.id, 1);
	log_writer_free(w);
}

/* The next process names the last entry of the one before. */
static void
a_dropped_tail_is_told(void **state)
{
	struct entry last = { .purpose = PURPOSE_OPERATION };
	struct entry fine = last, broken = last;
	struct hash known, lost;
	struct log_writer *w;
	struct bytes leaf;

	(void)state;
	house_wanted();
	w = log_writer_new(ROOM_DESK);
	log_write(w, 2, 0, LOG_COMMIT);
	known = w->writer.last;
	log_leaf(w, &last);
	lost = w->writer.last;
	writer_start(&w->writer, NULL);
	fine.previous = bytes(known.b, sizeof known.b);
	leaf = log_leaf(w, &fine);
	log_put(w, &fine, leaf, NULL);
	judge(fine.id, 0);
	writer_start(&w->writer, NULL);
	broken.previous = bytes(lost.b, sizeof lost.b);
	leaf = log_leaf(w, &broken);
	log_put(w, &broken, leaf, NULL);
	judge(broken.id, 1);
	log_writer_free(w);
}

static bool
nothing(struct act *act, void *arg, struct err *e)
{
	(void)arg;
	return act_say(act, &(struct act_entry){ .type = EVENT_READ,
	    .purpose = PURPOSE_OPERATION }, NULL, e);
}

static int64_t
entries_of(enum event_type type)
{
	return number(arena_printf(house.arena, "SELECT count(*) FROM audit.q"
	    " WHERE type = %d AND room = 10", (int)type));
}

/* An hour without an entry, and the end: both are said once. */
static void
processes_say_that_they_are_there(void **state)
{
	const int64_t hour = 60 * 60 * 1000;
	struct writer_slot slot = { .has_known = 0 };
	struct hash last;
	struct room *room;
	struct err e;

	(void)state;
	house_wanted();
	assert_true(room_open(house.arena, house.conf, ROOM_DESK, &slot,
	    &room, NULL));
	pulse_beat(room, house.arena);
	pulse_close(room, house.arena);
	assert_int_equal(entries_of(EVENT_HEARTBEAT), 0);
	assert_int_equal(entries_of(EVENT_WRITER_CLOSE), 0);
	if (!act_run(room, house.arena, NULL, nothing, NULL, &e))
		fail_msg("%s", e.text);
	pulse_beat(room, house.arena);
	assert_int_equal(entries_of(EVENT_HEARTBEAT), 0);
	room->spoke -= hour;
	pulse_beat(room, house.arena);
	pulse_beat(room, house.arena);
	assert_int_equal(entries_of(EVENT_HEARTBEAT), 1);
	pulse_close(room, house.arena);
	pulse_close(room, house.arena);
	assert_int_equal(entries_of(EVENT_WRITER_CLOSE), 1);
	/* Who comes next in its place begins behind that entry. */
	last = slot.known;
	if (!act_run(room, house.arena, NULL, nothing, NULL, &e))
		fail_msg("%s", e.text);
	assert_false(tree_same(&last, &slot.known));
	room_close(room);
	log_settle(sealer);
	assert_int_equal(number("SELECT count(*) FROM audit.chain"
	    " WHERE closed"), 1);
	assert_int_equal(number(arena_printf(house.arena, "SELECT count(*)"
	    " FROM audit.leaf WHERE position('\\x%s'::bytea IN leaf) > 0",
	    str_hex(house.arena, bytes(last.b, sizeof last.b)))), 1);
	assert_int_equal(number("SELECT count(*) FROM audit.q WHERE type = 16"),
	    0);
}

/* ---- witnesses ---- */

/* What the process that speaks to them would leave. */
static void
bring(struct bytes note, unsigned first, unsigned n)
{
	struct buf b = buf_new(house.arena, 2048);
	struct note parsed;
	struct err e;

	assert_true(note_parse(house.arena, note, &parsed, NULL));
	buf_put_bytes(&b, note);
	for (unsigned i = first; i < first + n; i++)
		buf_puts(&b, cosign_sign(house.arena, &key[i], &seed[i], 1000,
		    parsed.text));
	if (!shelf_replace(house.arena, arena_printf(house.arena,
	    "%s/tiles/%d/" WITNESSING_FILE, house.dir, log_year()),
	    buf_bytes(&b), 0600, &e) ||
	    !sealer_cosigned(sealer, house.arena, &e))
		fail_msg("%s", e.text);
}

static struct bytes
newest_note(void)
{
	struct bytes b;

	assert_true(shelf_read(house.arena, arena_printf(house.arena,
	    "%s/tiles/%d/checkpoint", house.dir, log_year()), &b, NULL));
	return b;
}

static void
check_proof(struct uuid event, enum proof_state expected)
{
	struct proof_found p;
	struct checkpoint c;
	struct err e;

	if (!proof_find(house_room(ROOM_VEHICLE)->db, house.arena, event, &p,
	    &e))
		fail_msg("%s", e.text);
	assert_int_equal(p.state, expected);
	if (expected == PROOF_LATER)
		return;
	assert_int_equal(p.year, log_year());
	assert_true(checkpoint_read(house.arena, p.note, &c, NULL, NULL));
	assert_int_equal(c.size, p.size);
	assert_true(tree_check_inclusion(p.index, p.size, &p.leaf, &p.path,
	    &c.root, NULL));
}

static void
proofs_wait_for_witnesses(void **state)
{
	struct entry entry = { .purpose = PURPOSE_OPERATION };
	struct log_writer *w;
	struct bytes leaf, note;

	(void)state;
	house_wanted();
	w = log_writer_new(ROOM_VEHICLE);
	leaf = log_leaf(w, &entry);
	log_put(w, &entry, leaf, NULL);
	check_proof(entry.id, PROOF_LATER);
	log_settle(sealer);
	note = newest_note();
	check_proof(entry.id, PROOF_FEW);
	bring(note, 0, 1);
	check_proof(entry.id, PROOF_FEW);
	bring(note, 0, 2);
	check_proof(entry.id, PROOF_READY);
	bring(note, 0, 3);
	check_proof(entry.id, PROOF_READY);
	assert_string_equal(house_sql("SELECT string_agg(signatures || ' ' ||"
	    " enough, ', ' ORDER BY signatures) FROM audit.cosigned"),
	    "1 false, 2 true, 3 true");
	log_writer_free(w);
}

/* What the process without database brings is checked to the last byte. */
static void
foreign_cosignatures_are_left(void **state)
{
	struct bytes note;
	struct secret kept = seed[0];
	struct log_writer *w;
	char *text;

	(void)state;
	house_wanted();
	w = log_writer_new(ROOM_VEHICLE);
	log_write(w, 1, 0, LOG_COMMIT);
	log_settle(sealer);
	note = newest_note();
	/* Another key under a witness's name. */
	seed[0] = crypto_new_key();
	bring(note, 0, 1);
	seed[0] = kept;
	/* A text that the log did not sign. */
	text = arena_strndup(house.arena, (const char *)note.p, note.n);
	text[strcspn(text, "\n") + 1] = '9';
	bring(bytes_of(text), 0, 3);
	assert_int_equal(number("SELECT count(*) FROM audit.cosigned"), 3);
	log_writer_free(w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(honest_entries_pass),
		cmocka_unit_test(processes_say_that_they_are_there),
		cmocka_unit_test(forged_leaves_are_told),
		cmocka_unit_test(what_is_no_entry_is_told),
		cmocka_unit_test(gaps_in_a_chain_are_told),
		cmocka_unit_test(a_dropped_tail_is_told),
		cmocka_unit_test(proofs_wait_for_witnesses),
		cmocka_unit_test(foreign_cosignatures_are_left),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("log", tests, start, stop);
}

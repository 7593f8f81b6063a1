/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Receipts: the promise at once, the file once the log has signed, and for
 * nobody but the one whom the entry is about. The log is one leaf here,
 * signed with the house's own key.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "audit/proof.h"
#include "audit/receipt.h"
#include "forms/form.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"
#include "schema/registry.h"
#include "services/attest.h"
#include "services/casework.h"
#include "services/general.h"
#include "services/intake.h"
#include "services/keyring.h"
#include "services/origin.h"
#include "services/room.h"
#include "services/session.h"
#include "tests/database/house.h"
#include "tests/database/house_form.h"

static struct err err;

static const char *
text(struct uuid id)
{
	char out[UUID_TEXT];

	return arena_strdup(house.arena, uuid_text(id, out));
}

/* A request for erasure, which is the shortest form there is. */
static struct application
filed(const struct session *s, struct uuid *event)
{
	static const struct form_field fields[] = { { "understood", "yes" } };
	struct intake_refusal refusal;
	struct application a;
	struct draft d;

	if (!intake_begin(house_room(ROOM_GENERAL), house.arena, s,
	    &general_service, "erasure", (struct uuid){ { 0 } }, &d, &err))
		fail_msg("%s", err.text);
	house_answer(d.form, fields, 1);
	if (!intake_submit(house_room(ROOM_GENERAL), house.arena, s,
	    &general_service, &d, &a, event, &refusal, &err))
		fail_msg("%s", err.text);
	form_free(d.form);
	return a;
}

/* The log of this year: this entry alone, and a checkpoint of it. */
static void
seal(const struct attest_promise *p, struct uuid event)
{
	struct checkpoint c = { .origin = p->origin, .size = 1,
	    .root = p->leaf };
	struct bytes body = checkpoint_text(house.arena, &c), note;
	struct keyring ring;
	struct note_key key;
	const char *line;
	int year = origin_year(p->origin, "log.test.example");

	assert_true(keyring_load(arena_printf(house.arena, "%s/keys",
	    house.dir), "signer", &ring, &err));
	assert_true(origin_key(p->origin, keyring_find(
	    &house_room(ROOM_GENERAL)->publics, ROOM_SIGNER)->sign, &key,
	    &err));
	line = note_sign(house.arena, &key, &ring.sign_seed, body);
	note = note_join(house.arena, body, &line, 1);
	house_sql("INSERT INTO audit.seq (year, idx, event_id, leaf_hash)"
	    " VALUES (%d, 0, '%s', '\\x%s'); INSERT INTO audit.ckpt (year,"
	    " size, note, at) VALUES (%d, 1, '\\x%s', now())", year,
	    text(event), str_hex(house.arena, bytes(p->leaf.b, CRYPTO_HASH)),
	    year, str_hex(house.arena, note));
}

static void
a_promise_is_the_same_each_time(void **state)
{
	const struct keyring_public *public;
	struct attest_promise p, again;
	struct uuid event;
	struct session *s;
	struct room *room;

	(void)state;
	house_wanted();
	room = house_room(ROOM_GENERAL);
	s = house_session(house_citizen(), ROOM_GENERAL);
	filed(s, &event);
	assert_true(attest_promise(room, house.arena, s, event, &p, &err));
	assert_true(attest_promise(room, house.arena, s, event, &again,
	    &err));
	assert_memory_equal(p.signature, again.signature, CRYPTO_SIGNATURE);
	public = keyring_find(&room->publics, ROOM_GENERAL);
	assert_true(promise_check(house.arena, public->sign, p.origin,
	    &p.leaf, p.deadline, bytes(p.signature, CRYPTO_SIGNATURE)));
	assert_false(promise_check(house.arena, public->sign, p.origin,
	    &p.leaf, p.deadline + 1, bytes(p.signature,
	    CRYPTO_SIGNATURE)));
}

static void
nobody_elses_entry_has_a_receipt(void **state)
{
	struct attest_promise p;
	struct attest_entry *list;
	struct application a;
	struct session *s, *other;
	struct bytes file;
	struct uuid event;
	struct room *room;
	size_t n;

	(void)state;
	house_wanted();
	room = house_room(ROOM_GENERAL);
	s = house_session(house_citizen(), ROOM_GENERAL);
	other = house_session(house_citizen(), ROOM_GENERAL);
	a = filed(s, &event);
	assert_true(attest_list(room, house.arena, s, a.id, &list, &n,
	    &err));
	assert_int_equal(n, 1);
	assert_memory_equal(list[0].event.b, event.b, UUID_SIZE);
	assert_true(attest_list(room, house.arena, other, a.id, &list, &n,
	    &err));
	assert_int_equal(n, 0);
	assert_false(attest_promise(room, house.arena, other, event, &p,
	    &err));
	assert_int_equal(err.code, ERR_ABSENT);
	assert_false(attest_receipt(room, house.arena, other, event, &file,
	    &err));
	assert_int_equal(err.code, ERR_ABSENT);
}

static bool
shows_answers(const struct receipt *r)
{
	struct bytes plain;

	for (size_t i = 0; i < r->rows; i++)
		if (r->row[i].openings > 0 && receipt_open(house.arena,
		    &r->row[i], &r->row[i].opening[0], &plain, &err)
		    && strstr(arena_strndup(house.arena,
		    (const char *)plain.p, plain.n), "understood") != NULL)
			return true;
	return false;
}

static void
a_file_comes_with_the_checkpoint_and_proves_it(void **state)
{
	struct attest_promise p;
	struct entry_read leaf;
	struct receipt receipt;
	struct session *s;
	struct bytes file;
	struct uuid event;
	struct proof proof;
	struct room *room;
	struct hash hash;

	(void)state;
	house_wanted();
	room = house_room(ROOM_GENERAL);
	s = house_session(house_citizen(), ROOM_GENERAL);
	filed(s, &event);
	assert_true(attest_receipt(room, house.arena, s, event, &file,
	    &err));
	assert_int_equal(file.n, 0);
	assert_true(attest_promise(room, house.arena, s, event, &p, &err));
	seal(&p, event);
	if (!attest_receipt(room, house.arena, s, event, &file, &err))
		fail_msg("%s", err.text);
	if (!proof_parse(house.arena, file, &proof, &err)
	    || !receipt_decode(house.arena, proof.extra, &receipt, &err)
	    || !receipt_check(house.arena, &receipt, &leaf, &err))
		fail_msg("%s", err.text);
	hash = entry_leaf_hash(receipt.leaf);
	assert_memory_equal(hash.b, p.leaf.b, CRYPTO_HASH);
	assert_true(tree_check_inclusion(proof.index, proof.checkpoint.size,
	    &hash, &proof.path, &proof.checkpoint.root, &err));
	assert_int_equal(receipt.values, 4);
	assert_true(shows_answers(&receipt));
}

static int
start(void **state)
{
	int rc = house_start(state);

	if (rc == 0 && house.arena != NULL)
		house_form("erasure");
	return rc;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_promise_is_the_same_each_time),
		cmocka_unit_test(nobody_elses_entry_has_a_receipt),
		cmocka_unit_test(
		    a_file_comes_with_the_checkpoint_and_proves_it),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, start, house_stop);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What one room has, no other can use: records, keys, messages, indexes,
 * tokens. Each is tried by every other room, as a broken program of that
 * room would.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lib/arena.h"
#include "lib/bytes.h"
#include "lib/envelope.h"
#include "lib/err.h"
#include "lib/secret.h"
#include "lib/str.h"
#include "schema/registry.h"
#include "services/party.h"
#include "services/room.h"
#include "services/session.h"
#include "services/vault.h"
#include "tests/database/house.h"

/* Where a head has its room (lib/envelope.h). */
enum {
	HEAD_SERVICE = 2
};

static const enum room_code rooms[] = { ROOM_PORTAL, ROOM_ACCOUNT,
    ROOM_VEHICLE, ROOM_DESK, ROOM_AUDITOR, ROOM_COURIER };
enum {
	ROOMS = sizeof rooms / sizeof *rooms
};

static const char secret[] = "9BWZZZ377VT004251";

static struct err err;

static struct envelope_place
place(struct uuid row)
{
	return (struct envelope_place){
		.table = TABLE_VEHICLE_VEHICLE,
		.class = CLASS_VEHICLE,
		.row = row,
		.version = 1,
	};
}

static struct bytes
seal(enum room_code code, struct uuid row)
{
	struct room *room = house_room(code);
	struct vault_key *key;
	struct bytes sealed = { NULL, 0 };

	if (!vault_key(room->vault, house.arena, uuid_new(), &key, &err)
	    || !vault_seal(room->vault, house.arena, key, place(row),
	    bytes_of(secret), &sealed, &err))
		fail_msg("%s", err.text);
	return sealed;
}

static bool
opens(enum room_code code, struct uuid row, struct bytes sealed)
{
	struct bytes plain;

	return vault_open(house_room(code)->vault, house.arena, place(row),
	    sealed, &plain, &err) && plain.n == strlen(secret)
	    && memcmp(plain.p, secret, plain.n) == 0;
}

/* The same bytes, said to be another room's. */
static struct bytes
relabelled(struct bytes sealed, enum room_code code)
{
	uint8_t *copy = arena_alloc(house.arena, sealed.n);

	memcpy(copy, sealed.p, sealed.n);
	copy[HEAD_SERVICE] = (uint8_t)(code >> 8);
	copy[HEAD_SERVICE + 1] = (uint8_t)code;
	return bytes(copy, sealed.n);
}

static void
a_record_opens_in_its_own_room_alone(void **state)
{
	(void)state;
	house_wanted();
	for (size_t i = 0; i < ROOMS; i++) {
		struct uuid row = uuid_new();
		struct bytes sealed = seal(rooms[i], row);

		for (size_t k = 0; k < ROOMS; k++)
			assert_int_equal(opens(rooms[k], row, sealed),
			    k == i);
	}
}

static void
nor_by_saying_that_it_is_ours(void **state)
{
	(void)state;
	house_wanted();
	for (size_t i = 0; i < ROOMS; i++) {
		struct uuid row = uuid_new();
		struct bytes sealed = seal(rooms[i], row);

		for (size_t k = 0; k < ROOMS; k++)
			assert_int_equal(opens(rooms[k], row,
			    relabelled(sealed, rooms[k])), k == i);
	}
}

static void
nor_at_another_row(void **state)
{
	struct uuid row = uuid_new();

	(void)state;
	house_wanted();
	assert_false(opens(ROOM_VEHICLE, uuid_new(),
	    seal(ROOM_VEHICLE, row)));
}

static void
a_room_sees_its_own_keys_alone(void **state)
{
	(void)state;
	house_wanted();
	for (size_t i = 0; i < ROOMS; i++)
		seal(rooms[i], uuid_new());
	for (size_t i = 0; i < ROOMS; i++)
		assert_string_equal(house_key_sql("SET SESSION AUTHORIZATION"
		    " room_%s; SELECT string_agg(DISTINCT service::text, ' ')"
		    " FROM keys.subject_key",
		    registry_room_name(rooms[i])),
		    arena_printf(house.arena, "%d", rooms[i]));
}

static const struct party profile = {
	.name = "Maria de Exemplo", .national_id = "52998224725",
	.born = 5000, .language = "pt-BR"
};

static void
a_message_opens_at_its_receiver_alone(void **state)
{
	struct envelope_place at = {
		.table = TABLE_OPS_MESSAGE, .class = CLASS_MESSAGE,
		.version = 1
	};
	struct house_person p;
	char subject[UUID_TEXT];
	struct bytes sealed, plain;
	const char *row;

	(void)state;
	house_wanted();
	p = house_citizen();
	house_profile(p.subject, ROOM_VEHICLE, &profile);
	row = house_sql("SELECT id, encode(envelope, 'hex') FROM ops.message"
	    " WHERE ref = '%s'", uuid_text(p.subject, subject));
	assert_true(uuid_parse(arena_strndup(house.arena, row,
	    UUID_TEXT - 1), &at.row, &err));
	assert_true(str_unhex(house.arena, row + UUID_TEXT, &sealed, &err));
	for (size_t i = 0; i < ROOMS; i++)
		assert_int_equal(envelope_open_by(house.arena,
		    &house_room(rooms[i])->ring.agree_private, at, sealed,
		    &plain, &err), rooms[i] == ROOM_VEHICLE);
}

/* A row of ops.message, as a broken program of that room would write it. */
static const char *
forge(enum room_code by, enum room_code in_the_name_of)
{
	return house_refusal(by, "INSERT INTO ops.message (id, from_room,"
	    " to_room, kind, ref, first_due, due, envelope, signature)"
	    " VALUES (gen_random_uuid(), %d, %d, 'mail', NULL, now(), now(),"
	    " '\\x00', decode(repeat('00', 64), 'hex'))", in_the_name_of,
	    ROOM_ACCOUNT);
}

static void
nobody_writes_a_message_for_another(void **state)
{
	(void)state;
	house_wanted();
	assert_string_equal(forge(ROOM_VEHICLE, ROOM_VEHICLE), "");
	for (size_t i = 0; i < ROOMS; i++)
		assert_string_equal(forge(rooms[i], rooms[(i + 1) % ROOMS]),
		    "42501");
}

static void
the_same_value_has_another_index_in_each_room(void **state)
{
	struct bytes index[ROOMS];

	(void)state;
	house_wanted();
	for (size_t i = 0; i < ROOMS; i++) {
		index[i] = vault_index(house_room(rooms[i])->vault,
		    house.arena, (uint32_t)COLUMN_VEHICLE_VEHICLE_VIN,
		    bytes_of(secret));
		for (size_t k = 0; k < i; k++)
			assert_memory_not_equal(index[i].p, index[k].p,
			    VAULT_INDEX);
	}
}

static void
a_token_is_nobody_elsewhere(void **state)
{
	/* the other two know no visitors */
	static const enum room_code doors[] = { ROOM_ACCOUNT, ROOM_VEHICLE,
	    ROOM_DESK, ROOM_AUDITOR };
	struct session *s, *found;

	(void)state;
	house_wanted();
	for (size_t i = 0; i < sizeof doors / sizeof *doors; i++) {
		s = house_session(house_staff(ROLE_CLERK), doors[i]);
		for (size_t k = 0; k < sizeof doors / sizeof *doors; k++) {
			assert_true(session_find(house_room(doors[k]),
			    house.arena, str_base64url(house.arena,
			    secret_bytes(&s->token)), &found, &err));
			assert_int_equal(found != NULL, k == i);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_record_opens_in_its_own_room_alone),
		cmocka_unit_test(nor_by_saying_that_it_is_ours),
		cmocka_unit_test(nor_at_another_row),
		cmocka_unit_test(a_room_sees_its_own_keys_alone),
		cmocka_unit_test(a_message_opens_at_its_receiver_alone),
		cmocka_unit_test(nobody_writes_a_message_for_another),
		cmocka_unit_test(the_same_value_has_another_index_in_each_room),
		cmocka_unit_test(a_token_is_nobody_elsewhere),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, house_start, house_stop);
}

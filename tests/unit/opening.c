/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A detail opens the commitments of its own leaf, field by field, and of no
 * other.
 */
#include "audit/opening.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/cbor.h"
#include "lib/crypto.h"
#include "lib/db.h"
#include "lib/err.h"
#include "schema/registry.h"

static struct arena *arena;

static const struct uuid one = { { 1 } }, two = { { 2 } }, three = { { 3 } },
    four = { { 4 } }, five = { { 5 } }, six = { { 6 } };

static struct entry
entry(void)
{
	return (struct entry){
		.room = 3,
		.id = { { 9 } },
		.type = EVENT_READ,
		.actor = one,
		.subject = two,
		.row = three,
		.application = four,
		.salt = { { 7 } },
	};
}

static struct bytes
detail_of(const struct entry *e)
{
	const struct db_value office = db_uuid(five), message = db_uuid(six);
	const struct db_value text = db_text("x"), none = db_null();
	const struct entry_value values[] = {
		{ COLUMN_AUDIT_LEAF_LEAF, &text },
		{ COLUMN_CASEWORK_EVENT_OFFICE, &office },
		{ COLUMN_AUDIT_SEQ_IDX, &none },
		{ COLUMN_OPS_MESSAGE_ID, &message },
	};

	return entry_detail(arena, e, values,
	    sizeof values / sizeof *values);
}

static bool
opens(const struct entry *leaf, const struct entry *detail,
    struct opening *o, struct err *e)
{
	struct hash nothing = { { 0 } };
	struct entry_read r;

	assert_true(entry_parse(entry_leaf(arena, leaf, nothing), &r, NULL));
	return opening_read(detail_of(detail), &r, o, e);
}

static void
a_detail_says_what_its_leaf_commits_to(void **state)
{
	struct entry e = entry();
	struct opening o;

	(void)state;
	assert_true(opens(&e, &e, &o, NULL));
	assert_true(uuid_equal(o.actor, one));
	assert_true(uuid_equal(o.subject, two));
	assert_true(uuid_equal(o.row, three));
	assert_true(uuid_equal(o.application, four));
	assert_true(uuid_equal(o.office, five));
	assert_int_equal(o.messages, 1);
	assert_true(uuid_equal(o.message[0], six));
}

static void
the_system_and_nobody_have_no_name(void **state)
{
	struct entry e = { .room = 14, .id = { { 9 } }, .salt = { { 7 } } };
	struct opening o;

	(void)state;
	assert_true(opens(&e, &e, &o, NULL));
	assert_true(uuid_is_nil(o.actor) && uuid_is_nil(o.subject)
	    && uuid_is_nil(o.row) && uuid_is_nil(o.application));
}

static void
a_writer_open_has_a_leaf_in_place_of_a_row(void **state)
{
	static const uint8_t hash[CRYPTO_HASH] = { 8 };
	struct entry e = { .room = 14, .id = { { 9 } }, .salt = { { 7 } },
	    .type = EVENT_WRITER_OPEN, .maybe = bytes(hash, sizeof hash) };
	struct opening o;

	(void)state;
	assert_true(opens(&e, &e, &o, NULL));
}

static void
another_name_does_not_fit(void **state)
{
	static const struct {
		size_t		 at;
		const char	*says;
	} fields[] = {
		{ offsetof(struct entry, actor), "another actor" },
		{ offsetof(struct entry, subject), "another subject" },
		{ offsetof(struct entry, row), "another row" },
		{ offsetof(struct entry, application), "another case" },
		{ offsetof(struct entry, salt), "another actor" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		struct entry leaf = entry(), changed = entry();
		struct opening o;
		struct err e = { 0 };

		((uint8_t *)&changed)[fields[i].at] ^= 1;
		assert_false(opens(&leaf, &changed, &o, &e));
		assert_int_equal(e.code, ERR_INPUT);
		assert_non_null(strstr(e.text, fields[i].says));
	}
}

static void
a_name_left_out_does_not_fit(void **state)
{
	struct entry leaf = entry(), changed = entry();
	struct opening o;

	(void)state;
	memset(&changed.subject, 0, sizeof changed.subject);
	assert_false(opens(&leaf, &changed, &o, NULL));
	assert_false(opens(&changed, &leaf, &o, NULL));
}

/* Cut anywhere, or with a byte too many, it is no detail. */
static void
a_detail_is_whole(void **state)
{
	struct entry e = entry();
	struct bytes all = detail_of(&e);
	struct hash nothing = { { 0 } };
	struct buf longer = buf_new(arena, all.n + 1);
	struct entry_read r;
	struct opening o;

	(void)state;
	assert_true(entry_parse(entry_leaf(arena, &e, nothing), &r, NULL));
	for (size_t n = 0; n < all.n; n++)
		assert_false(opening_read(bytes(all.p, n), &r, &o, NULL));
	buf_put_bytes(&longer, all);
	buf_u8(&longer, 0);
	assert_false(opening_read(buf_bytes(&longer), &r, &o, NULL));
}

static void
another_layout_is_refused(void **state)
{
	struct entry e = entry();
	struct bytes all = detail_of(&e);
	uint8_t *changed = arena_alloc(arena, all.n);
	struct hash nothing = { { 0 } };
	struct entry_read r;
	struct opening o;

	(void)state;
	assert_true(entry_parse(entry_leaf(arena, &e, nothing), &r, NULL));
	memcpy(changed, all.p, all.n);
	changed[1] = 2;		/* the version, after the array's head */
	assert_false(opening_read(bytes(changed, all.n), &r, &o, NULL));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_detail_says_what_its_leaf_commits_to),
		cmocka_unit_test(the_system_and_nobody_have_no_name),
		cmocka_unit_test(a_writer_open_has_a_leaf_in_place_of_a_row),
		cmocka_unit_test(another_name_does_not_fit),
		cmocka_unit_test(a_name_left_out_does_not_fit),
		cmocka_unit_test(a_detail_is_whole),
		cmocka_unit_test(another_layout_is_refused),
	};
	int failed;

	cmocka_set_message_output(CM_OUTPUT_TAP);
	if (!crypto_init(NULL))
		return 1;
	arena = arena_new(0);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(arena);
	return failed;
}

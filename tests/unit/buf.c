/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The growing buffer: what is put stays in order, a NUL always follows, and
 * integers go out big-endian.
 */
#include "lib/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "lib/arena.h"

static void
starts_empty(void **state)
{
	struct arena *a = arena_new(0);
	struct buf b = buf_new(a, 0);

	(void)state;
	assert_int_equal(buf_bytes(&b).n, 0);
	assert_string_equal(buf_text(&b), "");
	buf_put(&b, NULL, 0);
	buf_put_bytes(&b, bytes(NULL, 0));
	buf_puts(&b, "");
	assert_int_equal(buf_bytes(&b).n, 0);
	arena_free(a);
}

static void
grows_byte_by_byte(void **state)
{
	struct arena *a = arena_new(0);
	struct buf b = buf_new(a, 10);

	(void)state;
	for (size_t i = 0; i < 10000; i++) {
		buf_u8(&b, (uint8_t)(i % 251 + 1));
		assert_int_equal(strlen(buf_text(&b)), i + 1);
	}
	for (size_t i = 0; i < 10000; i++)
		assert_int_equal(buf_bytes(&b).p[i], i % 251 + 1);
	arena_free(a);
}

static void
grows_by_much_at_once(void **state)
{
	enum { MUCH = 1000000 };
	struct arena *a = arena_new(0);
	struct buf b = buf_new(a, 1);
	char *much = arena_alloc(a, MUCH + 1);

	(void)state;
	memset(much, 'x', MUCH);
	buf_puts(&b, "<");
	buf_puts(&b, much);
	buf_puts(&b, ">");
	assert_int_equal(buf_bytes(&b).n, MUCH + 2);
	assert_int_equal(buf_text(&b)[0], '<');
	assert_memory_equal(buf_text(&b) + 1, much, MUCH);
	assert_string_equal(buf_text(&b) + MUCH + 1, ">");
	arena_free(a);
}

static void
what_was_expected_fits_in_place(void **state)
{
	struct arena *a = arena_new(0);
	struct buf b = buf_new(a, 1000);
	const uint8_t *before = b.p;

	(void)state;
	for (int i = 0; i < 1000; i++)
		buf_u8(&b, 'x');
	assert_ptr_equal(b.p, before);
	arena_free(a);
}

static void
printf_appends(void **state)
{
	struct arena *a = arena_new(0);
	struct buf b = buf_new(a, 1);

	(void)state;
	buf_printf(&b, "%s=%d", "fee", 1250);
	buf_printf(&b, "%s", "");
	buf_printf(&b, ";%0300d", 5);
	assert_int_equal(buf_bytes(&b).n, 8 + 301);
	assert_memory_equal(buf_text(&b), "fee=1250;0", 10);
	assert_int_equal(buf_text(&b)[308], '5');
	assert_int_equal(buf_text(&b)[309], '\0');
	arena_free(a);
}

static void
integers_are_big_endian(void **state)
{
	static const uint8_t expected[] = {
		0xfe,
		0x01, 0x02,
		0xff, 0x02, 0x03, 0x04,
		0x80, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
	};
	struct arena *a = arena_new(0);
	struct buf b = buf_new(a, 0);

	(void)state;
	buf_u8(&b, 0xfe);
	buf_u16(&b, 0x0102);
	buf_u32(&b, 0xff020304);
	buf_u64(&b, UINT64_C(0x8002030405060708));
	assert_true(bytes_equal(buf_bytes(&b),
	    bytes(expected, sizeof expected)));
	arena_free(a);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(starts_empty),
		cmocka_unit_test(grows_byte_by_byte),
		cmocka_unit_test(grows_by_much_at_once),
		cmocka_unit_test(what_was_expected_fits_in_place),
		cmocka_unit_test(printf_appends),
		cmocka_unit_test(integers_are_big_endian),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("buf", tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * balcao-verify receipt: what it says of a sound one, and of each bit flipped.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/str.h"
#include "tests/conformance/verifier.h"

static void
a_receipt_holds(void **state)
{
	(void)state;
	assert_int_equal(RUN("receipt", verifier_path("receipt"), "--key",
	    verifier_path("keys")), HOLDS);
	verifier_says("The entry is number 300 of the log's 700.");
	verifier_says("a record was made");
	verifier_says("Row 1: casework.submission, version 1");
	verifier_says("<colour>azul</colour>");
	verifier_says("1 more rows");
	verifier_says("It holds.");
}

static void
a_receipt_may_lack_something(void **state)
{
	const char *vkey = note_key_text(verifier_arena, &verifier_log.key);

	(void)state;
	assert_int_equal(RUN("receipt", verifier_path("receipt")), INCOMPLETE);
	verifier_says("Who signed the checkpoint");
	assert_int_equal(RUN("receipt", verifier_path("receipt"), "--key", vkey),
	    HOLDS);
	verifier_says("Whether all are shown the same log");
	assert_int_equal(RUN("receipt", verifier_path("receipt"), "--key",
	    verifier_path("keys"), "--quorum", "3"), INCOMPLETE);
	verifier_says("2 of 3 wanted witnesses cosigned");
	assert_int_equal(RUN("receipt", verifier_path("receipt"), "--key", vkey,
	    "--witness", note_key_text(verifier_arena, &verifier_log.witness[2])), INCOMPLETE);
}

static void
a_receipt_as_json(void **state)
{
	(void)state;
	assert_int_equal(RUN("receipt", verifier_path("receipt"), "--key",
	    verifier_path("keys"), "--json"), HOLDS);
	assert_true(str_starts(verifier_said, "{\"mode\":\"receipt\",\"file\":null,"
	    "\"result\":\"holds\",\"place\":null,"));
	assert_int_equal(RUN("receipt", verifier_path("keys"), "--json"), BROKEN);
	verifier_says("\"result\":\"broken\",\"place\":\"line 1\"");
}

static void
another_key_is_no_key(void **state)
{
	struct note_key other = verifier_log.key;

	(void)state;
	other.public[0] ^= 1;
	assert_true(note_key_init(&other, NOTE_ED25519, verifier_log.key.name,
	    other.public, NULL));
	assert_int_equal(RUN("receipt", verifier_path("receipt"), "--key",
	    note_key_text(verifier_arena, &other)), BROKEN);
	assert_true(note_key_init(&other, NOTE_ED25519, "town.example/other",
	    verifier_log.key.public, NULL));
	assert_int_equal(RUN("receipt", verifier_path("receipt"), "--key",
	    note_key_text(verifier_arena, &other)), BROKEN);
}

static size_t
line_at(struct bytes text, size_t at)
{
	size_t line = 1;

	for (size_t i = 0; i < at; i++)
		line += text.p[i] == '\n';
	return line;
}

/* One line of JSON a file: broken, at a place. Is it the very line? */
static bool
names_line(const char *json, size_t bit, size_t line)
{
	static const char found[] = "\"result\":\"broken\",\"place\":\"";
	const char *place = strstr(json, found);
	char want[32];

	if (place == NULL || strchr(place, '\n') != strchr(json, '\n'))
		fail_msg("bit %zu flipped: %.*s", bit, (int)strcspn(json,
		    "\n"), json);
	snprintf(want, sizeof want, "line %zu", line);
	place += strlen(found);
	return str_starts(place, want)
	    && strchr("\",", place[strlen(want)]) != NULL;
}

enum {
	BATCH = 2000
};

/* Some bits flipped, in a file each, all looked at by one run. */
static size_t
flip_some(struct bytes text, const size_t *bits, size_t n)
{
	const char **args = arena_array(verifier_arena, n + 5, sizeof *args);
	uint8_t *p = arena_alloc(verifier_arena, text.n);
	const char *json;
	size_t exact = 0;

	memcpy(p, text.p, text.n);
	args[0] = "receipt";
	args[1] = "--json";
	args[2] = "--key";
	args[3] = verifier_path("keys");
	for (size_t i = 0; i < n; i++) {
		char name[32];

		snprintf(name, sizeof name, "flip/%zu", bits[i]);
		p[bits[i] / 8] ^= (uint8_t)(1 << bits[i] % 8);
		made_log_file(verifier_folder, name, bytes(p, text.n));
		p[bits[i] / 8] ^= (uint8_t)(1 << bits[i] % 8);
		args[4 + i] = verifier_path(name);
	}
	assert_int_equal(verifier_run(args), BROKEN);
	json = verifier_said;
	for (size_t i = 0; i < n; i++) {
		exact += names_line(json, bits[i], line_at(text,
		    bits[i] / 8));
		json = strchr(json, '\n') + 1;
		assert_int_equal(remove(args[4 + i]), 0);
	}
	return exact;
}

/* Each step-th bit: it never holds, it always has a place, and nearly always
 * that is the very line. */
static void
flip(struct bytes text, size_t step)
{
	size_t bits[BATCH], n = 0, tried = 0, exact = 0;

	for (size_t bit = 0; bit < 8 * text.n; bit += step) {
		bits[n++] = bit;
		if (n < BATCH && bit + step < 8 * text.n)
			continue;
		exact += flip_some(text, bits, n);
		tried += n;
		n = 0;
	}
	print_message("# %zu bits, %zu of them named by their line\n", tried,
	    exact);
	assert_int_equal(tried, (8 * text.n + step - 1) / step);
	assert_true(exact * 100 >= tried * 95);
}

/* Nothing in it but the leaf: every bit. */
static void
each_flipped_bit_of_a_small_receipt(void **state)
{
	struct made_log small;

	(void)state;
	made_log_init(&small, verifier_arena);
	for (int i = 0; i < 5; i++)
		made_log_add(&small, 0);
	flip(made_log_receipt(&small, 0, 2), 1);
}

static void
flipped_bits_of_a_receipt_with_answers(void **state)
{
	(void)state;
	flip(made_log_receipt(&verifier_log, VERIFIER_FILING, 2), 17);
}

static void
a_forged_receipt(void **state)
{
	struct made_log other;

	(void)state;
	made_log_init(&other, verifier_arena);
	other.writer[0].id[0] = 1;
	for (size_t i = 0; i < VERIFIER_ENTRIES; i++)
		made_log_add(&other, i / 3 % 2);
	/* True contents under a root that was never signed. */
	other.seed.b[0] ^= 1;
	made_log_file(verifier_folder, "forged", made_log_receipt(&other, VERIFIER_FILING, 2));
	assert_int_equal(RUN("receipt", verifier_path("forged"), "--key",
	    verifier_path("keys")), BROKEN);
	verifier_says("does not hold for this checkpoint");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_receipt_holds),
		cmocka_unit_test(a_receipt_may_lack_something),
		cmocka_unit_test(a_receipt_as_json),
		cmocka_unit_test(another_key_is_no_key),
		cmocka_unit_test(each_flipped_bit_of_a_small_receipt),
		cmocka_unit_test(flipped_bits_of_a_receipt_with_answers),
		cmocka_unit_test(a_forged_receipt),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("verify_receipt", tests,
	    verifier_setup, verifier_teardown);
}

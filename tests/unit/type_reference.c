/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Types held against other people's data: plates, vehicle identification
 * numbers, postcodes, and strings made to do harm.
 */
#include "forms/type.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "forms/brazil.h"
#include "forms/plate.h"
#include "forms/vin.h"
#include "lib/arena.h"
#include "lib/str.h"
#include "tests/unit/type_facts.h"
#include "tests/unit/vectors.h"

#define COUNT(array)	(sizeof(array) / sizeof *(array))

static struct arena *arena;

static int
open_arena(void **state)
{
	(void)state;
	arena = arena_new(0);
	return 0;
}

static int
close_arena(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

/* Every line after the first, cut at its commas. */
static void
each_line(const char *file, void (*f)(char **cells, size_t n))
{
	char *path = vectors_path_or_skip(file);
	FILE *in = fopen(path, "re");
	size_t room = 0, count = 0;
	char *line = NULL, *cells[8], *rest;

	assert_non_null(in);
	while (getline(&line, &room, in) > 0) {
		size_t n = 0;

		line[strcspn(line, "\r\n")] = '\0';
		rest = line;
		while (n < COUNT(cells) && rest != NULL)
			cells[n++] = strsep(&rest, ",");
		if (count++ > 0)
			f(cells, n);
	}
	assert_true(count > 1);
	free(line);
	fclose(in);
	free(path);
}

static void
hold_plate(char **cells, size_t n)
{
	bool valid = str_equal(cells[3], "valid");
	const char *text = cells[0];
	struct type_value v;
	struct type_fault f;

	assert_int_equal(n, 5);
	assert_int_equal(type_facts_parse(arena, "plate", NULL, &text, 1, &v,
	    &f) == TYPE_FINE, valid);
	if (valid)
		assert_string_equal(plate_mercosul(arena, v.texts[0]),
		    cells[4]);
}

static void
reference_plates(void **state)
{
	(void)state;
	each_line("vehicles/plates.csv", hold_plate);
}

static void
hold_vin(char **cells, size_t n)
{
	assert_int_equal(n, 5);
	assert_true(vin_valid(cells[0]));
	if (str_equal(cells[4], "United States"))
		assert_int_equal(vin_check_digit(cells[0]), cells[0][8]);
}

static void
reference_vins(void **state)
{
	(void)state;
	each_line("vehicles/vins.csv", hold_vin);
}

static void
hold_vin_edge(char **cells, size_t n)
{
	bool malformed = str_starts(cells[1], "INVALID");

	assert_true(n >= 2);
	assert_int_equal(vin_valid(cells[0]), !malformed);
	if (!malformed)
		assert_int_equal(vin_check_digit(cells[0]) == cells[0][8],
		    strstr(cells[1], "INVALID") == NULL);
}

static void
reference_vin_edges(void **state)
{
	(void)state;
	each_line("vehicles/vin-edge.csv", hold_vin_edge);
}

static void
hold_cep(char **cells, size_t n)
{
	assert_int_equal(n, 3);
	assert_true(brazil_is_state(cells[0]));
	assert_true(brazil_cep_fits(arena_printf(arena, "%s000", cells[1]),
	    cells[0]));
	assert_true(brazil_cep_fits(arena_printf(arena, "%s999", cells[2]),
	    cells[0]));
	assert_false(brazil_cep_fits("00999000", cells[0]));
}

static void
reference_ceps(void **state)
{
	(void)state;
	each_line("addresses/cep-ranges-uf.csv", hold_cep);
}

static void
hold_fields(const char *type, const char **texts, size_t n)
{
	struct type_value v;
	struct type_fault f;

	type_facts_parse(arena, type, NULL, texts, n, &v, &f);
}

/* In any part of any type: a canonical value or a fault, never harm. */
static void
hold_naughty(const char *text)
{
	for (size_t i = 0; type_facts_names[i] != NULL; i++) {
		const struct type *t = type_find(type_facts_names[i]);
		const char *const *parts = type_parts(t);
		const char *texts[TYPE_FACTS_ADDRESS];
		size_t n = 0;

		while (parts[n] != NULL)
			n++;
		for (size_t j = 0; j < TYPE_FACTS_ADDRESS; j++)
			texts[j] = text;
		hold_fields(type_facts_names[i], texts, 1);
		if (n > 0)
			hold_fields(type_facts_names[i], texts, n);
		for (size_t j = 0; j < n; j++) {
			memset(texts, 0, sizeof texts);
			texts[j] = text;
			hold_fields(type_facts_names[i], texts, n);
		}
	}
}

static void
reference_naughty_strings(void **state)
{
	struct json_t *all =
	    vectors_load("naughty-strings/blns.json");
	size_t i, n = 0;
	json_t *one;

	(void)state;
	json_array_foreach(all, i, one) {
		assert_true(json_is_string(one));
		hold_naughty(json_string_value(one));
		n++;
	}
	assert_true(n > 500);
	vectors_free(all);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reference_plates),
		cmocka_unit_test(reference_vins),
		cmocka_unit_test(reference_vin_edges),
		cmocka_unit_test(reference_ceps),
		cmocka_unit_test(reference_naughty_strings),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, open_arena, close_arena);
}

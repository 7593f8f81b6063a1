/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Typed answers: one line says what is typed into one field, and what comes
 * of it. A NULL answer is a fault.
 */
#include "cgi-bin/field.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "cgi-bin/visit.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"

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

/* Read this URL-encoded body. */
static bool
read_form(const char *body, const struct field *fields, size_t n,
    struct answers *answers)
{
	struct request r = { .method = METHOD_POST };
	struct visit v = { .arena = arena, .request = &r };
	struct err e;

	assert_true(query_parse(arena, bytes_of(body), &r.form, &e));
	return field_read(&v, fields, n, answers);
}

static const char *const colours[] = { "red", "green", NULL };

enum {
	TEXT, SHORT, LINES, SECRET, INT, BOUNDED, UUID, DATE, CENTURY,
	CHOICE, CHECK
};

static const struct field kinds[] = {
	[TEXT]	= { .name = "f", .type = FIELD_TEXT },
	[SHORT]	= { .name = "f", .type = FIELD_TEXT, .min = 2, .max = 3 },
	[LINES]	= { .name = "f", .type = FIELD_LINES },
	[SECRET] = { .name = "f", .type = FIELD_SECRET },
	[INT]	= { .name = "f", .type = FIELD_INT },
	[BOUNDED] = { .name = "f", .type = FIELD_INT, .min = -5, .max = 5 },
	[UUID]	= { .name = "f", .type = FIELD_UUID },
	[DATE]	= { .name = "f", .type = FIELD_DATE },
	[CENTURY] = { .name = "f", .type = FIELD_DATE, .min = 10957,
	    .max = 47481 },	/* 2000-01-01 to 2099-12-31 */
	[CHOICE] = { .name = "f", .type = FIELD_CHOICE, .choices = colours },
	[CHECK]	= { .name = "f", .type = FIELD_CHECK },
};

static const char *
answer_of(const struct field *f, const struct answers *a)
{
	char uuid[UUID_TEXT], day[DATE_TEXT];

	if (field_error(a, "f") != NULL)
		return NULL;
	if (!field_given(a, "f"))
		return "(none)";
	switch (f->type) {
	case FIELD_INT:
		return arena_printf(arena, "%lld",
		    (long long)field_int(a, "f", -1));
	case FIELD_UUID:
		return arena_strdup(arena, uuid_text(field_uuid(a, "f"),
		    uuid));
	case FIELD_DATE:
		return arena_strdup(arena, date_text(field_date(a, "f"),
		    day));
	case FIELD_CHECK:
		return field_check(a, "f") ? "ticked" : "not ticked";
	default:
		return field_text(a, "f");
	}
}

static void
fields_read_what_is_typed(void **state)
{
	static const struct {
		int		 kind;
		const char	*body;
		const char	*answer;
	} cases[] = {
		{ TEXT, "", "(none)" },
		{ TEXT, "f=", "(none)" },
		{ TEXT, "f=+%09+", "(none)" },
		{ TEXT, "f=+Ana++Lu%C3%ADsa+", "Ana  Lu\xC3\xADsa" },
		{ TEXT, "f=a%09b", "a b" },
		{ TEXT, "f=a%0Ab", NULL },
		{ TEXT, "f=a%07b", NULL },
		{ TEXT, "f=%E2%80%AEabc", NULL },	/* U+202E */
		{ TEXT, "f=%3Cscript%3E", "<script>" },
		{ TEXT, "f=1&f=2", NULL },
		{ SHORT, "f=a", NULL },
		{ SHORT, "f=ab", "ab" },
		{ SHORT, "f=%C3%A1%C3%A9%C3%AD", "\xC3\xA1\xC3\xA9\xC3\xAD" },
		{ SHORT, "f=abcd", NULL },
		{ LINES, "f=a%0D%0Ab%0Dc%0Ad", "a\nb\nc\nd" },
		{ LINES, "f=%0D%0A", "(none)" },
		{ LINES, "f=a%1Bb", NULL },
		{ SECRET, "f=+two+words+", " two words " },
		{ SECRET, "f=%09", "\t" },
		{ SECRET, "f=", "(none)" },
		{ INT, "f=0", "0" },
		{ INT, "f=+7+", "7" },
		{ INT, "f=-9223372036854775808", "-9223372036854775808" },
		{ INT, "f=9223372036854775808", NULL },
		{ INT, "f=1.5", NULL },
		{ INT, "f=1e3", NULL },
		{ INT, "f=%2B1", NULL },
		{ INT, "f=0x10", NULL },
		{ INT, "f=%D9%A1", NULL },	/* an Arabic-Indic digit */
		{ INT, "f=", "(none)" },
		{ BOUNDED, "f=-5", "-5" },
		{ BOUNDED, "f=5", "5" },
		{ BOUNDED, "f=-6", NULL },
		{ BOUNDED, "f=6", NULL },
		{ UUID, "f=01890A5D-ac96-774b-bcce-b302099a8057",
		    "01890a5d-ac96-774b-bcce-b302099a8057" },
		{ UUID, "f=01890a5d", NULL },
		{ UUID, "f=", "(none)" },
		{ DATE, "f-day=27&f-month=3&f-year=2026", "2026-03-27" },
		{ DATE, "f-day=+07+&f-month=03&f-year=2026", "2026-03-07" },
		{ DATE, "f-day=29&f-month=2&f-year=2024", "2024-02-29" },
		{ DATE, "f-day=29&f-month=2&f-year=2026", NULL },
		{ DATE, "f-day=31&f-month=4&f-year=2026", NULL },
		{ DATE, "f-day=0&f-month=1&f-year=2026", NULL },
		{ DATE, "f-day=1&f-month=13&f-year=2026", NULL },
		{ DATE, "f-day=1&f-month=1&f-year=26", NULL },
		{ DATE, "f-day=1&f-month=1&f-year=0000", NULL },
		{ DATE, "f-day=001&f-month=1&f-year=2026", NULL },
		{ DATE, "f-day=1&f-month=1", NULL },
		{ DATE, "f-day=&f-month=&f-year=2026", NULL },
		{ DATE, "f-day=-1&f-month=1&f-year=2026", NULL },
		{ DATE, "f-day=1&f-month=mar&f-year=2026", NULL },
		{ DATE, "f-day=&f-month=+&f-year=", "(none)" },
		{ DATE, "", "(none)" },
		{ DATE, "f=2026-03-27", "2026-03-27" },
		{ DATE, "f=27/03/2026", NULL },
		{ CENTURY, "f=2000-01-01", "2000-01-01" },
		{ CENTURY, "f=2099-12-31", "2099-12-31" },
		{ CENTURY, "f=1999-12-31", NULL },
		{ CENTURY, "f-day=1&f-month=1&f-year=2100", NULL },
		{ CHOICE, "f=red", "red" },
		{ CHOICE, "f=Red", NULL },
		{ CHOICE, "f=blue", NULL },
		{ CHOICE, "f=red&f=green", NULL },
		{ CHOICE, "", "(none)" },
		{ CHECK, "f=yes", "ticked" },
		{ CHECK, "f=on", "ticked" },
		{ CHECK, "", "(none)" },
		{ CHECK, "f=no", NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct field *f = &kinds[cases[i].kind];
		struct answers a;
		bool ok = read_form(cases[i].body, f, 1, &a);
		const char *got = answer_of(f, &a);

		assert_int_equal(ok, cases[i].answer != NULL);
		assert_int_equal(a.faults, cases[i].answer == NULL);
		if (cases[i].answer == NULL)
			assert_false(field_given(&a, "f"));
		if (!str_equal(got, cases[i].answer))
			fail_msg("%s: %s", cases[i].body,
			    got != NULL ? got : "a fault");
	}
}

static void
required_fields_must_be_there(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(kinds); i++) {
		struct field f = kinds[i];
		struct answers a;

		f.required = true;
		assert_false(read_form("", &f, 1, &a));
		assert_true(strlen(field_error(&a, "f")) > 5);
		f.missing = "Say it";
		assert_false(read_form("f=", &f, 1, &a));
		assert_string_equal(field_error(&a, "f"), "Say it");
		f.wrong = "Say it well";
		if (f.type == FIELD_CHOICE || f.type == FIELD_INT) {
			assert_false(read_form("f=nonsense", &f, 1, &a));
			assert_string_equal(field_error(&a, "f"),
			    "Say it well");
		}
	}
}

static void
several_may_be_chosen(void **state)
{
	static const struct field f = {
		.name = "f", .type = FIELD_CHOICES, .choices = colours,
	};
	struct answers a;

	(void)state;
	assert_true(read_form("f=green&f=red&g=1", &f, 1, &a));
	assert_true(field_chosen(&a, "f", "red"));
	assert_true(field_chosen(&a, "f", "green"));
	assert_true(read_form("f=green", &f, 1, &a));
	assert_false(field_chosen(&a, "f", "red"));
	assert_true(read_form("", &f, 1, &a));
	assert_false(field_chosen(&a, "f", "red"));
	assert_false(read_form("f=red&f=blue", &f, 1, &a));
	assert_false(field_chosen(&a, "f", "red"));
}

static void
all_faults_are_found_at_once(void **state)
{
	static const struct field fields[] = {
		{ .name = "a", .type = FIELD_TEXT, .required = true },
		{ .name = "b", .type = FIELD_INT },
		{ .name = "c", .type = FIELD_DATE, .required = true },
		{ .name = "d", .type = FIELD_TEXT },
	};
	struct answers a;

	(void)state;
	assert_false(read_form("b=x&c-day=31&c-month=2&c-year=2026&d=fine",
	    fields, COUNT(fields), &a));
	assert_int_equal(a.faults, 3);
	assert_non_null(field_error(&a, "a"));
	assert_non_null(field_error(&a, "b"));
	assert_non_null(field_error(&a, "c"));
	assert_null(field_error(&a, "d"));
	field_fault(&a, "d", "Taken");
	field_fault(&a, "d", "Taken");
	assert_int_equal(a.faults, 4);
	field_fault(&a, NULL, "All wrong");
	assert_int_equal(a.faults, 4);
	assert_string_equal(field_error(&a, "a"), "All wrong");
}

static void
what_was_typed_is_shown_again_but_no_secret(void **state)
{
	static const struct field fields[] = {
		{ .name = "a", .type = FIELD_INT },
		{ .name = "b", .type = FIELD_SECRET, .max = 3 },
		{ .name = "c", .type = FIELD_DATE },
		{ .name = "d", .type = FIELD_TEXT },
	};
	struct answers a;

	(void)state;
	assert_false(read_form("a=ten&b=secret&c-day=x&c-month=2&c-year=26"
	    "&d=+x+", fields, COUNT(fields), &a));
	assert_string_equal(field_typed(&a, "a"), "ten");
	assert_string_equal(field_typed(&a, "b"), "");
	assert_string_equal(field_typed_part(&a, "c", FIELD_DAY), "x");
	assert_string_equal(field_typed_part(&a, "c", FIELD_YEAR), "26");
	assert_string_equal(field_typed(&a, "d"), "x");
	field_blank(arena, fields, COUNT(fields), &a);
	assert_string_equal(field_typed(&a, "a"), "");
	assert_int_equal(field_int(&a, "a", 9), 9);
	assert_null(field_text(&a, "d"));
	assert_int_equal(field_date(&a, "c"), DATE_NONE);
	field_prefill(&a, "a", "7");
	assert_string_equal(field_typed(&a, "a"), "7");
}

static void
a_get_is_read_from_its_address(void **state)
{
	struct request r = { .method = METHOD_GET };
	struct visit v = { .arena = arena, .request = &r };
	struct answers a;
	struct err e;

	(void)state;
	assert_true(query_parse(arena, bytes_of("f=q"), &r.query, &e));
	assert_true(query_parse(arena, bytes_of("f=p"), &r.form, &e));
	assert_true(field_read(&v, &kinds[TEXT], 1, &a));
	assert_string_equal(field_text(&a, "f"), "q");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields_read_what_is_typed),
		cmocka_unit_test(required_fields_must_be_there),
		cmocka_unit_test(several_may_be_chosen),
		cmocka_unit_test(all_faults_are_found_at_once),
		cmocka_unit_test(what_was_typed_is_shown_again_but_no_secret),
		cmocka_unit_test(a_get_is_read_from_its_address),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("field", tests, open_arena,
	    close_arena);
}

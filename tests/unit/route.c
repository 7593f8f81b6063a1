/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Paths against a table: which route, which captures, 404 apart from 405;
 * and tables that the lint must refuse.
 */
#include "cgi-bin/route.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "lib/arena.h"
#include "lib/crypto.h"
#include "lib/err.h"
#include "services/reference.h"

#define COUNT(array)	(sizeof(array) / sizeof *(array))
/* 43 and 42 letters of base64url. */
#define TOKEN_LESS	"0123456789_abcdefghijklmnopqrstuvwxyz-ABCD"
#define TOKEN		"Z" TOKEN_LESS
#define UUID	"01890a5d-ac96-774b-bcce-b302099a8057"

static struct arena *arena;

static int
open_arena(void **state)
{
	struct err e;

	(void)state;
	arena = arena_new(0);
	return crypto_init(&e) ? 0 : 1;
}

static int
close_arena(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void
nothing(struct visit *v)
{
	(void)v;
}

static const struct route table[] = {
	{ METHOD_GET, "/", GUARD_ANYONE, CSRF_NONE, nothing, 0 },
	{ METHOD_GET, "/a", GUARD_ANYONE, CSRF_NONE, nothing, 0 },
	{ METHOD_POST, "/a", GUARD_ANYONE, CSRF_ORIGIN, nothing, 0 },
	{ METHOD_GET, "/a/new", GUARD_CITIZEN, CSRF_NONE, nothing, 0 },
	{ METHOD_GET, "/a/{id:uuid}", GUARD_CITIZEN, CSRF_NONE, nothing, 0 },
	{ METHOD_GET, "/a/{form:word}", GUARD_CITIZEN, CSRF_NONE, nothing, 0 },
	{ METHOD_GET, "/n/{n:int}/x", GUARD_ANYONE, CSRF_NONE, nothing, 0 },
	{ METHOD_GET, "/r/{r:reference}", GUARD_ANYONE, CSRF_NONE, nothing, 0 },
	{ METHOD_POST, "/a/{id:uuid}/b/{n:int}", GUARD_CLERK, CSRF_TOKEN,
	    nothing, 0 },
	{ METHOD_POST, "/raw", GUARD_ANYONE, CSRF_NONE, nothing, ROUTE_RAW },
	{ METHOD_GET, "/t/{t:token}", GUARD_ANYONE, CSRF_NONE, nothing, 0 },
};

static void
paths_find_their_route(void **state)
{
	static const struct {
		enum method	 method;
		const char	*path;
		int		 route;		/* index, -1: none */
		const char	*allow;		/* "": 404 if none */
	} cases[] = {
		{ METHOD_GET, "/", 0, "GET, HEAD" },
		{ METHOD_GET, "/a", 1, "GET, HEAD, POST" },
		{ METHOD_POST, "/a", 2, "GET, HEAD, POST" },
		{ METHOD_OTHER, "/a", -1, "GET, HEAD, POST" },
		{ METHOD_GET, "/a/new", 3, "GET, HEAD" },
		{ METHOD_POST, "/a/new", -1, "GET, HEAD" },
		{ METHOD_GET, "/a/" UUID, 4, "GET, HEAD" },
		{ METHOD_GET, "/a/bus-pass2", 5, "GET, HEAD" },
		{ METHOD_POST, "/a/" UUID "/b/7", 8, "POST" },
		{ METHOD_GET, "/a/" UUID "/b/7", -1, "POST" },
		{ METHOD_POST, "/raw", 9, "POST" },
		{ METHOD_GET, "/t/" TOKEN, 10, "GET, HEAD" },
		{ METHOD_GET, "/t/" TOKEN "A", -1, "" },
		{ METHOD_GET, "/t/a-token", -1, "" },
		{ METHOD_GET, "/t/+" TOKEN_LESS, -1, "" },
		{ METHOD_GET, "", -1, "" },
		{ METHOD_GET, "a", -1, "" },
		{ METHOD_GET, "//", -1, "" },
		{ METHOD_GET, "//a", -1, "" },
		{ METHOD_GET, "/a/", -1, "" },
		{ METHOD_GET, "/A", -1, "" },
		{ METHOD_GET, "/a/.", -1, "" },
		{ METHOD_GET, "/a/../a", -1, "" },
		{ METHOD_GET, "/a/Bus", -1, "" },
		{ METHOD_GET, "/a/-x", -1, "" },
		{ METHOD_GET, "/a/x_y", -1, "" },
		{ METHOD_GET, "/a/x y", -1, "" },
		{ METHOD_GET, "/a/{form:word}", -1, "" },
		{ METHOD_POST, "/a/" UUID "/b/", -1, "" },
		{ METHOD_POST, "/a/" UUID "0/b/7", -1, "" },
		{ METHOD_OTHER, "/none", -1, "" },
	};
	struct route_match m;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		bool found = route_find(arena, table, COUNT(table),
		    cases[i].method, cases[i].path, &m);

		assert_int_equal(found, cases[i].route >= 0);
		assert_ptr_equal(m.route, cases[i].route >= 0 ?
		    &table[cases[i].route] : NULL);
		assert_string_equal(route_allow(arena, &m), cases[i].allow);
	}
}

static void
captures_are_typed(void **state)
{
	struct route_match m;
	struct uuid id;
	struct err e;

	(void)state;
	assert_true(uuid_parse(UUID, &id, &e));
	assert_true(route_find(arena, table, COUNT(table), METHOD_POST,
	    "/a/" UUID "/b/42", &m));
	assert_int_equal(m.captures, 2);
	assert_true(uuid_equal(route_capture(&m, "id")->uuid, id));
	assert_int_equal(route_capture(&m, "n")->number, 42);
	assert_null(route_capture(&m, "i"));
	assert_null(route_capture(&m, "idx"));
	assert_true(route_find(arena, table, COUNT(table), METHOD_GET,
	    "/a/bus-pass", &m));
	assert_string_equal(route_capture(&m, "form")->text, "bus-pass");
}

static void
numbers_have_bounds(void **state)
{
	static const struct {
		const char	*path;
		bool		 found;
		int64_t		 n;
	} cases[] = {
		{ "/n/0/x", true, 0 },
		{ "/n/9007199254740992/x", true, INT64_C(1) << 53 },
		{ "/n/9007199254740993/x", false, 0 },
		{ "/n/99999999999999999999/x", false, 0 },
		{ "/n/-1/x", false, 0 },
		{ "/n/01/x", false, 0 },
		{ "/n/+1/x", false, 0 },
		{ "/n/1e3/x", false, 0 },
		{ "/n//x", false, 0 },
	};
	struct route_match m;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_int_equal(route_find(arena, table, COUNT(table),
		    METHOD_GET, cases[i].path, &m), cases[i].found);
		if (cases[i].found)
			assert_int_equal(route_capture(&m, "n")->number,
			    cases[i].n);
	}
}

static void
references_are_made_canonical(void **state)
{
	char reference[REFERENCE_TEXT];
	struct route_match m;
	char *path;

	(void)state;
	reference_new("VR", reference);
	path = arena_printf(arena, "/r/%s", reference);
	for (char *p = path; *p != '\0'; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p - 'A' + 'a');
	assert_true(route_find(arena, table, COUNT(table), METHOD_GET, path,
	    &m));
	assert_string_equal(route_capture(&m, "r")->text, reference);
	path[strlen(path) - 1] ^= 3;
	assert_false(route_find(arena, table, COUNT(table), METHOD_GET, path,
	    &m));
}

static void
a_good_table_passes_the_lint(void **state)
{
	struct err e = { 0 };

	(void)state;
	assert_true(route_lint(table, COUNT(table), &e));
	assert_true(route_lint(NULL, 0, &e));
	assert_int_equal(e.code, ERR_NONE);
}

static void
the_lint_refuses(void **state)
{
	static const struct route cases[] = {
		{ METHOD_GET, "/a", GUARD_NONE, CSRF_NONE, nothing, 0 },
		{ METHOD_GET, "/a", GUARD__MAX, CSRF_NONE, nothing, 0 },
		{ METHOD_GET, "/a", GUARD_ANYONE, CSRF_ORIGIN, nothing, 0 },
		{ METHOD_GET, "/a", GUARD_ANYONE, CSRF_NONE, NULL, 0 },
		{ METHOD_GET, "/a", GUARD_ANYONE, CSRF_NONE, nothing,
		    ROUTE_RAW },
		{ METHOD_OTHER, "/a", GUARD_ANYONE, CSRF_ORIGIN, nothing, 0 },
		{ METHOD_POST, "/a", GUARD_ANYONE, CSRF_NONE, nothing, 0 },
		{ METHOD_POST, "/a", GUARD_CITIZEN, CSRF_NONE, nothing, 0 },
		{ METHOD_POST, "/a", GUARD_CITIZEN, CSRF_ORIGIN, nothing, 0 },
		{ METHOD_POST, "/a", GUARD_CLERK, CSRF__MAX, nothing, 0 },
		{ METHOD_POST, "/a", GUARD_CLERK, CSRF_TOKEN, nothing,
		    ROUTE_RAW },
		{ METHOD_POST, "/a", GUARD_ANYONE, CSRF_ORIGIN, nothing,
		    ROUTE_RAW },
		{ METHOD_GET, NULL, GUARD_ANYONE, CSRF_NONE, nothing, 0 },
		{ METHOD_GET, "", GUARD_ANYONE, CSRF_NONE, nothing, 0 },
		{ METHOD_GET, "a", GUARD_ANYONE, CSRF_NONE, nothing, 0 },
		{ METHOD_GET, "/a/", GUARD_ANYONE, CSRF_NONE, nothing, 0 },
		{ METHOD_GET, "//a", GUARD_ANYONE, CSRF_NONE, nothing, 0 },
		{ METHOD_GET, "/A", GUARD_ANYONE, CSRF_NONE, nothing, 0 },
		{ METHOD_GET, "/a b", GUARD_ANYONE, CSRF_NONE, nothing, 0 },
		{ METHOD_GET, "/{a}", GUARD_ANYONE, CSRF_NONE, nothing, 0 },
		{ METHOD_GET, "/{:int}", GUARD_ANYONE, CSRF_NONE, nothing,
		    0 },
		{ METHOD_GET, "/{a:text}", GUARD_ANYONE, CSRF_NONE, nothing,
		    0 },
		{ METHOD_GET, "/{a:int", GUARD_ANYONE, CSRF_NONE, nothing,
		    0 },
		{ METHOD_GET, "/x{a:int}", GUARD_ANYONE, CSRF_NONE, nothing,
		    0 },
		{ METHOD_GET, "/{a:int}/{b:int}/{c:int}/{d:int}/{e:int}",
		    GUARD_ANYONE, CSRF_NONE, nothing, 0 },
	};
	struct route twice[2] = { table[1], table[1] };
	struct err e;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		e = (struct err){ 0 };
		assert_false(route_lint(&cases[i], 1, &e));
		assert_int_equal(e.code, ERR_INPUT);
	}
	assert_false(route_lint(twice, 2, &e));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(paths_find_their_route),
		cmocka_unit_test(captures_are_typed),
		cmocka_unit_test(numbers_have_bounds),
		cmocka_unit_test(references_are_made_canonical),
		cmocka_unit_test(a_good_table_passes_the_lint),
		cmocka_unit_test(the_lint_refuses),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("route", tests, open_arena,
	    close_arena);
}

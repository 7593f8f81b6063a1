/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The pages of room account as visitors see them.
 */
#include "cgi-bin/account_pages.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cgi-bin/program.h"
#include "lib/arena.h"
#include "lib/conf.h"
#include "lib/db.h"
#include "lib/err.h"
#include "lib/str.h"
#include "services/account.h"
#include "services/room.h"
#include "services/session.h"
#include "tests/database/house.h"
#include "tests/database/mailbox.h"
#include "tests/database/visitor.h"

#define PASSWORD	"umbrella-kettle-9"
#define OTHER		"lantern-orchard-4"

static struct program program = {
	.name = "account",
	.room = ROOM_ACCOUNT,
	.routes = account_routes,
};

static struct err err;

static int
start(void **state)
{
	program.n = account_routes_n;
	return house_start(state);
}

static struct reply
get(struct visitor *v, const char *target)
{
	return visitor_get(v, &program, target);
}

static struct reply
post(struct visitor *v, const char *target, const char *form)
{
	return visitor_post(v, &program, target, form);
}

static void
assert_goes(struct reply r, const char *where)
{
	if (r.status != 303)
		fail_msg("status %u: %s", r.status, r.body);
	assert_string_equal(r.location, where);
}

static void
assert_shows(struct reply r, unsigned status, const char *words)
{
	if (r.status != status || strstr(r.body, words) == NULL)
		fail_msg("status %u, no \"%s\": %s", r.status, words, r.body);
}

static const char *
citizen(const char *email, const char *national_id)
{
	struct account_new n = {
		.name = "Maria da Silva", .email = email,
		.password = PASSWORD, .language = "en",
		.national_id = national_id,
		.born = national_id != NULL ? 5000 : DATE_NONE,
	};

	if (!account_add(house_room(ROOM_ACCOUNT), house.arena, &n, NULL,
	    NULL, &err))
		fail_msg("%s", err.text);
	return arena_printf(house.arena, "email=%s&password=%s", email,
	    PASSWORD);
}

static bool
is_in(struct visitor *v, enum room_code room)
{
	struct session *s;

	if (!session_find(house_room(room), house.arena, v->cookie[room], &s,
	    &err))
		fail_msg("%s", err.text);
	return s != NULL;
}

static void
the_table_is_sound(void **state)
{
	(void)state;
	if (!route_lint(account_routes, account_routes_n, &err))
		fail_msg("%s", err.text);
}

static void
from_nobody_to_a_service(void **state)
{
	struct visitor v = { .remote = "192.0.2.7" };
	const char *path, *form;

	(void)state;
	house_wanted();
	assert_goes(get(&v, "/account/enter?room=vehicle&to=/vehicles/apply/"
	    "register"), "/account/sign-in?room=vehicle&to=%2Fvehicles%2F"
	    "apply%2Fregister");
	assert_goes(post(&v, "/account/sign-up", "name=Ana+Lima&email=ana%40"
	    "mail.example&password=" PASSWORD), "/account/sign-up/sent");
	path = arena_printf(house.arena, "/account/confirm/%s",
	    mailbox_token(mailbox_take(), "/account/confirm/"));
	assert_shows(get(&v, path), 200, "Confirm your address");
	assert_goes(post(&v, path, ""), "/account/sign-in?done=confirmed");
	assert_shows(get(&v, "/account/sign-in?done=confirmed"), 200,
	    "Your account is ready");
	assert_shows(get(&v, path), 404, "does not work any more");
	assert_goes(post(&v, "/account/sign-in", "email=ana%40mail.example"
	    "&password=" PASSWORD "&room=vehicle&to=/vehicles"),
	    "/account/enter?room=vehicle&to=%2Fvehicles");
	assert_goes(get(&v, "/account/enter?room=vehicle&to=%2Fvehicles"),
	    "/account/profile?room=vehicle&to=%2Fvehicles");
	assert_shows(get(&v, "/account/profile?room=vehicle&to=%2Fvehicles"),
	    200, "needs your name, CPF and date of birth");
	form = "name=Ana+Lima&cpf=529.982.247-25&born-day=1&born-month=2"
	    "&born-year=1990&phone=&address=Rua+A%0D%0A12345&version=1"
	    "&room=vehicle&to=/vehicles";
	assert_goes(post(&v, "/account/profile", form),
	    "/account/enter?room=vehicle&to=%2Fvehicles");
	assert_shows(get(&v, "/account/enter?room=vehicle&to=%2Fvehicles"),
	    200, "529.982.247-25");
	assert_false(is_in(&v, ROOM_VEHICLE));
	assert_goes(post(&v, "/account/enter", "room=vehicle&to=/vehicles"
	    "&version=2"), "/vehicles");
	assert_true(is_in(&v, ROOM_VEHICLE));
	assert_goes(get(&v, "/account/enter?room=vehicle&to=%2Fvehicles"),
	    "/vehicles");
	assert_goes(post(&v, "/account/leave", ""),
	    "/account/sign-in?done=left");
	assert_null(v.cookie[ROOM_ACCOUNT]);
	assert_false(is_in(&v, ROOM_VEHICLE));
}

static void
the_same_page_for_every_address(void **state)
{
	struct visitor v = { .remote = "192.0.2.8" };

	(void)state;
	house_wanted();
	citizen("known@mail.example", NULL);
	assert_goes(post(&v, "/account/sign-up", "name=X&email=known%40"
	    "mail.example&password=" PASSWORD), "/account/sign-up/sent");
	(void)mailbox_take();
	assert_goes(post(&v, "/account/sign-up", "name=X&email=unknown%40"
	    "mail.example&password=" PASSWORD), "/account/sign-up/sent");
	(void)mailbox_take();
	assert_goes(post(&v, "/account/reset", "email=known%40mail.example"),
	    "/account/reset/sent");
	(void)mailbox_take();
	assert_goes(post(&v, "/account/reset", "email=nobody%40mail.example"),
	    "/account/reset/sent");
	(void)mailbox_take();
}

static void
refusals_are_shown_at_their_field(void **state)
{
	static const struct {
		const char	*page, *form, *words;
	} cases[] = {
		{ "/account/sign-in", "email=&password=", "Enter your mail" },
		{ "/account/sign-in", "email=a&password=b", "is not right" },
		{ "/account/sign-up", "name=&email=&password=",
		    "Enter your full name" },
		{ "/account/sign-up", "name=A&email=a&password=" PASSWORD,
		    "such as name@example.org" },
		{ "/account/sign-up", "name=A&email=a%40b.example"
		    "&password=passwordpassword", "easily guessed" },
		{ "/account/reset", "email=a", "such as name@example.org" },
		{ "/account/enter/without", "room=vehicle&to=/x&address=a",
		    "such as name@example.org" },
	};
	struct visitor v = { .remote = "192.0.2.9" };

	(void)state;
	house_wanted();
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_shows(post(&v, cases[i].page, cases[i].form), 422,
		    cases[i].words);
}

static void
too_many_tries_say_how_long_to_wait(void **state)
{
	struct visitor v = { .remote = "192.0.2.10" };
	const char *form = "email=tired%40mail.example&password=" OTHER;

	(void)state;
	house_wanted();
	for (int i = 0; i < ACCOUNT_TRIES; i++)
		assert_int_equal(post(&v, "/account/sign-in", form).status,
		    422);
	assert_shows(post(&v, "/account/sign-in", form), 429,
	    "Wait 15 minutes");
}

static void
nobody_elses_form_and_nobody_elses_site(void **state)
{
	struct visitor v = { .remote = "192.0.2.11" };
	const char *form;

	(void)state;
	house_wanted();
	form = citizen("own@mail.example", NULL);
	assert_int_equal(visitor_forge(&v, &program, "/account/sign-in",
	    form).status, 403);
	assert_goes(post(&v, "/account/sign-in", arena_printf(house.arena,
	    "%s&to=%%2F%%2Fevil.example", form)), "/account");
	assert_shows(get(&v, "/account"), 200, "My applications");
	v.csrf = "forged";
	assert_int_equal(post(&v, "/account/profile", "name=A&version=1")
	    .status, 403);
	assert_goes(get(&v, "/account/enter?room=sealer&to=%2Fx"), "/x");
	assert_null(v.cookie[ROOM_SEALER]);
}

static void
staff_go_to_their_work(void **state)
{
	struct visitor v = { .remote = "192.0.2.12" };
	struct account_new n = {
		.name = "A Clerk", .email = "clerk@mail.example",
		.password = PASSWORD, .language = "en", .born = DATE_NONE,
		.handle = "DET-020",
	};

	(void)state;
	house_wanted();
	n.office = house.office;
	assert_true(account_add(house_room(ROOM_ACCOUNT), house.arena, &n,
	    NULL, NULL, &err));
	assert_goes(post(&v, "/account/sign-in", "email=clerk%40mail.example"
	    "&password=" PASSWORD), "/desk");
	house_sql("INSERT INTO identity.staff_role (id, row_version, nonce,"
	    " account, role, from_at) SELECT gen_random_uuid(), 1,"
	    " gen_random_uuid(), id, 'auditor', now()"
	    " FROM identity.account WHERE handle = 'DET-020'");
	v.cookie[ROOM_ACCOUNT] = NULL;
	assert_goes(post(&v, "/account/sign-in", "email=clerk%40mail.example"
	    "&password=" PASSWORD), "/audit");
	assert_goes(get(&v, "/account/enter?room=desk&to=%2Fdesk"), "/desk");
	assert_true(is_in(&v, ROOM_DESK));
	assert_goes(get(&v, "/account/enter?room=vehicle&to=%2Fdesk%2F"
	    "vehicles"), "/desk/vehicles");
	assert_int_equal(get(&v, "/account/profile").status, 403);
	assert_shows(get(&v, "/account/password"), 200,
	    "Change your password");
}

static void
without_an_account(void **state)
{
	struct visitor v = { .remote = "192.0.2.13" }, later = { .csrf = "" };
	const char *path;
	struct reply r;

	(void)state;
	house_wanted();
	assert_shows(get(&v, "/account/sign-in?room=vehicle&to=%2Fvehicles"),
	    200, "Go on without an account");
	assert_null(strstr(get(&v, "/account/sign-in?room=desk&to=%2Fdesk")
	    .body, "without an account"));
	r = post(&v, "/account/enter/without", "room=vehicle&to=%2Fvehicles"
	    "&address=guest%40mail.example");
	assert_int_equal(r.status, 303);
	assert_true(str_starts(r.location, "/vehicles?application="));
	assert_true(is_in(&v, ROOM_VEHICLE));
	path = arena_printf(house.arena, "/account/link/%s",
	    mailbox_token(mailbox_take(), "/account/link/"));
	assert_shows(get(&later, path), 200, "Continue your application");
	assert_string_equal(post(&later, path, "to=%2Fvehicles").location,
	    r.location);
	assert_true(is_in(&later, ROOM_VEHICLE));
	assert_goes(post(&v, "/account/leave", ""),
	    "/account/sign-in?done=left");
	assert_false(is_in(&v, ROOM_VEHICLE));
	assert_true(is_in(&later, ROOM_VEHICLE));
}

/* As in tests/database/account.c: two others are at it. */
static void
a_busy_moment_keeps_what_was_typed(void **state)
{
	static const struct db_statement lock = {
		.name = "lock",
		.sql = "SELECT pg_advisory_lock(8443, 1),"
		    " pg_advisory_lock(8443, 2)",
		.promise = DB_ONE,
		.roles = 1,
	};
	struct db_conf conf = { .statements = &lock, .n = 1 };
	struct visitor v = { .remote = "192.0.2.17" };
	struct reply r;
	struct db *busy;

	(void)state;
	house_wanted();
	conf.conninfo = conf_text(house.conf, "database", "data");
	if (!db_open(&conf, &busy, &err) ||
	    !db_ask(busy, house.arena, 0, NULL, 0, NULL, &err))
		fail_msg("%s", err.text);
	r = post(&v, "/account/sign-in", "email=busy%40mail.example"
	    "&password=" OTHER "&room=vehicle&to=%2Fvehicles");
	assert_shows(r, 503, "Many people are signing in");
	assert_shows(r, 503, "busy@mail.example");
	assert_shows(r, 503, "value=\"/vehicles\"");
	assert_null(strstr(r.body, OTHER));
	db_close(busy);
}

static void
a_new_password_by_link(void **state)
{
	struct visitor v = { .remote = "192.0.2.14" };
	const char *path;

	(void)state;
	house_wanted();
	citizen("forgot@mail.example", NULL);
	assert_goes(post(&v, "/account/reset", "email=forgot%40mail.example"),
	    "/account/reset/sent");
	path = arena_printf(house.arena, "/account/reset/%s",
	    mailbox_token(mailbox_take(), "/account/reset/"));
	assert_shows(get(&v, path), 200, "Choose a new password");
	assert_shows(post(&v, path, "password=short"), 422, "at least 10");
	assert_goes(post(&v, path, "password=" OTHER),
	    "/account/sign-in?done=reset");
	assert_shows(post(&v, path, "password=" OTHER), 404,
	    "does not work any more");
	assert_goes(post(&v, "/account/sign-in", "email=forgot%40mail.example"
	    "&password=" OTHER), "/account");
	(void)mailbox_take();
}

static void
one_sees_who_looked(void **state)
{
	struct visitor v = { .remote = "192.0.2.15" };
	const char *form;
	struct reply r;

	(void)state;
	house_wanted();
	form = citizen("seen@mail.example", "39053344705");
	for (int i = 0; i < 2; i++)
		(void)post(&v, "/account/sign-in", "email=seen%40mail.example"
		    "&password=" OTHER);
	assert_goes(post(&v, "/account/sign-in", form), "/account");
	r = get(&v, "/account/access-log");
	assert_shows(r, 200, "Tried to sign in with a wrong password");
	assert_shows(r, 200, "You");
	assert_shows(get(&v, "/account/data"), 200, "390.533.447-05");
	assert_int_equal(get(&v, "/account/access-log?at=x").status, 400);
}

static void
a_page_speaks_the_language_chosen(void **state)
{
	struct visitor v = { .remote = "192.0.2.16" };

	(void)state;
	house_wanted();
	assert_goes(post(&v, "/account/language", "language=pt-BR&to=%2F"),
	    "/");
	assert_string_equal(v.language, "pt-BR");
	assert_shows(get(&v, "/account/sign-in"), 200, "lang=\"pt-BR\"");
	assert_int_equal(post(&v, "/account/language", "language=tlh")
	    .status, 400);
	assert_int_equal(visitor_forge(&v, &program, "/account/language",
	    "language=en").status, 403);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_table_is_sound),
		cmocka_unit_test(from_nobody_to_a_service),
		cmocka_unit_test(the_same_page_for_every_address),
		cmocka_unit_test(refusals_are_shown_at_their_field),
		cmocka_unit_test(too_many_tries_say_how_long_to_wait),
		cmocka_unit_test(nobody_elses_form_and_nobody_elses_site),
		cmocka_unit_test(staff_go_to_their_work),
		cmocka_unit_test(without_an_account),
		cmocka_unit_test(a_busy_moment_keeps_what_was_typed),
		cmocka_unit_test(a_new_password_by_link),
		cmocka_unit_test(one_sees_who_looked),
		cmocka_unit_test(a_page_speaks_the_language_chosen),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, start, house_stop);
}

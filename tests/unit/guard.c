/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The door: every guard against every kind of session, forged and honest
 * requests, and who counts as one sender.
 */
#include "cgi-bin/guard.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "cgi-bin/request.h"
#include "lib/err.h"
#include "lib/secret.h"
#include "services/session.h"

#define COUNT(array)	(sizeof(array) / sizeof *(array))
#define OURS	"https://localhost:8443"

static int
start(void **state)
{
	struct err e;

	(void)state;
	return crypto_init(&e) ? 0 : 1;
}

enum who {
	NOBODY,
	CITIZEN,
	LINK,
	STAFF,		/* without a role */
	CLERK,
	SUPERVISOR,
	AUDITOR,
	ADMINISTRATOR,
	WHO__MAX
};

static const struct session sessions[] = {
	[CITIZEN]	= { .kind = SESSION_CITIZEN },
	[LINK]		= { .kind = SESSION_LINK },
	[STAFF]		= { .kind = SESSION_STAFF },
	[CLERK]		= { .kind = SESSION_STAFF, .roles = ROLE_CLERK },
	[SUPERVISOR]	= { .kind = SESSION_STAFF, .roles = ROLE_SUPERVISOR },
	[AUDITOR]	= { .kind = SESSION_STAFF, .roles = ROLE_AUDITOR },
	[ADMINISTRATOR]	= { .kind = SESSION_STAFF,
			    .roles = ROLE_ADMINISTRATOR },
};

static void
each_guard_lets_its_own_in(void **state)
{
	/* In the order of enum who: pass, way in, denied. */
	static const char *const answers[] = {
		[GUARD_NONE]		= "dddddddd",
		[GUARD_ANYONE]		= "pppppppp",
		[GUARD_SESSION]		= "eppddddd",
		[GUARD_CITIZEN]		= "epdddddd",
		[GUARD_STAFF]		= "edddpppp",
		[GUARD_CLERK]		= "edddpddd",
		[GUARD_SUPERVISOR]	= "eddddpdd",
		[GUARD_AUDITOR]		= "edddddpd",
		[GUARD_ADMINISTRATOR]	= "eddddddp",
	};
	static const enum guard_answer letters[] = {
		['p'] = GUARD_PASS, ['e'] = GUARD_ENTER, ['d'] = GUARD_DENY,
	};

	(void)state;
	_Static_assert(COUNT(answers) == GUARD__MAX, "a guard is untested");
	for (int g = 0; g < GUARD__MAX; g++) {
		for (int who = 0; who < WHO__MAX; who++) {
			const struct session *s = who == NOBODY ? NULL :
			    &sessions[who];

			assert_int_equal(guard_weigh((enum guard)g, s),
			    letters[(int)answers[g][who]]);
		}
		assert_true(strlen(guard_whose((enum guard)g)) > 10);
	}
	assert_int_equal(guard_weigh(GUARD__MAX, &sessions[CLERK]),
	    GUARD_DENY);
}

static void
a_citizen_with_roles_is_no_staff(void **state)
{
	struct session s = { .kind = SESSION_CITIZEN, .roles = ~0U };

	(void)state;
	assert_int_equal(guard_weigh(GUARD_CLERK, &s), GUARD_DENY);
	s.kind = SESSION_LINK;
	assert_int_equal(guard_weigh(GUARD_ADMINISTRATOR, &s), GUARD_DENY);
}

static void
the_token_is_the_sessions(void **state)
{
	struct secret one = { { 1 } }, other = { { 2 } };
	char a[GUARD_TOKEN], b[GUARD_TOKEN];

	(void)state;
	assert_string_equal(guard_token(&one, a), guard_token(&one, b));
	assert_string_not_equal(a, guard_token(&other, b));
	assert_int_equal(strlen(a), GUARD_TOKEN - 1);
	/* base64url of HMAC-SHA-256(00 … 00, "csrf/1"), by openssl(1) */
	assert_string_equal(guard_token(&(struct secret){ { 0 } }, a),
	    "K8QXxysHebrb5Yvn1WGA-ztHPea9qYvIIiw1n3HtQuw");
}

static void
origins_are_compared(void **state)
{
	static const struct {
		const char	*origin;
		const char	*site;
		bool		 ours;
	} cases[] = {
		{ OURS, NULL, true },
		{ OURS, "same-origin", true },
		{ NULL, "same-origin", true },
		{ NULL, NULL, false },
		{ "null", NULL, false },
		{ "https://localhost", NULL, false },
		{ "http://localhost:8443", NULL, false },
		{ "https://localhost:8443.evil.example", NULL, false },
		{ OURS "/", NULL, false },
		{ "https://evil.example", "same-origin", false },
		{ OURS, "same-site", false },
		{ OURS, "cross-site", false },
		{ OURS, "none", false },
		{ NULL, "none", false },
		{ NULL, "cross-site", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct request r = {
			.method = METHOD_POST,
			.origin = cases[i].origin,
			.fetch_site = cases[i].site,
		};

		assert_int_equal(guard_csrf(CSRF_ORIGIN, &r, OURS, NULL),
		    cases[i].ours);
		assert_true(guard_csrf(CSRF_NONE, &r, OURS, NULL));
		assert_false(guard_csrf(CSRF_TOKEN, &r, OURS, NULL));
	}
}

static void
tokens_are_compared(void **state)
{
	struct secret mine = { { 1 } }, yours = { { 2 } };
	char good[GUARD_TOKEN], bad[GUARD_TOKEN];
	struct pair pair = { "csrf", good };
	struct request r = {
		.method = METHOD_POST, .origin = OURS,
		.form = { &pair, 1, 1 },
	};

	(void)state;
	guard_token(&mine, good);
	guard_token(&yours, bad);
	assert_true(guard_csrf(CSRF_TOKEN, &r, OURS, &mine));
	assert_false(guard_csrf(CSRF_TOKEN, &r, OURS, &yours));
	assert_false(guard_csrf(CSRF_TOKEN, &r, OURS, NULL));
	pair.value = bad;
	assert_false(guard_csrf(CSRF_TOKEN, &r, OURS, &mine));
	pair.value = "";
	assert_false(guard_csrf(CSRF_TOKEN, &r, OURS, &mine));
	pair = (struct pair){ "CSRF", good };
	assert_false(guard_csrf(CSRF_TOKEN, &r, OURS, &mine));
	pair.name = "csrf";
	r.origin = "https://evil.example";
	assert_false(guard_csrf(CSRF_TOKEN, &r, OURS, &mine));
}

static void
senders_are_counted_as_one(void **state)
{
	static const struct {
		const char	*a, *b;
		bool		 same;
	} cases[] = {
		{ "192.0.2.1", "192.0.2.1", true },
		{ "192.0.2.1", "192.0.2.2", false },
		{ "192.0.2.1", "::ffff:192.0.2.1", true },
		{ "2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true },
		{ "2001:db8:1:2::1", "2001:db8:1:3::1", false },
		{ "nonsense", NULL, true },
		{ "", NULL, true },
		{ NULL, "192.0.2.1", false },
	};
	struct secret key = { { 7 } }, other = { { 8 } };

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct hash a = guard_remote(&key, cases[i].a);
		struct hash b = guard_remote(&key, cases[i].b);
		struct hash c = guard_remote(&other, cases[i].a);

		assert_int_equal(memcmp(a.b, b.b, sizeof a.b) == 0,
		    cases[i].same);
		assert_memory_not_equal(a.b, c.b, sizeof a.b);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_guard_lets_its_own_in),
		cmocka_unit_test(a_citizen_with_roles_is_no_staff),
		cmocka_unit_test(the_token_is_the_sessions),
		cmocka_unit_test(origins_are_compared),
		cmocka_unit_test(tokens_are_compared),
		cmocka_unit_test(senders_are_counted_as_one),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("guard", tests, start, NULL);
}

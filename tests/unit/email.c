/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Mail addresses: the one form of each, and what is none.
 */
#include "services/email.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lib/arena.h"
#include "lib/err.h"

#define TEN	"abcdefghij"
#define SIXTY	TEN TEN TEN TEN TEN TEN

static void
addresses_have_one_form(void **state)
{
	static const struct {
		const char	*typed, *form;
	} cases[] = {
		{ "ana@mail.example", "ana@mail.example" },
		{ "  Ana.Lima@Mail.EXAMPLE ", "ana.lima@mail.example" },
		{ "a+b@x.example", "a+b@x.example" },
		{ "o'neill@x.example", "o'neill@x.example" },
		{ "!#$%&'*+/=?^_`{|}~-@x.example",
		    "!#$%&'*+/=?^_`{|}~-@x.example" },
		{ "a@xn--bcher-kva.example", "a@xn--bcher-kva.example" },
		{ "a@b-c.d.example", "a@b-c.d.example" },
		{ "1@2.example", "1@2.example" },
		{ SIXTY "abcd@x.example", SIXTY "abcd@x.example" },
	};
	struct arena *a = arena_new(0);
	struct err e;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *out;

		if (!email_parse(a, cases[i].typed, &out, &e))
			fail_msg("%s: %s", cases[i].typed, e.text);
		assert_string_equal(out, cases[i].form);
	}
	arena_free(a);
}

static void
what_is_no_address_is_refused(void **state)
{
	static const struct {
		const char	*typed, *rule;
	} cases[] = {
		{ "", "email_form" },
		{ "@", "email_form" },
		{ "ana", "email_form" },
		{ "@x.example", "email_form" },
		{ "ana@", "email_form" },
		{ "ana@localhost", "email_form" },
		{ "ana@x..example", "email_form" },
		{ "ana@.example", "email_form" },
		{ "ana@example.", "email_form" },
		{ "ana@-x.example", "email_form" },
		{ "ana@x-.example", "email_form" },
		{ "ana@x_y.example", "email_form" },
		{ "ana@192.0.2.1", "email_form" },
		{ "ana@[192.0.2.1]", "email_form" },
		{ ".ana@x.example", "email_form" },
		{ "ana.@x.example", "email_form" },
		{ "a..b@x.example", "email_form" },
		{ "a b@x.example", "email_form" },
		{ "a@b@x.example", "email_form" },
		{ "\"a b\"@x.example", "email_form" },
		{ "<ana@x.example>", "email_form" },
		{ "ana@x.example,eva@x.example", "email_form" },
		{ "ana@x.example\r\nBcc: eva@x.example", "email_form" },
		{ "ana\n@x.example", "email_form" },
		{ "an\xc3\xa1@x.example", "email_form" },
		{ "ana@b\xc3\xbc" "cher.example", "email_domain" },
		{ SIXTY "abcde@x.example", "email_form" },
		{ "a@" SIXTY "abcd.example", "email_form" },
		{ "a@" SIXTY "." SIXTY "." SIXTY "." SIXTY "." TEN
		    ".example", "email_form" },
	};
	struct arena *a = arena_new(0);
	struct err e;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *out = "untouched";

		if (email_parse(a, cases[i].typed, &out, &e))
			fail_msg("taken: %s", cases[i].typed);
		assert_string_equal(out, "untouched");
		assert_int_equal(e.code, ERR_INPUT);
		assert_string_equal(e.constraint, cases[i].rule);
	}
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_have_one_form),
		cmocka_unit_test(what_is_no_address_is_refused),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("email", tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Mails, from their words to the bytes that go out.
 */
#include "services/mail.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "lib/arena.h"
#include "lib/conf.h"
#include "lib/crypto.h"
#include "lib/err.h"
#include "lib/text.h"
#include "services/delivery.h"
#include "services/settings.h"

static struct arena *arena;
static struct conf *conf;
static struct err err;

static int
start(void **state)
{
	static const char text[] = "[authority]\nname=Prefeitura de S\xc3\xa3o"
	    " Jos\xc3\xa9\norigin=x.example\nzone=UTC\ncurrency=BRL\n"
	    "country=BR\ninstance=x1\n[web]\nurl=https://portal.example\n"
	    "[database]\ndata=x\nkeys=x\n[path]\nrun=/x\nkeys=/x\nroot=/x\n"
	    "locale=/x\nstate=/x\nassets=/x\nschema=/x\nforms=/x\n"
	    "[mail]\nfrom=portal@town.example\n";
	char path[] = "/tmp/mail-test-XXXXXX";
	int fd = mkstemp(path);
	bool ok;

	(void)state;
	arena = arena_new(0);
	if (fd < 0 || write(fd, text, sizeof text - 1) < 0)
		return 1;
	close(fd);
	ok = crypto_init(&err) && conf_load(arena, path, settings, &conf,
	    &err);
	unlink(path);
	text_use("en");
	return ok ? 0 : 1;
}

static int
end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void
every_template_has_its_link_and_nothing_else(void **state)
{
	struct mail m;

	(void)state;
	for (int t = 0; t < MAIL__MAX; t++) {
		const char *at;

		mail_compose(arena, conf, (enum mail_template)t, "en",
		    "VR-7K3M9Q2X-C", "/vehicles/applications/x", &m);
		assert_string_not_equal(m.subject, "");
		assert_non_null(strstr(m.text, "Reference: VR-7K3M9Q2X-C\n"));
		at = strstr(m.text, "\nhttps://portal.example/vehicles/"
		    "applications/x\n");
		assert_non_null(at);
		assert_null(strstr(at + 1, "\nhttp"));
		assert_null(strchr(m.text, '\r'));
		assert_int_equal(m.text[strlen(m.text) - 1], '\n');
	}
}

static void
no_reference_no_line(void **state)
{
	struct mail m;

	(void)state;
	mail_compose(arena, conf, MAIL_CONFIRM, "en", "", "/x", &m);
	assert_null(strstr(m.text, "Reference"));
}

static void
the_language_is_the_readers_and_then_ours_again(void **state)
{
	struct mail m;

	(void)state;
	mail_compose(arena, conf, MAIL_RESET, "pt-BR", "", "/x", &m);
	assert_string_equal(m.language, "pt-BR");
	assert_string_equal(text_tag(), "en");
	mail_compose(arena, conf, MAIL_RESET, "tlh", "", "/x", &m);
	assert_string_equal(m.language, "en");
}

static void
a_mail_survives_its_message(void **state)
{
	const struct mail in = { "a@b.example", "en", "Subject \xe2\x80\x93",
	    "Line\n\nLine\n" };
	struct bytes b = mail_encode(arena, &in);
	struct mail out;

	(void)state;
	assert_true(mail_decode(arena, b, &out, &err));
	assert_string_equal(out.to, in.to);
	assert_string_equal(out.language, in.language);
	assert_string_equal(out.subject, in.subject);
	assert_string_equal(out.text, in.text);
	for (size_t n = 0; n < b.n; n++)
		assert_false(mail_decode(arena, bytes(b.p, n), &out, &err));
}

static const char *
written(const struct mail *m)
{
	struct uuid id;
	struct bytes b;

	assert_true(uuid_parse("01890a5d-ac96-774b-bcce-b302099a8057", &id,
	    &err));
	if (!delivery_write(arena, conf, m, id, INT64_C(1774620305000), &b,
	    &err))
		return NULL;
	return arena_strndup(arena, (const char *)b.p, b.n);
}

static void
a_whole_message(void **state)
{
	const struct mail m = { "Ana@Mail.example", "en", "Set a new password",
	    "First line\n\nhttps://portal.example/?a=b\n" };

	(void)state;
	assert_string_equal(written(&m),
	    "Date: Fri, 27 Mar 2026 14:05:05 +0000\r\n"
	    "From: =?UTF-8?B?UHJlZmVpdHVyYSBkZSBTw6NvIEpvc8Op?=\r\n"
	    " <portal@town.example>\r\n"
	    "To: ana@mail.example\r\n"
	    "Subject: Set a new password\r\n"
	    "Message-ID: <01890a5d-ac96-774b-bcce-b302099a8057@town.example>"
	    "\r\n"
	    "MIME-Version: 1.0\r\n"
	    "Content-Type: text/plain; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: quoted-printable\r\n"
	    "Content-Language: en\r\n"
	    "Auto-Submitted: auto-generated\r\n"
	    "\r\n"
	    "=46irst line\r\n"
	    "\r\n"
	    "https://portal.example/?a=3Db\r\n");
}

/* What stands behind the empty line. */
static const char *
body_of(const char *text)
{
	const struct mail m = { "a@b.example", "en", "S", text };
	const char *all = written(&m);

	assert_non_null(all);
	return strstr(all, "\r\n\r\n") + 4;
}

static void
text_is_quoted_printable(void **state)
{
	static const struct {
		const char	*text, *body;
	} cases[] = {
		{ "", "" },
		{ "a", "a\r\n" },
		{ "a\n", "a\r\n" },
		{ "a \nb", "a=20\r\nb\r\n" },
		{ " ", "=20\r\n" },
		{ "=", "=3D\r\n" },
		{ ".\n.x", "=2E\r\n=2Ex\r\n" },
		{ "From me", "=46rom me\r\n" },
		{ "a\tb", "a=09b\r\n" },
		{ "a\r\nb", "a=0D\r\nb\r\n" },
		{ "\xc3\xa9", "=C3=A9\r\n" },
		{ "\x7f", "=7F\r\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(body_of(cases[i].text), cases[i].body);
}

/* Undo it, and nothing is lost; no line is over 76 (RFC 2045 6.7). */
static void
long_lines_come_back_whole(void **state)
{
	char text[400];

	(void)state;
	for (size_t n = 60; n < sizeof text - 1; n++) {
		const char *at;
		size_t left = 0;

		memset(text, 'x', n);
		text[n - 1] = '=';
		text[n] = '\0';
		for (at = body_of(text); *at != '\0';) {
			size_t line = strcspn(at, "\r");

			assert_true(line <= 76);
			left += at[line - 1] == '=' ? line - 1 : line;
			at += line + 2;
		}
		assert_int_equal(left, n + 2);
	}
}

static const char *
subject_of(const char *subject)
{
	const struct mail m = { "a@b.example", "en", subject, "x" };
	const char *all = written(&m);

	if (all == NULL)
		return NULL;
	all = strstr(all, "Subject: ");
	return arena_strndup(arena, all, (size_t)(strstr(all, "\r\nMessage-")
	    - all));
}

static void
subjects_are_words(void **state)
{
	(void)state;
	assert_string_equal(subject_of("Decis\xc3\xa3o"),
	    "Subject: =?UTF-8?B?RGVjaXPDo28=?=");
	/* Cut between characters, never inside one. */
	assert_string_equal(subject_of("\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac"
	    "\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac"
	    "\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac" "ab\xe2\x82\xac"),
	    "Subject: =?UTF-8?B?4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs"
	    "YWI=?=\r\n =?UTF-8?B?4oKs?=");
}

static void
nothing_becomes_a_header_of_its_own(void **state)
{
	static const struct mail cases[] = {
		{ "a@b.example\r\nBcc: c@d.example", "en", "S", "x" },
		{ "a@b.example, c@d.example", "en", "S", "x" },
		{ "a@b.example>", "en", "S", "x" },
		{ "", "en", "S", "x" },
		{ "a@b.example", "en", "S\r\nBcc: c@d.example", "x" },
		{ "a@b.example", "en", "S\nBcc: c@d.example", "x" },
		{ "a@b.example", "en", "S\rBcc: c@d.example", "x" },
		{ "a@b.example", "en", "S\xe2\x80\xa8" "B", "x" },
		{ "a@b.example", "en\r\nBcc: c@d.example", "S", "x" },
		{ "a@b.example", "pt\xc3\xa9", "S", "x" },
		{ "a@b.example", "en", "S\xff", "x" },
		{ "a@b.example", "en", "S", "x\xff" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_null(written(&cases[i]));
		assert_int_equal(err.code, ERR_INPUT);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_template_has_its_link_and_nothing_else),
		cmocka_unit_test(no_reference_no_line),
		cmocka_unit_test(
		    the_language_is_the_readers_and_then_ours_again),
		cmocka_unit_test(a_mail_survives_its_message),
		cmocka_unit_test(a_whole_message),
		cmocka_unit_test(text_is_quoted_printable),
		cmocka_unit_test(long_lines_come_back_whole),
		cmocka_unit_test(subjects_are_words),
		cmocka_unit_test(nothing_becomes_a_header_of_its_own),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("mail", tests, start, end);
}

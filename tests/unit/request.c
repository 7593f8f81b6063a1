/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Requests from variables and bytes: what is understood, and which status
 * refuses the rest. Then responses, as the head that goes back.
 */
#include "cgi-bin/request.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cgi-bin/response.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/str.h"

#define COUNT(array)	(sizeof(array) / sizeof *(array))

static struct arena *arena;

static const struct request_cookies names = {
	"__Host-x1-vehicle", "__Host-x1-language"
};

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

/* The head of "GET /" with one or two variables more. */
static bool
head(struct request *r, const char *one, const char *two, struct err *e)
{
	char *variables[] = {
		arena_strdup(arena, one),
		arena_strdup(arena, two != NULL ? two : "NOTHING=1"),
		arena_strdup(arena, "REQUEST_METHOD=GET"),
		arena_strdup(arena, "REQUEST_URI=/"),
		NULL
	};

	return request_head(r, arena, variables, &names, e);
}

static void
targets_are_split(void **state)
{
	static const struct {
		const char	*target;
		const char	*path;
		const char	*a;	/* of the query */
	} cases[] = {
		{ "REQUEST_URI=/", "/", NULL },
		{ "REQUEST_URI=/x/y", "/x/y", NULL },
		{ "REQUEST_URI=/x?a=1", "/x", "1" },
		{ "REQUEST_URI=/x?", "/x", NULL },
		{ "REQUEST_URI=/x?a=1?2", "/x", "1?2" },
		{ "REQUEST_URI=/x%3Fa=1", "/x?a=1", NULL },
	};
	struct request r;
	struct err e;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_true(head(&r, cases[i].target, NULL, &e));
		assert_string_equal(r.path, cases[i].path);
		assert_true(str_equal(request_query(&r, "a"), cases[i].a));
		assert_int_equal(r.refusal, 0);
	}
}

static void
methods_are_known(void **state)
{
	static const struct {
		const char	*method;
		enum method	 is;
		bool		 head;
	} cases[] = {
		{ "REQUEST_METHOD=GET", METHOD_GET, false },
		{ "REQUEST_METHOD=HEAD", METHOD_GET, true },
		{ "REQUEST_METHOD=POST", METHOD_POST, false },
		{ "REQUEST_METHOD=PUT", METHOD_OTHER, false },
		{ "REQUEST_METHOD=get", METHOD_OTHER, false },
		{ "REQUEST_METHOD=", METHOD_OTHER, false },
	};
	struct request r;
	struct err e;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_true(head(&r, cases[i].method, NULL, &e));
		assert_int_equal(r.method, cases[i].is);
		assert_int_equal(r.head, cases[i].head);
	}
}

static char *
of_length(const char *before, size_t n)
{
	char *s = arena_alloc(arena, strlen(before) + n + 1);

	memset(s, 'x', strlen(before) + n);
	memcpy(s, before, strlen(before));
	return s;
}

static void
damaged_heads_are_refused(void **state)
{
	struct {
		const char	*variable;
		unsigned	 status;
	} cases[] = {
		{ "REQUEST_URI=", 400 },
		{ "REQUEST_URI=*", 400 },
		{ "REQUEST_URI=http://x/", 400 },
		{ "REQUEST_URI=/%", 400 },
		{ "REQUEST_URI=/%2F", 400 },
		{ "REQUEST_URI=/\xFF", 400 },
		{ "REQUEST_URI=/x?a=%00", 400 },
		{ "REQUEST_URI=/x?a=%GG", 400 },
		{ "REQUEST_URI=/x?a=\xC3", 400 },
		{ "REQUEST_URI=/x?=1", 400 },
		{ of_length("REQUEST_URI=/", REQUEST_HEAD), 414 },
		{ of_length("HTTP_HOST=", REQUEST_HEAD + 1), 431 },
		{ of_length("HTTP_COOKIE=", REQUEST_HEAD + 1), 431 },
		{ "HTTP_ORIGIN=\xFF", 400 },
		{ "HTTP_COOKIE=\xFF", 400 },
		{ "CONTENT_LENGTH=-1", 400 },
		{ "CONTENT_LENGTH=1x", 400 },
		{ "CONTENT_LENGTH=99999999999999999999", 400 },
	};
	struct request r;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct err e = { 0 };

		assert_false(head(&r, cases[i].variable, NULL, &e));
		assert_int_equal(r.refusal, cases[i].status);
		assert_true(e.code == ERR_INPUT || e.code == ERR_LIMIT);
		assert_int_equal(r.path[0], '/');
	}
}

static void
cookies_are_ours_or_none(void **state)
{
	static const struct {
		const char	*cookies;
		const char	*session;
		const char	*language;
	} cases[] = {
		{ "HTTP_COOKIE=__Host-x1-vehicle=ab-_9", "ab-_9", NULL },
		{ "HTTP_COOKIE=a=1; __Host-x1-vehicle=t; b=2", "t", NULL },
		{ "HTTP_COOKIE=__Host-x1-language=pt-BR; "
		    "__Host-x1-vehicle=t", "t", "pt-BR" },
		{ "HTTP_COOKIE=__Host-x1-vehicle=t;"
		    "__Host-x1-language=en", "t", "en" },
		{ "HTTP_COOKIE=__Host-x1-vehicle=t; __Host-x1-vehicle=u",
		    NULL, NULL },
		{ "HTTP_COOKIE=__Host-x1-vehicle=", NULL, NULL },
		{ "HTTP_COOKIE=__Host-x1-vehicle", NULL, NULL },
		{ "HTTP_COOKIE=__Host-x1-vehicle=a b", NULL, NULL },
		{ "HTTP_COOKIE=__Host-x1-vehicle=\"a\"", NULL, NULL },
		{ "HTTP_COOKIE=__Host-x1-vehicle=a,b", NULL, NULL },
		{ "HTTP_COOKIE=__Host-x1-vehicles=a", NULL, NULL },
		{ "HTTP_COOKIE=x__Host-x1-vehicle=a", NULL, NULL },
		{ "HTTP_COOKIE=__Host-x2-vehicle=a", NULL, NULL },
		{ "HTTP_COOKIE=__host-x1-vehicle=a", NULL, NULL },
		{ "HTTP_COOKIE=;;; ;=; ==", NULL, NULL },
		{ "HTTP_COOKIE=", NULL, NULL },
	};
	struct request r;
	struct err e;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_true(head(&r, cases[i].cookies, NULL, &e));
		assert_true(str_equal(r.cookie_session, cases[i].session));
		assert_true(str_equal(r.cookie_language, cases[i].language));
	}
	assert_true(head(&r, of_length("HTTP_COOKIE=__Host-x1-vehicle=",
	    REQUEST_TOKEN), NULL, &e));
	assert_non_null(r.cookie_session);
	assert_true(head(&r, of_length("HTTP_COOKIE=__Host-x1-vehicle=",
	    REQUEST_TOKEN + 1), NULL, &e));
	assert_null(r.cookie_session);
}

/* ---- bodies */

struct source {
	struct bytes	 all;
	size_t		 at;
	size_t		 step;
};

static ssize_t
read_source(void *arg, uint8_t *out, size_t n)
{
	struct source *s = arg;
	size_t left = s->all.n - s->at;

	n = n < s->step ? n : s->step;
	n = n < left ? n : left;
	memcpy(out, s->all.p + s->at, n);
	s->at += n;
	return (ssize_t)n;
}

static bool
body(struct request *r, const char *type, struct bytes all, uint64_t length,
    struct err *e)
{
	struct source s = { .all = all, .step = 7 };
	struct request_body from = { read_source, &s };

	*r = (struct request){ .content_type = type, .length = length };
	return request_body(r, arena, &from, e);
}

static const char encoded[] = "application/x-www-form-urlencoded";
static const char multipart[] = "multipart/form-data; boundary=B";

static void
forms_are_read(void **state)
{
	static const char parts[] =
	    "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n"
	    "n\xC3\xA3o\r\n"
	    "--B\r\nContent-Disposition: form-data; name=\"f\"; "
	    "filename=\"C:\\dir\\x.pdf\"\r\nContent-Type: application/pdf"
	    "\r\n\r\n%PDF\0\xFF\r\n"
	    "--B\r\nContent-Disposition: form-data; name=\"g\"; "
	    "filename=\"\"\r\n\r\n\r\n--B--\r\n";
	struct request r;
	struct err e;
	size_t i = 0;

	(void)state;
	assert_true(body(&r, encoded, bytes_of("a=1&b=%C3%A9&a=2"), 16, &e));
	assert_string_equal(request_form(&r, "a"), "1");
	assert_string_equal(request_form(&r, "b"), "\xC3\xA9");
	assert_string_equal(request_form_next(&r, "a", &i), "1");
	assert_string_equal(request_form_next(&r, "a", &i), "2");
	assert_null(request_form_next(&r, "a", &i));
	assert_null(request_query(&r, "a"));

	assert_true(body(&r, "application/x-www-form-urlencoded; charset=utf-8",
	    bytes_of("a=1&junk"), 3, &e));
	assert_int_equal(r.form.n, 1);

	assert_true(body(&r, multipart, bytes(parts, sizeof parts - 1),
	    sizeof parts - 1, &e));
	assert_string_equal(request_form(&r, "a"), "n\xC3\xA3o");
	assert_int_equal(r.uploads, 1);
	assert_string_equal(request_file(&r, "f")->filename, "x.pdf");
	assert_string_equal(request_file(&r, "f")->type, "application/pdf");
	assert_true(bytes_equal(request_file(&r, "f")->data,
	    bytes("%PDF\0\xFF", 6)));
	assert_null(request_file(&r, "g"));

	assert_true(body(&r, NULL, bytes(NULL, 0), 0, &e));
	assert_int_equal(r.form.n, 0);
}

#define PART(data) \
	"--B\r\nContent-Disposition: form-data; name=a\r\n\r\n" data "\r\n--B--"

static void
bodies_are_refused(void **state)
{
	static const struct {
		const char	*type;
		const char	*body;
		uint64_t	 length;	/* 0: as long as it is */
		unsigned	 status;
	} cases[] = {
		{ encoded, "a=%", 0, 400 },
		{ encoded, "a=%00", 0, 400 },
		{ encoded, "a=\xFF", 0, 400 },
		{ encoded, "a=1", 4, 400 },
		{ encoded, "", REQUEST_FORM + 1, 413 },
		{ encoded, "", UINT64_MAX / 2, 413 },
		{ multipart, "", REQUEST_UPLOAD + 1, 413 },
		{ multipart, "--B", 0, 400 },
		{ multipart, PART("x"), 1000, 400 },
		{ multipart, PART("\xFF"), 0, 400 },
		{ "multipart/form-data", PART("x"), 0, 400 },
		{ "multipart/mixed; boundary=B", PART("x"), 0, 415 },
		{ "text/plain", "a=1", 0, 415 },
		{ "application/json", "{}", 0, 415 },
		{ "application/x-www-form-urlencodedx", "a=1", 0, 415 },
		{ NULL, "a=1", 0, 415 },
	};
	struct request r;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		uint64_t n = cases[i].length;
		struct err e = { 0 };

		assert_false(body(&r, cases[i].type,
		    bytes_of(cases[i].body), n != 0 ? n :
		    strlen(cases[i].body), &e));
		assert_int_equal(r.refusal, cases[i].status);
		assert_true(e.code == ERR_INPUT || e.code == ERR_LIMIT);
	}
	{
		struct err e = { 0 };

		assert_false(body(&r, multipart, bytes(PART("a\0b"),
		    sizeof PART("a\0b") - 1), sizeof PART("a\0b") - 1, &e));
		assert_int_equal(r.refusal, 400);
	}
}

static void
too_many_fields_and_files_are_refused(void **state)
{
	struct buf pairs = buf_new(arena, 0), files = buf_new(arena, 0);
	struct request r;
	struct err e;

	(void)state;
	for (int i = 0; i <= QUERY_PAIRS; i++)
		buf_puts(&pairs, "a=1&");
	assert_false(body(&r, encoded, buf_bytes(&pairs), pairs.n, &e));
	assert_int_equal(r.refusal, 400);
	for (int i = 0; i <= REQUEST_FILES; i++)
		buf_puts(&files, "--B\r\nContent-Disposition: form-data; "
		    "name=f; filename=x\r\n\r\n\r\n");
	buf_puts(&files, "--B--");
	assert_false(body(&r, multipart, buf_bytes(&files), files.n, &e));
	assert_int_equal(r.refusal, 400);
}

static void
raw_bodies_are_left_alone(void **state)
{
	struct source s = { .all = bytes("\0\xFF%", 3), .step = 1 };
	struct request_body from = { read_source, &s };
	struct request r = { .length = 3 };
	struct err e;

	(void)state;
	assert_true(request_raw(&r, arena, &from, &e));
	assert_true(bytes_equal(r.raw, s.all));
	r = (struct request){ .length = REQUEST_RAW + 1 };
	assert_false(request_raw(&r, arena, &from, &e));
	assert_int_equal(r.refusal, 413);
}

/* ---- responses */

static const char *
head_of(const struct response *r)
{
	struct buf b = buf_new(arena, 0);

	response_head(r, &b);
	return buf_text(&b);
}

static void
redirects_stay_here(void **state)
{
	static const struct {
		const char	*path;
		bool		 local;
	} cases[] = {
		{ "/", true },
		{ "/a/b?c=d%20e&f=#g", true },
		{ "", false },
		{ "a", false },
		{ "//evil.example", false },
		{ "/\\evil.example", false },
		{ "\\\\evil.example", false },
		{ "https://evil.example", false },
		{ "javascript:alert(1)", false },
		{ "/a b", false },
		{ "/a\r\nSet-Cookie: x=y", false },
		{ "/a\tb", false },
		{ "/\tx", false },
		{ "/n\xC3\xA3o", false },
		{ " /", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct response r = response_new(arena);
		const char *text;

		assert_int_equal(response_is_local(cases[i].path),
		    cases[i].local);
		response_redirect(&r, cases[i].path);
		text = head_of(&r);
		assert_true(str_starts(text, "Status: 303 See Other\r\n"));
		assert_non_null(strstr(text, arena_printf(arena,
		    "\r\nLocation: %s\r\n", cases[i].local ?
		    cases[i].path : "/")));
		assert_null(strstr(text, "evil"));
		assert_null(strstr(text, "Set-Cookie"));
	}
}

static void
every_response_protects_its_reader(void **state)
{
	static const char *const wanted[] = {
		"\r\nContent-Security-Policy: default-src 'none'; style-src "
		    "'self'; img-src 'self'; form-action 'self'; base-uri "
		    "'none'; frame-ancestors 'none'\r\n",
		"\r\nX-Content-Type-Options: nosniff\r\n",
		"\r\nReferrer-Policy: same-origin\r\n",
		"\r\nCross-Origin-Opener-Policy: same-origin\r\n",
		"\r\nCache-Control: no-store\r\n",
	};
	struct response page = response_new(arena);
	struct response moved = response_new(arena);
	struct response file = response_new(arena);

	(void)state;
	response_page(&page, 422);
	response_redirect(&moved, "/");
	response_download(&file, "x", "text/plain", bytes_of("x"));
	for (size_t i = 0; i < COUNT(wanted); i++) {
		assert_non_null(strstr(head_of(&page), wanted[i]));
		assert_non_null(strstr(head_of(&moved), wanted[i]));
		assert_non_null(strstr(head_of(&file), wanted[i]));
	}
	assert_true(str_starts(head_of(&page), "Status: 422 "
	    "Unprocessable Content\r\nContent-Type: text/html; charset=utf-8\r\n"));
	assert_string_equal(head_of(&page) + strlen(head_of(&page)) - 4,
	    "\r\n\r\n");
}

static void
downloads_are_never_shown(void **state)
{
	static const struct {
		const char	*name;
		const char	*header;
	} cases[] = {
		{ "receipt.txt", "attachment; filename=\"receipt.txt\"; "
		    "filename*=UTF-8''receipt.txt" },
		{ "a b\".txt", "attachment; filename=\"a_b_.txt\"; "
		    "filename*=UTF-8''a%20b%22.txt" },
		{ "n\xC3\xA3o\r\n", "attachment; filename=\"n__o__\"; "
		    "filename*=UTF-8''n%C3%A3o%0D%0A" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct response r = response_new(arena);

		response_download(&r, cases[i].name, "application/pdf",
		    bytes_of("abc"));
		assert_non_null(strstr(head_of(&r), arena_printf(arena,
		    "\r\nContent-Disposition: %s\r\n", cases[i].header)));
		assert_non_null(strstr(head_of(&r),
		    "\r\nContent-Length: 3\r\n"));
	}
}

static void
cookies_are_host_cookies(void **state)
{
	struct response r = response_new(arena);

	(void)state;
	response_cookie(&r, "__Host-a", "v", 0);
	response_cookie(&r, "__Host-b", "v", 60);
	response_cookie(&r, "__Host-c", "v", -1);
	response_cookie(&r, "__Host-d", "v\r\nX: y", 0);
	assert_non_null(strstr(head_of(&r), "\r\nSet-Cookie: __Host-a=v; "
	    "Path=/; Secure; HttpOnly; SameSite=Lax\r\n"));
	assert_non_null(strstr(head_of(&r), "\r\nSet-Cookie: __Host-b=v; "
	    "Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=60\r\n"));
	assert_non_null(strstr(head_of(&r), "\r\nSet-Cookie: __Host-c=; "
	    "Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0\r\n"));
	assert_null(strstr(head_of(&r), "__Host-d"));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(targets_are_split),
		cmocka_unit_test(methods_are_known),
		cmocka_unit_test(damaged_heads_are_refused),
		cmocka_unit_test(cookies_are_ours_or_none),
		cmocka_unit_test(forms_are_read),
		cmocka_unit_test(bodies_are_refused),
		cmocka_unit_test(too_many_fields_and_files_are_refused),
		cmocka_unit_test(raw_bodies_are_left_alone),
		cmocka_unit_test(redirects_stay_here),
		cmocka_unit_test(every_response_protects_its_reader),
		cmocka_unit_test(downloads_are_never_shown),
		cmocka_unit_test(cookies_are_host_cookies),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("request", tests, open_arena,
	    close_arena);
}

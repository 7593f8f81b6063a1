/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whole requests through the frame, from variables to the head and body that
 * go back, with sessions made up by this file: a cookie "citizen", "clerk",
 * "link" or "broken" is a session of that kind.
 */
#include "cgi-bin/serve.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "cgi-bin/field.h"
#include "cgi-bin/page.h"
#include "cgi-bin/program.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/visit.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/conf.h"
#include "lib/crypto.h"
#include "lib/err.h"
#include "lib/str.h"
#include "services/session.h"
#include "services/settings.h"

#define COUNT(array)	(sizeof(array) / sizeof *(array))
#define OURS	"HTTP_ORIGIN=https://localhost:8443"

static struct arena *arena;

bool
session_find(struct room *room, struct arena *a, const char *token,
    struct session **out, struct err *e)
{
	struct session *s = arena_alloc(a, sizeof *s);

	(void)room;
	*out = NULL;
	s->language = "en";
	if (str_equal(token, "citizen"))
		s->kind = SESSION_CITIZEN;
	else if (str_equal(token, "link"))
		s->kind = SESSION_LINK;
	else if (str_equal(token, "clerk"))
		*s = (struct session){ .kind = SESSION_STAFF,
		    .roles = ROLE_CLERK, .handle = "DET-014" };
	else if (str_equal(token, "broken"))
		return err_set(e, ERR_LOST, "the database has gone");
	else
		return true;
	*out = s;
	return true;
}

/* ---- handlers */

static void
show(struct visit *v)
{
	page_begin(v, &(struct page){ .title = "A title" });
	ui_paragraph(v->html, v->session != NULL ? "signed in" : "nobody");
	page_end(v);
}

static void
save(struct visit *v)
{
	static const struct field fields[] = {
		{ .name = "n", .type = FIELD_INT, .required = true },
		{ .name = "note", .type = FIELD_TEXT },
		{ .name = "word", .type = FIELD_SECRET },
	};
	struct answers a;
	struct err e;

	if (!field_read(v, fields, COUNT(fields), &a)) {
		page_begin(v, &(struct page){ .title = "Again",
		    .answers = &a });
		page_end(v);
		return;
	}
	visit_keep(v, &a);
	if (field_int(&a, "n", 0) < ERR__MAX && field_int(&a, "n", 0) > 0) {
		err_set(&e, (enum err_code)field_int(&a, "n", 0),
		    "as asked");
		visit_fail(v, &e);
		return;
	}
	response_redirect(v->response, "/done");
}

static void
say_nothing(struct visit *v)
{
	(void)v;
}

static void
count_bytes(struct visit *v)
{
	response_bytes(v->response, 200, "text/plain", bytes_of(
	    arena_printf(v->arena, "%zu", v->request->raw.n)));
}

static const struct route routes[] = {
	{ METHOD_GET, "/", GUARD_ANYONE, CSRF_NONE, show, 0 },
	{ METHOD_POST, "/save", GUARD_CITIZEN, CSRF_TOKEN, save, 0 },
	{ METHOD_GET, "/mine", GUARD_CITIZEN, CSRF_NONE, show, 0 },
	{ METHOD_GET, "/desk", GUARD_CLERK, CSRF_NONE, show, 0 },
	{ METHOD_POST, "/enter", GUARD_ANYONE, CSRF_ORIGIN, save, 0 },
	{ METHOD_GET, "/silent", GUARD_ANYONE, CSRF_NONE, say_nothing, 0 },
	{ METHOD_POST, "/raw", GUARD_ANYONE, CSRF_NONE, count_bytes,
	    ROUTE_RAW },
};
static const struct program program = {
	.name = "vehicle", .routes = routes, .n = COUNT(routes),
};
static struct serve serve = {
	.program = &program,
	.origin = "https://localhost:8443",
	.cookies = { "__Host-x1-vehicle", "__Host-x1-language" },
};

static int
start(void **state)
{
	static const char text[] = "[authority]\nname=Testtown\n"
	    "origin=x.example\nzone=UTC\ncurrency=EUR\ncountry=PT\n"
	    "instance=x1\n[web]\nurl=https://localhost:8443\n"
	    "[database]\ndata=x\nkeys=x\n[path]\nrun=/x\nkeys=/x\nroot=/x\n"
	    "locale=/x\nstate=/x\nassets=/x\nschema=/x\nforms=/x\n"
	    "[mail]\nfrom=x@x.example\n";
	char path[] = "/tmp/serve-test-XXXXXX";
	int fd = mkstemp(path);
	struct conf *conf;
	struct err e;
	bool ok;

	(void)state;
	arena = arena_new(0);
	if (fd < 0 || write(fd, text, sizeof text - 1) < 0)
		return 1;
	close(fd);
	ok = conf_load(arena, path, settings, &conf, &e) && crypto_init(&e);
	unlink(path);
	if (!ok)
		fprintf(stderr, "%s\n", e.text);
	serve.conf = conf;
	return ok ? 0 : 1;
}

static int
end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

/* ---- asking */

static ssize_t
read_bytes(void *arg, uint8_t *out, size_t n)
{
	struct bytes *left = arg;

	n = n < left->n ? n : left->n;
	memcpy(out, left->p, n);
	left->p += n;
	left->n -= n;
	return (ssize_t)n;
}

/* Head and body as one text. one and two: variables more, or NULL. */
static const char *
ask(const char *method, const char *target, const char *cookie,
    const char *form, const char *one, const char *two)
{
	char *variables[] = {
		arena_printf(arena, "REQUEST_METHOD=%s", method),
		arena_printf(arena, "REQUEST_URI=%s", target),
		arena_printf(arena, "HTTP_COOKIE=__Host-x1-vehicle=%s",
		    cookie),
		arena_printf(arena, "CONTENT_TYPE=%s", form != NULL ?
		    "application/x-www-form-urlencoded" : ""),
		arena_printf(arena, "CONTENT_LENGTH=%zu",
		    form != NULL ? strlen(form) : 0),
		arena_strdup(arena, one != NULL ? one : "A=1"),
		arena_strdup(arena, two != NULL ? two : "B=1"),
		NULL
	};
	struct bytes left = bytes_of(form);
	struct request_body body = { read_bytes, &left };
	struct response r;
	struct buf b = buf_new(arena, 0);
	bool head;

	serve_request(&serve, arena, variables, &body, &r, &head);
	response_head(&r, &b);
	buf_put_bytes(&b, r.body);
	return buf_text(&b);
}

static const char *
get(const char *target, const char *cookie)
{
	return ask("GET", target, cookie, NULL, NULL, NULL);
}

static unsigned
status_of(const char *answer)
{
	int64_t status;
	struct err e;

	assert_true(str_starts(answer, "Status: "));
	assert_true(str_int(arena_strndup(arena, answer + 8, 3), 200, 599,
	    &status, &e));
	return (unsigned)status;
}

static bool
has(const char *answer, const char *part)
{
	return strstr(answer, part) != NULL;
}

static void
pages_are_found_and_guarded(void **state)
{
	static const struct {
		const char	*method;
		const char	*target;
		const char	*cookie;
		unsigned	 status;
		const char	*holds;
	} cases[] = {
		{ "GET", "/", "", 200, "nobody" },
		{ "GET", "/", "citizen", 200, "nobody" },
		{ "HEAD", "/", "", 200, "text/html" },
		{ "GET", "/mine", "citizen", 200, "signed in" },
		{ "GET", "/mine", "", 303, "Location: /account/enter?"
		    "room=vehicle&to=%2Fmine\r\n" },
		{ "GET", "/mine?a=b%26c&d=", "", 303, "to=%2Fmine%3Fa%3Db%2526"
		    "c%26d%3D\r\n" },
		{ "GET", "/mine", "wrong", 303, "/account/enter" },
		{ "GET", "/mine", "link", 403, "who have an account" },
		{ "GET", "/mine", "clerk", 403, "who have an account" },
		{ "GET", "/desk", "clerk", 200, "signed in" },
		{ "GET", "/desk", "citizen", 403, "for clerks" },
		{ "GET", "/desk", "", 303, "/account/enter" },
		{ "GET", "/mine", "broken", 503, "try again" },
		{ "GET", "/none", "", 404, "not found" },
		{ "PUT", "/none", "", 404, "not found" },
		{ "PUT", "/", "", 405, "Allow: GET, HEAD\r\n" },
		{ "POST", "/", "", 405, "Allow: GET, HEAD\r\n" },
		{ "GET", "/save", "", 405, "Allow: POST\r\n" },
		{ "GET", "/?a=%", "", 400, "could not be read" },
		{ "GET", "/%00", "", 400, "could not be read" },
		{ "GET", "*", "", 400, "could not be read" },
		{ "GET", "/silent", "", 500, "problem with the service" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *answer = ask(cases[i].method, cases[i].target,
		    cases[i].cookie, NULL, NULL, NULL);

		assert_int_equal(status_of(answer), cases[i].status);
		if (!has(answer, cases[i].holds))
			fail_msg("%s %s: %s", cases[i].method,
			    cases[i].target, answer);
		assert_true(has(answer, "default-src 'none'"));
	}
}

static const char *
token_of(const char *kind)
{
	struct session *s;
	struct err e;
	static char out[GUARD_TOKEN];

	assert_true(session_find(NULL, arena, kind, &s, &e));
	return guard_token(&s->token, out);
}

static const char *
post(const char *target, const char *cookie, const char *form)
{
	return ask("POST", target, cookie, form, OURS,
	    "HTTP_SEC_FETCH_SITE=same-origin");
}

static void
posts_need_the_token(void **state)
{
	const char *good = arena_printf(arena, "n=0&csrf=%s",
	    token_of("citizen"));

	(void)state;
	assert_int_equal(status_of(post("/save", "citizen", good)), 303);
	assert_true(has(post("/save", "citizen", good), "Location: /done"));
	assert_int_equal(status_of(post("/save", "citizen", "n=0")), 403);
	assert_int_equal(status_of(post("/save", "citizen",
	    "n=0&csrf=x")), 403);
	assert_int_equal(status_of(ask("POST", "/save", "citizen", good,
	    NULL, NULL)), 403);
	assert_int_equal(status_of(ask("POST", "/save", "citizen", good,
	    "HTTP_ORIGIN=https://evil.example", NULL)), 403);
	assert_true(has(ask("POST", "/save", "citizen", good,
	    "HTTP_ORIGIN=null", NULL), "no longer valid"));
	assert_true(has(post("/save", "", good),
	    "/account/enter?room=vehicle&to=%2F\r\n"));
	assert_int_equal(status_of(post("/enter", "", "n=0")), 303);
	assert_int_equal(status_of(ask("POST", "/enter", "", "n=0", NULL,
	    NULL)), 403);
	assert_int_equal(status_of(post("/enter", "", "n=%")), 400);
	assert_int_equal(status_of(ask("POST", "/enter", "", "n=0", OURS,
	    "CONTENT_TYPE=text/plain")), 303);
}

static void
faults_are_shown_again(void **state)
{
	const char *answer = post("/enter", "", "n=ten");

	(void)state;
	assert_int_equal(status_of(answer), 422);
	assert_true(has(answer, "#n"));
	assert_true(has(answer, "Enter a whole number"));
}

static void
each_failure_has_its_page(void **state)
{
	static const struct {
		enum err_code	 code;
		unsigned	 status;
		const char	*holds;
	} cases[] = {
		{ ERR_INPUT, 400, "could not be read" },
		{ ERR_ABSENT, 404, "not found" },
		{ ERR_DENIED, 403, "cannot be done" },
		{ ERR_CONFLICT, 409, "changed since" },
		{ ERR_LIMIT, 429, "Too many" },
		{ ERR_BUSY, 503, "value=\"kept &lt;\"" },
		{ ERR_LOST, 503, "value=\"kept &lt;\"" },
		{ ERR_UNKNOWN, 503, "We are checking" },
		{ ERR_SYSTEM, 500, "fault is ours" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *answer = post("/enter", "", arena_printf(arena,
		    "n=%d&note=kept+%%3C&word=mine", (int)cases[i].code));

		assert_int_equal(status_of(answer), cases[i].status);
		assert_true(has(answer, cases[i].holds));
		assert_false(has(answer, "as asked"));
		assert_false(has(answer, "mine"));
	}
	assert_false(has(post("/enter", "", "n=8&note=kept"), "kept"));
}

static void
raw_bodies_reach_their_handler(void **state)
{
	(void)state;
	assert_true(has(ask("POST", "/raw", "citizen", "\x01\xFF%",
	    "CONTENT_TYPE=application/pkcs7-mime", NULL), "\r\n\r\n3"));
}

static void
the_language_can_be_switched(void **state)
{
	const char *answer = get("/?lang=pt-BR&a=b", "");

	(void)state;
	assert_int_equal(status_of(answer), 303);
	assert_true(has(answer, "Location: /?a=b\r\n"));
	assert_true(has(answer, "Set-Cookie: __Host-x1-language=pt-BR; "
	    "Path=/; Secure"));
	assert_int_equal(status_of(get("/?lang=xx", "")), 200);
	assert_true(has(ask("GET", "/", "", NULL,
	    "HTTP_ACCEPT_LANGUAGE=pt-BR", NULL), "lang=\"pt-BR\""));
	assert_true(has(get("/", ""), "<html"));
	assert_true(has(get("/", ""), "lang=\"en\""));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(pages_are_found_and_guarded),
		cmocka_unit_test(posts_need_the_token),
		cmocka_unit_test(faults_are_shown_again),
		cmocka_unit_test(each_failure_has_its_page),
		cmocka_unit_test(raw_bodies_reach_their_handler),
		cmocka_unit_test(the_language_can_be_switched),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("serve", tests, start, end);
}

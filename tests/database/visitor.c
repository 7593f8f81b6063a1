/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Requests straight into serve_request(), for tests of whole pages.
 */
#include "tests/database/visitor.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cgi-bin/program.h"
#include "cgi-bin/request.h"
#include "cgi-bin/response.h"
#include "cgi-bin/serve.h"
#include "lib/arena.h"
#include "lib/conf.h"
#include "tests/database/house.h"

enum {
	VARIABLES = 12
};

static ssize_t
read_bytes(void *arg, uint8_t *out, size_t n)
{
	struct bytes *left = arg;

	n = n < left->n ? n : left->n;
	memcpy(out, left->p, n);
	*left = bytes(left->p + n, left->n - n);
	return (ssize_t)n;
}

/* "__Host-test-<room>=<value>; …" */
static void
keep_cookie(struct visitor *v, const char *header)
{
	static const char prefix[] = "__Host-test-";
	const char *name = header + sizeof prefix - 1;
	size_t n = strcspn(name, "=");
	const char *value = arena_strndup(house.arena, name + n + 1,
	    strcspn(name + n + 1, ";"));

	assert_memory_equal(header, prefix, sizeof prefix - 1);
	assert_non_null(strstr(header, "Secure"));
	assert_non_null(strstr(header, "HttpOnly"));
	if (strncmp(name, "language", n) == 0)
		v->language = value;
	for (unsigned room = 1; room < ROOM__MAX; room++) {
		const char *known = registry_room_name(room);

		if (strlen(known) == n && memcmp(known, name, n) == 0)
			v->cookie[room] = *value != '\0' ? value : NULL;
	}
}

static void
keep_csrf(struct visitor *v, const char *body)
{
	static const char mark[] = "name=\"csrf\" value=\"";
	const char *at = strstr(body, mark);

	if (at != NULL)
		v->csrf = arena_strndup(house.arena, at + sizeof mark - 1,
		    strcspn(at + sizeof mark - 1, "\""));
}

static const char *
cookies(const struct visitor *v, const struct program *p)
{
	const char *own = v->cookie[p->room];

	return arena_printf(house.arena, "HTTP_COOKIE=%s%s%s%s%s%s%s",
	    own != NULL ? "__Host-test-" : "", own != NULL ? p->name : "",
	    own != NULL ? "=" : "", own != NULL ? own : "",
	    own != NULL ? "; " : "",
	    v->language != NULL ? "__Host-test-language=" : "",
	    v->language != NULL ? v->language : "");
}

static struct reply
ask(struct visitor *v, const struct program *p, const char *method,
    const char *target, const char *form, const char *origin)
{
	struct arena *a = house.arena;
	const struct serve serve = {
		.program = p,
		.conf = house.conf,
		.room = house_room((enum room_code)p->room),
		.origin = conf_text(house.conf, "web", "url"),
		.cookies = { arena_printf(a, "__Host-test-%s", p->name),
		    "__Host-test-language" },
	};
	char *variables[VARIABLES] = {
		arena_printf(a, "REQUEST_METHOD=%s", method),
		arena_printf(a, "REQUEST_URI=%s", target),
		arena_strdup(a, cookies(v, p)),
		arena_printf(a, "REMOTE_ADDR=%s",
		    v->remote != NULL ? v->remote : "192.0.2.1"),
		arena_printf(a, "HTTP_ORIGIN=%s", origin),
		arena_strdup(a, "CONTENT_TYPE="
		    "application/x-www-form-urlencoded"),
		arena_printf(a, "CONTENT_LENGTH=%zu", strlen(form)),
	};
	struct bytes left = bytes_of(form);
	struct request_body body = { read_bytes, &left };
	struct reply reply = { .location = "" };
	struct response r;
	bool head;

	serve_request(&serve, a, variables, &body, &r, &head);
	reply.status = r.status;
	reply.body = arena_strndup(a, (const char *)r.body.p, r.body.n);
	for (size_t i = 0; i < r.headers; i++) {
		if (strcmp(r.header[i].name, "Set-Cookie") == 0)
			keep_cookie(v, r.header[i].value);
		if (strcmp(r.header[i].name, "Location") == 0)
			reply.location = r.header[i].value;
	}
	keep_csrf(v, reply.body);
	return reply;
}

struct reply
visitor_get(struct visitor *v, const struct program *p, const char *target)
{
	return ask(v, p, "GET", target, "",
	    conf_text(house.conf, "web", "url"));
}

struct reply
visitor_post(struct visitor *v, const struct program *p, const char *target,
    const char *form)
{
	return ask(v, p, "POST", target, arena_printf(house.arena,
	    "%s&csrf=%s", form, v->csrf != NULL ? v->csrf : ""),
	    conf_text(house.conf, "web", "url"));
}

struct reply
visitor_forge(struct visitor *v, const struct program *p, const char *target,
    const char *form)
{
	return ask(v, p, "POST", target, form, "https://evil.example");
}

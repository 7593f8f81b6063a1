/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Requests without a server, for tests of whole pages.
 */
#include "tests/database/house_web.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/types.h>

#include <cmocka.h>

#include "cgi-bin/guard.h"
#include "cgi-bin/program.h"
#include "cgi-bin/request.h"
#include "cgi-bin/response.h"
#include "cgi-bin/serve.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/conf.h"
#include "lib/str.h"
#include "services/session.h"
#include "tests/database/house.h"

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

static const char *
cookie_name(const char *what)
{
	return arena_printf(house.arena, "__Host-%s-%s", conf_text(
	    house.conf, "authority", "instance"), what);
}

static const char *
cookie_of(const struct house_web *w)
{
	return w->session == NULL ? "" : str_base64url(house.arena,
	    secret_bytes(&w->session->token));
}

static const char *
ask(const struct house_web *w, const char *method, const char *target,
    const char *form)
{
	struct arena *a = house.arena;
	const struct program program = {
		.name = registry_room_name(w->room),
		.room = w->room, .routes = w->routes, .n = w->n,
	};
	const struct serve serve = {
		.program = &program,
		.conf = house.conf,
		.room = house_room(w->room),
		.origin = conf_text(house.conf, "web", "url"),
		.cookies = { cookie_name(program.name),
		    cookie_name("language") },
	};
	char *variables[] = {
		arena_printf(a, "REQUEST_METHOD=%s", method),
		arena_printf(a, "REQUEST_URI=%s", target),
		arena_printf(a, "HTTP_COOKIE=%s=%s", serve.cookies.session,
		    cookie_of(w)),
		arena_printf(a, "REMOTE_ADDR=%s",
		    w->remote != NULL ? w->remote : "192.0.2.1"),
		arena_printf(a, "HTTP_ORIGIN=%s", serve.origin),
		arena_strdup(a, "HTTP_SEC_FETCH_SITE=same-origin"),
		arena_printf(a, "CONTENT_TYPE=%s", form != NULL ?
		    "application/x-www-form-urlencoded" : ""),
		arena_printf(a, "CONTENT_LENGTH=%zu",
		    form != NULL ? strlen(form) : 0),
		NULL
	};
	struct bytes left = bytes_of(form);
	struct request_body body = { read_bytes, &left };
	struct response r;
	struct buf b = buf_new(a, 0);
	bool head;

	serve_request(&serve, a, variables, &body, &r, &head);
	response_head(&r, &b);
	buf_put_bytes(&b, r.body);
	if (r.stream != NULL) {
		struct bytes piece;

		while (r.stream->next(r.stream->arg, &piece) && piece.n > 0)
			buf_put_bytes(&b, piece);
		r.stream->end(r.stream->arg);
	}
	return buf_text(&b);
}

const char *
house_get(const struct house_web *w, const char *target)
{
	return ask(w, "GET", target, NULL);
}

const char *
house_post(const struct house_web *w, const char *target, const char *form)
{
	char token[GUARD_TOKEN] = "";

	if (w->session != NULL)
		guard_token(&w->session->token, token);
	return ask(w, "POST", target, arena_printf(house.arena,
	    "%s&csrf=%s", form, token));
}

const char *
house_status(const char *answer, unsigned status)
{
	if (!str_starts(answer, arena_printf(house.arena, "Status: %u ",
	    status)))
		fail_msg("not %u: %s", status, answer);
	return answer;
}

bool
house_has(const char *answer, const char *part)
{
	return strstr(answer, part) != NULL;
}

const char *
house_body(const char *answer)
{
	const char *end = strstr(answer, "\r\n\r\n");

	assert_non_null(end);
	return end + 4;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What handlers ask of the visit they were given. It holds no page of its
 * own: cgi-bin/error_page.c has the words for what went wrong.
 */
#include "cgi-bin/visit.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "cgi-bin/error_page.h"
#include "cgi-bin/html.h"
#include "cgi-bin/serve.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/conf.h"
#include "lib/err.h"
#include "lib/log.h"
#include "services/room.h"
#include "services/session.h"

enum {
	LANGUAGE_KEPT = 365 * 24 * 60 * 60	/* seconds */
};

static const struct capture *
captured(const struct visit *v, const char *name, enum capture_type type)
{
	const struct capture *c = route_capture(&v->match, name);

	if (c == NULL || c->type != type) {
		log_event(LOG_ALARM, "no-such-capture", "name", name, NULL);
		abort();
	}
	return c;
}

struct uuid
visit_uuid(const struct visit *v, const char *name)
{
	return captured(v, name, CAPTURE_UUID)->uuid;
}

int64_t
visit_int(const struct visit *v, const char *name)
{
	return captured(v, name, CAPTURE_INT)->number;
}

const char *
visit_text(const struct visit *v, const char *name)
{
	const struct capture *c = route_capture(&v->match, name);

	if (c != NULL && (c->type == CAPTURE_REFERENCE ||
	    c->type == CAPTURE_TOKEN))
		return c->text;
	return captured(v, name, CAPTURE_WORD)->text;
}

bool
visit_session(struct visit *v, const struct session **out, struct err *e)
{
	const char *token = v->request->cookie_session;
	struct session *s = NULL;

	if (!v->session_asked && token != NULL) {
		if (!session_find(v->room, v->arena, token, &s, e))
			return false;
		v->session = s;
		if (s != NULL)
			guard_token(&s->token, v->csrf);
	}
	v->session_asked = true;
	*out = v->session;
	return true;
}

static const char *
cookie_name(struct visit *v, const char *what)
{
	return arena_printf(v->arena, "__Host-%s-%s",
	    conf_text(v->conf, "authority", "instance"), what);
}

void
visit_set_session(struct visit *v, const char *room, const char *token,
    int64_t seconds)
{
	response_cookie(v->response, cookie_name(v, room),
	    token != NULL ? token : "", token != NULL ? seconds : -1);
}

void
visit_set_language(struct visit *v, const char *tag)
{
	response_cookie(v->response, v->serve->cookies.language, tag,
	    LANGUAGE_KEPT);
}

struct hash
visit_remote(const struct visit *v)
{
	return guard_remote(&v->room->limit_key, v->request->remote);
}

static unsigned
status_of(enum err_code code)
{
	static const unsigned statuses[] = {
		[ERR_NONE]	= 500,
		[ERR_INPUT]	= 400,
		[ERR_ABSENT]	= 404,
		[ERR_DENIED]	= 403,
		[ERR_CONFLICT]	= 409,
		[ERR_LIMIT]	= 429,
		[ERR_BUSY]	= 503,
		[ERR_LOST]	= 503,
		[ERR_UNKNOWN]	= 503,
		[ERR_SYSTEM]	= 500,
	};
	_Static_assert(sizeof statuses / sizeof *statuses == ERR__MAX,
	    "an error code has no status");

	return code < ERR__MAX ? statuses[code] : 500;
}

void
visit_fail(struct visit *v, const struct err *e)
{
	visit_refuse(v, status_of(e->code), e);
}

/* The pattern of the route, not the path: what a person asked for stays
 * unlogged. */
static void
log_refusal(const struct visit *v, unsigned status, const struct err *e)
{
	const struct route *r = v->match.route;
	char number[12];

	snprintf(number, sizeof number, "%u", status);
	log_event(status >= 500 ? LOG_ERROR : LOG_INFO, "request-failed",
	    "reference", v->reference, "status", number,
	    "route", r != NULL ? r->path : "-",
	    "code", e != NULL ? err_name(e->code) : "-",
	    "rule", e != NULL ? e->constraint : "",
	    "why", e != NULL ? e->text : "", NULL);
}

void
visit_refuse(struct visit *v, unsigned status, const struct err *e)
{
	log_refusal(v, status, e);
	*v->response = response_new(v->arena);
	v->html = html_new(v->arena);
	error_page(v, status, e);
}

void
visit_keep(struct visit *v, const struct answers *answers)
{
	v->kept = answers;
}

void
visit_back(struct visit *v, const char *path)
{
	v->back = path;
}

const char *
visit_path(struct visit *v, const char *fmt, ...)
{
	struct buf b = buf_new(v->arena, 0);
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(&b, fmt, ap);
	va_end(ap);
	return buf_text(&b);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One request after another. The order of the questions is the order of
 * their price: nothing is looked up for a path that does not exist, and no
 * body is read for somebody who may not send it.
 */
#include "cgi-bin/serve.h"

#include "cgi-bin/children.h"
#include "cgi-bin/html.h"
#include "cgi-bin/http.h"
#include "cgi-bin/program.h"
#include "cgi-bin/visit.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/log.h"
#include "lib/str.h"
#include "lib/text.h"
#include "services/pulse.h"
#include "services/session.h"

enum {
	IDLE_MS = 60 * 1000
};

/* Eight letters without look-alikes, to be read over the telephone. */
static void
make_reference(char out[VISIT_REFERENCE])
{
	static const char letters[] = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
	uint8_t random[8];
	size_t n = 0;

	crypto_random(random, sizeof random);
	for (size_t i = 0; i < sizeof random; i++) {
		if (i == 4)
			out[n++] = '-';
		out[n++] = letters[random[i] % (sizeof letters - 1)];
	}
	out[n] = '\0';
}

static void
choose_language(struct visit *v)
{
	const struct request *r = v->request;

	if (r->cookie_language == NULL || !text_use(r->cookie_language))
		text_use(text_choose(r->accept_language));
	v->language = text_tag();
}

/* A link of the language switch: remember, and show the same page in it. */
static bool
switch_language(struct visit *v)
{
	const struct request *r = v->request;
	const char *wanted = request_query(r, "lang");

	if (r->method != METHOD_GET || wanted == NULL || !text_use(wanted))
		return false;
	response_redirect(v->response, query_address(v->arena, r->path,
	    &r->query, "lang"));
	visit_set_language(v, text_tag());
	return true;
}

static bool
find_route(struct visit *v)
{
	const struct program *p = v->serve->program;
	const struct request *r = v->request;

	if (route_find(v->arena, p->routes, p->n, r->method, r->path,
	    &v->match))
		return true;
	for (size_t i = 0; i < METHOD__MAX; i++) {
		if (!v->match.allowed[i])
			continue;
		visit_refuse(v, 405, NULL);
		response_header(v->response, "Allow",
		    route_allow(v->arena, &v->match));
		return false;
	}
	visit_refuse(v, 404, NULL);
	return false;
}

/* By way of account, and back to this page; back to the start if what was
 * asked for cannot be asked for again. */
static void
show_way_in(struct visit *v)
{
	const struct request *r = v->request;
	struct buf b = buf_new(v->arena, 0);
	const char *to = "/";

	if (r->method == METHOD_GET)
		to = query_address(v->arena, r->path, &r->query, NULL);
	else if (v->match.allowed[METHOD_GET])
		to = r->path;
	buf_puts(&b, "/account/enter?room=");
	query_escape(&b, v->serve->program->name);
	buf_puts(&b, "&to=");
	query_escape(&b, to);
	response_redirect(v->response, buf_text(&b));
}

static bool
pass_guard(struct visit *v)
{
	const struct route *r = v->match.route;
	const struct session *s = NULL;
	struct err e;

	if (r->guard == GUARD_ANYONE && r->csrf != CSRF_TOKEN)
		return true;
	if (!visit_session(v, &s, &e)) {
		visit_fail(v, &e);
		return false;
	}
	if (s != NULL && v->request->cookie_language == NULL &&
	    s->language != NULL && text_use(s->language))
		v->language = text_tag();
	switch (guard_weigh(r->guard, s)) {
	case GUARD_PASS:
		return true;
	case GUARD_ENTER:
		show_way_in(v);
		return false;
	case GUARD_DENY:
		break;
	}
	err_rule(&e, "guard_role", "another role's page");
	visit_fail(v, &e);
	return false;
}

static bool
pass_csrf(struct visit *v, enum csrf level)
{
	const struct secret *token = v->session != NULL ?
	    &v->session->token : NULL;
	struct err e;

	if (guard_csrf(level, v->request, v->serve->origin, token))
		return true;
	err_rule(&e, "guard_csrf", "not from a page of ours");
	visit_fail(v, &e);
	return false;
}

/* A POST: where from, then what, then by whose hand. */
static bool
read_post(struct visit *v, struct request *r,
    const struct request_body *body)
{
	const struct route *route = v->match.route;
	struct err e;
	bool ok;

	if (r->method != METHOD_POST)
		return true;
	if (route->csrf != CSRF_NONE && !pass_csrf(v, CSRF_ORIGIN))
		return false;
	if (route->body == ROUTE_RAW)
		ok = request_raw(r, v->arena, body, &e);
	else
		ok = request_body(r, v->arena, body, &e);
	if (!ok) {
		visit_refuse(v, r->refusal, &e);
		return false;
	}
	return route->csrf != CSRF_TOKEN || pass_csrf(v, CSRF_TOKEN);
}

static void
answer(struct visit *v, struct request *r, const struct request_body *body)
{
	if (!find_route(v) || switch_language(v) || !pass_guard(v) ||
	    !read_post(v, r, body))
		return;
	v->match.route->handle(v);
}

/* What the handler wrote, or the proof that it wrote nothing. */
static void
finish(struct visit *v)
{
	struct response *r = v->response;

	if (!r->page)
		return;
	r->body = html_finish(v->html);
	if (r->body.n == 0) {
		struct err e;

		err_set(&e, ERR_SYSTEM, "the handler answered nothing");
		visit_fail(v, &e);
		r->body = html_finish(v->html);
	}
	if (r->status == 0)
		r->status = 200;
}

void
serve_request(const struct serve *s, struct arena *a,
    char *const *variables, const struct request_body *body,
    struct response *response, bool *head)
{
	struct request r;
	struct visit v = {
		.serve = s,
		.conf = s->conf,
		.room = s->room,
		.arena = a,
		.request = &r,
		.response = response,
		.html = html_new(a),
	};
	struct err e;
	bool ok;

	*response = response_new(a);
	make_reference(v.reference);
	ok = request_head(&r, a, variables, &s->cookies, &e);
	*head = r.head;
	choose_language(&v);
	if (ok)
		answer(&v, &r, body);
	else
		visit_refuse(&v, r.refusal, &e);
	finish(&v);
}

static void
answer_next(const struct serve *s, struct arena *a, struct http *h)
{
	struct request_body body = { http_read, h };
	struct response response;
	bool head;

	serve_request(s, a, http_variables(h), &body, &response, &head);
	http_send(h, &response, head);
}

bool
serve_run(const struct serve *s, const struct child *child, int listening,
    struct err *e)
{
	enum http_event event;
	struct arena *a;
	struct http *h;

	if (!http_open(listening, child->stop, &h, e))
		return false;
	a = arena_new(ARENA_REQUEST_LIMIT);
	child_ready(child);
	while ((event = http_wait(h, IDLE_MS)) != HTTP_END) {
		if (event == HTTP_REQUEST)
			answer_next(s, a, h);
		pulse_beat(s->room, a);
		arena_reset(a);
	}
	arena_free(a);
	http_close(h);
	return true;
}

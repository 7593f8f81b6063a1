/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Matching paths against a program's table, in the table's order, and
 * checking such tables. It calls no handler and asks no guard.
 */
#include "cgi-bin/route.h"

#include <string.h>

#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"
#include "services/reference.h"

enum {
	WORD = 64,	/* letters of a word */
	TOKEN = 43	/* of 32 bytes (RFC 4648 5, without padding) */
};
#define INT_LAST	(INT64_C(1) << 53)

static const char *const types[] = {
	[CAPTURE_UUID]		= "uuid",
	[CAPTURE_WORD]		= "word",
	[CAPTURE_INT]		= "int",
	[CAPTURE_REFERENCE]	= "reference",
	[CAPTURE_TOKEN]		= "token",
};
_Static_assert(sizeof types / sizeof *types == CAPTURE__MAX,
    "a capture type has no name");

/* "{name:type}" of n bytes. False if it is anything else. */
static bool
parse_capture(const char *p, size_t n, struct capture *c)
{
	const char *colon = memchr(p, ':', n);
	size_t length;

	if (n < 2 || p[0] != '{' || p[n - 1] != '}' || colon == NULL ||
	    colon == p + 1)
		return false;
	length = (size_t)(p + n - 1 - (colon + 1));
	for (size_t t = 0; t < CAPTURE__MAX; t++) {
		if (strlen(types[t]) == length &&
		    memcmp(colon + 1, types[t], length) == 0) {
			*c = (struct capture){
				.name = p + 1,
				.name_length = (size_t)(colon - (p + 1)),
				.type = (enum capture_type)t,
			};
			return true;
		}
	}
	return false;
}

static bool
read_segment(struct arena *a, const char *s, size_t n, struct capture *c)
{
	char reference[REFERENCE_TEXT];
	struct err ignored;

	c->text = arena_strndup(a, s, n);
	switch (c->type) {
	case CAPTURE_UUID:
		return uuid_parse(c->text, &c->uuid, &ignored);
	case CAPTURE_WORD:
		return n > 0 && n <= WORD && s[0] != '-' && strspn(c->text,
		    "abcdefghijklmnopqrstuvwxyz0123456789-") == n;
	case CAPTURE_INT:
		return str_int(c->text, 0, INT_LAST, &c->number, &ignored);
	case CAPTURE_REFERENCE:
		if (!reference_parse(c->text, reference, &ignored))
			return false;
		c->text = arena_strdup(a, reference);
		return true;
	case CAPTURE_TOKEN:
		return n == TOKEN && strspn(c->text,
		    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
		    "0123456789-_") == n;
	case CAPTURE__MAX:
		break;
	}
	return false;
}

/* One segment of the pattern against one of the path. */
static bool
match_segment(struct arena *a, const char *pattern, size_t n,
    const char *path, size_t m, struct route_match *out)
{
	struct capture c;

	if (n == 0 || pattern[0] != '{')
		return n == m && memcmp(pattern, path, n) == 0;
	if (out->captures == ROUTE_CAPTURES || !parse_capture(pattern, n, &c)
	    || !read_segment(a, path, m, &c))
		return false;
	out->capture[out->captures++] = c;
	return true;
}

static bool
match(struct arena *a, const char *pattern, const char *path,
    struct route_match *out)
{
	out->captures = 0;
	while (*pattern == '/' && *path == '/') {
		size_t n = strcspn(++pattern, "/");
		size_t m = strcspn(++path, "/");

		if (!match_segment(a, pattern, n, path, m, out))
			return false;
		pattern += n;
		path += m;
	}
	return *pattern == '\0' && *path == '\0';
}

bool
route_find(struct arena *a, const struct route *routes, size_t n,
    enum method method, const char *path, struct route_match *out)
{
	struct route_match tried;

	*out = (struct route_match){ .route = NULL };
	for (size_t i = 0; i < n; i++) {
		if (!match(a, routes[i].path, path, &tried))
			continue;
		out->allowed[routes[i].method] = true;
		if (out->route != NULL || routes[i].method != method)
			continue;
		out->route = &routes[i];
		out->captures = tried.captures;
		memcpy(out->capture, tried.capture, sizeof out->capture);
	}
	return out->route != NULL;
}

const struct capture *
route_capture(const struct route_match *m, const char *name)
{
	for (size_t i = 0; i < m->captures; i++) {
		const struct capture *c = &m->capture[i];

		if (strlen(name) == c->name_length &&
		    memcmp(name, c->name, c->name_length) == 0)
			return c;
	}
	return NULL;
}

const char *
route_allow(struct arena *a, const struct route_match *m)
{
	bool get = m->allowed[METHOD_GET], post = m->allowed[METHOD_POST];

	return arena_printf(a, "%s%s%s", get ? "GET, HEAD" : "",
	    get && post ? ", " : "", post ? "POST" : "");
}

static bool
is_literal(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (strchr("abcdefghijklmnopqrstuvwxyz0123456789-._~",
		    s[i]) == NULL)
			return false;
	}
	return n > 0;
}

static bool
check_pattern(const struct route *r, struct err *e)
{
	const char *p = r->path;
	unsigned captures = 0;
	struct capture c;

	if (p == NULL || *p != '/')
		return err_set(e, ERR_INPUT, "a route without a path");
	if (strcmp(p, "/") == 0)
		return true;
	while (*p == '/') {
		size_t n = strcspn(++p, "/");

		if (*p == '{' && !parse_capture(p, n, &c))
			return err_set(e, ERR_INPUT, "%s: no such capture",
			    r->path);
		if (*p == '{' && ++captures > ROUTE_CAPTURES)
			return err_set(e, ERR_INPUT, "%s: over %d captures",
			    r->path, ROUTE_CAPTURES);
		if (*p != '{' && !is_literal(p, n))
			return err_set(e, ERR_INPUT, "%s: an empty segment, "
			    "or a letter that is not a-z", r->path);
		p += n;
	}
	return true;
}

static bool
check_post(const struct route *r, struct err *e)
{
	if (r->body == ROUTE_RAW) {
		if (r->guard != GUARD_ANYONE || r->csrf != CSRF_NONE)
			return err_set(e, ERR_INPUT, "%s: a raw body is from "
			    "nobody's page", r->path);
		return true;
	}
	if (r->guard == GUARD_ANYONE && r->csrf < CSRF_ORIGIN)
		return err_set(e, ERR_INPUT, "%s: a POST needs CSRF_ORIGIN",
		    r->path);
	if (r->guard != GUARD_ANYONE && r->csrf < CSRF_TOKEN)
		return err_set(e, ERR_INPUT, "%s: a POST behind a guard "
		    "needs CSRF_TOKEN", r->path);
	return true;
}

static bool
check_route(const struct route *r, struct err *e)
{
	if (!check_pattern(r, e))
		return false;
	if (r->guard <= GUARD_NONE || r->guard >= GUARD__MAX)
		return err_set(e, ERR_INPUT, "%s: names no guard", r->path);
	if (r->csrf >= CSRF__MAX)
		return err_set(e, ERR_INPUT, "%s: no such CSRF", r->path);
	if (r->handle == NULL)
		return err_set(e, ERR_INPUT, "%s: no handler", r->path);
	if (r->method == METHOD_POST)
		return check_post(r, e);
	if (r->method != METHOD_GET)
		return err_set(e, ERR_INPUT, "%s: neither GET nor POST",
		    r->path);
	if (r->csrf != CSRF_NONE || r->body != ROUTE_FORM)
		return err_set(e, ERR_INPUT, "%s: a GET changes nothing",
		    r->path);
	return true;
}

bool
route_lint(const struct route *routes, size_t n, struct err *e)
{
	for (size_t i = 0; i < n; i++) {
		if (!check_route(&routes[i], e))
			return false;
		for (size_t j = 0; j < i; j++) {
			if (routes[i].method == routes[j].method &&
			    strcmp(routes[i].path, routes[j].path) == 0)
				return err_set(e, ERR_INPUT,
				    "%s: there twice", routes[i].path);
		}
	}
	return true;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The head of a request and its bodies, within limits. It reads and refuses;
 * it never answers, and it has no opinion on who may ask.
 */
#include "cgi-bin/request.h"

#include <stddef.h>
#include <string.h>

#include "cgi-bin/multipart.h"
#include "cgi-bin/parameter.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/str.h"

enum {
	LANGUAGE_TAG = 35,	/* RFC 5646 4.4.1 */
	READ_SIZE = 16 * 1024
};

/* A head value and where it goes; all of them may be missing. */
static const struct {
	const char	*name;
	size_t		 offset;
} heads[] = {
	{ "HTTP_HOST", offsetof(struct request, host) },
	{ "HTTP_ORIGIN", offsetof(struct request, origin) },
	{ "HTTP_SEC_FETCH_SITE", offsetof(struct request, fetch_site) },
	{ "HTTP_ACCEPT_LANGUAGE", offsetof(struct request, accept_language) },
	{ "CONTENT_TYPE", offsetof(struct request, content_type) },
	{ "REMOTE_ADDR", offsetof(struct request, remote) },
};

static bool
refuse(struct request *r, unsigned status, enum err_code code,
    const char *why, struct err *e)
{
	r->refusal = status;
	return err_set(e, code, "%s", why);
}

/* The value of a variable, or NULL if it is missing or empty. */
static const char *
variable(char *const *variables, const char *name)
{
	size_t n = strlen(name);

	for (; *variables != NULL; variables++) {
		if (strncmp(*variables, name, n) == 0 &&
		    (*variables)[n] == '=')
			return (*variables)[n + 1] != '\0' ?
			    *variables + n + 1 : NULL;
	}
	return NULL;
}

static bool
read_head_value(struct request *r, struct arena *a, const char *value,
    const char **out, struct err *e)
{
	if (value == NULL)
		return true;
	if (strlen(value) > REQUEST_HEAD)
		return refuse(r, 431, ERR_LIMIT, "a header too long", e);
	if (!str_utf8(bytes_of(value)))
		return refuse(r, 400, ERR_INPUT, "a header no UTF-8", e);
	*out = arena_strdup(a, value);
	return true;
}

static void
read_method(struct request *r, const char *method)
{
	r->head = str_equal(method, "HEAD");
	if (r->head || str_equal(method, "GET"))
		r->method = METHOD_GET;
	else if (str_equal(method, "POST"))
		r->method = METHOD_POST;
	else
		r->method = METHOD_OTHER;
}

/* The address as the browser sent it; a front server's own idea of it has
 * lost what was escaped. */
static bool
read_target(struct request *r, struct arena *a, const char *target,
    struct err *e)
{
	size_t split;

	r->path = "/";
	if (target == NULL || *target != '/')
		return refuse(r, 400, ERR_INPUT, "no path", e);
	if (strlen(target) > REQUEST_HEAD)
		return refuse(r, 414, ERR_LIMIT, "an address too long", e);
	split = strcspn(target, "?");
	r->refusal = 400;
	if (!query_path(a, bytes(target, split), &r->path, e))
		return false;
	if (target[split] == '?' && !query_parse(a,
	    bytes_of(target + split + 1), &r->query, e))
		return false;
	r->refusal = 0;
	return true;
}

/*
 * The value of a cookie (RFC 6265 4.2.1) if it is there once, not too long,
 * and of letters that ours are made of. Anything else is as good as none:
 * a browser cannot help what another program of the same host once set.
 */
static const char *
cookie(struct arena *a, const char *all, const char *name, size_t most)
{
	const char *found = NULL;
	size_t length = strlen(name), found_n = 0;

	while (all != NULL && *all != '\0') {
		size_t n;

		all += strspn(all, " ;");
		n = strcspn(all, ";");
		if (n > length && strncmp(all, name, length) == 0 &&
		    all[length] == '=') {
			if (found != NULL)
				return NULL;
			found = all + length + 1;
			found_n = n - length - 1;
		}
		all += n;
	}
	if (found == NULL || found_n == 0 || found_n > most ||
	    strspn(found, "abcdefghijklmnopqrstuvwxyz0123456789"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ-_") != found_n)
		return NULL;
	return arena_strndup(a, found, found_n);
}

static bool
read_cookies(struct request *r, struct arena *a, const char *value,
    const struct request_cookies *names, struct err *e)
{
	const char *all = NULL;

	if (!read_head_value(r, a, value, &all, e))
		return false;
	r->cookie_session = cookie(a, all, names->session, REQUEST_TOKEN);
	r->cookie_language = cookie(a, all, names->language, LANGUAGE_TAG);
	return true;
}

bool
request_head(struct request *r, struct arena *a, char *const *variables,
    const struct request_cookies *names, struct err *e)
{
	const char *length = variable(variables, "CONTENT_LENGTH");

	*r = (struct request){ .path = "/" };
	read_method(r, variable(variables, "REQUEST_METHOD"));
	if (!read_target(r, a, variable(variables, "REQUEST_URI"), e))
		return false;
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
		void *at = (char *)r + heads[i].offset;

		if (!read_head_value(r, a, variable(variables, heads[i].name),
		    at, e))
			return false;
	}
	if (length != NULL && !str_uint(length, INT64_MAX, &r->length, e))
		return refuse(r, 400, ERR_INPUT, "no length of a body", e);
	return read_cookies(r, a, variable(variables, "HTTP_COOKIE"), names,
	    e);
}

/* All of the body, piece by piece, to whoever takes it. */
static bool
read_body(struct request *r, const struct request_body *body,
    bool (*take)(void *, struct bytes, struct err *), void *arg,
    struct err *e)
{
	uint8_t piece[READ_SIZE];
	uint64_t left = r->length;

	while (left > 0) {
		size_t most = left < sizeof piece ? left : sizeof piece;
		ssize_t n = body->read(body->arg, piece, most);

		if (n <= 0)
			return refuse(r, 400, ERR_INPUT,
			    "the body ended early", e);
		left -= (uint64_t)n;
		if (!take(arg, bytes(piece, (size_t)n), e))
			return false;
	}
	return true;
}

static bool
take_whole(void *arg, struct bytes piece, struct err *e)
{
	(void)e;
	buf_put_bytes(arg, piece);
	return true;
}

static bool
read_whole(struct request *r, struct arena *a,
    const struct request_body *body, uint64_t most, struct bytes *out,
    struct err *e)
{
	struct buf all;

	if (r->length > most)
		return refuse(r, 413, ERR_LIMIT, "the body is too large", e);
	all = buf_new(a, r->length);
	if (!read_body(r, body, take_whole, &all, e))
		return false;
	*out = buf_bytes(&all);
	return true;
}

static bool
read_encoded(struct request *r, struct arena *a,
    const struct request_body *body, struct err *e)
{
	struct bytes all;

	if (!read_whole(r, a, body, REQUEST_FORM, &all, e))
		return false;
	r->refusal = 400;
	if (!query_parse(a, all, &r->form, e))
		return false;
	r->refusal = 0;
	return true;
}

/* The part being read from a multipart body. */
struct collector {
	struct request	*request;
	struct arena	*arena;
	struct multipart *parser;
	const struct multipart_part *part;
	struct buf	 data;
};

static bool
begin_part(void *arg, const struct multipart_part *part, struct err *e)
{
	struct collector *c = arg;

	if (strlen(part->name) > QUERY_NAME)
		return err_set(e, ERR_INPUT, "a name over %d bytes",
		    QUERY_NAME);
	c->part = part;
	c->data = buf_new(c->arena, 0);
	return true;
}

static bool
take_data(void *arg, struct bytes piece, struct err *e)
{
	struct collector *c = arg;

	if (c->part->filename == NULL && c->data.n + piece.n > REQUEST_FORM)
		return err_set(e, ERR_LIMIT, "a field too long");
	buf_put_bytes(&c->data, piece);
	return true;
}

/* Some browsers send the whole path; what stands behind its last separator
 * is all that anybody should see. */
static const char *
base_name(const char *filename)
{
	const char *base = filename;

	for (const char *p = filename; *p != '\0'; p++) {
		if (*p == '/' || *p == '\\')
			base = p + 1;
	}
	return base;
}

static bool
end_file(struct collector *c, struct err *e)
{
	struct request *r = c->request;

	/* A file field that was left empty. */
	if (*c->part->filename == '\0' && c->data.n == 0)
		return true;
	if (r->upload == NULL)
		r->upload = arena_array(c->arena, REQUEST_FILES,
		    sizeof *r->upload);
	if (r->uploads == REQUEST_FILES)
		return err_set(e, ERR_LIMIT, "more than %d files",
		    REQUEST_FILES);
	r->upload[r->uploads++] = (struct upload){
		.name = c->part->name,
		.filename = base_name(c->part->filename),
		.type = c->part->type,
		.data = buf_bytes(&c->data),
	};
	return true;
}

static bool
end_part(void *arg, struct err *e)
{
	struct collector *c = arg;

	if (c->part->filename != NULL)
		return end_file(c, e);
	if (!str_utf8(buf_bytes(&c->data)))
		return err_set(e, ERR_INPUT, "text that is no UTF-8");
	return query_add(c->arena, &c->request->form, c->part->name,
	    buf_text(&c->data), e);
}

static bool
feed(void *arg, struct bytes piece, struct err *e)
{
	struct collector *c = arg;

	return multipart_feed(c->parser, piece, e);
}

static bool
read_multipart(struct request *r, struct arena *a,
    const struct request_body *body, struct err *e)
{
	struct collector c = { .request = r, .arena = a };
	struct multipart_sink sink = { begin_part, take_data, end_part, &c };
	const char *boundary;

	if (r->length > REQUEST_UPLOAD)
		return refuse(r, 413, ERR_LIMIT, "the body is too large", e);
	r->refusal = 400;
	if (!multipart_boundary(a, r->content_type, &boundary, e))
		return false;
	c.parser = multipart_new(a, boundary, &sink);
	if (!read_body(r, body, feed, &c, e) || !multipart_end(c.parser, e))
		return false;
	r->refusal = 0;
	return true;
}

bool
request_body(struct request *r, struct arena *a,
    const struct request_body *body, struct err *e)
{
	const char *type = r->content_type;

	if (type == NULL && r->length == 0)
		return true;
	if (type != NULL &&
	    parameter_is(type, "application/x-www-form-urlencoded"))
		return read_encoded(r, a, body, e);
	if (type != NULL && parameter_is(type, "multipart/form-data"))
		return read_multipart(r, a, body, e);
	return refuse(r, 415, ERR_INPUT, "a body that is no form", e);
}

bool
request_raw(struct request *r, struct arena *a,
    const struct request_body *body, struct err *e)
{
	return read_whole(r, a, body, REQUEST_RAW, &r->raw, e);
}

const char *
request_query(const struct request *r, const char *name)
{
	return query_find(&r->query, name);
}

const char *
request_form(const struct request *r, const char *name)
{
	return query_find(&r->form, name);
}

const char *
request_form_next(const struct request *r, const char *name, size_t *i)
{
	return query_next(&r->form, name, i);
}

const struct upload *
request_file(const struct request *r, const char *name)
{
	for (size_t i = 0; i < r->uploads; i++) {
		if (strcmp(r->upload[i].name, name) == 0)
			return &r->upload[i];
	}
	return NULL;
}

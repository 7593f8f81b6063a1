/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the browser asked for, read whole and checked before anybody looks:
 * every string is valid UTF-8 without NUL and lives until the request's
 * arena is reset. It knows nothing of FastCGI: the head comes as variables
 * (RFC 3875 4.1), the body from a function, so tests need no server.
 */
#ifndef CGI_BIN_REQUEST_H
#define CGI_BIN_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "cgi-bin/query.h"
#include "lib/bytes.h"

struct arena;
struct err;

enum {
	REQUEST_HEAD = 8192,			/* bytes of a head value */
	REQUEST_FORM = 1024 * 1024,		/* bytes of an encoded form */
	REQUEST_UPLOAD = 12 * 1024 * 1024,	/* bytes of a multipart body */
	REQUEST_RAW = 12 * 1024 * 1024,		/* bytes of any other body */
	REQUEST_FILES = 20,
	REQUEST_TOKEN = 128			/* bytes of a session cookie */
};

enum method {
	METHOD_GET,	/* HEAD too: the answer is the same, unsent */
	METHOD_POST,
	METHOD_OTHER,	/* known to nobody here: 405 */
	METHOD__MAX
};

/* A file of a multipart form. The browser's name for it and its type are
 * claims, to be shown and never believed. */
struct upload {
	const char	*name;		/* of the field */
	const char	*filename;	/* its last path component; may be "" */
	const char	*type;
	struct bytes	 data;
};

struct request {
	enum method	 method;
	bool		 head;		/* HEAD: no body goes back */
	const char	*path;		/* decoded, starts with a slash */
	struct pairs	 query;
	struct pairs	 form;
	struct upload	*upload;	/* REQUEST_FILES of them, or NULL */
	size_t		 uploads;
	struct bytes	 raw;		/* request_raw() only */

	const char	*cookie_session;	/* this room's token, or NULL */
	const char	*cookie_language;	/* a tag, or NULL */

	/* Head values; NULL where not sent. */
	const char	*host;
	const char	*origin;
	const char	*fetch_site;	/* Sec-Fetch-Site */
	const char	*accept_language;
	const char	*content_type;
	const char	*remote;	/* address: see guard_remote() */

	uint64_t	 length;	/* of the body, as announced */
	unsigned	 refusal;	/* HTTP status of a failure, or 0 */
};

/* Names of the cookies that matter here: "__Host-<instance>-<room>" and
 * "__Host-<instance>-language". */
struct request_cookies {
	const char	*session;
	const char	*language;
};

/* Where the body comes from: at most n bytes into out; 0 at its end, less
 * than 0 if the connection broke. */
struct request_body {
	ssize_t	(*read)(void *arg, uint8_t *out, size_t n);
	void	*arg;
};

/*
 * The head, from "NAME=value" strings ended by NULL. ERR_INPUT or ERR_LIMIT,
 * with refusal set to the status that says so (400, 413, 414, 431).
 */
bool	request_head(struct request *, struct arena *, char *const *variables,
	    const struct request_cookies *, struct err *e);

/* The body of a form, into form and upload. Refusal 400, 413 or 415. */
bool	request_body(struct request *, struct arena *,
	    const struct request_body *, struct err *e);

/* The body as it is, into raw, for what is no form. Refusal 400 or 413. */
bool	request_raw(struct request *, struct arena *,
	    const struct request_body *, struct err *e);

/* The first value of that name, or NULL. */
const char	*request_query(const struct request *, const char *name);
const char	*request_form(const struct request *, const char *name);

/* All values of that name, one a call, from *i = 0; then NULL. */
const char	*request_form_next(const struct request *, const char *name,
		    size_t *i);

/* The first file of that field that has a name or bytes; NULL if none. */
const struct upload	*request_file(const struct request *,
			    const char *name);

#endif

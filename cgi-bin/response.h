/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What goes back: a status, headers and bytes, sent whole when the handler
 * is done. The headers that protect the reader (content security policy and
 * its kin) are on every response and nobody can leave them out.
 */
#ifndef CGI_BIN_RESPONSE_H
#define CGI_BIN_RESPONSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/bytes.h"

struct arena;
struct buf;

enum {
	RESPONSE_HEADERS = 12
};

struct response_header {
	const char	*name;
	const char	*value;
};

/*
 * A body too long to hold: sent piece by piece, as the reader takes it. It
 * has an announced length, so that whoever gets less knows.
 */
struct response_stream {
	/* The next piece, until there is none: n is 0. A piece lives until
	 * the next call. False: the answer is cut off. */
	bool	(*next)(void *arg, struct bytes *piece);
	/* Always called once, whether it was sent or not. */
	void	(*end)(void *arg);
	void	*arg;
	uint64_t length;
};

struct response {
	struct arena	*arena;
	unsigned	 status;	/* 0: nothing was said yet */
	bool		 page;		/* the visit's html is the body */
	const char	*type;
	struct bytes	 body;
	const struct response_stream *stream;	/* in place of a body */
	bool		 shared;	/* caches may keep it */
	struct response_header header[RESPONSE_HEADERS];
	size_t		 headers;
};

struct response	response_new(struct arena *);

/* What was written to the visit's html goes out with this status: 200, or
 * 422 for a form shown again with its errors. Without a call it is 200. */
void	response_page(struct response *, unsigned status);

/*
 * 303 to a path of this site (Post/Redirect/Get). A path that is not
 * (response_is_local) goes to "/" instead, with an alarm in the log.
 */
void	response_redirect(struct response *, const char *path);

/* Does it start with one slash, hold only printable ASCII without backslash,
 * and so stay on this site however a browser reads it? */
bool	response_is_local(const char *path);

/* A file to keep, never shown in place (RFC 6266, name in RFC 8187). */
void	response_download(struct response *, const char *name,
	    const char *type, struct bytes);

/* The same, in pieces. The stream's own memory is the caller's to make, in
 * an arena of its own, and end() gives it back. */
void	response_stream(struct response *, const char *name,
	    const char *type, const struct response_stream *);

/* Bytes for a peer's program: a receipt of AS2, an answer in JSON. */
void	response_bytes(struct response *, unsigned status, const char *type,
	    struct bytes);

/* One more header; the value is the program's own, never typed text. */
void	response_header(struct response *, const char *name,
	    const char *value);

/* A __Host- cookie: Secure, HttpOnly, SameSite=Lax, Path=/. seconds: how
 * long a browser keeps it; 0 until it closes; less than 0 takes it away. */
void	response_cookie(struct response *, const char *name,
	    const char *value, int64_t seconds);

/* The head as CGI wants it, empty line included (RFC 3875 6.2). */
void	response_head(const struct response *, struct buf *);

#endif

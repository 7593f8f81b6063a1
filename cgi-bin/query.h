/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names and values as a browser sends them: application/x-www-form-urlencoded
 * (WHATWG URL 5.1) in an address or a body, and percent-encoded paths. Read
 * strictly: what does not decode to UTF-8 without NUL is rejected whole, so
 * that everything behind this header is text.
 */
#ifndef CGI_BIN_QUERY_H
#define CGI_BIN_QUERY_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/bytes.h"

struct arena;
struct buf;
struct err;

enum {
	QUERY_PAIRS = 500,	/* names and values of one request */
	QUERY_NAME = 256	/* bytes of a decoded name */
};

struct pair {
	const char	*name;
	const char	*value;
};

/* In the order they came; a name may come more than once. */
struct pairs {
	struct pair	*pair;
	size_t		 n;
	size_t		 capacity;
};

/*
 * Read pairs behind those already there. ERR_INPUT: a percent sign without
 * two hexadecimal digits, a NUL, bytes that are no UTF-8, an empty or overlong
 * name. ERR_LIMIT: more than QUERY_PAIRS. Nothing is added on failure.
 */
bool	query_parse(struct arena *, struct bytes, struct pairs *,
	    struct err *e);

/* One more pair; both strings must live as long as the arena. ERR_LIMIT. */
bool	query_add(struct arena *, struct pairs *, const char *name,
	    const char *value, struct err *e);

/* The first value of that name; NULL if there is none. */
const char	*query_find(const struct pairs *, const char *name);

/* The value that follows *i among those of that name, starting from *i = 0;
 * NULL when there is no more. */
const char	*query_next(const struct pairs *, const char *name, size_t *i);

/* A path with its escapes read (plus signs stay). ERR_INPUT as above, and
 * for an escaped slash, which would make two paths out of one. */
bool	query_path(struct arena *, struct bytes, const char **path,
	    struct err *e);

/* A value as it stands in an address: all but unreserved characters
 * (RFC 3986 2.3) escaped. */
void	query_escape(struct buf *, const char *);

/* A path and these pairs behind it, but for those of one name (or NULL). In
 * the arena. */
const char	*query_address(struct arena *, const char *path,
		    const struct pairs *, const char *but);

#endif

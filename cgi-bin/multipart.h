/* SPDX-License-Identifier: Apache-2.0 */
/*
 * multipart/form-data (RFC 7578), read as it arrives: any division of the
 * body into pieces gives the same parts. Stricter than RFC 2046 where no
 * browser needs the room: no preamble but empty lines, no folded headers, no
 * transfer encodings, no text after the last boundary.
 */
#ifndef CGI_BIN_MULTIPART_H
#define CGI_BIN_MULTIPART_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/bytes.h"

struct arena;
struct err;
struct multipart;

enum {
	MULTIPART_BOUNDARY = 70,	/* bytes, RFC 2046 5.1.1 */
	MULTIPART_HEADER = 1024,	/* bytes of one header line */
	MULTIPART_HEADERS = 8,		/* lines of one part */
	MULTIPART_PARTS = 500
};

struct multipart_part {
	const char	*name;
	const char	*filename;	/* NULL: a field, not a file */
	const char	*type;		/* as sent, or "text/plain" */
};

/*
 * Who takes the parts: begin, data any number of times, end, and so on. Any
 * of them may stop the reading by returning false with e filled. The part
 * lives until its end, its strings as long as the parser's arena, the data
 * only in the call.
 */
struct multipart_sink {
	bool	(*begin)(void *arg, const struct multipart_part *,
		    struct err *e);
	bool	(*data)(void *arg, struct bytes, struct err *e);
	bool	(*end)(void *arg, struct err *e);
	void	*arg;
};

/* The boundary parameter of a Content-Type, checked. ERR_INPUT. */
bool	multipart_boundary(struct arena *, const char *content_type,
	    const char **boundary, struct err *e);

/* The sink must outlive the parser. */
struct multipart	*multipart_new(struct arena *, const char *boundary,
			    const struct multipart_sink *);

/* The next bytes. ERR_INPUT: malformed; ERR_LIMIT: too many parts or too
 * long a header. After a failure the parser takes no more. */
bool	multipart_feed(struct multipart *, struct bytes, struct err *e);

/* The body has ended; ERR_INPUT if the last boundary had not come. */
bool	multipart_end(const struct multipart *, struct err *e);

/* Bytes taken so far; after a failure, where the offending byte lies. */
size_t	multipart_offset(const struct multipart *);

#endif

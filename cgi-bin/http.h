/* SPDX-License-Identifier: Apache-2.0 */
/*
 * FastCGI, and fcgiapp.h's only door: one listening socket, one request at a
 * time. What a request means, cgi-bin/request.h knows.
 */
#ifndef CGI_BIN_HTTP_H
#define CGI_BIN_HTTP_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct err;
struct http;
struct response;

enum {
	HTTP_DRAIN = 32 * 1024 * 1024	/* bytes of a body read for nothing */
};

/*
 * listening is made non-blocking: workers share it, and who comes second to
 * a connection must not wait inside accept(). stop: a descriptor that can be
 * read when the process is to end (cgi-bin/children.h), or -1. ERR_SYSTEM.
 */
bool	http_open(int listening, int stop, struct http **, struct err *e);
void	http_close(struct http *);

enum http_event {
	HTTP_REQUEST,	/* it must be answered by http_send() */
	HTTP_IDLE,	/* none came for so long */
	HTTP_END	/* the process is to end */
};

/* Wait for a request, at most so many ms. */
enum http_event	http_wait(struct http *, int idle_ms);

/* The head's variables; valid until http_send(). */
char *const	*http_variables(const struct http *);

/* The next bytes of the body, in the shape request.h wants: http is the
 * struct http. */
ssize_t	http_read(void *http, uint8_t *out, size_t n);

/* Send and finish. Without the body if head. A client that has gone is no
 * error: nobody is there to be told. */
void	http_send(struct http *, const struct response *, bool head);

#endif

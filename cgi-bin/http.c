/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The FastCGI door. It moves bytes and knows when to stop; it reads no header
 * and writes none of its own. Only cgi-bin/serve.c calls it.
 */
#include "cgi-bin/http.h"

#include <errno.h>
#include <fcgiapp.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "cgi-bin/response.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/log.h"

enum {
	HEAD_SIZE = 2048
};

struct http {
	FCGX_Request	 request;
	int		 listening;
	int		 stop;
};

static bool
set_nonblocking(int fd)
{
	int flags = fcntl(fd, F_GETFL);

	return flags >= 0 && fcntl(fd, F_SETFL, flags | O_NONBLOCK) == 0;
}

bool
http_open(int listening, int stop, struct http **out, struct err *e)
{
	struct http *h;

	if (!set_nonblocking(listening))
		return err_set(e, ERR_SYSTEM, "listening socket: %s",
		    strerror(errno));
	h = calloc(1, sizeof *h);
	if (h == NULL)
		return err_set(e, ERR_SYSTEM, "no memory");
	if (FCGX_Init() != 0 || FCGX_InitRequest(&h->request, listening,
	    FCGI_FAIL_ACCEPT_ON_INTR) != 0) {
		free(h);
		return err_set(e, ERR_SYSTEM, "FastCGI does not start");
	}
	h->listening = listening;
	h->stop = stop;
	*out = h;
	return true;
}

void
http_close(struct http *h)
{
	if (h == NULL)
		return;
	FCGX_Free(&h->request, 1);
	free(h);
}

/*
 * Both descriptors are asked for in one call, so a worker that is never idle
 * still sees that it is to end.
 */
enum http_event
http_wait(struct http *h, int idle_ms)
{
	struct pollfd fd[] = {
		{ .fd = h->listening, .events = POLLIN },
		{ .fd = h->stop, .events = POLLIN },
	};

	for (;;) {
		int n = poll(fd, sizeof fd / sizeof *fd, idle_ms);

		if (n == 0)
			return HTTP_IDLE;
		if (n < 0) {
			if (errno == EINTR)
				continue;
			return HTTP_END;
		}
		if (fd[1].revents != 0)
			return HTTP_END;
		if (fd[0].revents & (POLLERR | POLLNVAL)) {
			log_event(LOG_ALARM, "listening-socket-lost", NULL);
			return HTTP_END;
		}
		/* A failure is another worker's request, or a client that
		 * has gone again. */
		if (FCGX_Accept_r(&h->request) == 0)
			return HTTP_REQUEST;
	}
}

char *const *
http_variables(const struct http *h)
{
	return h->request.envp;
}

ssize_t
http_read(void *http, uint8_t *out, size_t n)
{
	struct http *h = http;
	int most = n < INT32_MAX ? (int)n : INT32_MAX;
	int got = FCGX_GetStr((char *)out, most, h->request.in);

	if (got <= 0 && FCGX_GetError(h->request.in) != 0)
		return -1;
	return got;
}

/* A front server that is still sending when the connection closes reports a
 * failure of ours instead of our answer. */
static void
drain(struct http *h)
{
	uint8_t piece[16 * 1024];
	size_t all = 0;
	ssize_t n;

	while (all < HTTP_DRAIN &&
	    (n = http_read(h, piece, sizeof piece)) > 0)
		all += (size_t)n;
}

void
http_send(struct http *h, const struct response *r, bool head)
{
	struct buf b = buf_new(r->arena, HEAD_SIZE);

	drain(h);
	response_head(r, &b);
	FCGX_PutStr((const char *)b.p, (int)b.n, h->request.out);
	if (!head && r->body.n > 0 && r->body.n <= INT32_MAX)
		FCGX_PutStr((const char *)r->body.p, (int)r->body.n,
		    h->request.out);
	FCGX_Finish_r(&h->request);
}

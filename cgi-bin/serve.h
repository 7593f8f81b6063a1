/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a web worker does all its life: take a request, find its route, ask
 * the guard, read the body, call the handler, send the answer.
 */
#ifndef CGI_BIN_SERVE_H
#define CGI_BIN_SERVE_H

#include <stdbool.h>

#include "cgi-bin/request.h"

struct arena;
struct child;
struct conf;
struct err;
struct program;
struct request_body;
struct response;
struct room;

struct serve {
	const struct program	*program;
	const struct conf	*conf;
	struct room		*room;
	const char		*origin;
	struct request_cookies	 cookies;
};

/* Serve from this listening socket until the child is told to end. */
bool	serve_run(const struct serve *, const struct child *, int listening,
	    struct err *e);

/*
 * One request, from its variables to its answer; what serve_run() does with
 * each, apart so that tests need no socket. head: was it HEAD?
 */
void	serve_request(const struct serve *, struct arena *,
	    char *const *variables, const struct request_body *,
	    struct response *, bool *head);

#endif

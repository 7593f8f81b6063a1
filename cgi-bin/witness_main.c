/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The witness as a FastCGI program. It is no room of an installation and
 * reads none of its configuration, so that others can run it for a log that
 * is not theirs:
 *
 *	-d FOLDER	its key, its name, the logs it knows, what it saw
 *	-i -n NAME	make key and name where there are none, print the
 *			vkey, and end
 *	-s PATH		listen at this Unix socket; without it standard input
 *	-g GROUP	who may connect to it besides ourselves
 *	-u USER		become this user
 */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "cgi-bin/children.h"
#include "cgi-bin/http.h"
#include "cgi-bin/listen.h"
#include "cgi-bin/request.h"
#include "cgi-bin/response.h"
#include "lib/arena.h"
#include "lib/crypto.h"
#include "lib/err.h"
#include "lib/log.h"
#include "lib/sandbox.h"
#include "lib/str.h"
#include "services/witness.h"

static const char add_checkpoint[] = "/add-checkpoint";

struct options {
	const char	*folder, *name, *socket, *group, *user;
	bool		 init;
};

struct start {
	struct options	 options;
	struct arena	*arena;
	struct witness	*witness;
	int		 listening;
};

static bool
read_options(int argc, char **argv, struct options *o)
{
	int c;

	while ((c = getopt(argc, argv, "d:g:in:s:u:")) != -1) {
		switch (c) {
		case 'd':
			o->folder = optarg;
			break;
		case 'g':
			o->group = optarg;
			break;
		case 'i':
			o->init = true;
			break;
		case 'n':
			o->name = optarg;
			break;
		case 's':
			o->socket = optarg;
			break;
		case 'u':
			o->user = optarg;
			break;
		default:
			return false;
		}
	}
	return optind == argc && o->folder != NULL &&
	    o->init == (o->name != NULL);
}

static bool
ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && str_equal(s + n - m, end);
}

/* Where the witness hangs in a site's paths is for the site to say. */
static void
answer(struct start *s, struct arena *a, struct http *h)
{
	static const struct request_cookies none = { "-", "-" };
	const struct request_body from = { http_read, h };
	struct response response = response_new(a);
	struct witness_answer w = { 404, "text/plain", bytes_of("") };
	struct request r;
	struct err e;

	if (!request_head(&r, a, http_variables(h), &none, &e))
		w.status = r.refusal;
	else if (!ends_with(r.path, add_checkpoint))
		w.status = 404;
	else if (r.method != METHOD_POST)
		w.status = 405;
	else if (r.length > WITNESS_BODY)
		w.status = 413;
	else if (!request_raw(&r, a, &from, &e))
		w.status = r.refusal;
	else
		w = witness_add(s->witness, a, r.raw);
	response_bytes(&response, w.status, w.type, w.body);
	if (w.status == 405)
		response_header(&response, "Allow", "POST");
	http_send(h, &response, false);
}

static bool
serve(struct start *s, const struct child *child, struct err *e)
{
	struct arena *a;
	struct http *h;

	crypto_forked();
	if (!http_open(s->listening, child->stop, &h, e) ||
	    !sandbox_enter(SANDBOX_READ_FILES | SANDBOX_WRITE_FILES, e))
		return false;
	a = arena_new(ARENA_REQUEST_LIMIT);
	child_ready(child);
	while (http_wait(h, -1) == HTTP_REQUEST) {
		answer(s, a, h);
		arena_reset(a);
	}
	arena_free(a);
	http_close(h);
	return true;
}

static int
run_child(void *arg, const struct child *child)
{
	struct err e;

	if (serve(arg, child, &e))
		return EX_OK;
	log_error("child-failed", &e);
	return EX_TEMPFAIL;
}

static bool
open_socket(struct start *s, struct err *e)
{
	s->listening = STDIN_FILENO;
	if (s->options.socket != NULL)
		return listen_unix(s->options.socket, s->options.group,
		    &s->listening, e);
	return listen_given(STDIN_FILENO) ||
	    err_set(e, ERR_SYSTEM, "give a socket with -s");
}

static bool
run(struct start *s, struct err *e)
{
	struct children children = { .n = 1, .run = run_child, .arg = s };
	const struct options *o = &s->options;
	const char *vkey;

	if (!crypto_init(e) || (!o->init && !open_socket(s, e)) ||
	    !sandbox_hide(e) ||
	    (o->user != NULL && !sandbox_become(o->user, e)))
		return false;
	if (o->init) {
		if (!witness_init(s->arena, o->folder, o->name, &vkey, e))
			return false;
		printf("%s\n", vkey);
		return fflush(stdout) == 0;
	}
	if (!witness_open(s->arena, o->folder, &s->witness, e))
		return false;
	log_event(LOG_INFO, "started", NULL);
	if (!children_run(&children, e))
		return false;
	log_event(LOG_INFO, "ended", NULL);
	return true;
}

int
main(int argc, char **argv)
{
	struct start s = { .listening = -1 };
	struct err e;

	log_init("witness", LOG_INFO);
	if (!read_options(argc, argv, &s.options)) {
		fprintf(stderr, "usage: witness -d folder [-s socket] "
		    "[-g group] [-u user]\n       witness -d folder -i -n "
		    "name [-u user]\n");
		return EX_USAGE;
	}
	s.arena = arena_new(0);
	if (run(&s, &e))
		return EX_OK;
	log_error("not-started", &e);
	return EX_CONFIG;
}

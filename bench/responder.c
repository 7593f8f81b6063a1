/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The bare FastCGI responder that our programs are measured against: it
 * checks, seals and renders nothing. For each request it plays the tape's
 * statements of that path through lib/db.h and answers the same bytes.
 *
 *	responder -c CONFIGURATION -s SOCKET [-g GROUP] -n WORKERS
 *	    [-b BODY-FILE] TAPE…
 *
 * The path on the tape is the end of the one asked for. Started by bench/run.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "bench/tape.h"
#include "cgi-bin/children.h"
#include "cgi-bin/http.h"
#include "cgi-bin/listen.h"
#include "cgi-bin/response.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/conf.h"
#include "lib/err.h"
#include "lib/log.h"
#include "lib/str.h"
#include "schema/key_statements.h"
#include "schema/registry.h"
#include "schema/statements.h"
#include "services/settings.h"

enum {
	SHELVES = 1 << 16,	/* a power of two, more than reels */
	TIMEOUT_MS = 20 * 1000
};

struct responder {
	struct arena		*arena;
	struct conf		*conf;
	const struct tape_reel	*shelf[SHELVES];
	size_t			 reels;
	struct bytes		 body;
	int			 listening;
	struct db		*data, *keys;	/* a child's */
};

/* FNV-1a, from the draft's id on. */
static size_t
place_of(const char *path)
{
	uint32_t h = 2166136261U;

	for (; *path != '\0'; path++)
		h = (h ^ (uint8_t)*path) * 16777619U;
	return h % SHELVES;
}

static const struct tape_reel **
shelf_of(struct responder *r, const char *path)
{
	size_t i = place_of(path);

	while (r->shelf[i] != NULL && strcmp(r->shelf[i]->path, path) != 0)
		i = (i + 1) % SHELVES;
	return &r->shelf[i];
}

static bool
load_tape(struct responder *r, const char *file, struct err *e)
{
	struct tape_reel *reel;
	FILE *f = fopen(file, "rbe");
	bool ok;

	if (f == NULL)
		return err_set(e, ERR_SYSTEM, "%.200s: cannot be read", file);
	while ((ok = tape_read(f, r->arena, &reel, e)) && reel != NULL &&
	    r->reels++ < SHELVES / 2)
		*shelf_of(r, reel->path) = reel;
	fclose(f);
	return ok;
}

static bool
load_body(struct responder *r, const char *file, struct err *e)
{
	struct buf b = buf_new(r->arena, 64 * 1024);
	char block[4096];
	size_t n;
	FILE *f = fopen(file, "rbe");

	if (f == NULL)
		return err_set(e, ERR_SYSTEM, "%.200s: cannot be read", file);
	while ((n = fread(block, 1, sizeof block, f)) > 0)
		buf_put(&b, block, n);
	fclose(f);
	r->body = buf_bytes(&b);
	return true;
}

static bool
connect_to(const struct responder *r, const char *database,
    const struct db_statement *table, size_t n, struct db **out,
    struct err *e)
{
	const struct db_conf conf = {
		.conninfo = arena_printf(r->arena,
		    "%s user=room_vehicle gssencmode=disable",
		    conf_text(r->conf, "database", database)),
		.statements = table,
		.n = n,
		.role = ROOM_VEHICLE,
		.timeout_ms = TIMEOUT_MS,
	};

	return db_open(&conf, out, e);
}

/* Reads first, each by itself as in our program; then the one flight, and
 * COMMIT alone. */
static bool
play(const struct responder *r, struct arena *a, const struct tape_reel *reel,
    struct err *e)
{
	struct db_act *act = NULL;

	for (size_t i = 0; i < reel->n; i++) {
		const struct tape_step *s = &reel->step[i];
		struct db_rows *rows;

		if (s->kind != TAPE_ACT) {
			if (!db_ask(s->kind == TAPE_ASK ? r->data : r->keys,
			    a, s->statement, s->value, s->n, &rows, e))
				return false;
			continue;
		}
		if (act == NULL)
			act = db_act_new(r->data, a);
		db_act_add(act, s->statement, s->value, s->n, NULL);
	}
	return act == NULL || (db_act_fly(act, e) && db_act_commit(act, e));
}

static const char *
path_asked(char *const *variables)
{
	static const char name[] = "REQUEST_URI=/bench";

	for (; *variables != NULL; variables++)
		if (str_starts(*variables, name))
			return *variables + sizeof name - 1;
	return "";
}

static void
answer(struct responder *r, struct arena *a, const char *path,
    struct response *out)
{
	const struct tape_reel *reel = *shelf_of(r, path);
	struct err e;

	*out = response_new(a);
	if (reel == NULL) {
		response_bytes(out, 404, "text/plain", bytes_of("no reel\n"));
	} else if (!play(r, a, reel, &e)) {
		log_error("play", &e);
		response_bytes(out, 500, "text/plain", bytes_of("failed\n"));
	} else if (reel->location != NULL) {
		response_redirect(out, reel->location);
	} else {
		response_bytes(out, 200, "text/html; charset=utf-8", r->body);
	}
}

static bool
serve(struct responder *r, const struct child *child, struct err *e)
{
	struct arena *a = arena_new(ARENA_REQUEST_LIMIT);
	struct response response;
	struct http *h;

	if (!connect_to(r, "data", statements, QUERY__MAX, &r->data, e) ||
	    !connect_to(r, "keys", key_statements, KEY_QUERY__MAX, &r->keys,
	    e) || !http_open(r->listening, child->stop, &h, e))
		return false;
	child_ready(child);
	while (http_wait(h, -1) == HTTP_REQUEST) {
		answer(r, a, path_asked(http_variables(h)), &response);
		http_send(h, &response, false);
		arena_reset(a);
	}
	http_close(h);
	db_close(r->data);
	db_close(r->keys);
	arena_free(a);
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
run(struct responder *r, int argc, char **argv, struct err *e)
{
	const char *conf = NULL, *path = NULL, *group = NULL;
	struct children children = { .run = run_child, .arg = r };
	int64_t workers = 0;
	int c;

	while ((c = getopt(argc, argv, "b:c:g:n:s:")) != -1) {
		if (c == 'c')
			conf = optarg;
		else if (c == 's')
			path = optarg;
		else if (c == 'g')
			group = optarg;
		else if (c == 'b' && !load_body(r, optarg, e))
			return false;
		else if (c == 'n' && !str_int(optarg, 1, 64, &workers, e))
			return false;
	}
	if (conf == NULL || path == NULL || workers == 0)
		return err_set(e, ERR_INPUT, "-c, -s and -n are needed");
	for (; optind < argc; optind++)
		if (!load_tape(r, argv[optind], e))
			return false;
	children.n = (unsigned)workers;
	return conf_load(r->arena, conf, settings, &r->conf, e) &&
	    listen_unix(path, group, &r->listening, e) &&
	    children_run(&children, e);
}

int
main(int argc, char **argv)
{
	static struct responder responder;
	struct err e;

	log_init("responder", LOG_WARNING);
	responder.arena = arena_new(0);
	if (run(&responder, argc, argv, &e))
		return EX_OK;
	log_error("not-started", &e);
	return EX_CONFIG;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the bench programs that file have in common. It makes nothing up:
 * the instance, its keys and its sessions are there already.
 */
#include "bench/filer.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "lib/arena.h"
#include "lib/clock.h"
#include "lib/conf.h"
#include "lib/crypto.h"
#include "lib/err.h"
#include "lib/log.h"
#include "lib/text.h"
#include "schema/registry.h"
#include "services/room.h"
#include "services/session.h"
#include "services/settings.h"

void
filer_fail(const char *what, const struct err *e)
{
	fprintf(stderr, "%s: %s%s%s\n", what, e != NULL ? e->constraint : "",
	    e != NULL && e->constraint[0] != '\0' ? ": " : "",
	    e != NULL ? e->text : "failed");
	exit(EX_SOFTWARE);
}

bool
filer_open(struct filer *f, const char *program, const char *conf,
    struct err *e)
{
	log_init(program, LOG_WARNING);
	f->arena = arena_new(0);
	f->work = arena_new(ARENA_REQUEST_LIMIT);
	if (!crypto_init(e) ||
	    !conf_load(f->arena, conf, settings, &f->conf, e) ||
	    !clock_zone(conf_text(f->conf, "authority", "zone"), e) ||
	    !text_init(conf_text(f->conf, "path", "locale"), e))
		return false;
	text_use("en");
	return room_open(f->arena, f->conf, ROOM_VEHICLE, NULL, &f->room, e);
}

bool
filer_read(struct filer *f, FILE *in, struct filer_line *out)
{
	char *line = NULL, *word[3], *rest;
	size_t size = 0;
	ssize_t n = getline(&line, &size, in);
	const char *slash;

	if (n <= 0) {
		free(line);
		return false;
	}
	line[strcspn(line, "\n")] = '\0';
	rest = arena_strdup(f->arena, line);
	free(line);
	for (size_t i = 0; i < 3; i++) {
		word[i] = strsep(&rest, " ");
		if (word[i] == NULL)
			filer_fail("a line of drafts lacks a word", NULL);
	}
	*out = (struct filer_line){ word[0], word[1], word[2],
	    { { 0 } } };
	for (slash = word[0]; slash != NULL; slash = strchr(slash + 1, '/'))
		if (uuid_parse(arena_strndup(f->arena, slash + 1,
		    strcspn(slash + 1, "/")), &out->draft, NULL))
			return true;
	filer_fail("a line of drafts names none", NULL);
}

bool
filer_enter(struct filer *f, const char *token, struct session **out,
    struct err *e)
{
	if (!session_find(f->room, f->work, token, out, e))
		return false;
	return *out != NULL || err_set(e, ERR_ABSENT, "no such session");
}

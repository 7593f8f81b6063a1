/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Starting psql and reading what it said. Its three streams are files in
 * memory, so neither side ever waits for the other. A lock in the database
 * keeps two runs of this program from migrating at once.
 */
#include "bin/balcao_psql.h"

#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/arena.h"
#include "lib/err.h"

enum {
	ARGUMENTS = 24 + 2 * 2 * PSQL_WORDS,
	ENVIRONMENT = 8
};

static const char lock[] = "SELECT pg_advisory_xact_lock(27042)";
static const char owner[] = "SET ROLE balcao_owner";

/* The standard streams of the child. */
struct streams {
	int	in, out, error;
};

struct words {
	char	*word[ARGUMENTS];
	size_t	 n;
};

static void
add(struct words *w, struct arena *arena, const char *word)
{
	if (w->n + 1 == ARGUMENTS)
		abort();
	w->word[w->n++] = arena_strdup(arena, word);
}

static void
add_two(struct words *w, struct arena *arena, const char *option,
    const char *value)
{
	add(w, arena, option);
	add(w, arena, value);
}

static void
arguments(struct arena *arena, const struct psql *p, struct words *w)
{
	static const char *const fixed[] = { "psql", "-X", "-q", "-A", "-t",
		"-v", "ON_ERROR_STOP=1", "--single-transaction", NULL };

	for (size_t i = 0; fixed[i] != NULL; i++)
		add(w, arena, fixed[i]);
	for (size_t i = 0; p->variables != NULL && p->variables[i]; i++)
		add_two(w, arena, "-v", p->variables[i]);
	add_two(w, arena, "-d", p->conninfo);
	add_two(w, arena, "-c", lock);
	if (p->as_owner)
		add_two(w, arena, "-c", owner);
	for (size_t i = 0; p->files != NULL && p->files[i] != NULL; i++)
		add_two(w, arena, "-f", p->files[i]);
	if (p->script.n > 0)
		add_two(w, arena, "-f", "-");
}

/* A PGPASSFILE or PGOPTIONS of whoever runs us must not change a result. */
static void
environment(struct arena *arena, struct words *w)
{
	const char *path = getenv("PATH"), *home = getenv("HOME");

	add(w, arena, arena_printf(arena, "PATH=%s",
	    path != NULL ? path : "/usr/bin:/bin"));
	add(w, arena, arena_printf(arena, "HOME=%s",
	    home != NULL ? home : "/"));
	add(w, arena, "LC_ALL=C.UTF-8");
	add(w, arena, "PGCLIENTENCODING=UTF8");
	add(w, arena, "PGOPTIONS=-c client_min_messages=warning "
	    "-c search_path=pg_catalog");
	add(w, arena, "PGGSSENCMODE=disable");
}

static bool
open_streams(struct streams *s, struct bytes script, struct err *e)
{
	ssize_t put = 0;

	s->in = memfd_create("in", MFD_CLOEXEC);
	s->out = memfd_create("out", MFD_CLOEXEC);
	s->error = memfd_create("error", MFD_CLOEXEC);
	if (script.n > 0 && s->in >= 0)
		put = write(s->in, script.p, script.n);
	if (s->in >= 0 && s->out >= 0 && s->error >= 0 &&
	    (size_t)put == script.n && lseek(s->in, 0, SEEK_SET) == 0)
		return true;
	return err_set(e, ERR_SYSTEM, "memory for psql: %s", strerror(errno));
}

static void
close_streams(const struct streams *s)
{
	const int all[] = { s->in, s->out, s->error };

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (all[i] >= 0)
			close(all[i]);
}

static const char *
read_stream(struct arena *arena, int fd)
{
	struct stat st;
	char *text;
	ssize_t n;

	if (fstat(fd, &st) != 0)
		return "";
	text = arena_alloc(arena, (size_t)st.st_size + 1);
	n = pread(fd, text, (size_t)st.st_size, 0);
	text[n > 0 ? n : 0] = '\0';
	return text;
}

static bool
start(const struct streams *s, struct words *argv, struct words *env,
    pid_t *pid, struct err *e)
{
	posix_spawn_file_actions_t actions;
	int failed = posix_spawn_file_actions_init(&actions);

	if (failed == 0) {
		posix_spawn_file_actions_adddup2(&actions, s->in, 0);
		posix_spawn_file_actions_adddup2(&actions, s->out, 1);
		posix_spawn_file_actions_adddup2(&actions, s->error, 2);
		failed = posix_spawnp(pid, "psql", &actions, NULL, argv->word,
		    env->word);
		posix_spawn_file_actions_destroy(&actions);
	}
	if (failed == 0)
		return true;
	return err_set(e, ERR_SYSTEM, "cannot run psql: %s; install "
	    "postgresql-client", strerror(failed));
}

static bool
run(struct arena *arena, const struct psql *p, const struct streams *s,
    struct err *e)
{
	struct words argv = { .n = 0 }, env = { .n = 0 };
	int status = 0;
	pid_t pid;

	arguments(arena, p, &argv);
	environment(arena, &env);
	if (!start(s, &argv, &env, &pid, e))
		return false;
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return err_set(e, ERR_SYSTEM, "psql: %s",
			    strerror(errno));
	fputs(read_stream(arena, s->error), stderr);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return true;
	return err_set(e, ERR_SYSTEM, "psql refused it; nothing of this step "
	    "was done");
}

bool
psql_run(struct arena *arena, const struct psql *p, const char **output,
    struct err *e)
{
	struct streams s = { -1, -1, -1 };
	bool ok = open_streams(&s, p->script, e) && run(arena, p, &s, e);

	if (ok && output != NULL)
		*output = read_stream(arena, s.out);
	close_streams(&s);
	return ok;
}

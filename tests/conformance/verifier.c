/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The program under test and where it looks. Not part of the product.
 */
#include "tests/conformance/verifier.h"

#include <fcntl.h>
#include <ftw.h>
#include <setjmp.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "lib/arena.h"

enum {
	OUTPUT = 16 * 1024 * 1024
};

extern char **environ;

struct arena *verifier_arena;
struct made_log verifier_log;
char *verifier_folder;
char *verifier_said;

const char *
verifier_path(const char *name)
{
	return arena_printf(verifier_arena, "%s/%s", verifier_folder, name);
}

int
verifier_run(const char *const *args)
{
	posix_spawn_file_actions_t files;
	const char **argv;
	size_t n = 0, at = 0;
	int ends[2], status;
	ssize_t got;
	pid_t pid;

	while (args[n] != NULL)
		n++;
	argv = arena_array(verifier_arena, n + 2, sizeof *argv);
	argv[0] = "balcao-verify";
	memcpy(argv + 1, args, n * sizeof *args);
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_adddup2(&files, ends[1], 1);
	posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0);
	assert_int_equal(posix_spawn(&pid, "./balcao-verify", &files, NULL,
	    (char **)(uintptr_t)argv, environ), 0);
	posix_spawn_file_actions_destroy(&files);
	close(ends[1]);
	while ((got = read(ends[0], verifier_said + at, OUTPUT - 1 - at)) > 0)
		at += (size_t)got;
	verifier_said[at] = '\0';
	close(ends[0]);
	assert_true(waitpid(pid, &status, 0) == pid && WIFEXITED(status));
	return WEXITSTATUS(status);
}

void
verifier_says(const char *what)
{
	if (strstr(verifier_said, what) == NULL)
		fail_msg("\"%s\" is not in:\n%s", what, verifier_said);
}

void
verifier_names(const char *place)
{
	verifier_says(arena_printf(verifier_arena, "First broken place: %s\n",
	    place));
}

int
verifier_setup(void **state)
{
	static char folder[] = "/tmp/balcao-verify-XXXXXX";

	(void)state;
	verifier_folder = mkdtemp(folder);
	if (verifier_folder == NULL)
		return -1;
	verifier_arena = arena_new(0);
	verifier_said = arena_alloc(verifier_arena, OUTPUT);
	made_log_init(&verifier_log, verifier_arena);
	for (size_t i = 0; i < VERIFIER_ENTRIES; i++)
		made_log_add(&verifier_log, i / 3 % 2);
	made_log_save(&verifier_log, verifier_folder, 2);
	made_log_file(verifier_folder, "receipt",
	    made_log_receipt(&verifier_log, VERIFIER_FILING, 2));
	return 0;
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *f)
{
	(void)st;
	(void)type;
	(void)f;
	return remove(path);
}

void
verifier_remove(const char *folder)
{
	nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

int
verifier_teardown(void **state)
{
	(void)state;
	verifier_remove(verifier_folder);
	arena_free(verifier_arena);
	return 0;
}

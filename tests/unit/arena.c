/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The arena: zeroed, aligned, wiped, and its limit, which ends the process:
 * what goes too far is done in a child, and the child's status is the fact.
 */
#include "lib/arena.h"

#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include <cmocka.h>

static void
memory_is_zeroed_and_aligned(void **state)
{
	static const size_t sizes[] = { 0, 1, 7, 16, 17, 8192, 8193, 100000 };
	static const uint8_t zero[100000];
	struct arena *a = arena_new(0);

	(void)state;
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		uint8_t *p = arena_alloc(a, sizes[i]);

		assert_non_null(p);
		assert_int_equal((uintptr_t)p % alignof(max_align_t), 0);
		assert_memory_equal(p, zero, sizes[i]);
		if (sizes[i] > 0)
			memset(p, 0xff, sizes[i]);
	}
	arena_free(a);
}

static void
pieces_do_not_overlap(void **state)
{
	enum { PIECES = 500 };
	struct arena *a = arena_new(0);
	uint8_t *pieces[PIECES];

	(void)state;
	for (int i = 0; i < PIECES; i++) {
		pieces[i] = arena_alloc(a, (size_t)i * 40 + 1);
		memset(pieces[i], i & 255, (size_t)i * 40 + 1);
	}
	for (int i = 0; i < PIECES; i++)
		for (int k = 0; k < i * 40 + 1; k++)
			assert_int_equal(pieces[i][k], i & 255);
	arena_free(a);
}

static void
reset_gives_zeroed_memory_again(void **state)
{
	static const uint8_t zero[4096];
	struct arena *a = arena_new(0);

	(void)state;
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < 20; i++) {
			uint8_t *p = arena_alloc(a, sizeof zero);

			assert_memory_equal(p, zero, sizeof zero);
			memset(p, 0xff, sizeof zero);
		}
		memset(arena_alloc(a, 100000), 0xff, 100000);
		assert_int_equal(arena_used(a), 20 * sizeof zero + 100000);
		arena_reset(a);
		assert_int_equal(arena_used(a), 0);
	}
	arena_free(a);
	arena_free(NULL);
}

static void
used_counts_in_aligned_steps(void **state)
{
	static const size_t step = alignof(max_align_t);
	struct arena *a = arena_new(0);

	(void)state;
	assert_int_equal(arena_used(a), 0);
	arena_alloc(a, 0);
	assert_int_equal(arena_used(a), step);
	arena_alloc(a, 1);
	assert_int_equal(arena_used(a), 2 * step);
	arena_alloc(a, step);
	assert_int_equal(arena_used(a), 3 * step);
	arena_array(a, 3, step);
	assert_int_equal(arena_used(a), 6 * step);
	arena_free(a);
}

static void
copies_are_equal_and_apart(void **state)
{
	struct arena *a = arena_new(0);
	char original[] = "Rua da Consolação";
	char *copy = arena_strdup(a, original);
	struct bytes raw = arena_dup(a, bytes("\0\1\2", 3));

	(void)state;
	assert_string_equal(copy, original);
	original[0] = 'L';
	assert_string_equal(copy, "Rua da Consolação");
	assert_string_equal(arena_strndup(a, "abcdef", 3), "abc");
	assert_string_equal(arena_strndup(a, NULL, 0), "");
	assert_true(bytes_equal(raw, bytes("\0\1\2", 3)));
	assert_int_equal(arena_dup(a, bytes(NULL, 0)).n, 0);
	arena_free(a);
}

static void
printf_takes_any_length(void **state)
{
	struct arena *a = arena_new(0);
	char *s;

	(void)state;
	assert_string_equal(arena_printf(a, "%d-%s", 42, "x"), "42-x");
	assert_string_equal(arena_printf(a, "%s", ""), "");
	s = arena_printf(a, "%050000d", 7);
	assert_int_equal(strlen(s), 50000);
	assert_int_equal(s[49999], '7');
	arena_free(a);
}

enum act {
	FILL_TO_THE_LIMIT,
	ONE_STEP_BEYOND,
	FILL_AGAIN_AFTER_RESET,
	A_SIZE_BEYOND_REASON,
	AN_ARRAY_THAT_OVERFLOWS,
	AN_ARRAY_BEYOND_THE_LIMIT
};

enum {
	LIMIT = 64 * 1024
};

static void
do_act(enum act act)
{
	struct arena *a = arena_new(LIMIT);

	switch (act) {
	case FILL_TO_THE_LIMIT:
		arena_alloc(a, LIMIT);
		break;
	case ONE_STEP_BEYOND:
		arena_alloc(a, LIMIT);
		arena_alloc(a, 0);
		break;
	case FILL_AGAIN_AFTER_RESET:
		arena_alloc(a, LIMIT);
		arena_reset(a);
		arena_alloc(a, LIMIT);
		break;
	case A_SIZE_BEYOND_REASON:
		arena_alloc(a, SIZE_MAX - 3);
		break;
	case AN_ARRAY_THAT_OVERFLOWS:
		arena_array(a, SIZE_MAX / 8 + 2, 8);
		break;
	case AN_ARRAY_BEYOND_THE_LIMIT:
		arena_array(a, LIMIT / 8 + 1, 8);
		break;
	}
	arena_free(a);
	_exit(0);
}

/* The child's status; what it wrote to standard error goes to log. */
static int
status_of(enum act act, char *log, size_t size)
{
	int ends[2], status;
	ssize_t n;
	pid_t pid;

	assert_int_equal(pipe(ends), 0);
	fflush(NULL);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		dup2(ends[1], STDERR_FILENO);
		do_act(act);
	}
	close(ends[1]);
	n = read(ends[0], log, size - 1);
	log[n > 0 ? n : 0] = '\0';
	close(ends[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void
the_limit_ends_the_process(void **state)
{
	static const struct {
		enum act	act;
		int		status;
	} facts[] = {
		{ FILL_TO_THE_LIMIT, 0 },
		{ FILL_AGAIN_AFTER_RESET, 0 },
		{ ONE_STEP_BEYOND, EX_SOFTWARE },
		{ A_SIZE_BEYOND_REASON, EX_SOFTWARE },
		{ AN_ARRAY_THAT_OVERFLOWS, EX_SOFTWARE },
		{ AN_ARRAY_BEYOND_THE_LIMIT, EX_SOFTWARE },
	};
	char log[1024];

	(void)state;
	assert_int_equal(EX_SOFTWARE, 70);
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
		assert_int_equal(status_of(facts[i].act, log, sizeof log),
		    facts[i].status);
		if (facts[i].status == 0)
			assert_string_equal(log, "");
		else
			assert_non_null(strstr(log,
			    "level=alarm program=- event=out-of-memory"));
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_is_zeroed_and_aligned),
		cmocka_unit_test(pieces_do_not_overlap),
		cmocka_unit_test(reset_gives_zeroed_memory_again),
		cmocka_unit_test(used_counts_in_aligned_steps),
		cmocka_unit_test(copies_are_equal_and_apart),
		cmocka_unit_test(printf_takes_any_length),
		cmocka_unit_test(the_limit_ends_the_process),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}

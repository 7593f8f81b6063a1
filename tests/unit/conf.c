/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The configuration file: what is taken, and with which words the rest is
 * refused.
 */
#include "lib/conf.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "lib/arena.h"
#include "lib/err.h"

#define COUNT(array)	(sizeof(array) / sizeof *(array))

static const struct conf_key keys[] = {
	{ "site", "name", CONF_TEXT, NULL, 0, 0, "the authority's name" },
	{ "site", "motto", CONF_TEXT, "", 0, 0, "below the name, or nothing" },
	{ "site", "zone", CONF_TEXT, "UTC", 0, 0, "the civil time zone" },
	{ "program", "workers", CONF_INT, "2", 1, 64, "processes, 1 to 64" },
	{ "program", "socket", CONF_PATH, "/run/balcao.sock", 0, 0, "where" },
	{ "program", "extra", CONF_PATH, "", 0, 0, "a folder, or nothing" },
	{ "test", "clock", CONF_BOOL, "no", 0, 0, "may tests set the clock" },
	{ NULL, NULL, CONF_TEXT, NULL, 0, 0, NULL },
};

static struct arena *arena;
static char path[] = "/tmp/balcao-conf-XXXXXX";

static int
open_file(void **state)
{
	int fd = mkstemp(path);

	(void)state;
	arena = arena_new(0);
	return fd < 0 ? -1 : close(fd);
}

static int
remove_file(void **state)
{
	(void)state;
	arena_free(arena);
	return unlink(path);
}

static bool
load_bytes(const void *text, size_t n, struct conf **c, struct err *e)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, n, f), n);
	assert_int_equal(fclose(f), 0);
	return conf_load(arena, path, keys, c, e);
}

static bool
load(const char *text, struct conf **c, struct err *e)
{
	return load_bytes(text, strlen(text), c, e);
}

static void
given_values_and_defaults(void **state)
{
	struct conf *c;
	struct err e;

	(void)state;
	if (!load("# the town\n"
	    "[site]\n"
	    "name = S\xc3\xa3o Jo\xc3\xa3o ; as on the door\n"
	    "; and\n"
	    "\n"
	    "[program]\n"
	    "  workers=16\n"
	    "\tsocket = /run/other.sock\n", &c, &e))
		fail_msg("%s", e.text);
	assert_string_equal(conf_text(c, "site", "name"),
	    "S\xc3\xa3o Jo\xc3\xa3o");
	assert_string_equal(conf_text(c, "site", "motto"), "");
	assert_string_equal(conf_text(c, "site", "zone"), "UTC");
	assert_int_equal(conf_int(c, "program", "workers"), 16);
	assert_string_equal(conf_text(c, "program", "socket"),
	    "/run/other.sock");
	assert_string_equal(conf_text(c, "program", "extra"), "");
	assert_false(conf_bool(c, "test", "clock"));
}

static void
other_ways_to_write_it(void **state)
{
	static const char *const facts[] = {
		"[site]\nname=x",			/* no last newline */
		"[site]\r\nname = x\r\n",
		"\xef\xbb\xbf[site]\nname = x\n",	/* a BOM */
		"[program]\n[site]\nname = x\n[program]\nworkers = 3\n",
		"[site]\nname: x\n",
		"[site]\nname = x\nmotto =\n",
		"[test]\nclock = yes\n[site]\nname = x\n",
	};
	struct conf *c;
	struct err e;

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		if (!load(facts[i], &c, &e))
			fail_msg("fact %zu: %s", i, e.text);
		assert_string_equal(conf_text(c, "site", "name"), "x");
	}
	assert_true(conf_bool(c, "test", "clock"));
}

static void
long_values_arrive_whole(void **state)
{
	char text[1200] = "[site]\nname = ";
	struct conf *c;
	struct err e;

	(void)state;
	memset(text + strlen(text), 'n', 900);
	if (!load(text, &c, &e))
		fail_msg("%s", e.text);
	assert_int_equal(strlen(conf_text(c, "site", "name")), 900);
}

static void
refused_with_line_and_remedy(void **state)
{
	static const struct {
		const char	*text;
		const char	*reason;
	} facts[] = {
		{ "", "[site] name is missing: the authority's name" },
		{ "[site]\nmotto = m\n", "[site] name is missing" },
		{ "[site]\nname = x\ncolour = red\n",
		    "line 3: [site] has no key colour; balcao.conf(5)" },
		{ "[site]\nName = x\n", "line 2: [site] has no key Name" },
		{ "name = x\n", "line 1: [] has no key name" },
		{ "[site]\nname = x\nname = y\n",
		    "line 3: [site] name is given twice; remove one" },
		{ "[site]\nname = x\n[Site]\n", "line 3: no such section" },
		{ "[site]\nname = x\n[sites]\nname = y\n",
		    "line 3: no such section" },
		{ "[site]\nname = x\n\n [ site ]\n",
		    "line 4: no such section" },
		{ "[]\n", "line 1: no such section" },
		{ "[site\nname = x\n", "line 1: neither [section] nor key" },
		{ "[site]\nname = x\nmotto\n",
		    "line 3: neither [section] nor key = value" },
		{ "[site]\nnonsense\nname = x\ncolour = red\n",
		    "line 2: neither [section] nor key = value" },
		/* Indented, this is a key of its own: never "x colour". */
		{ "[site]\nname = x\n  colour = red\n",
		    "line 3: [site] has no key colour" },
		{ "[site]\nname =\n", "line 2: [site] name is empty: the" },
		{ "[site]\nname = x\nzone =\n", "line 3: [site] zone is empty" },
		{ "[site]\nname = S\xe3o\n", "line 2: not UTF-8" },
		{ "[program]\nworkers = 0\n",
		    "line 2: [program] workers is a number outside 1 to 64: "
		    "processes, 1 to 64" },
		{ "[program]\nworkers = 65\n", "outside 1 to 64" },
		{ "[program]\nworkers = two\n", "is not a whole number" },
		{ "[program]\nworkers =\n", "is not a whole number" },
		{ "[program]\nworkers = 2 4\n", "is not a whole number" },
		{ "[program]\nsocket = run/x\n", "not an absolute path: where" },
		{ "[program]\nsocket =\n", "is not an absolute path" },
		{ "[program]\nextra = x\n", "is not an absolute path" },
		{ "[test]\nclock = true\n", "is neither yes nor no: may" },
		{ "[test]\nclock = Yes\n", "is neither yes nor no" },
		{ "[test]\nclock =\n", "is neither yes nor no" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		struct conf *c = NULL;
		struct err e;

		if (load(facts[i].text, &c, &e))
			fail_msg("fact %zu is taken", i);
		assert_int_equal(e.code, ERR_INPUT);
		assert_null(c);
		assert_memory_equal(e.text, path, strlen(path));
		if (strstr(e.text, facts[i].reason) == NULL)
			fail_msg("fact %zu: %s", i, e.text);
	}
}

static void
what_is_no_text_is_refused(void **state)
{
	static const char nul[] = "[site]\nname = x\0y\n";
	char text[1200] = "[site]\nname = ";
	struct conf *c;
	struct err e;

	(void)state;
	assert_false(load_bytes(nul, sizeof nul - 1, &c, &e));
	assert_non_null(strstr(e.text, "line 2: a NUL"));
	memset(text + strlen(text), 'n', 1100);
	assert_false(load(text, &c, &e));
	assert_non_null(strstr(e.text, "line 2: too long"));
}

/* Passwords stand in it: no value may reach a message. */
static void
messages_hold_no_value(void **state)
{
	static const char *const facts[] = {
		"[program]\nworkers = swordfish\n",
		"[program]\nsocket = swordfish\n",
		"[test]\nclock = swordfish\n",
		"[site]\nname = x\nname = swordfish\n",
		"[site]\nswordfish\n",
	};
	struct conf *c;
	struct err e;

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		assert_false(load(facts[i], &c, &e));
		assert_null(strstr(e.text, "swordfish"));
	}
}

static void
files_that_cannot_be_read(void **state)
{
	static const char *const facts[] = { "/nonexistent/balcao.conf", "/" };
	struct conf *c;
	struct err e;

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		e.code = ERR_NONE;
		assert_false(conf_load(arena, facts[i], keys, &c, &e));
		assert_int_equal(e.code, ERR_SYSTEM);
		assert_non_null(strstr(e.text, facts[i]));
	}
}

static void
defaults_are_checked_too(void **state)
{
	static const struct conf_key wrong[] = {
		{ "a", "b", CONF_INT, "100", 1, 64, "a number" },
		{ NULL, NULL, CONF_TEXT, NULL, 0, 0, NULL },
	};
	struct conf *c;
	struct err e;

	(void)state;
	assert_false(load("", &c, NULL));
	assert_false(conf_load(arena, path, wrong, &c, &e));
	assert_int_equal(e.code, ERR_SYSTEM);
	assert_string_equal(e.text, "the default of [a] b is a number outside "
	    "1 to 64");
}

enum question {
	A_KEY_OF_THE_TABLE,
	AN_UNKNOWN_KEY,
	TEXT_AS_A_NUMBER,
	A_NUMBER_AS_TEXT,
	A_NUMBER_AS_BOOL
};

static void
ask(const struct conf *c, enum question q)
{
	switch (q) {
	case A_KEY_OF_THE_TABLE:
		conf_int(c, "program", "workers");
		break;
	case AN_UNKNOWN_KEY:
		conf_text(c, "site", "colour");
		break;
	case TEXT_AS_A_NUMBER:
		conf_int(c, "site", "name");
		break;
	case A_NUMBER_AS_TEXT:
		conf_text(c, "program", "workers");
		break;
	case A_NUMBER_AS_BOOL:
		conf_bool(c, "program", "workers");
		break;
	}
	_exit(0);
}

static void
a_question_beside_the_table_aborts(void **state)
{
	struct conf *c;

	(void)state;
	assert_true(load("[site]\nname = x\n", &c, NULL));
	for (int q = A_KEY_OF_THE_TABLE; q <= A_NUMBER_AS_BOOL; q++) {
		int status;
		pid_t pid;

		fflush(NULL);
		pid = fork();
		assert_true(pid >= 0);
		if (pid == 0) {
			setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
			signal(SIGABRT, SIG_DFL);
			ask(c, (enum question)q);
		}
		assert_int_equal(waitpid(pid, &status, 0), pid);
		if (q == A_KEY_OF_THE_TABLE)
			assert_int_equal(status, 0);
		else
			assert_true(WIFSIGNALED(status) &&
			    WTERMSIG(status) == SIGABRT);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(given_values_and_defaults),
		cmocka_unit_test(other_ways_to_write_it),
		cmocka_unit_test(long_values_arrive_whole),
		cmocka_unit_test(refused_with_line_and_remedy),
		cmocka_unit_test(what_is_no_text_is_refused),
		cmocka_unit_test(messages_hold_no_value),
		cmocka_unit_test(files_that_cannot_be_read),
		cmocka_unit_test(defaults_are_checked_too),
		cmocka_unit_test(a_question_beside_the_table_aborts),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("conf", tests, open_file,
	    remove_file);
}

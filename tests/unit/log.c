/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Log lines, as they arrive at the other end of standard error.
 */
#include "lib/log.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "lib/clock.h"
#include "lib/err.h"

enum {
	TIME_FIELD = sizeof "time=YYYY-MM-DDTHH:MM:SS.mmmZ " - 1
};

static int kept_stderr, ends[2];
static char line[16384];

static void
listen(void)
{
	assert_int_equal(pipe(ends), 0);
	kept_stderr = dup(STDERR_FILENO);
	dup2(ends[1], STDERR_FILENO);
	close(ends[1]);
}

/* What was written since listen(), without its time. */
static const char *
heard(void)
{
	size_t n = 0;
	ssize_t got;

	dup2(kept_stderr, STDERR_FILENO);
	close(kept_stderr);
	while ((got = read(ends[0], line + n, sizeof line - 1 - n)) > 0)
		n += (size_t)got;
	close(ends[0]);
	line[n] = '\0';
	if (n == 0)
		return line;
	assert_true(n > TIME_FIELD);
	assert_memory_equal(line, "time=", 5);
	return line + TIME_FIELD;
}

static void
time_level_program_event_and_pairs(void **state)
{
	(void)state;
	log_init("vehicle", LOG_INFO);
	listen();
	log_event(LOG_INFO, "started", "workers", "2", "office", "DET", NULL);
	assert_string_equal(heard(), "level=info program=vehicle "
	    "event=started workers=2 office=DET\n");
}

static void
the_time_is_the_clocks(void **state)
{
	char before[INSTANT_TEXT], after[INSTANT_TEXT];

	(void)state;
	listen();
	instant_text(clock_now(), before);
	log_event(LOG_INFO, "tick", NULL);
	instant_text(clock_now(), after);
	heard();
	assert_true(memcmp(line + 5, before, sizeof before - 1) >= 0);
	assert_true(memcmp(line + 5, after, sizeof after - 1) <= 0);
}

static void
values_that_need_quotes(void **state)
{
	static const struct {
		const char	*value, *written;
	} facts[] = {
		{ "plain-1.2:3/4", "plain-1.2:3/4" },
		{ "", "\"\"" },
		{ "two words", "\"two words\"" },
		{ "a=b", "\"a=b\"" },
		{ "say \"no\"", "\"say \\\"no\\\"\"" },
		{ "back\\slash", "\"back\\\\slash\"" },
		{ "one\ntwo", "\"one\\x0atwo\"" },
		{ "x level=alarm", "\"x level=alarm\"" },
		{ "\x1b[31m", "\"\\x1b[31m\"" },
		{ "\x7f", "\"\\x7f\"" },
		{ "S\xc3\xa3o", "\"S\\xc3\\xa3o\"" },
		{ "\xff", "\"\\xff\"" },
	};
	char expected[200];

	(void)state;
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
		listen();
		log_event(LOG_INFO, "e", "v", facts[i].value, NULL);
		snprintf(expected, sizeof expected, "level=info "
		    "program=vehicle event=e v=%s\n", facts[i].written);
		assert_string_equal(heard(), expected);
	}
}

static void
levels(void **state)
{
	static const struct {
		enum log_level	 level;
		const char	*name;	/* NULL: not written */
	} facts[] = {
		{ LOG_DEBUG, NULL },
		{ LOG_INFO, NULL },
		{ LOG_WARNING, "level=warning " },
		{ LOG_ERROR, "level=error " },
		{ LOG_ALARM, "level=alarm " },
	};

	(void)state;
	log_init("bill", LOG_WARNING);
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
		listen();
		log_event(facts[i].level, "e", NULL);
		if (facts[i].name == NULL)
			assert_string_equal(heard(), "");
		else
			assert_memory_equal(heard(), facts[i].name,
			    strlen(facts[i].name));
	}
	log_init("vehicle", LOG_DEBUG);
	listen();
	log_event(LOG_DEBUG, "e", NULL);
	assert_string_equal(heard(), "level=debug program=vehicle event=e\n");
}

static void
errors_with_and_without_a_rule(void **state)
{
	struct err e;

	(void)state;
	err_set(&e, ERR_BUSY, "the row is locked");
	listen();
	log_error("act-failed", &e);
	assert_string_equal(heard(), "level=error program=vehicle "
	    "event=act-failed code=busy text=\"the row is locked\"\n");
	err_rule(&e, "two_eyes", "same person");
	listen();
	log_error("act-failed", &e);
	assert_string_equal(heard(), "level=error program=vehicle "
	    "event=act-failed code=denied constraint=two_eyes "
	    "text=\"same person\"\n");
}

static void
a_missing_value_ends_the_line(void **state)
{
	const char *missing = NULL;

	(void)state;
	listen();
	log_event(LOG_INFO, "e", "a", "1", "ref", missing, NULL);
	assert_string_equal(heard(), "level=info program=vehicle event=e "
	    "a=1 ref=\"\"\n");
}

/* One line still, cut between two pairs, and it says so. */
static void
what_is_too_long_is_cut(void **state)
{
	static const size_t lengths[] = { 1900, 1940, 1960, 2000, 5000 };
	char much[5001];

	(void)state;
	for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
		const char *l;

		memset(much, 'm', sizeof much);
		much[lengths[i]] = '\0';
		listen();
		log_event(LOG_INFO, "e", "a", "1", "much", much, "b",
		    "some more text for the line", "c", "3", NULL);
		l = heard();
		assert_ptr_equal(strchr(l, '\n'), l + strlen(l) - 1);
		assert_true(strlen(line) <= 2048);
		assert_non_null(strstr(l, " event=e a=1 "));
		if (lengths[i] == 1900)
			assert_non_null(strstr(l, "m b=\"some more text for "
			    "the line\" c=3\n"));
		else
			assert_non_null(strstr(l, " cut=yes\n"));
		assert_int_equal(strstr(l, " much=") != NULL,
		    lengths[i] < 2000);
	}
}

static void
errno_survives(void **state)
{
	(void)state;
	listen();
	errno = EXDEV;
	log_event(LOG_INFO, "e", NULL);
	assert_int_equal(errno, EXDEV);
	heard();
	kept_stderr = dup(STDERR_FILENO);
	close(STDERR_FILENO);
	log_event(LOG_INFO, "nobody-listens", NULL);
	dup2(kept_stderr, STDERR_FILENO);
	close(kept_stderr);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(time_level_program_event_and_pairs),
		cmocka_unit_test(the_time_is_the_clocks),
		cmocka_unit_test(values_that_need_quotes),
		cmocka_unit_test(levels),
		cmocka_unit_test(errors_with_and_without_a_rule),
		cmocka_unit_test(a_missing_value_ends_the_line),
		cmocka_unit_test(what_is_too_long_is_cut),
		cmocka_unit_test(errno_survives),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("log", tests, NULL, NULL);
}

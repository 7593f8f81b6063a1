/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The listening socket: who may connect, what is replaced and what is not.
 */
#include "cgi-bin/listen.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "lib/err.h"

static char folder[] = "/tmp/listen-test-XXXXXX";
static char path[sizeof folder + 8];

static int
start(void **state)
{
	(void)state;
	if (mkdtemp(folder) == NULL)
		return 1;
	snprintf(path, sizeof path, "%s/socket", folder);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	unlink(path);
	return rmdir(folder);
}

static void
only_its_owner_may_connect(void **state)
{
	struct err e;
	struct stat st;
	int fd;

	(void)state;
	assert_true(listen_unix(path, NULL, &fd, &e));
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_true(listen_given(fd));
	close(fd);
}

static void
a_dead_programs_socket_is_replaced(void **state)
{
	struct err e;
	int fd;

	(void)state;
	assert_int_equal(access(path, F_OK), 0);
	assert_true(listen_unix(path, NULL, &fd, &e));
	close(fd);
}

static void
a_living_programs_socket_is_left_alone(void **state)
{
	struct err e = { 0 };
	int fd, second;

	(void)state;
	assert_true(listen_unix(path, NULL, &fd, &e));
	assert_false(listen_unix(path, NULL, &second, &e));
	assert_int_equal(e.code, ERR_SYSTEM);
	assert_int_equal(access(path, F_OK), 0);
	close(fd);
	unlink(path);
}

static void
anything_else_is_left_alone(void **state)
{
	struct err e = { 0 };
	int fd = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);

	(void)state;
	assert_true(fd >= 0);
	assert_false(listen_given(fd));
	close(fd);
	assert_false(listen_unix(path, NULL, &fd, &e));
	assert_int_equal(access(path, F_OK), 0);
	unlink(path);
}

static void
what_cannot_be_is_refused(void **state)
{
	char longest[200];
	struct err e = { 0 };
	int fd;

	(void)state;
	memset(longest, 'x', sizeof longest - 1);
	longest[0] = '/';
	longest[sizeof longest - 1] = '\0';
	assert_false(listen_unix(longest, NULL, &fd, &e));
	assert_false(listen_unix("/nonexistent/socket", NULL, &fd, &e));
	assert_false(listen_unix(path, "no-such-group-here", &fd, &e));
	assert_int_equal(e.code, ERR_SYSTEM);
	assert_false(listen_given(-1));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_its_owner_may_connect),
		cmocka_unit_test(a_dead_programs_socket_is_replaced),
		cmocka_unit_test(a_living_programs_socket_is_left_alone),
		cmocka_unit_test(anything_else_is_left_alone),
		cmocka_unit_test(what_cannot_be_is_refused),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("listen", tests, start, end);
}

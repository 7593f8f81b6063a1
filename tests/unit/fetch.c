/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Mail submission, to a relay of the test's own on the loopback.
 */
#include "lib/fetch.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "lib/err.h"

enum {
	TIMEOUT_S = 5,
	LINE = 1024
};

/* What the relay says; NULL to a command hangs up. */
struct script {
	const char	*greeting;
	const char	*to;		/* RCPT */
	const char	*data;		/* after the message */
};

static const struct script kind = { "220 relay.example", "250 fine",
    "250 taken" };

static char url[64];
static char heard_path[] = "/tmp/fetch-test-XXXXXX";

static void
answer(FILE *f, const char *line)
{
	fprintf(f, "%s\r\n", line);
	fflush(f);
}

/* One conversation; every line heard goes into the file. */
static void
converse(FILE *f, FILE *heard, const struct script *s)
{
	char line[LINE];
	bool data = false;

	answer(f, s->greeting);
	while (fgets(line, sizeof line, f) != NULL) {
		fputs(line, heard);
		fflush(heard);
		if (data) {
			data = strcmp(line, ".\r\n") != 0;
			if (!data)
				answer(f, s->data);
		} else if (strncmp(line, "RCPT", 4) == 0) {
			answer(f, s->to);
		} else if (strncmp(line, "DATA", 4) == 0) {
			answer(f, "354 go on");
			data = true;
		} else if (strncmp(line, "QUIT", 4) == 0) {
			answer(f, "221 bye");
			return;
		} else {
			answer(f, "250 fine");
		}
	}
}

static pid_t
relay(const struct script *s)
{
	struct sockaddr_in here = { .sin_family = AF_INET,
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof here;
	int listening = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	pid_t pid;

	assert_int_equal(bind(listening, (struct sockaddr *)&here,
	    sizeof here), 0);
	assert_int_equal(listen(listening, 1), 0);
	assert_int_equal(getsockname(listening, (struct sockaddr *)&here,
	    &n), 0);
	snprintf(url, sizeof url, "smtp://127.0.0.1:%u",
	    (unsigned)ntohs(here.sin_port));
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		FILE *f = fdopen(accept(listening, NULL, NULL), "r+");
		FILE *heard = fopen(heard_path, "we");

		if (f != NULL && heard != NULL)
			converse(f, heard, s);
		_exit(0);
	}
	close(listening);
	return pid;
}

static bool
submit(const struct script *s, const char *message, struct err *e)
{
	pid_t pid = relay(s);
	bool ok = fetch_mail(&(struct fetch_mail){
		.relay = url,
		.from = "portal@town.example",
		.to = "ana@mail.example",
		.message = bytes_of(message),
		.timeout_s = TIMEOUT_S,
	}, e);

	waitpid(pid, NULL, 0);
	return ok;
}

static bool
was_heard(const char *what)
{
	static char all[8192];
	FILE *f = fopen(heard_path, "re");
	size_t n;

	assert_non_null(f);
	n = fread(all, 1, sizeof all - 1, f);
	fclose(f);
	all[n] = '\0';
	return strstr(all, what) != NULL;
}

static void
a_mail_arrives_as_it_was_written(void **state)
{
	struct err e = { 0 };

	(void)state;
	if (!submit(&kind, "Subject: x\r\n\r\nLine\r\n.dot\r\n", &e))
		fail_msg("%s", e.text);
	assert_true(was_heard("MAIL FROM:<portal@town.example>"));
	assert_true(was_heard("RCPT TO:<ana@mail.example>\r\n"));
	/* A dot in front is doubled on the way (RFC 5321 4.5.2). */
	assert_true(was_heard("Subject: x\r\n\r\nLine\r\n..dot\r\n.\r\n"));
}

static void
refusals_are_told_apart(void **state)
{
	static const struct {
		struct script	 script;
		enum err_code	 code;
	} cases[] = {
		{ { "220 relay", "550 no such mailbox", "" }, ERR_DENIED },
		{ { "220 relay", "450 try later", "" }, ERR_LOST },
		{ { "220 relay", "250 fine", "554 no" }, ERR_DENIED },
		{ { "220 relay", "250 fine", "451 later" }, ERR_LOST },
		{ { "421 full", "", "" }, ERR_LOST },
	};
	struct err e;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		e = (struct err){ 0 };
		assert_false(submit(&cases[i].script, "x\r\n", &e));
		assert_int_equal(e.code, cases[i].code);
		assert_null(strstr(e.text, "mailbox"));
	}
}

static void
what_is_no_relay_is_not_asked(void **state)
{
	static const char *const cases[] = {
		"http://127.0.0.1:1/", "file:///etc/passwd", "smtp:", "",
		"smtp://127.0.0.1:1",
	};
	struct err e;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_false(fetch_mail(&(struct fetch_mail){
			.relay = cases[i], .from = "a@b.example",
			.to = "c@d.example", .message = bytes_of("x\r\n"),
			.timeout_s = 1,
		}, &e));
}

static int
start(void **state)
{
	struct err e;
	int fd = mkstemp(heard_path);

	(void)state;
	signal(SIGPIPE, SIG_IGN);
	if (fd < 0)
		return 1;
	close(fd);
	return fetch_init(&e) ? 0 : 1;
}

static int
end(void **state)
{
	(void)state;
	return unlink(heard_path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_mail_arrives_as_it_was_written),
		cmocka_unit_test(refusals_are_told_apart),
		cmocka_unit_test(what_is_no_relay_is_not_asked),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("fetch", tests, start, end);
}

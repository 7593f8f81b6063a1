/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a sandboxed process can and cannot do. Each fact is tried in a child
 * of its own, which enters the filter, acts once, and tells how it ended.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <libpq-fe.h>
#include <netdb.h>
#include <openssl/rand.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/clock.h"
#include "lib/err.h"
#include "lib/sandbox.h"

enum end {
	WORKS,		/* the act succeeded */
	REFUSED,	/* EPERM, and the process goes on */
	KILLED,		/* SIGSYS */
	OTHER
};

static const char *const ends[] = { "works", "is refused", "is deadly",
    "ends otherwise" };

static char scratch[] = "/tmp/balcao-sandbox-XXXXXX";

/* Acts return 0 or the errno of the call that failed. */

static int
outcome(long rc)
{
	return rc < 0 ? errno : 0;
}

static int
act_write(void)
{
	int p[2] = { -1, open("/dev/null", O_RDONLY) };

	/* Nothing can be opened now; what was at hand still serves. */
	if (p[1] != -1)
		return EEXIST;
	return outcome(write(STDERR_FILENO, "", 0));
}

static int
act_memory(void)
{
	char *volatile p = malloc(8 << 20);

	if (p == NULL)
		return ENOMEM;
	memset(p, 1, 8 << 20);
	free(p);
	return 0;
}

static int
act_random(void)
{
	unsigned char b[64];

	return RAND_bytes(b, sizeof b) == 1 ? 0 : EIO;
}

static int
act_clock(void)
{
	return clock_now() > 0 && clock_monotonic() >= 0 ? 0 : EIO;
}

static int
act_fstat(void)
{
	struct stat st;

	return outcome(fstat(STDERR_FILENO, &st));
}

static int
act_stat(void)
{
	struct stat st;

	return outcome(stat("/etc/passwd", &st));
}

static int
act_open_read(void)
{
	return outcome(open("/etc/passwd", O_RDONLY | O_CLOEXEC));
}

static int
act_open_write(void)
{
	return outcome(open("/dev/null", O_WRONLY));
}

static int
act_open_both(void)
{
	return outcome(open("/dev/null", O_RDWR));
}

static int
act_truncate(void)
{
	return outcome(open("/dev/null", O_RDONLY | O_TRUNC));
}

static int
act_create(void)
{
	char path[sizeof scratch + 8];
	int fd;

	snprintf(path, sizeof path, "%s/new", scratch);
	fd = open(path, O_RDONLY | O_CREAT, 0600);
	if (fd == -1)
		return errno;
	return outcome(unlink(path));
}

static int
act_nameless(void)
{
	int fd = open("/tmp", O_TMPFILE | O_WRONLY, 0600);

	/* Some file systems have none: that is no refusal of ours. */
	return fd == -1 && errno != EOPNOTSUPP ? errno : 0;
}

static int
act_exec(void)
{
	char *const argv[] = { (char[]){ "true" }, NULL };

	return outcome(execv("/bin/true", argv));
}

static int
act_spawn(void)
{
	char *const argv[] = { (char[]){ "true" }, NULL };
	pid_t pid;

	return posix_spawn(&pid, "/bin/true", NULL, NULL, argv, NULL);
}

static int
act_fork(void)
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(0);
	return outcome(pid);
}

static void *
thread_body(void *arg)
{
	return arg;
}

static int
act_thread(void)
{
	pthread_t t;
	int rc = pthread_create(&t, NULL, thread_body, NULL);

	return rc != 0 ? rc : pthread_join(t, NULL);
}

static int
act_unix(void)
{
	return outcome(socket(AF_UNIX, SOCK_STREAM, 0));
}

static int
act_inet(void)
{
	return outcome(socket(AF_INET, SOCK_STREAM, 0));
}

static int
act_inet6(void)
{
	return outcome(socket(AF_INET6, SOCK_DGRAM, 0));
}

static int
act_packet(void)
{
	return outcome(socket(AF_PACKET, SOCK_RAW, 0));
}

static int
act_resolve(void)
{
	struct addrinfo *found = NULL;
	int rc = getaddrinfo("localhost", "80", NULL, &found);

	if (rc == 0)
		freeaddrinfo(found);
	return rc == EAI_SYSTEM ? errno : 0;
}

static int
act_listen(void)
{
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	return outcome(listen(fd, 1));
}

static int
act_code(void)
{
	void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return p == MAP_FAILED ? errno : 0;
}

static int
act_kill(void)
{
	return outcome(kill(getppid(), 0));
}

static int
act_setuid(void)
{
	return outcome(setuid(getuid()));
}

static int
act_raise_limit(void)
{
	const struct rlimit core = { 0, 0 };

	return outcome(setrlimit(RLIMIT_CORE, &core));
}

static int
act_libpq(void)
{
	char conninfo[256];
	PGconn *c;
	bool up;

	snprintf(conninfo, sizeof conninfo, "host=%s user=room_portal "
	    "dbname=data gssencmode=disable sslmode=disable "
	    "passfile=/nonexistent connect_timeout=5", scratch);
	c = PQconnectdb(conninfo);
	up = PQstatus(c) == CONNECTION_OK;
	if (!up)
		fprintf(stderr, "# %s", PQerrorMessage(c));
	PQfinish(c);
	return up ? 0 : EIO;
}

static const struct fact {
	const char	*what;
	int		(*act)(void);
	unsigned	 allow;
	enum end	 end;
} facts[] = {
	{ "using what is open", act_write, SANDBOX_SERVE, WORKS },
	{ "memory", act_memory, SANDBOX_SERVE, WORKS },
	{ "OpenSSL's random bytes", act_random, SANDBOX_SERVE, WORKS },
	{ "the clock", act_clock, SANDBOX_SERVE, WORKS },
	{ "fstat", act_fstat, SANDBOX_SERVE, WORKS },
	{ "stat of a path", act_stat, SANDBOX_SERVE, REFUSED },
	{ "stat when reading", act_stat, SANDBOX_READ_FILES, WORKS },
	{ "opening", act_open_read, SANDBOX_SERVE, REFUSED },
	{ "opening when reading", act_open_read, SANDBOX_READ_FILES, WORKS },
	{ "opening to write", act_open_write, SANDBOX_SERVE, REFUSED },
	{ "opening to write when reading", act_open_write,
	    SANDBOX_READ_FILES, REFUSED },
	{ "opening for both when reading", act_open_both,
	    SANDBOX_READ_FILES, REFUSED },
	{ "truncating when reading", act_truncate, SANDBOX_READ_FILES,
	    REFUSED },
	{ "creating when reading", act_create, SANDBOX_READ_FILES, REFUSED },
	{ "a nameless file when reading", act_nameless, SANDBOX_READ_FILES,
	    REFUSED },
	{ "creating when writing", act_create, SANDBOX_WRITE_FILES, WORKS },
	{ "a program", act_exec, SANDBOX_SERVE, KILLED },
	{ "a program, whatever is allowed", act_exec, UINT32_MAX, KILLED },
	{ "posix_spawn", act_spawn, SANDBOX_THREADS, KILLED },
	{ "fork", act_fork, SANDBOX_SERVE, KILLED },
	{ "fork with threads", act_fork, SANDBOX_THREADS, KILLED },
	{ "a thread", act_thread, SANDBOX_SERVE, KILLED },
	{ "a thread where allowed", act_thread, SANDBOX_THREADS, WORKS },
	{ "a Unix socket", act_unix, SANDBOX_SERVE, REFUSED },
	{ "a Unix socket where allowed", act_unix, SANDBOX_CONNECT_UNIX,
	    WORKS },
	{ "the Internet", act_inet, SANDBOX_SERVE, REFUSED },
	{ "the Internet beside Unix", act_inet, SANDBOX_CONNECT_UNIX,
	    REFUSED },
	{ "the Internet where allowed", act_inet, SANDBOX_CONNECT_INET,
	    WORKS },
	{ "IPv6 where allowed", act_inet6, SANDBOX_CONNECT_INET, WORKS },
	{ "raw packets", act_packet, UINT32_MAX, REFUSED },
	{ "resolving a name where allowed", act_resolve,
	    SANDBOX_CONNECT_INET | SANDBOX_CONNECT_UNIX |
	    SANDBOX_READ_FILES | SANDBOX_THREADS, WORKS },
	{ "listening", act_listen, SANDBOX_CONNECT_UNIX, REFUSED },
	{ "memory that is code", act_code, UINT32_MAX, REFUSED },
	{ "a signal to another", act_kill, UINT32_MAX, KILLED },
	{ "another user", act_setuid, UINT32_MAX, KILLED },
	{ "another limit", act_raise_limit, UINT32_MAX, REFUSED },
	{ "libpq over a Unix socket", act_libpq, SANDBOX_CONNECT_UNIX,
	    WORKS },
};

static enum end
how_it_ended(int status)
{
	if (WIFSIGNALED(status))
		return WTERMSIG(status) == SIGSYS ? KILLED : OTHER;
	if (WEXITSTATUS(status) == 0)
		return WORKS;
	return WEXITSTATUS(status) == EPERM ? REFUSED : OTHER;
}

static int
in_child(int (*body)(const void *), const void *arg)
{
	int status = -1;
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (pid == 0)
		_exit(body(arg));
	assert_int_not_equal(pid, -1);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

static int
confined(const void *arg)
{
	const struct fact *f = arg;
	struct err e;

	if (!sandbox_enter(f->allow, &e)) {
		fprintf(stderr, "# %s\n", e.text);
		return 255;
	}
	return f->act();
}

static void
check_fact(void **state)
{
	const struct fact *f = *state;
	enum end end = how_it_ended(in_child(confined, f));

	assert_string_equal(ends[end], ends[f->end]);
}

static int
hidden(const void *arg)
{
	struct rlimit core;
	struct err e;

	(void)arg;
	if (!sandbox_hide(&e))
		return 1;
	if (prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) != 0)
		return 2;
	if (getrlimit(RLIMIT_CORE, &core) != 0 || core.rlim_cur != 0)
		return 3;
	return act_memory();
}

static void
hides(void **state)
{
	(void)state;
	assert_int_equal(in_child(hidden, NULL), 0);
}

static int
became(const void *arg)
{
	struct err e;

	if (!sandbox_become(arg, &e))
		return 1;
	if (getuid() == 0 || getgroups(0, NULL) != 0)
		return 2;
	if (setuid(0) == 0 || open("/etc/shadow", O_RDONLY) != -1)
		return 3;
	/* Twice is once; and there is no way on to a third. */
	if (!sandbox_become(arg, &e))
		return 4;
	return sandbox_become("root", &e) ? 5 : 0;
}

static void
becomes(void **state)
{
	(void)state;
	if (getuid() != 0)
		skip();
	assert_int_equal(in_child(became, "nobody"), 0);
}

static void
becomes_nobody_unknown(void **state)
{
	struct err e = { .code = ERR_NONE };

	(void)state;
	assert_false(sandbox_become("balcao-no-such-user", &e));
	assert_int_equal(e.code, ERR_SYSTEM);
}

/* A server that greets one client after another as PostgreSQL would. */
static int
greet(const void *arg)
{
	static const char welcome[] = "R\0\0\0\10\0\0\0\0Z\0\0\0\5I";
	const int *listener = arg;
	char in[512];

	for (;;) {
		int fd = accept(*listener, NULL, NULL);

		if (fd == -1)
			return 1;
		if (read(fd, in, sizeof in) > 0 &&
		    write(fd, welcome, sizeof welcome - 1) > 0)
			(void)!read(fd, in, sizeof in);
		close(fd);
	}
}

static pid_t server;

static int
start_server(void **state)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	int listener = socket(AF_UNIX, SOCK_STREAM, 0);

	(void)state;
	if (mkdtemp(scratch) == NULL)
		return -1;
	snprintf(a.sun_path, sizeof a.sun_path, "%s/.s.PGSQL.5432", scratch);
	if (bind(listener, (struct sockaddr *)&a, sizeof a) == -1 ||
	    listen(listener, 4) == -1)
		return -1;
	fflush(NULL);
	server = fork();
	if (server == 0)
		_exit(greet(&listener));
	close(listener);
	return server == -1 ? -1 : 0;
}

static int
stop_server(void **state)
{
	char path[sizeof scratch + 32];

	(void)state;
	kill(server, SIGTERM);
	waitpid(server, NULL, 0);
	snprintf(path, sizeof path, "%s/.s.PGSQL.5432", scratch);
	unlink(path);
	return rmdir(scratch);
}

int
main(void)
{
	enum { FACTS = sizeof facts / sizeof *facts, MORE = 3 };
	static char names[FACTS][80];
	struct CMUnitTest tests[FACTS + MORE] = {
		[FACTS] = cmocka_unit_test(hides),
		cmocka_unit_test(becomes),
		cmocka_unit_test(becomes_nobody_unknown),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	for (size_t i = 0; i < FACTS; i++) {
		snprintf(names[i], sizeof names[i], "%s %s", facts[i].what,
		    ends[facts[i].end]);
		tests[i] = (struct CMUnitTest){
			.name = names[i],
			.test_func = check_fact,
			.initial_state = (void *)(uintptr_t)&facts[i],
		};
	}
	return cmocka_run_group_tests_name("sandbox", tests, start_server,
	    stop_server);
}

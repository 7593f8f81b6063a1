/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The load: as many HTTPS clients as asked for, each on a kept connection,
 * send every request of a list once. Prints how many, the seconds, and the
 * requests per second. An answer that is not the expected one ends it.
 *
 *	load -p PORT -c CLIENTS -k COOKIE -e STATUS [-w WORD] [-f PREFIX]
 *	    POST|GET <list
 *
 * A line of the list is a path, a session token and a CSRF token. WORD must
 * stand in the answer's head; PREFIX goes before each path. Connecting is
 * not part of the time. Called by bench/run; it trusts any certificate.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include <openssl/ssl.h>

#include "lib/str.h"

enum {
	REQUESTS = 1 << 17,
	CLIENTS = 256,
	ANSWER = 256 * 1024,
	REQUEST = 2048
};

struct client {
	pthread_t	 thread;
	SSL		*tls;
	int		 fd;
	char		 answer[ANSWER];
	size_t		 n;
};

static struct {
	int64_t		 port, clients, status;
	const char	*cookie, *word, *prefix;
	bool		 post;
} options = { .prefix = "" };

static char *request[REQUESTS];
static size_t requests;
static atomic_size_t next_request;
static SSL_CTX *context;
static pthread_barrier_t start;

static _Noreturn void
fail(const char *what, const char *detail)
{
	fprintf(stderr, "load: %s %.200s\n", what, detail);
	exit(EX_SOFTWARE);
}

static void
make_request(char *line)
{
	char text[REQUEST], body[128] = "", more[256] = "";
	char *rest = line, *path, *token, *csrf;

	line[strcspn(line, "\n")] = '\0';
	path = strsep(&rest, " ");
	token = strsep(&rest, " ");
	csrf = strsep(&rest, " ");
	if (csrf == NULL || requests == REQUESTS)
		fail("the list is wrong at", path);
	if (options.post) {
		snprintf(body, sizeof body, "csrf=%s", csrf);
		snprintf(more, sizeof more, "Origin: https://localhost:%d\r\n"
		    "Content-Type: application/x-www-form-urlencoded\r\n"
		    "Content-Length: %zu\r\n", (int)options.port,
		    strlen(body));
	}
	snprintf(text, sizeof text, "%s %s%s HTTP/1.1\r\n"
	    "Host: localhost:%d\r\nCookie: %s=%s\r\n"
	    "Accept-Language: en\r\n%s\r\n%s", options.post ? "POST" : "GET",
	    options.prefix, path, (int)options.port, options.cookie, token,
	    more, body);
	request[requests] = strdup(text);
	if (request[requests++] == NULL)
		fail("no memory", "");
}

static void
hang_up(struct client *c)
{
	SSL_free(c->tls);
	close(c->fd);
	c->tls = NULL;
}

static void
connect_client(struct client *c)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
	    .sin_port = htons((uint16_t)options.port),
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int on = 1;

	c->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (c->fd < 0 || connect(c->fd, (struct sockaddr *)&to, sizeof to) != 0)
		fail("cannot connect", "");
	setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	c->tls = SSL_new(context);
	if (c->tls == NULL || SSL_set_fd(c->tls, c->fd) != 1 ||
	    SSL_connect(c->tls) != 1)
		fail("no TLS", "");
}

static bool
ends_with(const struct client *c, const char *end)
{
	size_t n = strlen(end);

	return c->n >= n && memcmp(c->answer + c->n - n, end, n) == 0;
}

/* Has the whole answer come? With a length, or in chunks. */
static bool
is_whole(const struct client *c)
{
	const char *end = strstr(c->answer, "\r\n\r\n");
	const char *length = strstr(c->answer, "\r\nContent-Length: ");
	char number[24];
	uint64_t n;

	if (end == NULL)
		return false;
	if (length == NULL || length > end)
		return ends_with(c, "\r\n0\r\n\r\n");
	length += strlen("\r\nContent-Length: ");
	snprintf(number, sizeof number, "%.*s",
	    (int)strcspn(length, "\r"), length);
	return str_uint(number, ANSWER, &n, NULL) &&
	    c->n >= (size_t)(end + 4 - c->answer) + n;
}

static void
read_answer(struct client *c)
{
	int got;

	c->n = 0;
	c->answer[0] = '\0';
	do {
		got = SSL_read(c->tls, c->answer + c->n,
		    (int)(ANSWER - 1 - c->n));
		if (got <= 0)
			fail("the connection ended:", c->answer);
		c->n += (size_t)got;
		c->answer[c->n] = '\0';
	} while (!is_whole(c));
}

static void
check_answer(const struct client *c)
{
	char status[16];

	snprintf(status, sizeof status, "HTTP/1.1 %d", (int)options.status);
	if (!str_starts(c->answer, status) || (options.word != NULL &&
	    strstr(c->answer, options.word) == NULL))
		fail("unexpected answer:", c->answer);
}

static void *
run_client(void *arg)
{
	struct client *c = arg;
	size_t i;

	connect_client(c);
	pthread_barrier_wait(&start);
	while ((i = atomic_fetch_add(&next_request, 1)) < requests) {
		if (c->tls == NULL)
			connect_client(c);
		if (SSL_write(c->tls, request[i], (int)strlen(request[i]))
		    <= 0)
			fail("cannot send", "");
		read_answer(c);
		check_answer(c);
		if (strstr(c->answer, "\r\nConnection: close\r\n") != NULL)
			hang_up(c);
	}
	if (c->tls != NULL)
		hang_up(c);
	return NULL;
}

static double
seconds_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
run_all(void)
{
	static struct client client[CLIENTS];
	double began, took;

	pthread_barrier_init(&start, NULL, (unsigned)options.clients + 1);
	for (int64_t i = 0; i < options.clients; i++)
		if (pthread_create(&client[i].thread, NULL, run_client,
		    &client[i]) != 0)
			fail("no thread", "");
	pthread_barrier_wait(&start);
	began = seconds_now();
	for (int64_t i = 0; i < options.clients; i++)
		pthread_join(client[i].thread, NULL);
	took = seconds_now() - began;
	printf("%zu %.4f %.2f\n", requests, took, (double)requests / took);
}

static bool
read_options(int argc, char **argv)
{
	bool ok = true;
	int c;

	while ((c = getopt(argc, argv, "c:e:f:k:p:w:")) != -1) {
		if (c == 'c')
			ok &= str_int(optarg, 1, CLIENTS, &options.clients,
			    NULL);
		else if (c == 'e')
			ok &= str_int(optarg, 100, 599, &options.status,
			    NULL);
		else if (c == 'f')
			options.prefix = optarg;
		else if (c == 'k')
			options.cookie = optarg;
		else if (c == 'p')
			ok &= str_int(optarg, 1, 65535, &options.port, NULL);
		else if (c == 'w')
			options.word = optarg;
		else
			ok = false;
	}
	if (!ok || options.port == 0 || options.clients == 0 ||
	    options.status == 0 || options.cookie == NULL ||
	    optind + 1 != argc)
		return false;
	options.post = str_equal(argv[optind], "POST");
	return options.post || str_equal(argv[optind], "GET");
}

int
main(int argc, char **argv)
{
	char *line = NULL;
	size_t size = 0;

	if (!read_options(argc, argv)) {
		fprintf(stderr, "usage: load -p PORT -c CLIENTS -k COOKIE "
		    "-e STATUS [-w WORD] [-f PREFIX] POST|GET <list\n");
		return EX_USAGE;
	}
	context = SSL_CTX_new(TLS_client_method());
	if (context == NULL)
		fail("no TLS", "");
	SSL_CTX_set_verify(context, SSL_VERIFY_NONE, NULL);
	while (getline(&line, &size, stdin) > 0)
		make_request(line);
	free(line);
	run_all();
	return EX_OK;
}

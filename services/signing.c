/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The messages between sequencer and signer, and how they travel. What is
 * signed and what is refused is services/signer.c's.
 */
#include "services/signing.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/cbor.h"
#include "lib/err.h"

enum {
	SIGNING_VERSION = 1,
	LENGTH = 4,
	TIMEOUT_S = 10
};

static const char *const words[] = {
	[SIGNING_DONE]		= "signed",
	[SIGNING_OLD]		= "the record has another size",
	[SIGNING_MALFORMED]	= "not a question",
	[SIGNING_ORIGIN]	= "another authority's log",
	[SIGNING_YEAR]		= "no new log for this year now",
	[SIGNING_SHRINK]	= "smaller than what was signed",
	[SIGNING_FORK]		= "another tree, as large as what was signed",
	[SIGNING_PROOF]		= "does not go on from what was signed",
	[SIGNING_TIME]		= "the clock is before the last signature",
	[SIGNING_BROKEN]	= "the record cannot be read or written",
};
_Static_assert(sizeof words / sizeof *words == SIGNING__MAX,
    "a verdict has no words");

const char *
signing_words(enum signing_verdict v)
{
	return words[v];
}

struct bytes
signing_put_question(struct arena *arena, const struct signing_question *q)
{
	struct buf b = buf_new(arena, 256);

	cbor_put_array(&b, 6);
	cbor_put_uint(&b, SIGNING_VERSION);
	cbor_put_text(&b, q->origin);
	cbor_put_uint(&b, q->size);
	cbor_put_bytes(&b, bytes(q->root.b, CRYPTO_HASH));
	cbor_put_uint(&b, q->old);
	cbor_put_array(&b, q->path.n);
	for (size_t i = 0; i < q->path.n; i++)
		cbor_put_bytes(&b, bytes(q->path.hash[i].b, CRYPTO_HASH));
	return buf_bytes(&b);
}

static void
take_hash(struct cbor *c, struct hash *h)
{
	struct bytes b = cbor_bytes(c);

	if (b.n == CRYPTO_HASH)
		memcpy(h->b, b.p, b.n);
	else if (c->fault == NULL)
		c->fault = "a hash has 32 bytes";
}

static const char *
take_text(struct arena *arena, struct cbor *c)
{
	struct bytes b = cbor_text(c);

	return arena_strndup(arena, (const char *)b.p, b.n);
}

static void
take_version(struct cbor *c)
{
	if (cbor_uint(c) != SIGNING_VERSION && c->fault == NULL)
		c->fault = "another version";
}

bool
signing_take_question(struct arena *arena, struct bytes b,
    struct signing_question *q, struct err *e)
{
	struct cbor c = cbor_read(b);

	*q = (struct signing_question){ .size = 0 };
	cbor_array_of(&c, 6);
	take_version(&c);
	q->origin = take_text(arena, &c);
	q->size = cbor_uint(&c);
	take_hash(&c, &q->root);
	q->old = cbor_uint(&c);
	q->path.n = cbor_array(&c);
	if (q->path.n > TREE_PATH && c.fault == NULL)
		c.fault = "too long a proof";
	for (size_t i = 0; i < q->path.n && c.fault == NULL; i++)
		take_hash(&c, &q->path.hash[i]);
	return cbor_end(&c, e);
}

struct bytes
signing_put_answer(struct arena *arena, const struct signing_answer *a)
{
	struct buf b = buf_new(arena, 512);

	cbor_put_array(&b, 5);
	cbor_put_uint(&b, SIGNING_VERSION);
	cbor_put_uint(&b, a->verdict);
	cbor_put_uint(&b, a->size);
	cbor_put_bytes(&b, a->note);
	cbor_put_text(&b, a->words != NULL ? a->words : words[a->verdict]);
	return buf_bytes(&b);
}

bool
signing_take_answer(struct arena *arena, struct bytes b,
    struct signing_answer *a, struct err *e)
{
	struct cbor c = cbor_read(b);
	uint64_t verdict;

	cbor_array_of(&c, 5);
	take_version(&c);
	verdict = cbor_uint(&c);
	if (verdict >= SIGNING__MAX && c.fault == NULL)
		c.fault = "an unknown verdict";
	a->verdict = (enum signing_verdict)verdict;
	a->size = cbor_uint(&c);
	a->note = cbor_bytes(&c);
	a->words = take_text(arena, &c);
	return cbor_end(&c, e);
}

/* ---- on their way ---- */

static bool
lost(struct err *e, const char *what)
{
	return err_set(e, ERR_LOST, "signer: %s: %s", what,
	    errno != 0 ? strerror(errno) : "hung up");
}

bool
signing_send(int fd, struct arena *arena, struct bytes message,
    struct err *e)
{
	struct buf b = buf_new(arena, LENGTH + message.n);
	size_t done = 0;

	buf_u32(&b, (uint32_t)message.n);
	buf_put_bytes(&b, message);
	while (done < b.n) {
		ssize_t n = send(fd, b.p + done, b.n - done, MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return lost(e, "cannot send");
		done += (size_t)n;
	}
	return true;
}

static bool
receive_all(int fd, uint8_t *out, size_t n, struct err *e)
{
	while (n > 0) {
		ssize_t got;

		errno = 0;
		got = recv(fd, out, n, 0);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return lost(e, "cannot receive");
		out += got;
		n -= (size_t)got;
	}
	return true;
}

bool
signing_receive(int fd, struct arena *arena, struct bytes *message,
    struct err *e)
{
	uint8_t head[LENGTH], *p;
	uint32_t n;

	if (!receive_all(fd, head, sizeof head, e))
		return false;
	n = (uint32_t)head[0] << 24 | (uint32_t)head[1] << 16 |
	    (uint32_t)head[2] << 8 | head[3];
	if (n == 0 || n > SIGNING_MAX)
		return err_set(e, ERR_INPUT, "signer: a message of %u bytes",
		    n);
	p = arena_alloc(arena, n);
	*message = bytes(p, n);
	return receive_all(fd, p, n, e);
}

static bool
dial(const char *path, int *out, struct err *e)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	const struct timeval limit = { .tv_sec = TIMEOUT_S };
	int fd;

	if (strlen(path) >= sizeof address.sun_path)
		return err_set(e, ERR_SYSTEM, "%.150s: too long a path",
		    path);
	memcpy(address.sun_path, path, strlen(path) + 1);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return lost(e, "no socket");
	if (setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) != 0
	    || setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit)
	    != 0 || connect(fd, (struct sockaddr *)&address, sizeof address)
	    != 0) {
		lost(e, "cannot connect");
		close(fd);
		return false;
	}
	*out = fd;
	return true;
}

bool
signing_ask(struct arena *arena, const char *path,
    const struct signing_question *q, struct signing_answer *a,
    struct err *e)
{
	struct bytes reply;
	bool ok;
	int fd;

	if (!dial(path, &fd, e))
		return false;
	ok = signing_send(fd, arena, signing_put_question(arena, q), e) &&
	    signing_receive(fd, arena, &reply, e) &&
	    signing_take_answer(arena, reply, a, e);
	close(fd);
	return ok;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The state of a chain and its place in the shared page. Only services/act.c
 * moves it; cgi-bin/program.c keeps the page over a restart.
 */
#include "audit/writer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/err.h"

static struct writer_slot unfollowed;

void
writer_start(struct writer *w, struct writer_slot *slot)
{
	memset(w, 0, sizeof *w);
	w->slot = slot != NULL ? slot : &unfollowed;
	crypto_random(w->id, sizeof w->id);
}

void
writer_committed(struct writer *w, const struct writer *act)
{
	*w = *act;
	w->slot->known = w->last;
	w->slot->has_known = 1;
	w->slot->has_maybe = 0;
}

void
writer_unknown(struct writer *w, const struct writer *act)
{
	w->slot->maybe = act->last;
	w->slot->has_maybe = 1;
	writer_start(w, w->slot);
}

struct bytes
writer_known(const struct writer *w)
{
	return bytes(w->slot->known.b, w->slot->has_known ? CRYPTO_HASH : 0);
}

struct bytes
writer_maybe(const struct writer *w)
{
	return bytes(w->slot->maybe.b, w->slot->has_maybe ? CRYPTO_HASH : 0);
}

bool
writer_slots_load(const char *path, void *page, unsigned slots, struct err *e)
{
	size_t n = (size_t)slots * WRITER_SLOT;
	ssize_t got;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

	memset(page, 0, n);
	if (fd < 0 && errno == ENOENT)
		return true;
	if (fd < 0)
		return err_set(e, ERR_SYSTEM, "%s: %s", path, strerror(errno));
	got = read(fd, page, n);
	close(fd);
	if (got < 0 || (size_t)got % WRITER_SLOT != 0)
		return err_set(e, ERR_SYSTEM, "%s: is no file of slots", path);
	return true;
}

bool
writer_slots_save(const char *path, const void *page, unsigned slots,
    struct err *e)
{
	size_t n = (size_t)slots * WRITER_SLOT;
	char draft[4096];
	ssize_t put;
	int fd;

	snprintf(draft, sizeof draft, "%s.new", path);
	fd = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		return err_set(e, ERR_SYSTEM, "%s: %s", draft, strerror(errno));
	put = write(fd, page, n);
	if (put < 0 || (size_t)put != n || fsync(fd) != 0) {
		close(fd);
		return err_set(e, ERR_SYSTEM, "%s: cannot be written", draft);
	}
	close(fd);
	if (rename(draft, path) != 0)
		return err_set(e, ERR_SYSTEM, "%s: %s", path, strerror(errno));
	return true;
}

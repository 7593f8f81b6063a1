/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Handing mails out. Delivery comes before "done": a courier that dies in
 * between delivers twice, with the same Message-ID, rather than never.
 */
#include "services/delivery.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "lib/arena.h"
#include "lib/conf.h"
#include "lib/err.h"
#include "lib/fetch.h"
#include "services/act.h"
#include "services/mail.h"
#include "services/message.h"
#include "services/room.h"

enum {
	TIMEOUT_S = 60
};

static bool
write_all(int fd, struct bytes what)
{
	while (what.n > 0) {
		ssize_t n = write(fd, what.p, what.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		what = bytes(what.p + n, what.n - (size_t)n);
	}
	return true;
}

static bool
fill(const char *path, struct bytes what, struct err *e)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	bool ok;

	if (fd == -1)
		return err_set(e, ERR_SYSTEM, "mail folder: %s",
		    strerror(errno));
	ok = write_all(fd, what) && fsync(fd) == 0;
	if (close(fd) == 0 && ok)
		return true;
	return err_set(e, ERR_SYSTEM, "mail folder: %s", strerror(errno));
}

/* Whole or not there; a mail that is there already was delivered before. */
static bool
put_file(struct arena *arena, const char *dir, struct uuid id,
    struct bytes what, struct err *e)
{
	char text[UUID_TEXT];
	const char *name = uuid_text(id, text);
	const char *path = arena_printf(arena, "%s/%s.eml", dir, name);
	const char *part = arena_printf(arena, "%s/.%s", dir, name);
	bool ok;

	if (unlink(part) == -1 && errno != ENOENT)
		return err_set(e, ERR_SYSTEM, "mail folder: %s",
		    strerror(errno));
	if (!fill(part, what, e))
		return false;
	ok = link(part, path) == 0 || errno == EEXIST;
	if (!ok)
		err_set(e, ERR_SYSTEM, "mail folder: %s", strerror(errno));
	unlink(part);
	return ok;
}

static bool
deliver(struct room *room, struct arena *arena, const struct mail *mail,
    struct uuid id, struct bytes text, struct err *e)
{
	const char *relay = conf_text(room->conf, "mail", "smtp");

	if (*relay == '\0')
		return put_file(arena, conf_text(room->conf, "path", "mail"),
		    id, text, e);
	return fetch_mail(&(struct fetch_mail){
		.relay = relay,
		.from = conf_text(room->conf, "mail", "from"),
		.to = mail->to,
		.message = text,
		.timeout_s = TIMEOUT_S,
	}, e);
}

static bool
done_body(struct act *act, void *arg, struct err *e)
{
	(void)e;
	message_done(act, arg);
	return true;
}

bool
delivery_handle(struct room *room, struct arena *arena,
    const struct message *m, struct err *e)
{
	struct message done = *m;
	struct bytes text;
	struct mail mail;

	return mail_decode(arena, m->body, &mail, e)
	    && delivery_write(arena, room->conf, &mail, m->id, clock_now(),
	        &text, e)
	    && deliver(room, arena, &mail, m->id, text, e)
	    && act_run(room, arena, NULL, done_body, &done, e);
}

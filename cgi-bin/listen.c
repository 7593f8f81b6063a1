/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Making the listening socket, as root or not, before the user is changed.
 * Only cgi-bin/program.c calls it.
 */
#include "cgi-bin/listen.h"

#include <errno.h>
#include <grp.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "lib/err.h"

enum {
	BACKLOG = 511	/* as many as nginx itself lets wait */
};

static bool
fail(const char *path, struct err *e)
{
	return err_set(e, ERR_SYSTEM, "%s: %s", path, strerror(errno));
}

static bool
make_address(const char *path, struct sockaddr_un *address, struct err *e)
{
	if (strlen(path) >= sizeof address->sun_path)
		return err_set(e, ERR_SYSTEM, "%s: a socket's path may have "
		    "%zu letters", path, sizeof address->sun_path - 1);
	*address = (struct sockaddr_un){ .sun_family = AF_UNIX };
	memcpy(address->sun_path, path, strlen(path) + 1);
	return true;
}

/* Is somebody there who answers? */
static bool
is_alive(const struct sockaddr_un *address)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool alive;

	if (fd < 0)
		return false;
	alive = connect(fd, (const struct sockaddr *)address,
	    sizeof *address) == 0;
	close(fd);
	return alive;
}

static bool
clear_place(const char *path, const struct sockaddr_un *address,
    struct err *e)
{
	struct stat st;

	if (lstat(path, &st) < 0)
		return errno == ENOENT || fail(path, e);
	if (!S_ISSOCK(st.st_mode))
		return err_set(e, ERR_SYSTEM, "%s: there is something else",
		    path);
	if (is_alive(address))
		return err_set(e, ERR_SYSTEM, "%s: another program listens "
		    "there", path);
	return unlink(path) == 0 || fail(path, e);
}

/* The mode is right from the first moment: the mask takes everything but the
 * owner's part, and the group gets its part with its name. */
static bool
bind_private(int fd, const struct sockaddr_un *address, const char *group,
    struct err *e)
{
	const char *path = address->sun_path;
	mode_t mask = umask(0177);
	int bound = bind(fd, (const struct sockaddr *)address,
	    sizeof *address);
	struct group *g;

	umask(mask);
	if (bound < 0)
		return fail(path, e);
	if (group == NULL)
		return true;
	g = getgrnam(group);
	if (g == NULL)
		return err_set(e, ERR_SYSTEM, "no group %s", group);
	if (chown(path, (uid_t)-1, g->gr_gid) < 0 || chmod(path, 0660) < 0)
		return fail(path, e);
	return true;
}

bool
listen_unix(const char *path, const char *group, int *out, struct err *e)
{
	struct sockaddr_un address;
	int fd;

	if (!make_address(path, &address, e) ||
	    !clear_place(path, &address, e))
		return false;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return fail(path, e);
	if (!bind_private(fd, &address, group, e)) {
		close(fd);
		return false;
	}
	if (listen(fd, BACKLOG) < 0) {
		close(fd);
		return fail(path, e);
	}
	*out = fd;
	return true;
}

bool
listen_given(int fd)
{
	int listening = 0;
	socklen_t n = sizeof listening;

	return getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listening, &n) == 0
	    && listening != 0;
}

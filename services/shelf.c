/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writing so that a crash at any step leaves either nothing or all of a file.
 * What the bytes mean, the callers know: the signer's record, the log's tiles
 * and checkpoints, a witness's state.
 */
#include "services/shelf.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/arena.h"
#include "lib/err.h"

enum {
	FIRST_ROOM = 16
};

struct shelf_item {
	const char	*draft;
	const char	*path;
	struct bytes	 content;
};

static bool
failed(struct err *e, const char *path)
{
	return err_set(e, ERR_SYSTEM, "%.150s: %s", path, strerror(errno));
}

static bool
read_all(int fd, uint8_t *out, size_t n)
{
	while (n > 0) {
		ssize_t got = read(fd, out, n);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		out += got;
		n -= (size_t)got;
	}
	return true;
}

bool
shelf_read(struct arena *arena, const char *path, struct bytes *out,
    struct err *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	struct stat st;
	uint8_t *p;
	bool ok;

	*out = bytes(NULL, 0);
	if (fd < 0)
		return errno == ENOENT || failed(e, path);
	ok = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    st.st_size <= SHELF_FILE_MAX;
	if (ok) {
		p = arena_alloc(arena, (size_t)st.st_size);
		*out = bytes(p, (size_t)st.st_size);
		ok = read_all(fd, p, out->n);
	}
	close(fd);
	return ok || err_set(e, ERR_SYSTEM, "%.150s: cannot be read whole",
	    path);
}

static bool
sync_folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	char folder[PATH_MAX];
	bool ok;
	int fd;

	snprintf(folder, sizeof folder, "%.*s", (int)(slash - path), path);
	fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	ok = fd >= 0 && fsync(fd) == 0;
	if (fd >= 0)
		close(fd);
	return ok;
}

static bool
write_draft(const char *draft, struct bytes content, mode_t mode)
{
	int fd;
	bool ok;

	(void)unlink(draft);
	fd = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
	    0600);
	if (fd < 0)
		return false;
	ok = true;
	while (ok && content.n > 0) {
		ssize_t n = write(fd, content.p, content.n);

		if (n < 0 && errno == EINTR)
			continue;
		ok = n > 0;
		if (ok)
			content = bytes(content.p + n, content.n - (size_t)n);
	}
	ok = ok && fchmod(fd, mode) == 0;
	return close(fd) == 0 && ok;
}

static bool
sync_file(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	bool ok = fd >= 0 && fsync(fd) == 0;

	if (fd >= 0)
		close(fd);
	return ok;
}

bool
shelf_replace(struct arena *arena, const char *path, struct bytes content,
    mode_t mode, struct err *e)
{
	const char *draft = arena_printf(arena, "%s.new", path);

	if (!write_draft(draft, content, mode) || !sync_file(draft) ||
	    rename(draft, path) != 0 || !sync_folder_of(path)) {
		failed(e, path);
		(void)unlink(draft);
		return false;
	}
	return true;
}

/* ---- many at once ---- */

void
shelf_begin(struct shelf *s, struct arena *arena, const char *folder)
{
	*s = (struct shelf){ .arena = arena, .folder = folder };
}

void
shelf_put(struct shelf *s, const char *name, struct bytes content)
{
	if (s->n == s->room) {
		size_t room = s->room > 0 ? 2 * s->room : FIRST_ROOM;
		struct shelf_item *wider = arena_array(s->arena, room,
		    sizeof *wider);

		if (s->n > 0)
			memcpy(wider, s->item, s->n * sizeof *wider);
		s->item = wider;
		s->room = room;
	}
	s->item[s->n] = (struct shelf_item){
		.draft = arena_printf(s->arena, "%s/.staging/%zu", s->folder,
		    s->n),
		.path = arena_printf(s->arena, "%s/%s", s->folder, name),
		.content = content,
	};
	s->n++;
}

bool
shelf_make_folder(const char *path, struct err *e)
{
	char part[PATH_MAX];
	size_t n = strlen(path);

	if (n >= sizeof part)
		return err_set(e, ERR_SYSTEM, "%.150s: too long", path);
	for (size_t i = 1; i <= n; i++) {
		if (path[i] != '/' && path[i] != '\0')
			continue;
		snprintf(part, sizeof part, "%.*s", (int)i, path);
		if (mkdir(part, 0755) != 0 && errno != EEXIST)
			return failed(e, part);
	}
	return true;
}

static bool
make_folder_of(const char *path, struct err *e)
{
	const char *slash = strrchr(path, '/');
	char folder[PATH_MAX];

	snprintf(folder, sizeof folder, "%.*s", (int)(slash - path), path);
	return shelf_make_folder(folder, e);
}

static bool
give_name(struct shelf *s, const struct shelf_item *item, struct err *e)
{
	struct bytes there;

	if (!shelf_read(s->arena, item->path, &there, e))
		return false;
	if (there.p == NULL && rename(item->draft, item->path) == 0)
		return true;
	if (there.p == NULL)
		return (errno == ENOENT && make_folder_of(item->path, e) &&
		    rename(item->draft, item->path) == 0) ||
		    failed(e, item->path);
	(void)unlink(item->draft);
	if (bytes_equal(there, item->content))
		return true;
	return err_set(e, ERR_CONFLICT, "%.150s is published already, and "
	    "says something else", item->path);
}

/* Names are on disk once their folders are; neighbours often share one. */
static bool
sync_folders(const struct shelf *s, struct err *e)
{
	for (size_t i = 0; i < s->n; i++) {
		const char *path = s->item[i].path;
		size_t n = (size_t)(strrchr(path, '/') - path) + 1;

		if (i + 1 < s->n && strncmp(path, s->item[i + 1].path, n) == 0
		    && strchr(s->item[i + 1].path + n, '/') == NULL)
			continue;
		if (!sync_folder_of(path))
			return failed(e, path);
	}
	return true;
}

bool
shelf_settle(struct shelf *s, struct err *e)
{
	bool ok = s->n == 0 || make_folder_of(s->item[0].draft, e);

	for (size_t i = 0; i < s->n && ok; i++)
		ok = write_draft(s->item[i].draft, s->item[i].content, 0444)
		    || failed(e, s->item[i].draft);
	/* One after all writing: the first wait pays for most of them. */
	for (size_t i = 0; i < s->n && ok; i++)
		ok = sync_file(s->item[i].draft) ||
		    failed(e, s->item[i].draft);
	for (size_t i = 0; i < s->n && ok; i++)
		ok = give_name(s, &s->item[i], e);
	ok = ok && sync_folders(s, e);
	s->n = 0;
	return ok;
}

void
shelf_clear(struct arena *arena, const char *folder)
{
	const struct dirent *entry;
	DIR *d = opendir(folder);

	if (d == NULL)
		return;
	while ((entry = readdir(d)) != NULL)
		if (entry->d_name[0] != '.')
			(void)unlink(arena_printf(arena, "%s/%s", folder,
			    entry->d_name));
	closedir(d);
	(void)unlinkat(AT_FDCWD, folder, AT_REMOVEDIR);
}

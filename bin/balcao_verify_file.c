/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading files. Only here does balcao-verify open any; it looks for nothing
 * that its caller did not name.
 */
#include "bin/balcao_verify_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/arena.h"
#include "lib/err.h"

enum {
	BUNDLE_MAX = TILE_WIDTH * (2 + TILE_ENTRY_MAX),
	FIRST_CAPACITY = 256 * 1024
};

static int
open_file(const char *path, size_t max, size_t *size, struct err *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat st;

	if (fd < 0) {
		err_set(e, errno == ENOENT || errno == ENOTDIR ? ERR_ABSENT
		    : ERR_SYSTEM, "%s: %s", path, strerror(errno));
		return -1;
	}
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		err_set(e, ERR_SYSTEM, "%s: no regular file", path);
	else if ((uint64_t)st.st_size > max)
		err_set(e, ERR_LIMIT, "%s: too long", path);
	else {
		*size = (size_t)st.st_size;
		return fd;
	}
	close(fd);
	return -1;
}

static bool
read_all(int fd, const char *path, uint8_t *p, size_t n, struct err *e)
{
	for (size_t at = 0; at < n;) {
		ssize_t got = read(fd, p + at, n - at);

		if (got <= 0) {
			close(fd);
			return err_set(e, ERR_SYSTEM, "%s: %s", path,
			    got < 0 ? strerror(errno) : "became shorter");
		}
		at += (size_t)got;
	}
	close(fd);
	return true;
}

bool
file_read(struct arena *a, const char *path, size_t max, struct bytes *out,
    struct err *e)
{
	size_t n;
	int fd = open_file(path, max, &n, e);
	uint8_t *p;

	if (fd < 0)
		return false;
	p = arena_alloc(a, n);
	if (!read_all(fd, path, p, n, e))
		return false;
	*out = bytes(p, n);
	return true;
}

static bool
read_named(struct folder *f, const char *name, size_t *n, struct err *e)
{
	char path[4096];
	int fd;

	if ((size_t)snprintf(path, sizeof path, "%s/%s", f->path, name)
	    >= sizeof path)
		return err_set(e, ERR_SYSTEM, "the folder's name is too long");
	fd = open_file(path, BUNDLE_MAX, n, e);
	if (fd < 0)
		return false;
	if (*n > f->capacity) {
		f->capacity = *n > FIRST_CAPACITY ? 2 * *n : FIRST_CAPACITY;
		f->p = arena_alloc(f->arena, f->capacity);
	}
	return read_all(fd, path, f->p, *n, e);
}

bool
folder_read(struct folder *f, const struct tile *tile, uint8_t **p, size_t *n,
    struct err *e)
{
	struct tile full = *tile;
	char name[TILE_PATH];
	struct err why = { 0 };

	full.width = TILE_WIDTH;
	if (!read_named(f, tile_path(tile, name), n, &why)
	    && (why.code != ERR_ABSENT
	    || !read_named(f, tile_path(&full, name), n, NULL)))
		return err_set(e, why.code, "%s", why.text);
	*p = f->p;
	return true;
}

bool
folder_tile(void *arg, const struct tile *tile, struct bytes *out,
    struct err *e)
{
	size_t want = (size_t)tile->width * CRYPTO_HASH, n;
	char name[TILE_PATH];
	uint8_t *p;

	if (!folder_read(arg, tile, &p, &n, e))
		return false;
	if (n != want && n != TILE_BYTES)
		return err_set(e, ERR_INPUT, "%s: %zu bytes where %zu should "
		    "be", tile_path(tile, name), n, want);
	*out = bytes(p, want);
	return true;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files and folders. It knows nothing of what stands in them.
 */
#include "bin/balcao_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"

enum {
	FILE_LIMIT = 8 * 1024 * 1024,
	NAMES_LIMIT = 4096
};

static bool
read_all(int fd, uint8_t *p, size_t n)
{
	ssize_t got;

	for (; n > 0; p += got, n -= (size_t)got) {
		got = read(fd, p, n);
		if (got <= 0)
			return false;
	}
	return true;
}

bool
file_read(struct arena *arena, const char *path, struct bytes *out,
    struct err *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	uint8_t *p;
	bool ok;

	if (fd < 0 || fstat(fd, &st) != 0) {
		err_set(e, ERR_SYSTEM, "%.150s: %s", path, strerror(errno));
		if (fd >= 0)
			close(fd);
		return false;
	}
	ok = S_ISREG(st.st_mode) && st.st_size <= FILE_LIMIT;
	if (ok) {
		p = arena_alloc(arena, (size_t)st.st_size);
		ok = read_all(fd, p, (size_t)st.st_size);
		*out = bytes(p, (size_t)st.st_size);
	}
	close(fd);
	return ok || err_set(e, ERR_SYSTEM, "%.150s is no file, too large, or "
	    "cannot be read", path);
}

static int
by_name(const void *a, const void *b)
{
	const char *const *x = a;
	const char *const *y = b;

	return strcmp(*x, *y);
}

static bool
ends_so(const char *name, const char *ending)
{
	size_t n = strlen(name), m = strlen(ending);

	return n > m && name[0] != '.' && str_equal(name + n - m, ending);
}

bool
file_list(struct arena *arena, const char *folder, const char *ending,
    const char *const **names, size_t *n, struct err *e)
{
	const char **list = arena_array(arena, NAMES_LIMIT + 1, sizeof *list);
	DIR *dir = opendir(folder);
	const struct dirent *entry;

	*n = 0;
	if (dir == NULL)
		return err_set(e, ERR_SYSTEM, "%.150s: %s", folder,
		    strerror(errno));
	while (*n < NAMES_LIMIT && (entry = readdir(dir)) != NULL)
		if (ends_so(entry->d_name, ending))
			list[(*n)++] = arena_strdup(arena, entry->d_name);
	closedir(dir);
	qsort(list, *n, sizeof *list, by_name);
	*names = list;
	return true;
}

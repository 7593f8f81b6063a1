/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs a fuzz target over every file of the folders given, in order of their
 * names, and prints TAP. A target that finds something ends the program,
 * which leaves the plan unfulfilled.
 */
#include "tests/fuzz/target.h"

#include <dirent.h>
#include <string.h>
#include <sys/stat.h>

enum {
	LARGEST = 1024 * 1024,
	PATH_SIZE = 4096
};

static int count;

/* In memory of exactly its size, so that a sanitizer sees one byte too many
 * being read. */
static bool
replay_file(const char *path)
{
	FILE *f = fopen(path, "rbe");
	struct stat st;
	uint8_t *data;
	bool whole;

	if (f == NULL)
		return false;
	if (fstat(fileno(f), &st) != 0 || !S_ISREG(st.st_mode)
	    || st.st_size > LARGEST) {
		fclose(f);
		return false;
	}
	data = malloc((size_t)st.st_size > 0 ? (size_t)st.st_size : 1);
	require(data != NULL, "memory");
	whole = fread(data, 1, (size_t)st.st_size, f) == (size_t)st.st_size;
	fclose(f);
	if (whole)
		LLVMFuzzerTestOneInput(data, (size_t)st.st_size);
	free(data);
	return whole;
}

static int
visible(const struct dirent *d)
{
	return d->d_name[0] != '.';
}

static bool
replay_folder(const char *folder)
{
	struct dirent **entries;
	char path[PATH_SIZE];
	bool good = true;
	int n = scandir(folder, &entries, visible, alphasort);

	if (n <= 0) {
		printf("not ok %d - %s holds no input\n", ++count, folder);
		return false;
	}
	for (int i = 0; i < n; i++) {
		snprintf(path, sizeof path, "%s/%s", folder,
		    entries[i]->d_name);
		if (replay_file(path)) {
			printf("ok %d - %s\n", ++count, path);
		} else {
			printf("not ok %d - %s cannot be read\n", ++count,
			    path);
			good = false;
		}
		fflush(stdout);
		free(entries[i]);
	}
	free(entries);
	return good;
}

int
main(int argc, char **argv)
{
	bool good = argc > 1;

	for (int i = 1; i < argc; i++)
		good = replay_folder(argv[i]) && good;
	printf("1..%d\n", count);
	return good ? EXIT_SUCCESS : EXIT_FAILURE;
}

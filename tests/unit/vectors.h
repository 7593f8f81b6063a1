/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Other people's test vectors, as JSON in the shape of Wycheproof: groups of
 * tests with fields in hexadecimal. They lie in $BALCAO_REFERENCE_DATA, or in
 * ../shared/data beside the source tree; where they are absent the test is
 * skipped, by the file's name.
 *
 * Whatever is wrong with a file (no JSON, a field that is not there) fails
 * the running cmocka test.
 */
#ifndef TESTS_UNIT_VECTORS_H
#define TESTS_UNIT_VECTORS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/bytes.h"
#include "lib/secret.h"

struct arena;
struct json_t;

enum {
	VECTORS_PATH = 4096
};

/* The path of a file in the reference data, or false where it is absent. */
bool	 vectors_path(const char *file, char out[VECTORS_PATH]);

/* Skips the running test where the file is absent. Given back by free(). */
char	*vectors_path_or_skip(const char *file);

/* The whole file, as JSON; skips where it is absent. vectors_free() it. */
struct json_t	*vectors_load(const char *file);
void		 vectors_free(struct json_t *);

/*
 * Run f over every test of the file, with its group; f says whether the test
 * was one for us. The file's name and how many ran are printed, and returned.
 * The arena is reset after each test.
 */
typedef bool	vectors_fn(struct arena *, const struct json_t *group,
		    const struct json_t *test);
size_t		vectors_run(const char *file, vectors_fn *f);

/* Fields. An absent one fails the running test. */
bool		 vectors_has(const struct json_t *, const char *field);
const char	*vectors_text(const struct json_t *, const char *field);
int64_t		 vectors_int(const struct json_t *, const char *field);
struct bytes	 vectors_hex(struct arena *, const struct json_t *,
		    const char *field);
const struct json_t	*vectors_in(const struct json_t *, const char *field);

/* false where the field has not SECRET_SIZE bytes. */
bool		 vectors_secret(struct arena *, const struct json_t *,
		    const char *field, struct secret *);

/* Its "result" is "valid" or "acceptable". */
bool		 vectors_valid(const struct json_t *test);

/* Fails the running test, with the vector's number and comment. */
void		 vectors_hold(const struct json_t *test, bool held);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading test vectors: the tests' only use of a JSON library. Not part of
 * the product; any unit test may use it.
 */
#include "tests/unit/vectors.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>

#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"

bool
vectors_path(const char *file, char out[VECTORS_PATH])
{
	const char *data = getenv("BALCAO_REFERENCE_DATA");
	const char *source = getenv("srcdir");
	int n;

	if (data != NULL)
		n = snprintf(out, VECTORS_PATH, "%s/%s", data, file);
	else
		n = snprintf(out, VECTORS_PATH, "%s/../shared/data/%s",
		    source != NULL ? source : ".", file);
	return n > 0 && n < VECTORS_PATH && access(out, R_OK) == 0;
}

char *
vectors_path_or_skip(const char *file)
{
	char path[VECTORS_PATH];
	char *copy;

	if (!vectors_path(file, path)) {
		print_message("# %s is absent\n", file);
		skip();
	}
	copy = strdup(path);
	assert_non_null(copy);
	return copy;
}

struct json_t *
vectors_load(const char *file)
{
	char *path = vectors_path_or_skip(file);
	json_error_t why;
	json_t *root = json_load_file(path, JSON_REJECT_DUPLICATES, &why);

	free(path);
	if (root == NULL)
		fail_msg("%s, line %d: %s", file, why.line, why.text);
	return root;
}

void
vectors_free(struct json_t *root)
{
	json_decref(root);
}

static const json_t *
field_of(const json_t *object, const char *field)
{
	const json_t *value = json_object_get(object, field);

	if (value == NULL)
		fail_msg("no field %s", field);
	return value;
}

size_t
vectors_run(const char *file, vectors_fn *f)
{
	json_t *root = vectors_load(file);
	struct arena *a = arena_new(0);
	size_t ran = 0, all = 0, i, j;
	json_t *group, *test;

	json_array_foreach(json_object_get(root, "testGroups"), i, group) {
		json_array_foreach(json_object_get(group, "tests"), j, test) {
			ran += f(a, group, test);
			all++;
			arena_reset(a);
		}
	}
	print_message("# %s: %zu of %zu vectors ran\n", file, ran, all);
	arena_free(a);
	vectors_free(root);
	return ran;
}

bool
vectors_has(const struct json_t *object, const char *field)
{
	return json_object_get(object, field) != NULL;
}

const char *
vectors_text(const struct json_t *object, const char *field)
{
	const char *s = json_string_value(field_of(object, field));

	if (s == NULL)
		fail_msg("%s is no text", field);
	return s;
}

int64_t
vectors_int(const struct json_t *object, const char *field)
{
	const json_t *value = field_of(object, field);

	if (!json_is_integer(value))
		fail_msg("%s is no integer", field);
	return json_integer_value(value);
}

struct bytes
vectors_hex(struct arena *a, const struct json_t *object, const char *field)
{
	struct bytes out;
	struct err e;

	if (!str_unhex(a, vectors_text(object, field), &out, &e))
		fail_msg("%s: %s", field, e.text);
	return out;
}

const struct json_t *
vectors_in(const struct json_t *object, const char *field)
{
	return field_of(object, field);
}

bool
vectors_secret(struct arena *a, const struct json_t *object,
    const char *field, struct secret *out)
{
	struct bytes b = vectors_hex(a, object, field);

	if (b.n != sizeof out->b)
		return false;
	memcpy(out->b, b.p, sizeof out->b);
	return true;
}

bool
vectors_valid(const struct json_t *test)
{
	return strcmp(vectors_text(test, "result"), "invalid") != 0;
}

void
vectors_hold(const struct json_t *test, bool held)
{
	if (!held)
		fail_msg("vector %lld (%s)",
		    (long long)vectors_int(test, "tcId"),
		    vectors_text(test, "comment"));
}

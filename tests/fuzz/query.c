/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Fuzz target: names and values that were read are text, and written into an
 * address they read back the same; after a refusal nothing was added.
 */
#include "tests/fuzz/target.h"

#include <string.h>

#include "cgi-bin/query.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"

static void
same_again(struct arena *a, const struct pairs *pairs)
{
	const char *address = query_address(a, "/", pairs, NULL);
	struct pairs again = { .n = 0 };
	struct err e;

	require(pairs->n == 0 || query_parse(a, bytes_of(address + 2),
	    &again, &e), "what was written can be read");
	require(again.n == pairs->n, "as many pairs as before");
	for (size_t i = 0; i < pairs->n; i++) {
		const struct pair *p = &pairs->pair[i];

		require(str_utf8(bytes_of(p->name)) &&
		    str_utf8(bytes_of(p->value)), "pairs are text");
		require(p->name[0] != '\0' && strlen(p->name) <= QUERY_NAME,
		    "names are there and short");
		require(strcmp(p->name, again.pair[i].name) == 0 &&
		    strcmp(p->value, again.pair[i].value) == 0,
		    "the same pairs as before");
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena *arena;
	struct pairs pairs = { .n = 0 };
	const char *path;
	struct err e = { 0 };

	if (arena == NULL)
		arena = arena_new(0);
	if (query_parse(arena, bytes(data, size), &pairs, &e))
		same_again(arena, &pairs);
	else
		require(pairs.n == 0 && (e.code == ERR_INPUT ||
		    e.code == ERR_LIMIT), "a refusal says why");
	if (query_path(arena, bytes(data, size), &path, &e))
		require(str_utf8(bytes_of(path)), "paths are text");
	arena_reset(arena);
	return 0;
}

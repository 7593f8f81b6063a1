/* SPDX-License-Identifier: Apache-2.0 */
/*
 * JSON as it comes out, read back by a parser that is not ours.
 */
#include "cgi-bin/json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <jansson.h>

#include "lib/arena.h"

static const char *const texts[] = {
	"",
	"plain",
	"a \"quote\" and a \\ backslash",
	"line\nend, tab\tand \x01\x1f",
	"</script><!--",
	"veículo – R$\xc2\xa0\x31",
	"\xf0\x9f\x9a\x97",
};

enum {
	TEXTS = sizeof texts / sizeof *texts
};

static json_t *
parsed(const struct json *j)
{
	struct bytes b = json_bytes(j);
	json_error_t e;
	json_t *root = json_loadb((const char *)b.p, b.n,
	    JSON_REJECT_DUPLICATES, &e);

	if (root == NULL)
		fail_msg("%d:%d: %s", e.line, e.column, e.text);
	return root;
}

static void
every_text_comes_back(void **state)
{
	struct arena *arena = arena_new(0);
	struct json j = json_new(arena);
	json_t *root;

	(void)state;
	json_list_begin(&j, NULL);
	for (size_t i = 0; i < TEXTS; i++)
		json_text(&j, NULL, texts[i]);
	json_list_end(&j);
	root = parsed(&j);
	assert_int_equal(json_array_size(root), TEXTS);
	for (size_t i = 0; i < TEXTS; i++)
		assert_string_equal(json_string_value(json_array_get(root,
		    i)), texts[i]);
	json_decref(root);
	arena_free(arena);
}

static void
members_stand_where_they_were_put(void **state)
{
	struct arena *arena = arena_new(0);
	struct json j = json_new(arena);
	struct bytes b;

	(void)state;
	json_begin(&j, NULL);
	json_text(&j, "left-out", NULL);
	json_text(&j, "a", "1");
	json_begin(&j, "empty");
	json_end(&j);
	json_list_begin(&j, "list");
	json_begin(&j, NULL);
	json_text(&j, "b", "2");
	json_end(&j);
	json_begin(&j, NULL);
	json_end(&j);
	json_list_end(&j);
	json_text(&j, "c", "3");
	json_end(&j);
	json_decref(parsed(&j));
	b = json_bytes(&j);
	assert_string_equal((const char *)b.p, "{\"a\":\"1\",\"empty\":{},"
	    "\"list\":[{\"b\":\"2\"},{}],\"c\":\"3\"}");
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_text_comes_back),
		cmocka_unit_test(members_stand_where_they_were_put),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Fuzz target: any bytes as a form definition. check.c finds fault with
 * whatever definition_parse() refuses; what it lets through makes a form
 * whose draft can be loaded again.
 */
#include "tests/fuzz/target.h"

#include "forms/answer.h"
#include "forms/check.h"
#include "forms/form.h"
#include "forms/sentence.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/xml.h"

static void
use(struct arena *a, const struct definition *d)
{
	struct form_world world = { .today = 20000 };
	struct form *f = form_new(a, d, &world), *again;
	struct bytes draft = form_draft(a, f);
	const char **lines;
	bool second;
	size_t n;

	for (const struct form_error *e = form_check(f); e; e = e->next)
		require(sentence_error(a, e)[0] != '\0', "a fault is said");
	answer_list(a, f, &n);
	form_fees(a, f, &lines, NULL);
	form_needs_second(f, 0, &second, NULL);
	form_submission(a, f);
	require(form_load(a, d, &world, draft, &again, NULL),
	    "a draft can be loaded");
	require(bytes_equal(form_draft(a, again), draft),
	    "and is the same again");
	form_free(again);
	form_free(f);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool ready;
	struct arena *a = arena_new(0);
	const struct definition *d;
	struct xml_fault *faults;
	struct err e;

	if (!ready)
		xml_init();
	ready = true;
	faults = check_definition(a, bytes(data, size), NULL);
	if (definition_parse(a, bytes(data, size), &d, &e)) {
		use(a, d);
		definition_free(d);
	} else {
		require(faults != NULL, "what is refused has a fault");
	}
	arena_free(a);
	return 0;
}

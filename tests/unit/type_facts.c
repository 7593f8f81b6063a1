/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the tests of types share. Not part of the product.
 */
#include "tests/unit/type_facts.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "forms/words.h"
#include "lib/arena.h"
#include "lib/str.h"

#define COUNT(array)	(sizeof(array) / sizeof *(array))

const char *const type_facts_names[] = {
	"text", "name", "email", "phone", "date", "integer", "money",
	"choice", "choices", "yesno", "address", "vin", "plate", "cpf",
	"declaration", NULL,
};

static const struct words yes_words = { "en", "Towing hook", NULL };
static const struct words no_words = { "en", "Sun roof", NULL };
static const struct type_choice choices[] = {
	{ "towbar", &yes_words, NULL },
	{ "roof", &no_words, NULL },
};

struct type_rules
type_facts_rules(const struct type *t)
{
	struct type_rules rules = { 0 };

	if (str_equal(type_name(t), "choice") || type_many(t)) {
		rules.choices = choices;
		rules.n_choices = COUNT(choices);
	}
	type_defaults(t, &rules);
	return rules;
}

enum type_code
type_facts_parse(struct arena *arena, const char *name,
    const struct type_rules *given, const char **texts, size_t n,
    struct type_value *v, struct type_fault *f)
{
	const struct type *t = type_find(name);
	struct type_rules rules = given != NULL ? *given : type_facts_rules(t);
	struct type_typed typed = { texts, n };

	*f = (struct type_fault){ 0 };
	if (!type_parse(arena, t, &rules, &typed, v, f)) {
		assert_int_not_equal(f->code, TYPE_FINE);
		assert_int_equal(v->n, 0);
		return f->code;
	}
	assert_true(type_canonical(arena, t, &rules, v));
	assert_non_null(type_read(arena, t, &rules, v));
	return TYPE_FINE;
}

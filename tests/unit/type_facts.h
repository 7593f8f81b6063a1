/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Parsing one answer in a test, with what holds for every type: a value is
 * canonical and can be read, a refusal has a code and leaves no value.
 */
#ifndef TESTS_UNIT_TYPE_FACTS_H
#define TESTS_UNIT_TYPE_FACTS_H

#include <stddef.h>

#include "forms/type.h"

struct arena;

enum {
	TYPE_FACTS_ADDRESS = 9	/* parts */
};

/* The names of all types, NULL-terminated. */
extern const char *const type_facts_names[];

/* Defaults; for choices "towbar" and "roof". */
struct type_rules	type_facts_rules(const struct type *);

/* given: rules other than the type's defaults, or NULL. */
enum type_code	type_facts_parse(struct arena *, const char *type,
		    const struct type_rules *given, const char **texts,
		    size_t n, struct type_value *, struct type_fault *);

#endif

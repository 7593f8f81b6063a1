/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Is a definition fit for use? Every fault is found, with its line, in plain
 * words: `balcao form check` prints them, `balcao form add` refuses on them.
 */
#ifndef FORMS_CHECK_H
#define FORMS_CHECK_H

#include "lib/bytes.h"

struct arena;
struct xml_fault;
struct xml_grammar;

/*
 * All faults in the order of their lines, NULL for none. grammar: of
 * schema/form.rng, or NULL to leave it out.
 */
struct xml_fault	*check_definition(struct arena *, struct bytes xml,
			    struct xml_grammar *grammar);

#endif

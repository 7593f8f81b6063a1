/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Grammars from the schema folder, and printing what they and others find.
 */
#include "bin/balcao_fault.h"

#include <stdio.h>

#include "bin/balcao.h"
#include "bin/balcao_file.h"
#include "lib/err.h"
#include "lib/xml.h"

bool
fault_grammar(const struct balcao *b, const char *name,
    struct xml_grammar **grammar, struct err *e)
{
	struct bytes text;

	if (!file_read(b->arena, balcao_schema(b, name), &text, e))
		return false;
	return xml_grammar_load(text, grammar, e) || err_at(e, name);
}

void
fault_print(struct balcao *b, const char *path, const struct xml_fault *f)
{
	for (; f != NULL; f = f->next) {
		printf("%s:%d: %s\n", path, f->line, f->text);
		b->found = true;
	}
}

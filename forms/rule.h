/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An expression of a definition: as written, taken apart (path.h, for what it
 * reads and whether it makes sense), and compiled (lib/xml.h, to be run).
 */
#ifndef FORMS_RULE_H
#define FORMS_RULE_H

#include <stdbool.h>

struct path;
struct xml_expression;

struct rule {
	const char	*text;
	const struct path *path;
	struct xml_expression *compiled;
	bool		 always;	/* "true()": need not be run */
	int		 line;
	const struct rule *next;	/* of the same definition */
};

#endif

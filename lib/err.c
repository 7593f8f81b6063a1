/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Filling a struct err. The format strings are the program's own, and what
 * goes into them is codes, counts and names of things, never typed values.
 */
#include "lib/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char *const names[] = {
	[ERR_NONE]	= "none",
	[ERR_INPUT]	= "input",
	[ERR_ABSENT]	= "absent",
	[ERR_DENIED]	= "denied",
	[ERR_CONFLICT]	= "conflict",
	[ERR_LIMIT]	= "limit",
	[ERR_BUSY]	= "busy",
	[ERR_LOST]	= "lost",
	[ERR_UNKNOWN]	= "unknown",
	[ERR_SYSTEM]	= "system",
};
_Static_assert(sizeof names / sizeof *names == ERR__MAX, "a code has no name");

bool
err_set(struct err *e, enum err_code code, const char *fmt, ...)
{
	va_list ap;

	if (e == NULL)
		return false;
	e->code = code;
	e->constraint[0] = '\0';
	va_start(ap, fmt);
	vsnprintf(e->text, sizeof e->text, fmt, ap);
	va_end(ap);
	return false;
}

bool
err_rule(struct err *e, const char *constraint, const char *text)
{
	if (e == NULL)
		return false;
	err_set(e, ERR_DENIED, "%s", text);
	snprintf(e->constraint, sizeof e->constraint, "%s", constraint);
	return false;
}

bool
err_at(struct err *e, const char *what)
{
	char before[sizeof e->text];

	if (e == NULL)
		return false;
	memcpy(before, e->text, sizeof before);
	snprintf(e->text, sizeof e->text, "%s: %.200s", what, before);
	return false;
}

const char *
err_name(enum err_code code)
{
	return code < ERR__MAX ? names[code] : "none";
}

bool
err_is(const struct err *e, const char *constraint)
{
	return strcmp(e->constraint, constraint) == 0;
}

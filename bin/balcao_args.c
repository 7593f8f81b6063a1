/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading a verb's words. Not getopt_long(): a word may stand before or
 * after the options, and what is wrong is said in one sentence.
 */
#include "bin/balcao_args.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "lib/err.h"
#include "lib/str.h"

bool
args_fault(struct err *e, const char *fmt, ...)
{
	char text[200];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	err_rule(e, "usage", text);
	e->code = ERR_INPUT;
	return false;
}

static const struct args_option *
find(const struct args_option *o, const char *word)
{
	for (; o != NULL && o->name != NULL; o++)
		if (str_equal(o->name, word))
			return o;
	return NULL;
}

static bool
set(const struct args_option *o, const char *value, struct err *e)
{
	if (o->many == NULL) {
		*o->value = value;
		return true;
	}
	if (o->many->n == ARGS_MANY)
		return args_fault(e, "%s stands more than %d times", o->name,
		    ARGS_MANY);
	o->many->word[o->many->n++] = value;
	return true;
}

static bool
check_needed(const struct args_option *o, struct err *e)
{
	for (; o != NULL && o->name != NULL; o++) {
		if (!o->needed)
			continue;
		if (o->many != NULL ? o->many->n == 0 : *o->value == NULL)
			return args_fault(e, "%s is missing", o->name);
	}
	return true;
}

bool
args_read(struct args *args, const struct args_option *options, int min,
    int max, struct err *e)
{
	const struct args_option *o;
	int left = 0;

	for (int i = 0; i < args->n; i++) {
		if (!str_utf8(bytes_of(args->word[i])))
			return args_fault(e, "a word is not UTF-8");
		if (!str_starts(args->word[i], "--")) {
			args->word[left++] = args->word[i];
			continue;
		}
		o = find(options, args->word[i]);
		if (o == NULL)
			return args_fault(e, "no option %.40s here",
			    args->word[i]);
		if (o->flag != NULL) {
			*o->flag = true;
			continue;
		}
		if (++i == args->n)
			return args_fault(e, "%s wants a value", o->name);
		if (!str_utf8(bytes_of(args->word[i])))
			return args_fault(e, "%s is not UTF-8", o->name);
		if (!set(o, args->word[i], e))
			return false;
	}
	args->n = left;
	if (left < min || left > max)
		return args_fault(e, left < min ? "something is missing" :
		    "there is a word too many");
	return check_needed(options, e);
}

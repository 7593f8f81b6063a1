/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Parameters of header values. Reads the whole value each time it is asked,
 * so that a fault anywhere in it is found whichever parameter is wanted.
 */
#include "cgi-bin/parameter.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "lib/arena.h"
#include "lib/err.h"

bool
parameter_token(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') ||
	    (c != '\0' && strchr("!#$%&'*+-.^_`|~", c) != NULL);
}

static const char *
skip_blanks(const char *s)
{
	return s + strspn(s, " \t");
}

bool
parameter_is(const char *value, const char *word)
{
	size_t n = strlen(word);

	value = skip_blanks(value);
	if (strncasecmp(value, word, n) != 0)
		return false;
	value = skip_blanks(value + n);
	return *value == ';' || *value == '\0';
}

/* From behind the opening quote to behind the closing one. */
static bool
quoted(struct arena *a, const char **s, const char **out, struct err *e)
{
	char *text = arena_alloc(a, strlen(*s) + 1);
	const char *p = *s;
	size_t n = 0;

	for (; *p != '"'; p++) {
		if (*p == '\\' && (p[1] == '"' || p[1] == '\\'))
			p++;
		if (*p == '\0')
			return err_set(e, ERR_INPUT, "a quote is not closed");
		text[n++] = *p;
	}
	*s = p + 1;
	*out = text;
	return true;
}

static bool
token(struct arena *a, const char **s, const char **out, struct err *e)
{
	size_t n = 0;

	while (parameter_token((unsigned char)(*s)[n]))
		n++;
	if (n == 0)
		return err_set(e, ERR_INPUT, "a parameter without %s",
		    **s == '=' ? "a name" : "a value");
	*out = arena_strndup(a, *s, n);
	*s += n;
	return true;
}

/* "name=value" or name="value", blanks around it. */
static bool
one(struct arena *a, const char **s, const char **name, const char **value,
    struct err *e)
{
	*s = skip_blanks(*s);
	if (!token(a, s, name, e))
		return false;
	if (**s != '=')
		return err_set(e, ERR_INPUT, "a parameter without a value");
	(*s)++;
	if (**s == '"') {
		(*s)++;
		if (!quoted(a, s, value, e))
			return false;
	} else if (!token(a, s, value, e)) {
		return false;
	}
	*s = skip_blanks(*s);
	if (**s != ';' && **s != '\0')
		return err_set(e, ERR_INPUT, "text behind a parameter");
	return true;
}

bool
parameter_find(struct arena *a, const char *value, const char *name,
    const char **out, struct err *e)
{
	const char *s = strchr(value, ';');
	const char *found = NULL;

	while (s != NULL && *s == ';') {
		const char *n, *v;

		s = skip_blanks(s + 1);
		if (*s == '\0')
			break;
		if (!one(a, &s, &n, &v, e))
			return false;
		if (strcasecmp(n, name) != 0)
			continue;
		if (found != NULL)
			return err_set(e, ERR_INPUT, "a parameter twice");
		found = v;
	}
	*out = found;
	return true;
}

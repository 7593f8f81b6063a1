/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading mail addresses. Whether anybody reads mail there only a mail can
 * tell; this file keeps out what could not be one.
 */
#include "services/email.h"

#include <string.h>

#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"

#define LETTERS	"abcdefghijklmnopqrstuvwxyz"
#define DIGITS	"0123456789"

enum {
	LOCAL_MAX = 64,		/* RFC 5321 4.5.3.1.1 */
	LABEL_MAX = 63		/* RFC 1035 2.3.4 */
};

static bool
refuse(struct err *e, const char *rule, const char *why)
{
	err_rule(e, rule, why);
	if (e != NULL)
		e->code = ERR_INPUT;
	return false;
}

/* RFC 5322 3.2.3: a dot-atom. */
static bool
is_local(const char *s, size_t n)
{
	static const char atext[] = LETTERS DIGITS "!#$%&'*+/=?^_`{|}~-.";

	if (n == 0 || n > LOCAL_MAX || s[0] == '.' || s[n - 1] == '.')
		return false;
	for (size_t i = 0; i < n; i++)
		if (strchr(atext, s[i]) == NULL
		    || (s[i] == '.' && s[i + 1] == '.'))
			return false;
	return true;
}

static bool
is_label(const char *s, size_t n)
{
	return n > 0 && n <= LABEL_MAX && s[0] != '-' && s[n - 1] != '-' &&
	    strspn(s, LETTERS DIGITS "-") >= n;
}

/* At least two labels, the last of them no number: it is no address of a
 * machine (RFC 3696 2). */
static bool
is_domain(const char *s)
{
	size_t labels = 0, n;

	for (;; s += n + 1) {
		n = strcspn(s, ".");
		if (!is_label(s, n))
			return false;
		labels++;
		if (s[n] == '\0')
			break;
	}
	return labels >= 2 && strspn(s, DIGITS) != n;
}

static bool
is_ascii(const char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s > 0x7f)
			return false;
	return true;
}

const char *
email_fold(struct arena *arena, const char *typed)
{
	return str_lower(arena, str_trim(arena, typed));
}

bool
email_parse(struct arena *arena, const char *typed, const char **out,
    struct err *e)
{
	const char *s = email_fold(arena, typed);
	const char *at = strrchr(s, '@');

	if (at == NULL || strlen(s) > EMAIL_MAX ||
	    !is_local(s, (size_t)(at - s)))
		return refuse(e, "email_form", "no mail address");
	if (!is_ascii(at + 1))
		return refuse(e, "email_domain",
		    "the domain is not written in ASCII");
	if (!is_domain(at + 1))
		return refuse(e, "email_form", "no mail address");
	*out = s;
	return true;
}

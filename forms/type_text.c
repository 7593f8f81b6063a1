/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Types that are text: text, name, email, phone. Names are kept as typed:
 * no rule about what a name looks like holds for all people.
 */
#include "forms/type_kind.h"

#include <string.h>

#include "lib/arena.h"
#include "lib/str.h"

enum {
	EMAIL_LIMIT = 254,		/* RFC 5321 4.5.3.1.3, less <> */
	LOCAL_LIMIT = 64,		/* RFC 5321 4.5.3.1.1 */
	LABEL_LIMIT = 63,		/* RFC 1035 2.3.4 */
	PHONE_LOW = 8,
	PHONE_HIGH = 15			/* ITU-T E.164 */
};

static const char digits[] = "0123456789";
static const char letters[] =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

static bool
parse_text(struct arena *a, const struct type_rules *r,
    const struct type_typed *typed, struct type_value *v,
    struct type_fault *f)
{
	if (!type_length(typed->texts[0], r, f))
		return false;
	return type_give(a, v, typed->texts[0]);
}

const struct type type_text = {
	.name = "text",
	.low = 1,
	.high = 200,
	.parse = parse_text,
};

const struct type type_full_name = {
	.name = "name",
	.low = 1,
	.high = 200,
	.parse = parse_text,
};

/* ---- mail addresses ---- */

static size_t
span_of_letters(const char *s, const char *others)
{
	const char *from = s;

	while (*s != '\0' && (strchr(letters, *s) != NULL ||
	    strchr(digits, *s) != NULL || strchr(others, *s) != NULL))
		s++;
	return (size_t)(s - from);
}

/* RFC 5322 3.2.3, dot-atom; quoted local parts are in nobody's use. */
static bool
is_local(const char *s, size_t n)
{
	if (n == 0 || n > LOCAL_LIMIT || s[0] == '.' || s[n - 1] == '.')
		return false;
	for (size_t i = 1; i < n; i++)
		if (s[i] == '.' && s[i - 1] == '.')
			return false;
	return span_of_letters(s, "!#$%&'*+/=?^_`{|}~.-") >= n;
}

static bool
is_label(const char *s, size_t n)
{
	return n > 0 && n <= LABEL_LIMIT && s[0] != '-' && s[n - 1] != '-';
}

/* Two labels or more, the last of them not a number. */
static bool
is_domain(const char *s)
{
	const char *dot;

	if (span_of_letters(s, "-.") != strlen(s) || strchr(s, '.') == NULL)
		return false;
	while ((dot = strchr(s, '.')) != NULL) {
		if (!is_label(s, (size_t)(dot - s)))
			return false;
		s = dot + 1;
	}
	return is_label(s, strlen(s)) && strspn(s, digits) != strlen(s);
}

static bool
parse_email(struct arena *a, const struct type_rules *r,
    const struct type_typed *typed, struct type_value *v,
    struct type_fault *f)
{
	const char *s = typed->texts[0];
	const char *at = strchr(s, '@');

	(void)r;
	if (strlen(s) > EMAIL_LIMIT) {
		*f = (struct type_fault){
			.code = TYPE_TOO_LONG,
			.high = EMAIL_LIMIT,
		};
		return false;
	}
	if (at == NULL || !is_local(s, (size_t)(at - s)) ||
	    !is_domain(at + 1))
		return type_refuse(f, TYPE_EMAIL);
	return type_give(a, v, arena_printf(a, "%.*s%s", (int)(at + 1 - s), s,
	    str_lower(a, at + 1)));
}

const struct type type_email = {
	.name = "email",
	.parse = parse_email,
};

/* ---- telephone numbers ---- */

static bool
parse_phone(struct arena *a, const struct type_rules *r,
    const struct type_typed *typed, struct type_value *v,
    struct type_fault *f)
{
	const char *s = typed->texts[0];
	char *number = arena_strdup(a, s);
	bool foreign = s[0] == '+';
	size_t n = 0;

	(void)r;
	for (s += foreign; *s != '\0'; s++) {
		if (strchr(digits, *s) != NULL)
			number[foreign + n++] = *s;
		else if (strchr(" -().", *s) == NULL)
			return type_refuse(f, TYPE_PHONE);
	}
	number[foreign + n] = '\0';
	if (n < PHONE_LOW || n > PHONE_HIGH)
		return type_refuse(f, TYPE_PHONE);
	return type_give(a, v, number);
}

const struct type type_phone = {
	.name = "phone",
	.parse = parse_phone,
};

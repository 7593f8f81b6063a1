/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whole numbers and money. People write 1.234,56 and 1,234.56 for the same
 * amount; with two decimals at most, both can be read without asking which:
 * three digits after a mark are a group, one or two are decimals.
 */
#include "forms/type_kind.h"

#include <stdio.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/str.h"
#include "lib/text.h"

enum {
	DIGITS_LIMIT = 16,		/* so that no sum overflows */
	GROUP = 3
};

static const char digits[] = "0123456789";

#define NO_BREAK_SPACE	"\xC2\xA0"

struct currency {
	const char	*code;
	const char	*sign;
	unsigned	 decimals;
};

static const struct currency currencies[] = {
	{ "BRL", "R$", 2 },
	{ "USD", "US$", 2 },
	{ "EUR", "€", 2 },
	{ "GBP", "£", 2 },
	{ "NZD", "NZ$", 2 },
	{ "JPY", "¥", 0 },
};

static const struct currency *
currency_of(const struct type_rules *r)
{
	for (size_t i = 0; i < sizeof currencies / sizeof *currencies; i++)
		if (str_equal(currencies[i].code, r->currency))
			return &currencies[i];
	return &currencies[0];
}

/* ---- reading what was typed ---- */

static bool
is_mark(char c)
{
	return c == '.' || c == ',';
}

/* The last mark, if one or two digits follow it and it stands alone. */
static const char *
decimal_mark(const char *s)
{
	const char *last = NULL;
	size_t n;

	for (const char *p = s; *p != '\0'; p++)
		if (is_mark(*p))
			last = p;
	if (last == NULL || strchr(s, *last) != last)
		return NULL;
	n = strspn(last + 1, digits);
	return n > 0 && n < GROUP && last[1 + n] == '\0' ? last : NULL;
}

/* Digits, or groups of three of them behind one kind of mark. */
static bool
scan_whole(const char *s, const char *end, int64_t *out)
{
	bool leading_zero = *s == '0';
	unsigned run = 0, total = 0;
	char mark = '\0';

	for (*out = 0; s < end; s++) {
		if (*s >= '0' && *s <= '9') {
			if (++total > DIGITS_LIMIT)
				return false;
			*out = *out * 10 + (*s - '0');
			run++;
			continue;
		}
		if (!is_mark(*s) || (mark != '\0' && *s != mark) ||
		    leading_zero || run == 0 || run > GROUP ||
		    (mark != '\0' && run != GROUP))
			return false;
		mark = *s;
		run = 0;
	}
	return mark != '\0' ? run == GROUP : run > 0;
}

/* The value comes out in minor units. */
static enum type_code
scan(const char *s, unsigned decimals, int64_t *out)
{
	bool negative = *s == '-';
	const char *mark, *next;

	s += negative;
	mark = decimal_mark(s);
	if (!scan_whole(s, mark != NULL ? mark : s + strlen(s), out))
		return TYPE_NUMBER;
	if (mark != NULL && decimals == 0)
		return TYPE_WHOLE;
	next = mark != NULL ? mark + 1 : "";
	for (unsigned i = 0; i < decimals; i++) {
		*out *= 10;
		if (*next != '\0')
			*out += *next++ - '0';
	}
	if (negative)
		*out = -*out;
	return TYPE_FINE;
}

/* Without blanks of any kind, and without the currency in front. */
static const char *
bare_number(struct arena *a, const char *s, const struct currency *c)
{
	struct buf out = buf_new(a, strlen(s));

	if (c != NULL && str_starts(s, c->sign))
		s += strlen(c->sign);
	else if (c != NULL && str_starts(s, c->code))
		s += strlen(c->code);
	for (; *s != '\0'; s++) {
		if (str_starts(s, NO_BREAK_SPACE))
			s++;
		else if (*s != ' ')
			buf_put(&out, s, 1);
	}
	return buf_text(&out);
}

static bool
parse_number(struct arena *a, const struct type_rules *r, const char *s,
    const struct currency *c, struct type_value *v, struct type_fault *f)
{
	enum type_code code;
	int64_t value = 0;

	code = scan(bare_number(a, s, c), c != NULL ? c->decimals : 0, &value);
	if (code == TYPE_FINE && value < r->low)
		code = TYPE_TOO_LOW;
	if (code == TYPE_FINE && value > r->high)
		code = TYPE_TOO_HIGH;
	if (code == TYPE_FINE)
		return type_give(a, v,
		    arena_printf(a, "%lld", (long long)value));
	*f = (struct type_fault){
		.code = code,
		.low = r->low,
		.high = r->high,
	};
	return false;
}

/* ---- writing ---- */

/* The value's digits with the marks of the language in use. */
static void
put_number(struct buf *out, int64_t value, unsigned decimals, bool groups)
{
	const char *group = groups ? text_in("between thousands", ",") : "";
	const char *point = text_in("before decimals", ".");
	uint64_t size = value < 0 ? -(uint64_t)value : (uint64_t)value;
	char shown[24];
	int n, whole;

	n = snprintf(shown, sizeof shown, "%0*llu", (int)decimals + 1,
	    (unsigned long long)size);
	whole = n - (int)decimals;
	if (value < 0)
		buf_puts(out, "-");
	for (int i = 0; i < n; i++) {
		if (i == whole)
			buf_puts(out, point);
		else if (i > 0 && i < whole && (whole - i) % GROUP == 0)
			buf_puts(out, group);
		buf_put(out, &shown[i], 1);
	}
}

static int64_t
value_of(const struct type_value *v)
{
	int64_t value = 0;

	str_int(v->texts[0], INT64_MIN + 1, INT64_MAX, &value, NULL);
	return value;
}

static bool
parse_integer(struct arena *a, const struct type_rules *r,
    const struct type_typed *typed, struct type_value *v,
    struct type_fault *f)
{
	return parse_number(a, r, typed->texts[0], NULL, v, f);
}

static const char *
read_integer(struct arena *a, const struct type_rules *r,
    const struct type_value *v)
{
	struct buf out = buf_new(a, 24);
	int64_t value = value_of(v);

	(void)r;
	/* A year is no quantity; nor is anything else of four digits hurt by
	 * standing without a mark. */
	put_number(&out, value, 0, value > 9999 || value < -9999);
	return buf_text(&out);
}

const struct type type_integer = {
	.name = "integer",
	.high = INT64_C(999999999999),
	.parse = parse_integer,
	.read = read_integer,
};

static bool
parse_money(struct arena *a, const struct type_rules *r,
    const struct type_typed *typed, struct type_value *v,
    struct type_fault *f)
{
	return parse_number(a, r, typed->texts[0], currency_of(r), v, f);
}

static struct type_typed
typed_money(struct arena *a, const struct type_rules *r,
    const struct type_value *v)
{
	struct type_typed typed = { arena_array(a, 1, sizeof *v->texts), 1 };
	struct buf out = buf_new(a, 24);

	put_number(&out, value_of(v), currency_of(r)->decimals, false);
	typed.texts[0] = buf_text(&out);
	return typed;
}

static const char *
read_money(struct arena *a, const struct type_rules *r,
    const struct type_value *v)
{
	const struct currency *c = currency_of(r);
	struct buf out = buf_new(a, 32);

	buf_printf(&out, "%s" NO_BREAK_SPACE, c->sign);
	put_number(&out, value_of(v), c->decimals, true);
	return buf_text(&out);
}

const struct type type_money = {
	.name = "money",
	.high = INT64_C(99999999999999),
	.parse = parse_money,
	.typed = typed_money,
	.read = read_money,
};

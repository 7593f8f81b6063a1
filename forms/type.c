/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The table of types, and what all have in common: a text is trimmed and
 * held to printable characters before any type looks at it.
 */
#include "forms/type_kind.h"

#include <string.h>

#include "lib/arena.h"
#include "lib/str.h"

enum {
	LINES_HIGH = 4000	/* code points of a text of several lines */
};

static const struct type *const types[] = {
	&type_text, &type_full_name, &type_email, &type_phone, &type_date,
	&type_integer, &type_money, &type_choice_one, &type_choice_many,
	&type_yes_no, &type_address, &type_vin, &type_plate, &type_cpf,
	&type_declaration,
};

static const char *const code_names[] = {
	[TYPE_FINE]		= "fine",
	[TYPE_MISSING]		= "missing",
	[TYPE_PART_MISSING]	= "part-missing",
	[TYPE_CHARACTERS]	= "characters",
	[TYPE_TOO_SHORT]	= "too-short",
	[TYPE_TOO_LONG]		= "too-long",
	[TYPE_CONSTRAINT]	= "constraint",
	[TYPE_EMAIL]		= "email",
	[TYPE_PHONE]		= "phone",
	[TYPE_DATE]		= "date",
	[TYPE_YEAR]		= "year",
	[TYPE_NUMBER]		= "number",
	[TYPE_WHOLE]		= "whole",
	[TYPE_TOO_LOW]		= "too-low",
	[TYPE_TOO_HIGH]		= "too-high",
	[TYPE_CHOICE]		= "choice",
	[TYPE_TOO_FEW]		= "too-few",
	[TYPE_TOO_MANY]		= "too-many",
	[TYPE_DECLARE]		= "declare",
	[TYPE_VIN]		= "vin",
	[TYPE_VIN_CHECK]	= "vin-check",
	[TYPE_PLATE]		= "plate",
	[TYPE_CPF]		= "cpf",
	[TYPE_POSTCODE]		= "postcode",
	[TYPE_POSTCODE_STATE]	= "postcode-state",
	[TYPE_STATE]		= "state",
	[TYPE_COUNTRY]		= "country",
};
_Static_assert(sizeof code_names / sizeof *code_names == TYPE__MAX,
    "a code has no name");

const struct type *
type_find(const char *name)
{
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (str_equal(types[i]->name, name))
			return types[i];
	return NULL;
}

const char *
type_name(const struct type *t)
{
	return t->name;
}

enum type_code
type_code_find(const char *name)
{
	enum type_code code = TYPE_FINE;

	while (code < TYPE__MAX && !str_equal(code_names[code], name))
		code++;
	return code;
}

void
type_defaults(const struct type *t, struct type_rules *r)
{
	r->low = t->low;
	r->high = t == &type_text && r->lines > 1 ? LINES_HIGH : t->high;
}

const char *const *
type_parts(const struct type *t)
{
	static const char *const none[] = { NULL };

	return t->parts != NULL ? t->parts : none;
}

bool
type_composite(const struct type *t)
{
	return t->composite;
}

bool
type_many(const struct type *t)
{
	return t->many;
}

bool
type_refuse(struct type_fault *f, enum type_code code)
{
	return type_refuse_part(f, code, NULL);
}

bool
type_refuse_part(struct type_fault *f, enum type_code code, const char *part)
{
	*f = (struct type_fault){ .code = code, .part = part };
	return false;
}

bool
type_give(struct arena *a, struct type_value *v, const char *s)
{
	v->texts = arena_array(a, 1, sizeof *v->texts);
	v->texts[0] = s;
	v->n = 1;
	return true;
}

bool
type_length(const char *s, const struct type_rules *r, struct type_fault *f)
{
	int64_t n = (int64_t)str_length(s);

	if (n >= r->low && n <= r->high)
		return true;
	*f = (struct type_fault){
		.code = n < r->low ? TYPE_TOO_SHORT : TYPE_TOO_LONG,
		.low = r->low,
		.high = r->high,
	};
	return false;
}

char *
type_bare(struct arena *a, const char *s)
{
	char *bare = str_upper(a, s);
	char *to = bare;

	for (const char *from = bare; *from != '\0'; from++)
		if (strchr(" -.", *from) == NULL)
			*to++ = *from;
	*to = '\0';
	return bare;
}

/* Forms post line ends as CR LF; the house knows only LF. */
static void
one_line_end(char *s)
{
	char *to = s;

	for (; *s != '\0'; s++)
		if (s[0] != '\r')
			*to++ = *s;
		else if (s[1] != '\n')
			*to++ = '\n';
	*to = '\0';
}

static bool
printable(const char *s, bool lines)
{
	uint32_t c;

	while ((c = str_next(&s)) != 0)
		if (!str_printable(c) && !(lines && c == '\n'))
			return false;
	return true;
}

/* Trimmed, tabs made blanks, in the arena. */
static char *
clean(struct arena *a, const char *s)
{
	char *copy;

	copy = str_trim(a, s != NULL ? s : "");
	for (char *tab = copy; (tab = strchr(tab, '\t')) != NULL; tab++)
		*tab = ' ';
	one_line_end(copy);
	return copy;
}

/* Text of several lines, and the free lines of an address. */
static bool
takes_lines(const struct type *t, const struct type_rules *r, const char *part)
{
	if (t == &type_text)
		return r->lines > 1;
	return str_equal(part, "lines");
}

/* The texts as parse() may have them; false if one cannot be. */
static bool
prepare(struct arena *a, const struct type *t, const struct type_rules *r,
    const struct type_typed *typed, struct type_typed *out,
    struct type_fault *f)
{
	bool whole = t->parts == NULL || typed->n == 1;

	out->n = typed->n;
	out->texts = arena_array(a, typed->n, sizeof *out->texts);
	for (size_t i = 0; i < typed->n; i++) {
		const char *part = whole ? NULL : t->parts[i];

		out->texts[i] = clean(a, typed->texts[i]);
		if (!printable(out->texts[i], takes_lines(t, r, part)))
			return type_refuse_part(f, TYPE_CHARACTERS, part);
	}
	return true;
}

static bool
all_empty(const struct type_typed *typed)
{
	for (size_t i = 0; i < typed->n; i++)
		if (typed->texts[i][0] != '\0')
			return false;
	return true;
}

bool
type_parse(struct arena *a, const struct type *t, const struct type_rules *r,
    const struct type_typed *typed, struct type_value *v,
    struct type_fault *f)
{
	struct type_typed prepared;

	*v = (struct type_value){ 0 };
	if (!prepare(a, t, r, typed, &prepared, f))
		return false;
	if (all_empty(&prepared))
		return true;
	if (t->parse(a, r, &prepared, v, f))
		return true;
	*v = (struct type_value){ 0 };
	return false;
}

struct type_typed
type_typed(struct arena *a, const struct type *t, const struct type_rules *r,
    const struct type_value *v)
{
	if (v->n == 0 || t->typed == NULL)
		return (struct type_typed){ v->texts, v->n };
	return t->typed(a, r, v);
}

bool
type_canonical(struct arena *a, const struct type *t,
    const struct type_rules *r, const struct type_value *v)
{
	struct type_typed typed = type_typed(a, t, r, v);
	struct type_value again;
	struct type_fault fault;

	if (!type_parse(a, t, r, &typed, &again, &fault) || again.n != v->n)
		return false;
	for (size_t i = 0; i < v->n; i++)
		if (!str_equal(again.texts[i], v->texts[i]))
			return false;
	return true;
}

const char *
type_read(struct arena *a, const struct type *t, const struct type_rules *r,
    const struct type_value *v)
{
	if (v->n == 0)
		return "";
	return t->read != NULL ? t->read(a, r, v) : v->texts[0];
}

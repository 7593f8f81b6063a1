/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Types that are chosen, not written: choice, choices, yesno, declaration.
 */
#include "forms/type_kind.h"

#include "forms/words.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/str.h"
#include "lib/text.h"

static const struct type_choice *
find(const struct type_rules *r, const char *code)
{
	for (size_t i = 0; i < r->n_choices; i++)
		if (str_equal(r->choices[i].code, code))
			return &r->choices[i];
	return NULL;
}

static bool
parse_one(struct arena *a, const struct type_rules *r,
    const struct type_typed *typed, struct type_value *v,
    struct type_fault *f)
{
	const struct type_choice *choice = find(r, typed->texts[0]);

	if (choice == NULL)
		return type_refuse(f, TYPE_CHOICE);
	return type_give(a, v, choice->code);
}

static const char *
read_choices(struct arena *a, const struct type_rules *r,
    const struct type_value *v)
{
	struct buf out = buf_new(a, 64);

	for (size_t i = 0; i < v->n; i++) {
		const struct type_choice *choice = find(r, v->texts[i]);

		buf_puts(&out, i > 0 ? "\n" : "");
		buf_puts(&out, choice != NULL ? words_read(choice->label) :
		    v->texts[i]);
	}
	return buf_text(&out);
}

const struct type type_choice_one = {
	.name = "choice",
	.parse = parse_one,
	.read = read_choices,
};

static bool
is_among(const struct type_typed *typed, const char *code)
{
	for (size_t i = 0; i < typed->n; i++)
		if (str_equal(typed->texts[i], code))
			return true;
	return false;
}

static bool
all_offered(const struct type_rules *r, const struct type_typed *typed)
{
	for (size_t i = 0; i < typed->n; i++)
		if (typed->texts[i][0] != '\0' &&
		    find(r, typed->texts[i]) == NULL)
			return false;
	return true;
}

static bool
parse_many(struct arena *a, const struct type_rules *r,
    const struct type_typed *typed, struct type_value *v,
    struct type_fault *f)
{
	if (!all_offered(r, typed))
		return type_refuse(f, TYPE_CHOICE);
	v->texts = arena_array(a, r->n_choices, sizeof *v->texts);
	for (size_t i = 0; i < r->n_choices; i++)
		if (is_among(typed, r->choices[i].code))
			v->texts[v->n++] = r->choices[i].code;
	if ((int64_t)v->n >= r->low && (int64_t)v->n <= r->high)
		return true;
	*f = (struct type_fault){
		.code = (int64_t)v->n < r->low ? TYPE_TOO_FEW : TYPE_TOO_MANY,
		.low = r->low,
		.high = r->high,
	};
	return false;
}

const struct type type_choice_many = {
	.name = "choices",
	.many = true,
	.high = 100,
	.parse = parse_many,
	.read = read_choices,
};

static bool
parse_yes_no(struct arena *a, const struct type_rules *r,
    const struct type_typed *typed, struct type_value *v,
    struct type_fault *f)
{
	(void)r;
	if (str_equal(typed->texts[0], "yes"))
		return type_give(a, v, "true");
	if (str_equal(typed->texts[0], "no"))
		return type_give(a, v, "false");
	return type_refuse(f, TYPE_CHOICE);
}

static struct type_typed
typed_yes_no(struct arena *a, const struct type_rules *r,
    const struct type_value *v)
{
	struct type_typed typed = { arena_array(a, 1, sizeof *v->texts), 1 };

	(void)r;
	if (str_equal(v->texts[0], "true"))
		typed.texts[0] = "yes";
	else if (str_equal(v->texts[0], "false"))
		typed.texts[0] = "no";
	else
		typed.texts[0] = v->texts[0];
	return typed;
}

static const char *
read_yes_no(struct arena *a, const struct type_rules *r,
    const struct type_value *v)
{
	(void)a;
	(void)r;
	return str_equal(v->texts[0], "true") ? _("Yes") : _("No");
}

const struct type type_yes_no = {
	.name = "yesno",
	.parse = parse_yes_no,
	.typed = typed_yes_no,
	.read = read_yes_no,
};

static bool
parse_declaration(struct arena *a, const struct type_rules *r,
    const struct type_typed *typed, struct type_value *v,
    struct type_fault *f)
{
	(void)r;
	if (!str_equal(typed->texts[0], "yes"))
		return type_refuse(f, TYPE_DECLARE);
	return type_give(a, v, "true");
}

const struct type type_declaration = {
	.name = "declaration",
	.parse = parse_declaration,
	.typed = typed_yes_no,
	.read = read_yes_no,
};

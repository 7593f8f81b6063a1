/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading typed answers: one function per type, each filling its part of the
 * answer or naming what is wrong. Asking for answers is field_answers.c.
 */
#include "cgi-bin/field.h"

#include <inttypes.h>
#include <string.h>

#include "cgi-bin/visit.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/text.h"

enum {
	SECRET_MAX = 256,
	YEAR_DIGITS = 4
};

/* What every reader needs. */
struct reading {
	struct arena		*arena;
	const struct pairs	*pairs;
	struct field_answer	*answer;
};

static void
set_fault(struct field_answer *a, const char *own, const char *standard)
{
	a->given = false;
	a->fault = own != NULL ? _(own) : standard;
}

static void
set_missing(struct field_answer *a)
{
	static const char *const standard[] = {
		[FIELD_TEXT]	= N_("Fill in this answer"),
		[FIELD_LINES]	= N_("Fill in this answer"),
		[FIELD_SECRET]	= N_("Fill in this answer"),
		[FIELD_INT]	= N_("Enter a number"),
		[FIELD_UUID]	= N_("Choose one of the answers"),
		[FIELD_DATE]	= N_("Enter a date"),
		[FIELD_CHOICE]	= N_("Choose one of the answers"),
		[FIELD_CHOICES]	= N_("Choose at least one of the answers"),
		[FIELD_CHECK]	= N_("Tick the box to go on"),
	};
	_Static_assert(sizeof standard / sizeof *standard == FIELD__MAX,
	    "a type has no sentence");

	if (a->field->required)
		set_fault(a, a->field->missing, _(standard[a->field->type]));
}

static void
set_wrong(struct field_answer *a, const char *standard)
{
	set_fault(a, a->field->wrong, standard);
}

/* Line ends as \n, tabs as blanks, nothing else that is not printable. */
static bool
tidy(struct arena *arena, const char *in, bool lines, const char **out)
{
	char *copy = arena_strdup(arena, in);
	const char *s = copy;
	char *to = copy;
	uint32_t c;

	for (const char *from = in; *from != '\0'; from++) {
		if (*from == '\r') {
			*to++ = '\n';
			from += from[1] == '\n';
		} else {
			*to++ = *from == '\t' ? ' ' : *from;
		}
	}
	*to = '\0';
	while ((c = str_next(&s)) != 0) {
		if (!str_printable(c) && !(lines && c == '\n'))
			return false;
	}
	*out = str_trim(arena, copy);
	return true;
}

/* min and max count code points, as people do. */
static bool
check_length(struct reading *r, const char *typed, int standard)
{
	const struct field *f = r->answer->field;
	int least = (int)f->min, most = f->max != 0 ? (int)f->max : standard;
	size_t length = str_length(typed);

	if (length > (size_t)most) {
		set_wrong(r->answer, arena_printf(r->arena,
		    text_n("Use %d character or fewer",
		    "Use %d characters or fewer", (unsigned long)most),
		    most));
		return false;
	}
	if (length < (size_t)least) {
		set_wrong(r->answer, arena_printf(r->arena,
		    text_n("Use at least %d character",
		    "Use at least %d characters", (unsigned long)least),
		    least));
		return false;
	}
	return true;
}

static void
read_text(struct reading *r, const char *typed)
{
	struct field_answer *a = r->answer;
	bool lines = a->field->type == FIELD_LINES;

	if (!tidy(r->arena, typed, lines, &a->text)) {
		set_wrong(a, _("Remove the characters that cannot be "
		    "printed"));
		return;
	}
	a->typed = a->text;
	if (*a->text == '\0') {
		set_missing(a);
		return;
	}
	a->given = check_length(r, a->text,
	    lines ? FIELD_LINES_MAX : FIELD_TEXT_MAX);
}

static void
read_secret(struct reading *r, const char *typed)
{
	r->answer->typed = "";
	if (*typed == '\0') {
		set_missing(r->answer);
		return;
	}
	r->answer->given = check_length(r, typed, SECRET_MAX);
	r->answer->text = typed;
}

static void
read_int(struct reading *r, const char *typed)
{
	struct field_answer *a = r->answer;
	const struct field *f = a->field;
	bool bounded = f->min != 0 || f->max != 0;
	int64_t n;
	struct err ignored;

	if (!str_int(typed, INT64_MIN, INT64_MAX, &n, &ignored)) {
		set_wrong(a, _("Enter a whole number, in digits only"));
		return;
	}
	if (bounded && (n < f->min || n > f->max)) {
		set_wrong(a, arena_printf(r->arena,
		    _("Enter a number from %s to %s"),
		    arena_printf(r->arena, "%" PRId64, f->min),
		    arena_printf(r->arena, "%" PRId64, f->max)));
		return;
	}
	a->number = n;
	a->given = true;
}

static void
read_uuid(struct reading *r, const char *typed)
{
	struct err ignored;

	r->answer->given = uuid_parse(typed, &r->answer->uuid, &ignored);
	if (!r->answer->given)
		set_wrong(r->answer, _("Choose one of the answers"));
}

static bool
is_choice(const struct field *f, const char *typed)
{
	for (const char *const *c = f->choices; *c != NULL; c++) {
		if (strcmp(*c, typed) == 0)
			return true;
	}
	return false;
}

static void
read_choice(struct reading *r, const char *typed)
{
	r->answer->given = is_choice(r->answer->field, typed);
	r->answer->text = typed;
	if (!r->answer->given)
		set_wrong(r->answer, _("Choose one of the answers"));
}

static void
read_check(struct reading *r, const char *typed)
{
	r->answer->given = strcmp(typed, "yes") == 0 ||
	    strcmp(typed, "on") == 0;
	if (!r->answer->given)
		set_wrong(r->answer, _("Tick the box, or leave it"));
}

static void
read_choices(struct reading *r)
{
	struct field_answer *a = r->answer;
	const char **chosen = arena_array(r->arena, QUERY_PAIRS + 1,
	    sizeof *chosen);
	size_t i = 0, n = 0;
	const char *typed;

	while ((typed = query_next(r->pairs, a->field->name, &i)) != NULL) {
		if (!is_choice(a->field, typed)) {
			set_wrong(a, _("Choose from the answers"));
			return;
		}
		chosen[n++] = typed;
	}
	a->chosen = chosen;
	a->given = n > 0;
	if (n == 0)
		set_missing(a);
}

/* "7" and "07", up to this many digits. */
static bool
read_number(const char *s, size_t digits, int64_t *out)
{
	struct err ignored;

	if (strlen(s) > digits)
		return false;
	while (s[0] == '0' && s[1] != '\0')
		s++;
	return str_int(s, 0, INT64_MAX, out, &ignored);
}

static void
set_date(struct reading *r, date d)
{
	struct field_answer *a = r->answer;
	const struct field *f = a->field;
	char first[DATE_TEXT], last[DATE_TEXT];

	if ((f->min != 0 || f->max != 0) && (d < f->min || d > f->max)) {
		set_wrong(a, arena_printf(r->arena, _("Enter a date from %s "
		    "to %s"), date_text((date)f->min, first),
		    date_text((date)f->max, last)));
		return;
	}
	a->date = d;
	a->given = true;
}

static void
read_date(struct reading *r, const char *typed)
{
	struct err ignored;
	date d;

	if (date_parse(typed, &d, &ignored))
		set_date(r, d);
	else
		set_wrong(r->answer, _("Enter a date that exists, such as "
		    "2026-03-27"));
}

static void
read_date_parts(struct reading *r)
{
	static const char *const parts[] = { "day", "month", "year" };
	static const size_t digits[] = { 2, 2, YEAR_DIGITS };
	struct field_answer *a = r->answer;
	int64_t n[3] = { 0, 0, 0 };
	bool empty = true, whole = true;
	date d;

	for (size_t i = 0; i < 3; i++) {
		const char *typed = query_find(r->pairs, arena_printf(
		    r->arena, "%s-%s", a->field->name, parts[i]));

		a->typed_date[i] = str_trim(r->arena,
		    typed != NULL ? typed : "");
		empty = empty && *a->typed_date[i] == '\0';
		whole = whole && *a->typed_date[i] != '\0' &&
		    read_number(a->typed_date[i], digits[i], &n[i]);
	}
	if (empty) {
		set_missing(a);
		return;
	}
	d = whole && strlen(a->typed_date[2]) == YEAR_DIGITS ?
	    date_from((struct civil){ .year = (int)n[2],
	    .month = (int)n[1], .day = (int)n[0] }) : DATE_NONE;
	if (d == DATE_NONE)
		set_wrong(a, _("Enter a date that exists, in numbers, the "
		    "year in four digits"));
	else
		set_date(r, d);
}

static void
read_one(struct reading *r, const char *typed)
{
	static void (*const readers[])(struct reading *, const char *) = {
		[FIELD_TEXT]	= read_text,
		[FIELD_LINES]	= read_text,
		[FIELD_SECRET]	= read_secret,
		[FIELD_INT]	= read_int,
		[FIELD_UUID]	= read_uuid,
		[FIELD_DATE]	= read_date,
		[FIELD_CHOICE]	= read_choice,
		[FIELD_CHOICES]	= NULL,
		[FIELD_CHECK]	= read_check,
	};
	_Static_assert(sizeof readers / sizeof *readers == FIELD__MAX,
	    "a type has no reader");
	struct field_answer *a = r->answer;
	enum field_type type = a->field->type;

	if (type != FIELD_TEXT && type != FIELD_LINES &&
	    type != FIELD_SECRET) {
		typed = str_trim(r->arena, typed);
		a->typed = typed;
		if (*typed == '\0') {
			set_missing(a);
			return;
		}
	}
	readers[type](r, typed);
}

static void
read_field(struct reading *r)
{
	struct field_answer *a = r->answer;
	size_t i = 0;
	const char *typed;

	if (a->field->type == FIELD_CHOICES) {
		read_choices(r);
		return;
	}
	typed = query_next(r->pairs, a->field->name, &i);
	if (typed == NULL && a->field->type == FIELD_DATE)
		read_date_parts(r);
	else if (typed == NULL)
		set_missing(a);
	else if (query_next(r->pairs, a->field->name, &i) != NULL)
		set_wrong(a, _("Give one answer only"));
	else
		read_one(r, typed);
}

bool
field_read(struct visit *v, const struct field *fields, size_t n,
    struct answers *answers)
{
	const struct request *request = v->request;
	struct reading r = {
		.arena = v->arena,
		.pairs = request->method == METHOD_POST ?
		    &request->form : &request->query,
	};

	field_blank(v->arena, fields, n, answers);
	for (size_t i = 0; i < n; i++) {
		r.answer = &answers->answer[i];
		read_field(&r);
		answers->faults += r.answer->fault != NULL;
	}
	return answers->faults == 0;
}

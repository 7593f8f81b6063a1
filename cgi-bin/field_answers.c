/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Asking for typed answers by name. A name or a type that the table does not
 * have is a mistake in the program, and ends it.
 */
#include <stdlib.h>
#include <string.h>

#include "cgi-bin/field.h"
#include "lib/arena.h"
#include "lib/log.h"

void
field_blank(struct arena *arena, const struct field *fields, size_t n,
    struct answers *answers)
{
	*answers = (struct answers){
		.arena = arena,
		.answer = arena_array(arena, n, sizeof *answers->answer),
		.n = n,
	};
	for (size_t i = 0; i < n; i++)
		answers->answer[i] = (struct field_answer){
			.field = &fields[i],
			.typed = "",
			.typed_date = { "", "", "" },
			.date = DATE_NONE,
		};
}

static struct field_answer *
find(const struct answers *answers, const char *name)
{
	for (size_t i = 0; i < answers->n; i++) {
		if (strcmp(answers->answer[i].field->name, name) == 0)
			return &answers->answer[i];
	}
	log_event(LOG_ALARM, "no-such-field", "name", name, NULL);
	abort();
}

static const struct field_answer *
find_typed(const struct answers *answers, const char *name, unsigned types)
{
	const struct field_answer *a = find(answers, name);

	if ((1U << a->field->type & types) == 0) {
		log_event(LOG_ALARM, "field-of-other-type", "name", name,
		    NULL);
		abort();
	}
	return a;
}

void
field_prefill(struct answers *answers, const char *name, const char *typed)
{
	find(answers, name)->typed = typed != NULL ? typed : "";
}

void
field_fault(struct answers *answers, const char *name, const char *sentence)
{
	struct field_answer *a = name != NULL ? find(answers, name) :
	    &answers->answer[0];

	answers->faults += a->fault == NULL;
	a->fault = sentence;
}

const char *
field_text(const struct answers *answers, const char *name)
{
	const struct field_answer *a = find_typed(answers, name,
	    1U << FIELD_TEXT | 1U << FIELD_LINES | 1U << FIELD_SECRET |
	    1U << FIELD_CHOICE);

	return a->given ? a->text : NULL;
}

int64_t
field_int(const struct answers *answers, const char *name, int64_t other)
{
	const struct field_answer *a = find_typed(answers, name,
	    1U << FIELD_INT);

	return a->given ? a->number : other;
}

struct uuid
field_uuid(const struct answers *answers, const char *name)
{
	return find_typed(answers, name, 1U << FIELD_UUID)->uuid;
}

date
field_date(const struct answers *answers, const char *name)
{
	return find_typed(answers, name, 1U << FIELD_DATE)->date;
}

bool
field_check(const struct answers *answers, const char *name)
{
	return find_typed(answers, name, 1U << FIELD_CHECK)->given;
}

bool
field_given(const struct answers *answers, const char *name)
{
	return find(answers, name)->given;
}

bool
field_chosen(const struct answers *answers, const char *name,
    const char *choice)
{
	const struct field_answer *a = find_typed(answers, name,
	    1U << FIELD_CHOICES | 1U << FIELD_CHOICE);

	if (a->field->type == FIELD_CHOICE)
		return strcmp(a->typed, choice) == 0;
	for (size_t i = 0; a->chosen != NULL && a->chosen[i] != NULL; i++) {
		if (strcmp(a->chosen[i], choice) == 0)
			return true;
	}
	return false;
}

const char *
field_typed(const struct answers *answers, const char *name)
{
	return find(answers, name)->typed;
}

const char *
field_typed_part(const struct answers *answers, const char *name,
    enum field_part part)
{
	return find_typed(answers, name, 1U << FIELD_DATE)->typed_date[part];
}

const char *
field_error(const struct answers *answers, const char *name)
{
	return find(answers, name)->fault;
}

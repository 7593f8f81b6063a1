/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Typed answers from a form of our own pages (sign-in, search, a decision);
 * the forms of forms/ have their own engine. A handler lists its fields in a
 * const table, reads them in one call, and asks for each by name and type.
 * Every fault is found at once and kept with its field, as a sentence in the
 * reader's language, for the error summary.
 *
 *	static const struct field fields[] = {
 *		{ .name = "plate", .type = FIELD_TEXT, .required = true,
 *		    .max = 10, .missing = N_("Enter the plate") },
 *		{ .name = "from", .type = FIELD_DATE },
 *	};
 *	struct answers a;
 *
 *	if (!field_read(v, fields, 2, &a))
 *		show the page again with &a, status 422
 */
#ifndef CGI_BIN_FIELD_H
#define CGI_BIN_FIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/clock.h"
#include "lib/uuid.h"

struct arena;
struct visit;

enum field_type {
	FIELD_TEXT,	/* one line, trimmed; min and max in code points */
	FIELD_LINES,	/* may hold line breaks, kept as \n */
	FIELD_SECRET,	/* as typed, never trimmed and never given back */
	FIELD_INT,	/* whole number from min to max */
	FIELD_UUID,
	FIELD_DATE,	/* name-day, name-month, name-year; or YYYY-MM-DD */
	FIELD_CHOICE,	/* one of choices */
	FIELD_CHOICES,	/* any of choices */
	FIELD_CHECK,	/* a box: ticked or not; required: must be ticked */
	FIELD__MAX
};

/* Of a date as typed. */
enum field_part {
	FIELD_DAY,
	FIELD_MONTH,
	FIELD_YEAR
};

enum {
	FIELD_TEXT_MAX = 200,		/* code points where max is 0 */
	FIELD_LINES_MAX = 4000
};

struct field {
	const char		*name;
	enum field_type		 type;
	bool			 required;
	int64_t			 min, max;	/* both 0: the type's own */
	const char *const	*choices;	/* ended by NULL */
	/* Sentences marked N_(), shown translated; NULL: one of our own. */
	const char		*missing;
	const char		*wrong;
};

struct field_answer {
	const struct field	*field;
	bool			 given;		/* there, and well formed */
	const char		*typed;		/* what to show again; "" */
	const char		*typed_date[3];	/* day, month, year */
	const char		*text;
	int64_t			 number;
	struct uuid		 uuid;
	date			 date;
	const char		*const *chosen;	/* CHOICES, ended by NULL */
	const char		*fault;		/* sentence, or NULL */
};

struct answers {
	struct arena		*arena;
	struct field_answer	*answer;	/* in the table's order */
	size_t			 n;
	size_t			 faults;
};

/*
 * Read the table's fields from the form of a POST or the query of a GET.
 * False if any has a fault. Fields that the table does not name are left
 * alone; a single-valued field that came twice is a fault.
 */
bool	field_read(struct visit *, const struct field *, size_t n,
	    struct answers *);

/* No answer to any field yet, for a form shown the first time. */
void	field_blank(struct arena *, const struct field *, size_t n,
	    struct answers *);

/* What a form shown first starts with; no effect on the typed getters. */
void	field_prefill(struct answers *, const char *name, const char *typed);

/* A fault that only a service could find, at a field or, with NULL, at the
 * first one. The sentence is already translated. */
void	field_fault(struct answers *, const char *name, const char *sentence);

/*
 * The answers; a name that is not in the table ends the program, as does the
 * wrong type. Not given: NULL, the other, nil, DATE_NONE, false. Text is of
 * the types TEXT, LINES, SECRET and CHOICE.
 */
const char	*field_text(const struct answers *, const char *name);
int64_t		 field_int(const struct answers *, const char *name,
		    int64_t other);
struct uuid	 field_uuid(const struct answers *, const char *name);
date		 field_date(const struct answers *, const char *name);
bool		 field_check(const struct answers *, const char *name);
bool		 field_given(const struct answers *, const char *name);
/* CHOICES and CHOICE: was this one chosen? */
bool		 field_chosen(const struct answers *, const char *name,
		    const char *choice);

/* For showing the form again: what was typed ("" if nothing or a secret),
 * and the sentence at that field (NULL if it is fine). */
const char	*field_typed(const struct answers *, const char *name);
const char	*field_typed_part(const struct answers *, const char *name,
		    enum field_part);
const char	*field_error(const struct answers *, const char *name);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What kind of answer an item takes: how it is typed, what its one canonical
 * value is, and how that is read. A type knows nothing of forms, pages or
 * expressions; every text it is given is valid UTF-8 and may be hostile.
 *
 * Canonical values: money in whole minor units, dates YYYY-MM-DD, yes and no
 * as true and false, telephone +digits, CPF and CEP digits alone, VIN and
 * plate upper case without separators. An absent answer has no value at all.
 */
#ifndef FORMS_TYPE_H
#define FORMS_TYPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct words;

/* What is wrong with an answer. sentence.h says it to the citizen. */
enum type_code {
	TYPE_FINE,
	/* any type */
	TYPE_MISSING,		/* required, and nothing was given */
	TYPE_PART_MISSING,	/* part: which */
	TYPE_CHARACTERS,	/* control or direction-changing characters */
	TYPE_TOO_SHORT,		/* low: code points */
	TYPE_TOO_LONG,		/* high: code points */
	TYPE_CONSTRAINT,	/* the definition's own rule */
	/* some types */
	TYPE_EMAIL,
	TYPE_PHONE,
	TYPE_DATE,		/* no such day, or no numbers; part may tell */
	TYPE_YEAR,		/* not four digits */
	TYPE_NUMBER,		/* no number */
	TYPE_WHOLE,		/* a fraction where none may be */
	TYPE_TOO_LOW,		/* low: canonical */
	TYPE_TOO_HIGH,		/* high: canonical */
	TYPE_CHOICE,		/* none of those offered */
	TYPE_TOO_FEW,		/* low: how many to choose, or entries */
	TYPE_TOO_MANY,		/* high */
	TYPE_DECLARE,		/* a declaration not made */
	TYPE_VIN,
	TYPE_VIN_CHECK,		/* the check digit does not fit */
	TYPE_PLATE,
	TYPE_CPF,
	TYPE_POSTCODE,
	TYPE_POSTCODE_STATE,	/* of another state than the one given */
	TYPE_STATE,
	TYPE_COUNTRY,
	TYPE__MAX
};

struct type_fault {
	enum type_code	 code;
	const char	*part;	/* of type_parts(), or NULL: the whole */
	int64_t		 low, high;
};

struct type_choice {
	const char	*code;	/* the canonical value, and what is posted */
	const struct words *label;
	const struct words *hint;	/* NULL: none */
};

/* An item's parameters; zero is each one's default but for low and high,
 * which type_defaults() fills. */
struct type_rules {
	int64_t		 low, high;	/* value, code points or how many */
	unsigned	 lines;		/* text: height; 0 or 1 is one line */
	const char	*currency;	/* money: ISO 4217; NULL: BRL */
	bool		 check_digit;	/* vin: a wrong one is refused */
	bool		 short_allowed;	/* vin: 5 to 16 characters too */
	const struct type_choice *choices;
	size_t		 n_choices;
};

/*
 * What was typed: one text per part, in the order of type_parts(), or one
 * text for types without parts, or every text posted for "choices". A NULL
 * text was not posted. A date may come as one text, YYYY-MM-DD.
 */
struct type_typed {
	const char	**texts;
	size_t		 n;
};

/*
 * A canonical value: n = 0 is absent. One text, but for "choices" (those
 * chosen, in the definition's order) and "address" (one per part, each NULL
 * or not empty).
 */
struct type_value {
	const char	**texts;
	size_t		 n;
};

struct type;

/* "missing", "too-long", …; TYPE__MAX for any other name. */
enum type_code	type_code_find(const char *name);

/* "text", "name", "email", "phone", "date", "integer", "money", "choice",
 * "choices", "yesno", "address", "vin", "plate", "cpf", "declaration"; NULL
 * for any other name. */
const struct type	*type_find(const char *name);
const char		*type_name(const struct type *);

/* Set low and high to what the type allows by itself, given the lines. */
void		type_defaults(const struct type *, struct type_rules *);

/* The suffixes of its fields ("day", "month", "year"), NULL-terminated;
 * an empty list for a type with one field that is named as the item. */
const char *const *type_parts(const struct type *);

/* Is the value itself made of these parts (an address), one element each? */
bool		type_composite(const struct type *);
/* May several values be chosen? */
bool		type_many(const struct type *);

/*
 * Nothing but blanks gives an absent value and true: whether that will do is
 * for the item's "required" to say. False fills the fault and leaves the
 * value absent. All in the arena.
 */
bool	type_parse(struct arena *, const struct type *,
	    const struct type_rules *, const struct type_typed *,
	    struct type_value *, struct type_fault *);

/* What would have been typed to give this value: for a field shown again. */
struct type_typed type_typed(struct arena *, const struct type *,
	    const struct type_rules *, const struct type_value *);

/* Is it a value that type_parse() gives? */
bool	type_canonical(struct arena *, const struct type *,
	    const struct type_rules *, const struct type_value *);

/* In the language in use; lines are divided by "\n". "" if absent. */
const char	*type_read(struct arena *, const struct type *,
		    const struct type_rules *, const struct type_value *);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Between the type_*.c files only: what a type is, and the few steps that
 * many of them share. type.c keeps the table of all types.
 */
#ifndef FORMS_TYPE_KIND_H
#define FORMS_TYPE_KIND_H

#include "forms/type.h"

/*
 * parse is given texts that are trimmed, printable, never NULL, one per
 * part, and not all empty. typed and read may be NULL: the value's own text.
 */
struct type {
	const char	*name;
	const char *const *parts;	/* NULL: none */
	bool		 composite;
	bool		 many;
	int64_t		 low, high;
	bool		(*parse)(struct arena *, const struct type_rules *,
			    const struct type_typed *, struct type_value *,
			    struct type_fault *);
	struct type_typed (*typed)(struct arena *, const struct type_rules *,
			    const struct type_value *);
	const char	*(*read)(struct arena *, const struct type_rules *,
			    const struct type_value *);
};

extern const struct type type_text, type_full_name, type_email, type_phone,
    type_date, type_integer, type_money, type_choice_one, type_choice_many,
    type_yes_no, type_address, type_vin, type_plate, type_cpf,
    type_declaration;

/* Fill the fault and return false. */
bool	type_refuse(struct type_fault *, enum type_code);
bool	type_refuse_part(struct type_fault *, enum type_code,
	    const char *part);

/* Give a value of this one text and return true. */
bool	type_give(struct arena *, struct type_value *, const char *);

/* Is the text's length in code points within bounds? */
bool	type_length(const char *, const struct type_rules *,
	    struct type_fault *);

/* Upper case, without blanks, hyphens and full stops. In the arena. */
char	*type_bare(struct arena *, const char *);

#endif

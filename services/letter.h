/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Decision letters: made from the definition's letter text at the decision,
 * in every language of the form, sealed with it and never changed. What is
 * shown later is what was decided, whatever became of the form.
 */
#ifndef SERVICES_LETTER_H
#define SERVICES_LETTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/bytes.h"
#include "lib/clock.h"

struct application;
struct arena;
struct err;
struct form;

struct letter_facts {
	const struct application *application;
	const struct form	*form;
	bool			 approved;
	const int32_t		*reasons;	/* coded, in their order */
	size_t			 n_reasons;
	const char		*remark;	/* the clerk's words, or NULL */
	const char		*office;	/* its name */
	const char		*name;		/* of the applicant, or NULL */
	date			 on;
	date			 appeal_until;	/* DATE_NONE: no appeal */
};

struct letter {
	const char	*language;
	const char	*title;
	const char	*body;		/* "\n\n" divides paragraphs */
};

/* All languages, encoded: [1, [[language, title, body], …]]. */
struct bytes	letter_write(struct arena *, const struct letter_facts *);

/* In the language in use, else the first. ERR_INPUT: it is no letter. */
bool		letter_read(struct arena *, struct bytes, struct letter *,
		    struct err *e);

#endif

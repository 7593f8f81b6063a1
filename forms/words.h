/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A text as a definition gives it: once per language. Which one is read is
 * decided where everything else is, by text_use() for the request at hand.
 */
#ifndef FORMS_WORDS_H
#define FORMS_WORDS_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

struct words {
	const char	*language;	/* BCP 47 */
	const char	*text;
	const struct words *next;
};

/* In the language in use, else in the first one given; "" if none was. */
const char	*words_read(const struct words *);

/* NULL if there is none in exactly this language. */
const char	*words_in(const struct words *, const char *language);

/* What stands for "{name}" in a text. */
struct words_part {
	const char	*name;
	const char	*value;
};

/* The text with its parts filled in; a name that is not given stays as it
 * stands, so that nothing is lost unseen. */
const char	*words_fill(struct arena *, const char *text,
		    const struct words_part *, size_t n);

#endif

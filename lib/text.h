/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sentences in the reader's language, by gettext; libintl's only door. Every
 * catalogue is opened by text_init(), before the sandbox shuts. The language
 * is one per process at a time: a worker serves one request at a time.
 */
#ifndef LIB_TEXT_H
#define LIB_TEXT_H

#include <stdbool.h>
#include <stddef.h>

struct err;

struct text_language {
	const char	*tag;	/* BCP 47: "en", "pt-BR" */
	const char	*gettext;	/* "en", "pt_BR" */
	const char	*name;	/* in itself: "English", "Português" */
};

/* Ended by a NULL tag; the first is the source language. */
extern const struct text_language text_languages[];

/* dir: where <language>/LC_MESSAGES/balcao.mo lie. ERR_SYSTEM names the
 * catalogue that does not open. */
bool	text_init(const char *dir, struct err *e);

/* A tag of the table; anything else leaves the language as it is. */
bool	text_use(const char *tag);
const char	*text_tag(void);

/* The best of our languages for an Accept-Language header (RFC 9110 12.5.4);
 * the first of the table if none fits or the header is NULL. */
const char	*text_choose(const char *accept_language);

/* Marked for xgettext as _() and ngettext(). */
const char	*text(const char *sentence) __attribute__((format_arg(1)));
const char	*text_n(const char *one, const char *many, unsigned long n)
		    __attribute__((format_arg(1), format_arg(2)));
/* With a context, where one English word has two translations. */
const char	*text_in(const char *context, const char *sentence);

#define _(sentence)	text(sentence)
/* For tables: marks without translating. */
#define N_(sentence)	sentence

#endif

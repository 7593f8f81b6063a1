/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Translations, and libintl's only door. The locale is C.UTF-8 for ever, so
 * that numbers and letters behave the same in every language; GNU gettext
 * takes the language from LANGUAGE, and notices a new one by its counter.
 * Which language a request wants is in lib/text_choose.c.
 */
#include "lib/text.h"

#include <libintl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#include "lib/err.h"
#include "lib/str.h"

#define DOMAIN	"balcao"
/* A folder that can hold no catalogue. */
#define NOWHERE	"/dev/null"
/* A sentence that no catalogue has. */
#define UNHEARD	"\004"

/* gettext's manual, "Being a gettext grok": to be raised by whoever changes
 * LANGUAGE while the program runs. */
extern int _nl_msg_cat_cntr;

enum {
	/* With its context; sentences are shorter than this. */
	KEY_SIZE = 1024
};

const struct text_language text_languages[] = {
	{ "en", "en", "English" },
	{ "pt-BR", "pt_BR", "Português (Brasil)" },
	{ NULL, NULL, NULL },
};

static const struct text_language *current = &text_languages[0];

static bool
use(const struct text_language *l)
{
	if (setenv("LANGUAGE", l->gettext, 1) != 0)
		return false;
	++_nl_msg_cat_cntr;
	current = l;
	return true;
}

/*
 * A catalogue is opened at its first look-up, the wider ones ("pt" behind
 * "pt_BR") only for a sentence that the first lacks, and what is not there is
 * remembered too: so all are asked once now, while files can be opened. The
 * empty sentence stands for a catalogue's header.
 */
static bool
open_catalogue(const struct text_language *l, const char *dir, struct err *e)
{
	if (!use(l))
		return err_set(e, ERR_SYSTEM, "cannot set LANGUAGE");
	dgettext("libc", UNHEARD);
	dgettext(DOMAIN, UNHEARD);
	if (dgettext(DOMAIN, "")[0] != '\0' || l == &text_languages[0])
		return true;
	return err_set(e, ERR_SYSTEM, "no translations in %.120s/%s/"
	    "LC_MESSAGES/" DOMAIN ".mo", dir, l->gettext);
}

bool
text_init(const char *dir, struct err *e)
{
	if (setlocale(LC_ALL, "C.UTF-8") == NULL)
		return err_set(e, ERR_SYSTEM, "no locale C.UTF-8");
	if (bindtextdomain(DOMAIN, dir) == NULL ||
	    bind_textdomain_codeset(DOMAIN, "UTF-8") == NULL)
		return err_set(e, ERR_SYSTEM, "no memory for translations");
	/* Error texts of the C library and of libpq go to the log: whatever
	 * LANGUAGE says to a citizen's page, they stay English. */
	if (bindtextdomain("libc", NOWHERE) == NULL ||
	    setenv("PGLOCALEDIR", NOWHERE, 1) != 0)
		return err_set(e, ERR_SYSTEM, "no memory for translations");
	for (const struct text_language *l = text_languages; l->tag; l++)
		if (!open_catalogue(l, dir, e))
			return false;
	use(&text_languages[0]);
	return true;
}

bool
text_use(const char *tag)
{
	if (str_equal(tag, current->tag))
		return true;
	for (const struct text_language *l = text_languages; l->tag; l++)
		if (str_equal(tag, l->tag))
			return use(l);
	return false;
}

const char *
text_tag(void)
{
	return current->tag;
}

const char *
text(const char *sentence)
{
	/* The empty sentence would give the catalogue's header. */
	if (sentence[0] == '\0')
		return sentence;
	return dgettext(DOMAIN, sentence);
}

const char *
text_n(const char *one, const char *many, unsigned long n)
{
	return dngettext(DOMAIN, one, many, n);
}

/* Catalogues write a context before its sentence, with EOT between them. */
const char *
text_in(const char *context, const char *sentence)
{
	char key[KEY_SIZE];
	const char *found;
	int n = snprintf(key, sizeof key, "%s\004%s", context, sentence);

	if (n < 0 || (size_t)n >= sizeof key)
		return sentence;
	found = dgettext(DOMAIN, key);
	return found == key ? sentence : found;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Texts of definitions in the reader's language. What goes into a text is
 * put in literally: nothing in a value is ever taken for a "{name}".
 */
#include "forms/words.h"

#include <string.h>

#include "lib/buf.h"
#include "lib/str.h"
#include "lib/text.h"

const char *
words_in(const struct words *w, const char *language)
{
	for (; w != NULL; w = w->next)
		if (str_equal(w->language, language))
			return w->text;
	return NULL;
}

const char *
words_read(const struct words *w)
{
	const char *text = words_in(w, text_tag());

	if (text != NULL)
		return text;
	return w != NULL ? w->text : "";
}

static const char *
value_of(const char *name, size_t length, const struct words_part *parts,
    size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strlen(parts[i].name) == length &&
		    memcmp(parts[i].name, name, length) == 0)
			return parts[i].value;
	return NULL;
}

const char *
words_fill(struct arena *a, const char *text, const struct words_part *parts,
    size_t n)
{
	struct buf out = buf_new(a, strlen(text) + 64);
	const char *open, *close, *value;

	while ((open = strchr(text, '{')) != NULL &&
	    (close = strchr(open, '}')) != NULL) {
		value = value_of(open + 1, (size_t)(close - open - 1), parts,
		    n);
		buf_put(&out, text, (size_t)(open - text));
		if (value != NULL)
			buf_puts(&out, value);
		else
			buf_put(&out, open, (size_t)(close + 1 - open));
		text = close + 1;
	}
	buf_puts(&out, text);
	return buf_text(&out);
}

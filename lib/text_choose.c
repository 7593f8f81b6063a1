/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which of our languages a browser wants: Accept-Language (RFC 9110 12.5.4)
 * read against the table of lib/text.h. A range that is not well-formed is
 * passed over; the rest of the header still counts.
 */
#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "lib/text.h"

#define ALPHA	"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGIT	"0123456789"
#define BLANK	" \t"

/* How near a range comes to one of our tags; the nearest one decides. */
enum nearness {
	NOT_NEAR,
	ANY,		/* the range "*" */
	RELATED,	/* pt-PT where we have pt-BR, en-GB where we have en */
	WIDER,		/* pt where we have pt-BR */
	EXACT
};

enum {
	QUALITY_ONE = 1000,
	SUBTAG_MAX = 8
};

struct range {
	const char	*tag;
	size_t		 n;
	int		 quality;	/* thousandths */
};

/* What a header says of one of our languages. */
struct wish {
	enum nearness	nearness;
	int		quality;
	int		position;
};

/* language-range (RFC 4647 2.1): its length, or 0 if it is none. */
static size_t
range_length(const char *s)
{
	size_t n = strspn(s, ALPHA), at = n;

	if (s[0] == '*')
		return 1;
	while (n > 0 && n <= SUBTAG_MAX && s[at] == '-') {
		n = strspn(s + at + 1, ALPHA DIGIT);
		at += 1 + n;
	}
	return n > 0 && n <= SUBTAG_MAX ? at : 0;
}

/* weight (RFC 9110 12.4.2): what is behind it, or NULL if malformed. */
static const char *
parse_weight(const char *s, int *quality)
{
	*quality = QUALITY_ONE;
	if (*s != ';')
		return s;
	s += 1 + strspn(s + 1, BLANK);
	if (strncasecmp(s, "q=", 2) != 0)
		return NULL;
	s += 2;
	if (*s != '0' && *s != '1')
		return NULL;
	*quality = (*s++ - '0') * QUALITY_ONE;
	if (*s != '.')
		return s;
	s++;
	for (int unit = QUALITY_ONE / 10; unit > 0; unit /= 10) {
		if (*s < '0' || *s > '9')
			break;
		*quality += (*s++ - '0') * unit;
	}
	return *quality <= QUALITY_ONE ? s : NULL;
}

/* The range that fills the text from s to end, which is a comma or NUL. */
static bool
parse_range(const char *s, const char *end, struct range *r)
{
	s += strspn(s, BLANK);
	r->tag = s;
	r->n = range_length(s);
	if (r->n == 0)
		return false;
	s += r->n;
	s = parse_weight(s + strspn(s, BLANK), &r->quality);
	return s != NULL && s + strspn(s, BLANK) == end;
}

static enum nearness
nearness(const struct range *r, const char *tag)
{
	size_t primary = strcspn(tag, "-");

	if (r->tag[0] == '*')
		return ANY;
	if (r->n < primary || strncasecmp(r->tag, tag, primary) != 0)
		return NOT_NEAR;
	if (r->n > primary && r->tag[primary] != '-')
		return NOT_NEAR;
	if (strncasecmp(r->tag, tag, r->n) != 0)
		return RELATED;
	if (tag[r->n] == '\0')
		return EXACT;
	return tag[r->n] == '-' ? WIDER : RELATED;
}

static void
consider(struct wish *w, const struct range *r, const char *tag, int position)
{
	enum nearness near = nearness(r, tag);

	/* "Not British English" says nothing against English. */
	if (near == NOT_NEAR || (near == RELATED && r->quality == 0))
		return;
	if (near < w->nearness)
		return;
	if (near == w->nearness && r->quality <= w->quality)
		return;
	*w = (struct wish){ near, r->quality, position };
}

static struct wish
wish_for(const char *header, const char *tag)
{
	struct wish w = { NOT_NEAR, 0, 0 };
	struct range r;

	for (int position = 1;; position++) {
		const char *end = header + strcspn(header, ",");

		if (parse_range(header, end, &r))
			consider(&w, &r, tag, position);
		if (*end == '\0')
			return w;
		header = end + 1;
	}
}

const char *
text_choose(const char *accept_language)
{
	const struct text_language *best = &text_languages[0];
	struct wish wanted = { NOT_NEAR, 0, 0 };

	if (accept_language == NULL)
		return best->tag;
	for (const struct text_language *l = text_languages; l->tag; l++) {
		struct wish w = wish_for(accept_language, l->tag);

		if (w.quality < wanted.quality || w.quality == 0)
			continue;
		if (w.quality == wanted.quality &&
		    w.position >= wanted.position)
			continue;
		best = l;
		wanted = w;
	}
	return best->tag;
}

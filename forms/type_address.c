/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Addresses (the components of ISO 19160-4 that forms ask for). In Brazil
 * the components are held to what a letter needs; anywhere else the lines
 * are the sender's, and no address is refused for its shape.
 */
#include "forms/type_kind.h"

#include "forms/brazil.h"
#include "forms/country.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/str.h"

enum part {
	COUNTRY,
	STREET,
	NUMBER,
	COMPLEMENT,
	DISTRICT,
	CITY,
	STATE,
	POSTCODE,
	LINES,
	PARTS,
	PART_LIMIT = 120,		/* code points */
	LINES_LIMIT = 600
};

static const char *const parts[] = {
	[COUNTRY]	= "country",
	[STREET]	= "street",
	[NUMBER]	= "number",
	[COMPLEMENT]	= "complement",
	[DISTRICT]	= "district",
	[CITY]		= "city",
	[STATE]		= "state",
	[POSTCODE]	= "postcode",
	[LINES]		= "lines",
	[PARTS]		= NULL,
};

static bool
lengths_fit(const struct type_typed *typed, struct type_fault *f)
{
	for (int i = 0; i < PARTS; i++) {
		int64_t limit = i == LINES ? LINES_LIMIT : PART_LIMIT;

		if ((int64_t)str_length(typed->texts[i]) <= limit)
			continue;
		*f = (struct type_fault){
			.code = TYPE_TOO_LONG,
			.part = parts[i],
			.high = limit,
		};
		return false;
	}
	return true;
}

/* A letter within Brazil needs these; a rural street has no number. */
static bool
parse_brazil(struct arena *a, const char **texts, struct type_fault *f)
{
	static const enum part needed[] = { STREET, CITY, STATE, POSTCODE };

	for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
		if (texts[needed[i]] == NULL)
			return type_refuse_part(f, TYPE_PART_MISSING,
			    parts[needed[i]]);
	texts[STATE] = str_upper(a, texts[STATE]);
	if (!brazil_is_state(texts[STATE]))
		return type_refuse_part(f, TYPE_STATE, parts[STATE]);
	texts[POSTCODE] = type_bare(a, texts[POSTCODE]);
	if (!brazil_is_cep(texts[POSTCODE]))
		return type_refuse_part(f, TYPE_POSTCODE, parts[POSTCODE]);
	if (!brazil_cep_fits(texts[POSTCODE], texts[STATE]))
		return type_refuse_part(f, TYPE_POSTCODE_STATE,
		    parts[POSTCODE]);
	texts[LINES] = NULL;
	return true;
}

static bool
only_country(const char **texts)
{
	for (int i = 0; i < PARTS; i++)
		if (i != COUNTRY && texts[i] != NULL)
			return false;
	return true;
}

static bool
parse_address(struct arena *a, const struct type_rules *r,
    const struct type_typed *typed, struct type_value *v,
    struct type_fault *f)
{
	const char **texts = arena_array(a, PARTS, sizeof *texts);

	(void)r;
	if (typed->n != PARTS)
		return type_refuse_part(f, TYPE_PART_MISSING, parts[STREET]);
	if (!lengths_fit(typed, f))
		return false;
	for (int i = 0; i < PARTS; i++)
		if (typed->texts[i][0] != '\0')
			texts[i] = typed->texts[i];
	/* A country is always posted: it is a list with one chosen. */
	if (only_country(texts))
		return true;
	texts[COUNTRY] = texts[COUNTRY] == NULL ? "BR" :
	    str_upper(a, texts[COUNTRY]);
	if (!country_is(texts[COUNTRY]))
		return type_refuse_part(f, TYPE_COUNTRY, parts[COUNTRY]);
	if (str_equal(texts[COUNTRY], "BR")) {
		if (!parse_brazil(a, texts, f))
			return false;
	} else if (texts[LINES] == NULL && texts[STREET] == NULL) {
		return type_refuse_part(f, TYPE_PART_MISSING, parts[LINES]);
	}
	v->texts = texts;
	v->n = PARTS;
	return true;
}

static void
put(struct buf *out, const char *before, const char *s)
{
	if (s == NULL)
		return;
	if (out->n > 0)
		buf_puts(out, before);
	buf_puts(out, s);
}

static const char *
read_address(struct arena *a, const struct type_rules *r,
    const struct type_value *v)
{
	const char **texts = v->texts;
	struct buf out = buf_new(a, 200);

	(void)r;
	put(&out, "\n", texts[LINES]);
	put(&out, "\n", texts[STREET]);
	put(&out, ", ", texts[NUMBER]);
	put(&out, " - ", texts[COMPLEMENT]);
	put(&out, "\n", texts[DISTRICT]);
	put(&out, "\n", texts[CITY]);
	put(&out, " - ", texts[STATE]);
	if (!str_equal(texts[COUNTRY], "BR")) {
		put(&out, "\n", texts[POSTCODE]);
		put(&out, "\n", country_name(texts[COUNTRY]));
		return buf_text(&out);
	}
	buf_printf(&out, "\n%.5s-%s", texts[POSTCODE], texts[POSTCODE] + 5);
	return buf_text(&out);
}

const struct type type_address = {
	.name = "address",
	.parts = parts,
	.composite = true,
	.parse = parse_address,
	.read = read_address,
};

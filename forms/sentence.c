/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From a fault's code to a sentence. {noun} stands with its article inside a
 * sentence ("the date of birth"), {label} at the front of one ("Date of
 * birth"); a language that needs more says it in the item's own message.
 */
#include "forms/sentence.h"

#include "forms/definition.h"
#include "forms/form.h"
#include "forms/type.h"
#include "forms/words.h"
#include "lib/arena.h"
#include "lib/str.h"
#include "lib/text.h"

static const char *const sentences[] = {
	[TYPE_FINE]		= "",
	[TYPE_MISSING]		= N_("Enter {noun}"),
	[TYPE_PART_MISSING]	= N_("{label}: enter {part}"),
	[TYPE_CHARACTERS]	= N_("{label} must not contain control "
				    "characters or line breaks"),
	[TYPE_TOO_SHORT]	= N_("{label} must have {low} characters or "
				    "more"),
	[TYPE_TOO_LONG]		= N_("{label} must have {high} characters or "
				    "fewer"),
	[TYPE_CONSTRAINT]	= N_("{label} does not fit the other answers"),
	[TYPE_EMAIL]		= N_("Enter an email address in the correct "
				    "format, like name@example.com"),
	[TYPE_PHONE]		= N_("Enter a phone number, like "
				    "11 91234-5678 or +55 11 91234-5678"),
	[TYPE_DATE]		= N_("{label} must be a real date"),
	[TYPE_YEAR]		= N_("{label}: the year must have 4 numbers"),
	[TYPE_NUMBER]		= N_("{label} must be a number"),
	[TYPE_WHOLE]		= N_("{label} must be a whole number"),
	[TYPE_TOO_LOW]		= N_("{label} must be {low} or more"),
	[TYPE_TOO_HIGH]		= N_("{label} must be {high} or less"),
	[TYPE_CHOICE]		= N_("Select {noun} from the list"),
	[TYPE_TOO_FEW]		= N_("{label}: choose {low} or more"),
	[TYPE_TOO_MANY]		= N_("{label}: choose {high} or fewer"),
	[TYPE_DECLARE]		= N_("Confirm the declaration to continue"),
	[TYPE_VIN]		= N_("{label} must have 17 letters and "
				    "numbers, without I, O or Q"),
	[TYPE_VIN_CHECK]	= N_("Check {noun}: one of its characters "
				    "does not fit the others"),
	[TYPE_PLATE]		= N_("Enter a plate like ABC1234 or ABC1D23"),
	[TYPE_CPF]		= N_("Enter a CPF with 11 numbers, like "
				    "529.982.247-25"),
	[TYPE_POSTCODE]		= N_("{label}: the postcode (CEP) must have "
				    "8 numbers"),
	[TYPE_POSTCODE_STATE]	= N_("{label}: the postcode (CEP) is not in "
				    "the state you chose"),
	[TYPE_STATE]		= N_("{label}: choose the state"),
	[TYPE_COUNTRY]		= N_("{label}: choose the country"),
};
_Static_assert(sizeof sentences / sizeof *sentences == TYPE__MAX,
    "a fault has no sentence");

static const struct {
	const char	*part;
	const char	*noun;
} part_nouns[] = {
	{ "day",	N_("the day") },
	{ "month",	N_("the month") },
	{ "year",	N_("the year") },
	{ "country",	N_("the country") },
	{ "street",	N_("the street") },
	{ "number",	N_("the number") },
	{ "complement",	N_("the flat or building") },
	{ "district",	N_("the district") },
	{ "city",	N_("the town or city") },
	{ "state",	N_("the state") },
	{ "postcode",	N_("the postcode (CEP)") },
	{ "lines",	N_("the lines of the address") },
};

static const char *
part_noun(const char *part)
{
	for (size_t i = 0; i < sizeof part_nouns / sizeof *part_nouns; i++)
		if (str_equal(part_nouns[i].part, part))
			return text(part_nouns[i].noun);
	return "";
}

/* A limit as the reader would write a value: money with its decimals. */
static const char *
limit_text(struct arena *a, const struct definition_item *item,
    const struct type_fault *f, int64_t limit)
{
	const char *digits = arena_printf(a, "%lld", (long long)limit);
	struct type_value value = { &digits, 1 };

	if (f->code != TYPE_TOO_LOW && f->code != TYPE_TOO_HIGH)
		return digits;
	return type_read(a, item->type, &item->rules, &value);
}

static const struct words *
own_message(const struct definition_item *item, enum type_code code)
{
	for (size_t i = 0; i < item->n_messages; i++)
		if (item->messages[i].code == code)
			return item->messages[i].words;
	return NULL;
}

static bool
is_chosen(const struct definition_item *item)
{
	const char *type = type_name(item->type);

	return str_equal(type, "choice") || str_equal(type, "choices") ||
	    str_equal(type, "yesno");
}

static const char *
sentence_for(const struct definition_item *item, enum type_code code)
{
	const struct words *own = own_message(item, code);

	if (own != NULL)
		return words_read(own);
	if (code == TYPE_MISSING && is_chosen(item))
		return _("Select {noun}");
	return text(sentences[code]);
}

const char *
sentence_of(struct arena *a, const struct definition_item *item,
    const struct type_fault *f)
{
	const char *label = words_read(item->label);
	const struct words_part parts[] = {
		{ "label", label },
		{ "noun", item->noun != NULL ? words_read(item->noun) :
		    label },
		{ "part", part_noun(f->part) },
		{ "low", limit_text(a, item, f, f->low) },
		{ "high", limit_text(a, item, f, f->high) },
	};

	if (f->code == TYPE_FINE)
		return "";
	return words_fill(a, sentence_for(item, f->code), parts,
	    sizeof parts / sizeof *parts);
}

static const char *
sentence_repeat(struct arena *a, const struct form_error *error)
{
	const struct words_part parts[] = {
		{ "label", words_read(error->repeat->label) },
		{ "low", arena_printf(a, "%u", error->repeat->min) },
	};

	return words_fill(a, _("{label}: add {low} or more"), parts,
	    sizeof parts / sizeof *parts);
}

const char *
sentence_error(struct arena *a, const struct form_error *error)
{
	const char *plain;

	if (error->repeat != NULL)
		return sentence_repeat(a, error);
	plain = sentence_of(a, error->item, &error->fault);
	if (error->entry == 0)
		return plain;
	return arena_printf(a, "%s %u: %s",
	    words_read(error->item->repeat->label), error->entry, plain);
}
